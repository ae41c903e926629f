package content

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
)

// Weights stay within half a step of what they were, in few steps, and equal ones are in order of item.
func TestCoarsen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.Float64Range(1e-3, 1), 1, 40).Draw(t, "weights")
		largest := 0.0
		row := make([]pack.Neighbour, len(weights))
		for i, w := range weights {
			row[i] = pack.Neighbour{Item: uint32(len(weights) - i), Weight: w}
			largest = max(largest, w)
		}
		coarsen(row)
		most := row[0].Weight
		assert.InEpsilon(t, largest, most, 1.0/(2*mostSteps)+1e-9)
		levels := map[float64]bool{}
		for i, n := range row {
			root := math.Sqrt(weights[uint32(len(weights))-n.Item] / largest)
			got := math.Sqrt(n.Weight / most)
			assert.InDelta(t, max(root, 1.0/weightLevels), got, 0.5/weightLevels+1e-9)
			levels[math.Round(got*weightLevels)] = true
			if i > 0 {
				before := row[i-1]
				assert.True(t, before.Weight > n.Weight || before.Weight == n.Weight && before.Item < n.Item, "order")
			}
		}
		assert.LessOrEqual(t, len(levels), weightLevels)
	})
	coarsen(nil)
}
