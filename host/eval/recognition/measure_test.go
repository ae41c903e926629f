package recognition

import (
	"context"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/learn"
)

// shop is a pack of items in a ring, each with the next ones for neighbours, and one that stands apart.
func shop(t testing.TB, items int) []byte {
	src := pack.Source{Policy: pack.DefaultPolicy(), Slots: []pack.Slot{
		{Name: "continue", Kinds: pack.AllKinds, Size: 4, Layer: 3, Repeats: true},
		{Name: "related", Kinds: pack.AllKinds, Size: 2, Layer: 2},
	}}
	src.Policy.FaceSharePermille = 100 // in so small a shop few would pick any one list
	for k := range items {
		src.Items = append(src.Items, pack.Item{ID: strconv.Itoa(k), Title: strconv.Itoa(k), Popularity: uint16(65535 / (k + 1))})
		row := pack.Row{}
		for n := range 6 {
			row.Neighbours = append(row.Neighbours, pack.Neighbour{Item: uint32((k + n + 1) % items), Weight: 1 / float64(n+1)})
		}
		src.Rows = append(src.Rows, row)
	}
	data, err := pack.Write(src)
	require.NoError(t, err)
	return data
}

// walkers are visits along the ring, now and then with a jump.
func walkers(sessions, items int) *learn.Visits {
	random := rand.New(rand.NewPCG(1, 2))
	v := &learn.Visits{}
	for range sessions {
		at := random.IntN(items)
		var path []string
		for range 3 + random.IntN(5) {
			path = append(path, strconv.Itoa(at))
			if at = (at + 1 + random.IntN(4)) % items; random.IntN(6) == 0 {
				at = random.IntN(items)
			}
		}
		v.Add(path, 0)
	}
	return v
}

func TestSettingKeepsTheRestOfThePack(t *testing.T) {
	data := shop(t, 9)
	changed, err := Setting{Layer: 2, Faces: 4}.pack(data, 1)
	require.NoError(t, err)
	was, err := pack.Open(data)
	require.NoError(t, err)
	is, err := pack.Open(changed)
	require.NoError(t, err)

	want := *was.Policy()
	want.MaxLayer, want.Faces, want.Bits, want.FirstPages = 3, 4, mostBits, 0
	assert.Equal(t, want, *is.Policy())
	assert.Equal(t, was.Slot(0), is.Slot(0))
	slot := was.Slot(1)
	slot.Layer = 3
	assert.Equal(t, slot, is.Slot(1))
	before, after := sectionsOf(data), sectionsOf(changed)
	require.Len(t, after, len(before))
	for k := range before {
		if name := before[k].name(); name != "poli" && name != "slot" {
			assert.Equal(t, before[k].data, after[k].data, name)
		}
	}

	going, err := Setting{Layer: 2, Faces: 8, Visit: true}.pack(data, 1)
	require.NoError(t, err)
	is, err = pack.Open(going)
	require.NoError(t, err)
	assert.Equal(t, *was.Policy(), *is.Policy(), "a visit goes as the pack's policy has it")
}

func TestViews(t *testing.T) {
	p, err := pack.Open(shop(t, 9))
	require.NoError(t, err)
	v := &learn.Visits{}
	v.Add([]string{"1", "1", "unknown", "2", "3", "1", "1", "4"}, 0)
	v.Add([]string{"unknown"}, 0)
	v.Add([]string{"5", "5", "5", "6"}, 0)
	got, err := viewsOf(p, v, []int{0, 1, 2}, 3)
	require.NoError(t, err)
	none := uint32(pack.NoItem)
	assert.Equal(t, []view{
		{0, 0, 1, none, none, false, false},
		{0, 1, 1, none, 2, false, true},
		{0, 2, 2, 1, 3, true, true},
		{0, 3, 3, 2, 1, true, false},
		{0, 4, 1, 3, none, false, false},
		{0, 5, 1, 3, 4, true, true},
		{0, 6, 4, 1, none, false, false},
		{2, 0, 5, none, none, false, false},
		{2, 1, 5, none, none, false, false},
		{2, 2, 5, none, 6, false, true},
		{2, 3, 6, 5, none, false, false},
	}, got.all)
	assert.Equal(t, []int{0, 7, 7, 11}, got.starts)

	strange := &learn.Visits{}
	strange.Add([]string{"a", "b"}, 0)
	_, err = viewsOf(p, strange, []int{0}, 3)
	assert.ErrorContains(t, err, "the pack has none of the log's 2 items")
}

