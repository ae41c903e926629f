package pack

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
		return fail(ErrVersion, "header", 8, "this reader knows version 1 alone", uint64(v))
	}
	if n := u32(b[12:]); uint64(n) != uint64(len(b)) {
		return fail(ErrTruncated, "header", 12, "want "+decimal(uint64(len(b)))+", the bytes there are: the pack is cut off, or was added to", uint64(n))
	}
	if sum := u64(b[16:]); sum != checksum(b[headerBytes:]) {
		return fail(ErrDamaged, "header", 16, "a byte has changed since the pack was written", sum)
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
		for _, c := range d[:4] {
			if c <= ' ' || c > '~' {
				return fail(ErrLayout, "header", where, "name of a section is not four printable ASCII characters", uint64(u32(d)))
			}
		}
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
				return fail(ErrVersion, name, where, "a section that this reader does not know and may not skip", uint64(flags))
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

func (o *opener) missing(sec int) *Error {
	return fail(ErrLayout, sections[sec].name, headerBytes, "no such section, and the pack needs one", 0)
}

// table returns a section of n records; an absent one is empty, which only optional sections may be.
func (o *opener) table(sec int, n uint32, optional bool) (table, *Error) {
	t := table{o.data[sec], o.step[sec]}
	if !o.has[sec] && (optional || n == 0) {
		return t, nil
	}
	if !o.has[sec] {
		return t, o.missing(sec)
	}
	if t.count() != n {
		return t, o.bad(sec, 0, "want "+decimal(uint64(n))+" records", uint64(t.count()))
	}
	return t, nil
}
