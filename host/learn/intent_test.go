package learn

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

func TestIntentAsJSON(t *testing.T) {
	p := DefaultParams()
	text, err := json.Marshal(p)
	require.NoError(t, err)
	assert.NotContains(t, string(text), "intent", "what says nothing is not written")

	p.Intent = UsualIntent()
	p.Intent.TopicRecency, p.Intent.KindMix[core.Deciding][pack.KindHelp] = 191, 31
	text, err = json.Marshal(p)
	require.NoError(t, err)
	var back Params
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, p, back)

	require.NoError(t, json.Unmarshal([]byte(`{"intent": {"kind_mix": {"deciding": {"help": 31}}}}`), &back))
	p.Intent.TopicRecency = 255
	assert.Equal(t, p.Intent, back.Intent, "the rest is usual")

	policy := pack.DefaultPolicy()
	new(Intent).Apply(&policy)
	assert.Equal(t, pack.DefaultPolicy(), policy)
	p.Intent.Apply(&policy)
	assert.Equal(t, uint8(31), policy.Intent.KindMix[core.Deciding][pack.KindHelp])
}

func TestIntentRefused(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{"topics": 1}`, `intent: no field is called "topics"; the fields are topic_recency, kind_mix`},
		{`{"topic_recency": 256}`, "intent.topic_recency: got number 256, want a whole number from 0 to 255"},
		{`{"kind_mix": {"left": {}}}`, `intent.kind_mix: no mode is called "left"`},
		{`{"kind_mix": {"leaving": {"book": 3}}}`, `intent.kind_mix.leaving: no kind is called "book"`},
	} {
		var in Intent
		require.ErrorContains(t, json.Unmarshal([]byte(c.text), &in), c.want)
		assert.Zero(t, in)
	}
	p := DefaultParams()
	p.Intent.KindMix[core.Leaving][pack.KindGuide] = 33
	assert.EqualError(t, p.Check(), "learn: intent.kind_mix.leaving.guide: got 33, want 0 to 32")
}
