package eval

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn"
)

// twoTopics has nine items of each of two topics, a1 to a9 and b1 to b9.
func twoTopics() (items []catalogue.Item) {
	for _, topic := range []string{"a", "b"} {
		for k := range 9 {
			items = append(items, catalogue.Item{ID: fmt.Sprint(topic, k+1), Title: "–", Topics: [][]string{{topic}}})
		}
	}
	return items
}

// manyOf returns the same session many times.
func manyOf(n int, session ...string) *learn.Visits {
	v := new(learn.Visits)
	for k := range n {
		v.Add(session, int64(1_700_000_000+3600*k))
	}
	return v
}

// TestIntentKnowsWhatVisitsComeBackTo: three of a, one of b, and a again: the visit is about a, though the last item is not.
func TestIntentKnowsWhatVisitsComeBackTo(t *testing.T) {
	ctx := context.Background()
	src, err := intentSource(ctx, twoTopics())
	require.NoError(t, err)
	data, err := pack.Write(src)
	require.NoError(t, err)
	back := manyOf(40, "a1", "a2", "a3", "b1", "a4")
	for _, wasm := range []bool{false, true} {
		in, err := Intent(ctx, data, back, Options{Wasm: wasm})
		require.NoError(t, err)
		assert.Equal(t, 40, in.Sessions)
		assert.Equal(t, 160, in.Predictions)
		assert.Equal(t, Share{0.75, [2]float64{0.75, 0.75}}, in.Top, "all but b1")
		assert.Equal(t, Share{0.75, [2]float64{0.75, 0.75}}, in.Top3, "b was not met before b1")
		assert.Equal(t, Share{0.5, [2]float64{0.5, 0.5}}, in.Last, "neither b1 nor what follows it")
		assert.Equal(t, Share{0.75, [2]float64{0.75, 0.75}}, in.Last3)
		assert.Equal(t, Change{0.25, [2]float64{0.25, 0.25}, true}, in.TopGain)
		assert.Equal(t, Change{0.25, [2]float64{0.25, 0.25}, true}, in.Gain)
		total := 0.0
		for _, share := range in.Modes {
			total += share
		}
		assert.InDelta(t, 1, total, 1e-9)
	}

	src, err = intentSource(ctx, []catalogue.Item{{ID: "a1", Title: "–"}})
	require.NoError(t, err)
	data, err = pack.Write(src)
	require.NoError(t, err)
	in, err := Intent(ctx, data, back, Options{})
	require.NoError(t, err)
	assert.Nil(t, in, "without topics there is none to know")
}

// TestTuneIntent: where visits come back topics are kept, and where they move on they fade.
func TestTuneIntent(t *testing.T) {
	ctx := context.Background()
	trial, err := TuneIntent(ctx, twoTopics(), manyOf(200, "a1", "a2", "a3", "b1", "b2", "a4"), learn.DefaultParams())
	require.NoError(t, err)
	assert.Equal(t, uint8(255), trial.Intent.TopicRecency)
	assert.Equal(t, trial.Usual, trial.Tuned)
	assert.Equal(t, learn.UsualIntent(), trial.Intent, "of one kind, none is wanted more")

	trial, err = TuneIntent(ctx, twoTopics(), manyOf(200, "a1", "a2", "a3", "b1", "b2", "b3"), learn.DefaultParams())
	require.NoError(t, err)
	assert.Less(t, trial.Intent.TopicRecency, uint8(255))
	assert.Greater(t, trial.Tuned.Top.Share, trial.Usual.Top.Share)
}

// TestTuneKinds: who has viewed two guides goes on to help, and to nothing but products otherwise.
func TestTuneKinds(t *testing.T) {
	items := twoTopics()
	for k := range items[9:] {
		items[9+k].Kind = pack.KindGuide
	}
	items = append(items, catalogue.Item{ID: "h", Title: "–", Kind: pack.KindHelp, Topics: [][]string{{"a"}}})
	v := new(learn.Visits)
	for k := range int64(2000) {
		v.Add([]string{"a1", "a2", "a3", "a4"}, 1_700_000_000+10*k)
		v.Add([]string{"b1", "b2", "b3", "h"}, 1_700_000_005+10*k)
	}
	trial, err := TuneIntent(context.Background(), items, v, learn.DefaultParams())
	require.NoError(t, err)
	require.Positive(t, trial.KindBits)
	mix, usual := trial.Intent.KindMix, learn.UsualIntent().KindMix
	assert.Greater(t, mix[core.NeedingHelp][pack.KindHelp], mix[core.NeedingHelp][pack.KindProduct])
	assert.Greater(t, mix[core.Comparing][pack.KindProduct], mix[core.Comparing][pack.KindHelp])
	assert.Equal(t, usual[core.Leaving], mix[core.Leaving], "nobody left")

	p := learn.DefaultParams()
	p.MinSessions = 1_000_000
	trial, err = TuneIntent(context.Background(), items, v, p)
	require.NoError(t, err)
	assert.Equal(t, usual, trial.Intent.KindMix, "no crowd met any of it")
}
