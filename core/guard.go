package core

import "github.com/nabij/nabij/core/pack"

// suits reports what of the guard depends on the item, the slot and the page's language alone, and so holds for every
// visitor: nothing sensitive, but on a page of a sensitive topic what is of that alone; nothing sold out, only kinds that the slot allows, in
// the page's language.
func (e *Engine) suits(item uint32, kinds pack.Kinds, language uint8) bool {
	t := e.traits[item]
	if e.ask.sensitive && e.ask.topic != pack.NoTopic {
		if !e.under(t.topic, e.ask.topic) {
			return false
		}
		if e.pack.Availability(item) != pack.OutOfStock {
			t.kind = e.pack.Kind(item)
		}
	}
	return kinds.Has(t.kind) && (language == 0 || t.language == 0 || t.language == language)
}

// layerFor returns the layer that works: what the request and the site allow; and at layer 2, 1 as long as the visit is
// young, as an unknown site does not know its visitor.
func (e *Engine) layerFor(s *Session) uint8 {
	if e.ask.layer == 2 && (s.pages <= uint32(e.policy().FirstPages) || e.policy().Faces == 1) {
		return 1
	}
	return e.ask.layer
}

// settled reports whether a signal has rested long enough to count: the policy's time, and until the next page.
func (e *Engine) settled(s *Session, v *event, nowMs uint64) bool {
	return v.page < s.pages && nowMs >= v.atMs && nowMs-v.atMs >= uint64(e.policy().SettleMs)
}

// decay returns what is left of a signal, in 256ths: half after each half-life.
func (e *Engine) decay(v *event, nowMs uint64) uint32 {
	half := uint64(e.policy().HalfLifeMs)
	if half == 0 || nowMs <= v.atMs {
		return 256
	}
	age := nowMs - v.atMs
	halves := age / half
	if halves >= 9 {
		return 0
	}
	return pack.Exp2(uint8(128-(age-halves*half)*32/half)) >> halves
}

// fatigueStep is how many more pages in vain halve a topic that has backed off.
const fatigueStep = 3

// rested returns what fatigue leaves of a topic's items, in 256ths: all up to the policy's number of pages on which it
// was shown and not chosen, then less with each.
func (e *Engine) rested(s *Session, topic uint16) uint32 {
	note := s.note(fatigued, uint64(topic))
	if note == nil || e.policy().FatigueShown == 0 {
		return 256
	}
	over := int32(*note>>16&0xff) - int32(e.policy().FatigueShown)
	return 256 * fatigueStep / (fatigueStep + uint32(max(over+1, 0)))
}

// bitsOf is log2 of the number of lists, rounded up to a 256th of a bit: the most that showing one of them can tell.
var bitsOf = [maxFaces + 1]uint16{0, 0, 256, 406, 512, 595, 662, 719, 768}

// bitsLeft returns what is left of the visit's budget, in 256ths.
func (e *Engine) bitsLeft(s *Session) uint16 {
	return 256*uint16(e.policy().Bits) - min(s.bitsSpent, 256*uint16(e.policy().Bits))
}

// charge pays for showing one of n lists for a page of the visit, once; it reports whether the budget allows it.
func (e *Engine) charge(s *Session, n int) bool {
	cost := bitsOf[n]
	if cost > e.bitsLeft(s) || s.notes[picked].n == maxNotes {
		return false
	}
	s.bitsSpent += cost
	return true
}

// under reports whether a topic is the ancestor, or below it.
func (e *Engine) under(topic, ancestor uint16) bool {
	for topic != pack.NoTopic {
		if topic == ancestor {
			return true
		}
		topic = e.pack.TopicParent(topic)
	}
	return false
}

// diversify takes size items from the pool, the best first, into list, so that they touch the wanted number of topics
// where the slot's suitable items do. It returns how many it took.
func (e *Engine) diversify(pool []scored, list []uint32) int {
	want := 1
	// Who asks for something is not shown something else for variety.
	if e.pack.Topics() > 0 && (e.ask.visit == nil || e.ask.visit.notes[preferred].n == 0) {
		want = min(int(e.ask.slot.MinTopics), len(list), spreadTopics)
	}
	n, distinct := 0, 0
	// The best first, as long as there stays room for the topics still wanted; then other topics from what is popular; at
	// last whoever is left.
	for k := range 2*len(pool) + len(e.ask.popular) {
		item, free := uint32(0), true
		switch {
		case k < len(pool):
			item, free = pool[k].item, len(list)-n > want-distinct
		case k < len(pool)+len(e.ask.popular):
			if item, free = e.ask.popular[k-len(pool)], false; distinct >= want || e.barred(item) {
				continue
			}
		default:
			item = pool[k-len(pool)-len(e.ask.popular)].item
		}
		fresh := e.freshTopic(list[:n], item)
		if n == len(list) || !fresh && !free || contains(list[:n], item) {
			continue
		}
		list[n] = item
		n++
		if fresh {
			distinct++
		}
	}
	return n
}

// freshTopic reports whether no item of the list has the item's first topic.
func (e *Engine) freshTopic(list []uint32, item uint32) bool {
	topic := e.traits[item].topic
	for _, i := range list {
		if e.traits[i].topic == topic {
			return false
		}
	}
	return true
}

func contains(list []uint32, item uint32) bool {
	for _, i := range list {
		if i == item {
			return true
		}
	}
	return false
}
