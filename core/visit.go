package core

import "github.com/nabij/nabij/core/pack"

// maxTopicSources is how many topics that were searched, filtered or opened count, the newest first.
const maxTopicSources = 4

// visit is what a session says at a given moment.
type visit struct {
	// items are those that the visit has met, the page's own first, then the newest.
	items [maxEvents + 1]met
	n     int
	// topics were searched for, filtered or opened; they have settled.
	topics [maxTopicSources]source
	nt     int
	// ended are topics in which something was bought since.
	ended [maxTopicSources]uint16
	ne    int
}

// met is an item of the visit: what its settled signals weigh, and what became of it, settled or not.
type met struct {
	source
	lag uint8 // views since it was viewed last
	is  uint8 // set of the constants below
}

const (
	isViewed = 1 << iota
	isBought
	inBasket
	outOfBasket
)

// Weights of what was done with an item, in 16ths of a view.
const (
	weightBounce = 8  // left within bounceMs
	weightView   = 16 // viewed
	weightLook   = 20 // engaged for lookMs
	weightRead   = 24 // engaged for readMs, or followed a suggestion
	weightStudy  = 28 // engaged for studyMs
	weightBasket = 32 // put in the basket
	weightSearch = 24 // a topic searched for or filtered

	bounceMs = 3_000
	lookMs   = 10_000
	readMs   = 30_000
	studyMs  = 60_000
)

// actWeight returns how much what was done says, in 16ths.
func actWeight(v *event) uint32 {
	switch v.kind {
	case BasketAdd:
		return weightBasket
	case BasketRemove:
		return weightBounce
	case Chosen:
		return weightRead
	case Search, Filter:
		return weightSearch
	case View:
		switch {
		case v.engagedMs >= studyMs:
			return weightStudy
		case v.engagedMs >= readMs:
			return weightRead
		case v.engagedMs >= lookMs:
			return weightLook
		case v.engagedMs > 0 && v.engagedMs < bounceMs:
			return weightBounce
		}
	}
	return weightView
}

// recall fills e.visit from the session. Each distinct item counts once, by its newest view and the most telling thing
// done with it. A view that has not settled is as good as one of nothing, but that its item is not pushed either, as no viewed one
// is; what was bought or put in the basket is no longer suggested at once, as that was the visitor's own act.
func (e *Engine) recall(s *Session, nowMs uint64) {
	v := &e.visit
	v.n, v.nt, v.ne = 0, 0, 0
	lag := 0
	if here := e.ask.item; here != pack.NoItem {
		v.meet(here).weight = uint32(e.policy().Recency[0]) * weightView
		lag = 1 // the page's own view has not settled
	}
	for k := range s.count {
		ev := s.event(k)
		weight := uint32(0)
		if ev.kind == Purchase && ev.topic != pack.NoTopic && v.ne < len(v.ended) {
			v.ended[v.ne] = ev.topic
			v.ne++
		}
		settled := e.settled(s, ev, nowMs)
		if lag < len(e.policy().Recency) && settled && !v.over(ev.topic) {
			weight = uint32(e.policy().Recency[lag]) * e.decay(ev, nowMs) >> 8 * actWeight(ev)
		}
		if ev.item != pack.NoItem {
			if !settled && (ev.kind < BasketAdd || ev.kind > Purchase) && (ev.kind != View || e.ask.slot.Repeats) {
				continue
			}
			m := v.meet(ev.item)
			m.weight = max(m.weight, weight)
			m.became(ev.kind, lag)
			if ev.kind == View && settled {
				lag++
			}
		} else if weight > 0 && ev.topic != pack.NoTopic && v.nt < len(v.topics) {
			v.topics[v.nt] = source{uint32(ev.topic), weight}
			v.nt++
		}
	}
}

// over reports whether a purchase has ended a topic: what was done about it before says no more what is wanted.
func (v *visit) over(topic uint16) bool {
	for _, t := range v.ended[:v.ne] {
		if t == topic {
			return true
		}
	}
	return false
}

// meet returns what is known of an item, made if need be.
func (v *visit) meet(item uint32) *met {
	for k := range v.items[:v.n] {
		if v.items[k].item == item {
			return &v.items[k]
		}
	}
	m := &v.items[v.n]
	v.n++
	*m = met{source: source{item: item}}
	return m
}

// became notes what an event made of an item; events come newest first, so the first word on the basket is the last.
func (m *met) became(kind SignalKind, lag int) {
	switch kind {
	case View:
		if m.is&isViewed == 0 {
			m.lag = uint8(lag)
		}
		m.is |= isViewed
	case Purchase:
		m.is |= isBought
	case BasketAdd:
		if m.is&outOfBasket == 0 {
			m.is |= inBasket
		}
	case BasketRemove:
		if m.is&inBasket == 0 {
			m.is |= outOfBasket
		}
	}
}
