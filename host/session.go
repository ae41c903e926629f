package host

import (
	"bytes"
	"context"
	"errors"
	"sync"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/wasm/abi"
)

// Session is one visit. Its methods mirror those of core.Engine. They may be called by any number of goroutines, and
// are carried out one after another; a call waits for an instance until its ctx ends.
//
// A call that fails leaves the visit as it was, whatever failed: a refusal (*abi.Failure, of which errors.As also
// finds the *core.Error), the end of ctx, or a fault (ErrTrap).
type Session struct {
	engine *Engine
	id     uint64

	mu sync.Mutex
	// revision counts the states that the visit was in; saved is the newest, empty for that of a new visit.
	revision uint64
	saved    []byte
	message  []byte
}

// Observe adds signals to the visit: all of them, or, when one is refused, none. The failure's Index says which. There
// is an outcome for each signal.
func (s *Session) Observe(ctx context.Context, signals ...core.Signal) ([]core.Outcome, error) {
	if len(signals) == 0 {
		return nil, nil
	}
	outcomes := make([]core.Outcome, 0, len(signals))
	err := s.with(ctx, true, func(in *seat) error {
		for rest := signals; len(rest) > 0; {
			batch := rest[:batchOf(rest)]
			s.message = abi.AppendSignals(s.message[:0], batch)
			reply, err := in.call(ctx, exportObserve, s.message, 0)
			if err != nil {
				if failure, ok := err.(*abi.Failure); ok && failure.Index >= 0 {
					failure.Index += len(signals) - len(rest)
				}
				return err
			}
			if outcomes, err = abi.DecodeOutcomes(outcomes, reply); err != nil {
				return errors.Join(ErrTrap, err)
			}
			rest = rest[len(batch):]
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return outcomes, nil
}

// batchOf returns how many of the signals fit in one message, at least one.
func batchOf(signals []core.Signal) int {
	size := 0
	for i := range signals {
		size += abi.SignalSize(&signals[i])
		if i > 0 && (i == abi.MaxBatch || size > abi.MaxSignals) {
			return i
		}
	}
	return len(signals)
}

// Suggest fills a slot. The slice of suggestions is the caller's own.
func (s *Session) Suggest(ctx context.Context, request core.Request) (core.Reply, error) {
	var reply core.Reply
	err := s.with(ctx, true, func(in *seat) error {
		s.message = abi.AppendRequest(s.message[:0], request)
		b, err := in.call(ctx, exportSuggest, s.message, 0)
		if err != nil {
			return err
		}
		reply, err = abi.DecodeReply(b)
		return garbled(err)
	})
	return reply, err
}

// Intent infers what the visit is about at the given time.
func (s *Session) Intent(ctx context.Context, nowMs uint64) (core.Intent, error) {
	var intent core.Intent
	err := s.with(ctx, false, func(in *seat) error {
		s.message = abi.AppendMoment(s.message[:0], nowMs)
		b, err := in.call(ctx, exportIntent, s.message, 0)
		if err != nil {
			return err
		}
		intent, err = abi.DecodeIntent(b)
		return garbled(err)
	})
	return intent, err
}

// Save returns the visit as bytes, at most core.MaxSaved.
func (s *Session) Save(ctx context.Context) ([]byte, error) {
	var saved []byte
	err := s.with(ctx, false, func(in *seat) error {
		b, err := in.call(ctx, exportSave, nil, 0)
		saved = bytes.Clone(b)
		return err
	})
	return saved, err
}

// Restore makes the visit the one that Save wrote, on this host or any other. Damaged bytes, those of another version
// and those of another pack are refused.
func (s *Session) Restore(ctx context.Context, saved []byte) error {
	return s.with(ctx, true, func(in *seat) error {
		_, err := in.call(ctx, exportRestore, saved, 0)
		return err
	})
}

// Reset forgets the visit.
func (s *Session) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saved = s.saved[:0]
	s.revision++
}

// garbled makes a reply that cannot be read the module's fault.
func garbled(err error) error {
	if err != nil {
		return errors.Join(ErrTrap, err)
	}
	return nil
}

// with calls do with an instance that holds the visit. changes says whether do may change the visit, which is then
// kept if do succeeds.
func (s *Session) with(ctx context.Context, changes bool, do func(in *seat) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	in, err := s.engine.pool.take(ctx, s.id, s.revision)
	if err != nil {
		return err
	}
	if err = s.load(ctx, in); err == nil {
		err = do(in)
	}
	if changes {
		in.session = 0 // until it is known which state it holds
		if err == nil {
			err = s.keep(ctx, in)
		}
	}
	if err != nil && !refused(err) {
		s.engine.pool.discard(ctx, in)
		return err
	}
	s.engine.pool.give(ctx, in)
	return err
}

// refused reports whether the module said no, and can be asked again.
func refused(err error) bool {
	_, ok := err.(*abi.Failure)
	return ok
}

// load brings the visit into the instance, unless it is there.
func (s *Session) load(ctx context.Context, in *seat) error {
	if in.session == s.id && in.revision == s.revision {
		return nil
	}
	in.session = 0
	var err error
	if len(s.saved) == 0 {
		_, err = in.call(ctx, exportReset, nil, 0)
	} else {
		_, err = in.call(ctx, exportRestore, s.saved, 0)
	}
	if err == nil {
		in.session, in.revision = s.id, s.revision
	}
	return err
}

// keep takes the visit out of the instance.
func (s *Session) keep(ctx context.Context, in *seat) error {
	saved, err := in.call(ctx, exportSave, nil, 0)
	if err != nil {
		return err
	}
	s.saved = append(s.saved[:0], saved...)
	s.revision++
	in.session, in.revision = s.id, s.revision
	return nil
}
