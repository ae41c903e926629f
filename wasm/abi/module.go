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
	engine *core.Engine
	// sessions are the visit, and the draft that a batch is tried on before it counts. In an array one is copied to the
	// other by copy: assigning so large a struct becomes a load and a store for each of its fields in the module.
	sessions [2]core.Session
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
	errNoPack      = &core.Error{Status: core.NoPack, Field: "", Text: "open a pack first"}
	errOpen        = &core.Error{Status: core.BadRequest, Field: "open", Text: "a pack is open already: a new pack means a new instance"}
	errUnreserved  = &core.Error{Status: core.BadMessage, Field: "length", Text: "is more than was reserved, or negative"}
	errPackLarge   = &core.Error{Status: core.TooLarge, Field: "reserve", Text: "is more than the 268435456 bytes that a pack may have"}
	errInputLarge  = &core.Error{Status: core.TooLarge, Field: "reserve", Text: "is more than the 65536 bytes that a request may have"}
	errNoSuchItem  = &core.Error{Status: core.BadRequest, Field: "item", Text: "is not an item of the pack"}
	errNoSuchTopic = &core.Error{Status: core.BadRequest, Field: "topic", Text: "is not a topic of the pack"}
)

// Version returns the version of the contract.
func (m *Module) Version() int32 { return Version }

