package build

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn"
)

func TestLearnedRows(t *testing.T) {
	items := []catalogue.Item{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "secret", Sensitive: true}, {ID: "new"}}
	content := []pack.Row{
		0: {FromContent: true, Neighbours: []pack.Neighbour{{Item: 1, Weight: 3}, {Item: 4, Weight: 1}}},
		2: {FromContent: true, Neighbours: []pack.Neighbour{{Item: 0, Weight: 1}}},
		4: {FromContent: true, Neighbours: []pack.Neighbour{{Item: 0, Weight: 1}, {Item: 1, Weight: 1}}},
	}
	l := &learn.Learned{Items: []learn.Item{
		{ID: "b", Row: []pack.Neighbour{{Item: 1, Weight: 2}}},
		{ID: "a", Row: []pack.Neighbour{{Item: 0, Weight: 4}, {Item: 1, Weight: 3}, {Item: 2, Weight: 2}, {Item: 3, Weight: 1}}},
		{ID: "gone", Row: []pack.Neighbour{{Item: 1, Weight: 1}}},
		{ID: "secret", Row: []pack.Neighbour{{Item: 1, Weight: 1}}},
	}}
	var report Report
	rows := learnedRows(items, content, l, 3, &report)
	assert.Equal(t, Report{Learnt: 2, Filled: 1, Unknown: 1}, report)
	// Two neighbours of eight were learnt, of weight 7 together: content has three times that.
	assert.Equal(t, pack.Row{FromContent: true, Neighbours: []pack.Neighbour{{Item: 1, Weight: 4 + 21*3.0/4}, {Item: 4, Weight: 21 / 4.0}, {Item: 0, Weight: 3}}}, rows[0])
	// There is nothing to fill up with.
	assert.Equal(t, pack.Row{Neighbours: []pack.Neighbour{{Item: 0, Weight: 2}}}, rows[1])
	// Nothing was learnt: content weighs what a row does in the mean.
	assert.Equal(t, pack.Row{FromContent: true, Neighbours: []pack.Neighbour{{Item: 0, Weight: 4.5}}}, rows[2])
	assert.Empty(t, rows[3].Neighbours)
	assert.Equal(t, pack.Row{FromContent: true, Neighbours: []pack.Neighbour{{Item: 0, Weight: 2.25}, {Item: 1, Weight: 2.25}}}, rows[4])
}

func TestFullLearnedRowsStayAsTheyAre(t *testing.T) {
	items := make([]catalogue.Item, 12)
	l := &learn.Learned{Items: make([]learn.Item, 12)}
	for i := range items {
		items[i].ID = string(rune('a' + i))
		l.Items[i].ID = items[i].ID
		l.Items[0].Row = append(l.Items[0].Row, pack.Neighbour{Item: uint32(i), Weight: float64(20 - i)})
	}
	content := make([]pack.Row, 12)
	content[0] = pack.Row{FromContent: true, Neighbours: []pack.Neighbour{{Item: 11, Weight: 1}}}
	row := learnedRows(items, content, l, 10, &Report{})[0]
	assert.False(t, row.FromContent)
	assert.Len(t, row.Neighbours, 10)
	assert.Equal(t, l.Items[0].Row[:10], row.Neighbours, "itself among them")
}

func TestSourceOfLearned(t *testing.T) {
	items := []catalogue.Item{{ID: "a", Title: "Red hat", Popularity: 100}, {ID: "b", Title: "Blue coat"}, {ID: "c", Title: "Green sock"}}
	l := &learn.Learned{Params: learn.DefaultParams(), Items: []learn.Item{
		{ID: "b", Sessions: 40, Row: []pack.Neighbour{{Item: 1, Weight: 1}}},
		{ID: "c", Sessions: 10, Row: []pack.Neighbour{{Item: 0, Weight: 0.5}}},
	}}
	src, report, err := Source(context.Background(), items, Config{}, Options{Learned: l})
	require.NoError(t, err)
	assert.Equal(t, 2, report.Learnt)
	require.Len(t, src.Items, 3)
	assert.Equal(t, []string{"b", "c", "a"}, []string{src.Items[0].ID, src.Items[1].ID, src.Items[2].ID}, "as visits have it")
	require.Len(t, src.Rows[0].Neighbours, 1)
	assert.Equal(t, uint32(1), src.Rows[0].Neighbours[0].Item)
	assert.False(t, src.Rows[0].FromContent)
	_, err = pack.Write(src)
	require.NoError(t, err)
	assert.Equal(t, uint16(100), src.Policy.RepeatPermille)
	assert.Equal(t, uint8(131), src.Policy.Recency[1])
	own := pack.DefaultPolicy()
	own.RepeatPermille = 500
	src, _, err = Source(context.Background(), items, Config{Policy: &own}, Options{Learned: l})
	require.NoError(t, err)
	assert.Equal(t, uint16(500), src.Policy.RepeatPermille, "as the site says")
	assert.Equal(t, uint16(500), own.RepeatPermille)
	assert.Equal(t, 100.0, items[0].Popularity, "the caller's items stay as they are")
}
