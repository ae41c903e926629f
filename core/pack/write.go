package pack

import (
	"math"
	"slices"
	"unicode/utf8"
)

// Write lays src out as a pack of version 1. The same source gives the same bytes. What Open would refuse is refused
// here, naming the field and index; the error is an *Error with cause ErrSource.
func Write(src Source) ([]byte, error) {
	w := writer{src: &src}
	if err := w.check(); err != nil {
		return nil, err
	}
	w.ranking()
	w.display()
	data, err := w.assemble()
	if err != nil {
		return nil, err
	}
	// Open is the one judge of what a pack is; a disagreement would be a bug here.
	if _, err := Open(data); err != nil {
		return nil, err
	}
	return data, nil
}

type writer struct {
	src  *Source
	data [sectionCount][]byte
	// width is that of the records written, where it is not the section's least.
	width [sectionCount]uint16
}

func (w *writer) assemble() ([]byte, error) {
	count := 0
	size := uint64(headerBytes)
	for _, d := range w.data {
		if len(d) > 0 {
			count++
			size += descriptorBytes + (uint64(len(d))+3)&^3
		}
	}
	if size > MaxBytes {
		return nil, fail(ErrTooLarge, "source", 0, "the pack would have more bytes than a pack may have", size)
	}
	b := make([]byte, headerBytes+count*descriptorBytes, size)
	copy(b, magic)
	put16(b[8:], version)
	put16(b[10:], uint16(count))
	at := headerBytes
	for i, d := range w.data {
		if len(d) == 0 {
			continue
		}
		for len(b)%4 != 0 {
			b = append(b, 0)
		}
		s := &sections[i]
		width := s.width
		if w.width[i] != 0 {
			width = w.width[i]
		}
		copy(b[at:], s.name)
		b[at+4], b[at+5] = s.flags, s.form
		put16(b[at+6:], width)
		put32(b[at+8:], uint32(len(b)))
		put32(b[at+12:], uint32(len(d)))
		at += descriptorBytes
		b = append(b, d...)
	}
	put32(b[12:], uint32(len(b)))
	put64(b[16:], checksum(b[headerBytes:]))
	return b, nil
}

// column lays out a record an item, or nothing when every one is the default.
func column[T uint8 | uint16 | uint32](n int, none T, at func(i int) T) []byte {
	size := 1
	switch any(none).(type) {
	case uint16:
		size = 2
	case uint32:
		size = 4
	}
	b := make([]byte, 0, n*size)
	said := false
	for i := range n {
		v := at(i)
		said = said || v != none
		for k := range size {
			b = append(b, byte(uint32(v)>>(8*k)))
		}
	}
	if !said {
		return nil
	}
	return b
}

func (w *writer) ranking() {
	src := w.src
	items, topics := src.Items, src.Topics
	n := len(items)

	meta := make([]byte, metaBytes)
	put32(meta, uint32(n))
	put16(meta[4:], uint16(len(topics)))
	meta[6], meta[7], meta[8] = byte(len(src.Slots)), byte(len(src.Languages)), byte(len(src.Currencies))
	w.data[secMeta] = meta
	w.data[secPolicy] = src.Policy.record()

	for _, s := range src.Slots {
		r := [slotBytes]byte{byte(s.Kinds), s.Size, s.Layer, 0, s.MinTopics}
		if s.Repeats {
			r[3] = slotRepeats
		}
		w.data[secSlots] = append(w.data[secSlots], r[:]...)
	}

	w.data[secKind] = column(n, uint8(KindProduct), func(i int) uint8 { return uint8(items[i].Kind) })
	w.data[secFlags] = column(n, uint8(0), func(i int) uint8 {
		f := uint8(items[i].Availability) << availabilityShift
		if items[i].Sensitive {
			f |= itemSensitive
		}
		return f
	})
	w.data[secLanguage] = column(n, uint8(0), func(i int) uint8 { return items[i].Language })
	w.data[secPopularity] = column(n, uint16(1<<16-1), func(i int) uint16 { return items[i].Popularity })
	w.data[secPrice] = column(n, uint32(0), func(i int) uint32 { return items[i].Price })
	w.data[secCurrency] = column(n, uint8(0), func(i int) uint8 { return items[i].Currency })

	most := 0
	for i := range items {
		most = max(most, len(items[i].Topics))
	}
	w.width[secTopics] = uint16(2 * most)
	w.data[secTopics] = column(n*most, NoTopic, func(k int) uint16 {
		if t := items[k/most].Topics; k%most < len(t) {
			return t[k%most]
		}
		return NoTopic
	})

	for _, t := range topics {
		w.data[secTopicParent] = append(w.data[secTopicParent], byte(t.Parent), byte(t.Parent>>8))
	}
	w.data[secTopicFlags] = column(len(topics), uint8(0), func(i int) uint8 {
		if topics[i].Sensitive {
			return topicSensitive
		}
		return 0
	})

	w.data[secRows] = rows(n, src.Rows)
	w.data[secTopicRows] = rows(len(topics), src.TopicRows)
	w.data[secTerms] = terms(src.Terms)
	w.data[secPriors] = priors(src.Priors)
}

