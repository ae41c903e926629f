package learn

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestMemo shows that a memo changes nothing, whatever parameters follow on which.
func TestMemo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var logs []*Visits
		for range 2 {
			seed := rapid.Uint64().Draw(t, "log")
			logs = append(logs, drawVisits(rand.New(rand.NewPCG(seed, 0)), 60, 12))
		}
		var memo Memo
		for range rapid.IntRange(1, 6).Draw(t, "calls") {
			v := logs[rapid.IntRange(0, 1).Draw(t, "of")]
			p := DefaultParams()
			p.MinSessions = rapid.IntRange(1, 3).Draw(t, "least")
			p.MaxLength = rapid.SampledFrom([]int{2, 200}).Draw(t, "length")
			p.HalfLifeDays = rapid.SampledFrom([]float64{0, 1}).Draw(t, "half-life")
			p.LinearShare = rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "share")
			p.Linear.Alpha = rapid.SampledFrom([]float64{0.2, 1}).Draw(t, "alpha")
			p.Together.Reach = rapid.SampledFrom([]float64{1, 4}).Draw(t, "reach")
			want, err := learnRows(context.Background(), v, p, Options{})
			require.NoError(t, err)
			got, err := learnRows(context.Background(), v, p, Options{Memo: &memo})
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
	})
}
