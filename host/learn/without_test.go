package learn

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

func TestWithout(t *testing.T) {
	l := &Learned{Sessions: 9, Items: []Item{
		{ID: "a", Sessions: 5, Row: []pack.Neighbour{{Item: 1, Weight: 1}, {Item: 2, Weight: .5}, {Item: 0, Weight: .1}}},
		{ID: "b", Sessions: 4, Row: []pack.Neighbour{{Item: 0, Weight: 1}}},
		{ID: "c", Sessions: 3, Row: []pack.Neighbour{{Item: 1, Weight: 1}}},
	}}
	require.Same(t, l, l.without(nil))
	require.Equal(t, &Learned{Sessions: 9, Items: []Item{
		{ID: "a", Sessions: 5, Row: []pack.Neighbour{{Item: 1, Weight: .5}, {Item: 0, Weight: .1}}},
		{ID: "c", Sessions: 3, Row: []pack.Neighbour{}},
	}}, l.without(map[string]bool{"b": true, "d": true}))
	require.Equal(t, uint32(2), l.Items[0].Row[1].Item, "what was learnt stays as it was")
	require.Empty(t, l.without(map[string]bool{"a": true, "b": true, "c": true}).Items)
}
