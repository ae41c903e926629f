package pack

// entries reads a section of entries in blocks.
type entries struct {
	data []byte // the whole section; empty when the pack has none
	n    uint32
}

// at returns entry i, i < n; empty where the pack has no such section.
func (e entries) at(i uint32) []byte {
	if len(e.data) == 0 {
		return nil
	}
	pos := u32(e.data[i/blockEntries*4:])
	for skip := i % blockEntries; ; skip-- {
		b := e.data[pos:]
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

// checkEntries checks that data holds exactly n entries of at most max bytes and calls check with each. base is where
// the section starts in the pack.
func checkEntries(name string, data []byte, base, n, max uint32, check func(i uint32, at uint32, entry []byte) *Error) (entries, *Error) {
	blocks := (n + blockEntries - 1) / blockEntries
	if uint64(blocks)*4+uint64(n) > uint64(len(data)) {
		return entries{}, fail(ErrContent, name, base, "too short for its entries", uint64(len(data)))
	}
	pos := blocks * 4
	for i := uint32(0); i < n; i++ {
		if i%blockEntries == 0 {
			if got := u32(data[i/blockEntries*4:]); got != pos {
				return entries{}, fail(ErrContent, name, base+i/blockEntries*4, "block offset is not where the block starts", uint64(got))
			}
		}
		size, head := varint(data[pos:])
		if head == 0 {
			return entries{}, fail(ErrContent, name, base+pos, "no varint for the length of the entry", uint64(i))
		}
		if size > max {
			return entries{}, fail(ErrContent, name, base+pos, "entry is longer than allowed", uint64(size))
		}
		pos += uint32(head)
		if size > uint32(len(data))-pos {
			return entries{}, fail(ErrContent, name, base+pos, "entry reaches past its section", uint64(size))
		}
		if err := check(i, base+pos, data[pos:pos+size]); err != nil {
			return entries{}, err
		}
		pos += size
	}
	if pos != uint32(len(data)) {
		return entries{}, fail(ErrContent, name, base+pos, "bytes after the last entry", uint64(len(data))-uint64(pos))
	}
	return entries{data, n}, nil
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
