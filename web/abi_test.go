package web

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/stretchr/testify/require"
)

// TestVectors holds src/abi.ts to the messages on which every spelling of the module's contract is tested.
func TestVectors(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("left out: there is no node to run it")
	}
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "abi.mjs")
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{"src/abi.ts"}, Bundle: true, Format: api.FormatESModule, Plugins: []api.Plugin{embedded},
		Outfile: file, Write: true,
	})
	require.Empty(t, result.Errors)
	out, err := exec.Command(node, "testdata/vectors.mjs", file, "../wasm/abi/testdata/vectors.json").CombinedOutput()
	require.NoError(t, err, "%s", out)
	t.Logf("%s", out)
}
