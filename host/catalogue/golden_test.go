package catalogue_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/catalogue"
)

// TestGolden reads each source in testdata/input, and the site in testdata/site, and compares what came of it, as text,
// with testdata/golden. `UPDATE=1 go test ./host/catalogue` rewrites those files; read the difference before committing it.
func TestGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/input/*")
	require.NoError(t, err)
	for _, name := range append(names, "testdata/site", "testdata/site/sitemap.xml", "testdata/site/sitemap_index.xml") {
		t.Run(filepath.Base(name), func(t *testing.T) {
			items, reports, err := catalogue.ReadAll(context.Background(), []string{name}, catalogue.Options{
				Now: time.Date(2026, 5, 15, 12, 0, 0, 0, time.UTC),
			})
			for _, it := range items {
				assert.NoError(t, validate(it))
			}
			require.Len(t, reports, 1)
			golden := filepath.Join("testdata/golden", filepath.Base(name)+".txt")
			got := dump(items, reports[0], err)
			if os.Getenv("UPDATE") != "" {
				require.NoError(t, os.MkdirAll("testdata/golden", 0o755))
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
				return
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err, "there is no golden file yet: run UPDATE=1 go test ./host/catalogue")
			assert.Equal(t, strings.ReplaceAll(string(want), "\r\n", "\n"), got)
		})
	}
}
