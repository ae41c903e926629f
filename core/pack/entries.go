package pack

// entry returns entry i; empty where the pack has no such section.
func (c *column) entry(i uint32) []byte {
	if len(c.data) == 0 {
		return nil
	}
	pos := u32(c.data[i/blockEntries*4:])
	for skip := i % blockEntries; ; skip-- {
		b := c.data[pos:]
		size, head := uint32(b[0]), uint32(1)
		if size >= 0x80 {
			v, n := varint(b)
			size, head = v, uint32(n)
		}
		if skip == 0 {
			return b[head : head+size]
		}
		pos += head + size
	}
}

// entries checks that a section holds an entry for each of n, and each entry.
func (p *Pack) checkEntries(sec int, n uint32) *Error {
	data := p.sections[sec].data
	pos := (n + blockEntries - 1) / blockEntries * 4
	if uint64(pos)+uint64(n) > uint64(len(data)) {
		return p.bad(sec, 0, "too short for its entries", uint64(len(data)))
	}
	for i := range n {
		if i%blockEntries == 0 {
			if got := u32(data[i/blockEntries*4:]); got != pos {
				return p.bad(sec, i/blockEntries*4, "block offset is not where the block starts", uint64(got))
			}
		}
		size, head := varint(data[pos:])
		if head == 0 {
			return p.bad(sec, pos, "no varint for the length of the entry", uint64(i))
		}
		limit := uint32(MaxString)
		if sec < secFacetItems {
			limit = 2 + 6*MaxNeighbours
		}
		if size > limit && sec != secFacetItems {
			return p.bad(sec, pos, "entry is longer than allowed", uint64(size))
		}
		pos += uint32(head)
		if size > uint32(len(data))-pos {
			return p.bad(sec, pos, "entry reaches past its section", uint64(size))
		}
		check := (*Pack).checkRow
		if sec > secSite {
			check = (*Pack).checkText
		}
		if err := check(p, sec, i, pos, data[pos:pos+size]); err != nil {
			return err
		}
		pos += size
	}
	if pos != uint32(len(data)) {
		return p.bad(sec, pos, "bytes after the last entry", uint64(len(data))-uint64(pos))
	}
	return nil
}

// appendEntries lays out n entries.
func appendEntries(b []byte, n int, entry func(i int) []byte) []byte {
	start := len(b)
	b = append(b, make([]byte, (n+blockEntries-1)/blockEntries*4)...)
	for i := range n {
		if i%blockEntries == 0 {
			put32(b[start+i/blockEntries*4:], uint32(len(b)-start))
		}
		e := entry(i)
		b = appendVarint(b, uint32(len(e)))
		b = append(b, e...)
	}
	return b
}
