package content

import "slices"

// index is an inverted index over some of the items: the postings of term t are start[t] to start[t+1], by ascending
// item.
type index struct {
	start  []int
	item   []uint32
	weight []float32
}

const (
	// postingCap is how much of a term's postings is walked at most. Of a longer list only a stretch is walked: of items
	// about as popular as the one at hand, since items are in order of popularity.
	postingCap = 4096
	// postingBudget is how many postings are walked for one item, its weightiest terms first. Of 100,000 made-up items,
	// see the benchmark, a row then has 91 % of the neighbours of an exhaustive search, and 99 % of their weight; of
	// 10,000, 99.9 %. Twice as much changes neither by more than a hundredth.
	postingBudget = 8_192
	// otherBudget is the same for the index of items that are no products, which is smaller in most shops.
	otherBudget = 3_072
)

// newIndex returns the index of the items that are in.
func newIndex(v *vectors, in func(item int) bool) *index {
	x := &index{start: make([]int, v.terms+1)}
	items := len(v.start) - 1
	for i := range items {
		if in(i) {
			for _, t := range v.term[v.start[i]:v.start[i+1]] {
				x.start[t+1]++
			}
		}
	}
	for t := range v.terms {
		x.start[t+1] += x.start[t]
	}
	x.item = make([]uint32, x.start[v.terms])
	x.weight = make([]float32, x.start[v.terms])
	next := slices.Clone(x.start[:v.terms])
	for i := range items {
		if in(i) {
			for k := v.start[i]; k < v.start[i+1]; k++ {
				at := next[v.term[k]]
				next[v.term[k]]++
				x.item[at], x.weight[at] = uint32(i), v.weight[k]
			}
		}
	}
	return x
}

// count returns how many items of the index have a term.
func (x *index) count(term uint32) int { return x.start[term+1] - x.start[term] }

// scored is an item with a score.
type scored struct {
	item  uint32
	score float32
}

// before reports whether a is the better: more score, or the same and the smaller, that is more popular, item.
func (a scored) before(b scored) bool {
	return a.score > b.score || a.score == b.score && a.item < b.item
}

// finder finds candidates. It is one worker's own.
type finder struct {
	sum     []float32 // by item; 0 between calls
	touched []uint32
	query   []entry // terms by descending weight
	heap    []scored
}

// find returns the at most n items of x that have the most in common with an item by the postings that the budget
// allows, in no particular order. The slice is the finder's, until the next call.
//
// It is the "term at a time" evaluation with early termination of Moffat & Zobel, "Self-indexing inverted files for fast
// text retrieval", TOIS 14 (1996): the terms left out when the budget is spent are the least telling ones, and what was
// found is scored in full afterwards.
func (f *finder) find(x *index, v *vectors, item, n, budget int, allowed func(uint32) bool) []scored {
	f.query = f.query[:0]
	for k := v.start[item]; k < v.start[item+1]; k++ {
		f.query = append(f.query, entry{v.term[k], v.weight[k]})
	}
	slices.SortFunc(f.query, func(a, b entry) int {
		switch {
		case a.frequency > b.frequency:
			return -1
		case a.frequency < b.frequency:
			return 1
		}
		return int(a.term) - int(b.term)
	})

	f.touched = f.touched[:0]
	for _, q := range f.query {
		from, to := x.start[q.term], x.start[q.term+1]
		if most := min(postingCap, budget); to-from > most {
			from, to = stretch(x.item[from:to], uint32(item), most, from)
		}
		budget -= to - from
		for k := from; k < to; k++ {
			i := x.item[k]
			if f.sum[i] == 0 {
				f.touched = append(f.touched, i)
			}
			f.sum[i] += float32(q.frequency * x.weight[k])
		}
		if budget <= 0 {
			break
		}
	}

	f.heap = f.heap[:0]
	for _, i := range f.touched {
		s := scored{i, f.sum[i]}
		f.sum[i] = 0
		if len(f.heap) == n && !s.before(f.heap[0]) || int(i) == item || !allowed(i) {
			continue
		}
		f.push(s, n)
	}
	return f.heap
}

// stretch returns the part of most postings around the place where the item would stand.
func stretch(items []uint32, item uint32, most, offset int) (from, to int) {
	at, _ := slices.BinarySearch(items, item)
	from = min(max(at-most/2, 0), len(items)-most)
	return offset + from, offset + from + most
}

// push adds s to the heap of the best n, whose worst is at its root.
func (f *finder) push(s scored, n int) {
	h := f.heap
	if len(h) < n {
		h = append(h, s)
		for i := len(h) - 1; i > 0; {
			up := (i - 1) / 2
			if !h[up].before(h[i]) {
				break
			}
			h[up], h[i] = h[i], h[up]
			i = up
		}
		f.heap = h
		return
	}
	h[0] = s
	for i := 0; ; {
		down := 2*i + 1
		if down >= n {
			break
		}
		if down+1 < n && h[down].before(h[down+1]) {
			down++
		}
		if !h[i].before(h[down]) {
			break
		}
		h[i], h[down] = h[down], h[i]
		i = down
	}
}
