package host

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/wasm/abi"
	"github.com/nabij/nabij/wasm/abi/abitest"
)

// After open the module's memory never grows, whatever it is asked: it is never collected, so one allocation in a call
// would in time take a page's memory.
func TestMemoryIsConstant(t *testing.T) {
	calls := 1_000_000
	if testing.Short() {
		calls = 20_000
		t.Logf("-short: %d signals and suggestions instead of 1,000,000", calls)
	}
	machine, err := newMachine(ctx, Module(), t.TempDir(), false)
	require.NoError(t, err)
	defer machine.close(ctx)
	in, err := machine.instance(ctx)
	require.NoError(t, err)
	_, err = in.call(ctx, exportOpen, abitest.Pack("shop"), 0)
	require.NoError(t, err)
	opened := in.memory()

	r := abitest.Rand(1)
	var message []byte
	var signals, suggestions, refusals int
	for i := range calls {
		e := exportObserve
		now := uint64(i) * 3_000
		if i%5 < 4 {
			signal := core.NewSignal(core.View+core.SignalKind(r.N(12)), now)
			signal.Item, signal.Topic = uint32(r.N(401)), uint16(r.N(24)) // one item in 400 is not there
			switch signal.Kind {
			case core.Search, core.Filter:
				signal.Text, signal.Topic = []byte("word3 and word5"), pack.NoTopic
			case core.Engaged, core.Scroll, core.Preference:
				signal.Value = uint32(r.N(101))
			}
			message = abi.AppendSignals(message[:0], []core.Signal{signal})
			signals++
		} else {
			e = exportSuggest
			message = abi.AppendRequest(message[:0], core.Request{NowMs: now, Slot: uint8(r.N(6)), Layer: uint8(1 + r.N(3)),
				Item: uint32(r.N(60)), Topic: pack.NoTopic})
			suggestions++
		}
		if _, err := in.call(ctx, e, message, 0); err != nil {
			require.True(t, refused(err), "%v", err)
			refusals++
		}
		if i%100 == 0 { // so that suggestions at layer 2 start anew, with a budget
			_, err := in.call(ctx, exportReset, nil, 0)
			require.NoError(t, err)
		}
	}
	t.Logf("%d signals and %d suggestions, of which %d were refused: %d bytes after open, %d at the end",
		signals, suggestions, refusals, opened, in.memory())
	require.Equal(t, opened, in.memory())
}
