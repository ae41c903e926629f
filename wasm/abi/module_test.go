package abi_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/wasm/abi"
	"github.com/nabij/nabij/wasm/abi/abitest"
)

func opened(t testing.TB, packBytes []byte) *abi.Module {
	m := new(abi.Module)
	require.Zero(t, abitest.Writing(abitest.Open, packBytes).Do(m).Result)
	return m
}

func view(item uint32, atMs uint64) core.Signal {
	s := core.NewSignal(core.View, atMs)
	s.Item = item
	return s
}

func request(item uint32, layer uint8) []byte {
	return abi.AppendRequest(nil, core.Request{NowMs: 100_000, Layer: layer, Item: item, Topic: pack.NoTopic})
}

// failure returns the newest refusal.
func failure(t testing.TB, m *abi.Module) abi.Failure {
	require.GreaterOrEqual(t, m.LastError(), int32(0))
	f, err := abi.DecodeFailure(m.Reply())
	require.NoError(t, err)
	return f
}

func TestAVisit(t *testing.T) {
	m := opened(t, abitest.Pack("shop"))
	a := abitest.Writing(abitest.Observe, abi.AppendSignals(nil, []core.Signal{view(3, 0), view(5, 20_000)})).Do(m)
	outcomes, err := abi.DecodeOutcomes(nil, a.Reply)
	require.NoError(t, err)
	assert.Equal(t, []core.Outcome{core.Counted, core.Counted}, outcomes)

	a = abitest.Writing(abitest.Suggest, request(5, 3)).Do(m)
	reply, err := abi.DecodeReply(a.Reply)
	require.NoError(t, err)
	assert.Equal(t, uint8(3), reply.Layer)
	assert.Len(t, reply.Suggestions, 6)

}

// What a host gets wrong is refused with a status, a field and a text, and leaves the visit as it was.
func TestRefusals(t *testing.T) {
	shop := abitest.Pack("shop")
	bad := view(400, 0)
	long := core.NewSignal(core.Search, 0)
	long.Text = []byte(strings.Repeat("x", core.MaxText+1))
	plain := func(e abitest.Export, arg uint32) abitest.Call { return abitest.Plain(e, arg) }
	writing := abitest.Writing
	longer := writing(abitest.Suggest, request(1, 1))
	longer.Arg++
	tests := []struct {
		name   string
		call   abitest.Call
		status core.Status
		index  int
		field  string
	}{
		{"a second pack", plain(abitest.Open, 0), core.BadRequest, -1, "pack"},
		{"more than was reserved", longer, core.BadMessage, -1, "length"},
		{"a negative length", plain(abitest.Observe, 1<<31), core.BadMessage, -1, "length"},
		{"an empty message", writing(abitest.Suggest, nil), core.BadMessage, -1, "message"},
		{"a batch of none", writing(abitest.Observe, abi.AppendSignals(nil, nil)), core.BadMessage, -1, "signals.count"},
		{"a batch too large", writing(abitest.Observe, abi.AppendSignals(nil, make([]core.Signal, abi.MaxBatch+1))), core.BadMessage, -1, "signals.count"},
		{"a signal of no kind", writing(abitest.Observe, abi.AppendSignals(nil, make([]core.Signal, 1))), core.BadRequest, 0, "signal.kind"},
		{"the third signal", writing(abitest.Observe, abi.AppendSignals(nil, []core.Signal{view(1, 0), view(2, 0), bad})), core.BadRequest, 2, "signal.item"},
		{"long text", writing(abitest.Observe, abi.AppendSignals(nil, []core.Signal{view(1, 0), long})), core.BadRequest, 1, "signal.text"},
		{"layer 4", writing(abitest.Suggest, request(1, 4)), core.BadRequest, -1, "request.layer"},
		{"layer 0", writing(abitest.Suggest, request(1, 0)), core.BadRequest, -1, "request.layer"},
		{"a time too late", writing(abitest.Intent, abi.AppendMoment(nil, core.MaxTimeMs+1)), core.BadRequest, -1, "request.now_ms"},
		{"a visit that is none", writing(abitest.Restore, []byte("hello")), core.BadState, -1, "visit"},
	}
	m := opened(t, shop)
	abitest.Writing(abitest.Observe, abi.AppendSignals(nil, []core.Signal{view(7, 0)})).Do(m)
	before := string(abitest.Plain(abitest.Save, 0).Do(m).Reply)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, -int32(test.status), test.call.Do(m).Result)
			assert.Empty(t, m.Reply())
			f := failure(t, m)
			assert.Equal(t, test.status, f.Status)
			assert.Equal(t, test.index, f.Index)
			assert.Equal(t, test.field, f.Field())
			assert.NotEmpty(t, f.Text)
			assert.Equal(t, before, string(abitest.Plain(abitest.Save, 0).Do(m).Reply), "the visit has changed")
		})
	}
}

