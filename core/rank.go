package core

import "github.com/nabij/nabij/core/pack"

const (
	maxSources = 20 // items of a visit that count, newest first
	hopWidth   = 20 // items of the first hop from which the second starts
	// trusted is how many neighbours make rows trusted fully; with fewer, the topic stands in for what is missing.
	trusted = 8
)

// source is an item of the visit and the weight of its row.
type source struct {
	item   uint32
	weight uint32
}

// gather fills m with the measure of the sources: the rows of its items times their weights, and one hop further
// from the best of what they reach. Both hops are normalised before they are added, the second times the policy's gain.
//
// That is the mean of the sources' rows, as in SLIST (Choi et al., WWW 2021, section 3), then one step of a random walk
// from it.
func (e *Engine) gather(m *mass, sources []source) {
	m.clear()
	near, far := uint64(0), uint64(0)
	for _, s := range sources {
		near += m.add(e.read(e.pack.Row(s.item)), uint64(s.weight), true)
		m.rows += e.row.n
	}
	if near == 0 {
		return
	}
	gain := uint64(e.policy().HopPermille)
	if gain > 0 {
		far = e.hop(m)
	}
	a, b := newScale(near, one), scale{}
	if far > 0 {
		a = newScale(near, one*1000/(1000+gain))
		b = newScale(far, one*gain/(1000+gain))
	}
	for k := range m.all() {
		p := &m.parts[k]
		p.near = a.of(p.near) + b.of(p.far)
	}
}

// hop adds the rows of the first hop's best items, weighted by their share of it, and returns the sum.
func (e *Engine) hop(m *mass) uint64 {
	best := &e.hopBest
	best.reset(hopWidth)
	for k := range m.all() {
		best.offer(m.parts[k].item, m.parts[k].near)
	}
	total := uint64(0)
	for _, b := range best.ranked() {
		total += b.score
	}
	s := newScale(total, 1<<16)
	far := uint64(0)
	for _, b := range best.ranked() {
		if w := s.of(b.score); w > 0 {
			far += m.add(e.read(e.pack.Row(b.item)), w, false)
		}
	}
	return far
}

// settle makes the gathered measure a distribution: where the rows of its sources are thin, the topic's row stands in.
// topic may be NoTopic.
func (e *Engine) settle(m *mass, topic uint16) {
	if m.rows >= trusted || topic == pack.NoTopic {
		return
	}
	known := uint64(m.rows)
	for k := range m.all() {
		m.parts[k].near = m.parts[k].near * known / trusted
	}
	e.spreadTopic(m, topic, one*(trusted-known)/trusted)
}

// spreadTopic adds mass by the row of the topic, or of the nearest ancestor that has one, and returns how much.
func (e *Engine) spreadTopic(m *mass, topic uint16, total uint64) uint64 {
	for topic != pack.NoTopic && !e.pack.TopicSensitive(topic) {
		if row := e.pack.TopicRow(topic); !row.Empty() {
			m.spread(e.read(row), total)
			return total
		}
		topic = e.pack.TopicParent(topic)
	}
	return 0
}

// makePrior fills e.prior with what a page alone makes likely: the row of its item with its second hop, thin rows backed
// off to the topic. The context's popularity is added by probability.
func (e *Engine) makePrior() {
	n := 0
	if e.ask.item != pack.NoItem {
		e.sources[0] = source{e.ask.item, uint32(e.policy().Recency[0])}
		n = 1
	}
	e.gather(&e.prior, e.sources[:n])
	e.settle(&e.prior, e.ask.topic)
}

// probability mixes what a measure says of an item with the floor of popularity, in 2^30ths. mass is the item's.
func (e *Engine) probability(m *mass, item uint32) uint64 {
	if k := m.at(item); k >= 0 {
		return e.mix(m.parts[k].near, item)
	}
	return e.mix(0, item)
}

func (e *Engine) mix(near uint64, item uint32) uint64 {
	return near*e.keep>>20 + e.floor.of(e.popularity(item))
}

// rank offers the pool the items of a public list: those of the measure, and the popular ones beside it, that suit the
// slot, without the page's own.
func (e *Engine) rank(m *mass, pool *top, without uint32) {
	a := &e.ask
	for k := range m.all() {
		p := &m.parts[k]
		// Whatever its popularity, the item cannot reach the pool.
		if p.near*e.keep>>20+e.floorMax < pool.least {
			continue
		}
		if p.item != a.item && p.item != without && e.suits(p.item, a.slot.Kinds, a.language) {
			pool.offer(p.item, e.mix(p.near, p.item))
		}
	}
	for _, item := range a.popular {
		if item != a.item && item != without && m.at(item) < 0 {
			pool.offer(item, e.mix(0, item))
		}
	}
}

// popularity returns the item's popularity in the context at hand.
func (e *Engine) popularity(item uint32) uint64 {
	t := &e.traits[item]
	return uint64(t.popularity) * uint64(e.multiplier(t.topic))
}
