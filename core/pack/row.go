package pack

// Neighbours walks a row in order of item id. The zero value is an empty row.
type Neighbours struct {
	data []byte
	item uint32 // the one before, plus one
	// Scale is what the companded weights are multiplied by.
	scale uint32
	// FromContent is as in Row.
	FromContent bool
}

func newNeighbours(entry []byte) Neighbours {
	if len(entry) == 0 {
		return Neighbours{}
	}
	s := u16(entry)
	return Neighbours{data: entry[2:], scale: uint32(s & rowScaleMax), FromContent: s&rowFromContent != 0}
}

// Next returns the next neighbour and its weight, which is at most 2^31 and comparable across the rows of a kind (of
// items, of topics). ok is false at the end.
func (r *Neighbours) Next() (item, weight uint32, ok bool) {
	b := r.data
	if len(b) < 2 {
		return 0, 0, false
	}
	d, n := uint32(b[0]), 1
	if d >= 0x80 {
		d = d&0x7f | uint32(b[1])<<7
		n = 2
		if d >= 0x80<<7 {
			d, n = varint(b)
		}
	}
	q := uint32(b[n])
	r.data = b[n+1:]
	r.item += d
	return r.item - 1, q * q * r.scale, true
}

// Empty reports whether no neighbour is left.
func (r *Neighbours) Empty() bool { return len(r.data) < 2 }

// checkRow checks the entry of a row: of item i, or of topic i.
func (p *Pack) checkRow(sec int, i, at uint32, entry []byte) *Error {
	if len(entry) == 0 {
		return nil
	}
	self, sensitive := NoItem, false
	if sec == secRows {
		self, sensitive = i, p.Sensitive(i)
	} else {
		sensitive = p.TopicSensitive(uint16(i))
	}
	if sensitive {
		return p.bad(sec, at, "a sensitive item or topic has a row", uint64(i))
	}
	if len(entry) < 4 {
		return p.bad(sec, at, "row is too short for a neighbour", uint64(len(entry)))
	}
	if u16(entry)&rowScaleMax == 0 {
		return p.bad(sec, at, "row has no scale", 0)
	}
	count := 0
	next := uint32(0) // the item after the one before
	for pos := 2; pos < len(entry); count++ {
		at := at + uint32(pos)
		d, head := varint(entry[pos:])
		if head == 0 || pos+head >= len(entry) {
			return p.bad(sec, at, "row ends within a neighbour", uint64(count))
		}
		if d == 0 || d > p.Items()-next {
			return p.bad(sec, at, "row names an item twice or past the last", uint64(d))
		}
		next += d
		if entry[pos+head] == 0 {
			return p.bad(sec, at+uint32(head), "neighbour without weight", uint64(next-1))
		}
		if next-1 == self {
			return p.bad(sec, at, "item is its own neighbour", uint64(self))
		}
		if p.Sensitive(next - 1) {
			return p.bad(sec, at, "row names a sensitive item", uint64(next-1))
		}
		pos += head + 1
	}
	if count > MaxNeighbours {
		return p.bad(sec, at, "row has too many neighbours", uint64(count))
	}
	p.longestRow = max(p.longestRow, count)
	return nil
}
