package eval

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/learn"
)

func TestBands(t *testing.T) {
	b := bands{0, 1, 5, 20}
	assert.Equal(t, []string{"0", "1 to 4", "5 to 19", "20 or more"}, b.names())
	for n, want := range map[int]int{0: 0, 1: 1, 4: 1, 5: 2, 19: 2, 20: 3, 1000: 3} {
		assert.Equal(t, want, b.find(n), n)
	}
}

// TestParts: predictions by what the training log says of the next item.
func TestParts(t *testing.T) {
	const day = 86_400
	train, test := &learn.Visits{}, &learn.Visits{}
	train.Add([]string{"a", "b"}, 100*day)
	train.Add([]string{"b", "b"}, 107*day) // b is there since day 100, and has two sessions
	train.Add([]string{"c"}, 109*day)
	test.Add([]string{"a", "b"}, 110*day)
	test.Add([]string{"b", "c", "b"}, 110*day)
	test.Add([]string{"a", "z"}, 110*day)
	r, err := Pack(context.Background(), chain(t), test, Options{Train: train})
	require.NoError(t, err)
	assert.Equal(t, rounded([]Part{{"1", 3, 2.0 / 3, 2.0 / 3, 2.0 / 3}, {"2", 1, 1, 0.25, fourth}}), rounded(r.ByLength))
	assert.Equal(t, rounded([]Part{{"0", 1, 0, 0, 0}, {"1 to 4", 3, 1, 2.25 / 3, (2 + fourth) / 3}}), rounded(r.BySupport))
	assert.Equal(t, rounded([]Part{{"1 to 6", 1, 1, 1, 1}, {"7 to 29", 2, 1, 0.625, (1 + fourth) / 2}, {"not in the log", 1, 0, 0, 0}}), rounded(r.ByAge))
	assert.Nil(t, r.ByPopularity)
	assert.Equal(t, 3, r.Novel.Predictions, "b was met before")
	assert.NotNil(t, r.Lists[0].Novelty)
}

// fourth is the gain of the fourth place: after b and c, the rows say c and d, and popularity a before b.
var fourth = 1 / math.Log2(5)

// rounded returns parts with figures of nine digits: floats are added in an order of their own.
func rounded(parts []Part) []Part {
	out := slices.Clone(parts)
	for k := range out {
		for _, x := range []*float64{&out[k].HitRate, &out[k].MRR, &out[k].NDCG} {
			*x = math.Round(*x*1e9) / 1e9
		}
	}
	return out
}
