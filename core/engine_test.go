package core

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

func TestOpenRefuses(t *testing.T) {
	data, err := pack.Write(bigSource(30, 3))
	require.NoError(t, err)
	var e Engine
	assert.Nil(t, e.Open(data))
	data[100]++
	var other Engine
	assert.NotNil(t, other.Open(data))
}
