package eval

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/internal/realdata"
	"github.com/nabij/nabij/host/learn"
)

// BenchmarkRelevance learns from the training part of real logs and evaluates on their test parts: hit rate and MRR at 20, and the pack's kB
// without what is for display. Parameters are the defaults, or tuned on the training part, which is left out unless NABIJ_LARGE is set.
func BenchmarkRelevance(b *testing.B) {
	for _, data := range []string{"yoochoose1_64", "bolcom_example", "online_retail"} {
		for _, least := range []int{1, 3, 5} {
			b.Run(fmt.Sprintf("%s/t=%d", data, least), func(b *testing.B) { benchmarkRelevance(b, data, least, false) })
			b.Run(fmt.Sprintf("%s/t=%d/tuned", data, least), func(b *testing.B) {
				if os.Getenv("NABIJ_LARGE") == "" {
					b.Skip("left out, as NABIJ_LARGE is not set: the search takes minutes")
				}
				benchmarkRelevance(b, data, least, true)
			})
		}
	}
}

func benchmarkRelevance(b *testing.B, data string, least int, tune bool) {
	ctx := context.Background()
	train, report := read(b, data+"/train.csv")
	test, _ := read(b, data+"/test.csv")
	p := learn.DefaultParams()
	if report.Baskets {
		p = learn.BasketParams()
	}
	p.MinSessions = least
	searched := 0.0
	if tune {
		begin := time.Now()
		var err error
		p, _, err = Tune(ctx, train, p, TuneOptions{})
		require.NoError(b, err)
		searched = time.Since(begin).Seconds()
		b.Logf("%+v", p)
	}
	var result *Result
	var packed []byte
	for b.Loop() {
		learned, err := learn.Learn(ctx, train, p, learn.Options{})
		require.NoError(b, err)
		packed, err = packLearned(ctx, train, learned)
		require.NoError(b, err)
		result, err = Pack(ctx, packed, test, Options{})
		require.NoError(b, err)
	}
	at := result.At[len(Cutoffs)-1]
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(at.HitRate, "HR@20")
	b.ReportMetric(at.MRR, "MRR@20")
	b.ReportMetric(float64(withoutDisplay(packed))/1000, "kB")
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/run")
	if tune {
		b.ReportMetric(searched, "s/search")
	}
}

// BenchmarkPrivacy evaluates on the same test parts what noise leaves: the mean of runs, whose noise differs.
func BenchmarkPrivacy(b *testing.B) {
	for _, data := range []string{"yoochoose1_64", "bolcom_example"} {
		for _, least := range []int{1, 3, 5} {
			for _, epsilon := range []float64{1, 2, 4, 8, 0} {
				b.Run(fmt.Sprintf("%s/t=%d/epsilon=%v", data, least, epsilon), func(b *testing.B) { benchmarkPrivacy(b, data, least, epsilon) })
			}
		}
	}
}

func benchmarkPrivacy(b *testing.B, data string, least int, epsilon float64) {
	ctx := context.Background()
	train, _ := read(b, data+"/train.csv")
	test, _ := read(b, data+"/test.csv")
	p := learn.DefaultParams()
	p.MinSessions, p.Privacy = least, learn.Privacy{Epsilon: epsilon}.WithDefaults()
	var hitRate, mrr, items, neighbours float64
	for b.Loop() {
		learned, err := learn.Learn(ctx, train, p, learn.Options{})
		require.NoError(b, err)
		packed, err := packLearned(ctx, train, learned)
		require.NoError(b, err)
		result, err := Pack(ctx, packed, test, Options{})
		require.NoError(b, err)
		at := result.At[len(Cutoffs)-1]
		hitRate, mrr, items = hitRate+at.HitRate, mrr+at.MRR, items+float64(len(learned.Items))
		for k := range learned.Items {
			neighbours += float64(len(learned.Items[k].Row))
		}
	}
	b.ReportMetric(0, "ns/op")
	for unit, sum := range map[string]float64{"HR@20": hitRate, "MRR@20": mrr, "items": items, "neighbours": neighbours, "s/run": b.Elapsed().Seconds()} {
		b.ReportMetric(sum/float64(b.N), unit)
	}
}

// BenchmarkMethods evaluates on the same test parts what packs are compared with.
func BenchmarkMethods(b *testing.B) {
	for _, data := range []string{"yoochoose1_64", "bolcom_example", "online_retail"} {
		for _, m := range Methods() {
			b.Run(data+"/"+m.Name, func(b *testing.B) {
				train, _ := read(b, data+"/train.csv")
				test, _ := read(b, data+"/test.csv")
				var result *Result
				for b.Loop() {
					var err error
					result, err = Compare(context.Background(), m, train, test, true, Options{})
					require.NoError(b, err)
				}
				at := result.At[len(Cutoffs)-1]
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(at.HitRate, "HR@20")
				b.ReportMetric(at.MRR, "MRR@20")
				b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/run")
			})
		}
	}
}

func read(t testing.TB, name string) (*learn.Visits, learn.Report) {
	v, report, err := learn.Read(context.Background(), []string{realdata.Path(t, name)}, learn.ReadOptions{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	return v, report
}

// withoutDisplay returns how many bytes of a pack are not for display.
func withoutDisplay(data []byte) int {
	n := len(data)
	for k := range int(binary.LittleEndian.Uint16(data[10:])) {
		descriptor := data[24+16*k:]
		if descriptor[4]&2 != 0 {
			n -= int(binary.LittleEndian.Uint32(descriptor[12:]))
		}
	}
	return n
}
