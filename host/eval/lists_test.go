package eval

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
)

func TestGini(t *testing.T) {
	for _, test := range []struct {
		name   string
		rising []uint32
		want   float64
	}{
		{"all alike", []uint32{3, 3, 3, 3}, 0},
		{"one in all", []uint32{0, 0, 0, 7}, 1},
		{"by hand", []uint32{1, 3}, 0.5},     // (−1·1 + 1·3) / (1·4)
		{"by hand", []uint32{0, 1, 3}, 0.75}, // (−2·0 + 0·1 + 2·3) / (2·4)
		{"one item", []uint32{5}, 0},
		{"nothing shown", []uint32{0, 0}, 0},
		{"nothing", nil, 0},
	} {
		assert.Equal(t, test.want, gini(test.rising), test.name)
	}
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.Uint32Range(0, 1000), 2, 50).Draw(t, "counts")
		slices.Sort(counts)
		g := gini(counts)
		require.GreaterOrEqual(t, g, 0.0)
		require.LessOrEqual(t, g, 1.0)
		for k := range counts {
			counts[k] *= 7
		}
		require.InDelta(t, g, gini(counts), 1e-12, "it is of shares")
	})
}

// grove is a pack with topics: Clothing has Coats and Boots, Food is apart.
//
//	0 coat   Coats
//	1 boots  Boots
//	2 both   Coats, Boots
//	3 bread  Food
//	4 thing  none
func grove(t testing.TB) *pack.Pack {
	src := pack.Source{Policy: pack.DefaultPolicy(), Slots: []pack.Slot{{Name: "s", Kinds: pack.AllKinds, Size: 6, Layer: 3}},
		Topics: []pack.Topic{{Name: "Clothing", Parent: pack.NoTopic}, {Name: "Coats", Parent: 0}, {Name: "Boots", Parent: 0}, {Name: "Food", Parent: pack.NoTopic}},
		Items: []pack.Item{{ID: "coat", Topics: []uint16{1}}, {ID: "boots", Topics: []uint16{2}}, {ID: "both", Topics: []uint16{1, 2}},
			{ID: "bread", Topics: []uint16{3}}, {ID: "thing"}},
	}
	data, err := pack.Write(src)
	require.NoError(t, err)
	p, err := pack.Open(data)
	require.NoError(t, err)
	return p
}

func TestSimilarity(t *testing.T) {
	topics := newTopics(grove(t))
	for _, test := range []struct {
		x, y uint32
		want float64
		ok   bool
	}{
		{0, 0, 1, true},
		{0, 1, 1.0 / 3, true}, // Clothing, of Clothing, Coats and Boots
		{0, 2, 2.0 / 3, true},
		{0, 3, 0, true},
		{0, 4, 0, false},
	} {
		for _, pair := range [][2]uint32{{test.x, test.y}, {test.y, test.x}} {
			got, ok := topics.similarity(pair[0], pair[1])
			assert.Equal(t, test.ok, ok)
			assert.InDelta(t, test.want, got, 1e-12, pair)
		}
	}
}

func TestLister(t *testing.T) {
	s := newShelf(grove(t), nil)
	l := newLister(s)
	l.begin()
	l.view(0)
	l.view(pack.NoItem)
	l.list([]uint32{0, 1, 3, 4, 2, 3})
	e := &evaluation{shelf: s, size: longest, listers: []*lister{l, newLister(s)}}
	got := e.lists()
	// Of the first five, pairs of coat, boots, bread and both: 1/3, 0, 2/3, 0, 2/3, 0.
	assert.InDelta(t, 1-(1.0/3+2.0/3+2.0/3)/6, *got[0].Diversity, 1e-8)
	// All that was viewed is of Coats. Of the list, four items have topics: coat is of Coats, and half of both.
	assert.InDelta(t, math.Log(1/(0.99*1.5/4+0.01)), *got[0].Miscalibration, 1e-8)
	assert.Equal(t, 1.0, got[0].Coverage)
	assert.Equal(t, 0.0, got[0].Gini)
	assert.Nil(t, got[0].Novelty)
	// The sixth is bread again: 2 of 6.
	assert.InDelta(t, gini([]uint32{1, 1, 1, 1, 2}), got[1].Gini, 1e-12)
	assert.InDelta(t, math.Log(1/(0.99*1.5/5+0.01)), *got[3].Miscalibration, 1e-8, "a list that is shorter counts as it is")

	// Before anything with a topic was viewed there is nothing to be like.
	l = newLister(s)
	l.begin()
	l.view(4)
	l.list([]uint32{0, 4})
	e.listers = []*lister{l}
	got = e.lists()
	assert.Nil(t, got[0].Miscalibration)
	assert.Nil(t, got[0].Diversity, "one item with a topic is no pair")

	// The same topics as those of the session are no miscalibration.
	l = newLister(s)
	l.begin()
	l.view(0)
	l.view(1)
	l.list([]uint32{2})
	e.listers = []*lister{l}
	assert.Zero(t, *e.lists()[0].Miscalibration)
}

// TestNovelty: a was in three of three sessions, b in one, and z in none.
func TestNovelty(t *testing.T) {
	s := &shelf{items: 3}
	ids := []string{"a", "b", "z"}
	s.inform(visitsOf("ab", "aa", "a"), func(item int) string { return ids[item] })
	assert.Equal(t, []float64{0, 1, 2}, s.information) // log2 4/4, 4/2, 4/1
	l := newLister(s)
	l.list([]uint32{0, 2})
	e := &evaluation{shelf: s, size: longest, listers: []*lister{l}}
	assert.Equal(t, 1.0, *e.lists()[3].Novelty)
}

func TestMeanHasNoOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(0, 30), 1, 40).Draw(t, "values")
		cut := rapid.IntRange(0, len(values)).Draw(t, "cut")
		var whole, a, b mean
		sum := 0.0
		for k, v := range values {
			whole.add(v)
			sum += v
			if k < cut {
				a.add(v)
			} else {
				b.add(v)
			}
		}
		b.merge(a)
		require.Equal(t, whole, b)
		require.InDelta(t, sum/float64(len(values)), *whole.value(), 1e-6)
	})
	assert.Nil(t, new(mean).value())
}
