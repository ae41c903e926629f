package learn

import (
	"math"
	"slices"
)

// tally is what sessions say of an item alone.
type tally struct {
	sessions int32   // how many distinct ones have met it
	views    int64   // how often they did
	weight   float64 // the sum of the sessions' weights
}

// add adds what other sessions say of the same item, with their weights times a factor.
func (t *tally) add(o *tally, factor float64) {
	t.sessions = int32(min(int64(t.sessions)+int64(o.sessions), math.MaxInt32))
	t.views += o.views
	t.weight += factor * o.weight
}

// countItems adds what the sessions say of each item to the tallies, which are as many as the items.
func (s *pairs) countItems(tallies []tally) {
	last := make([]int32, len(tallies)) // 1 + the last session that has met the item
	for k := range s.visits.Sessions() {
		for _, item := range s.session(k) {
			t := &tallies[item]
			t.views++
			if last[item] != int32(k)+1 {
				last[item] = int32(k) + 1
				t.sessions++
				t.weight += s.weight(k)
			}
		}
	}
}

// byPopularity returns the items that at least so many sessions have met, the most popular first, ties to the smaller number.
func byPopularity(tallies []tally, least int) (order []uint32) {
	for i := range tallies {
		if int(tallies[i].sessions) >= least {
			order = append(order, uint32(i))
		}
	}
	slices.SortStableFunc(order, func(a, b uint32) int { return int(tallies[b].sessions) - int(tallies[a].sessions) })
	return order
}
