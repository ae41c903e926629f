package eval

import (
	"cmp"
	"math"
	"slices"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/learn"
)

// Methods that look for the sessions most like the one at hand.

const (
	// sampled is how many of the latest sessions of each item are looked at, neighbourhood how many of the most alike count.
	sampled       = 5_000
	neighbourhood = 500
)

// sessionIndex has of each item the sessions that met it, the latest last.
type sessionIndex struct {
	visits *learn.Visits
	of     [][]int32
}

func indexSessions(v *learn.Visits) *sessionIndex {
	x := &sessionIndex{v, make([][]int32, len(v.Items()))}
	order := make([]int32, v.Sessions())
	for k := range order {
		order[k] = int32(k)
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		_, endA := v.Session(int(a))
		_, endB := v.Session(int(b))
		return cmp.Compare(endA, endB)
	})
	for _, k := range order {
		items, _ := v.Session(int(k))
		for _, item := range items {
			if of := x.of[item]; len(of) == 0 || of[len(of)-1] != k {
				x.of[item] = append(of, k)
			}
		}
	}
	return x
}

// neighbour is a session that has something of the one at hand.
type neighbour struct {
	session    int32
	similarity float64
	last       int // the place in the prefix of the last item that both have, from 1
}

// neighbourFinder finds the sessions most like a prefix. It is for one goroutine.
type neighbourFinder struct {
	*sessionIndex
	place []int32 // of each session, 1 + its place in found
	found []neighbour
}

func newNeighbourFinder(x *sessionIndex) *neighbourFinder {
	return &neighbourFinder{sessionIndex: x, place: make([]int32, x.visits.Sessions())}
}

// find returns the sessions with the largest sums of weights of the items that both have; each distinct item has the weight of its last
// place in the prefix, from 1.
func (f *neighbourFinder) find(prefix []uint32, weight func(place int) float64, adjust func(n *neighbour)) []neighbour {
	f.found = f.found[:0]
	for place := len(prefix); place > 0; place-- {
		item := prefix[place-1]
		if item == pack.NoItem || slices.Contains(prefix[place:], item) {
			continue
		}
		sessions := f.of[item]
		w := weight(place)
		for _, s := range sessions[max(0, len(sessions)-sampled):] {
			if f.place[s] == 0 {
				f.found = append(f.found, neighbour{session: s, last: place})
				f.place[s] = int32(len(f.found))
			}
			f.found[f.place[s]-1].similarity += w
		}
	}
	for k := range f.found {
		f.place[f.found[k].session] = 0
		adjust(&f.found[k])
	}
	slices.SortFunc(f.found, func(a, b neighbour) int {
		return cmp.Or(cmp.Compare(b.similarity, a.similarity), cmp.Compare(b.session, a.session))
	})
	return f.found[:min(len(f.found), neighbourhood)]
}

// trainVMIS is VMIS-kNN (Kersbergen, Sprangers, Schelter, "Serenade: Low-Latency Session-Based Recommendation in e-Commerce at Scale", SIGMOD
// 2022): items of the session weigh by their place, neighbours by how late the last item is that both have, items by how rare they are.
func trainVMIS(v *learn.Visits) func() Ranker {
	x := indexSessions(v)
	rare := make([]float64, len(x.of))
	for item, of := range x.of {
		rare[item] = math.Log(float64(v.Sessions()) / math.Max(1, float64(len(of))))
	}
	return func() Ranker {
		f, s := newNeighbourFinder(x), newScores(len(x.of))
		return rankerOf(func(prefix []uint32, n int) []uint32 {
			length := float64(len(prefix))
			found := f.find(prefix, func(place int) float64 { return float64(place) / length }, func(*neighbour) {})
			for _, nb := range found {
				back := len(prefix) - nb.last
				if back >= 10 {
					continue
				}
				items, _ := v.Session(int(nb.session))
				for k, item := range items {
					if !slices.Contains(items[:k], item) {
						s.add(item, nb.similarity*(1-0.1*float64(back))*rare[item])
					}
				}
			}
			return s.best(n)
		})
	}
}

// How fast STAN forgets: by places in the session, days between sessions, and places in a neighbour.
const (
	stanPlaces    = 1.04
	stanDays      = 20
	stanNeighbour = 2.05
)

// trainSTAN is STAN (Garg, Gupta, Malhotra, Vig, Shroff, "Sequence and Time Aware Neighborhood for Session-based Recommendations", SIGIR
// 2019): items of the session weigh by how late they were met, neighbours by their cosine and how recent they are, and a neighbour's items
// by how near they are to the last one that both have. Sessions at hand are taken to follow the latest of those that were learnt from.
func trainSTAN(v *learn.Visits) func() Ranker {
	x := indexSessions(v)
	latest := v.Latest()
	return func() Ranker {
		f, s := newNeighbourFinder(x), newScores(len(x.of))
		return rankerOf(func(prefix []uint32, n int) []uint32 {
			length := len(prefix)
			found := f.find(prefix, func(place int) float64 { return math.Exp(-float64(length-place) / stanPlaces) }, func(nb *neighbour) {
				items, lastS := v.Session(int(nb.session))
				nb.similarity *= math.Exp(-float64(latest-lastS)/86_400/stanDays) / math.Sqrt(float64(length*len(items)))
			})
			for _, nb := range found {
				items, _ := v.Session(int(nb.session))
				at := 0
				for k, item := range items {
					if item == prefix[nb.last-1] {
						at = k
					}
				}
				for k, item := range items {
					if k != at {
						s.add(item, nb.similarity*math.Exp(-math.Abs(float64(k-at))/stanNeighbour))
					}
				}
			}
			return s.best(n)
		})
	}
}
