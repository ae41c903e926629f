package abi

import (
	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// Module is nabij.wasm without the WebAssembly around it: one method for each export, and the memory behind them. The
// zero value is a new instance. It is not safe for concurrent use.
//
// A method that returns an int32 returns the length of its reply, or a core.Status, negated, when it refused; then
// LastError tells more. Only a first Reserve and Open take memory.
type Module struct {
	// The engine and the visit are here and not behind pointers: the module is a variable, so their addresses are
	// constants, which makes it a good deal smaller.
	engine core.Engine
	opened bool
	visit  core.Session
	// What the call at hand reads of its message.
	batch   signalReader
	signal  core.Signal
	request core.Request
	// packed is what Reserve gave for the pack. After Open it is the engine's, and input takes requests.
	packed []byte
	// reserved is how many bytes the last Reserve was asked for.
	reserved int
	failure  Failure
	// out writes the reply at hand to the array reply.
	out   writer
	input [MaxMessage]byte
	reply [MaxReply]byte
}

// Errors of calls. They are constants so that refusing allocates nothing.
var (
	errNoPack     = &core.Error{Status: core.NoPack, Text: "pack: open one first"}
	errOpen       = &core.Error{Status: core.BadRequest, Text: "pack: one is open; take another instance"}
	errUnreserved = &core.Error{Status: core.BadMessage, Text: "length: over the reserved bytes"}
	errPackLarge  = &core.Error{Status: core.TooLarge, Text: "reserve: over 268435456 bytes"}
	errInputLarge = &core.Error{Status: core.TooLarge, Text: "reserve: over 65536 bytes"}
)

// Version returns the version of the contract.
func (m *Module) Version() int32 { return Version }

// Reserve returns n bytes to write the next call's input to. They are the module's; the next Reserve may return others.
// Before Open they are for the pack, at most pack.MaxBytes, afterwards for a request, at most MaxMessage. It returns
// nil when n is more.
func (m *Module) Reserve(n uint32) []byte {
	m.reserved = 0
	if m.opened {
		if n > MaxMessage {
			m.refuse(errInputLarge, -1)
			return nil
		}
		m.reserved = int(n)
		return m.input[:n]
	}
	if n > pack.MaxBytes {
		m.refuse(errPackLarge, -1)
		return nil
	}
	if uint32(cap(m.packed)) < n || m.packed == nil {
		m.packed = make([]byte, max(n, 1))
	}
	m.packed = m.packed[:n]
	m.reserved = int(n)
	return m.packed
}

// Open opens the pack in the first n bytes reserved, and starts an empty visit. A second pack needs a second Module; after
// a pack was refused, another can be tried.
func (m *Module) Open(n int32) int32 {
	if m.opened {
		return m.refuse(errOpen, -1)
	}
	if n < 0 || int(n) > m.reserved {
		return m.refuse(errUnreserved, -1)
	}
	m.reserved = 0
	if err := m.engine.Open(m.packed[:n:n]); err != nil {
		m.failure.Status, m.failure.Index, m.failure.Text = core.BadPack, int(err.At), err.Section
		m.failure.Cause, m.failure.Got = err.Cause, err.Got
		m.begin()
		return m.refused()
	}
	m.opened = true
	m.packed = nil
	m.begin()
	return m.answer()
}

// Observe adds a batch of signals to the visit: all of them, or, when it refuses one, none.
func (m *Module) Observe(n int32) int32 {
	message := m.message(n)
	if message == nil {
		return m.refused()
	}
	// Only a signal that Check refuses is refused: with none of them, all count.
	index, err := m.batch.open(message)
	for count := m.batch.left; err == nil && m.batch.left > 0; {
		index = count - m.batch.left
		m.batch.next(&m.signal)
		err = m.engine.Check(&m.signal)
	}
	if err != nil {
		return m.refuse(err, index)
	}
	m.batch.open(message)
	w := m.begin()
	w.outcomes(m.batch.left)
	for m.batch.left > 0 {
		m.batch.next(&m.signal)
		outcome, _ := m.engine.Observe(&m.visit, &m.signal)
		w.put8(byte(outcome))
	}
	return m.answer()
}

// Suggest fills a slot.
func (m *Module) Suggest(n int32) int32 {
	message := m.message(n)
	if message == nil {
		return m.refused()
	}
	if err := decodeRequest(message, &m.request); err != nil {
		return m.refuse(err, -1)
	}
	reply, err := m.engine.Suggest(&m.visit, &m.request)
	if err != nil {
		return m.refuse(err, -1)
	}
	w := m.begin()
	w.reply(reply)
	return m.answer()
}

// Intent infers what the visit is about.
func (m *Module) Intent(n int32) int32 {
	message := m.message(n)
	if message == nil {
		return m.refused()
	}
	nowMs, err := decodeMoment(message)
	if err != nil {
		return m.refuse(err, -1)
	}
	intent, err := m.engine.Intent(&m.visit, nowMs)
	if err != nil {
		return m.refuse(err, -1)
	}
	w := m.begin()
	w.intent(intent)
	return m.answer()
}

// Save answers with the visit as bytes.
func (m *Module) Save() int32 {
	if !m.ready() {
		return m.refused()
	}
	m.out.b = m.engine.Save(&m.visit)
	m.out.n = len(m.out.b)
	return m.answer()
}

// Restore makes the visit the one that Save wrote. A refusal leaves it as it was.
func (m *Module) Restore(n int32) int32 {
	message := m.message(n)
	if message == nil {
		return m.refused()
	}
	if err := m.engine.Restore(&m.visit, message); err != nil {
		return m.refuse(err, -1)
	}
	m.begin()
	return m.answer()
}

// Reset forgets the visit.
func (m *Module) Reset() int32 {
	if !m.ready() {
		return m.refused()
	}
	m.engine.Reset(&m.visit)
	m.begin()
	return m.answer()
}

// LastError answers with the newest refusal; its status is 0 when there was none.
func (m *Module) LastError() int32 {
	if m.failure.Status == 0 {
		m.failure.Index = -1
	}
	m.begin().failure(&m.failure)
	return m.answer()
}

// Reply returns the newest reply, valid until the next call.
func (m *Module) Reply() []byte { return m.out.b[:m.out.n] }

// message returns the first n bytes of what the host wrote. It refuses where they are nil. A second call needs a second
// Reserve only when it needs more bytes.
//
//go:noinline
func (m *Module) message(n int32) []byte {
	if !m.ready() {
		return nil
	}
	if n < 0 || int(n) > m.reserved {
		m.refuse(errUnreserved, -1)
		return nil
	}
	return m.input[:n:n]
}

// ready reports whether a pack is open. It refuses where not.
func (m *Module) ready() bool {
	if !m.opened {
		m.refuse(errNoPack, -1)
	}
	return m.opened
}

// begin starts a reply.
func (m *Module) begin() *writer {
	m.out = writer{b: m.reply[:]}
	return &m.out
}

func (m *Module) answer() int32 { return int32(m.out.n) }

//go:noinline
func (m *Module) refuse(err *core.Error, index int) int32 {
	m.begin()
	m.failure.Status, m.failure.Index, m.failure.Text = err.Status, index, err.Text
	m.failure.Cause, m.failure.Got = 0, 0
	return m.refused()
}

// refused is the result of a call that was just refused.
func (m *Module) refused() int32 { return -int32(m.failure.Status) }
