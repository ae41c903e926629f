package eval

import "math"

// outcome is what became of an event's prediction: its low bits are the item's place in the list, from 1, and 0 where it is not there. An
// event that was not predicted has 0.
type outcome uint8

const (
	// novel marks an item that is new to the session.
	novel outcome = 1 << 5
	// asked marks an event that was predicted.
	asked outcome = 1 << 6

	placeBits = novel - 1
	outcomes  = 2 * asked
)

// tally counts outcomes.
type tally [outcomes]int

func (t *tally) add(of []outcome) {
	for _, o := range of {
		t[o]++
	}
}

// only returns those that have the mark.
func (t *tally) only(mark outcome) (some tally) {
	for o := range outcomes {
		if o&mark != 0 {
			some[o] = t[o]
		}
	}
	return some
}

// predictions returns how many there are.
func (t *tally) predictions() int {
	n := 0
	for _, count := range t[asked:] {
		n += count
	}
	return n
}

// figures are those of lists of a length.
type figures struct{ hitRate, mrr, ndcg float64 }

// at returns the figures of lists of each of Cutoffs. They are 0 where there is no prediction.
func (t *tally) at() (all [len(Cutoffs)]figures) {
	n := float64(max(1, t.predictions()))
	var sum figures
	k := 0
	for place := 1; place <= longest; place++ {
		hits := float64(t[asked|outcome(place)] + t[asked|novel|outcome(place)])
		sum.hitRate += hits
		sum.mrr += hits / float64(place)
		sum.ndcg += hits / math.Log2(float64(1+place))
		if place == Cutoffs[k] {
			all[k] = figures{sum.hitRate / n, sum.mrr / n, sum.ndcg / n}
			k++
		}
	}
	return all
}

// better is over 0 where the item stands before its place in the other list, under 0 where it stands behind it.
func (o outcome) better(other outcome) int {
	behind := func(o outcome) int {
		if place := int(o & placeBits); place > 0 {
			return place
		}
		return longest + 1
	}
	return behind(other) - behind(o)
}
