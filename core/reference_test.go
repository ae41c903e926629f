package core_test

import (
	"cmp"
	"maps"
	"slices"

	"github.com/nabij/nabij/core/pack"
)

// reference computes faces as they are written down: in floating point, with maps, nothing kept for later. It is for
// packs without topics and a slot that allows everything.
type reference struct {
	p    *pack.Pack
	size int
	page uint32 // or NoItem
}

type dist map[uint32]float64

func (d dist) sum() float64 {
	total := 0.0
	for _, item := range slices.Sorted(maps.Keys(d)) {
		total += d[item]
	}
	return total
}

// best returns the n likeliest items, ties to the smaller id.
func (d dist) best(n int) []uint32 {
	items := slices.SortedFunc(maps.Keys(d), func(a, b uint32) int { return cmp.Or(cmp.Compare(d[b], d[a]), cmp.Compare(a, b)) })
	return items[:min(n, len(items))]
}

func (d dist) addRow(row pack.Neighbours, weight float64) {
	for row.Next() {
		d[row.Item] += float64(row.Weight) * weight
	}
}

// next is where a visit of these items goes: the rows of its items, and one hop further.
func (r reference) next(weights dist) dist {
	near, far, out := dist{}, dist{}, dist{}
	for item, w := range weights {
		near.addRow(r.p.Row(item), w)
	}
	gain := float64(r.p.Policy().HopPermille) / 1000
	for _, item := range near.best(20) {
		far.addRow(r.p.Row(item), near[item])
	}
	nearSum, farSum := near.sum(), far.sum()
	if farSum == 0 || gain == 0 {
		gain, farSum = 0, 1
	}
	for item, w := range near {
		out[item] += w / nearSum / (1 + gain)
	}
	for item, w := range far {
		out[item] += gain * w / farSum / (1 + gain)
	}
	return out
}

// floored mixes a distribution with popularity, over every item but the page's.
func (r reference) floored(d dist) dist {
	floor := float64(r.p.Policy().FloorPermille) / 1000
	total := 0.0
	for item := range r.p.Items() {
		total += float64(r.p.Popularity(item))
	}
	out := dist{}
	for item := range r.p.Items() {
		if item != r.page {
			out[item] = (1-floor)*d[item] + floor*float64(r.p.Popularity(item))/total
		}
	}
	return out
}

type imagined struct {
	share float64
	q     dist // of the best 24
}

func (v imagined) worth(list []uint32) float64 {
	sum := 0.0
	for _, item := range list {
		sum += v.q[item]
	}
	return sum
}

// faces returns the lists, their shares, and what the plausible visits get from them.
func (r reference) faces() (lists [][]uint32, shares []float64, visits []imagined) {
	policy := r.p.Policy()
	weights := dist{}
	second := float64(policy.Recency[0])
	if r.page != pack.NoItem {
		weights[r.page] = float64(policy.Recency[0])
		second = float64(policy.Recency[1])
	}
	p0 := r.floored(r.next(weights))
	lists = [][]uint32{p0.best(r.size)}

	z := p0.best(int(policy.FaceVisits))
	total := 0.0
	for _, item := range z {
		total += p0[item]
	}
	keep := func(share float64, q dist) {
		kept := dist{}
		for _, item := range q.best(24) {
			kept[item] = q[item]
		}
		visits = append(visits, imagined{share, kept})
	}
	keep(0.1, p0)
	for _, item := range z {
		with := maps.Clone(weights)
		with[item] = second
		q := r.floored(r.next(with))
		q[item] = p0[item]
		keep(0.9*p0[item]/total, q)
	}

	worth := func(lists [][]uint32) float64 {
		sum := 0.0
		for _, v := range visits {
			sum += v.share * v.worth(lists[bestFor(v, lists)])
		}
		return sum
	}
	for len(lists) < int(policy.Faces) {
		var chosen []uint32
		most := worth(lists)
		for _, v := range visits[:min(25, len(visits))] {
			own := v.q.best(r.size)
			if w := worth(append(slices.Clone(lists), own)); w > most+1e-12 {
				chosen, most = own, w
			}
		}
		if chosen == nil {
			break
		}
		lists = append(lists, chosen)
	}
	refine := func() {
		wanted := make([]dist, len(lists))
		for _, v := range visits {
			g := bestFor(v, lists)
			if wanted[g] == nil {
				wanted[g] = dist{}
			}
			for item, q := range v.q {
				wanted[g][item] += v.share * q
			}
		}
		for g := 1; g < len(lists); g++ {
			if wanted[g] != nil {
				lists[g] = wanted[g].best(r.size)
			}
		}
	}
	for range 5 {
		refine()
	}
	for {
		shares = make([]float64, len(lists))
		for _, v := range visits {
			shares[bestFor(v, lists)] += v.share
		}
		least := 0
		for g := 1; g < len(lists); g++ {
			if least == 0 || shares[g] < shares[least] {
				least = g
			}
		}
		if least == 0 || shares[least] > 0 && shares[least]*1000 >= float64(policy.FaceSharePermille) {
			return lists, shares, visits
		}
		lists = slices.Delete(lists, least, least+1)
		refine()
	}
}

// bestFor returns the list that suits a visit best, ties to the earlier.
func bestFor(v imagined, lists [][]uint32) int {
	best := 0
	for g := range lists {
		if v.worth(lists[g]) > v.worth(lists[best]) {
			best = g
		}
	}
	return best
}
