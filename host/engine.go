package host

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// Engine is a pack opened in instances of the module. Its methods may be called by any number of goroutines.
type Engine struct {
	pack     *pack.Pack
	machine  *machine // nil when native
	pool     *pool
	topics   map[string]uint16
	facets   map[string]uint16
	sessions atomic.Uint64

	faces struct {
		sync.Mutex
		engine *core.Engine // made when first asked
	}
}

// Open opens a pack. It keeps packBytes, which must not change until Close.
//
// A pack that is refused gives the *pack.Error that says where and why. One instance is started at once, so that
// whatever is wrong shows here; the others start when calls need them.
func Open(ctx context.Context, packBytes []byte, options ...Option) (*Engine, error) {
	c := configOf(options)
	opened, err := pack.Open(packBytes)
	if err != nil {
		return nil, err
	}
	e := &Engine{pack: opened, topics: topicsByName(opened), facets: facetsByName(opened)}
	start := func(context.Context) (instance, error) { return newNative(), nil }
	if !c.native {
		if e.machine, err = newMachine(ctx, c.module, c.cacheDir, c.endable); err != nil {
			return nil, err
		}
		start = e.machine.instance
	}
	e.pool = newPool(c.instances, func(ctx context.Context) (instance, error) {
		in, err := start(ctx)
		if err != nil {
			return nil, err
		}
		if _, err := in.call(ctx, exportOpen, packBytes, 0); err != nil {
			in.close(ctx)
			return nil, err
		}
		return in, nil
	})
	first, err := e.pool.take(ctx, 0, 0)
	if err != nil {
		return nil, errors.Join(err, e.Close(ctx))
	}
	e.pool.give(ctx, first)
	return e, nil
}

// OpenNative is Open with the option Native.
func OpenNative(packBytes []byte) (*Engine, error) {
	return Open(context.Background(), packBytes, Native())
}

// Pack returns the engine's pack, opened natively: for looking things up.
func (e *Engine) Pack() *pack.Pack { return e.pack }

// NewSession starts a visit. It needs no closing: a session is memory of this process, a few kB.
func (e *Engine) NewSession() *Session { return &Session{engine: e, id: e.sessions.Add(1)} }

// Faces lists what the slot of a page can show at the request's layer, as core.Engine.Faces does: one list at layer 1, at
// most the policy's Faces at layer 2, none at layer 3, whose lists are not bounded. It depends on no visit. It is
// computed natively, whatever runs the sessions: the lists are the same. The slices are the caller's own.
func (e *Engine) Faces(request core.Request) ([]core.Face, error) {
	e.faces.Lock()
	defer e.faces.Unlock()
	if e.faces.engine == nil {
		e.faces.engine = core.NewEngine(e.pack)
	}
	list, refused := e.faces.engine.Faces(&request)
	if refused != nil {
		return nil, refused
	}
	list = slices.Clone(list)
	for i := range list {
		list[i].Suggestions = slices.Clone(list[i].Suggestions)
	}
	return list, nil
}

// Close lets no further call begin, waits for those that run, and frees the instances. ctx bounds the waiting.
func (e *Engine) Close(ctx context.Context) error {
	err := e.pool.close(ctx)
	if e.machine != nil {
		err = errors.Join(err, e.machine.close(ctx))
	}
	return err
}
