package host

import (
	"context"
	"sync"
)

// pool keeps instances that have the pack open.
type pool struct {
	make func(ctx context.Context) (instance, error)
	// tokens are the right to hold an instance: one each.
	tokens chan struct{}

	mu     sync.Mutex
	free   []*seat
	closed bool
}

// seat is an instance and the visit that is in it.
type seat struct {
	instance
	// session and revision tell which state of which session the instance holds; session 0 is none.
	session, revision uint64
}

func newPool(size int, make_ func(ctx context.Context) (instance, error)) *pool {
	return &pool{make: make_, tokens: make(chan struct{}, size)}
}

// take returns an instance, the one that holds the session at that revision if it is free. It waits for one when all
// are in use, until ctx ends.
func (p *pool) take(ctx context.Context, session, revision uint64) (*seat, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case p.tokens <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	s, err := p.pick(session, revision)
	if s == nil && err == nil {
		var in instance
		if in, err = p.make(ctx); err == nil {
			s = &seat{instance: in}
		}
	}
	if err != nil {
		<-p.tokens
		return nil, err
	}
	return s, nil
}

// pick returns a free instance, or nil where there is none.
func (p *pool) pick(session, revision uint64) (*seat, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, ErrClosed
	}
	last := len(p.free) - 1
	if last < 0 {
		return nil, nil
	}
	for i, s := range p.free {
		if s.session == session && s.revision == revision {
			p.free[i], p.free[last] = p.free[last], s
			break
		}
	}
	s := p.free[last]
	p.free = p.free[:last]
	return s, nil
}

// give takes an instance back.
func (p *pool) give(ctx context.Context, s *seat) {
	p.mu.Lock()
	closed := p.closed
	if !closed {
		p.free = append(p.free, s)
	}
	p.mu.Unlock()
	if closed {
		s.close(ctx)
	}
	<-p.tokens
}

// discard closes an instance that is not to be used again.
func (p *pool) discard(ctx context.Context, s *seat) {
	s.close(context.WithoutCancel(ctx))
	<-p.tokens
}

// close closes the free instances at once, waits for those in use, and lets none be taken any more.
func (p *pool) close(ctx context.Context) error {
	p.mu.Lock()
	free := p.free
	p.free, p.closed = nil, true
	p.mu.Unlock()
	var err error
	for _, s := range free {
		if e := s.close(ctx); err == nil {
			err = e
		}
	}
	for range cap(p.tokens) {
		select {
		case p.tokens <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for range cap(p.tokens) {
		<-p.tokens
	}
	return err
}
