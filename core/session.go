package core

import "github.com/nabij/nabij/core/pack"

// Bounds of a session. What does not fit drives out the oldest.
const (
	maxEvents      = 64
	maxDismissed   = 32
	maxPreferences = 8
	maxFatigued    = 16
	maxPicks       = 32
)

// Session is one visit. The zero value is an empty one. It holds no pointers: a copy is a snapshot.
type Session struct {
	lastMs uint64 // the latest time seen; time never runs back
	pages  uint32 // page views
	muted  bool   // the newest page is sensitive: what happens on it is no signal

	events     [maxEvents]event // a ring: the oldest is at first
	first      uint8
	eventCount uint8

	dismissed      [maxDismissed]uint32 // items, oldest first
	dismissedCount uint8
	preferences    [maxPreferences]preference // by when they were declared first
	preferCount    uint8
	fatigued       [maxFatigued]fatigue // topics, by when they were shown first
	fatiguedCount  uint8
	picks          [maxPicks]pick // faces shown, oldest first
	pickCount      uint8
	bitsSpent      uint16 // 256ths of a bit
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

type preference struct {
	topic    uint16
	strength uint8 // percent
}

// fatigue counts the pages on which a topic was shown since one of its items was last chosen.
type fatigue struct {
	topic uint16
	shown uint8
	page  uint32 // the last page it was counted for
}

// pick remembers the face shown for a page, so that it stays.
type pick struct {
	key  viewKey
	face uint8
}

// event returns the k-th newest event, k below eventCount.
func (s *Session) event(k uint8) *event {
	return &s.events[(s.first+s.eventCount-1-k)%maxEvents]
}

func (s *Session) add(e event) {
	if s.eventCount == maxEvents {
		s.first = (s.first + 1) % maxEvents
		s.eventCount--
	}
	s.eventCount++
	*s.event(0) = e
}

// newestView returns the newest View, of the item unless that is NoItem, or nil.
func (s *Session) newestView(item uint32) *event {
	for k := range s.eventCount {
		if e := s.event(k); e.kind == View && (item == pack.NoItem || e.item == item) {
			return e
		}
	}
	return nil
}

// isDismissed reports whether the visitor said "not for me" of the item.
func (s *Session) isDismissed(item uint32) bool {
	for _, d := range s.dismissed[:s.dismissedCount] {
		if d == item {
			return true
		}
	}
	return false
}

func (s *Session) dismiss(item uint32) {
	if s.isDismissed(item) {
		return
	}
	if s.dismissedCount == maxDismissed {
		copy(s.dismissed[:], s.dismissed[1:])
		s.dismissedCount--
	}
	s.dismissed[s.dismissedCount] = item
	s.dismissedCount++
}

// prefer declares a topic, or takes it back with strength 0.
func (s *Session) prefer(topic uint16, strength uint8) {
	k := 0
	for k < int(s.preferCount) && s.preferences[k].topic != topic {
		k++
	}
	switch {
	case k < int(s.preferCount) && strength == 0:
		copy(s.preferences[k:], s.preferences[k+1:s.preferCount])
		s.preferCount--
		s.preferences[s.preferCount] = preference{}
		return
	case strength == 0:
		return
	case k == maxPreferences:
		copy(s.preferences[:], s.preferences[1:])
		k--
	case k == int(s.preferCount):
		s.preferCount++
	}
	s.preferences[k] = preference{topic, strength}
}

// showed counts that a topic was suggested on the newest page.
func (s *Session) showed(topic uint16) {
	for k := range s.fatiguedCount {
		f := &s.fatigued[k]
		if f.topic != topic {
			continue
		}
		if f.page != s.pages && f.shown < 255 {
			f.shown++
			f.page = s.pages
		}
		return
	}
	if s.fatiguedCount == maxFatigued {
		copy(s.fatigued[:], s.fatigued[1:])
		s.fatiguedCount--
	}
	s.fatigued[s.fatiguedCount] = fatigue{topic, 1, s.pages}
	s.fatiguedCount++
}

// chose ends a topic's fatigue.
func (s *Session) chose(topic uint16) {
	for k := range s.fatiguedCount {
		if s.fatigued[k].topic == topic {
			copy(s.fatigued[k:], s.fatigued[k+1:s.fatiguedCount])
			s.fatiguedCount--
			s.fatigued[s.fatiguedCount] = fatigue{}
			return
		}
	}
}

// shownInVain returns on how many pages the topic was shown since it was last chosen.
func (s *Session) shownInVain(topic uint16) uint8 {
	for k := range s.fatiguedCount {
		if s.fatigued[k].topic == topic {
			return s.fatigued[k].shown
		}
	}
	return 0
}
