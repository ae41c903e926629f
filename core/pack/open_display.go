package pack

import "unicode/utf8"

// checkText checks an entry of a section for display: UTF-8, a name where one is needed, and nothing that a page must not
// link to.
func (p *Pack) checkText(sec int, _, at uint32, entry []byte) *Error {
	switch {
	case len(entry) == 0 && sections[sec].need:
		return p.bad(sec, at, "empty name", 0)
	case !utf8.Valid(entry):
		return p.bad(sec, at, "not UTF-8", uint64(len(entry)))
	case (sec == secURLs || sec == secImages) && !SafeReference(entry):
		return p.bad(sec, at, "neither http(s) nor a path", uint64(len(entry)))
	}
	return nil
}

// indexes checks what sections for display say of each other.
func (p *Pack) checkIndexes() *Error {
	if site := p.Site(); len(site) > MaxSite || !utf8.Valid(site) {
		return p.bad(secSite, 0, "site is not UTF-8 of at most 255 bytes", uint64(len(site)))
	}
	for s := range p.Slots() {
		name := p.SlotName(s)
		if len(name) > MaxSlotName {
			return p.bad(secSlotNames, 0, "name is longer than 64 bytes", uint64(len(name)))
		}
		if first, _ := p.FindSlot(name); first != s {
			return p.bad(secSlotNames, 0, "two slots have one name", uint64(s))
		}
	}
	if err := p.checkFacetNames(); err != nil {
		return err
	}
	withURL := uint32(0)
	for i := range p.Items() {
		if c := p.Currency(i); c > p.Currencies() {
			return p.bad(secCurrency, i*p.sections[secCurrency].width, "no such currency", uint64(c))
		}
		if len(p.URL(i)) > 0 {
			withURL++
		}
	}
	if err := p.checkIndex(secByID, p.Items(), secIDs); err != nil {
		return err
	}
	return p.checkIndex(secByURL, withURL, secURLs)
}

// index checks that a section names n items in strictly rising order of their names. As n is the number of items that
// have one, all of them are there, and no name stands twice.
func (p *Pack) checkIndex(sec int, n uint32, names int) *Error {
	c := &p.sections[sec]
	if c.records() != n {
		if p.sections[sec].start == 0 {
			return badLayout(sections[sec].name, headerBytes, "no such section, and the pack needs one", 0)
		}
		return p.bad(sec, 0, "not a record for each item that has a name", uint64(c.records()))
	}
	var before []byte
	for i := range n {
		item := u32(c.at(i))
		if item >= p.Items() {
			return p.bad(sec, i*c.width, "no such item", uint64(item))
		}
		name := p.sections[names].entry(item)
		if len(name) == 0 || (i > 0 && compare(before, name) >= 0) {
			return p.bad(sec, i*c.width, "names are not in order, or one stands twice", uint64(item))
		}
		before = name
	}
	return nil
}

// checkFacetNames checks that no name stands twice in a group, nor a group's twice.
func (p *Pack) checkFacetNames() *Error {
	for f := range p.Facets() {
		for g := range f {
			if p.FacetGroup(f) == p.FacetGroup(g) && compare(p.FacetName(f), p.FacetName(g)) == 0 {
				return p.bad(secFacetNames, 0, "two facets of a group have one name", uint64(f))
			}
		}
	}
	for g := range p.FacetGroups() {
		for h := range g {
			if compare(p.FacetGroupName(g), p.FacetGroupName(h)) == 0 {
				return p.bad(secGroupNames, 0, "two groups have one name", uint64(g))
			}
		}
	}
	return nil
}
