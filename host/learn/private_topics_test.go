package learn

import (
	"bytes"
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
)

// TestPrivatePriors shows that a strong habit is told through the noise much as it is without, and that nothing is made of none.
func TestPrivatePriors(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	topics := topicsOf("a=A", "b=B", "c=C", "d=D")
	v := &Visits{}
	for range 20_000 {
		in := Context{Daypart: pack.Morning + pack.Class(r.IntN(2)), Device: pack.Phone + pack.Class(r.IntN(2))}
		first := r.IntN(4)
		if in.Daypart == pack.Morning && r.IntN(3) > 0 {
			first = 0
		}
		v.AddIn([]string{string(rune('a' + first)), string(rune('a' + r.IntN(4)))}, 0, in)
	}
	p := privateParams(5, 4, 1e-7)
	p.Privacy.Topics = 0.2
	l, err := Learn(context.Background(), v, p, Options{Topics: topics})
	require.NoError(t, err)
	plain, err := Learn(context.Background(), v, DefaultParams(), Options{Topics: topics})
	require.NoError(t, err)
	require.Len(t, plain.Priors, 8, "four topics, in the morning and in the afternoon")
	require.Len(t, l.Priors, 8)
	for k, prior := range l.Priors {
		want := plain.Priors[k]
		assert.Equal(t, []any{want.Class, want.Topic}, []any{prior.Class, prior.Topic})
		assert.InEpsilon(t, want.Multiplier, prior.Multiplier, 0.1)
	}
	for k, topic := range l.Topics {
		assert.Equal(t, plain.Topics[k].Path, topic.Path)
		assert.Len(t, topic.Next, 3)
	}
	p.Privacy.Topics = 0
	l, err = Learn(context.Background(), v, p, Options{Topics: topics})
	require.NoError(t, err)
	assert.Empty(t, l.Priors, "nothing of the budget is theirs")
	assert.Empty(t, l.Topics)
}

// TestPrivateTopics shows that no noise, however large, tells of topics what fewer sessions than the least have done, and that what remains can
// be read again.
func TestPrivateTopics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		n := rapid.IntRange(1, 25).Draw(t, "items")
		v, topics := inContexts(r, drawVisits(r, rapid.IntRange(0, 120).Draw(t, "sessions"), n)), drawTopics(r, n)
		p := privateParams(rapid.IntRange(1, 8).Draw(t, "least"), rapid.Float64Range(0.1, 10).Draw(t, "epsilon"), 1e-6)
		p.Privacy.Topics = 0.2
		by := rapid.SampledFrom([]float64{-1e6, 0, 3, 1e6}).Draw(t, "noise")
		l, err := Learn(context.Background(), v, p, Options{noise: shift{by: by}, Topics: topics})
		require.NoError(t, err)
		contexts, steps := countTopics(t, v, topics, p)
		find := func(path []string) int {
			return slices.IndexFunc(topics.paths, func(p []string) bool { return slices.Equal(p, path) })
		}
		for _, prior := range l.Priors {
			require.GreaterOrEqual(t, int(contexts.sessions[find(prior.Topic)][prior.Class]), p.MinSessions)
		}
		for _, topic := range l.Topics {
			for _, next := range topic.Next {
				require.GreaterOrEqual(t, int(steps.to[find(topic.Path)][find(next.Path)].sessions), p.MinSessions)
			}
		}
		if by < 0 {
			require.Empty(t, l.Priors)
			require.Empty(t, l.Topics)
		}
		var file bytes.Buffer
		require.NoError(t, l.Write(&file))
		read, err := ReadLearned(&file, "x")
		require.NoError(t, err)
		require.Equal(t, l.Topics, read.Topics)
		require.Len(t, read.Priors, len(l.Priors))
	})
}
