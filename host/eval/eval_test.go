package eval

import (
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn"
)

// chain is a pack of items a to e of which each leads to the next, in a slot that welcomes repeats and one that does not.
func chain(t testing.TB) []byte {
	src := pack.Source{Policy: pack.DefaultPolicy(), Slots: []pack.Slot{
		{Name: "related", Kinds: pack.AllKinds, Size: 6, Layer: 3}, {Name: "continue", Kinds: pack.AllKinds, Size: 6, Layer: 3, Repeats: true},
	}}
	src.Policy.HopPermille, src.Policy.RepeatPermille = 0, 0
	for i, id := range []string{"a", "b", "c", "d", "e"} {
		src.Items = append(src.Items, pack.Item{ID: id, Title: id, Popularity: 65535 >> i})
		src.Rows = append(src.Rows, pack.Row{Neighbours: []pack.Neighbour{{Item: uint32(i+1) % 5, Weight: 1}}})
	}
	data, err := pack.Write(src)
	require.NoError(t, err)
	return data
}

func visitsOf(sessions ...string) *learn.Visits {
	v := &learn.Visits{}
	for k, s := range sessions {
		var items []string
		for _, c := range s {
			items = append(items, string(c))
		}
		v.Add(items, int64(k))
	}
	return v
}

func TestPack(t *testing.T) {
	// b follows a: the first place. z is unknown. One event predicts nothing.
	r, err := Pack(context.Background(), chain(t), visitsOf("ab", "az", "b"), Options{})
	require.NoError(t, err)
	assert.Equal(t, "continue", r.Slot)
	assert.True(t, r.Repeats)
	assert.Equal(t, []int{2, 2, 1}, []int{r.Sessions, r.Predictions, r.Unknown})
	for k, at := range r.At {
		assert.Equal(t, Cutoffs[k], at.Cutoff)
		assert.Equal(t, []float64{0.5, 0.5, 0.5}, []float64{at.HitRate, at.MRR, at.NDCG})
	}
	assert.Equal(t, 1.0, r.Lists[3].Coverage, "popular ones fill the list up")
	assert.Equal(t, []Part{{"1", 2, 0.5, 0.5, 0.5}}, r.ByLength)
	assert.Equal(t, []Part{{"10 to 50 %", 1, 1, 1, 1}, {"not in the pack", 1, 0, 0, 0}}, r.ByPopularity, "b is the second of five")
	assert.Equal(t, r.At, r.Novel.At, "nothing was met twice")

	// Popularity puts a first and b second where the row says c: d is third of those that are left.
	r, err = Pack(context.Background(), chain(t), visitsOf("be"), Options{Slot: "related", Layer: 1})
	require.NoError(t, err)
	assert.False(t, r.Repeats)
	place := 4.0 // after c, a and d
	assert.InDelta(t, 1/place, r.At[0].MRR, 1e-12)
	assert.InDelta(t, 1/math.Log2(1+place), r.At[0].NDCG, 1e-12)

	// An item that was met before is new to nobody.
	r, err = Pack(context.Background(), chain(t), visitsOf("abab"), Options{Slot: "related"})
	require.NoError(t, err)
	assert.Equal(t, 1, r.Predictions)
}

// TestSize: what is longer than the lists that were asked for has no other figures.
func TestSize(t *testing.T) {
	train, test := drawn(600).Split(0.2)
	data := shopping(t, train)
	long, err := Pack(context.Background(), data, test, Options{})
	require.NoError(t, err)
	short, err := Pack(context.Background(), data, test, Options{Size: 6})
	require.NoError(t, err)
	assert.Equal(t, long.At[:2], short.At[:2])
	assert.Equal(t, long.Lists[:2], short.Lists[:2])
	assert.Equal(t, []int{5, 6, 6, 6}, []int{short.At[0].Cutoff, short.At[1].Cutoff, short.At[2].Cutoff, short.At[3].Cutoff})
	assert.Equal(t, short.At[1], short.At[3])
	assert.Equal(t, short.Lists[1], short.Lists[3])
	for _, m := range Methods() {
		long, err := Compare(context.Background(), m, train, test, true, Options{})
		require.NoError(t, err)
		short, err := Compare(context.Background(), m, train, test, true, Options{Size: 6})
		require.NoError(t, err)
		assert.Equal(t, long.At[:2], short.At[:2], m.Name)
		assert.Equal(t, short.At[1], short.At[3], m.Name)
	}
	_, err = Compare(context.Background(), Methods()[0], train, test, true, Options{Size: -1})
	assert.EqualError(t, err, "eval: size: got -1, want 1 to 20")
}

