package report

import (
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/plotter"
)

// Labels of points that lie close to each other do not stand on one another, nor out of the plot.
func TestLabelsStandApart(t *testing.T) {
	close := series{values: plotter.XYs{{X: 0, Y: 0}, {X: 0.27, Y: -0.03}, {X: 0.36, Y: 0.13}, {X: 0.38, Y: 0.135}}, labels: []string{"G=1", "G=2", "G=4", "G=8"}}
	far := series{values: plotter.XYs{{X: 0.6, Y: 0.16}}, labels: []string{"layer 3"}}
	drawn, err := drawLines("title", "about", "x", nil, close, far)
	require.NoError(t, err)
	type box struct {
		text                     string
		left, right, top, bottom float64
	}
	var boxes []box
	for _, m := range regexp.MustCompile(`<text x="([^"]+)" y="([^"]+)"[^>]* textLength="([^"]+)"[^>]*>([^<]*[a-zG][^<]*)<`).FindAllStringSubmatch(string(drawn), -1) {
		var at [3]float64
		for k := range at {
			at[k], err = strconv.ParseFloat(m[k+1], 64)
			require.NoError(t, err)
		}
		boxes = append(boxes, box{m[4], at[0], at[0] + at[2], at[1] - textSize*0.7, at[1]})
	}
	require.Len(t, boxes, 6, "five labels and that of the axis")
	for k, b := range boxes {
		assert.GreaterOrEqual(t, b.left, -float64(over), b.text)
		assert.LessOrEqual(t, b.right, float64(plotWidth+over), b.text)
		for _, o := range boxes[:k] {
			assert.False(t, b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom, "%+v on %+v", b, o)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		least, most float64
		want        []string
	}{
		{0, 1, []string{"0", "0.2", "0.4", "0.6", "0.8", "1"}},
		{0, 2.47, []string{"0", "0.5", "1", "1.5", "2"}},
		{-0.33, 0.15, []string{"-0.3", "-0.2", "-0.1", "0", "0.1"}},
		{-0.04, 1, []string{"0", "0.2", "0.4", "0.6", "0.8", "1"}},
		{0, 56, []string{"0", "10", "20", "30", "40", "50"}},
		{660, 3500, []string{"1000", "1500", "2000", "2500", "3000", "3500"}},
		{0.4, 0.4, []string{"0.4"}},
	} {
		var got []string
		for _, tick := range ticks(c.least, c.most) {
			assert.GreaterOrEqual(t, tick.Value, c.least)
			assert.LessOrEqual(t, tick.Value, c.most)
			if !tick.IsMinor() {
				got = append(got, tick.Label)
			}
		}
		assert.Equal(t, c.want, got)
	}
}
