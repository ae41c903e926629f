package eval

import (
	"math"
	"slices"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/learn"
)

// Lists says what lists of a length are like, whatever came next. Means are over lists; what cannot be told is nil.
type Lists struct {
	Cutoff int `json:"cutoff"`
	// Coverage is the share of all the pack's items (of a method: of the training log's) that stand in a list.
	Coverage float64 `json:"coverage"`
	// Gini says how unevenly these same items stand in lists, those that stand in none included: 0 is all alike, 1 one item in all (Shani,
	// Gunawardana, "Evaluating Recommendation Systems", Recommender Systems Handbook, 2011, on item space coverage).
	Gini float64 `json:"gini"`
	// Diversity is one less the mean similarity of a list's pairs of items (Smyth, McClave, "Similarity vs. Diversity", ICCBR 2001; the
	// complement of Ziegler, McNee, Konstan, Lausen's intra-list similarity, WWW 2005). Similar are items as far as their topics are the
	// same: of all topics of both, with what these are part of, the share that both have. Items without a topic are left out.
	Diversity *float64 `json:"diversity,omitempty"`
	// Miscalibration is by how much a list's topics are other than those of the session so far, from 0 for the same: the Kullback-Leibler
	// divergence, in nats, of Steck, "Calibrated Recommendations", RecSys 2018, with his smoothing of 0.01. Each event of the session counts
	// alike, and so does each item of the list; several topics of an item share it. Where either has no topic, the list is left out.
	Miscalibration *float64 `json:"miscalibration,omitempty"`
	// Novelty is the mean self-information of a list's items in bits: −log2 of the share of the training log's sessions that have met an
	// item, with one more session for each, so that none is infinite (Zhou, Kuscsik, Liu, Medo, Wakeling, Zhang, "Solving the apparent
	// diversity-accuracy dilemma of recommender systems", PNAS 2010). It is nil without Options.Train.
	Novelty *float64 `json:"novelty,omitempty"`
}

// smoothing is Steck's α.
const smoothing = 0.01

// shelf is what lists are made of.
type shelf struct {
	items       int
	topics      *topics   // nil where there are none
	information []float64 // of each item, in bits; nil where it is not known
}

// newShelf returns the shelf of a pack.
func newShelf(p *pack.Pack, train *learn.Visits) *shelf {
	s := &shelf{items: int(p.Items()), topics: newTopics(p)}
	if train != nil {
		s.inform(train, func(item int) string { return string(p.ItemID(uint32(item))) })
	}
	return s
}

// inform fills in the information of items, whose ids are given.
func (s *shelf) inform(train *learn.Visits, id func(item int) string) {
	sessions, _ := met(train)
	s.information = make([]float64, s.items)
	for item := range s.information {
		count := 0
		if n, ok := train.Find(id(item)); ok {
			count = sessions[n]
		}
		s.information[item] = math.Log2(float64(train.Sessions()+1) / float64(count+1))
	}
}

// lister adds up what the lists of sessions are like. It is for one goroutine.
type lister struct {
	*shelf
	shown [len(Cutoffs)][]uint32 // how often each item stands in a list
	means [len(Cutoffs)]struct{ diversity, miscalibration, novelty mean }
	past  *mixture // of the session so far
	now   *mixture // of the list
}

func newLister(s *shelf) *lister {
	l := &lister{shelf: s}
	for k := range l.shown {
		l.shown[k] = make([]uint32, s.items)
	}
	if s.topics != nil {
		l.past, l.now = newMixture(s.topics), newMixture(s.topics)
	}
	return l
}

// begin begins a session.
func (l *lister) begin() {
	if l.topics != nil {
		l.past.clear()
	}
}

// view adds an item, which may be pack.NoItem, to the session.
func (l *lister) view(item uint32) {
	if l.topics != nil && item != pack.NoItem {
		l.past.add(item)
	}
}

// list adds a list.
func (l *lister) list(items []uint32) {
	if l.topics != nil {
		l.now.clear()
	}
	similar, pairs, information, k := 0.0, 0, 0.0, 0
	for n := range longest {
		if n < len(items) {
			item := items[n]
			if l.information != nil {
				information += l.information[item]
			}
			if l.topics != nil {
				l.now.add(item)
				for _, other := range items[:n] {
					if s, ok := l.topics.similarity(item, other); ok {
						similar += s
						pairs++
					}
				}
			}
		}
		if n+1 < Cutoffs[k] {
			continue
		}
		top := items[:min(n+1, len(items))]
		for _, item := range top {
			l.shown[k][item]++
		}
		m := &l.means[k]
		if pairs > 0 {
			m.diversity.add(1 - similar/float64(pairs))
		}
		if l.topics != nil && l.past.total > 0 && l.now.total > 0 {
			m.miscalibration.add(l.past.divergence(l.now))
		}
		if l.information != nil && len(top) > 0 {
			m.novelty.add(information / float64(len(top)))
		}
		k++
	}
}

// lists returns what all lists are like. It lets the listers go.
func (e *evaluation) lists() (all [len(Cutoffs)]Lists) {
	for k, cutoff := range Cutoffs {
		shown := make([]uint32, e.shelf.items)
		var diversity, miscalibration, novelty mean
		for _, l := range e.listers {
			for item, count := range l.shown[k] {
				shown[item] += count
			}
			diversity.merge(l.means[k].diversity)
			miscalibration.merge(l.means[k].miscalibration)
			novelty.merge(l.means[k].novelty)
		}
		slices.Sort(shown)
		all[k] = Lists{min(cutoff, e.size), coverage(shown), gini(shown), diversity.value(), miscalibration.value(), novelty.value()}
	}
	e.listers = nil
	return all
}

// coverage returns the share of the counts that are over 0.
func coverage(counts []uint32) float64 {
	covered := 0
	for _, c := range counts {
		if c > 0 {
			covered++
		}
	}
	return float64(covered) / float64(max(1, len(counts)))
}

// gini returns the Gini index of counts in rising order: Σ (2j − n − 1) · count_j / ((n − 1) · Σ count_j), j from 1.
func gini(rising []uint32) float64 {
	n := len(rising)
	sum, total := 0.0, 0.0
	for j, c := range rising {
		sum += float64(2*(j+1)-n-1) * float64(c)
		total += float64(c)
	}
	if n < 2 || total == 0 {
		return 0
	}
	return sum / (float64(n-1) * total)
}

// mean is a mean that is the same in whatever order values come: they are added in whole steps.
type mean struct{ steps, count int64 }

// meanStep is the step: small enough for six digits of any mean here, and large enough for 2^29 values of up to 64.
const meanStep = 1.0 / (1 << 28)

func (m *mean) add(value float64) {
	m.steps += int64(math.Round(value / meanStep))
	m.count++
}

func (m *mean) merge(o mean) {
	m.steps += o.steps
	m.count += o.count
}

// value returns the mean, nil where there is none.
func (m *mean) value() *float64 {
	if m.count == 0 {
		return nil
	}
	v := float64(m.steps) * meanStep / float64(m.count)
	return &v
}