func TestPackRefuses(t *testing.T) {
	for _, test := range []struct {
		name string
		v    *learn.Visits
		opt  Options
		want string
	}{
		{"slot", visitsOf("ab"), Options{Slot: "none"}, `eval: the pack has no slot "none"`},
		{"size", visitsOf("ab"), Options{Size: 21}, "eval: size: got 21, want 1 to 20"},
		{"layer", visitsOf("ab"), Options{Layer: 4}, "eval: layer: got 4, want 1 to 3"},
		{"items", visitsOf("xy"), Options{}, "eval: the pack has none of the log's 2 items; are their ids those of the feed?"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Pack(context.Background(), chain(t), test.v, test.opt)
			assert.EqualError(t, err, test.want)
		})
	}
	_, err := Pack(context.Background(), []byte("no pack"), visitsOf("ab"), Options{})
	assert.Error(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = Pack(ctx, chain(t), visitsOf("ab"), Options{})
	assert.ErrorIs(t, err, context.Canceled)
}

// shopping is a pack of forty items in a tree of topics, as drawn's visits meet them, with rows that were learnt.
func shopping(t testing.TB, train *learn.Visits) []byte {
	l, err := learn.Learn(context.Background(), train, learn.DefaultParams(), learn.Options{})
	require.NoError(t, err)
	items := make([]catalogue.Item, 40)
	for k := range items {
		items[k] = catalogue.Item{ID: strconv.Itoa(k), Title: "Thing " + strconv.Itoa(k), Topics: [][]string{{"All", strconv.Itoa(k % 3), strconv.Itoa(k % 9)}}}
	}
	cfg := build.Config{Slots: []pack.Slot{
		{Name: "related", Kinds: pack.AllKinds, Size: 6, Layer: 3}, {Name: "continue", Kinds: pack.AllKinds, Size: 6, Layer: 3, Repeats: true},
	}}
	src, _, err := build.Source(context.Background(), items, cfg, build.Options{Learned: l})
	require.NoError(t, err)
	data, err := pack.Write(src)
	require.NoError(t, err)
	return data
}

// drawn returns visits in which some items lead to others.
func drawn(sessions int) *learn.Visits {
	r := rand.New(rand.NewPCG(7, 8))
	v := &learn.Visits{}
	for k := range sessions {
		at := r.IntN(40)
		var items []string
		for range 2 + r.IntN(6) {
			items = append(items, strconv.Itoa(at))
			if at = (at*3 + 1 + r.IntN(2)) % 40; r.IntN(5) == 0 {
				at = r.IntN(40)
			}
		}
		v.Add(items, int64(k)*3600)
	}
	return v
}

// TestWasmIsNative: the figures are the module's, to the last digit, and depend on no number of workers.
func TestWasmIsNative(t *testing.T) {
	train, test := drawn(600).Split(0.2)
	data := shopping(t, train)
	for _, slot := range []string{"related", "continue"} {
		for layer := uint8(1); layer <= 3; layer++ {
			of := func(opt Options) []byte {
				opt.Slot, opt.Layer, opt.Train = slot, layer, train
				r, err := Pack(context.Background(), data, test, opt)
				require.NoError(t, err)
				require.NotZero(t, r.At[3].HitRate)
				require.NotNil(t, r.Lists[0].Diversity)
				require.NotNil(t, r.Lists[0].Miscalibration)
				text, err := json.Marshal(r) // it has all digits
				require.NoError(t, err)
				return text
			}
			want := of(Options{Workers: 1})
			for _, opt := range []Options{{Workers: 3}, {Workers: 2, Wasm: true}} {
				require.Equal(t, string(want), string(of(opt)))
			}
		}
	}
}

// evaluationOf returns an evaluation with outcomes, a prediction a session.
func evaluationOf(outcomes ...outcome) *evaluation {
	v := &learn.Visits{}
	for k := range outcomes {
		v.Add([]string{"a", "b"}, int64(k))
	}
	e := newEvaluation(v, make([]uint32, 2), &shelf{items: 2}, false, longest)
	for k, o := range outcomes {
		e.outcomes[2*k+1] = o
	}
	return e
}

func TestIntervals(t *testing.T) {
	outcomes := make([]outcome, 400)
	for k := range outcomes {
		outcomes[k] = asked | novel
		if k%4 == 0 {
			outcomes[k] |= 2
		}
	}
	r := evaluationOf(outcomes...).result(nil)
	// The standard error of a share of 1/4 of 400 draws is 0.0217.
	assert.InDelta(t, 0.25-1.96*0.0217, r.At[0].HitRateInterval[0], 0.01)
	assert.InDelta(t, 0.25+1.96*0.0217, r.At[0].HitRateInterval[1], 0.01)
	assert.InDelta(t, r.At[0].HitRateInterval[1]/2, r.At[0].MRRInterval[1], 1e-12)
	assert.InDelta(t, r.At[0].HitRateInterval[0]/math.Log2(3), r.At[0].NDCGInterval[0], 1e-12)
	assert.Equal(t, At{Cutoff: 5}, evaluationOf().result(nil).At[0], "nothing was predicted")
}

