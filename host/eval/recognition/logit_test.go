package recognition

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

// What was drawn with weights is found again.
func TestFitFindsWeights(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	want := []float64{1.5, -0.7, 0}
	c := newChoices(3)
	var all []int
	for s := range 5000 {
		rows := make([][]float32, 2+random.IntN(6))
		for k := range rows {
			rows[k] = []float32{float32(random.NormFloat64()), float32(random.NormFloat64()), float32(random.NormFloat64())}
			c.add(rows[k], 0)
		}
		c.end()
		p := c.probabilities(s, want, nil)
		u, k := random.Float64(), 0
		for ; k < len(p)-1 && u > p[k]; k++ {
			u -= p[k]
		}
		c.truth[c.starts[s]+k] = 1
		all = append(all, s)
	}
	got := c.fit(all, make([]float64, 3))
	assert.InDeltaSlice(t, want, got, 0.06)
	assert.InDeltaSlice(t, got, c.fit(all, []float64{-3, 3, 3}), 1e-2, "from wherever it starts")
	assert.Less(t, c.loss(all, got), c.loss(all, want))
}
