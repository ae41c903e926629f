package eval

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/learn"
)

// Method is a way to rank that keeps all it has learnt from on a server: what a pack is compared with.
type Method struct {
	// Name is what tables call it.
	Name string
	// Train learns from sessions, and returns a function that makes rankers, which may work side by side.
	Train func(v *learn.Visits) func() Ranker
}

// Ranker ranks items after the beginning of a session.
type Ranker interface {
	// Rank returns the best n items, or fewer, by their numbers in the sessions that were learnt from. The prefix has the session's items, by
	// the same numbers, or pack.NoItem for those that are not known. The slice is the ranker's until its next call.
	Rank(prefix []uint32, n int) []uint32
}

// Methods returns the methods of the literature that packs are compared with.
func Methods() []Method {
	return []Method{
		{"popularity", trainPopularity},
		{"popularity in session", trainSessionPopularity},
		{"item-kNN", trainItemKNN},
		{"sequential rules", trainRules},
		{"VMIS-kNN", trainVMIS},
		{"STAN", trainSTAN},
	}
}

// Compare evaluates a method as Pack does a pack: it learns from train and is asked about test. With repeats, every next item counts;
// without, only those that are new to the session, and lists have no others. Of the options, Size, Workers and Progress count.
func Compare(ctx context.Context, m Method, train, test *learn.Visits, repeats bool, opt Options) (*Result, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	rankers := m.Train(train)
	items := make([]uint32, len(test.Items()))
	for n, id := range test.Items() {
		items[n] = pack.NoItem
		if item, ok := train.Find(id); ok {
			items[n] = item
		}
	}
	s := &shelf{items: len(train.Items())}
	s.inform(train, func(item int) string { return train.Items()[item] })
	size := opt.size()
	e := newEvaluation(test, items, s, repeats, size)
	err := e.each(ctx, opt, func(l *lister) func(k int) error {
		ranker := rankers()
		var list []uint32
		return func(k int) error {
			events, _ := test.Session(k)
			prefix := make([]uint32, len(events))
			for n, item := range events {
				prefix[n] = items[item]
			}
			for n := 1; n < len(events); n++ {
				if !repeats && slices.Contains(events[:n], events[n]) {
					continue
				}
				if repeats {
					list = ranker.Rank(prefix[:n], size)
				} else {
					list = list[:0]
					for _, item := range ranker.Rank(prefix[:n], size+n) {
						if len(list) < size && !slices.Contains(prefix[:n], item) {
							list = append(list, item)
						}
					}
				}
				e.count(l, k, n, prefix[n], list)
			}
			return nil
		}
	})
	if err != nil {
		return nil, fmt.Errorf("eval: %s: %w", m.Name, err)
	}
	return e.result(train), nil
}

// scores are a sparse measure over items.
type scores struct {
	value []float64
	items []uint32
	list  []uint32
}

func newScores(items int) *scores { return &scores{value: make([]float64, items)} }

func (s *scores) add(item uint32, value float64) {
	if s.value[item] == 0 {
		s.items = append(s.items, item)
	}
	s.value[item] += value
}

// best returns the n items with the largest scores, ties to the smaller number, and clears the scores.
func (s *scores) best(n int) []uint32 {
	slices.SortFunc(s.items, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(s.value[b], s.value[a]), cmp.Compare(a, b))
	})
	s.list = append(s.list[:0], s.items[:min(n, len(s.items))]...)
	for _, item := range s.items {
		s.value[item] = 0
	}
	s.items = s.items[:0]
	return s.list
}

// rankerOf is a function that ranks.
type rankerOf func(prefix []uint32, n int) []uint32

func (f rankerOf) Rank(prefix []uint32, n int) []uint32 { return f(prefix, n) }

// views counts how often each item was met.
func views(v *learn.Visits) []float64 {
	n := make([]float64, len(v.Items()))
	for k := range v.Sessions() {
		items, _ := v.Session(k)
		for _, item := range items {
			n[item]++
		}
	}
	return n
}

