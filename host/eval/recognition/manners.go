package recognition

import (
	"slices"

	"github.com/nabij/nabij/host/eval"
)

// Lists says what lists are like, whatever they give away.
type Lists struct {
	// Echo is the share of suggestions that were viewed before in the visit.
	Echo Figure `json:"echo"`
	// Diversity is as in eval.Lists, nil where the pack has no topics.
	Diversity *Figure `json:"diversity,omitempty"`
}

// manners returns what the lists of the counted views are like.
func (s *stage) manners(lists *shown) Lists {
	similar := eval.Similarity(s.pack)
	echo, diversity := make([]sums, len(s.starts)-1), make([]sums, len(s.starts)-1)
	for session := range echo {
		start := s.starts[session]
		for k := start; k < s.starts[session+1]; k++ {
			if !s.all[k].counted {
				continue
			}
			list := lists.list(k)
			for _, item := range list {
				viewed := 0.0
				if slices.ContainsFunc(s.all[start:k], func(at view) bool { return at.page == item }) {
					viewed = 1
				}
				echo[session].add(viewed)
			}
			if similar != nil {
				if alike, ok := alikeness(list, similar); ok {
					diversity[session].add(1 - alike)
				}
			}
		}
	}
	l := Lists{Echo: figureOf(echo)}
	if similar != nil {
		d := figureOf(diversity)
		l.Diversity = &d
	}
	return l
}

// alikeness returns the mean similarity of a list's pairs, and whether there are any.
func alikeness(list []uint32, similar func(x, y uint32) (float64, bool)) (float64, bool) {
	var pairs sums
	for n, x := range list {
		for _, y := range list[:n] {
			if s, ok := similar(x, y); ok {
				pairs.add(s)
			}
		}
	}
	return pairs.sum / float64(max(1, pairs.n)), pairs.n > 0
}
