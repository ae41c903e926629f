package build

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/catalogue/feedgen"
)

// BenchmarkBuild takes a made-up Merchant feed to a pack: reading, rows and all else, writing.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "feed.xml")
			f, err := os.Create(path)
			require.NoError(b, err)
			require.NoError(b, feedgen.Write(f, n, 1))
			require.NoError(b, f.Close())
			b.ReportAllocs()
			var read, made, wrote time.Duration
			for b.Loop() {
				start := time.Now()
				items, _, err := catalogue.ReadAll(context.Background(), []string{path}, catalogue.Options{})
				require.NoError(b, err)
				read += time.Since(start)
				start = time.Now()
				src, _, err := Source(context.Background(), items, Config{}, Options{})
				require.NoError(b, err)
				made += time.Since(start)
				start = time.Now()
				data, err := pack.Write(src)
				require.NoError(b, err)
				wrote += time.Since(start)
				b.ReportMetric(float64(len(data))/float64(len(items)), "pack-B/item")
				b.ReportMetric(float64(len(items)), "items")
			}
			for name, d := range map[string]time.Duration{"read-ms": read, "source-ms": made, "write-ms": wrote} {
				b.ReportMetric(float64(d.Milliseconds())/float64(b.N), name)
			}
		})
	}
}
