package core

import "github.com/nabij/nabij/core/pack"

// maxTopicSources is how many topics that were searched, filtered or opened count, the newest first.
const maxTopicSources = 4

// visit is what a session says at a given moment: settled, aged, and weighed.
type visit struct {
	items [maxSources]source // the page's own item first
	n     int
	// topics were searched for, filtered or opened.
	topics [maxTopicSources]topicWeight
	nt     int
	// fate of the items that the visit has met, whether settled or not.
	met  [maxEvents + 1]met
	nmet int
}

type topicWeight struct {
	topic  uint16
	weight uint32
}

// met is an item of the visit, and what became of it.
type met struct {
	item uint32
	lag  uint8 // views since it was viewed last
	is   uint8 // set of the constants below
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
// done with it.
func (e *Engine) recall(s *Session, nowMs uint64) {
	v := &e.visit
	v.n, v.nt, v.nmet = 0, 0, 0
	lag := 0
	if here := e.ask.item; here != pack.NoItem {
		v.items[0] = source{here, uint32(e.policy.Recency[0]) * weightView}
		v.n = 1
		if newest := s.newestView(pack.NoItem); newest == nil || newest.item != here {
			lag = 1
		}
	}
	for k := range s.count {
		ev := s.event(k)
		if ev.item != pack.NoItem {
			e.meet(ev, lag)
		}
		if e.settled(s, ev, nowMs) {
			e.weigh(ev, lag, nowMs)
		}
		if ev.kind == View && ev.item != pack.NoItem {
			lag++
		}
	}
}

// weigh adds a settled event.
func (e *Engine) weigh(ev *event, lag int, nowMs uint64) {
	v := &e.visit
	if lag >= len(e.policy.Recency) {
		return
	}
	recency := uint32(e.policy.Recency[lag]) * e.decay(ev, nowMs) >> 8
	weight := recency * actWeight(ev)
	if weight == 0 {
		return
	}
	if ev.item == pack.NoItem {
		if ev.topic != pack.NoTopic && v.nt < len(v.topics) {
			v.topics[v.nt] = topicWeight{ev.topic, weight}
			v.nt++
		}
		return
	}
	for k := range v.n {
		if v.items[k].item == ev.item {
			v.items[k].weight = max(v.items[k].weight, weight)
			return
		}
	}
	if v.n < len(v.items) {
		v.items[v.n] = source{ev.item, weight}
		v.n++
	}
}

// meet notes what became of an item; events come newest first, so the first word on the basket is the last.
func (e *Engine) meet(ev *event, lag int) {
	v := &e.visit
	k := 0
	for k < v.nmet && v.met[k].item != ev.item {
		k++
	}
	if k == v.nmet {
		v.met[k] = met{item: ev.item, lag: 255}
		v.nmet++
	}
	m := &v.met[k]
	switch ev.kind {
	case View:
		m.is |= isViewed
		m.lag = min(m.lag, uint8(min(lag, 255)))
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
