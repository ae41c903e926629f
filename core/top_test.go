package core

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestTop holds a top to sorting.
func TestTop(t *testing.T) {
	var best top
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, maxTop+5).Draw(t, "size")
		best.reset(size)
		var all []scored
		for _, item := range rapid.SliceOfNDistinct(rapid.Uint32Range(0, 500), 0, 150, rapid.ID).Draw(t, "items") {
			x := scored{item, rapid.OneOf(rapid.Uint64Range(0, 5), rapid.Uint64()).Draw(t, "score")}
			all = append(all, x)
			best.offer(x.item, x.score)
		}
		slices.SortFunc(all, func(a, b scored) int {
			return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.item, b.item))
		})
		want := all[:min(len(all), size, maxTop)]
		require.Equal(t, append([]scored{}, want...), append([]scored{}, best.ranked()...))
	})
}
