package core

import "github.com/nabij/nabij/core/pack"

// What a request's context can have wrong.
var errContext = &Error{BadRequest, "request.context", "a class of another dimension, or no language of the pack"}

func (c Context) check(languages uint8) *Error {
	for k, class := range c.all() {
		if class != 0 && (class < dimensions[k][1] || class > dimensions[k][2]) {
			return errContext
		}
	}
	if c.Language > languages {
		return errContext
	}
	return nil
}

// classes packs the context's classes into 14 bits.
func (c Context) classes() uint32 {
	n := uint32(0)
	for k, class := range c.all() {
		width, first := dimensions[k][0], dimensions[k][1]
		n <<= width
		if class != 0 {
			n |= uint32(class-first) + 1
		}
	}
	return n
}

func (c Context) all() [5]pack.Class {
	return [5]pack.Class{c.Daypart, c.Day, c.Device, c.Region, c.Referrer}
}

// dimensions are, for each of a context's classes, how many bits it takes, and its first and last value.
var dimensions = [5][3]pack.Class{{3, pack.Night, pack.Evening}, {2, pack.Weekday, pack.Weekend}, {2, pack.Phone, pack.Desktop},
	{4, pack.Region1, pack.Region8}, {3, pack.ReferrerNone, pack.ReferrerOther}}

// Multipliers are in 256ths; of all classes together they stay within these.
const (
	multiplierOne = 256
	multiplierMin = 16
	multiplierMax = 4096
)

// moment is the context at hand: what popularity is worth by topic.
type moment struct {
	classes uint32
	known   bool
	// multipliers by topic, in 256ths; empty when no prior of the pack speaks of these classes.
	multipliers []uint32
	any         bool
	total       uint64 // of popularity, over all items
}

// enter makes the context's multipliers current.
func (e *Engine) enter(c Context) {
	m := &e.moment
	if m.known && m.classes == c.classes() {
		return
	}
	m.known, m.classes, m.any = true, c.classes(), false
	for _, class := range c.all() {
		if class != 0 {
			e.multiply(class)
		}
	}
	m.total = uint64(e.untopical) * multiplierOne
	for t, sum := range e.topicPopularity {
		m.total += sum * uint64(e.multiplier(uint16(t)))
	}
	e.floor = newScale(max(m.total, 1), one*uint64(e.policy.FloorPermille)/1000)
	e.floorMax = 0
	if e.pack.Items() > 0 {
		e.floorMax = e.floor.of(min(uint64(e.traits[0].popularity)*multiplierMax, m.total))
		if !m.any {
			e.floorMax = e.floor.of(uint64(e.traits[0].popularity) * multiplierOne)
		}
	}
}

// multiply applies one class: a topic that has no prior of its own takes its parent's.
func (e *Engine) multiply(class pack.Class) {
	m := &e.moment
	k := e.pack.PriorStart(class)
	topic, value, ok := e.pack.Prior(class, k)
	if !ok {
		return
	}
	if !m.any {
		m.any = true
		for t := range m.multipliers {
			m.multipliers[t] = multiplierOne
		}
	}
	for t := range e.classOf {
		own := uint32(multiplierOne)
		if ok && topic == uint16(t) {
			own = value
			k++
			topic, value, ok = e.pack.Prior(class, k)
		} else if parent := e.pack.TopicParent(uint16(t)); parent != pack.NoTopic {
			own = e.classOf[parent]
		}
		e.classOf[t] = own
		m.multipliers[t] = min(max(m.multipliers[t]*own/multiplierOne, multiplierMin), multiplierMax)
	}
}

// multiplier returns what the context makes of a topic's popularity, in 256ths.
func (e *Engine) multiplier(topic uint16) uint32 {
	if !e.moment.any || topic == pack.NoTopic {
		return multiplierOne
	}
	return e.moment.multipliers[topic]
}

// popular is the best that the context has for a slot, before any page.
type popular struct {
	key   uint64
	items [maxPopular]uint32
	n     int
	// topic are the first ones met, of which there are topics.
	topic  [spreadTopics]uint16
	topics int
}

const (
	maxPopular  = 64
	popularTop  = maxPopular - spreadTopics
	popularSets = 8
	// spreadTopics is on how many topics the popular items are, if the catalogue has as many, so that a slot can ask for it.
	spreadTopics = 4
)

// popularFor returns the slot's popular items in the context at hand, from the cache where they were asked for before.
func (e *Engine) popularFor(kinds pack.Kinds, language uint8) []uint32 {
	key := uint64(e.moment.classes)<<16 | uint64(kinds)<<8 | uint64(language) | 1<<63
	for k := range e.populars {
		if p := &e.populars[k]; p.key == key {
			return p.items[:p.n]
		}
	}
	p := &e.populars[e.popularNext%popularSets]
	e.popularNext++
	p.key = key
	e.findPopular(p, kinds, language)
	return p.items[:p.n]
}

func (e *Engine) findPopular(p *popular, kinds pack.Kinds, language uint8) {
	best := &e.hopBest
	best.reset(popularTop)
	for item := range e.pack.Items() {
		if best.n == best.size && (!e.moment.any || uint64(e.traits[item].popularity)*multiplierMax < best.least) {
			break
		}
		if e.suits(item, kinds, language) {
			best.offer(item, e.popularity(item))
		}
	}
	p.n, p.topics = 0, 0
	for _, b := range best.ranked() {
		p.add(b.item, e.traits[b.item].topic, true)
	}
	if e.pack.Topics() == 0 {
		return
	}
	for item := range e.pack.Items() {
		if p.topics == spreadTopics {
			return
		}
		if e.suits(item, kinds, language) {
			p.add(item, e.traits[item].topic, false)
		}
	}
}

// add takes an item if it is of a new topic, as long as more are wanted, or anyway.
func (p *popular) add(item uint32, topic uint16, anyway bool) {
	fresh := p.topics < spreadTopics
	for _, t := range p.topic[:p.topics] {
		fresh = fresh && t != topic
	}
	if fresh {
		p.topic[p.topics] = topic
		p.topics++
	}
	if fresh || anyway {
		p.items[p.n] = item
		p.n++
	}
}
