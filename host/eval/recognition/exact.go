package recognition

import (
	"context"
	"encoding/binary"
	"math"
	"slices"

	"github.com/nabij/nabij/core"
)

// Exact is how much a list tells of a visit of one item before the page, in bits, as a mean over the page views that are predicted from. Nothing is
// guessed: such a visit decides the list, so what the list tells is its entropy.
type Exact struct {
	// Walked is with the item before as visitors came to the page in the visits that were studied.
	Walked float64 `json:"walked"`
	// Plausible is with the visits that the engine itself thinks plausible when it chooses a page's faces, by their shares. It is for layer 2.
	Plausible float64 `json:"plausible"`
	// Most is the most that one page's list tells, of either.
	Most float64 `json:"most"`
}

// exact returns the exact information of a setting.
func (s *stage) exact(ctx context.Context, setting Setting, w *walks) (*Exact, error) {
	data, err := setting.pack(s.data, s.slot)
	if err != nil {
		return nil, err
	}
	type place struct {
		page uint32
		in   core.Context
		n    int
	}
	var places []place
	total := 0
	for _, k := range s.byPage(func(at *view) bool { return at.counted }) {
		at := &s.all[k]
		total++
		if last := len(places) - 1; last >= 0 && places[last].page == at.page && places[last].in == s.context(at) {
			places[last].n++
			continue
		}
		places = append(places, place{at.page, s.context(at), 1})
	}
	walked, plausible := make([]float64, len(places)), make([]float64, len(places))
	err = s.each(ctx, "exact information, "+setting.String(), len(places), func(int) (func(k int) error, error) {
		o, err := newOracle(data, s.slot, s.size, setting.Layer)
		if err != nil {
			return nil, err
		}
		return func(k int) error {
			p := &places[k]
			if setting.Layer == 2 {
				var shares entropy
				for _, f := range o.faces(p.page, p.in) {
					shares.add(float64(f.SharePermille))
				}
				plausible[k] = shares.bits()
			}
			counts := map[string]int{}
			var lists entropy
			var key []byte
			for _, c := range w.into[p.page] {
				key = key[:0]
				for _, item := range o.list(p.page, p.in, c.from) {
					key = binary.LittleEndian.AppendUint32(key, item)
				}
				counts[string(key)] += c.count
			}
			for _, count := range counts {
				lists.add(float64(count))
			}
			walked[k] = lists.bits()
			return nil
		}, nil
	})
	if err != nil {
		return nil, err
	}
	e := new(Exact)
	for k, p := range places {
		share := float64(p.n) / float64(total)
		e.Walked += share * walked[k]
		e.Plausible += share * plausible[k]
		e.Most = max(e.Most, walked[k], plausible[k])
	}
	return e, nil
}

// entropy is that of a distribution, of which weights are added in any order.
type entropy struct{ weights []float64 }

func (e *entropy) add(weight float64) {
	if weight > 0 {
		e.weights = append(e.weights, weight)
	}
}

// bits returns the entropy.
func (e *entropy) bits() float64 {
	slices.Sort(e.weights) // or the sum would depend on their order
	total, sum := 0.0, 0.0
	for _, w := range e.weights {
		total += w
	}
	for _, w := range e.weights {
		sum -= w / total * math.Log2(w/total)
	}
	return sum
}
