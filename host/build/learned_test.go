package build

import (
	"context"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn"
)

// sourceOf returns a source of products of these ids, in one topic.
func sourceOf(ids ...string) *pack.Source {
	src := &pack.Source{Rows: make([]pack.Row, len(ids)), Topics: []pack.Topic{{Name: "all", Parent: pack.NoTopic}}, TopicRows: make([]pack.Row, 1)}
	for _, id := range ids {
		src.Items = append(src.Items, pack.Item{ID: id, Topics: []uint16{0}})
	}
	return src
}

func TestLearnedRows(t *testing.T) {
	src := sourceOf("a", "b", "c", "secret", "new", "alone")
	src.Items[3].Sensitive = true
	src.Rows = []pack.Row{
		0: {FromContent: true, Neighbours: []pack.Neighbour{{Item: 1, Weight: 3}, {Item: 4, Weight: 1}}},
		2: {FromContent: true, Neighbours: []pack.Neighbour{{Item: 0, Weight: 1}}},
		4: {FromContent: true, Neighbours: []pack.Neighbour{{Item: 0, Weight: 1}, {Item: 1, Weight: 1}}},
		5: {},
	}
	src.Items[5].Topics = nil
	l := &learn.Learned{Items: []learn.Item{
		{ID: "b", Row: []pack.Neighbour{{Item: 1, Weight: 2}}},
		{ID: "a", Row: []pack.Neighbour{{Item: 0, Weight: 4}, {Item: 1, Weight: 3}, {Item: 2, Weight: 2}, {Item: 3, Weight: 1}}},
		{ID: "gone", Row: []pack.Neighbour{{Item: 1, Weight: 1}}},
		{ID: "secret", Row: []pack.Neighbour{{Item: 1, Weight: 1}}},
	}}
	var report Report
	rows := learnedRows(src, l, 3, &report)
	assert.Equal(t, Report{Learnt: 2, Filled: 1, Unknown: 1}, report)
	// Two neighbours were learnt: content counts as three, and adds three fifths of what a row weighs in the mean, (7 + 2) / 2.
	mean := 4.5
	assert.Equal(t, pack.Row{FromContent: true, Neighbours: []pack.Neighbour{{Item: 1, Weight: 4 + 3.0/4*(mean*(3.0/5))}, {Item: 0, Weight: 3}, {Item: 4, Weight: 1.0 / 4 * (mean * (3.0 / 5))}}}, rows[0])
	// There is nothing to fill up with.
	assert.Equal(t, pack.Row{Neighbours: []pack.Neighbour{{Item: 0, Weight: 2}}}, rows[1])
	// Nothing was learnt: content weighs what a row does in the mean.
	assert.Equal(t, pack.Row{FromContent: true, Neighbours: []pack.Neighbour{{Item: 0, Weight: 4.5}}}, rows[2])
	assert.Empty(t, rows[3].Neighbours)
	assert.Equal(t, pack.Row{FromContent: true, Neighbours: []pack.Neighbour{{Item: 0, Weight: 2.25}, {Item: 1, Weight: 2.25}}}, rows[4])
	assert.Empty(t, rows[5].Neighbours)
}

// TestFilledLess shows that what fills a row adds less the more was learnt, and that a row is called after what most of it is.
func TestFilledLess(t *testing.T) {
	const items, mean = 40, 2.0
	var ids []string
	for i := range items {
		ids = append(ids, strconv.Itoa(i))
	}
	for n := 1; n < pack.MaxSlotSize+2; n++ {
		for _, own := range []float64{mean, mean / 100} {
			src := sourceOf(ids...)
			l := &learn.Learned{Items: make([]learn.Item, items)}
			for i, id := range ids {
				l.Items[i].ID = id
			}
			for k := range n {
				l.Items[0].Row = append(l.Items[0].Row, pack.Neighbour{Item: uint32(k), Weight: own / float64(n)})
			}
			l.Items[1].Row = []pack.Neighbour{{Item: 0, Weight: 2*mean - own}}
			for k := 30; k < items; k++ {
				src.Rows[0].Neighbours = append(src.Rows[0].Neighbours, pack.Neighbour{Item: uint32(k), Weight: 1})
			}
			row := learnedRows(src, l, items, &Report{})[0]
			if n >= pack.MaxSlotSize {
				assert.Equal(t, pack.Row{Neighbours: l.Items[0].Row}, row, "itself among them")
				continue
			}
			filled := weightOf(row.Neighbours) - own
			assert.InDelta(t, mean*fillStrength/float64(fillStrength+n), filled, 1e-12)
			assert.Equal(t, n <= fillStrength || filled > own, row.FromContent, n)
		}
	}
}

