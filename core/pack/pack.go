package pack

// Pack is an opened pack. Its methods read in place, never fail, and may be used by any number of goroutines: ids must
// be in range, which is the caller's duty. Strings and slices returned are views of the pack's bytes: valid as long as
// those are, not to be written to.
type Pack struct {
	data       []byte
	id         uint64
	count      [once + 1]uint32 // of items, topics, slots, languages, currencies, facets and their groups; and 1
	policy     Policy
	sections   [sectionCount]column
	longestRow int
}

// column is a section as it is read: its bytes, none where the pack does not have it, and those a record.
type column struct {
	data  []byte
	width uint32
	start uint32 // its offset in the pack, 0 where the pack does not have it
}

func (c *column) at(i uint32) []byte { return c.data[i*c.width:] }

// records returns the number of records of a table.
func (c *column) records() uint32 {
	if len(c.data) == 0 {
		return 0
	}
	return uint32(len(c.data)) / c.width
}

// value returns the first byte of record i, 0 where the pack does not have the section: the default of all such columns.
//
//go:noinline
func (p *Pack) value(sec int, i uint32) byte {
	c := &p.sections[sec]
	if len(c.data) == 0 {
		return 0
	}
	return c.data[i*c.width]
}

// ID tells packs apart: it is the checksum of all that the pack says.
func (p *Pack) ID() uint64 { return p.id }

// Bytes returns the whole pack.
func (p *Pack) Bytes() []byte { return p.data }

// Items returns the number of items; ids are below it.
func (p *Pack) Items() uint32 { return p.count[eachItem] }

// Topics returns the number of topics.
func (p *Pack) Topics() uint16 { return uint16(p.count[eachTopic]) }

// Slots returns the number of slots.
func (p *Pack) Slots() uint8 { return uint8(p.count[eachSlot]) }

// Languages returns the number of languages; items count them from 1.
func (p *Pack) Languages() uint8 { return uint8(p.count[eachLanguage]) }

// Currencies returns the number of currencies; items count them from 1.
func (p *Pack) Currencies() uint8 { return uint8(p.count[eachCurrency]) }

// Policy returns the site's policy. The caller does not write to it.
func (p *Pack) Policy() *Policy { return &p.policy }

// Kind returns the item's kind.
func (p *Pack) Kind(item uint32) Kind { return Kind(p.value(secKind, item)) }

// Sensitive reports whether the item is intimate: no signal, and suggested at most on pages of its own topic, to everyone alike.
func (p *Pack) Sensitive(item uint32) bool { return p.value(secFlags, item)&itemSensitive != 0 }

// Availability returns whether the item can be had.
func (p *Pack) Availability(item uint32) Availability {
	return Availability(p.value(secFlags, item) >> availabilityShift & 3)
}

// Language returns the item's language, 1 + its index, or 0 for all.
func (p *Pack) Language(item uint32) uint8 { return p.value(secLanguage, item) }

// Popularity returns the item's popularity, of 65535 for the most popular.
func (p *Pack) Popularity(item uint32) uint16 {
	if c := &p.sections[secPopularity]; len(c.data) > 0 {
		return u16(c.at(item))
	}
	if r := p.last(secPopularityRuns, item); r != nil {
		return u16(r[4:])
	}
	return 1<<16 - 1
}

// keyOf returns by what the records of a section are in order.
func keyOf(sec int, r []byte) uint32 {
	if sec == secPriors {
		return uint32(r[0])<<16 | uint32(u16(r[2:]))
	}
	return u32(r)
}

// last returns the last record of a section whose key is at most this one; nil where there is none.
func (p *Pack) last(sec int, key uint32) (record []byte) {
	c := &p.sections[sec]
	lo, hi := uint32(0), c.records()
	for lo < hi {
		mid := (lo + hi) / 2
		if r := c.at(mid); keyOf(sec, r) > key {
			hi = mid
		} else {
			record = r
			lo = mid + 1
		}
	}
	return record
}

// MaxTopicsPerItem returns how many topics an item of this pack can have.
func (p *Pack) MaxTopicsPerItem() int { return int(p.sections[secTopics].width / 2) }

// ItemTopic returns the item's k-th topic, or NoTopic; k is below MaxItemTopics.
func (p *Pack) ItemTopic(item uint32, k int) uint16 {
	if k >= p.MaxTopicsPerItem() {
		return NoTopic
	}
	return u16(p.sections[secTopics].at(item)[2*k:])
}

// Price returns the item's price in minor units of its currency, 0 when it has none.
func (p *Pack) Price(item uint32) uint32 {
	c := &p.sections[secPrice]
	if len(c.data) == 0 {
		return 0
	}
	return u32(c.at(item))
}

// TopicParent returns the topic's parent, or NoTopic.
func (p *Pack) TopicParent(topic uint16) uint16 {
	return u16(p.sections[secTopicParent].at(uint32(topic)))
}

// TopicSensitive reports whether the topic is intimate.
func (p *Pack) TopicSensitive(topic uint16) bool {
	return p.value(secTopicFlags, uint32(topic))&topicSensitive != 0
}

// Row returns the neighbours of an item.
func (p *Pack) Row(item uint32) Neighbours { return newNeighbours(p.sections[secRows].entry(item)) }

// TopicRow returns the items that stand for a topic.
func (p *Pack) TopicRow(topic uint16) Neighbours {
	return newNeighbours(p.sections[secTopicRows].entry(uint32(topic)))
}

// LongestRow returns the largest number of neighbours that any row has.
func (p *Pack) LongestRow() int { return p.longestRow }

// Slot returns what the engine needs of a slot; SlotName its name.
func (p *Pack) Slot(slot uint8) Slot {
	r := p.sections[secSlots].at(uint32(slot))
	return Slot{Kinds: Kinds(r[0]), Size: r[1], Layer: r[2], Repeats: r[3]&slotRepeats != 0, MinTopics: r[4]}
}

// Prior returns the multiplier, in 256ths, that the class has for the topic, and whether it has one.
func (p *Pack) Prior(class Class, topic uint16) (multiplier uint32, ok bool) {
	key := uint32(class)<<16 | uint32(topic)
	r := p.last(secPriors, key)
	if r == nil || keyOf(secPriors, r) != key {
		return 0, false
	}
	return Exp2(r[1]), true
}

// exp2 is 2^(i/32) in 4096ths, for i of 0 to 31.
var exp2 = [multiplierStep]uint16{4096, 4186, 4277, 4371, 4467, 4565, 4664, 4767, 4871, 4978, 5087, 5198, 5312, 5428,
	5547, 5668, 5793, 5919, 6049, 6182, 6317, 6455, 6597, 6741, 6889, 7039, 7194, 7351, 7512, 7677, 7845, 8016}

// Exp2 returns 2^((m-128)/32) in 256ths, rounded down.
func Exp2(m byte) uint32 {
	v := uint32(exp2[m%multiplierStep])
	// 4096ths times 2^(m/32 - 4), in 256ths: 4096ths are 2^4 finer.
	return v << (m / multiplierStep) >> 8
}

// Term returns the topic that the folded word points at; see TermHash.
func (p *Pack) Term(hash uint32) (topic uint16, ok bool) {
	r := p.last(secTerms, hash)
	if r == nil || u32(r) != hash {
		return NoTopic, false
	}
	return u16(r[4:]), true
}
