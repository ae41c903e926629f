package pack

// bound is a number in the records of a table, and what it may be.
type bound struct {
	sec, at, size uint8
	lo, hi        uint16
}

// bounds are of the numbers whose range does not depend on anything else; boundTexts say what is wrong beyond them.
var bounds = [...]bound{
	{secMeta, 3, 1, 0, 0},
	{secMeta, 4, 2, 0, MaxTopics},
	{secMeta, 6, 1, 1, MaxSlots},
	{secMeta, 9, 1, 0, 0},
	{secMeta, 10, 2, 0, 0},
	{secPolicy, 0, 1, 1, 3},
	{secPolicy, 1, 1, 1, 8},
	{secPolicy, 2, 1, 0, 32},
	{secPolicy, 6, 2, 1, 1000},
	{secPolicy, 16, 2, 0, 4000},
	{secPolicy, 18, 2, 0, 4000},
	{secPolicy, 20, 2, 0, 1000},
	{secPolicy, 23, 1, 1, MaxFaceVisits},
	{secPolicy, 24, 1, 1, 255},
	{secPolicy, 56, 2, 0, 0},
	{secPolicy, 58, 2, 0, 0},
	{secPolicy, 60, 2, 0, 0},
	{secPolicy, 62, 2, 0, 0},
	{secSlots, 0, 1, 1, uint16(AllKinds)},
	{secSlots, 1, 1, 1, MaxSlotSize},
	{secSlots, 2, 1, 1, 3},
	{secSlots, 3, 1, 0, slotRepeats},
	{secSlots, 4, 1, 0, MaxSlotSize},
	{secSlots, 5, 1, 0, 0},
	{secSlots, 6, 2, 0, 0},
	{secKind, 0, 1, 0, KindCount - 1},
	{secFlags, 0, 1, 0, itemFlagsKnown},
	{secTopicFlags, 0, 1, 0, topicSensitive},
	{secFacets, 0, 1, 0, MaxFacetGroups - 1},
	{secPriors, 0, 1, 1, ClassCount - 1},
	{secPriors, 1, 1, 1, 255},
}

var boundTexts = [len(bounds)]string{
	"more items than a pack may have",
	"more topics than a pack may have",
	"number of slots is not 1 to 32",
	reserved,
	reserved,
	"max layer is not 1, 2 or 3",
	badFaces,
	"bits are more than 32",
	"floor is not 1 to 1000 thousandths",
	"hop is more than 4000 thousandths",
	"repeat is more than 4000 thousandths",
	"face share is more than 1000 thousandths",
	"face visits are not 1 to 64",
	"recency of the newest view is 0",
	reserved,
	reserved,
	reserved,
	reserved,
	"slot allows no kind, or an unknown one",
	"slot size is not 1 to 20",
	"slot layer is not 1 to 3",
	"unknown slot flags",
	"slot wants more than 20 topics",
	reserved,
	reserved,
	"unknown kind",
	"unknown item flags",
	"unknown topic flags",
	"more groups of facets than a pack may have",
	"no such class",
	"multiplier 0",
}

const (
	reserved   = "reserved bytes are not zero"
	badFaces   = "faces are not 1, 2, 4 or 8"
	badKindMix = "kind mix is more than 32 sixteenths"
)

// broken returns the number if it is out of bounds in the record.
func (b *bound) broken(record []byte) (got uint16, yes bool) {
	got = uint16(record[b.at])
	if b.size == 2 {
		got = u16(record[b.at:])
	}
	return got, got < b.lo || got > b.hi
}

// bounds checks the numbers in every record of a section.
func (p *Pack) checkBounds(sec int) *Error {
	c := &p.sections[sec]
	for k := range bounds {
		b := &bounds[k]
		if int(b.sec) != sec {
			continue
		}
		for i := range c.records() {
			if got, broken := b.broken(c.at(i)); broken {
				return p.bad(sec, i*c.width+uint32(b.at), b.text(), uint64(got))
			}
		}
	}
	return nil
}

// contents checks what sections say of each other, once all sections that rank are there.
func (p *Pack) checkContents() *Error {
	if at, got := p.policy.read(p.sections[secPolicy].data); at != 0 {
		return p.bad(secPolicy, at, badFaces, uint64(got))
	}
	if at, got := p.policy.Intent.read(p.sections[secIntent].data); at != 0 {
		return p.bad(secIntent, at, badKindMix, uint64(got))
	}
	if err := p.checkTopics(); err != nil {
		return err
	}
	if err := p.checkOrder(); err != nil {
		return err
	}
	return p.checkItems()
}

