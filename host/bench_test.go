package host

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/wasm/abi"
	"github.com/nabij/nabij/wasm/abi/abitest"
)

// benchScript is what a benchmark repeats: turns of a few calls, of which the last is timed.
type benchScript struct {
	setup []abitest.Call
	turns []abitest.Call
	every int // calls of a turn
}

// benchVisits is how many visits, each on a page of its own, a benchmark goes through: more than the pages whose faces
// the engine remembers.
const benchVisits = 64

// suggestScript asks for six suggestions after a visit of ten signals. Where warm, the same was asked just before, for a
// visit that then forgot it, so that the page's faces are known and what is timed is the choice among them.
func suggestScript(tb testing.TB, layer uint8, warm bool) benchScript {
	packBytes := abitest.Pack("large")
	m := new(abi.Module)
	open := abitest.Writing(abitest.Open, packBytes)
	require.Zero(tb, open.Do(m).Result)
	p, err := pack.Open(packBytes)
	require.NoError(tb, err)
	s := benchScript{setup: []abitest.Call{open}, every: 2}
	r := abitest.Rand(7)
	for range benchVisits {
		abitest.Plain(abitest.Reset, 0).Do(m)
		var signals []core.Signal
		page := uint32(0)
		for k := range 10 {
			page = walkOn(&r, p, page)
			signal := core.NewSignal(core.View, uint64(k)*20_000)
			signal.Item = page
			signals = append(signals, signal)
		}
		require.Positive(tb, abitest.Writing(abitest.Observe, abi.AppendSignals(nil, signals)).Do(m).Result)
		saved := append([]byte(nil), abitest.Plain(abitest.Save, 0).Do(m).Reply...)
		request := abi.AppendRequest(nil, core.Request{NowMs: 200_000, Size: 6, Layer: layer, Item: page, Topic: pack.NoTopic})
		restore, suggest := abitest.Writing(abitest.Restore, saved), abitest.Writing(abitest.Suggest, request)
		if warm {
			s.turns = append(s.turns, restore, suggest)
			s.every = 4
		}
		s.turns = append(s.turns, restore, suggest)
		a := suggest.Do(m)
		reply, err := abi.DecodeReply(a.Reply)
		require.NoError(tb, err)
		require.Equal(tb, layer, reply.Layer)
	}
	return s
}

// walkOn returns a page that someone on this one might go to.
func walkOn(r *abitest.Rand, p *pack.Pack, page uint32) uint32 {
	row := p.Row(page)
	for range r.N(20) {
		row.Next()
	}
	if row.Next() {
		return row.Item
	}
	return uint32(r.N(int(p.Items())))
}

// BenchmarkSuggest times suggest(6) on 17,000 items with 30 neighbours each, from a request's bytes to a reply's,
// natively, under wazero and in Node's V8. ns/op is the median, since others share the machine; ×native is its ratio to
// the native one of the same run.
func BenchmarkSuggest(b *testing.B) {
	node := findNode(b)
	for _, bench := range []struct {
		name  string
		layer uint8
		warm  bool
	}{{"layer1", 1, false}, {"layer3", 3, false}, {"layer2-build", 2, false}, {"layer2-pick", 2, true}} {
		b.Run(bench.name, func(b *testing.B) {
			s := suggestScript(b, bench.layer, bench.warm)
			var native float64
			b.Run("native", func(b *testing.B) { native = benchNative(b, s) })
			b.Run("wazero", func(b *testing.B) { report(b, benchWazero(b, s), native) })
			if node != "" {
				b.Run("node", func(b *testing.B) { report(b, benchNode(b, node, s), native) })
			}
		})
	}
}

func report(b *testing.B, ns, native float64) {
	b.ReportMetric(ns, "ns/op")
	if native > 0 {
		b.ReportMetric(ns/native, "×native")
	}
}

// timed runs the turns b.N times, each call through do, and returns the median time of the last calls of turns.
func (s benchScript) timed(b *testing.B, do func(abitest.Call)) float64 {
	for _, c := range s.setup {
		do(c)
	}
	next := 0
	turn := func() time.Duration {
		for range s.every - 1 {
			do(s.turns[next])
			next++
		}
		start := time.Now()
		do(s.turns[next])
		took := time.Since(start)
		next = (next + 1) % len(s.turns)
		return took
	}
	for range max(200, b.N/4) {
		turn()
	}
	took := make([]time.Duration, b.N)
	b.ReportAllocs()
	b.ResetTimer()
	for i := range took {
		took[i] = turn()
	}
	b.StopTimer()
	slices.Sort(took)
	return float64(took[b.N/2].Nanoseconds())
}

func benchNative(b *testing.B, s benchScript) float64 {
	m := new(abi.Module)
	ns := s.timed(b, func(c abitest.Call) {
		if c.Do(m).Result < 0 {
			b.Fatal("refused")
		}
	})
	report(b, ns, 0)
	return ns
}

func benchWazero(b *testing.B, s benchScript) float64 {
	machine, err := newMachine(ctx, Module(), b.TempDir(), false)
	require.NoError(b, err)
	defer machine.close(ctx)
	in, err := machine.instance(ctx)
	require.NoError(b, err)
	return s.timed(b, func(c abitest.Call) {
		if _, err := in.call(ctx, benchExports[c.Export], c.Message, 0); err != nil {
			b.Fatal(err)
		}
	})
}

var benchExports = map[abitest.Export]export{abitest.Open: exportOpen, abitest.Restore: exportRestore,
	abitest.Suggest: exportSuggest}

func benchNode(b *testing.B, node string, s benchScript) float64 {
	file := filepath.Join(b.TempDir(), "calls")
	require.NoError(b, os.WriteFile(file, abitest.AppendCalls(nil, append(append([]abitest.Call(nil), s.setup...), s.turns...)), 0o644))
	out, err := exec.Command(node, "testdata/bench.mjs", moduleFile(b), file,
		strconv.Itoa(len(s.setup)), strconv.Itoa(s.every), strconv.Itoa(b.N)).CombinedOutput()
	require.NoError(b, err, "%s", out)
	ns, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	require.NoError(b, err)
	return ns
}
