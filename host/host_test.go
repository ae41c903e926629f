package host

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/wasm/abi"
	"github.com/nabij/nabij/wasm/abi/abitest"
)

var ctx = context.Background()

// kinds are the ways to run an engine; what holds for one holds for the other.
var kinds = map[string][]Option{"wazero": {Instances(2)}, "native": {Instances(2), Native()}}

func openShop(t testing.TB, options ...Option) *Engine {
	e, err := Open(ctx, abitest.Pack("shop"), options...)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, e.Close(ctx)) })
	return e
}

func viewOf(t testing.TB, e *Engine, name string, atMs uint64) core.Signal {
	item, ok := e.FindItem(name)
	require.True(t, ok, name)
	s := core.NewSignal(core.View, atMs)
	s.Item = item
	return s
}

func requestAt(nowMs uint64, item uint32, layer uint8) core.Request {
	return core.Request{NowMs: nowMs, Layer: layer, Item: item, Topic: pack.NoTopic}
}

func TestSession(t *testing.T) {
	for name, options := range kinds {
		t.Run(name, func(t *testing.T) {
			e := openShop(t, options...)
			s := e.NewSession()
			outcomes, err := s.Observe(ctx, viewOf(t, e, "item-3", 0), viewOf(t, e, "/p/item-5", 20_000))
			require.NoError(t, err)
			assert.Equal(t, []core.Outcome{core.Counted, core.Counted}, outcomes)

			reply, err := s.Suggest(ctx, requestAt(60_000, 5, 3))
			require.NoError(t, err)
			assert.Len(t, reply.Suggestions, 6)
			first := reply.Suggestions[0]
			_, err = s.Suggest(ctx, requestAt(60_000, 9, 3))
			require.NoError(t, err)
			assert.Equal(t, first, reply.Suggestions[0], "the slice is the caller's own")

			faces, err := e.Faces(requestAt(60_000, 5, 2))
			require.NoError(t, err)
			assert.NotEmpty(t, faces)
			_, err = s.Intent(ctx, 60_000)
			require.NoError(t, err)

			saved, err := s.Save(ctx)
			require.NoError(t, err)
			other := e.NewSession()
			require.NoError(t, other.Restore(ctx, saved))
			again, err := other.Suggest(ctx, requestAt(60_000, 5, 3))
			require.NoError(t, err)
			assert.Equal(t, reply, again)

			s.Reset()
			empty, err := s.Save(ctx)
			require.NoError(t, err)
			fresh, err := e.NewSession().Save(ctx)
			require.NoError(t, err)
			assert.Equal(t, fresh, empty)
		})
	}
}

// A refusal names the signal, and none of the batch counts, however many messages it took.
func TestObserveAllOrNothing(t *testing.T) {
	for name, options := range kinds {
		t.Run(name, func(t *testing.T) {
			e := openShop(t, options...)
			s := e.NewSession()
			_, err := s.Observe(ctx, viewOf(t, e, "item-7", 0))
			require.NoError(t, err)
			before, err := s.Save(ctx)
			require.NoError(t, err)

			signals := make([]core.Signal, 3*abi.MaxBatch)
			for i := range signals {
				signals[i] = viewOf(t, e, "item-3", uint64(i))
			}
			signals[2*abi.MaxBatch+5].Item = 400
			_, err = s.Observe(ctx, signals...)
			var failure *abi.Failure
			require.ErrorAs(t, err, &failure)
			assert.Equal(t, 2*abi.MaxBatch+5, failure.Index)
			var refused *core.Error
			require.ErrorAs(t, err, &refused)
			assert.Equal(t, core.BadRequest, refused.Status)
			assert.Equal(t, "signal.item", refused.Field())
			assert.Contains(t, err.Error(), "signal at index 517: bad request: signal.item: ")

			after, err := s.Save(ctx)
			require.NoError(t, err)
			assert.Equal(t, before, after)

			signals[2*abi.MaxBatch+5].Item = 9
			outcomes, err := s.Observe(ctx, signals...)
			require.NoError(t, err)
			assert.Len(t, outcomes, len(signals))
		})
	}
}

