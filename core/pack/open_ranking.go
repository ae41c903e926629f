package pack

func (o *opener) policy() *Error {
	t, err := o.table(secPolicy, 1, false)
	if err != nil {
		return err
	}
	r := t.data
	p := &o.p.policy
	p.MaxLayer, p.Faces, p.Bits, p.FirstPages = r[0], r[1], r[2], r[3]
	p.Signals, p.FloorPermille = u16(r[4:]), u16(r[6:])
	p.SettleMs, p.HalfLifeMs = u32(r[8:]), u32(r[12:])
	p.HopPermille, p.RepeatPermille, p.FaceSharePermille = u16(r[16:]), u16(r[18:]), u16(r[20:])
	p.FatigueShown, p.FaceVisits = r[22], r[23]
	copy(p.Recency[:], r[24:])
	copy(p.RepeatRecency[:], r[40:])
	if at, got, text := p.check(); text != "" {
		return o.bad(secPolicy, at, text, uint64(got))
	}
	for i := uint32(56); i < policyBytes; i++ {
		if r[i] != 0 {
			return o.bad(secPolicy, i, "reserved bytes are not zero", uint64(r[i]))
		}
	}
	return nil
}

func (o *opener) meta() *Error {
	t, err := o.table(secMeta, 1, false)
	if err != nil {
		return err
	}
	r := t.data
	p := &o.p
	p.items, p.topics = u32(r), uint32(u16(r[4:]))
	p.slots, p.languages, p.currencies = r[6], r[7], r[8]
	if p.items > MaxItems {
		return o.bad(secMeta, 0, "more items than a pack may have", uint64(p.items))
	}
	if p.slots == 0 || p.slots > MaxSlots {
		return o.bad(secMeta, 6, "number of slots is not 1 to 32", uint64(p.slots))
	}
	if r[9]|r[10]|r[11] != 0 {
		return o.bad(secMeta, 9, "reserved bytes are not zero", uint64(r[9]|r[10]|r[11]))
	}
	return nil
}

func (o *opener) slots() *Error {
	t, err := o.table(secSlots, uint32(o.p.slots), false)
	if err != nil {
		return err
	}
	o.p.slot = t
	for i := range uint32(o.p.slots) {
		r, at := t.at(i), i*t.width
		switch {
		case r[0] == 0 || Kinds(r[0])&^AllKinds != 0:
			return o.bad(secSlots, at, "slot allows no kind, or an unknown one", uint64(r[0]))
		case r[1] == 0 || r[1] > MaxSlotSize:
			return o.bad(secSlots, at+1, "slot size is not 1 to 12", uint64(r[1]))
		case r[2] == 0 || r[2] > 3:
			return o.bad(secSlots, at+2, "slot layer is not 1 to 3", uint64(r[2]))
		case r[3]&^slotRepeats != 0:
			return o.bad(secSlots, at+3, "unknown slot flags", uint64(r[3]))
		case r[4] > MaxSlotSize:
			return o.bad(secSlots, at+4, "slot wants more than 12 topics", uint64(r[4]))
		case r[5]|r[6]|r[7] != 0:
			return o.bad(secSlots, at+5, "reserved bytes are not zero", uint64(r[5]|r[6]|r[7]))
		}
	}
	return nil
}

func (o *opener) topics() *Error {
	p := &o.p
	var err *Error
	if p.topicParent, err = o.table(secTopicParent, p.topics, false); err != nil {
		return err
	}
	if p.topicFlags, err = o.table(secTopicFlags, p.topics, true); err != nil {
		return err
	}
	for t := range p.topics {
		parent := u16(p.topicParent.at(t))
		if parent != NoTopic && uint32(parent) >= t {
			return o.bad(secTopicParent, t*p.topicParent.width, "parent does not stand before its child", uint64(parent))
		}
		if !p.topicFlags.none() && p.topicFlags.at(t)[0]&^topicSensitive != 0 {
			return o.bad(secTopicFlags, t*p.topicFlags.width, "unknown topic flags", uint64(p.topicFlags.at(t)[0]))
		}
		if parent != NoTopic && p.TopicSensitive(parent) && !p.TopicSensitive(uint16(t)) {
			return o.bad(secTopicFlags, t*p.topicFlags.width, "topic below a sensitive one is not sensitive", uint64(t))
		}
	}
	return nil
}

