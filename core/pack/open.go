package pack

import "unicode/utf8"

// Open checks every byte of data once and returns a pack that reads it in place. It keeps data, which must not change
// afterwards. The error is an *Error.
func Open(data []byte) (*Pack, error) {
	o := opener{p: Pack{data: data}}
	if err := o.open(); err != nil {
		return nil, err
	}
	return &o.p, nil
}

// opener is a pack being checked. Its sections hold what was found of each; offsets are kept for messages.
type opener struct {
	p    Pack
	data [sectionCount][]byte
	step [sectionCount]uint32
	at   [sectionCount]uint32
	has  [sectionCount]bool
}

func (o *opener) open() *Error {
	if err := o.header(); err != nil {
		return err
	}
	if err := o.descriptors(); err != nil {
		return err
	}
	for _, step := range []func() *Error{o.meta, o.policy, o.slots, o.topics, o.items, o.rows, o.context, o.display} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (o *opener) header() *Error {
	b := o.p.data
	if uint64(len(b)) > MaxBytes {
		return fail(ErrTooLarge, "header", 0, "more bytes than a pack may have", uint64(len(b)))
	}
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return fail(ErrNotPack, "header", 0, "the first bytes are not a pack's", uint64(len(b)))
	}
	if len(b) < headerBytes {
		return fail(ErrTruncated, "header", 0, "fewer bytes than a header", uint64(len(b)))
	}
	if v := u16(b[8:]); v != version {
		return fail(ErrVersion, "header", 8, "this reader knows version 1; use a newer one, or build the pack again", uint64(v))
	}
	if n := u32(b[12:]); uint64(n) != uint64(len(b)) {
		return fail(ErrTruncated, "header", 12, "the pack should have as many bytes as it has; it is cut off or was appended to", uint64(n))
	}
	if sum := u64(b[16:]); sum != checksum(b[headerBytes:]) {
		return fail(ErrDamaged, "header", 16, "a byte has changed since the pack was written; fetch or build it again", sum)
	}
	o.p.id = u64(b[16:])
	return nil
}

// descriptors finds the sections: known ones in their order, unknown ones anywhere unless they are required, all of
// them back to back.
func (o *opener) descriptors() *Error {
	b := o.p.data
	count := uint32(u16(b[10:]))
	if count > maxSections || headerBytes+count*descriptorBytes > uint32(len(b)) {
		return fail(ErrLayout, "header", 10, "more sections than fit", uint64(count))
	}
	end := headerBytes + count*descriptorBytes
	last := -1
	for i := range count {
		where := headerBytes + i*descriptorBytes
		d := b[where:]
		name, flags, form, width, offset, length := string(d[:4]), d[4], d[5], u16(d[6:]), u32(d[8:]), u32(d[12:])
		if form > formBytes || (form == formTable) != (width > 0) {
			return fail(ErrLayout, name, where, "unknown form, or one at odds with its record width", uint64(form))
		}
		if offset != (end+3)&^3 {
			return fail(ErrLayout, name, where+8, "section does not start where the one before ends", uint64(offset))
		}
		if offset > uint32(len(b)) || length > uint32(len(b))-offset {
			return fail(ErrLayout, name, where+12, "section reaches past the pack", uint64(length))
		}
		for ; end < offset; end++ {
			if b[end] != 0 {
				return fail(ErrLayout, name, end, "padding is not zero", uint64(b[end]))
			}
		}
		end = offset + length
		if form == formTable && length%uint32(width) != 0 {
			return fail(ErrLayout, name, where+12, "section holds no whole number of records", uint64(length))
		}
		known := knownSection(name)
		if known < 0 {
			if flags&flagRequired != 0 {
				return fail(ErrVersion, name, where, "a section that this reader does not know and may not skip; use a newer one", 0)
			}
			continue
		}
		if known <= last {
			return fail(ErrLayout, name, where, "section stands twice or out of order", uint64(i))
		}
		last = known
		s := &sections[known]
		if form != s.form || flags != s.flags || width < s.width {
			return fail(ErrLayout, name, where+4, "flags, form or width are not this section's", uint64(width))
		}
		o.data[known] = b[offset : offset+length : offset+length]
		o.step[known], o.at[known], o.has[known] = uint32(width), offset, true
	}
	if end != uint32(len(b)) {
		return fail(ErrLayout, "header", end, "bytes after the last section", uint64(uint32(len(b))-end))
	}
	return nil
}

