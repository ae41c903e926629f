package content

import (
	"slices"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

const (
	// candidateFactor and otherCandidates are how many candidates are scored in full: the first for each neighbour of a
	// row, the second for items that are no products.
	candidateFactor = 3
	otherCandidates = 24
	// spreadFactor is how many of the best candidates a neighbour is chosen from when near-duplicates give way.
	spreadFactor = 3

	// A product's first guide or review stands behind its leadProducts best products, a guide's first product behind its
	// leadOthers best items of other kinds.
	leadProducts = 3
	leadOthers   = 1
	// mostLift is how much the weights of the second group are raised at most to get there. Texts of different kinds
	// have fewer words in common than those of one kind; but what has next to nothing in common stays far behind.
	mostLift = 1.5
)

// shop is what all workers share and none changes.
type shop struct {
	items     []catalogue.Item
	languages languages
	vectors   *vectors
	products  *index
	others    *index
	opt       Options
}

// worker makes rows, one at a time.
type worker struct {
	*shop
	finder
	weights []float32 // of the item at hand, by term; 0 between calls
	overlap []float32 // see spread
	said    []bool    // by term; false between calls of repeat
}

func newWorker(s *shop) *worker {
	return &worker{
		shop: s, finder: finder{sum: make([]float32, len(s.items))},
		weights: make([]float32, s.vectors.terms), said: make([]bool, s.vectors.terms),
	}
}

// isProduct tells the two groups apart that a row holds some of each of.
func isProduct(it *catalogue.Item) bool { return it.Kind == pack.KindProduct }

// row returns the neighbours of an item, by descending weight.
func (w *worker) row(item int) []pack.Neighbour {
	v := w.vectors
	if v.start[item] == v.start[item+1] {
		return nil
	}
	for k := v.start[item]; k < v.start[item+1]; k++ {
		w.weights[v.term[k]] = v.weight[k]
	}
	k := w.opt.Neighbours
	products := w.group(item, w.products, max(candidateFactor*k, 16), postingBudget)
	others := w.group(item, w.others, otherCandidates, otherBudget)
	for k := v.start[item]; k < v.start[item+1]; k++ {
		w.weights[v.term[k]] = 0
	}

	if isProduct(&w.items[item]) {
		reserved := int(w.opt.OtherKinds * float64(k))
		others = w.spread(others, reserved)
		products = w.spread(products, k-len(others))
		return join(products, others, leadProducts)
	}
	// A guide leads to what it is about more than to other guides: products may take half of the row, and more where
	// there are not enough others.
	half := min(len(products), (k+1)/2)
	others = w.spread(others, k-half)
	products = w.spread(products, k-len(others))
	return join(others, products, leadOthers)
}

// group returns the items of one index that are like the item enough, the best first. The slice is the caller's.
func (w *worker) group(item int, x *index, n, budget int) []scored {
	compatible := w.languages.compatible[w.languages.tag[item]]
	found := w.find(x, w.vectors, item, n, budget, func(i uint32) bool { return compatible[w.languages.tag[i]] })
	out := make([]scored, 0, len(found))
	for _, c := range found {
		if c.score = w.cosine(int(c.item)); float64(c.score) >= w.opt.MinScore {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b scored) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	return out
}

// cosine returns the cosine of the angle between a candidate and the item whose weights are laid out.
func (w *worker) cosine(candidate int) float32 {
	v := w.vectors
	sum := float32(0)
	for k := v.start[candidate]; k < v.start[candidate+1]; k++ {
		sum += float32(w.weights[v.term[k]] * v.weight[k])
	}
	return sum
}

// spread chooses n of the candidates, which are sorted, so that near-duplicates do not fill the row. One after the other
// it takes the candidate with the most score / (1 + Diversity · Σ r), r being how much its title repeats each of those
// already taken; that is also its weight, so weights never rise.
//
// It is maximal marginal relevance (Carbonell & Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering
// Documents and Producing Summaries", SIGIR 1998) with the sum in place of the maximum, so that the fifth colour of a
// shirt gives way more than the second, and with a quotient in place of the difference, so that weights stay positive.
func (w *worker) spread(candidates []scored, n int) []scored {
	n = min(n, len(candidates))
	if n == 0 {
		return nil
	}
	if w.opt.Diversity == 0 {
		return candidates[:n]
	}
	left := candidates[:min(len(candidates), spreadFactor*n)]
	w.overlap = slices.Grow(w.overlap[:0], len(left))[:len(left)]
	clear(w.overlap)
	diversity := float32(w.opt.Diversity)
	out := make([]scored, 0, n)
	for len(out) < n {
		best, at := scored{}, -1
		for i, c := range left {
			if w.overlap[i] < 0 {
				continue // taken
			}
			if c.score < best.score {
				break // sorted: what follows cannot be better
			}
			c.score /= 1 + float32(diversity*w.overlap[i])
			if at < 0 || c.before(best) {
				best, at = c, i
			}
		}
		out = append(out, best)
		w.overlap[at] = -1
		if len(out) < n {
			w.repeat(best.item, left)
		}
	}
	return out
}

// repeat adds to each candidate's overlap how much its title says the same as the chosen one's, 0 to 1: 0 when no more
// than two thirds of their words are shared (Dice's coefficient), 1 when all are. So the one word that tells two series
// or two places apart in a title of three is enough, and the colour in a title of five is not.
func (w *worker) repeat(chosen uint32, left []scored) {
	v := w.vectors
	title := v.title[v.titleStart[chosen]:v.titleStart[chosen+1]]
	for _, t := range title {
		w.said[t] = true
	}
	for i, c := range left {
		other := v.title[v.titleStart[c.item]:v.titleStart[c.item+1]]
		shared := 0
		for _, t := range other {
			if w.said[t] {
				shared++
			}
		}
		if sum := len(title) + len(other); w.overlap[i] >= 0 && 3*shared > sum {
			w.overlap[i] += float32(6*shared)/float32(sum) - 2
		}
	}
	for _, t := range title {
		w.said[t] = false
	}
}

// join appends the second group to the first, its best just behind the first lead of the first, and sorts.
func join(first, second []scored, lead int) []pack.Neighbour {
	if len(first)+len(second) == 0 {
		return nil
	}
	lift := float32(1)
	if len(first) > 0 && len(second) > 0 {
		behind := first[min(lead, len(first))-1].score * 0.98
		lift = min(behind/second[0].score, mostLift)
	}
	all := slices.Clone(first)
	for _, s := range second {
		all = append(all, scored{s.item, s.score * lift})
	}
	slices.SortFunc(all, func(a, b scored) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	out := make([]pack.Neighbour, len(all))
	for i, s := range all {
		out[i] = pack.Neighbour{Item: s.item, Weight: float64(s.score)}
	}
	return out
}
