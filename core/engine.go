package core

import "github.com/nabij/nabij/core/pack"

// Engine computes suggestions from one pack. It is not safe for concurrent use. Sessions are apart from it: one engine
// serves any number, one call at a time. All memory is taken by NewEngine; no other method allocates.
type Engine struct {
	pack *pack.Pack
}

// NewEngine returns an engine for p, which it keeps.
func NewEngine(p *pack.Pack) *Engine { return &Engine{pack: p} }

// Pack returns the engine's pack.
func (e *Engine) Pack() *pack.Pack { return e.pack }

// Reset makes s an empty visit.
func (e *Engine) Reset(s *Session) { *s = Session{} }

// Observe adds a signal to the visit, or says why it did not. A refused signal leaves the visit as it was.
func (e *Engine) Observe(s *Session, sig Signal) (Outcome, error) { panic("core: not written") }

// Suggest fills a slot. At layer 2 it may spend bits of the visit's budget and remember the face: s changes.
func (e *Engine) Suggest(s *Session, req Request) (Reply, error) { panic("core: not written") }

// Faces returns the lists that the slot of the page can show at the request's layer: one at layer 1, at most the
// policy's Faces at layer 2, none at layer 3, whose lists are not bounded. It depends on no visit. The slices are the
// engine's, valid until its next call.
func (e *Engine) Faces(req Request) ([]Face, error) { panic("core: not written") }

// Intent infers what the visit is about at the given time.
func (e *Engine) Intent(s *Session, nowMs uint64) (Intent, error) { panic("core: not written") }

// Save appends the visit to dst, at most MaxSaved bytes.
func (e *Engine) Save(s *Session, dst []byte) []byte { panic("core: not written") }

// Restore makes s the visit that Save wrote. Damaged bytes, those of another version and those of another pack are
// refused, and s stays as it was.
func (e *Engine) Restore(s *Session, saved []byte) error { panic("core: not written") }

// MaxSaved is the most bytes that Save appends.
const MaxSaved = 4096

// Session is one visit. The zero value is an empty one. It holds no pointers: a copy is a snapshot.
type Session struct{ _ [8]byte }
