package eval

import (
	"errors"
	"fmt"
)

// Paired compares two packs on the same predictions.
type Paired struct {
	Slot        string `json:"slot"`
	Layer       uint8  `json:"layer"`
	Sessions    int    `json:"sessions"`
	Predictions int    `json:"predictions"`
	// Wins, Losses and Ties count the predictions whose next item stands before, behind or where it stands in the other's list, in lists of
	// the longest of Cutoffs. Not being there is behind any place.
	Wins   int `json:"wins"`
	Losses int `json:"losses"`
	Ties   int `json:"ties"`
	// At has the differences for each of Cutoffs.
	At [len(Cutoffs)]Difference `json:"at"`
}

// Difference is by how much figures of lists of a length are above the other's.
type Difference struct {
	Cutoff  int    `json:"cutoff"`
	HitRate Change `json:"hit_rate"`
	MRR     Change `json:"mrr"`
	NDCG    Change `json:"ndcg"`
}

// Change is a difference, and what 95 % of other sessions of the kind would give.
type Change struct {
	Difference float64    `json:"difference"`
	Interval   [2]float64 `json:"interval"`
	// Clear says that the interval is all above 0 or all below: it is no chance of these sessions.
	Clear bool `json:"clear"`
}

// Pair compares a result of Pack with another's: figures of r less those of the other. Samples of sessions are the same for both (the
// paired bootstrap: Sakai, "Evaluating Evaluation Metrics based on the Bootstrap", SIGIR 2006), so what makes sessions easy or hard for
// both does not blur the difference.
//
// Both must be of the same visits, by the same slot and layer, and with repeats welcome in both or neither: otherwise they answered other
// questions, and the error says which.
func Pair(r, other *Result) (*Paired, error) {
	a, b := r.evaluation, other.evaluation
	switch {
	case a.visits != b.visits:
		return nil, errors.New("eval: the two were evaluated on other visits")
	case r.Slot != other.Slot:
		return nil, fmt.Errorf("eval: slot %q of one cannot be compared with slot %q of the other", r.Slot, other.Slot)
	case r.Repeats && !other.Repeats:
		return nil, fmt.Errorf("eval: slot %q welcomes repeats in the first pack and not in the other, so they are asked about other items", r.Slot)
	case !r.Repeats && other.Repeats:
		return nil, fmt.Errorf("eval: slot %q welcomes repeats in the other pack and not in the first, so they are asked about other items", r.Slot)
	case r.Layer != other.Layer:
		return nil, fmt.Errorf("eval: layer %d of one cannot be compared with layer %d of the other; ask both for layer %d", r.Layer, other.Layer,
			min(r.Layer, other.Layer))
	case r.Size != other.Size:
		return nil, fmt.Errorf("eval: lists of %d items of one cannot be compared with lists of %d of the other", r.Size, other.Size)
	case r.Predictions == 0:
		return nil, errors.New("eval: there is nothing to compare: no prediction was made")
	}
	p := &Paired{Slot: r.Slot, Layer: r.Layer, Sessions: r.Sessions, Predictions: r.Predictions}
	for n, o := range a.outcomes {
		switch c := o.better(b.outcomes[n]); {
		case o == 0:
		case c > 0:
			p.Wins++
		case c < 0:
			p.Losses++
		default:
			p.Ties++
		}
	}
	var differences spread
	bootstrap(func(t []tally) {
		x, y := t[0].at(), t[1].at()
		for k := range x {
			x[k] = figures{x[k].hitRate - y[k].hitRate, x[k].mrr - y[k].mrr, x[k].ndcg - y[k].ndcg}
		}
		differences.add(x)
	}, a, b)
	for k := range Cutoffs {
		x, y, d := &r.At[k], &other.At[k], &differences[k]
		p.At[k] = Difference{x.Cutoff, change(x.HitRate-y.HitRate, d.hitRate), change(x.MRR-y.MRR, d.mrr), change(x.NDCG-y.NDCG, d.ndcg)}
	}
	return p, nil
}

func change(difference float64, samples []float64) Change {
	i := Interval(samples)
	return Change{difference, i, i[0] > 0 || i[1] < 0}
}