func TestBeforeOpen(t *testing.T) {
	m := new(abi.Module)
	assert.Equal(t, int32(abi.Version), m.Version())
	assert.Equal(t, abi.Failure{Index: -1}, failure(t, m))
	for e := abitest.Observe; e <= abitest.Reset; e++ {
		a := abitest.Plain(e, 0).Do(m)
		assert.Equal(t, -int32(core.NoPack), a.Result, abitest.Names[e])
		assert.Equal(t, core.NoPack, failure(t, m).Status, abitest.Names[e])
	}
}

func TestReserve(t *testing.T) {
	m := new(abi.Module)
	assert.Nil(t, m.Reserve(pack.MaxBytes+1), "a claim beyond the largest pack")
	assert.Equal(t, core.TooLarge, failure(t, m).Status)
	assert.Nil(t, m.Reserve(1<<32-1))
	assert.NotNil(t, m.Reserve(0))

	whole := abitest.Pack("tiny")
	copy(m.Reserve(uint32(len(whole))), whole)
	assert.Equal(t, -int32(core.BadMessage), m.Open(int32(len(whole)+1)), "more than was reserved")
	assert.Equal(t, -int32(core.BadMessage), m.Open(-1))
	again := m.Reserve(10)
	assert.Equal(t, whole[:10], again, "the same bytes, as they are large enough")

	copy(m.Reserve(uint32(len(whole))), whole)
	require.Zero(t, m.Open(int32(len(whole))))
	assert.Nil(t, m.Reserve(abi.MaxMessage+1))
	assert.Equal(t, core.TooLarge, failure(t, m).Status)
	input := m.Reserve(abi.MaxMessage)
	assert.Len(t, input, abi.MaxMessage)
	for i := range input {
		input[i] = 0xFF
	}
	require.Positive(t, abitest.Writing(abitest.Suggest, request(pack.NoItem, 3)).Do(m).Result, "the pack has bytes of its own")
}

// A pack that is refused says why, and another can be opened.
func TestOpenRefuses(t *testing.T) {
	whole := abitest.Pack("tiny")
	damaged := append([]byte(nil), whole...)
	damaged[len(damaged)/2] ^= 1
	m := new(abi.Module)
	for name, b := range map[string][]byte{
		"nothing": {}, "text": []byte("hello"), "cut": whole[:len(whole)-1], "damaged": damaged, "longer": append(damaged, 0),
	} {
		assert.Equal(t, -int32(core.BadPack), abitest.Writing(abitest.Open, b).Do(m).Result, name)
		_, err := pack.Open(b)
		var want *pack.Error
		require.ErrorAs(t, err, &want)
		assert.Equal(t, abi.Failure{Status: core.BadPack, Cause: want.Cause, Index: int(want.At), Got: want.Got,
			Text: want.Section}, failure(t, m), name)
	}
	assert.Zero(t, abitest.Writing(abitest.Open, whole).Do(m).Result)
}

// After open nothing allocates, not even what is refused: the module's memory is never collected.
func TestNoAllocations(t *testing.T) {
	m := opened(t, abitest.Pack("shop"))
	saved := append([]byte(nil), abitest.Plain(abitest.Save, 0).Do(m).Reply...)
	search := core.NewSignal(core.Search, 1000)
	search.Text = []byte("word1 Wörd2")
	calls := []abitest.Call{
		abitest.Writing(abitest.Observe, abi.AppendSignals(nil, []core.Signal{view(3, 0)})),
		abitest.Writing(abitest.Observe, abi.AppendSignals(nil, []core.Signal{view(3, 0), search, view(9, 30_000)})),
		abitest.Writing(abitest.Observe, abi.AppendSignals(nil, []core.Signal{view(3, 0), view(400, 0)})),
		abitest.Writing(abitest.Observe, []byte("no message at all")),
		abitest.Writing(abitest.Suggest, request(5, 1)),
		abitest.Writing(abitest.Suggest, request(7, 2)),
		abitest.Writing(abitest.Suggest, request(9, 3)),
		abitest.Writing(abitest.Suggest, request(400, 1)),
		abitest.Writing(abitest.Suggest, request(11, 2)),
		abitest.Writing(abitest.Intent, abi.AppendMoment(nil, 100_000)),
		abitest.Writing(abitest.Restore, saved),
		abitest.Writing(abitest.Restore, saved[:10]),
		abitest.Plain(abitest.Save, 0), abitest.Plain(abitest.LastError, 0),
		abitest.Plain(abitest.Reserve, 1<<31), abitest.Plain(abitest.Open, 0), abitest.Plain(abitest.Reset, 0),
	}
	for _, c := range calls {
		assert.Zero(t, testing.AllocsPerRun(10, func() { c.Do(m) }), "%s of %d bytes", abitest.Names[c.Export], len(c.Message))
	}
}

