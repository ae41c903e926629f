package core

import "github.com/nabij/nabij/core/pack"

// Mode is what someone is probably doing.
//
// These constants are part of the ABI and should not be changed.
type Mode uint8

const (
	Exploring   Mode = 0 // looking around
	Comparing   Mode = 1 // several things of one topic
	Deciding    Mode = 2 // one thing, closely
	NeedingHelp Mode = 3 // something does not work out, or a question
	Leaving     Mode = 4 // bought, or on the way out

	// ModeCount is the number of modes.
	ModeCount = pack.ModeCount
)

var modeNames = [ModeCount]string{"exploring", "comparing", "deciding", "needing-help", "leaving"}

// String returns the mode's name, or "unknown".
func (m Mode) String() string {
	if m < ModeCount {
		return modeNames[m]
	}
	return "unknown"
}

// MaxIntentTopics is how many topics an intent names at most.
const MaxIntentTopics = 4

// Intent is what the visit is probably about. It is inferred from settled signals alone.
type Intent struct {
	Mode Mode
	// Confidence is how sure the mode is, in percent of certainty: with nothing to go on it is 0.
	Confidence uint8
	// Evidence is what speaks for each mode, in percent of all.
	Evidence [ModeCount]uint8
	// TopicCount is how many of Topics count, the likeliest first.
	TopicCount uint8
	Topics     [MaxIntentTopics]TopicConfidence
}

// TopicConfidence is a topic and how much of the visit is about it, in percent.
type TopicConfidence struct {
	Topic      uint16
	Confidence uint8
}

// points are what something says for a mode. The mode with the most points is the intent's.
type points struct {
	mode Mode
	n    uint8
}

// What a signal says, and what a view of an item says by its kind.
var (
	signalSays = [SignalCount]points{Filter: {Comparing, 1}, BasketAdd: {Deciding, 5}, BasketRemove: {NeedingHelp, 2}, Purchase: {Leaving, 6}}
	kindSays   = [pack.KindCount]points{pack.KindComparison: {Comparing, 4}, pack.KindReview: {Deciding, 3},
		pack.KindHelp: {NeedingHelp, 5}, pack.KindGuide: {NeedingHelp, 1}, pack.KindArticle: {Exploring, 1}}
)

const (
	pointsExploring = 2 // to begin with
	pointsNewTopic  = 2 // exploring: for each topic beyond the first, up to four
	pointsAlike     = 3 // comparing: for each product of one topic beyond the first, up to four
	pointsRevisit   = 3 // deciding: a product was opened again
	pointsStudied   = 2 // deciding: a product was looked at for long
	pointsToTheEnd  = 1 // deciding: a product's page was read to the end
	pointsBounced   = 2 // leaving: a page was left at once

	// sureEvents is how many settled signals it takes to be as sure as they allow: a click is no need.
	sureEvents = 3
	// endPercent is the depth at which a page was read to the end.
	endPercent = 75
)

// maxTopicsWeighed bounds the topics of one visit's intent.
const maxTopicsWeighed = 16

// tally is what an intent is inferred from.
type tally struct {
	points [ModeCount]uint32
	topics [maxTopicsWeighed]topicTally
	n      int
	events uint32
}

type topicTally struct {
	topic  uint16
	items  uint8 // distinct ones viewed
	weight uint32
	// explained says that what explains the topic, or one above it, was viewed.
	explained bool
}

// explaining are the kinds that explain a product.
const explaining = pack.Kinds(1<<pack.KindGuide | 1<<pack.KindReview | 1<<pack.KindComparison)

// Intent infers what the visit is about at the given time. The intent is the engine's, valid until its next call.
func (e *Engine) Intent(s *Session, nowMs uint64) (*Intent, *Error) {
	if nowMs > MaxTimeMs {
		return nil, errRequestTime
	}
	e.inferIntent(s, max(nowMs, s.lastMs))
	return &e.ask.intent, nil
}

func (e *Engine) inferIntent(s *Session, nowMs uint64) {
	t := &e.tally
	t.points, t.n, t.events = [ModeCount]uint32{Exploring: pointsExploring}, 0, 0
	left, next := uint32(256), uint32(256) // of a topic's weight, by how many views are newer
	for k := range s.count {
		v := s.event(k)
		if !e.settled(s, v, nowMs) {
			continue
		}
		left = next
		if v.kind == View {
			next = left * (uint32(e.policy().Intent.TopicRecency) + 1) >> 8
		}
		weight := e.decay(v, nowMs) * actWeight(v) * left >> 8
		if weight == 0 {
			continue
		}
		t.events++
		viewed, bought, more := e.since(s, v, k, nowMs)
		product := v.kind == View && v.item != pack.NoItem && e.pack.Kind(v.item) == pack.KindProduct
		e.tallyMode(v, product, viewed, more)
		if v.kind != Purchase && !bought {
			e.tallyTopic(v, weight, product && !viewed)
		}
	}
	e.conclude(&e.ask.intent)
}