// Reserve returns n bytes to write the next call's input to. They are the module's; the next Reserve may return others.
// Before Open they are for the pack, at most pack.MaxBytes, afterwards for a request, at most MaxMessage. It returns
// nil when n is more.
func (m *Module) Reserve(n uint32) []byte {
	m.reserved = 0
	if m.engine != nil {
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

// Open opens the pack in the first n bytes reserved, and starts an empty visit. It answers with the reply of Info. A
// second pack needs a second Module.
func (m *Module) Open(n int32) int32 {
	if m.engine != nil {
		return m.refuse(errOpen, -1)
	}
	if n < 0 || int(n) > m.reserved {
		return m.refuse(errUnreserved, -1)
	}
	m.reserved = 0
	opened, err := pack.Open(m.packed[:n:n])
	if err != nil {
		return m.refuse(&core.Error{Status: core.BadPack, Text: err.Error()}, -1)
	}
	m.engine = core.NewEngine(opened)
	m.packed = nil
	m.engine.Reset(m.visit())
	return m.Info()
}

// Observe adds a batch of signals to the visit: all of them, or, when it refuses one, none.
func (m *Module) Observe(n int32) int32 {
	message := m.message(n)
	if message == nil {
		return m.refused()
	}
	signals, index, err := ReadSignals(message)
	if err != nil {
		return m.refuse(err, index)
	}
	w := m.begin()
	w.outcomes(signals.Len())
	if signals.Len() == 1 { // a refused signal leaves the visit as it was
		outcome, err := m.engine.Observe(m.visit(), signals.Next())
		if err != nil {
			return m.refuse(err, 0)
		}
		w.put8(byte(outcome))
		return m.answer()
	}
	copy(m.sessions[draft:], m.sessions[:draft])
	for i := 0; signals.Len() > 0; i++ {
		outcome, err := m.engine.Observe(&m.sessions[draft], signals.Next())
		if err != nil {
			return m.refuse(err, i)
		}
		w.put8(byte(outcome))
	}
	copy(m.sessions[:draft], m.sessions[draft:])
	return m.answer()
}

// Suggest fills a slot.
func (m *Module) Suggest(n int32) int32 {
	request, ok := m.request(n)
	if !ok {
		return m.refused()
	}
	reply, err := m.engine.Suggest(m.visit(), request)
	if err != nil {
		return m.refuse(err, -1)
	}
	w := m.begin()
	w.reply(&reply)
	return m.answer()
}

// Faces lists what a slot of a page can show.
func (m *Module) Faces(n int32) int32 {
	request, ok := m.request(n)
	if !ok {
		return m.refused()
	}
	faces, err := m.engine.Faces(request)
	if err != nil {
		return m.refuse(err, -1)
	}
	w := m.begin()
	w.faces(faces)
	return m.answer()
}

// Intent infers what the visit is about.
func (m *Module) Intent(n int32) int32 {
	message := m.message(n)
	if message == nil {
		return m.refused()
	}
	nowMs, err := DecodeMoment(message)
	if err != nil {
		return m.refuse(err, -1)
	}
	intent, err := m.engine.Intent(m.visit(), nowMs)
	if err != nil {
		return m.refuse(err, -1)
	}
	w := m.begin()
	w.intent(&intent)
	return m.answer()
}

// Save answers with the visit as bytes.
func (m *Module) Save() int32 {
	if !m.opened() {
		return m.refused()
	}
	m.out.b = m.engine.Save(m.visit(), m.begin().b)
	return m.answer()
}

// Restore makes the visit the one that Save wrote. A refusal leaves it as it was.
func (m *Module) Restore(n int32) int32 {
	message := m.message(n)
	if message == nil {
		return m.refused()
	}
	if err := m.engine.Restore(m.visit(), message); err != nil {
		return m.refuse(err, -1)
	}
	m.begin()
	return m.answer()
}

// Reset forgets the visit.
func (m *Module) Reset() int32 {
	if !m.opened() {
		return m.refused()
	}
	m.engine.Reset(m.visit())
	m.begin()
	return m.answer()
}

// Find looks up an item or topic by name.
func (m *Module) Find(n int32) int32 {
	message := m.message(n)
	if message == nil {
		return m.refused()
	}
	by, text, err := DecodeFind(message)
	if err != nil {
		return m.refuse(err, -1)
	}
	w := m.begin()
	w.found(find(m.engine.Pack(), by, text))
	return m.answer()
}

// Item answers with what a page needs to show an item.
func (m *Module) Item(item uint32) int32 {
	if !m.opened() {
		return m.refused()
	}
	if item >= m.engine.Pack().Items() {
		return m.refuse(errNoSuchItem, -1)
	}
	w := m.begin()
	if err := w.item(m.engine.Pack(), item); err != nil {
		return m.refuse(err, -1)
	}
	return m.answer()
}

// Topic answers with what a page needs to show a topic.
func (m *Module) Topic(topic uint32) int32 {
	if !m.opened() {
		return m.refused()
	}
	if topic >= uint32(m.engine.Pack().Topics()) {
		return m.refuse(errNoSuchTopic, -1)
	}
	p, t := m.engine.Pack(), uint16(topic)
	w := m.begin()
	w.topic(p.TopicParent(t), p.TopicSensitive(t), p.TopicName(t))
	return m.answer()
}

// Info answers with what a host needs to know of the pack.
func (m *Module) Info() int32 {
	if !m.opened() {
		return m.refused()
	}
	w := m.begin()
	if err := w.info(m.engine.Pack()); err != nil {
		return m.refuse(err, -1)
	}
	return m.answer()
}

// LastError answers with the newest refusal; its status is 0 when there was none.
func (m *Module) LastError() int32 {
	failure := m.failure
	if failure.Status == 0 {
		failure.Index = -1
	}
	m.begin().failure(&failure)
	return m.answer()
}

// Reply returns the newest reply, valid until the next call.
func (m *Module) Reply() []byte { return m.out.b }

// draft is the index of the draft in Module.sessions.
const draft = 1

func (m *Module) visit() *core.Session { return &m.sessions[0] }

// request reads a request for suggestions. It refuses where ok is false.
func (m *Module) request(n int32) (request core.Request, ok bool) {
	message := m.message(n)
	if message == nil {
		return request, false
	}
	request, err := DecodeRequest(message)
	if err != nil {
		m.refuse(err, -1)
	}
	return request, err == nil
}

// message returns the first n bytes of what the host wrote. It refuses where they are nil. A second call needs a second
// Reserve only when it needs more bytes.
//
//go:noinline
func (m *Module) message(n int32) []byte {
	if !m.opened() {
		return nil
	}
	if n < 0 || int(n) > m.reserved {
		m.refuse(errUnreserved, -1)
		return nil
	}
	return m.input[:n:n]
}

// opened reports whether a pack is open. It refuses where not.
func (m *Module) opened() bool {
	if m.engine == nil {
		m.refuse(errNoPack, -1)
	}
	return m.engine != nil
}

// begin starts a reply.
func (m *Module) begin() *writer {
	m.out = writer{b: m.reply[:0]}
	return &m.out
}

func (m *Module) answer() int32 { return int32(len(m.out.b)) }

//go:noinline
func (m *Module) refuse(err error, index int) int32 {
	m.begin()
	e, ok := err.(*core.Error)
	if !ok {
		e = errNoPack
	}
	m.failure = Failure{Status: e.Status, Index: index, Field: e.Field, Text: e.Text}
	return m.refused()
}

// refused is the result of a call that was just refused.
func (m *Module) refused() int32 { return -int32(m.failure.Status) }