func (o *opener) items() *Error {
	p := &o.p
	columns := []struct {
		sec int
		to  *table
	}{
		{secKind, &p.kind}, {secFlags, &p.flags}, {secLanguage, &p.language}, {secPopularity, &p.popularity},
		{secTopics, &p.itemTopics}, {secPrice, &p.price}, {secCurrency, &p.currency},
	}
	for _, c := range columns {
		t, err := o.table(c.sec, p.items, true)
		if err != nil {
			return err
		}
		*c.to = t
	}
	if w := p.itemTopics.width; w%2 != 0 || w > 2*MaxItemTopics {
		return o.bad(secTopics, 0, "width is not that of 1 to 4 topics", uint64(w))
	}
	before := uint16(1<<16 - 1)
	for i := range p.items {
		if k := p.Kind(i); k >= KindCount {
			return o.bad(secKind, i*p.kind.width, "unknown kind", uint64(k))
		}
		if f := p.itemFlags(i); f&^itemFlagsKnown != 0 {
			return o.bad(secFlags, i*p.flags.width, "unknown item flags", uint64(f))
		}
		if l := p.Language(i); l > p.languages {
			return o.bad(secLanguage, i*p.language.width, "no such language", uint64(l))
		}
		if c := p.Currency(i); c > p.currencies {
			return o.bad(secCurrency, i*p.currency.width, "no such currency", uint64(c))
		}
		popularity := p.Popularity(i)
		if popularity > before {
			return o.bad(secPopularity, i*p.popularity.width, "items are not in order of popularity", uint64(popularity))
		}
		before = popularity
		for k, none := 0, false; k < p.MaxTopicsPerItem(); k++ {
			t := p.ItemTopic(i, k)
			if t == NoTopic {
				none = true
				continue
			}
			if none || uint32(t) >= p.topics {
				return o.bad(secTopics, i*p.itemTopics.width, "no such topic, or one after a gap", uint64(t))
			}
			for j := range k {
				if p.ItemTopic(i, j) == t {
					return o.bad(secTopics, i*p.itemTopics.width, "item has a topic twice", uint64(t))
				}
			}
			if p.TopicSensitive(t) && !p.Sensitive(i) {
				return o.bad(secFlags, i*p.flags.width, "item of a sensitive topic is not sensitive", uint64(i))
			}
		}
	}
	return nil
}

func (o *opener) rows() *Error {
	p := &o.p
	for _, f := range []struct {
		sec int
		n   uint32
		to  *entries
	}{{secRows, p.items, &p.rows}, {secTopicRows, p.topics, &p.topicRows}} {
		if !o.has[f.sec] {
			continue
		}
		e, err := checkEntries(sections[f.sec].name, o.data[f.sec], o.at[f.sec], f.n, 2+6*MaxNeighbours,
			func(i, at uint32, entry []byte) *Error {
				self := NoItem
				sensitive := f.sec == secTopicRows && p.TopicSensitive(uint16(i))
				if f.sec == secRows {
					self, sensitive = i, p.Sensitive(i)
				}
				if sensitive && len(entry) > 0 {
					return fail(ErrContent, sections[f.sec].name, at, "a sensitive item or topic has a row", uint64(i))
				}
				n, err := checkRow(sections[f.sec].name, entry, at, p.items, self, p.Sensitive)
				p.longestRow = max(p.longestRow, n)
				return err
			})
		if err != nil {
			return err
		}
		*f.to = e
	}
	return nil
}

// context checks priors and terms.
func (o *opener) context() *Error {
	p := &o.p
	p.priors = table{o.data[secPriors], o.step[secPriors]}
	last := uint32(0)
	for i := range p.priors.count() {
		r, at := p.priors.at(i), i*p.priors.width
		class, m, topic := r[0], r[1], u16(r[2:])
		if class == 0 || class >= ClassCount || m == 0 || uint32(topic) >= p.topics {
			return o.bad(secPriors, at, "no such class or topic, or multiplier 0", uint64(u32(r)))
		}
		if p.TopicSensitive(topic) {
			return o.bad(secPriors, at, "prior of a sensitive topic", uint64(topic))
		}
		key := uint32(class)<<16 | uint32(topic)
		if key <= last && i > 0 {
			return o.bad(secPriors, at, "priors are not in order of class and topic", uint64(key))
		}
		last = key
	}
	p.terms = table{o.data[secTerms], o.step[secTerms]}
	for i := range p.terms.count() {
		r, at := p.terms.at(i), i*p.terms.width
		if i > 0 && u32(r) <= u32(p.terms.at(i-1)) {
			return o.bad(secTerms, at, "terms are not in order", uint64(u32(r)))
		}
		if topic := u16(r[4:]); uint32(topic) >= p.topics || p.TopicSensitive(topic) {
			return o.bad(secTerms, at+4, "no such topic, or a sensitive one", uint64(topic))
		}
	}
	return nil
}