// Figures are those of a plain count over what the engine says.
func TestMeasure(t *testing.T) {
	ctx, data, v := context.Background(), shop(t, 30), walkers(300, 30)
	for _, setting := range Settings(1, 2, 8) {
		t.Run(setting.String(), func(t *testing.T) {
			m, err := Measure(ctx, data, v, setting, Options{Slot: "related", Workers: 1})
			require.NoError(t, err)
			again, err := Measure(ctx, data, v, setting, Options{Slot: "related", Workers: 3})
			require.NoError(t, err)
			assert.Equal(t, m, again, "whatever the number of workers")
			r := m.Relevance
			assert.Positive(t, r.Novel)
			assert.Greater(t, r.Predictions, r.Novel)
			assert.Positive(t, r.HitRate.Value)
			assert.LessOrEqual(t, r.HitRate.Interval[0], r.HitRate.Value)
			assert.GreaterOrEqual(t, r.HitRate.Interval[1], r.HitRate.Value)
			switch {
			case m.Exact == nil:
				assert.True(t, setting.Layer == 1 || setting.Visit)
			case setting.Layer == 2:
				assert.LessOrEqual(t, m.Exact.Most, math.Log2(float64(setting.Faces)), "no more than the lists can tell")
				assert.Equal(t, setting.Faces > 1, m.Exact.Walked > 0)
				assert.Equal(t, setting.Faces > 1, m.Exact.Plausible > 0)
			default:
				assert.Positive(t, m.Exact.Walked)
				assert.Zero(t, m.Exact.Plausible)
			}
		})
	}
	one, err := Measure(ctx, data, v, Setting{Layer: 2, Faces: 1}, Options{Slot: "related"})
	require.NoError(t, err)
	layer1, err := Measure(ctx, data, v, Setting{Layer: 1}, Options{Slot: "related"})
	require.NoError(t, err)
	assert.Equal(t, layer1.Relevance, one.Relevance, "one face is the list of layer 1")
}

func TestMeasureInTheModule(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: the native engine stands in for the module")
	}
	ctx, data, v := context.Background(), shop(t, 30), walkers(40, 30)
	for _, setting := range []Setting{{Layer: 2, Faces: 8}, {Layer: 2, Faces: 8, Visit: true}, {Layer: 3, Repeats: true}} {
		native, err := Measure(ctx, data, v, setting, Options{})
		require.NoError(t, err)
		module, err := Measure(ctx, data, v, setting, Options{Wasm: true})
		require.NoError(t, err)
		assert.Equal(t, native, module, setting)
	}
}

func TestEntropy(t *testing.T) {
	var e entropy
	assert.Zero(t, e.bits())
	for _, w := range []float64{3, 0, 1} {
		e.add(w)
	}
	assert.InDelta(t, 0.8112781244591328, e.bits(), 1e-12)
}

func TestRefused(t *testing.T) {
	ctx, data, v := context.Background(), shop(t, 9), walkers(4, 9)
	for _, c := range []struct {
		want string
		opt  Options
	}{
		{`recognition: the pack has no slot "none"`, Options{Slot: "none"}},
		{"recognition: size: got 21, want 1 to 20", Options{Size: 21}},
		{"recognition: prefix and sessions: got -1 and 0, want 0 or more", Options{Prefix: -1}},
	} {
		_, err := Measure(ctx, data, v, Setting{Layer: 1}, c.opt)
		assert.EqualError(t, err, c.want)
	}
	short := &learn.Visits{}
	short.Add([]string{"1", "2"}, 0)
	_, err := Audit(ctx, data, short, Options{Train: v})
	assert.EqualError(t, err, "recognition: there is nothing to guess: no session has a page with another item before it and another after it, from its view 3 on; play longer sessions")
	_, err = Measure(ctx, data[:40], v, Setting{Layer: 1}, Options{})
	assert.ErrorIs(t, err, pack.ErrTruncated)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err = Measure(ended, data, v, Setting{Layer: 1}, Options{})
	assert.ErrorIs(t, err, context.Canceled)
}
