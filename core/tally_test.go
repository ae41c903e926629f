package core

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

// TestManyTopics: an intent weighs the newest topics, so many of them.
func TestManyTopics(t *testing.T) {
	data, err := pack.Write(bigSource(3000, 1))
	require.NoError(t, err)
	p, err := pack.Open(data)
	require.NoError(t, err)
	e := NewEngine(p)
	var s Session
	for topic := range uint16(maxTopicsWeighed + 5) {
		sig := NewSignal(View, uint64(topic))
		sig.Topic = topic
		e.Observe(&s, &sig)
	}
	next := NewSignal(View, 100)
	e.Observe(&s, &next)
	in, err := e.Intent(&s, 100_000)
	require.Nil(t, err)
	assert.Equal(t, maxTopicsWeighed, e.tally.n)
	assert.Equal(t, uint8(MaxIntentTopics), in.TopicCount)
	assert.Equal(t, Exploring, in.Mode)
}
