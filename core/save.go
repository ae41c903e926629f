package core

import "github.com/nabij/nabij/core/pack"

// A saved session, version 1, little-endian:
//
//	 0  2  magic "NV"
//	 2  1  version
//	 3  1  1 when the newest page is sensitive
//	 4  8  id of the pack
//	12  8  latest time; 20 4 page views; 24 2 bits spent
//	26  5  numbers of events, and of notes of each kind
//	31     the events, oldest first, 24 bytes each, and the notes, 8 bytes each
//	       and last 4 bytes of checksum over all before, the low half of pack.Checksum
const (
	savedVersion  = 1
	savedHeader   = 31
	savedEvent    = 24
	savedNote     = 8
	savedChecksum = 4
)

// MaxSaved is the most bytes that Save returns.
const MaxSaved = savedHeader + maxEvents*savedEvent + noteKinds*maxNotes*savedNote + savedChecksum

// What Restore refuses. What to do is always the same: start a new visit.
var (
	errStateNone     = &Error{BadState, "visit: not a saved one"}
	errStateVersion  = &Error{BadState, "visit.version: not 1"}
	errStatePack     = &Error{OtherPack, "visit.pack: not the open one"}
	errStateLength   = &Error{BadState, "visit.length: does not match"}
	errStateChecksum = &Error{BadState, "visit.checksum: does not match"}
	errStateContent  = &Error{BadState, "visit.content: out of range"}
)

// Save returns the visit as bytes, at most MaxSaved. They are the engine's, valid until its next call.
func (e *Engine) Save(s *Session) []byte {
	w := writer{b: e.saved[:]}
	muted := uint64(0)
	if s.muted {
		muted = 1
	}
	w.put(4, 'N'|'V'<<8|savedVersion<<16|muted<<24)
	w.put(8, e.pack.ID())
	w.put(8, s.lastMs)
	w.put(4, uint64(s.pages))
	w.put(2, uint64(s.bitsSpent))
	w.put(1, uint64(s.count))
	for k := range s.notes {
		w.put(1, uint64(s.notes[k].n))
	}
	for k := s.count; k > 0; k-- {
		v := s.event(k - 1)
		w.put(8, v.atMs)
		w.put(4, uint64(v.page))
		w.put(4, uint64(v.engagedMs))
		w.put(4, uint64(v.item))
		w.put(2, uint64(v.topic))
		w.put(1, uint64(v.kind))
		w.put(1, uint64(v.depth))
	}
	for k := range s.notes {
		for _, note := range s.notes[k].all() {
			w.put(8, note)
		}
	}
	w.put(savedChecksum, pack.Checksum(w.b[:w.n]))
	return w.b[:w.n]
}

// Restore makes s the visit that Save wrote. Damaged bytes, those of another version and those of another pack are
// refused, and s stays as it was.
func (e *Engine) Restore(s *Session, saved []byte) *Error {
	if len(saved) < savedHeader+savedChecksum || saved[0] != 'N' || saved[1] != 'V' {
		return errStateNone
	}
	if saved[2] != savedVersion {
		return errStateVersion
	}
	length := savedHeader + int(saved[26])*savedEvent
	for _, n := range saved[27:savedHeader] {
		length += int(n) * savedNote
	}
	if len(saved) != length+savedChecksum {
		return errStateLength
	}
	r := reader{saved[length:]}
	if r.take(savedChecksum) != pack.Checksum(saved[:length])&(1<<32-1) {
		return errStateChecksum
	}
	// A first reading tells whether there will be a second. (Copying what the first one read would be a load and a store
	// for each field in the module.)
	if r = (reader{saved[4:]}); r.take(8) != e.pack.ID() {
		return errStatePack
	}
	if again := r; !e.readSaved(&e.restored, &again) {
		return errStateContent
	}
	e.readSaved(s, &r)
	s.muted = saved[3] != 0
	return nil
}

// readSaved fills s from what follows the pack's id and reports whether all in it is in range.
//
//go:noinline
func (e *Engine) readSaved(s *Session, r *reader) bool {
	*s = Session{}
	s.lastMs, s.pages, s.bitsSpent, s.count = r.take(8), uint32(r.take(4)), uint16(r.take(2)), uint8(r.take(1))
	ok := s.lastMs <= MaxTimeMs && s.bitsSpent <= 256*uint16(e.policy().Bits) && s.count <= maxEvents
	for k := range s.notes {
		s.notes[k].n = uint8(r.take(1))
		ok = ok && s.notes[k].n <= maxNotes
	}
	if !ok {
		return false
	}
	before := event{}
	for k := range s.count {
		v := &s.events[k]
		v.atMs, v.page, v.engagedMs, v.item = r.take(8), uint32(r.take(4)), uint32(r.take(4)), uint32(r.take(4))
		v.topic, v.kind, v.depth = uint16(r.take(2)), SignalKind(r.take(1)), uint8(r.take(1))
		ok = ok && v.atMs >= before.atMs && v.atMs <= s.lastMs && v.page >= before.page && v.page <= s.pages &&
			v.engagedMs <= dayMs && v.depth <= 100 && keptKinds>>v.kind&1 == 1 && e.mayCount(v.item, v.topic)
		before = *v
	}
	for k := range s.notes {
		for i := range s.notes[k].all() {
			note := r.take(8)
			s.notes[k].list[i] = note
			item, topic := pack.NoItem, uint16(note)
			switch k {
			case dismissed:
				if note < dismissedTopic {
					item, topic = uint32(note), pack.NoTopic
				}
				ok = ok && note < dismissedTopic+uint64(pack.NoTopic)
			case preferred:
				percent := note >> 16 & 0xff
				ok = ok && percent >= 1 && percent <= 100 && note>>wishPage <= uint64(s.pages)
				if e.isFacet(topic) {
					topic = pack.NoTopic
				}
			case fatigued:
				ok = ok && note>>24 <= uint64(s.pages)
			case picked:
				topic = pack.NoTopic
				ok = ok && note>>56 < maxFaces
			}
			ok = ok && e.mayCount(item, topic)
		}
	}
	return ok
}

// mayCount reports whether the item and the topic, where there are any, exist and may be signals.
func (e *Engine) mayCount(item uint32, topic uint16) bool {
	return (item == pack.NoItem || item < e.pack.Items()) && (topic == pack.NoTopic || topic < e.pack.Topics()) &&
		!e.sensitive(item, topic)
}

// keptKinds are the kinds that become events of their own.
const keptKinds = 1<<View | 1<<Search | 1<<Filter | 1<<BasketAdd | 1<<BasketRemove | 1<<Purchase | 1<<Chosen

// writer puts numbers into bytes that are known to be enough.
type writer struct {
	b []byte
	n int // bytes written
}

// put writes the n low bytes of v, the lowest first.
//
//go:noinline
func (w *writer) put(n int, v uint64) {
	for ; n > 0; n-- {
		w.b[w.n] = byte(v)
		w.n++
		v >>= 8
	}
}

// reader takes numbers from the front of bytes that are known to be enough.
type reader struct{ b []byte }

//go:noinline
func (r *reader) take(n int) uint64 {
	v := uint64(0)
	for k, c := range r.b[:n] {
		v |= uint64(c) << (8 * k)
	}
	r.b = r.b[n:]
	return v
}
