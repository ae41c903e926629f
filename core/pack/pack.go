package pack

// Pack is an opened pack. Its methods read in place, never fail, and may be used by any number of goroutines: ids must
// be in range, which is the caller's duty. Strings and slices returned are views of the pack's bytes: valid as long as
// those are, not to be written to.
type Pack struct {
	data []byte
	id   uint64

	items, topics                uint32
	slots, languages, currencies uint8

	policy Policy
	slot   table

	// Columns of items; empty ones stand for the default.
	kind, flags, language, popularity, itemTopics, price, currency table
	// Columns of topics.
	topicParent, topicFlags table

	rows, topicRows entries
	terms, priors   table

	site                        []byte
	ids, urls, titles, images   entries
	topicNames, slotNames       entries
	languageNames, currencyName entries
	byID, byURL                 table

	longestRow int
}

// table reads a section of records.
type table struct {
	data  []byte
	width uint32
}

func (t table) at(i uint32) []byte { return t.data[i*t.width:] }

func (t table) count() uint32 {
	if t.width == 0 {
		return 0
	}
	return uint32(len(t.data)) / t.width
}

func (t table) none() bool { return len(t.data) == 0 }

// ID tells packs apart: it is the checksum of all that the pack says.
func (p *Pack) ID() uint64 { return p.id }

// Bytes returns the whole pack.
func (p *Pack) Bytes() []byte { return p.data }

// Items returns the number of items; ids are below it.
func (p *Pack) Items() uint32 { return p.items }

// Topics returns the number of topics.
func (p *Pack) Topics() uint16 { return uint16(p.topics) }

// Slots returns the number of slots.
func (p *Pack) Slots() uint8 { return p.slots }

// Languages and Currencies return how many there are; items count them from 1.
func (p *Pack) Languages() uint8 { return p.languages }

// Currencies returns the number of currencies.
func (p *Pack) Currencies() uint8 { return p.currencies }

// Policy returns the site's policy. The caller does not write to it.
func (p *Pack) Policy() *Policy { return &p.policy }

// Kind returns the item's kind.
func (p *Pack) Kind(item uint32) Kind {
	if p.kind.none() {
		return KindProduct
	}
	return Kind(p.kind.at(item)[0])
}

func (p *Pack) itemFlags(item uint32) byte {
	if p.flags.none() {
		return 0
	}
	return p.flags.at(item)[0]
}

// Sensitive reports whether the item is intimate: never suggested, and no signal.
func (p *Pack) Sensitive(item uint32) bool { return p.itemFlags(item)&itemSensitive != 0 }

// Availability returns whether the item can be had.
func (p *Pack) Availability(item uint32) Availability {
	return Availability(p.itemFlags(item) >> availabilityShift & 3)
}

// Language returns the item's language, 1 + its index, or 0 for all.
func (p *Pack) Language(item uint32) uint8 {
	if p.language.none() {
		return 0
	}
	return p.language.at(item)[0]
}

// Popularity returns the item's popularity, of 65535 for the most popular.
func (p *Pack) Popularity(item uint32) uint16 {
	if p.popularity.none() {
		return 1<<16 - 1
	}
	return u16(p.popularity.at(item))
}

// MaxTopicsPerItem returns how many topics an item of this pack can have.
func (p *Pack) MaxTopicsPerItem() int { return int(p.itemTopics.width / 2) }

// ItemTopic returns the item's k-th topic, or NoTopic; k is below MaxItemTopics.
func (p *Pack) ItemTopic(item uint32, k int) uint16 {
	if k >= p.MaxTopicsPerItem() {
		return NoTopic
	}
	return u16(p.itemTopics.at(item)[2*k:])
}

// Price returns the item's price in minor units of its currency, 0 when it has none.
func (p *Pack) Price(item uint32) uint32 {
	if p.price.none() {
		return 0
	}
	return u32(p.price.at(item))
}

// Currency returns the currency of the item's price, 1 + its index, or 0 for none.
func (p *Pack) Currency(item uint32) uint8 {
	if p.currency.none() {
		return 0
	}
	return p.currency.at(item)[0]
}

// TopicParent returns the topic's parent, or NoTopic.
func (p *Pack) TopicParent(topic uint16) uint16 { return u16(p.topicParent.at(uint32(topic))) }

// TopicSensitive reports whether the topic is intimate.
func (p *Pack) TopicSensitive(topic uint16) bool {
	return !p.topicFlags.none() && p.topicFlags.at(uint32(topic))[0]&topicSensitive != 0
}

// Row returns the neighbours of an item.
func (p *Pack) Row(item uint32) Neighbours { return newNeighbours(p.rows.at(item)) }

// TopicRow returns the items that stand for a topic.
func (p *Pack) TopicRow(topic uint16) Neighbours { return newNeighbours(p.topicRows.at(uint32(topic))) }

// LongestRow returns the largest number of neighbours that any row has.
func (p *Pack) LongestRow() int { return p.longestRow }

// Slot returns what the engine needs of a slot; SlotName its name.
func (p *Pack) Slot(slot uint8) Slot {
	r := p.slot.at(uint32(slot))
	return Slot{Kinds: Kinds(r[0]), Size: r[1], Layer: r[2], Repeats: r[3]&slotRepeats != 0, MinTopics: r[4]}
}

// Prior returns the k-th prior of the class: its topic, and its multiplier in 256ths. ok is false past the last.
// Start with k = PriorStart(class).
func (p *Pack) Prior(class Class, k uint32) (topic uint16, multiplier uint32, ok bool) {
	if k >= p.priors.count() {
		return 0, 0, false
	}
	r := p.priors.at(k)
	if Class(r[0]) != class {
		return 0, 0, false
	}
	return u16(r[2:]), multiplier256(r[1]), true
}

// PriorStart returns where the priors of the class start.
func (p *Pack) PriorStart(class Class) uint32 {
	lo, hi := uint32(0), p.priors.count()
	for lo < hi {
		mid := (lo + hi) / 2
		if Class(p.priors.at(mid)[0]) < class {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// exp2 is 2^(i/32) in 4096ths, for i of 0 to 31.
var exp2 = [multiplierStep]uint16{4096, 4186, 4277, 4371, 4467, 4565, 4664, 4767, 4871, 4978, 5087, 5198, 5312, 5428,
	5547, 5668, 5793, 5919, 6049, 6182, 6317, 6455, 6597, 6741, 6889, 7039, 7194, 7351, 7512, 7677, 7845, 8016}

// multiplier256 returns 2^((m-128)/32) in 256ths.
func multiplier256(m byte) uint32 {
	v := uint32(exp2[m%multiplierStep])
	// 4096ths times 2^(m/32 - 4), in 256ths: 4096ths are 2^4 finer.
	return v << (m / multiplierStep) >> 8
}

// Term returns the topic that the folded word points at; see TermHash.
func (p *Pack) Term(hash uint32) (topic uint16, ok bool) {
	lo, hi := uint32(0), p.terms.count()
	for lo < hi {
		mid := (lo + hi) / 2
		r := p.terms.at(mid)
		if h := u32(r); h == hash {
			return u16(r[4:]), true
		} else if h < hash {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return NoTopic, false
}
