package core

import (
	"math/bits"

	"github.com/nabij/nabij/core/pack"
)

// What a visitor declares ("I am looking for X, with Y") are wishes, of topics and facets. Topics widen each other, as do
// facets of one group; topics and groups narrow each other. So they make clauses: one of the topics, one of each group.
// An item satisfies a clause by any of its wishes.

// octaves is by how many doublings an item goes up for a clause that it satisfies, of a wish that is 100 percent strong: more than there
// are between the least and the most that a visit can want. A wish of p percent raises by that share of them.
const octaves = 36

// declared returns the visit as far as a list at layer 2 may follow it: what was declared on the page at hand, and
// dismissed. It is nil where nothing was declared there. The session is the engine's, valid until its next Suggest or Restore.
//
// The visitor asked, so it is beyond the bound on lists; but only for the page on which they asked, and without what they
// did before. It holds on a visit's first pages as well, and where the policy wants no faces.
func (e *Engine) declared(s *Session) *Session {
	if e.ask.layer != 2 || s.pages == 0 {
		return nil
	}
	v := &e.restored
	*v = Session{}
	v.bitsSpent = s.bitsSpent
	for kind := dismissed; kind <= preferred; kind++ {
		for _, d := range s.notes[kind].all() {
			if kind == dismissed || d>>wishPage == uint64(s.pages) {
				v.setNote(kind, d)
			}
		}
	}
	if v.notes[preferred].n == 0 {
		return nil
	}
	return v
}

// wish fills e.wishes from the visit: which of its wishes each item satisfies, a bit each.
func (e *Engine) wish(s *Session) {
	clear(e.wishes)
	for k, d := range s.notes[preferred].all() {
		bit := uint32(1) << k
		if topic := uint16(d); topic >= pack.FirstFacet {
			e.pack.MarkFacet(uint8(topic-pack.FirstFacet), e.wishes, bit)
		} else {
			for item := range e.wishes {
				if e.about(uint32(item), topic) {
					e.wishes[item] |= bit
				}
			}
		}
	}
}

// about reports whether any topic of an item is the ancestor, or below it.
func (e *Engine) about(item uint32, ancestor uint16) bool {
	for k := range pack.MaxItemTopics {
		if e.under(e.pack.ItemTopic(item, k), ancestor) {
			return true
		}
	}
	return false
}

// raised returns by what an item that is wanted so much, at least 1 and below 2^36, stands in the list: log2 of that in
// 2^32nds, as J. N. Mitchell draws it ("Computer Multiplication and Division Using Binary Logarithms", IRE Transactions on Electronic Computers
// EC-11, 1962), straight between powers of 2, so that no order is lost; and octaves for each clause that the item satisfies.
func (e *Engine) raised(s *Session, item uint32, wanted uint64) uint64 {
	n := bits.Len64(wanted)
	score := uint64(n)<<32 | wanted<<(64-n)<<1>>32
	strongest := [1 + pack.MaxFacetGroups]uint8{} // by clause
	for k, d := range s.notes[preferred].all() {
		if e.wishes[item]>>k&1 == 0 {
			continue
		}
		clause := uint8(0)
		if topic := uint16(d); topic >= pack.FirstFacet {
			clause = 1 + e.pack.FacetGroup(uint8(topic-pack.FirstFacet))
		}
		if strength := uint8(d >> 16); strength > strongest[clause] {
			score += uint64(strength-strongest[clause]) * (octaves << 32 / 100)
			strongest[clause] = strength
		}
	}
	return score
}
