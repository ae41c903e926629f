package core

import "github.com/nabij/nabij/core/pack"

// What Observe refuses.
var (
	errSignalKind   = &Error{BadRequest, "signal.kind: not 1 to 12"}
	errSignalTime   = &Error{BadRequest, "signal.at_ms: over 2^53-1"}
	errSignalItem   = &Error{BadRequest, "signal.item: not an item of the pack"}
	errSignalTopic  = &Error{BadRequest, "signal.topic: not a topic or facet of the pack"}
	errSignalNoItem = &Error{BadRequest, "signal.item: none, but this kind needs one"}
	errSignalAbout  = &Error{BadRequest, "signal.topic: none, but this kind needs one, an item or a text"}
	errSignalValue  = &Error{BadRequest, "signal.value: over 100 percent, a day in ms, or for a kind without"}
	errSignalText   = &Error{BadRequest, "signal.text: over 256 bytes, or for a kind without"}
)

const dayMs = 24 * 60 * 60 * 1000

// What a kind of signal wants.
const (
	wantsItem  = 1 << iota
	wantsTopic // for a preference
	wantsEither
	wantsWords // a text or a topic
	wantsPercent
	wantsMs
)

var wants = [SignalCount]uint8{Engaged: wantsMs, Scroll: wantsPercent, Search: wantsWords, Filter: wantsWords,
	BasketAdd: wantsItem, BasketRemove: wantsItem, Purchase: wantsItem, Shown: wantsItem, Chosen: wantsItem,
	Dismissed: wantsEither, Preference: wantsTopic | wantsPercent}

// Check returns what is wrong with a signal, or nil.
func (e *Engine) Check(sig *Signal) *Error {
	if sig.Kind < View || sig.Kind >= SignalCount {
		return errSignalKind
	}
	none, noTopic, text := sig.Item == pack.NoItem, sig.Topic == pack.NoTopic, len(sig.Text) > 0
	want := wants[sig.Kind]
	limit := uint32(0)
	if want&wantsPercent != 0 {
		limit = 100
	} else if want&wantsMs != 0 {
		limit = dayMs
	}
	switch {
	case sig.AtMs > MaxTimeMs:
		return errSignalTime
	case !none && sig.Item >= e.pack.Items():
		return errSignalItem
	case !noTopic && sig.Topic >= e.pack.Topics() && (want&wantsTopic == 0 || !e.isFacet(sig.Topic)):
		return errSignalTopic
	case sig.Value > limit:
		return errSignalValue
	case text && want&wantsWords == 0 || len(sig.Text) > MaxText:
		return errSignalText
	case none && want&wantsItem != 0:
		return errSignalNoItem
	case noTopic && (want&wantsTopic != 0 || none && want&wantsEither != 0 || !text && want&wantsWords != 0):
		return errSignalAbout
	}
	return nil
}

// Observe adds a signal to the visit, or says why it did not. A refused signal leaves the visit as it was.
func (e *Engine) Observe(s *Session, sig *Signal) (Outcome, *Error) {
	if err := e.Check(sig); err != nil {
		return Counted, err
	}
	if e.policy().Signals>>sig.Kind&1 == 0 {
		return Undeclared, nil
	}
	topic := sig.Topic
	if topic == pack.NoTopic {
		if topic = e.topicOfText(sig.Text); topic == pack.NoTopic && len(sig.Text) > 0 {
			return Meaningless, nil
		}
	}
	if e.sensitive(sig.Item, topic) {
		// All that is kept is that the newest page is none: or what happens on it would count for the one before.
		s.muted = s.muted || sig.Kind == View
		return Sensitive, nil
	}
	if s.muted && (sig.Kind == Shown || sig.Item == pack.NoItem && (sig.Kind == Engaged || sig.Kind == Scroll)) {
		return Sensitive, nil // it is of the sensitive page
	}
	if sig.Kind == Engaged || sig.Kind == Scroll {
		v := s.newestView(sig.Item)
		if v == nil {
			return Meaningless, nil
		}
		if sig.Kind == Engaged {
			v.engagedMs = min(v.engagedMs+sig.Value, dayMs)
		} else {
			v.depth = max(v.depth, uint8(sig.Value))
		}
		return Counted, nil
	}
	e.count(s, sig, topic)
	return Counted, nil
}

// isFacet reports whether the number of a topic or a facet is that of a facet of the pack.
func (e *Engine) isFacet(topic uint16) bool {
	return topic >= pack.FirstFacet && topic-pack.FirstFacet < uint16(e.pack.Facets())
}

// sensitive reports whether the item or the topic, where there is one, is intimate. No facet is.
func (e *Engine) sensitive(item uint32, topic uint16) bool {
	return item != pack.NoItem && e.pack.Sensitive(item) || topic < e.pack.Topics() && e.pack.TopicSensitive(topic)
}

// count makes a sound signal part of the visit. topic is its own, or the one that its text points at.
func (e *Engine) count(s *Session, sig *Signal, topic uint16) {
	if topic == pack.NoTopic && sig.Item != pack.NoItem {
		topic = e.traits[sig.Item].topic
	}
	s.lastMs = max(s.lastMs, sig.AtMs)
	switch sig.Kind {
	case Shown:
		if topic != pack.NoTopic {
			s.showed(topic)
		}
		return
	case Dismissed:
		note := uint64(sig.Item)
		if sig.Item == pack.NoItem {
			note = dismissedTopic | uint64(topic)
		}
		s.setNote(dismissed, note)
		return
	case Preference:
		s.dropNote(preferred, uint64(topic)) // declared again, it is the newest
		if sig.Value > 0 {
			s.setNote(preferred, uint64(topic)|uint64(sig.Value)<<16|uint64(s.pages)<<wishPage)
		}
		return
	case View:
		s.pages++
		s.muted = false
	case Chosen:
		s.dropNote(fatigued, uint64(topic))
	}
	if s.count == maxEvents {
		copy(s.events[:], s.events[1:])
		s.count--
	}
	s.count++
	*s.event(0) = event{atMs: s.lastMs, page: s.pages, item: sig.Item, topic: topic, kind: sig.Kind}
}

// topicOfText returns the topic that the first telling word of text points at, or NoTopic.
func (e *Engine) topicOfText(text []byte) uint16 {
	for {
		var word []byte
		if word, text = pack.NextWord(text); len(word) == 0 {
			return pack.NoTopic
		}
		if topic, ok := e.pack.Term(pack.TermHash(word)); ok {
			return topic
		}
	}
}