// A visit that was saved and restored goes on as the one that was not.
func TestSavedVisitGoesOn(t *testing.T) {
	shop := abitest.Pack("shop")
	kept := opened(t, shop)
	restored := opened(t, shop)
	visitor := abitest.NewVisitor(shop, func(c abitest.Call, _ abitest.Answer) {
		if c.Export == abitest.Open && c.Write {
			return
		}
		want := c.Do(kept)
		reply := string(want.Reply)
		got := c.Do(restored)
		require.Equal(t, want.Result, got.Result)
		require.Equal(t, reply, string(got.Reply), abitest.Names[c.Export])
		saved := append([]byte(nil), abitest.Plain(abitest.Save, 0).Do(restored).Reply...)
		abitest.Plain(abitest.Reset, 0).Do(restored)
		require.Zero(t, abitest.Writing(abitest.Restore, saved).Do(restored).Result)
		require.Equal(t, string(saved), string(abitest.Plain(abitest.Save, 0).Do(restored).Reply))
		// What the host reserved is part of its next call.
		restored.Reserve(abi.MaxMessage)
		kept.Reserve(abi.MaxMessage)
	})
	for seed := range uint64(100) {
		visitor.Play(seed)
	}
}

// What asks changes nothing: hosts keep the visit only after calls that may change it.
func TestAskingChangesNothing(t *testing.T) {
	shop := abitest.Pack("shop")
	module := opened(t, shop)
	visitor := abitest.NewVisitor(shop, func(c abitest.Call, _ abitest.Answer) {
		if c.Export == abitest.Open {
			return
		}
		before := string(abitest.Plain(abitest.Save, 0).Do(module).Reply)
		c.Do(module)
		switch c.Export {
		case abitest.Observe, abitest.Suggest, abitest.Restore, abitest.Reset:
		default:
			require.Equal(t, before, string(abitest.Plain(abitest.Save, 0).Do(module).Reply), abitest.Names[c.Export])
		}
	})
	for seed := range uint64(50) {
		visitor.Play(seed)
	}
}

// The examples of ABI.md are what the module does.
func TestExamples(t *testing.T) {
	large := abitest.Pack("large")
	assert.Equal(t, 2_778_976, len(large), "bytes of the pack")
	m := new(abi.Module)
	assert.Nil(t, m.Reserve(300_000_000))
	assert.Equal(t, int32(-1), abitest.Writing(abitest.Open, []byte("hello world hello")).Do(m).Result)
	assert.Equal(t, abi.Failure{Status: core.BadPack, Cause: pack.ErrNotPack, Text: "header", Got: 17}, failure(t, m))
	assert.Zero(t, abitest.Writing(abitest.Open, large).Do(m).Result)

	a := abitest.Writing(abitest.Observe, abi.AppendSignals(nil, []core.Signal{view(7, 0)})).Do(m)
	assert.Equal(t, "010008000100000000", hex.EncodeToString(a.Reply))
	assert.Equal(t, 2_595, core.MaxSaved)
	assert.Equal(t, int32(59), abitest.Plain(abitest.Save, 0).Do(m).Result)
	assert.Equal(t, int32(138), abitest.Writing(abitest.Suggest, request(7, 2)).Do(m).Result)
	assert.Equal(t, int32(16), abitest.Writing(abitest.Intent, abi.AppendMoment(nil, 20_000)).Do(m).Result)
	batch := abi.AppendSignals(nil, []core.Signal{view(1, 0), view(2, 0), view(17_000, 0)})
	assert.Len(t, batch, 80)
	assert.Equal(t, int32(-3), abitest.Writing(abitest.Observe, batch).Do(m).Result)
	assert.Equal(t, abi.Failure{Status: core.BadRequest, Index: 2, Text: "signal.item: not an item of the pack"}, failure(t, m))
}
