package eval

import (
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/learn"
)

// Cutoffs are the lengths of the lists that are looked at.
var Cutoffs = [...]int{5, 6, 10, longest}

// longest is the longest of Cutoffs.
const longest = 20

// Distinct returns of what there is for each of Cutoffs those that differ in it, the first ones: where lists are asked for that are shorter than
// the longest, the last have the cutoff of the one before them.
func Distinct[T any](all []T, cutoff func(T) int) []T {
	n := min(1, len(all))
	for n < len(all) && cutoff(all[n]) != cutoff(all[n-1]) {
		n++
	}
	return all[:n]
}

// Result is how good a pack is, or another method.
type Result struct {
	Slot string `json:"slot,omitempty"`
	// Layer is the layer that worked: at most the one asked for, and what slot and policy allow.
	Layer   uint8 `json:"layer,omitempty"`
	Repeats bool  `json:"repeats"`
	// Size is how many items lists were asked for.
	Size int `json:"size"`
	// Sessions have a prediction. Predictions are made for them, of which Unknown are of items that the pack lacks.
	Sessions    int `json:"sessions"`
	Predictions int `json:"predictions"`
	Unknown     int `json:"unknown"`
	// At has the figures for each of Cutoffs; what is longer than Size is Size.
	At [len(Cutoffs)]At `json:"at"`
	// Novel are, where repeats count, the figures of those next items alone that are new to the session.
	Novel *Novel `json:"novel,omitempty"`
	// Lists says for each of Cutoffs what lists are like, whatever came next.
	Lists [len(Cutoffs)]Lists `json:"lists"`
	// ByLength parts predictions by how many events the prefix has.
	ByLength []Part `json:"by_length"`
	// BySupport parts them by how many sessions of Options.Train have met the next item, ByAge by how many days lie between the first of
	// those and the prediction's session; both by when sessions end. They are nil without Train.
	BySupport []Part `json:"by_support,omitempty"`
	ByAge     []Part `json:"by_age,omitempty"`
	// ByPopularity parts them, without Train, by the next item's place among the pack's items, the most popular first.
	ByPopularity []Part `json:"by_popularity,omitempty"`

	evaluation *evaluation
}

// At are figures of lists of a length. The intervals hold 95 % of what other sessions of the kind would give, by a bootstrap over
// sessions.
type At struct {
	Cutoff int `json:"cutoff"`
	// HitRate is the share of predictions whose list has the next item.
	HitRate         float64    `json:"hit_rate"`
	HitRateInterval [2]float64 `json:"hit_rate_interval"`
	// MRR is the mean of one over the item's place, 0 for none.
	MRR         float64    `json:"mrr"`
	MRRInterval [2]float64 `json:"mrr_interval"`
	// NDCG is the mean of 1/log2(1 + place): with one relevant item, the ideal list has 1 (Järvelin, Kekäläinen, "Cumulated Gain-based
	// Evaluation of IR Techniques", TOIS 2002).
	NDCG         float64    `json:"ndcg"`
	NDCGInterval [2]float64 `json:"ndcg_interval"`
}

// Novel are figures of next items that are new to the session. The lists are the same: where repeats are welcome, they have those too.
type Novel struct {
	Predictions int              `json:"predictions"`
	At          [len(Cutoffs)]At `json:"at"`
}

// result sums up.
func (e *evaluation) result(train *learn.Visits) *Result {
	r := &Result{Repeats: e.repeats, Size: e.size, Lists: e.lists(), evaluation: e, Sessions: len(e.predicted())}
	var all tally
	all.add(e.outcomes)
	fresh := all.only(novel)
	r.Predictions = all.predictions()
	e.predictions(func(p prediction) {
		if e.items[p.item] == pack.NoItem {
			r.Unknown++
		}
	})
	var ofAll, ofFresh spread
	bootstrap(func(t []tally) {
		ofAll.add(t[0].at())
		if e.repeats {
			some := t[0].only(novel)
			ofFresh.add(some.at())
		}
	}, e)
	r.At = ofAll.around(all.at(), e.size)
	if e.repeats {
		r.Novel = &Novel{fresh.predictions(), ofFresh.around(fresh.at(), e.size)}
	}
	r.ByLength = e.parts(byLength())
	if train != nil {
		h := newHistory(train, e.visits)
		r.BySupport, r.ByAge = e.parts(h.bySupport()), e.parts(h.byAge())
	}
	return r
}
