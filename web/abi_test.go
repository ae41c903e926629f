package web

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/wasm/abi/abitest"
)

// TestVectors holds src/abi.ts to the messages on which every spelling of the module's contract is tested.
func TestVectors(t *testing.T) {
	inNode(t, "src/abi.ts", "testdata/vectors.mjs", "../wasm/abi/testdata/vectors.json")
}

// TestWidePack holds src/pack.ts to what core/pack/FORMAT.md says under "Extension": of a record, later versions add to the end.
func TestWidePack(t *testing.T) {
	file := filepath.Join(t.TempDir(), "shop.pack")
	require.NoError(t, os.WriteFile(file, abitest.Pack("shop"), 0o644))
	inNode(t, "src/pack.ts", "testdata/wide.mjs", file)
}

// inNode runs a script with a module's path, bundled, and a file's.
func inNode(t *testing.T, module, script, file string) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("left out: there is no node to run it")
	}
	require.NoError(t, err)
	bundle := filepath.Join(t.TempDir(), "module.mjs")
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{module}, Bundle: true, Format: api.FormatESModule, Plugins: []api.Plugin{from(sources)},
		Outfile: bundle, Write: true,
	})
	require.Empty(t, result.Errors)
	out, err := exec.Command(node, script, bundle, file).CombinedOutput()
	require.NoError(t, err, "%s", out)
	t.Logf("%s", out)
}
