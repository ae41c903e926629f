package host

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/wasm/abi"
	"github.com/nabij/nabij/wasm/abi/abitest"
)

// What a page shows at layer 2 tells at most log2 G bits: whatever the visits were, one slot of one page in one context
// shows at most G lists, and each is one that Faces names. That is so for visits that did not say themselves what they
// want or don't want: dismissals and declared preferences are the visitor's own act, and may go beyond.
func TestAtMostGLists(t *testing.T) {
	packBytes := abitest.Pack("large")
	pages, visits := 500, 200_000
	if testing.Short() {
		pages, visits = 100, 5_000
		t.Logf("-short: %d visits that end on %d pages", visits, pages)
	}
	for _, name := range []string{"native", "wazero"} {
		t.Run(name, func(t *testing.T) {
			in := instance(newNative())
			if name == "wazero" {
				machine, err := newMachine(ctx, Module(), t.TempDir(), false)
				require.NoError(t, err)
				defer machine.close(ctx)
				in, err = machine.instance(ctx)
				require.NoError(t, err)
			}
			_, err := in.call(ctx, exportOpen, packBytes, 0)
			require.NoError(t, err)
			p, err := pack.Open(packBytes)
			require.NoError(t, err)
			f := faceCounter{t: t, in: in, pack: p, faces: core.NewEngine(p), r: abitest.Rand(11)}
			for page := range pages {
				f.page(page, visits/pages)
			}
			t.Logf("%d pages, %d visits: %d pages showed one list, %d two to four, %d more, the most %d of G = %d; %d visits at layer 2, %d of them another list than the first",
				pages, f.visits, f.showed[1], f.showed[2]+f.showed[3]+f.showed[4],
				f.showed[5]+f.showed[6]+f.showed[7]+f.showed[8], f.most, p.Policy().Faces, f.atLayer2, f.notFirst)
			assert.Positive(t, f.notFirst, "the visits must matter, or the test shows nothing")
		})
	}
}

type faceCounter struct {
	t                                *testing.T
	in                               instance
	pack                             *pack.Pack
	faces                            *core.Engine
	r                                abitest.Rand
	visits, most, atLayer2, notFirst int
	showed                           [9]int
	message                          []byte
}

func (f *faceCounter) call(e export, message []byte) []byte {
	reply, err := f.in.call(ctx, e, message, 0)
	require.NoError(f.t, err)
	return reply
}

// page plays visits that end on one page and asks what its slot shows.
func (f *faceCounter) page(n, visits int) {
	r := &f.r
	request := core.Request{Layer: 2, Slot: []uint8{0, 1, 4}[n%3], Item: uint32(r.Skewed(int(f.pack.Items()))), Topic: pack.NoTopic,
		Context: core.Context{Daypart: pack.Night + pack.Class(r.N(4)), Device: pack.Phone + pack.Class(r.N(3)), Language: uint8(r.N(3))}}
	if n%50 == 0 {
		request.Item, request.Topic = pack.NoItem, uint16(r.N(int(f.pack.Topics())))
	}
	public := map[string]bool{}
	faces, err := f.faces.Faces(&request)
	require.Nil(f.t, err)
	for _, face := range faces {
		public[list(face.Suggestions)] = true
	}
	first := list(faces[0].Suggestions)
	shown := map[string]bool{}
	for range visits {
		reply := f.visit(request)
		l := list(reply.Suggestions)
		shown[l] = true
		require.True(f.t, public[l], "a list that Faces does not name: page %d, slot %d, reply %+v", request.Item, request.Slot, reply)
		if reply.Layer == 2 {
			f.atLayer2++
		}
		if l != first {
			f.notFirst++
		}
	}
	require.LessOrEqual(f.t, len(shown), int(f.pack.Policy().Faces))
	f.showed[len(shown)]++
	f.most = max(f.most, len(shown))
	f.visits += visits
}

// visit plays a random visit of up to twelve signals, without dismissals and preferences.
func (f *faceCounter) visit(request core.Request) core.Reply {
	r := &f.r
	f.call(exportReset, nil)
	var signals []core.Signal
	now, at := uint64(0), uint32(r.Skewed(int(f.pack.Items())))
	for range 1 + r.N(12) {
		now += uint64(r.N(60_000))
		s := core.NewSignal(core.View, now)
		switch k := r.N(20); {
		case k < 12:
			at = walkOn(r, f.pack, at)
			s.Item = at
		case k < 14:
			s.Kind, s.Value = core.Engaged, uint32(r.N(90_000))
		case k < 15:
			s.Kind, s.Topic = core.Search, uint16(r.N(int(f.pack.Topics())))
		case k < 18:
			s.Kind, s.Item = core.BasketAdd+core.SignalKind(r.N(3)), at
		default:
			s.Kind, s.Item = core.Shown+core.SignalKind(r.N(2)), uint32(r.Skewed(int(f.pack.Items())))
		}
		signals = append(signals, s)
	}
	view := core.NewSignal(core.View, now+10_000)
	view.Item, view.Topic = request.Item, request.Topic
	f.message = abi.AppendSignals(f.message[:0], append(signals, view))
	f.call(exportObserve, f.message)
	request.NowMs = now + 30_000
	f.message = abi.AppendRequest(f.message[:0], request)
	reply, err := abi.DecodeReply(f.call(exportSuggest, f.message))
	require.NoError(f.t, err)
	return reply
}

// list spells the items of a list in their order.
func list(suggestions []core.Suggestion) string {
	var b []byte
	for _, s := range suggestions {
		b = append(b, byte(s.Item), byte(s.Item>>8), byte(s.Item>>16), byte(s.Item>>24))
	}
	return string(b)
}