func (w *writer) display() {
	src := w.src
	strings := func(sec, n int, at func(i int) string) {
		said := 0
		for i := range n {
			said += len(at(i))
		}
		if said > 0 {
			w.data[sec] = appendEntries(nil, n, func(i int) []byte { return []byte(at(i)) })
		}
	}
	items := src.Items
	w.data[secSite] = []byte(src.Site)
	strings(secIDs, len(items), func(i int) string { return items[i].ID })
	strings(secURLs, len(items), func(i int) string { return items[i].URL })
	strings(secTitles, len(items), func(i int) string { return items[i].Title })
	strings(secImages, len(items), func(i int) string { return items[i].Image })
	strings(secTopicNames, len(src.Topics), func(i int) string { return src.Topics[i].Name })
	strings(secSlotNames, len(src.Slots), func(i int) string { return src.Slots[i].Name })
	strings(secLanguageNames, len(src.Languages), func(i int) string { return src.Languages[i] })
	strings(secCurrencyNames, len(src.Currencies), func(i int) string { return src.Currencies[i] })
	w.data[secByID] = index(items, func(i *Item) string { return i.ID })
	w.data[secByURL] = index(items, func(i *Item) string { return i.URL })
}

// index lays out the items that have a name, in order of it.
func index(items []Item, name func(*Item) string) []byte {
	order := make([]uint32, 0, len(items))
	for i := range items {
		if name(&items[i]) != "" {
			order = append(order, uint32(i))
		}
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return compare([]byte(name(&items[a])), []byte(name(&items[b])))
	})
	b := make([]byte, 4*len(order))
	for k, i := range order {
		put32(b[4*k:], i)
	}
	return b
}

// rows compands: each row's largest weight gets its share of rowScaleMax, each weight a square root of rowWeightMax
// steps within its row.
func rows(n int, rows []Row) []byte {
	top := 0.0
	for _, r := range rows {
		for _, x := range r.Neighbours {
			top = max(top, x.Weight)
		}
	}
	if top == 0 {
		return nil
	}
	var entry []byte
	return appendEntries(nil, n, func(i int) []byte {
		if i >= len(rows) || len(rows[i].Neighbours) == 0 {
			return nil
		}
		row := slices.SortedFunc(slices.Values(rows[i].Neighbours), func(a, b Neighbour) int { return int(int64(a.Item) - int64(b.Item)) })
		largest := 0.0
		for _, x := range row {
			largest = max(largest, x.Weight)
		}
		scale := uint16(max(1, math.Round(largest/top*rowScaleMax)))
		if rows[i].FromContent {
			scale |= rowFromContent
		}
		entry = append(entry[:0], byte(scale), byte(scale>>8))
		next := uint32(0)
		for _, x := range row {
			entry = appendVarint(entry, x.Item+1-next)
			next = x.Item + 1
			entry = append(entry, byte(max(1, math.Round(rowWeightMax*math.Sqrt(x.Weight/largest)))))
		}
		return entry
	})
}

// terms lays out the terms by hash. Where two words have one hash, the first of the source wins.
func terms(list []Term) []byte {
	type hashed struct {
		hash  uint32
		topic uint16
	}
	all := make([]hashed, len(list))
	for i, t := range list {
		all[i] = hashed{TermHash([]byte(t.Word)), t.Topic}
	}
	slices.SortStableFunc(all, func(a, b hashed) int { return int(int64(a.hash) - int64(b.hash)) })
	var b []byte
	for i, t := range all {
		if i > 0 && t.hash == all[i-1].hash {
			continue
		}
		var r [termBytes]byte
		put32(r[:], t.hash)
		put16(r[4:], t.topic)
		b = append(b, r[:]...)
	}
	return b
}

func priors(list []Prior) []byte {
	list = slices.SortedFunc(slices.Values(list), func(a, b Prior) int {
		return (int(a.Class)<<16 | int(a.Topic)) - (int(b.Class)<<16 | int(b.Topic))
	})
	var b []byte
	for _, p := range list {
		m := math.Round(multiplierOne + multiplierStep*math.Log2(p.Multiplier))
		var r [priorBytes]byte
		r[0], r[1] = byte(p.Class), byte(min(255, max(1, m)))
		put16(r[2:], p.Topic)
		b = append(b, r[:]...)
	}
	return b
}

func (p *Policy) record() []byte {
	r := make([]byte, policyBytes)
	r[0], r[1], r[2], r[3] = p.MaxLayer, p.Faces, p.Bits, p.FirstPages
	put16(r[4:], p.Signals)
	put16(r[6:], p.FloorPermille)
	put32(r[8:], p.SettleMs)
	put32(r[12:], p.HalfLifeMs)
	put16(r[16:], p.HopPermille)
	put16(r[18:], p.RepeatPermille)
	put16(r[20:], p.FaceSharePermille)
	r[22], r[23] = p.FatigueShown, p.FaceVisits
	copy(r[24:], p.Recency[:])
	copy(r[40:], p.RepeatRecency[:])
	return r
}

