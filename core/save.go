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

// What Restore refuses. What to do is always the same: start a new visit.
var (
	errStateNone     = &Error{BadState, "", "no saved visit"}
	errStateVersion  = &Error{BadState, "version", "not 1, the version this engine saves"}
	errStatePack     = &Error{OtherPack, "pack", "not the open one"}
	errStateLength   = &Error{BadState, "length", "bytes missing or too many"}
	errStateChecksum = &Error{BadState, "checksum", "a byte has changed since it was saved"}
	errStateContent  = &Error{BadState, "content", "something is out of range"}
)

// Save appends the visit to dst, at most MaxSaved bytes.
func (e *Engine) Save(s *Session, dst []byte) []byte {
	start := len(dst)
	muted := uint64(0)
	if s.muted {
		muted = 1
	}
	dst = appendUint(dst, 4, 'N'|'V'<<8|savedVersion<<16|muted<<24)
	dst = appendUint(dst, 8, e.pack.ID())
	dst = appendUint(dst, 8, s.lastMs)
	dst = appendUint(dst, 4, uint64(s.pages))
	dst = appendUint(dst, 2, uint64(s.bitsSpent))
	for _, n := range s.counts() {
		dst = append(dst, *n)
	}
	for k := range s.eventCount {
		v := s.event(s.eventCount - 1 - k)
		dst = appendUint(dst, 8, v.atMs)
		dst = appendUint(dst, 4, uint64(v.page))
		dst = appendUint(dst, 4, uint64(v.engagedMs))
		dst = appendUint(dst, 4, uint64(v.item))
		dst = appendUint(dst, 4, uint64(v.topic)|uint64(v.kind)<<16|uint64(v.depth)<<24)
	}
	for _, d := range s.dismissed[:s.dismissedCount] {
		dst = appendUint(dst, 4, uint64(d))
	}
	for _, p := range s.preferences[:s.preferCount] {
		dst = appendUint(dst, 3, uint64(p.topic)|uint64(p.strength)<<16)
	}
	for _, f := range s.fatigued[:s.fatiguedCount] {
		dst = appendUint(dst, 7, uint64(f.topic)|uint64(f.shown)<<16|uint64(f.page)<<24)
	}
	for _, p := range s.picks[:s.pickCount] {
		dst = appendUint(dst, 8, p.key.page)
		dst = appendUint(dst, 8, p.key.view)
		dst = appendUint(dst, 1, uint64(p.face))
	}
	return appendUint(dst, savedChecksum, uint64(fnv32(dst[start:])))
}

// counts are how many there are of each list that is saved, in order.
func (s *Session) counts() [5]*uint8 {
	return [5]*uint8{&s.eventCount, &s.dismissedCount, &s.preferCount, &s.fatiguedCount, &s.pickCount}
}

// savedLists are the bound of each list, and the bytes of each of its records.
var savedLists = [5][2]uint8{{maxEvents, savedEvent}, {maxDismissed, savedDismissal}, {maxPreferences, savedPrefer},
	{maxFatigued, savedFatigue}, {maxPicks, savedPick}}

// Restore makes s the visit that Save wrote. Damaged bytes, those of another version and those of another pack are
// refused, and s stays as it was. The error is an *Error.
func (e *Engine) Restore(s *Session, saved []byte) error {
	if len(saved) < savedHeader+savedChecksum || saved[0] != 'N' || saved[1] != 'V' {
		return errStateNone
	}
	if saved[2] != savedVersion {
		return errStateVersion
	}
	length := savedHeader
	for k, l := range savedLists {
		n := saved[savedHeader-len(savedLists)+k]
		if n > l[0] {
			return errStateContent
		}
		length += int(n) * int(l[1])
	}
	if len(saved) != length+savedChecksum {
		return errStateLength
	}
	body := reader(saved[:length])
	sum := reader(saved[length:])
	if uint64(fnv32(body)) != sum.take(savedChecksum) {
		return errStateChecksum
	}
	body.take(3)
	if e.restored.muted = body.take(1) != 0; body.take(8) != e.pack.ID() {
		return errStatePack
	}
	if !e.readSaved(&e.restored, body) {
		return errStateContent
	}
	*s = e.restored
	return nil
}

