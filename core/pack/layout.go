package pack

// A pack is a header, a table of sections and the sections:
//
//	 0  8  magic
//	 8  2  version, 1
//	10  2  number of sections
//	12  4  bytes of the whole pack
//	16  8  checksum of everything from byte 24 on
//	24     a descriptor for each section, then the sections, each at a multiple of 4, zeros between
//
// A descriptor says what a section is without knowing it:
//
//	 0  4  name, ASCII
//	 4  1  flags: 1 = a reader that does not know it must refuse the pack; 2 = display alone needs it
//	 5  1  form: 0 table of records, 1 entries in blocks, 2 plain bytes
//	 6  2  bytes a record, 0 unless the form is a table; readers step by it, so that records may grow
//	 8  4  offset from the start of the pack
//	12  4  length in bytes
//
// Numbers are little-endian. FORMAT.md is the specification.
const (
	magic           = "\x89nabij\r\n"
	version         = 1
	headerBytes     = 24
	descriptorBytes = 16
	maxSections     = 256

	header = 0 // in place of a section's name

	flagRequired = 1
	flagDisplay  = 2
)

// Forms of a section.
const (
	formTable   = 0
	formEntries = 1
	formBytes   = 2
)

// Entries are strings of bytes of any length, read by position: after the offsets (4 bytes each, from the start of the
// section) of every blockEntries-th entry come the entries, each a varint of its length and its bytes.
const blockEntries = 16

// section is what version 1 knows of a section. Sections stand in a pack in the order of this table, those that would
// say nothing left out.
type section struct {
	name  uint32 // ASCII, the first letter in the lowest byte
	flags byte
	form  byte
	width uint16 // least bytes a record
	each  byte   // what it has one record or entry for: an index into Pack.count, or anyNumber
	need  bool   // it must not be left out, unless it would have no record
}

// Indices into Pack.count, and anyNumber for sections with records of their own number.
const (
	eachItem = iota
	eachTopic
	eachSlot
	eachLanguage
	eachCurrency
	eachFacet
	eachGroup
	once
	anyNumber = 255
)

// Indices into sections.
const (
	secMeta = iota
	secPolicy
	secSlots
	secKind
	secFlags
	secLanguage
	secPopularity
	secPopularityRuns
	secTopics
	secPrice
	secTopicParent
	secTopicFlags
	secRows
	secTopicRows
	secTerms
	secPriors
	secFacets
	secFacetItems
	secIntent
	secSite
	secIDs
	secURLs
	secTitles
	secImages
	secCurrency
	secTopicNames
	secSlotNames
	secLanguageNames
	secCurrencyNames
	secFacetNames
	secGroupNames
	secByID
	secByURL
	sectionCount
)

var sections = [sectionCount]section{
	secMeta:           {tag("meta"), flagRequired, formTable, metaBytes, once, true},
	secPolicy:         {tag("poli"), flagRequired, formTable, policyBytes, once, true},
	secSlots:          {tag("slot"), flagRequired, formTable, slotBytes, eachSlot, true},
	secKind:           {tag("kind"), flagRequired, formTable, 1, eachItem, false},
	secFlags:          {tag("flag"), flagRequired, formTable, 1, eachItem, false},
	secLanguage:       {tag("lang"), flagRequired, formTable, 1, eachItem, false},
	secPopularity:     {tag("popu"), flagRequired, formTable, 2, eachItem, false},
	secPopularityRuns: {tag("popr"), flagRequired, formTable, runBytes, anyNumber, false},
	secTopics:         {tag("topi"), flagRequired, formTable, 2, eachItem, false},
	secPrice:          {tag("pric"), 0, formTable, 4, eachItem, false},
	secTopicParent:    {tag("tpar"), flagRequired, formTable, 2, eachTopic, true},
	secTopicFlags:     {tag("tflg"), flagRequired, formTable, 1, eachTopic, false},
	secRows:           {tag("rows"), flagRequired, formEntries, 0, eachItem, false},
	secTopicRows:      {tag("trow"), flagRequired, formEntries, 0, eachTopic, false},
	secTerms:          {tag("term"), 0, formTable, termBytes, anyNumber, false},
	secPriors:         {tag("prio"), flagRequired, formTable, priorBytes, anyNumber, false},
	secFacets:         {tag("fgrp"), 0, formTable, 1, anyNumber, false},
	secFacetItems:     {tag("fitm"), 0, formEntries, 0, eachFacet, true},
	secIntent:         {tag("inte"), 0, formTable, intentBytes, once, false},
	secSite:           {tag("site"), flagDisplay, formBytes, 0, anyNumber, false},
	secIDs:            {tag("idst"), flagDisplay, formEntries, 0, eachItem, true},
	secURLs:           {tag("urls"), flagDisplay, formEntries, 0, eachItem, false},
	secTitles:         {tag("titl"), flagDisplay, formEntries, 0, eachItem, false},
	secImages:         {tag("imgs"), flagDisplay, formEntries, 0, eachItem, false},
	secCurrency:       {tag("curr"), flagDisplay, formTable, 1, eachItem, false},
	secTopicNames:     {tag("tnam"), flagDisplay, formEntries, 0, eachTopic, true},
	secSlotNames:      {tag("snam"), flagDisplay, formEntries, 0, eachSlot, true},
	secLanguageNames:  {tag("lnam"), flagDisplay, formEntries, 0, eachLanguage, true},
	secCurrencyNames:  {tag("cnam"), flagDisplay, formEntries, 0, eachCurrency, true},
	secFacetNames:     {tag("fnam"), flagDisplay, formEntries, 0, eachFacet, true},
	secGroupNames:     {tag("gnam"), flagDisplay, formEntries, 0, eachGroup, true},
	secByID:           {tag("byid"), flagDisplay, formTable, 4, eachItem, true},
	secByURL:          {tag("byur"), flagDisplay, formTable, 4, anyNumber, false},
}

