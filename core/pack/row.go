package pack

// Neighbours walks a row in order of item id. The zero value is an empty row.
//
//	for row := p.Row(item); row.Next(); {
//		fmt.Println(row.Item, row.Weight)
//	}
type Neighbours struct {
	data []byte
	at   int // of the next neighbour in data
	// Item and Weight are the neighbour that Next moved to. A weight is at most 2^31 and comparable across the rows of a kind (of
	// items, of topics).
	Item, Weight uint32
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
	return Neighbours{data: entry, at: 2, Item: NoItem, scale: uint32(s & rowScaleMax), FromContent: s&rowFromContent != 0}
}

// Next moves to the next neighbour. It returns false at the end.
func (r *Neighbours) Next() bool {
	var items, weights [1]uint32
	if r.Read(items[:], weights[:]) == 0 {
		return false
	}
	r.Weight = weights[0]
	return true
}

// Read moves over the next neighbours, as many as items and weights both have room for, sets these to them, and returns
// how many there are. MaxNeighbours is room enough for any row. It is the faster way through a whole one.
func (r *Neighbours) Read(items, weights []uint32) int {
	b, at, item, scale := r.data, r.at, r.Item, r.scale
	n := 0
	for at < len(b) && n < len(items) && n < len(weights) {
		d := uint32(b[at])
		if d >= 0x80 {
			d &= 0x7f
			for shift := 7; ; shift += 7 {
				at++
				c := uint32(b[at])
				d |= c & 0x7f << shift
				if c < 0x80 {
					break
				}
			}
		}
		q := uint32(b[at+1])
		at += 2
		item += d
		items[n], weights[n] = item, q*q*scale
		n++
	}
	r.at, r.Item = at, item
	return n
}

// Empty reports whether no neighbour is left.
func (r *Neighbours) Empty() bool { return r.at >= len(r.data) }

// checkRow checks the entry of a row: of item i, of topic i, or of facet i, whose neighbours have no weights.
func (p *Pack) checkRow(sec int, i, at uint32, entry []byte) *Error {
	pos, weights := 0, 0 // where neighbours start, and the bytes of a weight
	if sec != secFacetItems {
		if len(entry) == 0 {
			return nil
		}
		sensitive := false
		if sec == secRows {
			sensitive = p.Sensitive(i)
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
		pos, weights = 2, 1
	} else if len(entry) == 0 {
		return p.bad(sec, at, "facet without items", uint64(i))
	}
	count := 0
	next := uint32(0) // the item after the one before
	for ; pos < len(entry); count++ {
		at := at + uint32(pos)
		d, head := varint(entry[pos:])
		if head == 0 || pos+head+weights > len(entry) {
			return p.bad(sec, at, "row ends within a neighbour", uint64(count))
		}
		if d == 0 || d > p.Items()-next {
			return p.bad(sec, at, "row names an item twice or past the last", uint64(d))
		}
		next += d
		if weights > 0 && entry[pos+head] == 0 {
			return p.bad(sec, at+uint32(head), "neighbour without weight", uint64(next-1))
		}
		if p.Sensitive(next - 1) {
			return p.bad(sec, at, "row names a sensitive item", uint64(next-1))
		}
		pos += head + weights
	}
	if weights > 0 {
		if count > MaxNeighbours {
			return p.bad(sec, at, "row has too many neighbours", uint64(count))
		}
		p.longestRow = max(p.longestRow, count)
	}
	return nil
}