// readSaved fills s from what follows the pack's id and reports whether all in it is in range.
func (e *Engine) readSaved(s *Session, r reader) bool {
	muted := s.muted
	*s = Session{}
	s.muted, s.lastMs, s.pages, s.bitsSpent = muted, r.take(8), uint32(r.take(4)), uint16(r.take(2))
	for _, n := range s.counts() {
		*n = uint8(r.take(1))
	}
	ok := s.lastMs <= MaxTimeMs && s.bitsSpent <= 256*uint16(e.policy.Bits)
	before := event{}
	for k := range s.eventCount {
		v := &s.events[k]
		v.atMs, v.page, v.engagedMs, v.item = r.take(8), uint32(r.take(4)), uint32(r.take(4)), uint32(r.take(4))
		v.topic, v.kind, v.depth = uint16(r.take(2)), SignalKind(r.take(1)), uint8(r.take(1))
		ok = ok && v.atMs >= before.atMs && v.atMs <= s.lastMs && v.page >= before.page && v.page <= s.pages &&
			v.engagedMs <= dayMs && v.depth <= 100 && keptKinds>>v.kind&1 == 1 &&
			(v.item == pack.NoItem || e.mayCount(v.item)) && (v.topic == pack.NoTopic || e.mayCountTopic(v.topic))
		before = *v
	}
	for k := range s.dismissedCount {
		d := uint32(r.take(4))
		s.dismissed[k] = d
		if d < dismissedTopic {
			ok = ok && e.mayCount(d)
		} else {
			ok = ok && d-dismissedTopic < uint32(pack.NoTopic) && e.mayCountTopic(uint16(d))
		}
	}
	for k := range s.preferCount {
		p := preference{uint16(r.take(2)), uint8(r.take(1))}
		s.preferences[k] = p
		ok = ok && e.mayCountTopic(p.topic) && p.strength > 0 && p.strength <= 100
	}
	for k := range s.fatiguedCount {
		f := fatigue{uint16(r.take(2)), uint8(r.take(1)), uint32(r.take(4))}
		s.fatigued[k] = f
		ok = ok && e.mayCountTopic(f.topic) && f.page <= s.pages
	}
	for k := range s.pickCount {
		p := pick{viewKey{r.take(8), r.take(8)}, uint8(r.take(1))}
		s.picks[k] = p
		ok = ok && p.face < maxFaces
	}
	return ok
}

// keptKinds are the kinds that become events of their own.
const keptKinds = 1<<View | 1<<Search | 1<<Filter | 1<<BasketAdd | 1<<BasketRemove | 1<<Purchase | 1<<Chosen

// mayCount reports whether the item exists and may be a signal; mayCountTopic the same of a topic.
func (e *Engine) mayCount(item uint32) bool {
	return item < e.pack.Items() && !e.pack.Sensitive(item)
}

func (e *Engine) mayCountTopic(topic uint16) bool {
	return topic < e.pack.Topics() && !e.pack.TopicSensitive(topic)
}

// appendUint appends the n low bytes of v, the lowest first.
//
//go:noinline
func appendUint(b []byte, n int, v uint64) []byte {
	for ; n > 0; n-- {
		b = append(b, byte(v))
		v >>= 8
	}
	return b
}

// reader takes numbers from the front of bytes that are known to be enough.
type reader []byte

//go:noinline
func (r *reader) take(n int) uint64 {
	v := uint64(0)
	for k := range n {
		v |= uint64((*r)[k]) << (8 * k)
	}
	*r = (*r)[n:]
	return v
}

// fnv32 is FNV-1a.
func fnv32(b []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}
