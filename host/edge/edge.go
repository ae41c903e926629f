package edge

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/edge/answer"
)

// Edge fills pages from a pack. Its methods may be called by any number of goroutines.
type Edge struct {
	config  Config
	cache   *cache
	answers *answer.Handler

	mu      sync.Mutex
	current *site
	closed  bool
}

// site is a pack at work, for as long as pages use it.
type site struct {
	*answer.Site
	version string
	engine  *host.Engine
	// users are the requests that it serves, and one more while it is current. Edge.mu guards it.
	users int
}

// engine asks for suggestions, of an instance of the module that it has for as long as that takes.
type engine func(context.Context, core.Request) (core.Reply, error)

func (e engine) Suggest(ctx context.Context, request core.Request) (core.Reply, error) {
	reply, err := e(ctx, request)
	if errors.Is(err, host.ErrTrap) { // the instance is gone, and another one takes its place
		reply, err = e(ctx, request)
	}
	return reply, err
}

// New opens a pack, which it keeps: the bytes must not change until Close. A configuration that is wrong is refused with what is wrong
// with it; fields are called as in the worker's edge.json.
func New(packBytes []byte, config Config) (*Edge, error) {
	if config.Base == "" {
		config.Base = defaultBase
	}
	if config.CacheBytes == 0 {
		config.CacheBytes = defaultCacheBytes
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	if config.Failed == nil {
		config.Failed = func(error) {}
	}
	if err := config.check(); err != nil {
		return nil, fmt.Errorf("edge: %w", err)
	}
	e := &Edge{config: config, cache: newCache(config.CacheBytes)}
	if err := e.Swap(packBytes); err != nil {
		return nil, err
	}
	e.answers = &answer.Handler{Current: e.answering, Request: config.request, Now: config.Now, Failed: config.Failed}
	return e, nil
}

// Swap takes another pack for the pages from now on; those that are under way end with the one that they began with. A pack that is
// refused changes nothing. The bytes must not change until Close, or until the next Swap and the end of those pages.
func (e *Edge) Swap(packBytes []byte) error {
	opened, err := host.Open(context.Background(), packBytes, e.config.Engine...)
	if err != nil {
		return fmt.Errorf("edge: %w", err)
	}
	ask := engine(func(ctx context.Context, request core.Request) (core.Reply, error) {
		return opened.NewSession().Suggest(ctx, request)
	})
	answering, err := answer.NewSite(opened.Pack(), ask, e.config.Config)
	if err != nil {
		return errors.Join(fmt.Errorf("edge: %w", err), opened.Close(context.Background()))
	}
	next := &site{Site: answering, version: answering.Version(), engine: opened, users: 1}
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return errors.Join(errors.New("edge: closed"), opened.Close(context.Background()))
	}
	before := e.current
	e.current = next
	e.mu.Unlock()
	if before != nil {
		return e.leave(before)
	}
	return nil
}

// Close lets pages pass as they are from now on, and frees the engine once those that are under way have ended.
func (e *Edge) Close() error {
	e.mu.Lock()
	before := e.current
	e.current, e.closed = nil, true
	e.mu.Unlock()
	if before != nil {
		return e.leave(before)
	}
	return nil
}

// enter returns the current site, which must be left; nil where there is none.
func (e *Edge) enter() *site {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.current != nil {
		e.current.users++
	}
	return e.current
}

// leave frees a site that nothing uses any more.
func (e *Edge) leave(s *site) error {
	e.mu.Lock()
	s.users--
	last := s.users == 0
	e.mu.Unlock()
	if last {
		return s.engine.Close(context.Background())
	}
	return nil
}

// answering returns what answers are made of, nil where there is nothing.
func (e *Edge) answering() *answer.Site {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.current == nil {
		return nil
	}
	return e.current.Site
}

// Handler returns a handler that fills the pages of next, and answers what is asked of the edge itself (package answer).
func (e *Edge) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { e.serve(w, r, next) })
}
