package host

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/internal/realdata"
	"github.com/nabij/nabij/host/learn"
	"github.com/nabij/nabij/wasm/abi"
	"github.com/nabij/nabij/wasm/abi/abitest"
)

// BenchmarkSuggestClicks times suggest(6) at layer 3, with the second hop, after ten items of real visits, of a pack of rows of 30 neighbours
// learnt from 486,026 real clicks: natively and under wazero, as BenchmarkSuggest does with made-up visits.
func BenchmarkSuggestClicks(b *testing.B) {
	s := clicksScript(b)
	var native float64
	b.Run("native", func(b *testing.B) { native = benchNative(b, s) })
	b.Run("wazero", func(b *testing.B) { report(b, benchWazero(b, s), native) })
}

func clicksScript(tb testing.TB) benchScript {
	const met = 10
	packBytes := clicksPack(tb)
	p, err := pack.Open(packBytes)
	require.NoError(tb, err)
	test := clicks(tb, "yoochoose1_64/test.csv")
	m := new(abi.Module)
	open := abitest.Writing(abitest.Open, packBytes)
	require.Zero(tb, open.Do(m).Result)
	s := benchScript{setup: []abitest.Call{open}, every: 2}
	for k := 0; k < test.Sessions() && len(s.turns) < benchVisits*s.every; k++ {
		var visit []uint32
		events, _ := test.Session(k)
		for _, n := range events {
			if item, ok := p.FindID([]byte(test.Items()[n])); ok && len(visit) < met && !slices.Contains(visit, item) {
				visit = append(visit, item)
			}
		}
		if len(visit) < met {
			continue
		}
		abitest.Plain(abitest.Reset, 0).Do(m)
		var signals []core.Signal
		for n, item := range visit {
			signal := core.NewSignal(core.View, uint64(n)*20_000)
			signal.Item = item
			signals = append(signals, signal)
		}
		require.Positive(tb, abitest.Writing(abitest.Observe, abi.AppendSignals(nil, signals)).Do(m).Result)
		saved := slices.Clone(abitest.Plain(abitest.Save, 0).Do(m).Reply)
		request := core.Request{NowMs: met * 20_000, Size: 6, Layer: 3, Item: visit[met-1], Topic: pack.NoTopic}
		suggest := abitest.Writing(abitest.Suggest, abi.AppendRequest(nil, request))
		s.turns = append(s.turns, abitest.Writing(abitest.Restore, saved), suggest)
		reply, err := abi.DecodeReply(suggest.Do(m).Reply)
		require.NoError(tb, err)
		require.Equal(tb, uint8(3), reply.Layer)
		require.Len(tb, reply.Suggestions, 6)
	}
	require.Len(tb, s.turns, benchVisits*s.every)
	return s
}

// clicksPack is a pack of rows alone.
func clicksPack(tb testing.TB) []byte {
	params := learn.DefaultParams()
	params.MinSessions, params.Neighbours = 1, 30
	l, err := learn.Learn(tb.Context(), clicks(tb, "yoochoose1_64/train.csv"), params, learn.Options{})
	require.NoError(tb, err)
	src := pack.Source{Policy: pack.DefaultPolicy(), Slots: []pack.Slot{{Name: "related", Kinds: pack.AllKinds, Size: 6, Layer: 3}}}
	params.Visit.Apply(&src.Policy)
	require.Positive(tb, src.Policy.HopPermille)
	for _, it := range l.Items {
		src.Items = append(src.Items, pack.Item{ID: it.ID, Popularity: uint16(65535 * it.Sessions / l.Items[0].Sessions)})
		src.Rows = append(src.Rows, pack.Row{Neighbours: it.Row})
	}
	data, err := pack.Write(src)
	require.NoError(tb, err)
	return data
}

func clicks(tb testing.TB, name string) *learn.Visits {
	v, _, err := learn.Read(tb.Context(), []string{realdata.Path(tb, name)}, learn.ReadOptions{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	require.NoError(tb, err)
	return v
}
