package main

import (
	"fmt"
	"strconv"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
)

// facetWords says what visitors can ask for beside topics: a line for each group, with how many items there are of each facet.
func facetWords(e *host.Engine) []string {
	p := e.Pack()
	if p.Facets() == 0 {
		return []string{"none"}
	}
	lines := make([]string, p.FacetGroups())
	for f := range p.Facets() {
		group := p.FacetGroup(f)
		if lines[group] == "" {
			lines[group] = string(p.FacetGroupName(group)) + ":"
		} else {
			lines[group] += ","
		}
		lines[group] += fmt.Sprintf(" %s (%s)", p.FacetName(f), grouped(len(e.FacetItems(pack.FirstFacet+uint16(f)))))
	}
	for k := range lines {
		lines[k] = printable(lines[k])
	}
	return lines
}

// otherFacets returns the end of an error about a facet that is none: those that are like it, or where to find all.
func otherFacets(e *host.Engine, seen string) string {
	var names []string
	for f := range e.Pack().Facets() {
		names = append(names, e.FacetName(pack.FirstFacet+uint16(f)))
	}
	if near := nearest(seen, names); len(near) > 0 {
		return didYouMean(near)
	}
	if len(names) == 0 {
		return ", nor any other"
	}
	return "; it has such as " + strconv.Quote(names[0]) + ", and nabij check lists all"
}
