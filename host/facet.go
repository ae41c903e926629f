package host

import (
	"strings"

	"github.com/nabij/nabij/core/pack"
)

// FacetSeparator stands between the group and the value of a facet's name, as in "colour:blue".
const FacetSeparator = ":"

// FindFacet returns the facet of that name, as FacetName writes it; case, spaces, currency signs and the kind of dash between two amounts
// say nothing. It is numbered as in core.Signal.Topic: pack.FirstFacet and on.
func (e *Engine) FindFacet(name string) (facet uint16, ok bool) {
	facet, ok = e.facets[foldFacet(name)]
	return facet, ok
}

// FacetName returns a facet's group and value, joined by FacetSeparator. facet is numbered as FindFacet does.
func (e *Engine) FacetName(facet uint16) string {
	return facetName(e.pack, uint8(facet-pack.FirstFacet))
}

// FacetItems returns the items of a facet, in rising order. facet is numbered as FindFacet does.
func (e *Engine) FacetItems(facet uint16) []uint32 {
	marks := make([]uint32, e.pack.Items())
	e.pack.MarkFacet(uint8(facet-pack.FirstFacet), marks, 1)
	var items []uint32
	for item, mark := range marks {
		if mark != 0 {
			items = append(items, uint32(item))
		}
	}
	return items
}

func facetName(p *pack.Pack, facet uint8) string {
	return string(p.FacetGroupName(p.FacetGroup(facet))) + FacetSeparator + string(p.FacetName(facet))
}

// facetsByName maps names to facets. Where two have one, the first is meant.
func facetsByName(p *pack.Pack) map[string]uint16 {
	facets := make(map[string]uint16, p.Facets())
	for f := range p.Facets() {
		if name := foldFacet(facetName(p, f)); facets[name] == 0 {
			facets[name] = pack.FirstFacet + uint16(f)
		}
	}
	return facets
}

// foldFacet makes the ways in which a facet is typed alike.
func foldFacet(name string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '€', '£', '$', '¥':
			return -1
		case '–':
			return '-'
		}
		return r
	}, strings.ToLower(name))
}
