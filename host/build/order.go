package build

import (
	"math"
	"math/bits"
	"slices"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

const (
	// mostPopular is the popularity of the most popular item.
	mostPopular = math.MaxUint16
	// newcomerShare is how much of the mean count every item is given on top of its own, so that what is new, or was
	// never counted, is not taken for impossible.
	newcomerShare = 0.1
	// popularityBits is how many bits of a popularity count, from the first that is set: nobody can tell finer steps apart, and
	// a pack is smaller without them.
	popularityBits = 6
	// leastSilent is what share of the first item's popularity the last one has where the source counts nothing.
	leastSilent = 0.5
)

// rank returns the order of the items, the most popular first and else as they stand in the source, and the popularity of
// each in that order.
//
// Popularity is the floor under an item that no row names, so it plays the part of a probability; yet it comes from
// counts on a scale nobody states (orders, clicks, ratings), of a past that favoured what was shown. So it is the square
// root of the count: for counts, which vary as their own size, the root is the transform after which a difference means
// the same at every size (Bartlett, "The Square Root Transformation in Analysis of Variance", 1936), and it keeps the few
// best sellers from filling every list. A tenth of the mean is added to each count first.
//
// Kinds are counted in different ways: orders are of products, never of guides. A kind with no count at all takes the
// median of those that have one.
//
// Where the source counts nothing, the first half of the truth is that all are alike, the other that shops list first
// what they want seen. Popularity then falls gently and evenly along the source, from 1 to leastSilent.
func rank(items []catalogue.Item) (order []int, popularity []uint16) {
	n := len(items)
	order, popularity = make([]int, n), make([]uint16, n)
	counts := make([]float64, n)
	var counted [pack.KindCount]bool
	var positive []float64
	for i := range items {
		order[i] = i
		if counts[i] = items[i].Popularity; counts[i] > 0 {
			counted[items[i].Kind] = true
			positive = append(positive, counts[i])
		}
	}
	if len(positive) == 0 {
		for i := range popularity {
			part := 0.0
			if n > 1 {
				part = float64(i) / float64(n-1)
			}
			popularity[i] = popularityOf(1 - part*(1-leastSilent))
		}
		return order, popularity
	}

	slices.Sort(positive)
	median := positive[len(positive)/2]
	most := positive[len(positive)-1]
	// Shares of the most, so that no sum of counts is out of range.
	mean := 0.0
	for _, c := range positive {
		mean += c / most
	}
	mean /= float64(n)
	for i := range items {
		if !counted[items[i].Kind] {
			counts[i] = median
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case counts[a] > counts[b]:
			return -1
		case counts[a] < counts[b]:
			return 1
		}
		return 0
	})
	for k, i := range order {
		share := (counts[i]/most + newcomerShare*mean) / (1 + newcomerShare*mean)
		popularity[k] = popularityOf(math.Sqrt(share))
	}
	return order, popularity
}

// popularityOf returns a share of the most popular item's popularity in a pack's units, at least 1.
func popularityOf(share float64) uint16 {
	v := max(1, uint32(math.Round(mostPopular*share)))
	drop := max(0, bits.Len32(v)-popularityBits)
	return uint16(min(mostPopular, (v+1<<drop>>1)>>drop<<drop))
}

func inOrder(items []catalogue.Item, order []int) []catalogue.Item {
	out := make([]catalogue.Item, len(items))
	for k, i := range order {
		out[k] = items[i]
	}
	return out
}
