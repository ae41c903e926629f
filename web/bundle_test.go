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

// What the scripts may weigh compressed.
const (
	maxScriptBytes  = 7_000
	maxControlBytes = 5_000
	maxExplainBytes = 3_000
)

// TestScriptSize holds the script's exact sizes, so that a review sees them change. UPDATE=1 go test rewrites them.
func TestScriptSize(t *testing.T) {
	control, err := Control()
	require.NoError(t, err)
	// The pins are no less random than a site's own.
	script, err := Script(Pins{PinOf(".wasm", []byte("module")), PinOf(".pack", []byte("pack")), PinOf(".js", control)})
	require.NoError(t, err)
	explain, err := Explain()
	require.NoError(t, err)
	style, err := Style()
	require.NoError(t, err)
	got := ""
	for _, f := range []struct {
		name    string
		content []byte
	}{{"script", script}, {"control", control}, {"explain", explain}, {"style", style}} {
		got += fmt.Sprintf("%s: %d B, brotli 11 %d B\n", f.name, len(f.content), brotlied(t, f.content))
	}
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile("testdata/size.txt", []byte(got), 0o644))
	}
	want, err := os.ReadFile("testdata/size.txt")
	require.NoError(t, err)
	assert.Equal(t, string(want), got, "UPDATE=1 go test ./web -run Size rewrites it")
	assert.LessOrEqual(t, brotlied(t, control), maxControlBytes)
	assert.LessOrEqual(t, brotlied(t, explain), maxExplainBytes)
	// What hashes a build has is chance, and so is what they compress to.
	for k := range 20 {
		pin := func(extension string) Pin { return PinOf(extension, []byte{byte(k), extension[1]}) }
		pins := Pins{pin(".wasm"), pin(".pack"), pin(".js")}
		script, err := Script(pins)
		require.NoError(t, err)
		assert.LessOrEqual(t, brotlied(t, script), maxScriptBytes)
	}
}

// brotlied returns how many bytes the content has when compressed.
func brotlied(t *testing.T, content []byte) int {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	_, err := w.Write(content)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Len()
}

// TestScriptIsTheSame: the same sources and pins give the same bytes, and the pins are in it.
func TestScriptIsTheSame(t *testing.T) {
	pins := Pins{Module: Pin{"a.wasm", "sha256-A"}, Pack: Pin{"b.pack", "sha256-B"}, Control: Pin{"c.js", "sha256-C"}}
	one, err := Script(pins)
	require.NoError(t, err)
	two, err := bundle("src/script.ts")
	require.NoError(t, err)
	assert.Contains(t, string(one), `{"module":{"file":"a.wasm","integrity":"sha256-A"},"pack":{"file":"b.pack","integrity":"sha256-B"},"control":{"file":"c.js","integrity":"sha256-C"}}`)
	assert.NotContains(t, string(one), placeholder)
	assert.Contains(t, two, placeholder)
}

func TestBundleSaysWhatIsWrong(t *testing.T) {
	_, err := bundle("src/none.ts")
	assert.ErrorContains(t, err, "web: open src/none.ts")
}
