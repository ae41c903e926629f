package recognition

import (
	"slices"

	"github.com/nabij/nabij/core/pack"
)

// How many items the adversary thinks of. All others together are the rest, told apart by their popularity.
const (
	cameFrom  = 60 // those from which most came to the page
	liked     = 10 // the most popular ones
	perShown  = 6  // for each item that is shown and not to everybody: from which most came to it, and the best of its row
	fromItems = 40 // for a list, at most
)

// candidatesOfPage returns the items that may have been viewed before the page, whatever is shown there.
func (s *scene) candidatesOfPage() []uint32 {
	var all []uint32
	seen := map[uint32]bool{s.page: true}
	add := func(item uint32) {
		if !seen[item] && !s.pack.Sensitive(item) {
			seen[item] = true
			all = append(all, item)
		}
	}
	for k, c := range s.walks.into[s.page] {
		if k == cameFrom {
			break
		}
		add(c.from)
	}
	row := s.pack.Row(s.page)
	for row.Next() {
		add(row.Item)
	}
	for _, item := range s.public {
		add(item)
	}
	for _, item := range s.walks.liked {
		add(item)
	}
	return all
}

// candidates returns the items that a list brings to mind, beside those that were thought of already.
func (s *scene) candidates(known []uint32) []uint32 {
	var all []uint32
	add := func(item uint32) {
		if item != s.page && len(all) < fromItems && !slices.Contains(known, item) && !slices.Contains(all, item) && !s.pack.Sensitive(item) {
			all = append(all, item)
		}
	}
	for _, item := range s.more {
		add(item)
	}
	for _, item := range s.more {
		for k, c := range s.walks.into[item] {
			if k == perShown {
				break
			}
			add(c.from)
		}
		for _, neighbour := range bestOfRow(s.pack, item, perShown) {
			add(neighbour)
		}
	}
	return all
}

// bestOfRow returns the n largest of an item's row.
func bestOfRow(p *pack.Pack, item uint32, n int) []uint32 { return bestOfNeighbours(p.Row(item), n) }

func bestOfNeighbours(row pack.Neighbours, n int) []uint32 {
	type weighed struct {
		item   uint32
		weight uint32
	}
	var all []weighed
	for row.Next() {
		all = append(all, weighed{row.Item, uint32(row.Weight)})
	}
	slices.SortStableFunc(all, func(a, b weighed) int { return int(b.weight) - int(a.weight) })
	var best []uint32
	for _, w := range all[:min(n, len(all))] {
		best = append(best, w.item)
	}
	return best
}
