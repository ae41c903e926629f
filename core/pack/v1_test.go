package pack_test

import (
	"errors"
	"io/fs"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

const v1File = "testdata/v1.pack"

// TestVersion1 opens the pack that was written when version 1 was settled. Neither the file nor what is read from it
// changes ever again: a reader that cannot open it does not read version 1. UPDATE=1 makes the file only where there is
// none.
func TestVersion1(t *testing.T) {
	data, err := os.ReadFile(v1File)
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("UPDATE") != "" {
		data = write(t, sample())
		require.NoError(t, os.WriteFile(v1File, data, 0o644))
	} else {
		require.NoError(t, err)
	}
	p, err := pack.Open(data)
	require.NoError(t, err)
	golden(t, "v1.read", exercise(t, p))
	assert.True(t, string(data) == string(write(t, sample())), "Write gives other bytes than it did for the same source: v1.dump shows which")
}