// since looks among the visit's k newest events for a settled view of the item of v, for a purchase in its topic, which ends the topic, and
// for a settled view of any item.
func (e *Engine) since(s *Session, v *event, k uint8, nowMs uint64) (viewed, bought, more bool) {
	for n := range k {
		newer := s.event(n)
		if newer.kind == View && newer.item != pack.NoItem && e.settled(s, newer, nowMs) {
			viewed, more = viewed || newer.item == v.item, true
		}
		bought = bought || newer.kind == Purchase && newer.topic == v.topic
	}
	return viewed, bought, more
}

// tallyMode counts what an event says of the mode; viewed says that it is of an item opened again since, more that any item was: whoever
// bought something and looks on is not leaving.
func (e *Engine) tallyMode(v *event, product, viewed, more bool) {
	p := &e.tally.points
	says := signalSays[v.kind]
	if v.kind == View && v.item != pack.NoItem {
		says = kindSays[e.pack.Kind(v.item)]
	}
	if says.mode != Leaving || !more {
		p[says.mode] += uint32(says.n)
	}
	if v.kind == View && v.engagedMs > 0 && v.engagedMs < bounceMs {
		p[Leaving] += pointsBounced
	}
	if !product {
		return
	}
	if viewed {
		p[Deciding] += pointsRevisit
	}
	if v.engagedMs >= readMs {
		p[Deciding] += pointsStudied
	}
	if v.depth >= endPercent {
		p[Deciding] += pointsToTheEnd
	}
}

// tallyTopic counts what an event says of its topic; distinct says that it is of a product not counted yet.
func (e *Engine) tallyTopic(v *event, weight uint32, distinct bool) {
	if v.topic == pack.NoTopic {
		return
	}
	t := &e.tally
	i := 0
	for i < t.n && t.topics[i].topic != v.topic {
		i++
	}
	if i == len(t.topics) {
		return
	}
	if i == t.n {
		t.topics[i] = topicTally{topic: v.topic}
		t.n++
	}
	x := &t.topics[i]
	x.weight += weight
	if distinct {
		x.items++
	}
	x.explained = x.explained || v.kind == View && v.item != pack.NoItem && explaining.Has(e.pack.Kind(v.item))
}

// unexplained reports whether a product of the topic, or of one below it, was viewed, and nothing that explains it: explanation comes
// before more products.
func (e *Engine) unexplained(topic uint16) bool {
	t := &e.tally
	for i := range t.n {
		x := &t.topics[i]
		if x.items == 0 || !e.under(x.topic, topic) {
			continue
		}
		explained := false
		for k := range t.n {
			explained = explained || t.topics[k].explained && e.under(x.topic, t.topics[k].topic)
		}
		if !explained {
			return true
		}
	}
	return false
}

// conclude turns the tally into an intent.
func (e *Engine) conclude(in *Intent) {
	*in = Intent{}
	t := &e.tally
	if t.events == 0 {
		return
	}
	sure := min(t.events, sureEvents)
	total := uint32(0)
	for _, x := range t.topics[:t.n] {
		total += x.weight
		if x.items > 1 {
			t.points[Comparing] += pointsAlike * min(uint32(x.items)-1, 4)
		}
	}
	t.points[Exploring] += pointsNewTopic * uint32(min(max(t.n-1, 0), 4))

	points := uint32(0)
	for m, p := range t.points {
		points += p
		if p > t.points[in.Mode] {
			in.Mode = Mode(m)
		}
	}
	for m, p := range t.points {
		in.Evidence[m] = uint8(100 * p / points)
	}
	in.Confidence = uint8(100 * t.points[in.Mode] * sure / (points * sureEvents))

	best := &e.hopBest
	best.reset(MaxIntentTopics)
	for _, x := range t.topics[:t.n] {
		best.offer(uint32(x.topic), uint64(x.weight))
	}
	in.TopicCount = uint8(best.n)
	for k, b := range best.ranked() {
		in.Topics[k] = TopicConfidence{uint16(b.item), uint8(b.score * 100 * uint64(sure) / (uint64(total) * sureEvents))}
	}
}
