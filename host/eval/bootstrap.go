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
	t := make([]tally, len(of))
	Resample(len(sessions), uint64(len(of[0].outcomes)), func(sample []int32) {
		clear(t)
		for _, drawn := range sample {
			k := sessions[drawn]
			for n, e := range of {
				t[n].add(e.outcomes[e.starts[k]:e.starts[k+1]])
			}
		}
		told(t)
	})
}

// Resample calls told with samples of n numbers below n, drawn with replacement: what a bootstrap over n sessions looks at. They depend on n and
// the seed alone. The slice is as good as gone when told returns.
func Resample(n int, seed uint64, told func(sample []int32)) {
	random := rand.New(rand.NewPCG(uint64(n), seed))
	sample := make([]int32, n)
	for range resamples {
		for k := range sample {
			sample[k] = int32(random.IntN(n))
		}
		told(sample)
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
			at[k].hitRate, Interval(s[k].hitRate),
			at[k].mrr, Interval(s[k].mrr),
			at[k].ndcg, Interval(s[k].ndcg),
		}
	}
	return all
}

// Interval returns what the middle 95 % of the values are between: the percentile interval of Efron, Tibshirani, "An Introduction to the
// Bootstrap", 1993, chapter 13. It sorts them. Of fewer values than Resample draws samples it is too narrow.
func Interval(values []float64) [2]float64 {
	slices.Sort(values)
	return [2]float64{values[len(values)*25/1000], values[len(values)*975/1000-1]}
}
