package core

import (
	"math/bits"

	"github.com/nabij/nabij/core/pack"
)

// one is the mass of a whole distribution: probabilities are in 2^30ths.
const one = 1 << 30

// mass is a sparse measure over items, gathered row by row: an open-addressing table of the items touched.
type mass struct {
	slots []uint16 // place in parts, plus one; 0 is empty
	shift uint8    // 32 - log2(len(slots))
	parts []part
	n     int
	// rows is how many neighbours were added by the first hop: how much is known.
	rows int
}

// part is what a mass says of one item.
type part struct {
	near  uint64 // what the first hop brought; the whole, once gathered
	far   uint64 // what the second hop brought, until then
	item  uint32
	marks uint8 // what the visit has done with the item; see mark
	lag   uint8 // views since, for items marked as viewed
}

// maxTouched keeps the places of a mass within 16 bits.
const maxTouched = 1 << 15

func newMass(touched int) mass {
	touched = min(touched, maxTouched)
	log := bits.Len(uint(2*touched - 1))
	return mass{slots: make([]uint16, 1<<log), shift: uint8(32 - log), parts: make([]part, touched)}
}

func (m *mass) clear() {
	clear(m.slots)
	m.n, m.rows = 0, 0
}

func (m *mass) all() []part { return m.parts[:m.n] }

// spreadBits is Knuth's multiplicative hash (TAOCP 3, 6.4): 2^32 over the golden ratio.
const spreadBits = 2654435769

// at returns the place of an item, or -1.
func (m *mass) at(item uint32) int {
	for h := item * spreadBits >> m.shift; ; h = (h + 1) & uint32(len(m.slots)-1) {
		k := int(m.slots[h]) - 1
		if k < 0 || m.parts[k].item == item {
			return k
		}
	}
}

// place returns the part of an item, made if need be. A mass has room for all that NewEngine's pack can touch; were it
// full, the last part would stand in.
func (m *mass) place(item uint32) *part {
	mask := uint32(len(m.slots) - 1)
	h := item * spreadBits >> m.shift
	for {
		k := int(m.slots[h]) - 1
		if k < 0 {
			break
		}
		if p := &m.parts[k]; p.item == item {
			return p
		}
		h = (h + 1) & mask
	}
	if m.n == len(m.parts) {
		return &m.parts[m.n-1]
	}
	p := &m.parts[m.n]
	m.n++
	m.slots[h] = uint16(m.n)
	*p = part{item: item}
	return p
}

// add adds a row times weight to the first hop, or else to the second, and returns how much that is.
func (m *mass) add(row *row, weight uint64, first bool) uint64 {
	sum := uint64(0)
	for k, item := range row.items[:row.n] {
		p, v := m.place(item), uint64(row.weights[k])*weight
		if first {
			p.near += v
		} else {
			p.far += v
		}
		sum += v
	}
	return sum
}

// spread adds a row, scaled to the given mass in all, to a gathered measure.
func (m *mass) spread(row *row, total uint64) {
	sum := uint64(0)
	for _, w := range row.weights[:row.n] {
		sum += uint64(w)
	}
	if sum == 0 {
		return
	}
	s := newScale(sum, total)
	for k, item := range row.items[:row.n] {
		m.place(item).near += s.of(uint64(row.weights[k]))
	}
}

// row is a row of the pack, read.
type row struct {
	items, weights [pack.MaxNeighbours]uint32
	n              int
}

// read reads a row into e.row.
func (e *Engine) read(from pack.Neighbours) *row {
	r := &e.row
	r.n = from.Read(r.items[:], r.weights[:])
	return r
}

// scale maps 0 to total onto 0 to target without division.
type scale struct {
	mul   uint64
	shift uint8
}

// newScale returns the scale that maps total, at least 1, to target, at most 2^31.
func newScale(total, target uint64) scale {
	s := scale{}
	if n := bits.Len64(total); n > 32 {
		s.shift = uint8(n - 32)
	}
	s.mul = target << 32 / (total >> s.shift)
	return s
}

// of maps v, at most the total.
func (s scale) of(v uint64) uint64 { return v >> s.shift * s.mul >> 32 }
