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
	// Exact is nil at layer 1, which tells nothing, and where visits are played as they go.
	Exact *Exact `json:"exact,omitempty"`
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

// Measure plays visits to a pack, which was not learnt from them, with a setting. The result depends on these and the options alone, but for
// Wasm, Workers and Progress.
func Measure(ctx context.Context, packBytes []byte, v *learn.Visits, setting Setting, opt Options) (*Measured, error) {
	s, w, err := newStage(packBytes, v, &opt)
	if err != nil {
		return nil, err
	}
	lists, err := s.play(ctx, setting)
	if err != nil {
		return nil, err
	}
	m := &Measured{Setting: setting, Relevance: s.relevance(lists)}
	if setting.Layer > 1 && !setting.Visit {
		e, err := s.exact(ctx, setting, w)
		if err != nil {
			return nil, err
		}
		m.Exact = &e
	}
	return m, nil
}

// newStage returns the stage for visits, and what was studied.
func newStage(packBytes []byte, v *learn.Visits, opt *Options) (*stage, *walks, error) {
	if err := opt.check(); err != nil {
		return nil, nil, err
	}
	p, err := pack.Open(packBytes)
	if err != nil {
		return nil, nil, err
	}
	slot, err := opt.slot(p)
	if err != nil {
		return nil, nil, err
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
		return nil, nil, err
	}
	size := cmp.Or(opt.Size, int(p.Slot(slot).Size))
	return &stage{views: seen, data: packBytes, slot: slot, size: size, opt: opt}, studied(p, from, known), nil
}
