package core_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/nabij/nabij"

// standard is what the packages of the module may import of the standard library: what TinyGo compiles small.
var standard = []string{"cmp", "io", "math", "math/bits", "slices", "unicode/utf8", "unsafe"}

// TestImports holds imports to one direction: core/pack, core, wasm/abi, host; and only host knows wazero.
func TestImports(t *testing.T) {
	for _, c := range []struct {
		pkg  string
		ours []string // of the module's packages, directly or not

	}{
		{"core/pack", nil},
		{"core", []string{"core/pack"}},
		{"wasm/abi", []string{"core", "core/pack"}},
		{"wasm/engine", []string{"core", "core/pack", "wasm/abi"}},
	} {
		t.Run(c.pkg, func(t *testing.T) {
			for _, dep := range goList(t, "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", module+"/"+c.pkg) {
				own, ok := strings.CutPrefix(dep, module+"/")
				assert.True(t, ok, "%s, from outside the module", dep)
				assert.True(t, own == c.pkg || slices.Contains(c.ours, own), "%s", dep)
			}
			for _, dep := range goList(t, "-f", `{{join .Imports "\n"}}`, module+"/"+c.pkg) {
				if !strings.HasPrefix(dep, module) {
					assert.Contains(t, standard, dep)
				}
			}
		})
	}
}

// edgeLeaves are the packages of host that run where there is no wazero: a worker's Go part, and what bundles a worker, share them with the
// middleware of net/http.
var edgeLeaves = []string{"host/edge/answer", "host/edge/internal/rawtag", "host/edge/markup", "host/edge/moment", "host/edge/page",
	"host/internal/money", "host/policy"}

// TestOnlyHostKnowsWazero: nor does anything below it know what a host has, but for wasm/edge and wasm/edge/worker, which share some of it.
func TestOnlyHostKnowsWazero(t *testing.T) {
	for _, line := range goList(t, "-f", `{{.ImportPath}},{{join .Deps ","}}`, module+"/core/...", module+"/wasm/...") {
		deps := strings.Split(line, ",")
		for _, dep := range deps[1:] {
			assert.NotContains(t, dep, "wazero", deps[0])
			own, ours := strings.CutPrefix(dep, module+"/")
			if strings.HasPrefix(deps[0], module+"/wasm/edge") && slices.Contains(edgeLeaves, own) {
				continue
			}
			assert.False(t, ours && strings.HasPrefix(own, "host"), "%s imports %s", deps[0], dep)
		}
	}
}

// goList returns what go list prints about packages as they are built for the module, a line an element.
func goList(t *testing.T, args ...string) []string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list"}, args...)...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	out, err := cmd.Output()
	require.NoError(t, err)
	lines := strings.Fields(string(out))
	require.NotEmpty(t, lines)
	return lines
}