// Long texts fill a message before the number of signals does.
func TestObserveLongTexts(t *testing.T) {
	e := openShop(t)
	signals := make([]core.Signal, abi.MaxBatch)
	for i := range signals {
		signals[i] = core.NewSignal(core.Search, uint64(i))
		signals[i].Text = make([]byte, core.MaxText)
		copy(signals[i].Text, fmt.Sprintf("word%d ", i%20))
		for k, c := range signals[i].Text {
			if c == 0 {
				signals[i].Text[k] = 'x'
			}
		}
	}
	outcomes, err := e.NewSession().Observe(ctx, signals...)
	require.NoError(t, err)
	assert.Len(t, outcomes, len(signals))
}

func TestOpenRefuses(t *testing.T) {
	tiny := abitest.Pack("tiny")
	_, err := Open(ctx, []byte("not a pack"))
	var bad *pack.Error
	require.ErrorAs(t, err, &bad)

	for name, module := range map[string][]byte{"text": []byte("hello"), "cut": Module()[:1000]} {
		_, err = Open(ctx, tiny, WithModule(module), CacheDir(""))
		assert.ErrorIs(t, err, ErrModule, name)
	}

	_, err = Open(ctx, tiny, WithModule(withBody(t, Module(), "version", bodyTwo)), CacheDir(""))
	require.ErrorIs(t, err, ErrVersion)
	assert.Equal(t, "host: version of the module does not match: the module speaks 2, this host 1", err.Error())
}

// A module that imports is not the one that cannot send anything.
func TestOpenRefusesImports(t *testing.T) {
	// (module (type (func)) (import "env" "send" (func (type 0))))
	wasm := []byte("\x00asm\x01\x00\x00\x00" + "\x01\x04\x01\x60\x00\x00" + "\x02\x0c\x01\x03env\x04send\x00\x00")
	_, err := Open(ctx, abitest.Pack("tiny"), WithModule(wasm), CacheDir(""))
	require.ErrorIs(t, err, ErrModule)
	assert.ErrorContains(t, err, "env.send")
}

// faulty makes the next instance of the engine one of another module; those after it are sound again.
func faulty(t *testing.T, e *Engine, packBytes, wasm []byte) {
	bad, err := newMachine(ctx, wasm, "", true)
	require.NoError(t, err)
	t.Cleanup(func() { bad.close(ctx) })
	e.pool.mu.Lock()
	e.pool.free = nil
	e.pool.mu.Unlock()
	sound := e.pool.make
	e.pool.make = func(ctx context.Context) (instance, error) {
		e.pool.make = sound
		in, err := bad.instance(ctx)
		if err == nil {
			_, err = in.call(ctx, exportOpen, packBytes, 0)
		}
		return in, err
	}
}

func TestTrap(t *testing.T) {
	shop := abitest.Pack("shop")
	for name, module := range map[string][]byte{
		"traps":                 withBody(t, Module(), "suggest", bodyTraps),
		"length beyond memory":  withBody(t, Module(), "suggest", []byte{0x41, 0xFF, 0xFF, 0xFF, 0x3F, 0x0F}),
		"keeping what it did":   withBody(t, Module(), "save", bodyTraps),
		"a reply of no meaning": withBody(t, Module(), "suggest", []byte{0x41, 0x01, 0x0F}),
	} {
		t.Run(name, func(t *testing.T) {
			e := openShop(t, Instances(1))
			s := e.NewSession()
			_, err := s.Observe(ctx, viewOf(t, e, "item-3", 0))
			require.NoError(t, err)
			before, err := s.Save(ctx)
			require.NoError(t, err)

			faulty(t, e, shop, module)
			_, err = s.Suggest(ctx, requestAt(60_000, 3, 3))
			require.ErrorIs(t, err, ErrTrap)

			after, err := s.Save(ctx)
			require.NoError(t, err, "a fresh instance")
			assert.Equal(t, before, after, "the visit is as it was")
			reply, err := s.Suggest(ctx, requestAt(60_000, 3, 3))
			require.NoError(t, err)
			assert.NotEmpty(t, reply.Suggestions)
		})
	}
}