func TestTune(t *testing.T) {
	v := drawn(900)
	start := learn.DefaultParams()
	start.Together.Reach, start.Together.Backward, start.Visit.Recency = 20, 1, 3 // far from what these visits are like
	told := 0
	tuned, trials, err := Tune(context.Background(), v, start, TuneOptions{Progress: func(_ Trial, done, total int) {
		told++
		require.LessOrEqual(t, done, total)
	}})
	require.NoError(t, err)
	require.NoError(t, tuned.Check())
	assert.Len(t, trials, told)
	earlier, later := v.Split(heldOut)
	score := func(p learn.Params) float64 {
		l, err := learn.Learn(context.Background(), earlier, p, learn.Options{})
		require.NoError(t, err)
		data, err := packLearned(context.Background(), earlier, l)
		require.NoError(t, err)
		r, err := Pack(context.Background(), data, later, Options{})
		require.NoError(t, err)
		return (&Trial{HitRate: r.At[3].HitRate, MRR: r.At[3].MRR}).score()
	}
	assert.Greater(t, score(tuned), score(start)+0.01)
	assert.Equal(t, start.MinSessions, tuned.MinSessions)

	_, _, err = Tune(context.Background(), visitsOf("ab", "cd"), start, TuneOptions{})
	assert.ErrorContains(t, err, "eval: ")
}

// TestMethods: what each method makes of five sessions, by hand.
func TestMethods(t *testing.T) {
	train := visitsOf("ab", "ab", "acd", "cd", "b")
	number := func(id string) uint32 {
		if n, ok := train.Find(id); ok {
			return n
		}
		return pack.NoItem
	}
	for _, test := range []struct {
		method, prefix, want string
	}{
		{"popularity", "d", "abcd"},             // 3, 3, 2, 2
		{"popularity in session", "dz", "dabc"}, // d was met
		{"item-kNN", "a", "bcd"},                // 2/(23·23), 1/√(23·22) and as much
		{"item-kNN", "az", "bcd"},               // the last that is known
		{"sequential rules", "a", "bcd"},        // 2, 1, 1/2
		{"sequential rules", "d", ""},           // nothing follows
		{"VMIS-kNN", "c", "cda"},                // both sessions of c: c and d are rarer than a, and b is in neither
		{"STAN", "c", "da"},                     // next to it in both; in one
		{"VMIS-kNN", "z", ""},
		{"STAN", "z", ""},
	} {
		t.Run(test.method+" after "+test.prefix, func(t *testing.T) {
			for _, m := range Methods() {
				if m.Name != test.method {
					continue
				}
				var prefix []uint32
				for _, c := range test.prefix {
					prefix = append(prefix, number(string(c)))
				}
				ranker := m.Train(train)()
				for range 2 { // it has forgotten the first time
					got := ""
					for _, item := range ranker.Rank(prefix, 20) {
						got += train.Items()[item]
					}
					require.Equal(t, test.want, got)
				}
				require.LessOrEqual(t, len(ranker.Rank(prefix, 1)), 1)
				return
			}
			t.Fatal("there is no such method")
		})
	}
}

func TestCompare(t *testing.T) {
	train, test := drawn(600).Split(0.2)
	for _, m := range Methods() {
		for _, repeats := range []bool{true, false} {
			want, err := Compare(context.Background(), m, train, test, repeats, Options{Workers: 1})
			require.NoError(t, err)
			got, err := Compare(context.Background(), m, train, test, repeats, Options{Workers: 4})
			require.NoError(t, err)
			require.Equal(t, want, got, m.Name)
			require.Equal(t, repeats, want.Repeats)
			require.NotZero(t, want.Predictions)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Compare(ctx, Methods()[0], train, test, true, Options{})
	assert.ErrorIs(t, err, context.Canceled)
}

func TestDistinct(t *testing.T) {
	same := func(n int) int { return n }
	for _, test := range [][2][]int{{{5, 6, 10, 20}, {5, 6, 10, 20}}, {{5, 6, 8, 8}, {5, 6, 8}}, {{2, 2, 2, 2}, {2}}, {{}, {}}} {
		assert.Equal(t, test[1], Distinct(test[0], same))
	}
}
