package pack

import "io"

// Dump prints every byte of data with its meaning, and each byte once. A range is of offsets into the pack, its end not
// in it:
//
//	header
//	 ├── 000-008: x 89 6e 61 62 69 6a 0d 0a # magic
//	 ├── 008-010: x 01 00                   # version 1
//
// A pack that Open refuses is printed as far as it can be followed, with what is wrong under the line of the byte that
// Open objects to; Dump then returns Open's error. Data of more than MaxBytes is not printed at all. An error of w ends
// the printing.
func Dump(w io.Writer, data []byte) error {
	_, err := Open(data)
	d := dumper{w: w, data: data}
	d.refused, _ = err.(*Error)
	if len(data) <= MaxBytes {
		d.digits = len(decimal(uint64(len(data))))
		d.pack()
	}
	d.finish()
	if d.err != nil {
		return d.err
	}
	return err
}

// dumper prints from pos on. Methods that print n bytes print fewer where the pack ends before.
type dumper struct {
	w      io.Writer
	err    error // of w
	out    []byte
	data   []byte
	pos    uint32
	digits int
	// group is the line, with those that continue it, that waits for its branch: ├ or, as the last of its part, └.
	group []string
	// refused is what Open says, until it is printed.
	refused *Error

	ids, urls, titles, topics, slots, languages, currencies, facets, groups []string
}

const dumpLineBytes = 16

// heading starts a part.
func (d *dumper) heading(text string) {
	d.branch("└")
	d.print(text + "\n")
}

// bytes prints the next n bytes as one group of lines, text beside the first.
func (d *dumper) bytes(n uint32, text string) {
	n = min(n, uint32(len(d.data))-d.pos)
	if n == 0 {
		return
	}
	d.branch("├")
	end := d.pos + n
	wrong := d.refused != nil && d.refused.At >= d.pos && d.refused.At < end
	for d.pos < end {
		to := min(d.pos+dumpLineBytes, end)
		line := d.offset(d.pos) + "-" + d.offset(to) + ": x"
		for _, c := range d.data[d.pos:to] {
			line += " " + hexByte(c)
		}
		if text != "" {
			for k := to - d.pos; k < 8; k++ {
				line += "   "
			}
			line += " # " + text
		}
		d.group = append(d.group, line)
		d.pos, text = to, ""
	}
	if wrong {
		d.group = append(d.group, "^ "+d.refused.Error())
		d.refused = nil
	}
}

// branch prints the group that waits.
func (d *dumper) branch(branch string) {
	trunk := "│"
	if branch == "└" {
		trunk = " "
	}
	for i, line := range d.group {
		if i == 0 {
			d.print(" " + branch + "── " + line + "\n")
		} else {
			d.print(" " + trunk + "   " + line + "\n")
		}
	}
	d.group = d.group[:0]
}

func (d *dumper) print(text string) {
	d.out = append(d.out, text...)
	if len(d.out) > 1<<15 {
		d.flush()
	}
}

func (d *dumper) flush() {
	if d.err == nil {
		_, d.err = d.w.Write(d.out)
	}
	d.out = d.out[:0]
}

func (d *dumper) finish() {
	d.branch("└")
	if d.refused != nil {
		d.print(d.refused.Error() + "\n")
	}
	d.flush()
}

func (d *dumper) offset(at uint32) string {
	s := decimal(uint64(at))
	for len(s) < d.digits {
		s = "0" + s
	}
	return s
}

// found is a section as its descriptor has it.
type found struct {
	name        string
	sec         int // index into sections, -1 when it is none of them
	flags, form byte
	width       uint32
	start, end  uint32
	follows     bool // lies in the pack, after the section before
}

func (d *dumper) pack() {
	b := d.data
	if len(b) < headerBytes || string(b[:len(magic)]) != magic {
		d.heading("not a pack")
		d.bytes(uint32(len(b)), "")
		return
	}
	d.heading("header")
	d.bytes(uint32(len(magic)), "magic")
	d.bytes(2, "version "+decimal(uint64(u16(b[8:]))))
	count := uint32(u16(b[10:]))
	d.bytes(2, number(uint64(count), "section"))
	d.bytes(4, number(uint64(u32(b[12:])), "byte"))
	sum := "checksum"
	if want := Checksum(b[headerBytes:]); want != u64(b[16:]) {
		sum += ", should be " + hexBytes(want)
	}
	d.bytes(8, sum)
	list := d.descriptors(count)
	d.names(list)
	for _, f := range list {
		d.section(f)
	}
	if d.pos < uint32(len(b)) {
		d.heading("in no section")
		d.bytes(uint32(len(b)), "")
	}
}

