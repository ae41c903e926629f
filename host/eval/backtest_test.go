package eval

import (
	"context"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/learn"
)

// wandering returns visits that go from an item to one near by.
func wandering(sessions int) *learn.Visits {
	r := rand.New(rand.NewPCG(1, 2))
	v := &learn.Visits{}
	for k := range sessions {
		at := int(30 * r.Float64() * r.Float64())
		items := []string{}
		for range 1 + r.IntN(6) {
			items = append(items, strconv.Itoa(at))
			at += 1 + r.IntN(3)
		}
		v.Add(items, int64(k))
	}
	return v
}

func TestBackTest(t *testing.T) {
	ctx := context.Background()
	v := wandering(3_000)
	p := learn.DefaultParams()
	p.MinSessions, p.Privacy = 4, learn.Privacy{Epsilon: 3}.WithDefaults()
	done := 0
	b, err := BackTest(ctx, v, p, Options{Progress: func(k, total int) {
		done++
		assert.Equal(t, []int{done, 11}, []int{k, total})
	}})
	require.NoError(t, err)
	require.True(t, b.Enough())
	assert.Equal(t, 11, done)
	earlier, later := v.Split(0.1)
	assert.Equal(t, earlier.Events(), b.Learnt)
	assert.False(t, b.Newest)

	type setting struct {
		least   int
		epsilon float64
		chosen  bool
	}
	var got []setting
	for _, trial := range b.Trials {
		got = append(got, setting{trial.MinSessions, trial.Epsilon, trial.Chosen})
	}
	assert.Equal(t, []setting{
		{2, 0, false}, {3, 0, false}, {4, 0, false}, {5, 0, false}, {8, 0, false}, {13, 0, false},
		{4, 8, false}, {4, 4, false}, {4, 3, true}, {4, 2, false}, {4, 1, false},
	}, got)
	for k, trial := range b.Trials {
		assert.Positive(t, trial.Bytes)
		assert.Positive(t, trial.At.HitRate)
		if k > 0 && trial.Epsilon == 0 {
			assert.LessOrEqual(t, trial.Items, b.Trials[k-1].Items)
			assert.LessOrEqual(t, trial.Edges, b.Trials[k-1].Edges)
		}
	}
	most, noisy := b.Trials[2], b.Trials[len(b.Trials)-1]
	assert.Less(t, noisy.Edges, most.Edges)
	assert.Less(t, noisy.At.HitRate, most.At.HitRate)

	// A trial is what learning from the earlier sessions and playing the later ones gives.
	p.Privacy = learn.Privacy{}
	l, err := learn.Learn(ctx, earlier, p, learn.Options{})
	require.NoError(t, err)
	data, err := packLearned(ctx, earlier, l)
	require.NoError(t, err)
	r, err := Pack(ctx, data, later, Options{})
	require.NoError(t, err)
	at := r.At[len(Cutoffs)-1]
	assert.Equal(t, []float64{at.HitRate, at.MRR, at.NDCG}, []float64{most.At.HitRate, most.At.MRR, most.At.NDCG})
	assert.Equal(t, []int{r.Sessions, r.Predictions}, []int{b.Sessions, b.Predictions})

	without, err := BackTest(ctx, v, p, Options{Workers: 1})
	require.NoError(t, err)
	require.Len(t, without.Trials, 6)
	assert.True(t, without.Trials[2].Chosen)
	without.Trials[2].Chosen = false
	assert.Equal(t, b.Trials[:6], without.Trials, "without noise it depends on visits and parameters alone")
}

func TestBackTestLacks(t *testing.T) {
	b, err := BackTest(context.Background(), wandering(500), learn.DefaultParams(), Options{})
	require.NoError(t, err)
	assert.False(t, b.Enough())
	assert.Empty(t, b.Trials)
	b, err = BackTest(context.Background(), &learn.Visits{}, learn.DefaultParams(), Options{})
	require.NoError(t, err)
	assert.False(t, b.Enough())

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = BackTest(ctx, wandering(2_000), learn.DefaultParams(), Options{})
	assert.ErrorIs(t, err, context.Canceled)
	_, err = BackTest(context.Background(), wandering(10), learn.Params{}, Options{})
	assert.ErrorContains(t, err, "min_sessions: got 0")
}

// TestBackTestOfTheNewest shows that it is told where not all earlier sessions were learnt from.
func TestBackTestOfTheNewest(t *testing.T) {
	v := wandering(2_000)
	items := make([]string, 1_000)
	for k := range items {
		items[k] = "x"
	}
	for range backEvents/len(items) - 1 {
		v.Add(items, 0)
	}
	p := learn.DefaultParams()
	p.LinearShare, p.MaxLength = 0, 2
	b, err := BackTest(context.Background(), v, p, Options{})
	require.NoError(t, err)
	require.True(t, b.Enough())
	assert.True(t, b.Newest)
	assert.LessOrEqual(t, b.Learnt, backEvents)
}

func TestNewest(t *testing.T) {
	v := &learn.Visits{}
	for k, end := range []int64{5, 1, 9, 5, 3} {
		v.Add([]string{strconv.Itoa(k), "x", "y"}, end)
	}
	first := func(v *learn.Visits) (ids []string) {
		for k := range v.Sessions() {
			items, _ := v.Session(k)
			ids = append(ids, v.Items()[items[0]])
		}
		return ids
	}
	assert.Same(t, v, newest(v, 15))
	assert.Equal(t, []string{"0", "2", "3", "4"}, first(newest(v, 14)))
	assert.Equal(t, []string{"0", "2"}, first(newest(v, 6)), "of two that ended at once, the first")
	assert.Empty(t, first(newest(v, 2)))
}

func TestPlayed(t *testing.T) {
	v := visitsOf("a", "abc", "ab", "b", "abcd", "ca", "bc", "ac")
	all := played(v, 100)
	assert.Equal(t, []int{6, 15}, []int{all.Sessions(), all.Events()}, "one event has no next item")
	some := played(v, 5)
	assert.Equal(t, 3, some.Sessions())
	items, _ := some.Session(1)
	assert.Len(t, items, 4, "evenly spread: the first, the third and the fifth")
}
