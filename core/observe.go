package core

import (
	"unicode/utf8"

	"github.com/nabij/nabij/core/pack"
)

// What Observe refuses.
var (
	errSignalKind   = &Error{BadRequest, "signal.kind", "not a known kind, 1 to 12"}
	errSignalTime   = &Error{BadRequest, "signal.at_ms", "more than 2^53-1"}
	errSignalItem   = &Error{BadRequest, "signal.item", "not an item of the pack"}
	errSignalTopic  = &Error{BadRequest, "signal.topic", "not a topic of the pack"}
	errSignalNoItem = &Error{BadRequest, "signal.item", "missing: this kind is about an item"}
	errSignalAbout  = &Error{BadRequest, "signal.item", "missing, and no topic either"}
	errSignalWords  = &Error{BadRequest, "signal.text", "missing, and no topic either"}
	errSignalPrefer = &Error{BadRequest, "signal.topic", "missing: this kind is about a topic"}
	errSignalValue  = &Error{BadRequest, "signal.value", "not 0 to 100 percent, or more milliseconds than a day"}
	errSignalText   = &Error{BadRequest, "signal.text", "not UTF-8, over 256 bytes, or of a kind without text"}
)

const dayMs = 24 * 60 * 60 * 1000

// Check returns what is wrong with a signal, or nil.
func (e *Engine) Check(sig *Signal) *Error {
	none, noTopic, text := sig.Item == pack.NoItem, sig.Topic == pack.NoTopic, len(sig.Text) > 0
	switch {
	case sig.Kind < View || sig.Kind >= SignalCount:
		return errSignalKind
	case sig.AtMs > MaxTimeMs:
		return errSignalTime
	case !none && sig.Item >= e.pack.Items():
		return errSignalItem
	case !noTopic && sig.Topic >= e.pack.Topics():
		return errSignalTopic
	case text && (sig.Kind != Search && sig.Kind != Filter || len(sig.Text) > MaxText || !utf8.Valid(sig.Text)):
		return errSignalText
	}
	limit := uint32(0)
	switch sig.Kind {
	case Engaged:
		limit = dayMs
	case Scroll, Preference:
		limit = 100
	}
	if sig.Value > limit {
		return errSignalValue
	}
	switch sig.Kind {
	case Search, Filter:
		if noTopic && !text {
			return errSignalWords
		}
	case BasketAdd, BasketRemove, Purchase, Shown, Chosen:
		if none {
			return errSignalNoItem
		}
	case Dismissed:
		if none && noTopic {
			return errSignalAbout
		}
	case Preference:
		if noTopic {
			return errSignalPrefer
		}
	}
	return nil
}

// Observe adds a signal to the visit, or says why it did not. A refused signal leaves the visit as it was. The error is
// an *Error.
func (e *Engine) Observe(s *Session, sig Signal) (Outcome, error) {
	if err := e.Check(&sig); err != nil {
		return Counted, err
	}
	if e.pack.Policy().Signals>>sig.Kind&1 == 0 {
		return Undeclared, nil
	}
	if len(sig.Text) > 0 && sig.Topic == pack.NoTopic {
		sig.Topic = e.topicOfText(sig.Text)
		if sig.Topic == pack.NoTopic {
			return Meaningless, nil
		}
	}
	if e.isSensitive(&sig) {
		// All that is kept is that the newest page is none: or what happens on it would count for the one before.
		s.muted = s.muted || sig.Kind == View
		return Sensitive, nil
	}
	if s.muted && (sig.Kind == Engaged || sig.Kind == Scroll) && sig.Item == pack.NoItem {
		return Sensitive, nil
	}
	return e.count(s, &sig), nil
}

// isSensitive reports whether a signal is about an intimate item or topic.
func (e *Engine) isSensitive(sig *Signal) bool {
	return sig.Item != pack.NoItem && e.pack.Sensitive(sig.Item) ||
		sig.Topic != pack.NoTopic && e.pack.TopicSensitive(sig.Topic)
}

// count makes a sound signal part of the visit.
func (e *Engine) count(s *Session, sig *Signal) Outcome {
	topic := sig.Topic
	if topic == pack.NoTopic && sig.Item != pack.NoItem {
		topic = e.traits[sig.Item].topic
	}
	if sig.Kind == Engaged || sig.Kind == Scroll {
		v := s.newestView(sig.Item)
		if v == nil {
			return Meaningless
		}
		if sig.Kind == Engaged {
			v.engagedMs = min(v.engagedMs+sig.Value, dayMs)
		} else {
			v.depth = max(v.depth, uint8(sig.Value))
		}
		s.lastMs = max(s.lastMs, sig.AtMs)
		return Counted
	}
	s.lastMs = max(s.lastMs, sig.AtMs)
	switch sig.Kind {
	case Shown:
		if topic != pack.NoTopic {
			s.showed(topic)
		}
		return Counted
	case Dismissed:
		if sig.Item != pack.NoItem {
			s.dismiss(sig.Item)
		} else {
			s.dismiss(dismissedTopic | uint32(topic))
		}
		return Counted
	case Preference:
		s.prefer(topic, uint8(sig.Value))
		return Counted
	case View:
		s.pages++
		s.muted = false
	case Chosen:
		if topic != pack.NoTopic {
			s.chose(topic)
		}
	}
	s.add(event{atMs: s.lastMs, page: s.pages, item: sig.Item, topic: topic, kind: sig.Kind})
	return Counted
}

// dismissedTopic marks a topic in Session.dismissed; item ids stay below it.
const dismissedTopic = 1 << 31

// topicOfText returns the topic that most words of text point at, the one named first among equals, or NoTopic.
func (e *Engine) topicOfText(text []byte) uint16 {
	var found [8]uint16
	var votes [8]uint8
	n, best := 0, 0
	for {
		var word []byte
		if word, text = pack.NextWord(text); len(word) == 0 {
			break
		}
		t, ok := e.pack.Term(pack.TermHash(word))
		if !ok {
			continue
		}
		k := 0
		for k < n && found[k] != t {
			k++
		}
		if k == len(found) {
			continue
		}
		if k == n {
			found[n] = t
			n++
		}
		votes[k]++
	}
	if n == 0 {
		return pack.NoTopic
	}
	for k := range n {
		if votes[k] > votes[best] {
			best = k
		}
	}
	return found[best]
}