// Bytes of the records of version 1.
const (
	metaBytes   = 12
	policyBytes = 64
	slotBytes   = 8
	runBytes    = 6
	termBytes   = 6
	priorBytes  = 4
	intentBytes = 1 + ModeCount*KindCount
)

// Bits of an item's flags; availability takes the two above the first. A topic has the first alone.
const (
	itemSensitive     = 1
	availabilityShift = 1
	itemFlagsKnown    = 1 | 3<<availabilityShift
	topicSensitive    = 1
)

const slotRepeats = 1

// A row's entry is empty, or its scale (2 bytes; the top bit says that the row is from content) and for each neighbour,
// in order of id, a varint of the distance from the one before (from -1 at first) and a weight q of 1 to 255. The
// weight is then q·q·scale: companding by square root keeps small weights apart.
const (
	rowFromContent = 1 << 15
	rowScaleMax    = 1<<15 - 1
	rowWeightMax   = 255
)

// A prior's multiplier is 2^((m-128)/32), so 128 is 1 and m of 1 to 255 spans a sixteenth to nearly sixteen.
const (
	multiplierOne  = 128
	multiplierStep = 32
)

// tag returns a section's name as a number.
func tag(name string) uint32 {
	return uint32(name[0]) | uint32(name[1])<<8 | uint32(name[2])<<16 | uint32(name[3])<<24
}

func u16(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 }

func u32(b []byte) uint32 {
	_ = b[3] // one bounds check
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

func u64(b []byte) uint64 {
	_ = b[7] // one bounds check
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

func put16(b []byte, v uint16) { b[0], b[1] = byte(v), byte(v>>8) }

func put32(b []byte, v uint32) {
	b[0], b[1], b[2], b[3] = byte(v), byte(v>>8), byte(v>>16), byte(v>>24)
}

func put64(b []byte, v uint64) { put32(b, uint32(v)); put32(b[4:], uint32(v>>32)) }

// appendVarint appends v in base 128, low bits first, the top bit of a byte saying that more follow (LEB128).
func appendVarint(b []byte, v uint32) []byte {
	for v >= 0x80 {
		b = append(b, byte(v)|0x80)
		v >>= 7
	}
	return append(b, byte(v))
}

// varint reads a varint of at most 32 bits in its shortest form. n is 0 when b holds none.
func varint(b []byte) (v uint32, n int) {
	for i := 0; i < len(b) && i < 5; i++ {
		c := b[i]
		if i == 4 && c > 0x0f {
			return 0, 0
		}
		v |= uint32(c&0x7f) << (7 * i)
		if c < 0x80 {
			if c == 0 && i > 0 {
				return 0, 0
			}
			return v, i + 1
		}
	}
	return 0, 0
}

// Checksum is FNV-1a over little-endian 64-bit words, the last one padded with zeros, with the upper half folded into
// the lower after each, and the length as a last word. It finds damage; it is no signature.
//
// Fowler, Noll, Vo: "The FNV Non-Cryptographic Hash Algorithm", RFC 9923.
func Checksum(b []byte) uint64 {
	const prime = 1099511628211
	h := uint64(14695981039346656037)
	n := uint64(len(b))
	for len(b) >= 8 {
		h = (h ^ u64(b)) * prime
		h ^= h >> 32
		b = b[8:]
	}
	var tail [8]byte
	copy(tail[:], b)
	h = (h ^ u64(tail[:])) * prime
	h ^= h >> 32
	h = (h ^ n) * prime
	return h ^ h>>32
}