func popular(v *learn.Visits) []uint32 {
	s := newScores(len(v.Items()))
	for item, n := range views(v) {
		s.add(uint32(item), n)
	}
	return s.best(len(v.Items()))
}

// trainPopularity ranks by how often an item was met.
func trainPopularity(v *learn.Visits) func() Ranker {
	order := popular(v)
	return func() Ranker {
		return rankerOf(func(_ []uint32, n int) []uint32 { return order[:min(n, len(order))] })
	}
}

// trainSessionPopularity ranks by how often the session has met an item, then by popularity.
func trainSessionPopularity(v *learn.Visits) func() Ranker {
	order := popular(v)
	share := make([]float64, len(v.Items())) // under 1, and the more the more popular
	for k, item := range order {
		share[item] = 1 / float64(k+2)
	}
	return func() Ranker {
		s := newScores(len(v.Items()))
		return rankerOf(func(prefix []uint32, n int) []uint32 {
			for k, item := range prefix {
				switch {
				case item == pack.NoItem:
				case slices.Contains(prefix[:k], item):
					s.add(item, 1)
				default:
					s.add(item, 1+share[item])
				}
			}
			for _, item := range order[:min(n, len(order))] {
				if !slices.Contains(prefix, item) {
					s.add(item, share[item])
				}
			}
			return s.best(n)
		})
	}
}

// rules are rows of weighted items.
type rules [][]rule

type rule struct {
	item   uint32
	weight float64
}

// pairRules gathers for each item the weights that each gives to its others: each is called for every session.
func pairRules(v *learn.Visits, each func(session []uint32, add func(from, to uint32, weight float64))) rules {
	sums := make([]map[uint32]float64, len(v.Items()))
	for k := range v.Sessions() {
		session, _ := v.Session(k)
		each(session, func(from, to uint32, weight float64) {
			if sums[from] == nil {
				sums[from] = map[uint32]float64{}
			}
			sums[from][to] += weight
		})
	}
	out := make(rules, len(sums))
	for i, row := range sums {
		for to, weight := range row {
			out[i] = append(out[i], rule{to, weight})
		}
		slices.SortFunc(out[i], func(a, b rule) int { return int(a.item) - int(b.item) })
	}
	return out
}

// rank ranks by the row of the last item that is known.
func (r rules) rank() Ranker {
	s := newScores(len(r))
	return rankerOf(func(prefix []uint32, n int) []uint32 {
		for k := len(prefix) - 1; k >= 0; k-- {
			if prefix[k] != pack.NoItem {
				for _, to := range r[prefix[k]] {
					s.add(to.item, to.weight)
				}
				break
			}
		}
		return s.best(n)
	})
}

// trainItemKNN ranks by the cosine of the sessions that have an item and those that have the last one (Hidasi, Karatzoglou, Baltrunas, Tikk,
// "Session-based Recommendations with Recurrent Neural Networks", ICLR 2016, section 4, whose baseline it is), damped by 20.
func trainItemKNN(v *learn.Visits) func() Ranker {
	met := views(v)
	r := pairRules(v, func(session []uint32, add func(from, to uint32, weight float64)) {
		for a, from := range session {
			for b, to := range session {
				if a != b && from != to {
					add(from, to, 1)
				}
			}
		}
	})
	for from := range r {
		for k := range r[from] {
			to := &r[from][k]
			to.weight /= math.Sqrt((met[from] + 20) * (met[to.item] + 20))
		}
	}
	return r.rank
}

// trainRules ranks by how often an item came after the last one, weighted by one over the distance, up to ten events (Ludewig, Jannach,
// "Evaluation of Session-based Recommendation Algorithms", UMUAI 2018, section 3.1).
func trainRules(v *learn.Visits) func() Ranker {
	return pairRules(v, func(session []uint32, add func(from, to uint32, weight float64)) {
		for b := range session {
			for a := max(0, b-10); a < b; a++ {
				add(session[a], session[b], 1/float64(b-a))
			}
		}
	}).rank
}
