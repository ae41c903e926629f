package eval

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/internal/realdata"
	"github.com/nabij/nabij/host/learn"
)

// BenchmarkIntent tunes on a wholesaler's orders what follows from an intent, and tells on later ones how often the next item's topic is among the
// intent's first three, and its first, beside the topic of the last item, and the last three that differ. Its topics are last words of titles.
func BenchmarkIntent(b *testing.B) {
	ctx := context.Background()
	items, _, err := catalogue.ReadAll(ctx, []string{realdata.Path(b, "online_retail/catalogue.csv")}, catalogue.Options{Currency: "GBP"})
	require.NoError(b, err)
	train, _ := read(b, "online_retail/train.csv")
	test, _ := read(b, "online_retail/test.csv")
	var in *Intents
	for b.Loop() {
		tuned, err := TuneIntent(ctx, items, train, learn.BasketParams())
		require.NoError(b, err)
		b.Logf("recency %d, kinds %+.4f bits", tuned.Intent.TopicRecency, tuned.KindBits)
		src, err := intentSource(ctx, items)
		require.NoError(b, err)
		tuned.Intent.Apply(&src.Policy)
		data, err := pack.Write(src)
		require.NoError(b, err)
		in, err = Intent(ctx, data, test, Options{})
		require.NoError(b, err)
	}
	b.ReportMetric(0, "ns/op")
	b.Logf("gain %+.4f %.4f, of the first %+.4f %.4f", in.Gain.Difference, in.Gain.Interval, in.TopGain.Difference, in.TopGain.Interval)
	b.ReportMetric(in.Top3.Share, "top3")
	b.ReportMetric(in.Top.Share, "top")
	b.ReportMetric(in.Last.Share, "last")
	b.ReportMetric(in.Last3.Share, "last3")
}