func knownSection(name string) int {
	for i := range sections {
		if sections[i].name == name {
			return i
		}
	}
	return -1
}

// bad reports what is wrong with byte or record at of a section.
func (o *opener) bad(sec int, at uint32, text string, got uint64) *Error {
	return fail(ErrContent, sections[sec].name, o.at[sec]+at, text, got)
}

// table returns a section of n records; an absent one is empty, which only optional sections may be.
func (o *opener) table(sec int, n uint32, optional bool) (table, *Error) {
	t := table{o.data[sec], o.step[sec]}
	if !o.has[sec] && (optional || n == 0) {
		return t, nil
	}
	if t.count() != n {
		return t, o.bad(sec, 0, "not one record for each", uint64(t.count()))
	}
	return t, nil
}

// strings returns a section of n entries of UTF-8; an absent one is empty.
func (o *opener) strings(sec int, n uint32, required bool) (entries, *Error) {
	if !o.has[sec] && !required {
		return entries{}, nil
	}
	return checkEntries(sections[sec].name, o.data[sec], o.at[sec], n, MaxString, func(_, at uint32, entry []byte) *Error {
		if required && len(entry) == 0 {
			return fail(ErrContent, sections[sec].name, at, "empty name", 0)
		}
		if !utf8.Valid(entry) {
			return fail(ErrContent, sections[sec].name, at, "not UTF-8", uint64(len(entry)))
		}
		if (sec == secURLs || sec == secImages) && !SafeReference(entry) {
			return fail(ErrContent, sections[sec].name, at, "neither http(s) nor a path", uint64(len(entry)))
		}
		return nil
	})
}

// SafeReference reports whether a page may link to or load ref: it is empty, starts with http:// or https://, or is a
// path on the same site. Spaces, control characters and backslashes are refused, since browsers read them as something
// else ("/\host" is another site).
func SafeReference(ref []byte) bool {
	for _, c := range ref {
		if c <= ' ' || c == '\\' || c == 0x7f {
			return false
		}
	}
	if hasPrefix(ref, "https://") || hasPrefix(ref, "http://") || len(ref) == 0 {
		return true
	}
	return ref[0] == '/' && (len(ref) == 1 || ref[1] != '/')
}

