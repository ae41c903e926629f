package learn

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

func TestParseClass(t *testing.T) {
	for c := pack.Class(1); c < pack.ClassCount; c++ {
		got, ok := ParseClass(c.String())
		require.True(t, ok, c)
		require.Equal(t, c, got)
	}
	for _, name := range []string{"", "unknown", "region-9"} {
		_, ok := ParseClass(name)
		assert.False(t, ok, name)
	}
}

func TestDimensions(t *testing.T) {
	next := pack.Class(1)
	for _, d := range dimensions {
		require.Equal(t, next, d.first)
		next = d.last + 1
	}
	assert.EqualValues(t, pack.ClassCount, next)
}
