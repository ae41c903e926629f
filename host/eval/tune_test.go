package eval

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/learn"
)

func TestHalfLives(t *testing.T) {
	for _, test := range []struct {
		name string
		days []float64 // when sessions end
		want []float64
	}{
		{"no session", nil, []float64{0}},
		{"within a day", []float64{0, 0.9}, []float64{0}},
		{"two days", []float64{1, 3, 2}, []float64{1, 2, 0}},
		{"a year", []float64{0, 365}, []float64{45.6, 91.3, 182.5, 365, 0}},
	} {
		v := &learn.Visits{}
		for _, day := range test.days {
			v.Add([]string{"a", "b"}, 1_700_000_000+int64(day*86_400))
		}
		assert.Equal(t, test.want, halfLives(v), test.name)
	}
}

// TestAround shows what is tried from a value that is among those of a knob, and from one that is not.
func TestAround(t *testing.T) {
	ages := []float64{1.2, 2.5, 5, 10, 0} // a half-life of 0 is none, and so the longest
	for _, test := range []struct {
		name         string
		values       []float64
		from         float64
		above, below []float64
	}{
		{"in the list", []float64{1, 2, 4}, 2, []float64{4}, []float64{1}},
		{"the least", []float64{1, 2, 4}, 1, []float64{2, 4}, []float64{}},
		{"the most", []float64{1, 2, 4}, 4, []float64{}, []float64{1, 2}},
		{"between", []float64{1, 2, 4}, 3, []float64{4}, []float64{1, 2}},
		{"below all", []float64{1, 2, 4}, 0.5, []float64{1, 2, 4}, []float64{}},
		{"above all", []float64{1, 2, 4}, 9, []float64{}, []float64{1, 2, 4}},
		{"a half-life between", ages, 7, []float64{10, 0}, []float64{1.2, 2.5, 5}},
		{"a half-life above all", ages, 90, []float64{0}, []float64{1.2, 2.5, 5, 10}},
		{"a half-life below all", ages, 0.5, []float64{1.2, 2.5, 5, 10, 0}, []float64{}},
		{"no half-life", ages, 0, []float64{}, []float64{1.2, 2.5, 5, 10}},
		{"a half-life of a log of hours", []float64{0}, 7, []float64{0}, []float64{}},
	} {
		k := knob{values: test.values}
		above, below := k.around(test.from)
		assert.Equal(t, test.above, above, test.name)
		assert.Equal(t, test.below, below, test.name)
	}
}

// TestTurn turns a knob from a value that is not among its own: up first, or else down, from next to it on, until it gets worse.
func TestTurn(t *testing.T) {
	v := drawn(900)
	earlier, later := v.Split(heldOut)
	for _, test := range []struct {
		name   string
		at     func(p *learn.Params) *float64
		from   float64
		values []float64
		turned bool
	}{
		{"down", func(p *learn.Params) *float64 { return &p.Together.Reach }, 7, []float64{0.5, 1, 2, 4, 20}, true},
		{"up", func(p *learn.Params) *float64 { return &p.LinearShare }, 0.05, []float64{0, 0.3, 0.7, 1}, true},
		{"neither", func(p *learn.Params) *float64 { return &p.Together.LengthExponent }, -2, []float64{-3, -1, 0, 1}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			k := knob{name: test.name, at: test.at, values: test.values}
			s := &search{ctx: context.Background(), train: earlier, test: later, total: 1 + len(k.values)}
			p := learn.DefaultParams()
			*k.at(&p) = test.from
			start, err := s.try(p, "as it was")
			require.NoError(t, err)
			best, err := s.turn(k, start)
			require.NoError(t, err)

			above, below := k.around(test.from)
			var want []float64
			most, to := start.score(), test.from
			climb := func(values []float64) (better bool) {
				for _, value := range values {
					*k.at(&p) = value
					at, err := s.try(p, "")
					require.NoError(t, err)
					want = append(want, value)
					if at.score() <= most {
						return better
					}
					most, to, better = at.score(), value, true
				}
				return better
			}
			if !climb(above) {
				below = slices.Clone(below)
				slices.Reverse(below)
				climb(below)
			}
			var got []float64
			for _, trial := range s.trials {
				got = append(got, *k.at(&trial.Params))
			}
			assert.Equal(t, want, got)
			assert.Equal(t, to, *k.at(&best.Params))
			assert.Equal(t, test.turned, to != test.from)
			assert.Equal(t, 1+len(got), s.total, "what was not tried is not awaited")
		})
	}
}