func hasPrefix(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix
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
	if p.topics > MaxTopics {
		return o.bad(secMeta, 4, "more topics than a pack may have", uint64(p.topics))
	}
	if p.slots == 0 || p.slots > MaxSlots {
		return o.bad(secMeta, 6, "number of slots is not 1 to 32", uint64(p.slots))
	}
	if r[9]|r[10]|r[11] != 0 {
		return o.bad(secMeta, 9, "reserved bytes are not zero", uint64(r[9]))
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
			return o.bad(secSlots, at+4, "slot wants more topics than it can hold", uint64(r[4]))
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
			return o.bad(secTopicFlags, t, "topic below a sensitive one is not sensitive", uint64(t))
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
			return o.bad(secKind, i, "unknown kind", uint64(k))
		}
		if f := p.itemFlags(i); f&^itemFlagsKnown != 0 {
			return o.bad(secFlags, i, "unknown item flags", uint64(f))
		}
		if l := p.Language(i); l > p.languages {
			return o.bad(secLanguage, i, "no such language", uint64(l))
		}
		if c := p.Currency(i); c > p.currencies {
			return o.bad(secCurrency, i, "no such currency", uint64(c))
		}
		popularity := p.Popularity(i)
		if popularity > before {
			return o.bad(secPopularity, i*2, "items are not in order of popularity", uint64(popularity))
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
			if p.TopicSensitive(t) && !p.Sensitive(i) {
				return o.bad(secFlags, i, "item of a sensitive topic is not sensitive", uint64(i))
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
			return o.bad(secPriors, at, "unknown class or topic, or no multiplier", uint64(class))
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

func (o *opener) display() *Error {
	p := &o.p
	p.site = o.data[secSite]
	if len(p.site) > 255 || !utf8.Valid(p.site) {
		return o.bad(secSite, 0, "site is not UTF-8 of at most 255 bytes", uint64(len(p.site)))
	}
	for _, f := range []struct {
		sec      int
		n        uint32
		required bool
		to       *entries
	}{
		{secIDs, p.items, p.items > 0, &p.ids},
		{secURLs, p.items, false, &p.urls},
		{secTitles, p.items, false, &p.titles},
		{secImages, p.items, false, &p.images},
		{secTopicNames, p.topics, p.topics > 0, &p.topicNames},
		{secSlotNames, uint32(p.slots), true, &p.slotNames},
		{secLanguageNames, uint32(p.languages), p.languages > 0, &p.languageNames},
		{secCurrencyNames, uint32(p.currencies), p.currencies > 0, &p.currencyName},
	} {
		var err *Error
		if *f.to, err = o.strings(f.sec, f.n, f.required); err != nil {
			return err
		}
	}
	withURL := uint32(0)
	for i := range p.items {
		if len(p.URL(i)) > 0 {
			withURL++
		}
	}
	var err *Error
	if p.byID, err = o.index(secByID, p.items, p.ids); err != nil {
		return err
	}
	p.byURL, err = o.index(secByURL, withURL, p.urls)
	return err
}

// index checks that a section names n items in strictly rising order of their names. As n is the number of items that
// have one, all of them are there, and no name stands twice.
func (o *opener) index(sec int, n uint32, names entries) (table, *Error) {
	t, err := o.table(sec, n, false)
	if err != nil {
		return t, err
	}
	var before []byte
	for i := range n {
		item := u32(t.at(i))
		if item >= o.p.items {
			return t, o.bad(sec, i*t.width, "no such item", uint64(item))
		}
		name := names.at(item)
		if len(name) == 0 || (i > 0 && compare(before, name) >= 0) {
			return t, o.bad(sec, i*t.width, "names are not in order, or one stands twice", uint64(item))
		}
		before = name
	}
	return t, nil
}

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
	if at, text := p.check(); text != "" {
		return o.bad(secPolicy, at, text, uint64(r[at]))
	}
	for i := uint32(56); i < policyBytes; i++ {
		if r[i] != 0 {
			return o.bad(secPolicy, i, "reserved bytes are not zero", uint64(r[i]))
		}
	}
	return nil
}

// check returns what is wrong with a policy and the byte of its record that says so; an empty text when nothing is.
func (p *Policy) check() (at uint32, text string) {
	switch {
	case p.MaxLayer < 1 || p.MaxLayer > 3:
		return 0, "max layer is not 1, 2 or 3"
	case p.Faces != 1 && p.Faces != 2 && p.Faces != 4 && p.Faces != 8:
		return 1, "faces are not 1, 2, 4 or 8"
	case p.Bits > 32:
		return 2, "bits are more than 32"
	case p.FloorPermille < 1 || p.FloorPermille > 1000:
		return 6, "floor is not 1 to 1000 thousandths"
	case p.HopPermille > 4000:
		return 16, "hop is more than 4000 thousandths"
	case p.RepeatPermille > 4000:
		return 18, "repeat is more than 4000 thousandths"
	case p.FaceSharePermille > 1000:
		return 20, "face share is more than 1000 thousandths"
	case p.FaceVisits < 1 || p.FaceVisits > MaxFaceVisits:
		return 23, "face visits are not 1 to 64"
	case p.Recency[0] == 0:
		return 24, "recency of the newest view is 0"
	}
	return 0, ""
}
