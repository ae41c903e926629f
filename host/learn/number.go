package learn

import (
	"encoding/binary"
	"math"
)

// numbers codes the sums of pairs, exactly. Most pairs are of one session, and of these few differ in length and distance: so the same
// numbers come again and again. One that is in a table of those that came last is coded as its place there plus one, any other as 0 and
// its eight bytes. Writer and reader keep the same table, a block long.
type numbers struct{ table [1 << numberBits]uint64 }

// numberBits is part of the format.
const numberBits = 14

func (n *numbers) reset() { n.table = [1 << numberBits]uint64{} }

// place is where in the table a number can be.
func place(bits uint64) uint64 { return bits * 0x9e3779b97f4a7c15 >> (64 - numberBits) }

func (n *numbers) append(b []byte, v float64) []byte {
	bits := math.Float64bits(v)
	at := place(bits)
	if n.table[at] == bits {
		return binary.AppendUvarint(b, at+1)
	}
	n.table[at] = bits
	return binary.LittleEndian.AppendUint64(append(b, 0), bits)
}

// read returns a number over 0, or fails.
func (n *numbers) read(f *fields) float64 {
	at := f.uvarint(1 << numberBits)
	var bits uint64
	if at > 0 {
		bits = n.table[at-1]
	} else if b := f.bytes(8); b != nil {
		bits = binary.LittleEndian.Uint64(b)
		n.table[place(bits)] = bits
	}
	v := math.Float64frombits(bits)
	if !(v > 0) || math.IsInf(v, 0) {
		f.fail()
		return 0
	}
	return v
}
