package recognition

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/eval"
	"github.com/nabij/nabij/host/internal/realdata"
	"github.com/nabij/nabij/host/learn"
)

func read(t testing.TB, name string) *learn.Visits {
	v, _, err := learn.Read(context.Background(), []string{realdata.Path(t, name)}, learn.ReadOptions{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	return v
}

// mostSessions is how many sessions NABIJ_SESSIONS says to play; 0 is all.
func mostSessions(b *testing.B) int {
	text := os.Getenv("NABIJ_SESSIONS")
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	require.NoError(b, err, "NABIJ_SESSIONS")
	return n
}

// packed returns a pack learnt from visits alone, with a slot of six that does not welcome repeats. Parameters are tuned on the visits where
// NABIJ_LARGE is set, which takes minutes, and the defaults without.
func packed(t testing.TB, v *learn.Visits, least int) []byte {
	p := learn.DefaultParams()
	p.MinSessions = least
	if os.Getenv("NABIJ_LARGE") != "" {
		var err error
		p, _, err = eval.Tune(context.Background(), v, p, eval.TuneOptions{})
		require.NoError(t, err)
	}
	learned, err := learn.Learn(context.Background(), v, p, learn.Options{})
	require.NoError(t, err)
	items := make([]catalogue.Item, len(v.Items()))
	for k, id := range v.Items() {
		items[k] = catalogue.Item{ID: id, Title: "–"} // no word: ids may be alike, and content would say so
	}
	opt := build.Options{Learned: learned}
	opt.Content.Neighbours = p.Neighbours
	cfg := build.Config{Slots: []pack.Slot{{Name: "related", Kinds: pack.AllKinds, Size: 6, Layer: 3}}}
	src, _, err := build.Source(context.Background(), items, cfg, opt)
	require.NoError(t, err)
	data, err := pack.Write(src)
	require.NoError(t, err)
	return data
}

// BenchmarkRecognition learns from the training part of a real log, and measures what each setting of a slot of six is worth on the test part,
// on the page of an item, from the third view on: hit rates at 6 of all next items and of those new to the visit, and the exact information of
// visits of one item before the page. NABIJ_SESSIONS plays so many sessions alone, evenly spread.
func BenchmarkRecognition(b *testing.B) {
	most := mostSessions(b)
	train := read(b, "yoochoose1_64/train.csv")
	test := read(b, "yoochoose1_64/test.csv")
	first := map[Setting]float64{} // what layer 2 gains with rows of all
	for _, least := range []int{1, 3} {
		data := packed(b, train, least)
		base := 0.0
		for _, setting := range Settings(1, 2, 4, 8) {
			b.Run(fmt.Sprintf("t=%d/%s", least, setting), func(b *testing.B) {
				var m *Measured
				for b.Loop() {
					var err error
					m, err = Measure(context.Background(), data, test, setting, Options{Train: train, Sessions: most})
					require.NoError(b, err)
				}
				r := &m.Relevance
				if setting.Layer == 1 {
					base = r.HitRate.Value
				}
				gain := r.HitRate.Value - base
				if least == 1 {
					first[setting] = gain
				} else if setting.Layer == 2 && setting.Faces > 1 && first[setting] > 0 {
					b.ReportMetric(gain/first[setting], "kept")
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(r.HitRate.Value, "HR@6")
				b.ReportMetric(r.NovelHitRate.Value, "HR@6-novel")
				b.ReportMetric(r.MRR.Value, "MRR@6")
				b.ReportMetric(float64(r.Predictions), "predictions")
				if m.Exact != nil {
					b.ReportMetric(m.Exact.Walked, "bits-walked")
					b.ReportMetric(m.Exact.Plausible, "bits-plausible")
				}
				b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/run")
			})
		}
	}
}

// BenchmarkLeak has an adversary find out what settings give away, on the same data: bits of net leak about the item viewed before a page, any
// earlier one, and one viewed before the last pages of a whole visit; what 95 % of other sessions would give of the first; and the share of views in
// which it becomes certain of the item before.
func BenchmarkLeak(b *testing.B) {
	most := mostSessions(b)
	train := read(b, "yoochoose1_64/train.csv")
	test := read(b, "yoochoose1_64/test.csv")
	data := packed(b, train, 1)
	s, err := newStage(data, test, &Options{Train: train, Sessions: most})
	require.NoError(b, err)
	a := s.adversary()
	for _, setting := range Settings(FaceCounts...)[1:] {
		b.Run(setting.String(), func(b *testing.B) {
			var m *Measured
			for b.Loop() {
				m, err = s.measure(context.Background(), setting, a)
				require.NoError(b, err)
			}
			b.ReportMetric(0, "ns/op")
			if m.Leaks != nil {
				l := m.Leaks.Before
				b.ReportMetric(l.Net.Value, "bits-before")
				b.ReportMetric(l.Net.Interval[0], "bits-before-from")
				b.ReportMetric(l.Net.Interval[1], "bits-before-to")
				b.ReportMetric(l.Certain, "certain")
				b.ReportMetric(m.Leaks.Earlier.Net.Value, "bits-earlier")
			}
			if m.Visits != nil {
				b.ReportMetric(m.Visits.Net.Value, "bits-visit")
				b.ReportMetric(m.Visits.Net.Interval[0], "bits-visit-from")
				b.ReportMetric(m.Visits.Net.Interval[1], "bits-visit-to")
			}
			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/run")
		})
	}
}
