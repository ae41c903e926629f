package recognition

import (
	"context"
	"fmt"
	"slices"

	"github.com/nabij/nabij/host/learn"
)

// Report is what an audit found.
type Report struct {
	Slot string `json:"slot"`
	// Size is how many items lists have at most.
	Size int `json:"size"`
	// Bits and FirstPages are the policy's, by which visits go.
	Bits       uint8 `json:"bits"`
	FirstPages uint8 `json:"first_pages"`
	// Faces are the policy's: the G that visitors get.
	Faces uint8 `json:"faces"`
	// Sessions were played, of so many views. Studied are those that the adversary learnt from.
	Sessions int `json:"sessions"`
	Views    int `json:"views"`
	Studied  int `json:"studied"`
	// Generated says that visits were made up, as Generate does: Audit leaves it to who knows.
	Generated bool `json:"generated"`
	// Settings have the figures of each, layer 1 first, then layer 2 with few faces first, each list alone and then visits as they go, then layer 3.
	Settings []Measured `json:"settings"`
}

// Of returns what was measured of a setting, nil if it was not.
func (r *Report) Of(s Setting) *Measured {
	k := slices.IndexFunc(r.Settings, func(m Measured) bool { return m.Setting == s })
	if k < 0 {
		return nil
	}
	return &r.Settings[k]
}

// Kept returns how much of what the whole visit adds to the hit rate of layer 1, at layer 3 in the same slot, a setting keeps, and whether it clearly
// adds any. It may be over 1.
func (r *Report) Kept(s Setting) (share float64, ok bool) {
	full, m := r.Of(Setting{Layer: 3}), r.Of(s)
	if full == nil || m == nil || full.Relevance.Gain.Interval[0] <= 0 {
		return 0, false
	}
	return m.Relevance.Gain.Value / full.Relevance.Gain.Value, true
}

// Served is how visitors get layer 2 by the pack's own policy.
func (r *Report) Served() Setting { return Setting{Layer: 2, Faces: r.Faces, Visit: true} }

// Alone is one list of layer 2 by the pack's own policy.
func (r *Report) Alone() Setting { return Setting{Layer: 2, Faces: r.Faces} }

// FaceCounts are the numbers of faces that a policy can have.
var FaceCounts = []uint8{1, 2, 4, 8}

// Audit plays visits to a pack, which was not learnt from them, at each layer and with each number of faces, and has an adversary find out what
// that gives away. Visits in which there is nothing to guess are refused. The report depends on these and the options alone, but for Wasm, Workers and Progress.
func Audit(ctx context.Context, packBytes []byte, v *learn.Visits, opt Options) (*Report, error) {
	s, err := newStage(packBytes, v, &opt)
	if err != nil {
		return nil, err
	}
	policy := s.pack.Policy()
	r := &Report{
		Slot: string(s.pack.SlotName(s.slot)), Size: s.size, Bits: policy.Bits, FirstPages: policy.FirstPages, Faces: policy.Faces,
		Sessions: len(s.starts) - 1, Views: len(s.all), Studied: s.walks.sessions,
	}
	a := s.adversary()
	if len(a.order) == 0 { // figures of nothing would look like no leak
		return nil, fmt.Errorf("recognition: there is nothing to guess: no session has a page with another item before it and another after it, from its view %d on; play longer sessions",
			opt.prefix())
	}
	for _, setting := range Settings(FaceCounts...) {
		m, err := s.measure(ctx, setting, a)
		if err != nil {
			return nil, err
		}
		if setting == r.Served() || setting == (Setting{Layer: 3}) {
			if m.Tempo, err = s.tempo(ctx, setting); err != nil {
				return nil, err
			}
		}
		r.Settings = append(r.Settings, *m)
	}
	return r, nil
}

// measure measures a setting; with an adversary also what it gives away.
func (s *stage) measure(ctx context.Context, setting Setting, a *adversary) (*Measured, error) {
	lists, err := s.play(ctx, setting)
	if err != nil {
		return nil, err
	}
	m := &Measured{Setting: setting, Relevance: s.relevance(lists), Lists: s.manners(lists)}
	if setting.Layer == 1 {
		return m, nil
	}
	if !setting.Visit {
		if m.Exact, err = s.exact(ctx, setting, s.walks); err != nil || a == nil {
			return m, err
		}
		if m.Leaks, err = a.attack(ctx, lists, s.oracles(setting)); err != nil {
			return nil, err
		}
	}
	if a != nil && (setting.Visit || setting.Layer == 3) {
		if m.Visits, err = a.attackVisits(ctx, lists, s.oracles(setting)); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// oracles returns a function that makes oracles for a setting, each list alone.
func (s *stage) oracles(setting Setting) func() (simulator, error) {
	setting.Visit = false
	return func() (simulator, error) {
		data, err := setting.pack(s.data, s.slot)
		if err != nil {
			return nil, err
		}
		return newOracle(data, s.slot, s.size, setting.Layer)
	}
}
