package recognition

import (
	"slices"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/eval"
)

// Relevance is how good lists are at what comes next.
type Relevance struct {
	// Predictions are how many next items were predicted, Novel how many of them are new to the visit.
	Predictions int `json:"predictions"`
	Novel       int `json:"novel"`
	// HitRate is the share of lists that have the next item, MRR the mean of one over its place, 0 for none.
	HitRate Figure `json:"hit_rate"`
	MRR     Figure `json:"mrr"`
	// NovelHitRate and NovelMRR are those of next items that are new to the visit.
	NovelHitRate Figure `json:"novel_hit_rate"`
	NovelMRR     Figure `json:"novel_mrr"`
	// Gain is by how much the hit rate is above that of layer 1 on the same predictions; 0 at layer 1, and where that was not measured.
	Gain Figure `json:"gain"`
}

// Figure is a mean and what 95 % of other sessions of the kind would give, by a bootstrap over sessions.
type Figure struct {
	Value    float64    `json:"value"`
	Interval [2]float64 `json:"interval"`
}

// sums add up values of a session, and how many there are.
type sums struct {
	sum float64
	n   int
}

func (s *sums) add(value float64) { s.sum += value; s.n++ }

// figureOf returns the mean over all sessions.
func figureOf(sessions []sums) Figure {
	mean := func(sample func(add func(s sums))) float64 {
		var all sums
		sample(func(s sums) { all.sum += s.sum; all.n += s.n })
		return all.sum / float64(max(1, all.n))
	}
	f := Figure{Value: mean(func(add func(sums)) {
		for _, s := range sessions {
			add(s)
		}
	})}
	some := slices.Clone(sessions)
	some = slices.DeleteFunc(some, func(s sums) bool { return s.n == 0 })
	if len(some) == 0 {
		return f
	}
	var values []float64
	eval.Resample(len(some), uint64(len(sessions)), func(sample []int32) {
		values = append(values, mean(func(add func(sums)) {
			for _, k := range sample {
				add(some[k])
			}
		}))
	})
	f.Interval = eval.Interval(values)
	return f
}

// relevance returns how good the lists of a setting are.
func (s *stage) relevance(lists *shown) Relevance {
	var r Relevance
	sessions := len(s.starts) - 1
	var hits, mrr, novelHits, novelMRR = make([]sums, sessions), make([]sums, sessions), make([]sums, sessions), make([]sums, sessions)
	for session := range sessions {
		for k := s.starts[session]; k < s.starts[session+1]; k++ {
			at := &s.all[k]
			if !at.counted {
				continue
			}
			hit, reciprocal := 0.0, 0.0
			if at.next != pack.NoItem {
				if place := slices.Index(lists.list(k), at.next); place >= 0 {
					hit, reciprocal = 1, 1/float64(place+1)
				}
			}
			r.Predictions++
			hits[session].add(hit)
			mrr[session].add(reciprocal)
			if at.novel {
				r.Novel++
				novelHits[session].add(hit)
				novelMRR[session].add(reciprocal)
			}
		}
	}
	r.HitRate, r.MRR, r.NovelHitRate, r.NovelMRR = figureOf(hits), figureOf(mrr), figureOf(novelHits), figureOf(novelMRR)
	if lists.setting.Layer == 1 {
		s.hitsOfPage = hits
	}
	if s.hitsOfPage != nil {
		gain := slices.Clone(hits)
		for k := range gain {
			gain[k].sum -= s.hitsOfPage[k].sum
		}
		r.Gain = figureOf(gain)
	}
	return r
}
