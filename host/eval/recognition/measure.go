package recognition

import (
	"cmp"
	"context"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/learn"
)

// Measured is what was found of a setting.
type Measured struct {
	Setting   Setting   `json:"setting"`
	Relevance Relevance `json:"relevance"`
	Lists     Lists     `json:"lists"`
	// Exact is nil at layer 1, which tells nothing, and where visits are played as they go.
	Exact *Exact `json:"exact,omitempty"`
	// Leaks are what an adversary learns from one page's list, nil where Exact is, and where none was asked for.
	Leaks *Leaks `json:"leaks,omitempty"`
	// Visits is what it learns from the last pages of whole visits together, nil but at layer 2 as visits go, and at layer 3,
	// and where no visit has an item before these pages.
	Visits *Leak `json:"visits,omitempty"`
	// Tempo is how fast and how long what was viewed shows, nil but at layer 2 as the policy has it and visits go, and at layer 3.
	Tempo *Tempo `json:"tempo,omitempty"`
}

// Settings returns what is compared: layer 1, layer 2 with each number of faces, alone and as visits go, and layer 3.
func Settings(faces ...uint8) []Setting {
	all := []Setting{{Layer: 1}}
	for _, g := range faces {
		all = append(all, Setting{Layer: 2, Faces: g})
	}
	for _, g := range faces {
		all = append(all, Setting{Layer: 2, Faces: g, Visit: true})
	}
	return append(all, Setting{Layer: 3}, Setting{Layer: 3, Repeats: true})
}

// Measure plays visits to a pack, which was not learnt from them, with a setting, and has no adversary. The result depends on these and the options
// alone, but for Wasm, Workers and Progress.
func Measure(ctx context.Context, packBytes []byte, v *learn.Visits, setting Setting, opt Options) (*Measured, error) {
	s, err := newStage(packBytes, v, &opt)
	if err != nil {
		return nil, err
	}
	return s.measure(ctx, setting, nil)
}

// newStage returns the stage for visits.
func newStage(packBytes []byte, v *learn.Visits, opt *Options) (*stage, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	p, err := pack.Open(packBytes)
	if err != nil {
		return nil, err
	}
	slot, err := opt.slot(p)
	if err != nil {
		return nil, err
	}
	attacked, from, known := evenly(v.Sessions(), 0), opt.Train, []int(nil)
	if from != nil {
		known = evenly(from.Sessions(), 0)
	} else {
		from = v
		var half []int
		for _, k := range attacked {
			if k%2 == 0 {
				half = append(half, k)
			} else {
				known = append(known, k)
			}
		}
		attacked = half
	}
	var some []int
	for _, k := range evenly(len(attacked), opt.Sessions) {
		some = append(some, attacked[k])
	}
	seen, err := viewsOf(p, v, some, opt.prefix())
	if err != nil {
		return nil, err
	}
	size := cmp.Or(opt.Size, int(p.Slot(slot).Size))
	return &stage{views: seen, walks: studied(p, from, known), pack: p, data: packBytes, slot: slot, size: size, opt: opt}, nil
}