// TestColdItem shows that an item of which nothing was learnt has a row of what is like it, and of its topic where that is little; and that
// what is like it names it.
func TestColdItem(t *testing.T) {
	var items []catalogue.Item
	l := &learn.Learned{Params: learn.DefaultParams()}
	for k := range 30 {
		id := "lamp " + strconv.Itoa(k)
		items = append(items, catalogue.Item{ID: id, Title: "Desk lamp", Topics: [][]string{{"Lamps"}}})
		l.Items = append(l.Items, learn.Item{ID: id, Sessions: 100 - k})
	}
	items = append(items,
		catalogue.Item{ID: "tent", Title: "Red tent", Topics: [][]string{{"Tents"}}},
		catalogue.Item{ID: "new tent", Title: "Blue tent", Topics: [][]string{{"Tents"}}},
		catalogue.Item{ID: "mat", Title: "Sleeping mat", Topics: [][]string{{"Mats"}}},
		catalogue.Item{ID: "odd", Title: "Lantern", Topics: [][]string{{"Tents"}}},
	)
	l.Items = append(l.Items, learn.Item{ID: "tent", Sessions: 60, Row: []pack.Neighbour{{Item: 31, Weight: 1}}}, learn.Item{ID: "mat", Sessions: 50})
	l.Topics = []learn.Topic{{Path: []string{"Tents"}, Sessions: 60, Next: []learn.NextTopic{{Path: []string{"Mats"}, Sessions: 60}}}}
	src, report, err := Source(context.Background(), items, Config{}, Options{Learned: l})
	require.NoError(t, err)
	assert.Equal(t, 1, report.WithoutRow, "the mat, which is alone in its topic")
	at := map[string]uint32{}
	for i := range src.Items {
		at[src.Items[i].ID] = uint32(i)
	}
	row := func(id string) (named []string) {
		for _, n := range src.Rows[at[id]].Neighbours {
			named = append(named, src.Items[n.Item].ID)
		}
		return named
	}
	assert.Equal(t, "tent", row("new tent")[0], "by content")
	assert.Contains(t, row("new tent"), "mat", "by topic")
	assert.True(t, src.Rows[at["new tent"]].FromContent)
	assert.ElementsMatch(t, []string{"mat", "tent", "new tent"}, row("odd"), "by topic alone")
	assert.Contains(t, row("tent"), "new tent")
	_, err = pack.Write(src)
	require.NoError(t, err)
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
	assert.Equal(t, uint16(50), src.Policy.RepeatPermille)
	assert.Equal(t, uint8(94), src.Policy.Recency[1])
	own := pack.DefaultPolicy()
	own.RepeatPermille = 500
	src, _, err = Source(context.Background(), items, Config{Policy: &own}, Options{Learned: l})
	require.NoError(t, err)
	assert.Equal(t, uint16(500), src.Policy.RepeatPermille, "as the site says")
	assert.Equal(t, uint16(500), own.RepeatPermille)
	assert.Equal(t, 100.0, items[0].Popularity, "the caller's items stay as they are")
}

// TestFilledOfFewNeighbours shows that rows cut to fewer than a list has are not filled where they are full, and are called by what they have.
func TestFilledOfFewNeighbours(t *testing.T) {
	const most = 10
	var ids []string
	for i := range 40 {
		ids = append(ids, strconv.Itoa(i))
	}
	for n := 1; n <= most+2; n++ {
		src := sourceOf(ids...)
		l := &learn.Learned{Items: make([]learn.Item, len(ids))}
		for i, id := range ids {
			l.Items[i].ID = id
		}
		for k := range n {
			l.Items[0].Row = append(l.Items[0].Row, pack.Neighbour{Item: uint32(k), Weight: 1e-6})
		}
		l.Items[1].Row = []pack.Neighbour{{Item: 0, Weight: 100}}
		for k := 20; k < len(ids); k++ {
			src.Rows[0].Neighbours = append(src.Rows[0].Neighbours, pack.Neighbour{Item: uint32(k), Weight: 1})
		}
		var report Report
		row := learnedRows(src, l, most, &report)[0]
		if n >= most {
			assert.Equal(t, pack.Row{Neighbours: l.Items[0].Row[:most]}, row)
			continue
		}
		assert.Len(t, row.Neighbours, most)
		assert.True(t, row.FromContent, "%d learnt, and content has pushed them out", n)
		assert.GreaterOrEqual(t, report.Filled, 1)
	}
}
