package pack

// Facets returns the number of facets: values by which items can be told apart, and that a visitor can ask for.
func (p *Pack) Facets() uint8 { return uint8(p.count[eachFacet]) }

// FacetGroups returns the number of groups that the facets are of.
func (p *Pack) FacetGroups() uint8 { return uint8(p.count[eachGroup]) }

// FacetGroup returns the group of a facet. Facets of a group stand side by side.
func (p *Pack) FacetGroup(facet uint8) uint8 { return p.value(secFacets, uint32(facet)) }

// MarkFacet sets the bits in those of marks, one for each item of the pack, that stand for the items of a facet.
func (p *Pack) MarkFacet(facet uint8, marks []uint32, bits uint32) {
	item := NoItem
	for b := p.sections[secFacetItems].entry(uint32(facet)); len(b) > 0; {
		d, n := varint(b)
		item += d
		marks[item] |= bits
		b = b[n:]
	}
}

// countFacets counts the facets and their groups, which are numbered as they come.
func (p *Pack) countFacets() *Error {
	c := &p.sections[secFacets]
	n, groups := c.records(), uint32(0)
	if n > MaxFacets {
		return p.bad(secFacets, 0, "more facets than a pack may have", uint64(n))
	}
	for i := range n {
		g := uint32(c.at(i)[0])
		if g == groups {
			groups++
		}
		if g+1 != groups {
			return p.bad(secFacets, i*c.width, "groups are not in order", uint64(g))
		}
	}
	p.count[eachFacet], p.count[eachGroup] = n, groups
	return nil
}
