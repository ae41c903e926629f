package pack

import (
	"cmp"
	"math"
	"slices"
)

// Write lays src out as a pack of version 1. The same source gives the same bytes, on every machine, in whatever order
// its neighbours and priors stand. What Open would refuse is refused here, naming the field and index: the error is an
// *Error with cause ErrSource, or ErrTooLarge.
func Write(src Source) ([]byte, error) {
	w := writer{src: &src}
	if err := src.check(); err != nil {
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
		return nil, fail(ErrTooLarge, header, 12, "the pack would have more bytes than a pack may have", size)
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
		put32(b[at:], s.name)
		b[at+4], b[at+5] = s.flags, s.form
		put16(b[at+6:], width)
		put32(b[at+8:], uint32(len(b)))
		put32(b[at+12:], uint32(len(d)))
		at += descriptorBytes
		b = append(b, d...)
	}
	put32(b[12:], uint32(len(b)))
	put64(b[16:], Checksum(b[headerBytes:]))
	return b, nil
}

// layColumn lays out a record an item, or nothing when every one is the default.
func layColumn[T uint8 | uint16 | uint32](n int, none T, at func(i int) T) []byte {
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

	w.data[secKind] = layColumn(n, uint8(KindProduct), func(i int) uint8 { return uint8(items[i].Kind) })
	w.data[secFlags] = layColumn(n, uint8(0), func(i int) uint8 {
		f := uint8(items[i].Availability) << availabilityShift
		if items[i].Sensitive {
			f |= itemSensitive
		}
		return f
	})
	w.data[secLanguage] = layColumn(n, uint8(0), func(i int) uint8 { return items[i].Language })
	w.data[secPopularity] = layColumn(n, uint16(1<<16-1), func(i int) uint16 { return items[i].Popularity })
	if runs := popularityRuns(items); 2*len(runs) < len(w.data[secPopularity]) {
		w.data[secPopularity], w.data[secPopularityRuns] = nil, runs
	}
	w.data[secPrice] = layColumn(n, uint32(0), func(i int) uint32 { return items[i].Price })
	w.data[secCurrency] = layColumn(n, uint8(0), func(i int) uint8 { return items[i].Currency })

	most := 0
	for i := range items {
		most = max(most, len(items[i].Topics))
	}
	w.width[secTopics] = uint16(2 * most)
	w.data[secTopics] = layColumn(n*most, NoTopic, func(k int) uint16 {
		if t := items[k/most].Topics; k%most < len(t) {
			return t[k%most]
		}
		return NoTopic
	})

	for _, t := range topics {
		w.data[secTopicParent] = append(w.data[secTopicParent], byte(t.Parent), byte(t.Parent>>8))
	}
	w.data[secTopicFlags] = layColumn(len(topics), uint8(0), func(i int) uint8 {
		if topics[i].Sensitive {
			return topicSensitive
		}
		return 0
	})

	w.data[secRows] = rows(n, src.Rows)
	w.data[secTopicRows] = rows(len(topics), src.TopicRows)
	w.data[secTerms] = terms(src.Terms)
	w.data[secPriors] = priors(src.Priors)
	w.data[secFacets], w.data[secFacetItems] = facets(src.Facets)
	if in := &src.Policy.Intent; *in != usualIntent {
		w.data[secIntent] = in.record()
	}
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
	strings(secFacetNames, len(src.Facets), func(i int) string { return src.Facets[i].Name })
	strings(secGroupNames, len(src.FacetGroups), func(i int) string { return src.FacetGroups[i] })
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
		row := slices.SortedFunc(slices.Values(rows[i].Neighbours), func(a, b Neighbour) int { return cmp.Compare(a.Item, b.Item) })
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

// popularityRuns lays out a record for each run of items of one popularity, but for the most popular.
func popularityRuns(items []Item) []byte {
	var b []byte
	before := uint16(1<<16 - 1)
	for i := range items {
		if items[i].Popularity == before {
			continue
		}
		before = items[i].Popularity
		var r [runBytes]byte
		put32(r[:], uint32(i))
		put16(r[4:], before)
		b = append(b, r[:]...)
	}
	return b
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
	slices.SortStableFunc(all, func(a, b hashed) int { return cmp.Compare(a.hash, b.hash) })
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

// facets lays out the facets: the group of each, and its items.
func facets(list []Facet) (groups, items []byte) {
	if len(list) == 0 {
		return nil, nil
	}
	for _, f := range list {
		groups = append(groups, f.Group)
	}
	var entry []byte
	items = appendEntries(nil, len(list), func(i int) []byte {
		entry = entry[:0]
		next := uint32(0)
		for _, item := range list[i].Items {
			entry = appendVarint(entry, item+1-next)
			next = item + 1
		}
		return entry
	})
	return groups, items
}

func priors(list []Prior) []byte {
	list = slices.SortedFunc(slices.Values(list), func(a, b Prior) int {
		return (int(a.Class)<<16 | int(a.Topic)) - (int(b.Class)<<16 | int(b.Topic))
	})
	var b []byte
	for _, p := range list {
		var r [priorBytes]byte
		r[0], r[1] = byte(p.Class), multiplierByte(p.Multiplier)
		put16(r[2:], p.Topic)
		b = append(b, r[:]...)
	}
	return b
}

// multiplierByte returns the m of 1 to 255 whose 2^((m-128)/32) is nearest to x, by ratio. It multiplies and divides
// alone, which round alike on every machine; math.Log2 does not.
func multiplierByte(x float64) byte {
	const (
		step = 1.021897148654116678 // 2^(1/32)
		half = 1.010889286051700460 // 2^(1/64)
	)
	m := multiplierOne
	for ; m < 255 && x >= half; m++ {
		x /= step
	}
	for ; m > 1 && x*half < 1; m-- {
		x *= step
	}
	return byte(m)
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

func (in *IntentPolicy) record() []byte {
	r := append(make([]byte, 0, intentBytes), in.TopicRecency)
	for m := range in.KindMix {
		r = append(r, in.KindMix[m][:]...)
	}
	return r
}
