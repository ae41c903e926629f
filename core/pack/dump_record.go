package pack

// field is a part of a record that stands once in a pack.
type field struct {
	name     string
	at, size uint32
}

var metaFields = [...]field{
	{"items", 0, 4}, {"topics", 4, 2}, {"slots", 6, 1}, {"languages", 7, 1}, {"currencies", 8, 1}, {"reserved", 9, 3},
}

var policyFields = [...]field{
	{"MaxLayer", 0, 1}, {"Faces", 1, 1}, {"Bits", 2, 1}, {"FirstPages", 3, 1}, {"Signals", 4, 2}, {"FloorPermille", 6, 2},
	{"SettleMs", 8, 4}, {"HalfLifeMs", 12, 4}, {"HopPermille", 16, 2}, {"RepeatPermille", 18, 2},
	{"FaceSharePermille", 20, 2}, {"FatigueShown", 22, 1}, {"FaceVisits", 23, 1}, {"Recency", 24, 16},
	{"RepeatRecency", 40, 16}, {"reserved", 56, 8},
}

var intentFields = [...]field{{"TopicRecency", 0, 1}, {"KindMix", 1, ModeCount * KindCount}}

// policyField returns the field of the policy's record that byte at belongs to.
func policyField(at uint32) field {
	k := 0
	for k+1 < len(policyFields) && policyFields[k+1].at <= at {
		k++
	}
	return policyFields[k]
}

// fields prints a record field by field: numbers as such, longer ones byte by byte.
func (d *dumper) fields(list []field) {
	for _, f := range list {
		b := d.data[d.pos : d.pos+f.size]
		text := f.name
		switch {
		case f.name == "reserved":
		case f.size == 1:
			text += " " + decimal(uint64(b[0]))
		case f.size == 2:
			text += " " + decimal(uint64(u16(b)))
		case f.size == 4:
			text += " " + decimal(uint64(u32(b)))
		default:
			for _, c := range b {
				text += " " + decimal(uint64(c))
			}
		}
		d.bytes(f.size, text)
	}
}

// record says what record k of a table means.
func (d *dumper) record(sec int, k uint32, r []byte) string {
	switch sec {
	case secSlots:
		return d.slot(k, r)
	case secKind:
		return d.item(k) + ": " + Kind(r[0]).String()
	case secFlags:
		text := d.item(k) + ": " + Availability(r[0]>>availabilityShift).String()
		if r[0]&itemSensitive != 0 {
			text += ", sensitive"
		}
		return text
	case secLanguage:
		return d.item(k) + ": " + counted(r[0], d.languages)
	case secPopularity:
		return d.item(k) + ": " + decimal(uint64(u16(r)))
	case secPopularityRuns:
		return "from " + d.item(u32(r)) + ": " + decimal(uint64(u16(r[4:])))
	case secTopics:
		text := d.item(k) + ":"
		for ; len(r) >= 2; r = r[2:] {
			if t := u16(r); t != NoTopic {
				text += " " + d.topic(t)
			} else {
				text += " none"
			}
		}
		return text
	case secPrice:
		return d.item(k) + ": " + decimal(uint64(u32(r)))
	case secCurrency:
		return d.item(k) + ": " + counted(r[0], d.currencies)
	case secTopicParent:
		if t := u16(r); t != NoTopic {
			return d.topic(uint16(k)) + ": below " + d.topic(t)
		}
		return d.topic(uint16(k)) + ": root"
	case secTopicFlags:
		if r[0]&topicSensitive != 0 {
			return d.topic(uint16(k)) + ": sensitive"
		}
		return d.topic(uint16(k))
	case secTerms:
		return "word of hash " + decimal(uint64(u32(r))) + ": " + d.topic(u16(r[4:]))
	case secPriors:
		multiplier := thousandths((uint64(Exp2(r[1]))*1000 + 128) / 256)
		return Class(r[0]).String() + ": " + d.topic(u16(r[2:])) + " × " + multiplier
	case secFacets:
		return decimal(uint64(k)) + named(d.facets, k) + ": of " + decimal(uint64(r[0])) + named(d.groups, uint32(r[0]))
	case secByID:
		return d.item(u32(r))
	case secByURL:
		return decimal(uint64(u32(r))) + named(d.urls, u32(r))
	}
	return ""
}

func (d *dumper) slot(k uint32, r []byte) string {
	text := decimal(uint64(k)) + named(d.slots, k) + ": size " + decimal(uint64(r[1])) + ", layer " + decimal(uint64(r[2]))
	if r[3]&slotRepeats != 0 {
		text += ", repeats"
	}
	if r[4] > 0 {
		text += ", " + number(uint64(r[4]), "topic") + " at least"
	}
	text += ", of"
	for kind := range Kind(KindCount) {
		if Kinds(r[0]).Has(kind) {
			text += " " + kind.String()
		}
	}
	return text
}

// item returns an item's number with its site id.
func (d *dumper) item(i uint32) string { return decimal(uint64(i)) + named(d.ids, i) }

// shown returns an item's number with its title or, failing that, its site id.
func (d *dumper) shown(i uint32) string {
	if name := named(d.titles, i); name != "" {
		return decimal(uint64(i)) + name
	}
	return d.item(i)
}

func (d *dumper) topic(t uint16) string { return decimal(uint64(t)) + named(d.topics, uint32(t)) }

// named returns name i, quoted, after a space; nothing when there is none.
func named(names []string, i uint32) string {
	if uint64(i) >= uint64(len(names)) || names[i] == "" {
		return ""
	}
	return " " + quote([]byte(names[i]))
}

// counted returns the name of what items count from 1.
func counted(i byte, names []string) string {
	if i == 0 {
		return "none"
	}
	return decimal(uint64(i)) + named(names, uint32(i)-1)
}
