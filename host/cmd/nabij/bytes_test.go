package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestByteSize(t *testing.T) {
	for text, want := range map[string]byteSize{"0": 0, "512MB": 512_000_000, "2GB": 2_000_000_000, "1.5 gb": 1_500_000_000, "64kb": 64_000, "10B": 10} {
		var b byteSize
		require.NoError(t, b.Set(text), text)
		assert.Equal(t, want, b, text)
		var again byteSize
		require.NoError(t, again.Set(b.String()), b.String())
		assert.Equal(t, b, again)
	}
	for _, text := range []string{"", "5", "GB", "-1GB", "1e30GB", "NaNGB", "twoGB"} {
		assert.Error(t, new(byteSize).Set(text), text)
	}
}
