// Package realdata finds the real data that tests and benchmarks measure on where it is there. It is kept beside the
// repository and never in it.
package realdata

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// Path returns where a file of the data is, as in "online_retail/catalogue.csv", or skips the test or benchmark.
func Path(t testing.TB, name string) string {
	t.Helper()
	root, err := os.Getwd()
	require.NoError(t, err)
	for ; root != filepath.Dir(root); root = filepath.Dir(root) {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
	}
	path := filepath.Join(root, "..", "shared", "data", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the real data %s is not here (%s)", name, path)
	}
	return path
}
