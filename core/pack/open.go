package pack

// Open checks every byte of data once and returns a pack that reads it in place. It keeps data, which must not change
// afterwards. The error is an *Error.
func Open(data []byte) (*Pack, error) {
	p := new(Pack)
	if err := p.open(data, sectionCount); err != nil {
		return nil, err
	}
	if err := p.checkIndexes(); err != nil {
		return nil, err
	}
	return p, nil
}

// OpenRanking makes p, a zero Pack or one that it refused before, what Open returns, for those who rank and do not
// display, as the module does: sections for display are checked for damage, but not looked into. The methods that read
// them return nothing, but for the numbers of languages and currencies. When it returns an error, p is of no use.
func (p *Pack) OpenRanking(data []byte) *Error {
	clear(p.sections[:]) // of an earlier try
	p.longestRow = 0
	return p.open(data, secSite)
}

// open opens the sections before end. (Its parts are methods of Pack, which is a variable of the module, so that the
// compiler knows its address.)
func (p *Pack) open(data []byte, end int) *Error {
	p.data = data
	if err := p.openHeader(); err != nil {
		return err
	}
	if err := p.openSections(end); err != nil {
		return err
	}
	p.count[once] = 1
	for sec := range end {
		if err := p.openSection(sec); err != nil {
			return err
		}
	}
	return p.checkContents()
}

// section checks that a section is there if it must be, and has a record or an entry for each thing it is about.
func (p *Pack) openSection(sec int) *Error {
	s, c := &sections[sec], &p.sections[sec]
	if sec == secFacets {
		if err := p.countFacets(); err != nil {
			return err
		}
	}
	n := uint32(0)
	if s.each != anyNumber {
		n = p.count[s.each]
	}
	if p.sections[sec].start == 0 {
		if s.need && n > 0 {
			return badLayout(s.name, headerBytes, "no such section, and the pack needs one", 0)
		}
		return nil
	}
	if s.form == formEntries {
		return p.checkEntries(sec, n)
	}
	if s.each != anyNumber && c.records() != n {
		return p.bad(sec, 0, "not as many records as meta says", uint64(c.records()))
	}
	if sec == secTopics && (c.width%2 != 0 || c.width > 2*MaxItemTopics) {
		return p.bad(sec, 0, "width is not that of 1 to 4 topics", uint64(c.width))
	}
	if err := p.checkBounds(sec); err != nil {
		return err
	}
	if sec == secMeta {
		for k, at := range [eachCurrency + 1]uint8{0, 4, 6, 7, 8} {
			p.count[k] = uint32(c.data[at])
		}
		p.count[eachItem], p.count[eachTopic] = u32(c.data), uint32(u16(c.data[4:]))
		if p.Items() > uint32(len(p.data)) {
			// What is made for each item must not outgrow the pack, even where no section is about items.
			return p.bad(sec, 0, "more items than the pack has bytes", uint64(p.Items()))
		}
	}
	return nil
}

func (p *Pack) openHeader() *Error {
	b := p.data
	if uint64(len(b)) > MaxBytes {
		return fail(ErrTooLarge, header, 0, "more bytes than a pack may have", uint64(len(b)))
	}
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return fail(ErrNotPack, header, 0, "the first bytes are not a pack's", uint64(len(b)))
	}
	if len(b) < headerBytes {
		return fail(ErrTruncated, header, 0, "fewer bytes than a header", uint64(len(b)))
	}
	if v := u16(b[8:]); v != version {
		return fail(ErrVersion, header, 8, "this reader knows version 1 alone", uint64(v))
	}
	if n := u32(b[12:]); uint64(n) != uint64(len(b)) {
		return fail(ErrTruncated, header, 12, "not the bytes there are: the pack is cut off, or was added to", uint64(n))
	}
	if sum := u64(b[16:]); sum != Checksum(b[headerBytes:]) {
		return fail(ErrDamaged, header, 16, "a byte has changed since the pack was written", sum)
	}
	p.id = u64(b[16:])
	return nil
}

// descriptors finds the sections: known ones in their order, unknown ones anywhere unless they are required, all of
// them back to back.
func (p *Pack) openSections(opened int) *Error {
	b := p.data
	count := uint32(u16(b[10:]))
	if count > maxSections || headerBytes+count*descriptorBytes > uint32(len(b)) {
		return fail(ErrLayout, header, 10, "more sections than fit", uint64(count))
	}
	end := headerBytes + count*descriptorBytes
	last := -1
	for i := range count {
		where := headerBytes + i*descriptorBytes
		d := b[where:]
		name, flags, form, width, offset, length := u32(d), d[4], d[5], u16(d[6:]), u32(d[8:]), u32(d[12:])
		for _, c := range d[:4] {
			if c <= ' ' || c > '~' {
				return fail(ErrLayout, header, where, "name of a section is not four printable ASCII characters", uint64(u32(d)))
			}
		}
		if form > formBytes || (form == formTable) != (width > 0) {
			return badLayout(name, where, "unknown form, or one at odds with its record width", uint64(form))
		}
		if offset != (end+3)&^3 {
			return badLayout(name, where+8, "section does not start where the one before ends", uint64(offset))
		}
		if offset > uint32(len(b)) || length > uint32(len(b))-offset {
			return badLayout(name, where+12, "section reaches past the pack", uint64(length))
		}
		for ; end < offset; end++ {
			if b[end] != 0 {
				return badLayout(name, end, "padding is not zero", uint64(b[end]))
			}
		}
		end = offset + length
		if form == formTable && length%uint32(width) != 0 {
			return badLayout(name, where+12, "section holds no whole number of records", uint64(length))
		}
		known := knownSection(name)
		if known < 0 {
			if flags&flagRequired != 0 {
				return fail(ErrVersion, name, where, "a section that this reader does not know and may not skip", uint64(flags))
			}
			continue
		}
		if known <= last {
			return badLayout(name, where, "section stands twice or out of order", uint64(i))
		}
		last = known
		s := &sections[known]
		if form != s.form || flags != s.flags || width < s.width {
			return badLayout(name, where+4, "flags, form or width are not this section's", uint64(width))
		}
		if known < opened {
			p.sections[known] = column{b[offset : offset+length : offset+length], uint32(width), offset}
		}
	}
	if end != uint32(len(b)) {
		return fail(ErrLayout, header, end, "bytes after the last section", uint64(uint32(len(b))-end))
	}
	return nil
}

func knownSection(name uint32) int {
	for i := range sections {
		if sections[i].name == name {
			return i
		}
	}
	return -1
}

// bad reports what is wrong with byte or record at of a section.
func (p *Pack) bad(sec int, at uint32, text string, got uint64) *Error {
	return fail(ErrContent, sections[sec].name, p.sections[sec].start+at, text, got)
}

func badLayout(name, at uint32, text string, got uint64) *Error {
	return fail(ErrLayout, name, at, text, got)
}
