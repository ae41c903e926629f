package build

import (
	"context"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn"
)

func TestLearnedPriors(t *testing.T) {
	items := []catalogue.Item{
		{ID: "1", Title: "a", Topics: [][]string{{"Bikes", "City bikes"}}},
		{ID: "2", Title: "b", Topics: [][]string{{"Lamps"}}},
		{ID: "3", Title: "c", Topics: [][]string{{"Health"}}},
	}
	prior := func(class pack.Class, multiplier float64, topic ...string) learn.Prior {
		return learn.Prior{Class: class, Topic: topic, Sessions: 9, Multiplier: multiplier}
	}
	l := &learn.Learned{Params: learn.DefaultParams(), Priors: []learn.Prior{
		prior(pack.Evening, 1.5, "Bikes"), prior(pack.Evening, 2, "bikes", "City  bikes"), prior(pack.Weekend, 1.2, "Bikes", "City bikes"),
		prior(pack.Evening, 0.5, "Lamps"), prior(pack.Evening, 3, "Health"), prior(pack.Evening, 3, "Gone"),
	}}
	cfg := Config{SensitiveTopics: [][]string{{"Health"}}}
	build := func() (pack.Source, Report) {
		src, report, err := Source(context.Background(), items, cfg, Options{Learned: l})
		require.NoError(t, err)
		require.Empty(t, report.Warnings)
		return src, report
	}
	src, report := build()
	bikes, city, lamps := uint16(0), uint16(1), uint16(2)
	assert.Equal(t, []string{"Bikes", "City bikes", "Lamps"}, []string{src.Topics[bikes].Name, src.Topics[city].Name, src.Topics[lamps].Name})
	assert.Equal(t, 4, report.LearntPriors)
	assert.Equal(t, 1, report.UnknownPriors)
	assert.Equal(t, []pack.Prior{
		{Class: pack.Evening, Topic: bikes, Multiplier: 1.5}, {Class: pack.Evening, Topic: city, Multiplier: 2},
		{Class: pack.Weekend, Topic: city, Multiplier: 1.2}, {Class: pack.Evening, Topic: lamps, Multiplier: 0.5},
	}, src.Priors)

	cfg.Priors = []ConfigPrior{{Class: pack.Evening, Topic: []string{"Bikes"}, Multiplier: 1}}
	src, report = build()
	assert.Equal(t, 2, report.LearntPriors)
	assert.Equal(t, []pack.Prior{
		{Class: pack.Evening, Topic: bikes, Multiplier: 1}, {Class: pack.Weekend, Topic: city, Multiplier: 1.2},
		{Class: pack.Evening, Topic: lamps, Multiplier: 0.5},
	}, src.Priors, "the configuration speaks of the topic and of those below it")
}

// TestFoldedPriors folds topics for want of room: their parents' priors stay, which are of them as well.
func TestFoldedPriors(t *testing.T) {
	var items []catalogue.Item
	l := &learn.Learned{Params: learn.DefaultParams(), Priors: []learn.Prior{{Class: pack.Night, Topic: []string{"All"}, Sessions: 9, Multiplier: 2}}}
	for k := range pack.MaxTopics + 10 {
		items = append(items, catalogue.Item{ID: strconv.Itoa(k), Title: "a", Topics: [][]string{{"All", strconv.Itoa(k)}}})
		l.Priors = append(l.Priors, learn.Prior{Class: pack.Night, Topic: []string{"All", strconv.Itoa(k)}, Sessions: 9, Multiplier: 3})
	}
	var report Report
	f := grow(t, items, &report)
	out := learnedPriors(nil, l.Priors, f, &report)
	require.Positive(t, report.FoldedTopics)
	require.Len(t, out, len(f.topics))
	assert.Equal(t, pack.Prior{Class: pack.Night, Topic: 0, Multiplier: 2}, out[0])
	assert.Equal(t, len(out), report.LearntPriors)
	assert.Equal(t, len(l.Priors)-len(out), report.UnknownPriors, "those of folded topics are lost, and told")
}

// TestPriorsOfEveningVisitors learns of visitors who want twice as many lamps in the evening, and as many of all else: what the engine will
// multiply by is about the true ratio, and there is no multiplier where nothing differs.
func TestPriorsOfEveningVisitors(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	roots := []string{"Bikes", "Lamps", "Books", "Tents"}
	var items []catalogue.Item
	for _, root := range roots {
		for k := range 10 {
			id := root + strconv.Itoa(k)
			items = append(items, catalogue.Item{ID: id, Title: id, Topics: [][]string{{root, root + " " + strconv.Itoa(k%2)}}})
		}
	}
	v := &learn.Visits{}
	for range 20_000 {
		in := learn.Context{Daypart: pack.Night + pack.Class(r.IntN(4)), Device: pack.Phone + pack.Class(r.IntN(3))}
		var met []string
		for range 1 + r.IntN(4) {
			root := roots[r.IntN(4)]
			if in.Daypart == pack.Evening && r.IntN(5) == 0 {
				root = "Lamps" // 2/5 of the evening, and 1/4 of the day otherwise
			}
			met = append(met, root+strconv.Itoa(r.IntN(10)))
		}
		v.AddIn(met, 1, in)
	}
	l, err := learn.Learn(context.Background(), v, learn.DefaultParams(), learn.Options{Topics: learn.NewTopics(items)})
	require.NoError(t, err)
	src, _, err := Source(context.Background(), items, Config{}, Options{Learned: l})
	require.NoError(t, err)
	data, err := pack.Write(src)
	require.NoError(t, err)
	p, perr := pack.Open(data)
	require.Nil(t, perr)
	const often, seldom = 0.4, 0.2 // of the evening's items
	whole := map[string]float64{"Lamps": (3*0.25 + often) / 4, "Bikes": (3*0.25 + seldom) / 4}
	got := map[string]float64{}
	for topic := range p.Topics() {
		if multiplier, ok := p.Prior(pack.Evening, topic); ok {
			got[string(p.TopicName(topic))] = float64(multiplier) / 256
		}
		for _, class := range []pack.Class{pack.Phone, pack.Tablet, pack.Desktop, pack.Weekday} {
			_, ok := p.Prior(class, topic)
			assert.False(t, ok, class)
		}
	}
	assert.InEpsilon(t, often/whole["Lamps"], got["Lamps"], 0.05)
	assert.InEpsilon(t, seldom/whole["Bikes"], got["Bikes"], 0.05)
}