// check refuses what a pack cannot hold.
func (w *writer) check() error {
	src := w.src
	if len(src.Items) > MaxItems || len(src.Topics) > MaxTopics || len(src.Languages) > 255 || len(src.Currencies) > 255 {
		return fail(ErrTooLarge, "source", 0, "more items, topics, languages or currencies than a pack may have", uint64(len(src.Items)))
	}
	if len(src.Slots) == 0 || len(src.Slots) > MaxSlots {
		return fail(ErrSource, "Slots", 0, "want 1 to 32 slots", uint64(len(src.Slots)))
	}
	names := map[string]bool{}
	for i, s := range src.Slots {
		if s.Name == "" || len(s.Name) > 64 || names[s.Name] {
			return fail(ErrSource, "Slots", uint32(i), "name is empty, longer than 64 bytes, or taken", uint64(len(s.Name)))
		}
		names[s.Name] = true
	}
	if at, text := src.Policy.check(); text != "" {
		return fail(ErrSource, "Policy", at, text, uint64(src.Policy.record()[at]))
	}
	if err := checkIndexes(src.Items); err != nil {
		return err
	}
	for i := range src.Items {
		if err := w.checkItem(uint32(i), &src.Items[i]); err != nil {
			return err
		}
	}
	for i, t := range src.Topics {
		if t.Name == "" || !fits(t.Name) {
			return fail(ErrSource, "Topics", uint32(i), "name is empty, too long, or not UTF-8", uint64(len(t.Name)))
		}
	}
	if len(src.Rows) > len(src.Items) || len(src.TopicRows) > len(src.Topics) {
		return fail(ErrSource, "Rows", 0, "more rows than items or topics", uint64(len(src.Rows)))
	}
	for _, rows := range [][]Row{src.Rows, src.TopicRows} {
		for i, r := range rows {
			if err := checkSourceRow(uint32(i), r, len(src.Items)); err != nil {
				return err
			}
		}
	}
	for i, t := range src.Terms {
		if int(t.Topic) >= len(src.Topics) || t.Word == "" {
			return fail(ErrSource, "Terms", uint32(i), "no such topic, or no word", uint64(t.Topic))
		}
	}
	seen := map[uint32]bool{}
	for i, p := range src.Priors {
		key := uint32(p.Class)<<16 | uint32(p.Topic)
		if p.Class == 0 || p.Class >= ClassCount || int(p.Topic) >= len(src.Topics) || seen[key] {
			return fail(ErrSource, "Priors", uint32(i), "no such class or topic, or the pair stands twice", uint64(p.Class))
		}
		if !(p.Multiplier > 0) || math.IsInf(p.Multiplier, 1) {
			return fail(ErrSource, "Priors", uint32(i), "multiplier is not a positive number", uint64(p.Topic))
		}
		seen[key] = true
	}
	return nil
}

func fits(s string) bool { return len(s) <= MaxString && utf8.ValidString(s) }

func checkIndexes(items []Item) error {
	ids, urls := make(map[string]bool, len(items)), make(map[string]bool, len(items))
	for i := range items {
		it := &items[i]
		if it.ID == "" || ids[it.ID] {
			return fail(ErrSource, "Items.ID", uint32(i), "empty, or taken by an earlier item: "+it.ID, uint64(len(it.ID)))
		}
		ids[it.ID] = true
		if it.URL != "" && urls[it.URL] {
			return fail(ErrSource, "Items.URL", uint32(i), "taken by an earlier item: "+it.URL, uint64(len(it.URL)))
		}
		urls[it.URL] = true
	}
	return nil
}

func (w *writer) checkItem(i uint32, it *Item) error {
	switch {
	case !fits(it.ID), !fits(it.Title), !fits(it.URL), !fits(it.Image):
		return fail(ErrSource, "Items", i, "a string is too long or not UTF-8", uint64(i))
	case !SafeReference([]byte(it.URL)), !SafeReference([]byte(it.Image)):
		return fail(ErrSource, "Items", i, "URL or image is neither http(s) nor a path", uint64(i))
	case len(it.Topics) > MaxItemTopics:
		return fail(ErrSource, "Items.Topics", i, "more than 4 topics", uint64(len(it.Topics)))
	case it.Availability > OnOrder:
		return fail(ErrSource, "Items.Availability", i, "unknown", uint64(it.Availability))
	}
	return nil
}

func checkSourceRow(i uint32, r Row, items int) error {
	if len(r.Neighbours) > MaxNeighbours {
		return fail(ErrSource, "Rows", i, "more than 128 neighbours", uint64(len(r.Neighbours)))
	}
	seen := map[uint32]bool{}
	for _, x := range r.Neighbours {
		if int64(x.Item) >= int64(items) || seen[x.Item] {
			return fail(ErrSource, "Rows", i, "no such item, or one that stands twice", uint64(x.Item))
		}
		if !(x.Weight > 0) || math.IsInf(x.Weight, 1) {
			return fail(ErrSource, "Rows", i, "weight is not a positive number", uint64(x.Item))
		}
		seen[x.Item] = true
	}
	return nil
}
