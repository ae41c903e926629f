package core

import "github.com/nabij/nabij/core/pack"

// Bounds of a session. What does not fit drives out the oldest.
const (
	maxEvents = 64
	maxNotes  = 32
)

// Session is one visit. The zero value is an empty one. It holds no pointers: a copy is a snapshot.
type Session struct {
	lastMs    uint64 // the latest time seen; time never runs back
	pages     uint32 // page views
	bitsSpent uint16 // 256ths of a bit
	muted     bool   // the newest page is sensitive: how it is read, and what is seen on it, is no signal

	count  uint8
	events [maxEvents]event // oldest first

	notes [noteKinds]notes
}

// event is a signal as it is kept. What was done on a page (time, depth) is added to its View.
type event struct {
	atMs      uint64
	page      uint32 // page views up to and including this one's page
	engagedMs uint32
	item      uint32
	topic     uint16
	kind      SignalKind
	depth     uint8 // percent
}

// Kinds of notes that a session keeps beside its events.
const (
	dismissed = iota // an item, or dismissedTopic and a topic
	preferred        // a topic or facet, from bit 16 its strength in percent, from wishPage the page on which it was declared
	fatigued         // a topic, from bit 16 on how many pages it was shown in vain, from bit 24 the last of these
	picked           // a viewKey, and from bit 56 the face that was shown there
	noteKinds
)

// wishPage is where a preferred note says its page.
const wishPage = 24

// dismissedTopic marks a topic among the dismissed; item ids stay below it.
const dismissedTopic = 1 << 31

// noteKey is the part of a note that tells it apart from others of its kind.
var noteKey = [noteKinds]uint64{1<<32 - 1, 1<<16 - 1, 1<<16 - 1, 1<<56 - 1}

// notes are a short list, oldest first.
type notes struct {
	n    uint8
	list [maxNotes]uint64
}

func (n *notes) all() []uint64 { return n.list[:n.n] }

// note returns the note of that kind and key, or nil.
func (s *Session) note(kind int, key uint64) *uint64 {
	list := s.notes[kind].all()
	for k := range list {
		if list[k]&noteKey[kind] == key {
			return &list[k]
		}
	}
	return nil
}

// setNote keeps a note in place of the one with its key, or as the newest.
func (s *Session) setNote(kind int, note uint64) {
	if old := s.note(kind, note&noteKey[kind]); old != nil {
		*old = note
		return
	}
	n := &s.notes[kind]
	if n.n == maxNotes {
		copy(n.list[:], n.list[1:])
		n.n--
	}
	n.list[n.n] = note
	n.n++
}

// dropNote forgets a note.
func (s *Session) dropNote(kind int, key uint64) {
	n := &s.notes[kind]
	kept := uint8(0)
	for _, note := range n.all() {
		if note&noteKey[kind] != key {
			n.list[kept] = note
			kept++
		}
	}
	n.n = kept
}

// event returns the k-th newest event, k below count.
func (s *Session) event(k uint8) *event {
	return &s.events[s.count-1-k]
}

// newestView returns the newest View, of the item unless that is NoItem, or nil.
func (s *Session) newestView(item uint32) *event {
	for k := range s.count {
		if e := s.event(k); e.kind == View && (item == pack.NoItem || e.item == item) {
			return e
		}
	}
	return nil
}

// showed counts that a topic was suggested on the newest page.
func (s *Session) showed(topic uint16) {
	note := uint64(topic)
	if old := s.note(fatigued, note); old != nil {
		note = *old
	}
	page, shown := uint64(s.pages), note>>16&0xff
	if shown == 0 || note>>24 != page && shown < 255 {
		s.setNote(fatigued, uint64(topic)|(shown+1)<<16|page<<24)
	}
}
