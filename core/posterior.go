package core

// Marks of items in a posterior.
const (
	markViewed = 1 << iota // the prior stands in
	markBarred             // dismissed, bought, or in the basket: worth nothing
)

// makePosterior fills e.posterior with what the visit makes likely: the rows of its items, weighed, with their second
// hop; where they are thin, the page's topic; then the topics that were searched for. e.visit is recalled for it. The
// session's mode and fatigue are applied by want, what was declared by raised.
func (e *Engine) makePosterior(s *Session, nowMs uint64) {
	e.recall(s, nowMs)
	v, m := &e.visit, &e.posterior
	n := 0
	for _, i := range v.items[:v.n] {
		if i.weight > 0 && n < maxSources {
			e.sources[n] = i.source
			n++
		}
	}
	e.gather(m, e.sources[:n])
	e.settle(m, e.ask.topic)
	added := uint64(0)
	for _, t := range v.topics[:v.nt] {
		// As much as all rows together when it is as fresh and telling as the page.
		added += e.add(uint16(t.item), one*uint64(t.weight)/(255*weightSearch))
	}
	if added > 0 {
		rest := newScale(one+added, one)
		for k := range m.all() {
			m.parts[k].near = rest.of(m.parts[k].near)
		}
	}
	e.mark(s)
	e.inferIntent(s, nowMs)
}

func (e *Engine) add(topic uint16, total uint64) uint64 {
	return e.spreadTopic(&e.posterior, topic, min(total, one))
}

// mark notes the items that the visit has met or dismissed, so that reading the posterior is one look.
func (e *Engine) mark(s *Session) {
	m := &e.posterior
	for _, i := range e.visit.items[:e.visit.n] {
		p := m.place(i.item)
		p.lag = i.lag
		if i.is&isViewed != 0 {
			p.marks |= markViewed
		}
		if i.is&isBought != 0 || i.is&inBasket != 0 && !e.ask.slot.Repeats || e.unwanted(s, i.item) {
			p.marks |= markBarred
		}
	}
	for _, d := range s.notes[dismissed].all() {
		if d < dismissedTopic {
			m.place(uint32(d)).marks |= markBarred
		}
	}
}

// unwanted reports whether the item's topic was dismissed.
func (e *Engine) unwanted(s *Session, item uint32) bool {
	for _, d := range s.notes[dismissed].all() {
		if d >= dismissedTopic && e.under(e.traits[item].topic, uint16(d)) {
			return true
		}
	}
	return false
}

// maxWish is by how much mode and need for explanation together raise an item at most.
const maxWish = 3

// want returns how much the visit wants an item, in 2^30ths: the posterior, shifted by mode, need for explanation and fatigue. A
// viewed item is worth what the prior says, but where repeats are welcome: it is neither pushed nor hidden for it. k is its
// place in the posterior, or -1.
func (e *Engine) want(s *Session, k int, item uint32) uint64 {
	near := uint64(0)
	if k >= 0 {
		part := &e.posterior.parts[k]
		if part.marks&markBarred != 0 {
			return 0
		}
		if part.marks&markViewed != 0 && !e.ask.slot.Repeats {
			return e.probability(&e.prior, item)
		}
		near = part.near
	}
	if e.unwanted(s, item) {
		return 0
	}
	p := e.mix(near, item)
	topic := e.traits[item].topic
	if c := int32(e.ask.intent.Confidence); c > 0 {
		kind := e.pack.Kind(item)
		shift := int32(e.policy().Intent.KindMix[e.ask.intent.Mode][kind]) - 16
		p = p * uint64(1600+shift*c) / 1600
		if explaining.Has(kind) && e.unexplained(topic) {
			p = p * uint64(200+c) / 200
		}
	}
	p = p * uint64(e.rested(s, topic)) >> 8
	if k < 0 {
		p |= 1 // it may be wished for, though nobody has ever wanted it
	}
	return p
}

// repeat returns what a viewed item is worth in a slot that welcomes repeats, beyond want.
func (e *Engine) repeat(k int) uint64 {
	if k < 0 {
		return 0
	}
	p := &e.posterior.parts[k]
	if p.marks != markViewed || int(p.lag) >= len(e.policy().RepeatRecency) {
		return 0
	}
	return one * uint64(e.policy().RepeatPermille) / 1000 * uint64(e.policy().RepeatRecency[p.lag]) / 255
}
