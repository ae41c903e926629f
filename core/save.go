package core

import "github.com/nabij/nabij/core/pack"

// A saved session, version 1, little-endian:
//
//	 0  2  magic "NV"
//	 2  1  version
//	 3  1  1 when the newest page is sensitive
//	 4  8  id of the pack
//	12  8  latest time; 20 4 page views; 24 2 bits spent
//	26  5  numbers of events, dismissals, preferences, fatigued topics, picks
//	31     the events, oldest first, and so on, and last 4 bytes of checksum (FNV-1a) over all before
const (
	savedVersion   = 1
	savedHeader    = 31
	savedEvent     = 24
	savedDismissal = 4
	savedPrefer    = 3
	savedFatigue   = 7
	savedPick      = 17
	savedChecksum  = 4
)

// MaxSaved is the most bytes that Save appends.
const MaxSaved = savedHeader + maxEvents*savedEvent + maxDismissed*savedDismissal + maxPreferences*savedPrefer +
	maxFatigued*savedFatigue + maxPicks*savedPick + savedChecksum

// What Restore refuses.
var (
	errStateNone     = &Error{BadState, "", "these bytes are no saved visit; start a new one"}
	errStateVersion  = &Error{BadState, "version", "saved by another version of the engine; start a new visit"}
	errStatePack     = &Error{OtherPack, "pack", "saved with another pack; start a new visit"}
	errStateLength   = &Error{BadState, "length", "bytes are missing or too many; start a new visit"}
	errStateChecksum = &Error{BadState, "checksum", "a byte has changed since it was saved; start a new visit"}
	errStateContent  = &Error{BadState, "content", "names what the pack does not have, or is out of range; start a new visit"}
)

// Save appends the visit to dst, at most MaxSaved bytes.
func (e *Engine) Save(s *Session, dst []byte) []byte {
	start := len(dst)
	muted := byte(0)
	if s.muted {
		muted = 1
	}
	dst = append(dst, 'N', 'V', savedVersion, muted)
	dst = append64(dst, e.pack.ID())
	dst = append64(dst, s.lastMs)
	dst = append32(dst, s.pages)
	dst = append16(dst, s.bitsSpent)
	dst = append(dst, s.eventCount, s.dismissedCount, s.preferCount, s.fatiguedCount, s.pickCount)
	for k := range s.eventCount {
		v := s.event(s.eventCount - 1 - k)
		dst = append64(dst, v.atMs)
		dst = append32(dst, v.page)
		dst = append32(dst, v.engagedMs)
		dst = append32(dst, v.item)
		dst = append16(dst, v.topic)
		dst = append(dst, byte(v.kind), v.depth)
	}
	for _, d := range s.dismissed[:s.dismissedCount] {
		dst = append32(dst, d)
	}
	for _, p := range s.preferences[:s.preferCount] {
		dst = append(append16(dst, p.topic), p.strength)
	}
	for _, f := range s.fatigued[:s.fatiguedCount] {
		dst = append32(append(append16(dst, f.topic), f.shown), f.page)
	}
	for _, p := range s.picks[:s.pickCount] {
		dst = append(append64(append64(dst, p.key.page), p.key.view), p.face)
	}
	return append32(dst, fnv32(dst[start:]))
}

// Restore makes s the visit that Save wrote. Damaged bytes, those of another version and those of another pack are
// refused, and s stays as it was. The error is an *Error.
func (e *Engine) Restore(s *Session, saved []byte) error {
	if len(saved) < savedHeader || saved[0] != 'N' || saved[1] != 'V' {
		return errStateNone
	}
	if saved[2] != savedVersion {
		return errStateVersion
	}
	if get64(saved[4:]) != e.pack.ID() {
		return errStatePack
	}
	n := saved[26:31]
	if n[0] > maxEvents || n[1] > maxDismissed || n[2] > maxPreferences || n[3] > maxFatigued || n[4] > maxPicks {
		return errStateContent
	}
	length := savedHeader + int(n[0])*savedEvent + int(n[1])*savedDismissal + int(n[2])*savedPrefer +
		int(n[3])*savedFatigue + int(n[4])*savedPick
	if len(saved) != length+savedChecksum {
		return errStateLength
	}
	if fnv32(saved[:length]) != get32(saved[length:]) {
		return errStateChecksum
	}
	if !e.readSaved(&e.restored, saved) {
		return errStateContent
	}
	*s = e.restored
	return nil
}

