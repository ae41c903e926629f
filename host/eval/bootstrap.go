package eval

import (
	"math/rand/v2"
	"slices"
)

// resamples is how many samples a bootstrap draws.
const resamples = 500

// bootstrap fills in the intervals: the middle 95 % of the figures of samples of the sessions, drawn with replacement (Efron, Tibshirani, "An
// Introduction to the Bootstrap", 1993, chapter 13). Predictions of one session are no independent draws, so sessions are drawn whole.
func (r *Result) bootstrap() {
	if len(r.sessions) == 0 {
		return
	}
	random := rand.New(rand.NewPCG(uint64(len(r.sessions)), uint64(r.Predictions)))
	var hits, reciprocal [len(Cutoffs)][]float64
	for range resamples {
		predictions := 0
		var sumHits, sumReciprocal [len(Cutoffs)]float64
		for range r.sessions {
			t := &r.sessions[random.IntN(len(r.sessions))]
			predictions += t.predictions
			for k := range Cutoffs {
				sumHits[k] += float64(t.hits[k])
				sumReciprocal[k] += t.reciprocal[k]
			}
		}
		for k := range Cutoffs {
			hits[k] = append(hits[k], sumHits[k]/float64(predictions))
			reciprocal[k] = append(reciprocal[k], sumReciprocal[k]/float64(predictions))
		}
	}
	for k := range Cutoffs {
		r.At[k].HitRateInterval, r.At[k].MRRInterval = middle(hits[k]), middle(reciprocal[k])
	}
}

// middle returns what the middle 95 % of the values are between. It sorts them.
func middle(values []float64) [2]float64 {
	slices.Sort(values)
	return [2]float64{values[len(values)*25/1000], values[len(values)*975/1000-1]}
}