// Where it is asked for, the end of a call's context ends the call even inside the module.
func TestContextEnds(t *testing.T) {
	shop := abitest.Pack("shop")
	e := openShop(t, Instances(1), Interruptible())
	s := e.NewSession()
	_, err := s.Observe(ctx, viewOf(t, e, "item-3", 0))
	require.NoError(t, err)

	faulty(t, e, shop, withBody(t, Module(), "suggest", bodyForever))
	short, cancel := context.WithTimeout(ctx, time.Second) // long enough to get there on a busy machine
	defer cancel()
	_, err = s.Suggest(short, requestAt(60_000, 3, 3))
	require.ErrorIs(t, err, ErrTrap)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	assert.ErrorContains(t, err, "suggest")

	_, err = s.Suggest(short, requestAt(60_000, 3, 3))
	require.ErrorIs(t, err, context.DeadlineExceeded)
	assert.NotErrorIs(t, err, ErrTrap, "the call did not begin")

	_, err = s.Suggest(ctx, requestAt(60_000, 3, 3))
	require.NoError(t, err)
}

func TestWaitingForAnInstanceEnds(t *testing.T) {
	e := openShop(t, Instances(1), Native())
	taken, err := e.pool.take(ctx, 0, 0)
	require.NoError(t, err)
	short, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	_, err = e.NewSession().Intent(short, 0)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	e.pool.give(ctx, taken)
}

func TestClosed(t *testing.T) {
	for name, options := range kinds {
		e, err := Open(ctx, abitest.Pack("tiny"), options...)
		require.NoError(t, err)
		s := e.NewSession()
		require.NoError(t, e.Close(ctx))
		_, err = s.Intent(ctx, 0)
		assert.ErrorIs(t, err, ErrClosed, name)
		assert.NoError(t, e.Close(ctx), "closing twice is closing")
	}
}

// Distinct sessions at once, and one session from many goroutines: run with -race.
func TestConcurrentUse(t *testing.T) {
	for name, options := range kinds {
		t.Run(name, func(t *testing.T) {
			e := openShop(t, options...)
			want := walk(t, e, e.NewSession())
			var all sync.WaitGroup
			for range 8 {
				all.Go(func() { assert.Equal(t, want, walk(t, e, e.NewSession())) })
			}
			shared := e.NewSession()
			for range 8 {
				all.Go(func() {
					_, err := shared.Observe(ctx, viewOf(t, e, "item-3", 0))
					assert.NoError(t, err)
					_, err = shared.Suggest(ctx, requestAt(60_000, 3, 2))
					assert.NoError(t, err)
				})
			}
			all.Wait()
		})
	}
}

// walk makes a visit and returns what was suggested.
func walk(t *testing.T, e *Engine, s *Session) []core.Reply {
	var replies []core.Reply
	for i := range 12 {
		_, err := s.Observe(ctx, viewOf(t, e, fmt.Sprintf("item-%d", 3*i), uint64(i)*30_000))
		assert.NoError(t, err)
		reply, err := s.Suggest(ctx, requestAt(uint64(i)*30_000+20_000, uint32(3*i), uint8(1+i%3)))
		assert.NoError(t, err)
		replies = append(replies, reply)
	}
	return replies
}

// The twin gives the same bytes, whichever instance of however many a call happens to get.
func TestNativeTwin(t *testing.T) {
	wazero := openShop(t, Instances(3))
	twin := openShop(t, Native(), Instances(1))
	a, b := wazero.NewSession(), twin.NewSession()
	elsewhere := wazero.NewSession()
	for i := range 50 {
		_, err := elsewhere.Observe(ctx, viewOf(t, wazero, "item-1", uint64(i)))
		require.NoError(t, err)
		signal := viewOf(t, wazero, fmt.Sprintf("item-%d", i*7), uint64(i)*9000)
		_, err = a.Observe(ctx, signal)
		require.NoError(t, err)
		_, err = b.Observe(ctx, signal)
		require.NoError(t, err)
		request := requestAt(uint64(i)*9000+5000, signal.Item, uint8(1+i%3))
		got, err := a.Suggest(ctx, request)
		require.NoError(t, err)
		want, err := b.Suggest(ctx, request)
		require.NoError(t, err)
		assert.Equal(t, abi.AppendReply(nil, want), abi.AppendReply(nil, got))
	}
}
