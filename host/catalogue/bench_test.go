package catalogue_test

import (
	"bytes"
	"context"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/catalogue/feedgen"
)

// BenchmarkMerchantXML reads a feed of 10,000 items, and reports what the heap holds at its largest beside the feed itself.
func BenchmarkMerchantXML(b *testing.B) {
	var feed bytes.Buffer
	require.NoError(b, feedgen.Write(&feed, 10_000, 1))
	b.SetBytes(int64(feed.Len()))
	b.ReportAllocs()
	var peak uint64
	for b.Loop() {
		runtime.GC()
		var before runtime.MemStats
		runtime.ReadMemStats(&before)
		n := 0
		_, err := catalogue.ReadFrom(context.Background(), "feed.xml", bytes.NewReader(feed.Bytes()), catalogue.Options{}, func(catalogue.Item) error {
			if n++; n%2000 == 0 {
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				peak = max(peak, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
			}
			return nil
		})
		require.NoError(b, err)
	}
	b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
}
