package eval

import (
	"math/rand/v2"
	"slices"
)

// resamples is how many samples a bootstrap draws.
const resamples = 500

// bootstrap draws samples of the sessions, with replacement, and calls told with what the predictions of each sample come to: in each of the
// evaluations, which are of the same visits. Predictions of one session are no independent draws, so sessions are drawn whole.
func bootstrap(told func(t []tally), of ...*evaluation) {
	sessions := of[0].predicted()
	random := rand.New(rand.NewPCG(uint64(len(sessions)), uint64(len(of[0].outcomes))))
	t := make([]tally, len(of))
	for range resamples {
		clear(t)
		for range sessions {
			k := sessions[random.IntN(len(sessions))]
			for n, e := range of {
				t[n].add(e.outcomes[e.starts[k]:e.starts[k+1]])
			}
		}
		told(t)
	}
}

// spread gathers the figures of samples.
type spread [len(Cutoffs)]struct{ hitRate, mrr, ndcg []float64 }

func (s *spread) add(at [len(Cutoffs)]figures) {
	for k := range s {
		s[k].hitRate = append(s[k].hitRate, at[k].hitRate)
		s[k].mrr = append(s[k].mrr, at[k].mrr)
		s[k].ndcg = append(s[k].ndcg, at[k].ndcg)
	}
}

// around returns figures with their intervals, of lists of a size at most.
func (s *spread) around(at [len(Cutoffs)]figures, size int) (all [len(Cutoffs)]At) {
	for k := range s {
		all[k] = At{
			min(Cutoffs[k], size),
			at[k].hitRate, middle(s[k].hitRate),
			at[k].mrr, middle(s[k].mrr),
			at[k].ndcg, middle(s[k].ndcg),
		}
	}
	return all
}

// middle returns what the middle 95 % of the values are between: the percentile interval of Efron, Tibshirani, "An Introduction to the
// Bootstrap", 1993, chapter 13. It sorts them.
func middle(values []float64) [2]float64 {
	slices.Sort(values)
	return [2]float64{values[len(values)*25/1000], values[len(values)*975/1000-1]}
}