func (d *dumper) descriptors(count uint32) []found {
	var list []found
	size := uint32(len(d.data))
	end := headerBytes + count*descriptorBytes
	d.heading("sections")
	for range count {
		if size-d.pos < descriptorBytes {
			d.bytes(descriptorBytes, "ends within a descriptor")
			break
		}
		r := d.data[d.pos:]
		f := found{name: string(r[:4]), flags: r[4], form: r[5], width: uint32(u16(r[6:])), start: u32(r[8:])}
		length := u32(r[12:])
		f.follows = f.start >= end && f.start <= size && length <= size-f.start
		where := ", at " + decimal(uint64(f.start)) + ", " + number(uint64(length), "byte")
		if f.follows {
			f.end = f.start + length
			end = f.end
		} else {
			where += ", which cannot be followed"
		}
		f.sec = -1
		if len(f.name) == 4 {
			f.sec = knownSection(tag(f.name))
		}
		if f.sec >= 0 && (f.form != sections[f.sec].form || f.width < uint32(sections[f.sec].width)) {
			f.sec = -1
		}
		d.bytes(descriptorBytes, f.title()+where)
		list = append(list, f)
	}
	return list
}

// title says what kind of section it is.
func (f *found) title() string {
	s := quoteName(f.name)
	switch f.form {
	case formTable:
		s += ": table of " + number(uint64(f.width), "byte") + " a record"
	case formEntries:
		s += ": entries"
	case formBytes:
		s += ": bytes"
	default:
		s += ": unknown form " + decimal(uint64(f.form))
	}
	if f.flags&flagRequired != 0 {
		s += ", required"
	}
	if f.flags&flagDisplay != 0 {
		s += ", display"
	}
	return s
}

// names collects what the pack calls its items, topics and the rest, as far as it can be followed.
func (d *dumper) names(list []found) {
	for _, f := range list {
		if !f.follows || f.sec < 0 || f.form != formEntries {
			continue
		}
		var to *[]string
		switch f.sec {
		case secIDs:
			to = &d.ids
		case secURLs:
			to = &d.urls
		case secTitles:
			to = &d.titles
		case secTopicNames:
			to = &d.topics
		case secSlotNames:
			to = &d.slots
		case secLanguageNames:
			to = &d.languages
		case secCurrencyNames:
			to = &d.currencies
		case secFacetNames:
			to = &d.facets
		case secGroupNames:
			to = &d.groups
		default:
			continue
		}
		b := d.data[f.start:f.end]
		_, pos := blocksOf(b)
		for pos < uint32(len(b)) {
			size, head := varint(b[pos:])
			if head == 0 || size > uint32(len(b))-pos-uint32(head) {
				break
			}
			pos += uint32(head)
			*to = append(*to, string(b[pos:pos+size]))
			pos += size
		}
	}
}

// blocksOf returns how many blocks a section of entries says it has, and where its entries start; a start of the
// section's length when that cannot be.
func blocksOf(b []byte) (blocks, start uint32) {
	if len(b) < 4 {
		return 0, uint32(len(b))
	}
	start = u32(b)
	if start == 0 || start%4 != 0 || start > uint32(len(b)) {
		return 0, uint32(len(b))
	}
	return start / 4, start
}

func (d *dumper) section(f found) {
	if !f.follows {
		return
	}
	if f.start > d.pos {
		text := "padding"
		if f.start-d.pos > 3 {
			d.heading("in no section")
			text = ""
		}
		d.bytes(f.start-d.pos, text)
	}
	heading := quoteName(f.name) + ": "
	if f.sec >= 0 {
		heading += meanings[f.sec]
	} else {
		heading += "unknown"
	}
	d.heading(heading)
	switch f.form {
	case formTable:
		d.table(f)
	case formEntries:
		d.entries(f)
	}
	text := ""
	switch {
	case f.sec == secSite:
		text = quote(d.data[d.pos:f.end])
	case f.form == formTable:
		text = "no whole record"
	case f.form == formEntries:
		text = "cannot be followed"
	}
	d.bytes(f.end-d.pos, text)
}

// table prints the whole records of a table.
func (d *dumper) table(f found) {
	if f.width == 0 {
		return
	}
	for k := uint32(0); f.end-d.pos >= f.width; k++ {
		r, next := d.data[d.pos:d.pos+f.width], d.pos+f.width
		switch f.sec {
		case -1:
			d.bytes(f.width, "record "+decimal(uint64(k)))
		case secMeta:
			d.fields(metaFields[:])
		case secPolicy:
			d.fields(policyFields[:])
		case secIntent:
			d.fields(intentFields[:])
		case secTopics:
			d.bytes(f.width, d.record(f.sec, k, r))
		default:
			d.bytes(uint32(sections[f.sec].width), d.record(f.sec, k, r))
		}
		d.bytes(next-d.pos, "fields of a later version")
	}
}