// read takes the policy from its record, of which the numbers are within bounds. It returns what is still wrong with it: where,
// and what is there.
func (p *Policy) read(r []byte) (at, got uint32) {
	p.MaxLayer, p.Faces, p.Bits, p.FirstPages = r[0], r[1], r[2], r[3]
	p.Signals, p.FloorPermille = u16(r[4:]), u16(r[6:])
	p.SettleMs, p.HalfLifeMs = u32(r[8:]), u32(r[12:])
	p.HopPermille, p.RepeatPermille, p.FaceSharePermille = u16(r[16:]), u16(r[18:]), u16(r[20:])
	p.FatigueShown, p.FaceVisits = r[22], r[23]
	copy(p.Recency[:], r[24:])
	copy(p.RepeatRecency[:], r[40:])
	if p.Faces&(p.Faces-1) != 0 {
		return 1, uint32(p.Faces)
	}
	return 0, 0
}

// read takes the intent from its record, or what is usual where there is none. It returns what is wrong with it, as Policy's.
func (in *IntentPolicy) read(r []byte) (at, got uint32) {
	*in = usualIntent
	if len(r) == 0 {
		return 0, 0
	}
	in.TopicRecency = r[0]
	for k := range uint32(ModeCount * KindCount) {
		at = 1 + k
		if in.KindMix[k/KindCount][k%KindCount] = r[at]; r[at] > MaxKindMix {
			return at, uint32(r[at])
		}
	}
	return 0, 0
}

func (p *Pack) checkTopics() *Error {
	for t := range p.count[eachTopic] {
		parent := p.TopicParent(uint16(t))
		if parent == NoTopic {
			continue
		}
		if uint32(parent) >= t {
			return p.bad(secTopicParent, t*p.sections[secTopicParent].width, "parent does not stand before its child", uint64(parent))
		}
		if p.TopicSensitive(parent) && !p.TopicSensitive(uint16(t)) {
			return p.bad(secTopicFlags, t*p.sections[secTopicFlags].width, "topic below a sensitive one is not sensitive", uint64(t))
		}
	}
	return nil
}

func (p *Pack) checkItems() *Error {
	before, column := uint16(1<<16-1), secPopularity
	if p.sections[column].start == 0 {
		column = secPopularityRuns
	}
	for i := range p.Items() {
		popularity := p.Popularity(i)
		if popularity > before {
			return p.bad(column, i*p.sections[secPopularity].width, "items are not in order of popularity", uint64(popularity))
		}
		before = popularity
		if l := p.Language(i); l > p.Languages() {
			return p.bad(secLanguage, i*p.sections[secLanguage].width, "no such language", uint64(l))
		}
		none := false
		at := i * p.sections[secTopics].width
		for k := range p.MaxTopicsPerItem() {
			t := p.ItemTopic(i, k)
			if t == NoTopic {
				none = true
				continue
			}
			if none || t >= p.Topics() {
				return p.bad(secTopics, at, "no such topic, or one after a gap", uint64(t))
			}
			for j := range k {
				if p.ItemTopic(i, j) == t {
					return p.bad(secTopics, at, "item has a topic twice", uint64(t))
				}
			}
			if p.TopicSensitive(t) && !p.Sensitive(i) {
				return p.bad(secFlags, i*p.sections[secFlags].width, "item of a sensitive topic is not sensitive", uint64(i))
			}
		}
	}
	return nil
}

// checkOrder checks what is searched: its order, and that priors and terms speak of topics that may count.
func (p *Pack) checkOrder() *Error {
	for _, s := range [3]struct{ sec, topic int }{{secPopularityRuns, 0}, {secPriors, 2}, {secTerms, 4}} {
		c := &p.sections[s.sec]
		before := uint32(0)
		for i := range c.records() {
			r, at := c.at(i), i*c.width
			if topic := u16(r[s.topic:]); s.topic > 0 && (topic >= p.Topics() || p.TopicSensitive(topic)) {
				return p.bad(s.sec, at+uint32(s.topic), "no such topic, or a sensitive one", uint64(topic))
			}
			key := keyOf(s.sec, r)
			if i > 0 && key <= before {
				return p.bad(s.sec, at, "records are not in order, or one stands twice", uint64(key))
			}
			before = key
		}
	}
	return nil
}
