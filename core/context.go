package core

import "github.com/nabij/nabij/core/pack"

// What a request's context can have wrong.
var errContext = &Error{BadRequest, "request.context: no class of that kind, or no language of the pack"}

// dimensions are, for each class of a context, its first and last value.
var dimensions = [...]struct {
	first, last pack.Class
}{{pack.Night, pack.Evening}, {pack.Weekday, pack.Weekend}, {pack.Phone, pack.Desktop},
	{pack.Region1, pack.Region8}, {pack.ReferrerNone, pack.ReferrerOther}}

// Multipliers are in 256ths; of all classes together they stay within these.
const (
	multiplierOne = 256
	multiplierMin = 16
	multiplierMax = 4096
)

// moment is the context at hand: what popularity is worth by topic.
type moment struct {
	asked       [len(dimensions)]pack.Class // as the request has them, not checked
	classes     uint32                      // of the multipliers, in 12 bits; 0 before the first request
	multipliers []uint32                    // by topic, in 256ths
	most        uint64                      // of the multipliers, and at least multiplierOne
}

// enter makes the context current.
func (e *Engine) enter(c *Context) *Error {
	m := &e.moment
	m.asked = [len(dimensions)]pack.Class{c.Daypart, c.Day, c.Device, c.Region, c.Referrer}
	classes := uint32(0)
	for k, d := range &dimensions {
		class := m.asked[k]
		classes *= uint32(d.last-d.first) + 2
		if class != 0 {
			if class < d.first || class > d.last {
				return errContext
			}
			classes += uint32(class-d.first) + 1
		}
	}
	if c.Language > e.pack.Languages() {
		return errContext
	}
	classes++
	if m.classes == classes {
		return nil
	}
	m.classes = classes
	for t := range m.multipliers {
		m.multipliers[t] = multiplierOne
	}
	for _, class := range &m.asked {
		if class != 0 {
			e.multiply(class)
		}
	}
	total, most := e.untopical*multiplierOne, uint64(multiplierOne)
	for t, sum := range e.topicPopularity {
		total += sum * uint64(m.multipliers[t])
		most = max(most, uint64(m.multipliers[t]))
	}
	m.most = most
	e.floor = newScale(max(total, 1), one*uint64(e.policy().FloorPermille)/1000)
	e.floorMax = 0
	if len(e.traits) > 0 {
		e.floorMax = e.floor.of(min(uint64(e.traits[0].popularity)*most, total))
	}
	return nil
}

// multiply applies one class: a topic that has no prior of its own takes its parent's.
func (e *Engine) multiply(class pack.Class) {
	m := &e.moment
	for t := range e.classOf {
		own, ok := e.pack.Prior(class, uint16(t))
		if !ok {
			own = multiplierOne
			if parent := e.pack.TopicParent(uint16(t)); parent != pack.NoTopic {
				own = e.classOf[parent]
			}
		}
		e.classOf[t] = own
		m.multipliers[t] = min(max(m.multipliers[t]*own/multiplierOne, multiplierMin), multiplierMax)
	}
}

// multiplier returns what the context makes of a topic's popularity, in 256ths.
func (e *Engine) multiplier(topic uint16) uint32 {
	if topic == pack.NoTopic {
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
	if e.ask.sensitive {
		key |= uint64(e.ask.topic+1) << 32
	}
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
		if best.n == best.size && uint64(e.traits[item].popularity)*e.moment.most < best.least {
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