// entries prints the block offsets and the entries of a section.
func (d *dumper) entries(f found) {
	blocks, _ := blocksOf(d.data[f.start:f.end])
	if blocks == 0 {
		return
	}
	for k := range blocks {
		d.bytes(4, "entry "+decimal(uint64(k*blockEntries))+" is at "+decimal(uint64(f.start)+uint64(u32(d.data[d.pos:]))))
	}
	for i := uint32(0); d.pos < f.end; i++ {
		size, head := varint(d.data[d.pos:f.end])
		if head == 0 || size > f.end-d.pos-uint32(head) {
			return
		}
		entry := d.data[d.pos+uint32(head) : d.pos+uint32(head)+size]
		switch f.sec {
		case secRows:
			d.row(d.item(i), uint32(head), entry)
		case secTopicRows:
			d.row(d.topic(uint16(i)), uint32(head), entry)
		case secFacetItems:
			d.facet(i, uint32(head), entry)
		case -1:
			d.bytes(uint32(head)+size, decimal(uint64(i)))
		default:
			d.bytes(uint32(head)+size, decimal(uint64(i))+": "+quote(entry))
		}
	}
}

// row prints a row's length and scale, then each neighbour.
func (d *dumper) row(of string, head uint32, entry []byte) {
	if len(entry) == 0 {
		d.bytes(head, of+": no row")
		return
	}
	if len(entry) < 2 {
		d.bytes(head+uint32(len(entry)), of+": no scale")
		return
	}
	end := d.pos + head + uint32(len(entry))
	scale := uint64(u16(entry)) & rowScaleMax
	text := of + ": scale " + decimal(scale)
	if u16(entry)&rowFromContent != 0 {
		text += ", from content"
	}
	d.bytes(head+2, text)
	next := uint32(0)
	for d.pos < end {
		b := d.data[d.pos:end]
		distance, n := varint(b)
		if n == 0 || n >= len(b) {
			break
		}
		next += distance
		q := uint64(b[n])
		const most = rowWeightMax * rowWeightMax * rowScaleMax
		weight := thousandths((q*q*scale*1000 + most/2) / most)
		d.bytes(uint32(n)+1, "→ "+d.shown(next-1)+" "+weight+" (distance "+decimal(uint64(distance))+", q "+decimal(q)+")")
	}
	d.bytes(end-d.pos, "no neighbour")
}

// facet prints the length of a facet's entry, then each item.
func (d *dumper) facet(i, head uint32, entry []byte) {
	end := d.pos + head + uint32(len(entry))
	d.bytes(head, decimal(uint64(i))+named(d.facets, i)+": "+number(uint64(len(entry)), "byte"))
	next := uint32(0)
	for d.pos < end {
		distance, n := varint(d.data[d.pos:end])
		if n == 0 {
			break
		}
		next += distance
		d.bytes(uint32(n), "→ "+d.shown(next-1)+" (distance "+decimal(uint64(distance))+")")
	}
	d.bytes(end-d.pos, "no item")
}

// meanings are what the sections hold, in words.
var meanings = [sectionCount]string{
	secMeta:           "counts",
	secPolicy:         "policy",
	secSlots:          "slots",
	secKind:           "kind of each item",
	secFlags:          "sensitive and availability of each item",
	secLanguage:       "language of each item",
	secPopularity:     "popularity of each item",
	secPopularityRuns: "popularity of runs of items",
	secTopics:         "topics of each item",
	secPrice:          "price of each item",
	secTopicParent:    "parent of each topic",
	secTopicFlags:     "flags of each topic",
	secRows:           "neighbours of each item",
	secTopicRows:      "items that stand for each topic",
	secTerms:          "words and the topics they point at",
	secPriors:         "multipliers by context class and topic",
	secFacets:         "group of each facet",
	secFacetItems:     "items of each facet",
	secIntent:         "what follows from a visit's intent",
	secSite:           "the site's name",
	secIDs:            "site id of each item",
	secURLs:           "URL of each item",
	secTitles:         "title of each item",
	secImages:         "image of each item",
	secCurrency:       "currency of each item",
	secTopicNames:     "name of each topic",
	secSlotNames:      "name of each slot",
	secLanguageNames:  "languages",
	secCurrencyNames:  "currencies",
	secFacetNames:     "name of each facet",
	secGroupNames:     "name of each group of facets",
	secByID:           "items in order of site id",
	secByURL:          "items with a URL in order of it",
}