// readSaved fills s from bytes of the right length and reports whether all in it is in range.
func (e *Engine) readSaved(s *Session, b []byte) bool {
	*s = Session{}
	s.muted, s.lastMs, s.pages, s.bitsSpent = b[3] == 1, get64(b[12:]), get32(b[20:]), get16(b[24:])
	s.eventCount, s.dismissedCount, s.preferCount, s.fatiguedCount, s.pickCount = b[26], b[27], b[28], b[29], b[30]
	if b[3] > 1 || s.lastMs > MaxTimeMs || s.bitsSpent > 256*uint16(e.pack.Policy().Bits) {
		return false
	}
	b = b[savedHeader:]
	before, pages := uint64(0), uint32(0)
	for k := range s.eventCount {
		v := event{atMs: get64(b), page: get32(b[8:]), engagedMs: get32(b[12:]), item: get32(b[16:]), topic: get16(b[20:]),
			kind: SignalKind(b[22]), depth: b[23]}
		b = b[savedEvent:]
		if v.atMs < before || v.atMs > s.lastMs || v.page < pages || v.page > s.pages || v.engagedMs > dayMs || v.depth > 100 {
			return false
		}
		switch v.kind {
		case View, Search, Filter, BasketAdd, BasketRemove, Purchase, Chosen:
		default:
			return false
		}
		if v.item != pack.NoItem && !e.mayCount(v.item) || v.topic != pack.NoTopic && !e.mayCountTopic(v.topic) {
			return false
		}
		before, pages = v.atMs, v.page
		s.events[k] = v
	}
	for k := range s.dismissedCount {
		d := get32(b)
		b = b[savedDismissal:]
		if d&dismissedTopic != 0 && (d&^dismissedTopic > 0xffff || !e.mayCountTopic(uint16(d))) || d&dismissedTopic == 0 && !e.mayCount(d) {
			return false
		}
		s.dismissed[k] = d
	}
	for k := range s.preferCount {
		p := preference{get16(b), b[2]}
		b = b[savedPrefer:]
		if !e.mayCountTopic(p.topic) || p.strength == 0 || p.strength > 100 {
			return false
		}
		s.preferences[k] = p
	}
	for k := range s.fatiguedCount {
		f := fatigue{get16(b), b[2], get32(b[3:])}
		b = b[savedFatigue:]
		if !e.mayCountTopic(f.topic) || f.page > s.pages {
			return false
		}
		s.fatigued[k] = f
	}
	for k := range s.pickCount {
		p := pick{viewKey{get64(b), get64(b[8:])}, b[16]}
		b = b[savedPick:]
		if p.face >= maxFaces {
			return false
		}
		s.picks[k] = p
	}
	return true
}

// mayCount reports whether the item exists and may be a signal; mayCountTopic the same of a topic.
func (e *Engine) mayCount(item uint32) bool {
	return item < e.pack.Items() && !e.pack.Sensitive(item)
}

func (e *Engine) mayCountTopic(topic uint16) bool {
	return topic < e.pack.Topics() && !e.pack.TopicSensitive(topic)
}

func append16(b []byte, v uint16) []byte { return append(b, byte(v), byte(v>>8)) }

func append32(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}

func append64(b []byte, v uint64) []byte { return append32(append32(b, uint32(v)), uint32(v>>32)) }

func get16(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 }

func get32(b []byte) uint32 { return uint32(get16(b)) | uint32(get16(b[2:]))<<16 }

func get64(b []byte) uint64 { return uint64(get32(b)) | uint64(get32(b[4:]))<<32 }

// fnv32 is FNV-1a.
func fnv32(b []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}
