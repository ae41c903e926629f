package recognition

import (
	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// simulator tells what a visit would be shown, and what a page can show, nil where its lists are not few.
type simulator interface {
	list(page uint32, in core.Context, before ...uint32) []uint32
	lists(page uint32, in core.Context) [][]uint32
}

// oracle knows the pack and the code: it tells what a visit would be shown. It is for one goroutine, and runs natively, as anyone can.
type oracle struct {
	engine  *core.Engine
	slot    uint8
	size    uint8
	layer   uint8
	session core.Session
	stepMs  uint64
}

func newOracle(data []byte, slot uint8, size int, layer uint8) (*oracle, error) {
	p, err := pack.Open(data)
	if err != nil {
		return nil, err
	}
	return &oracle{engine: core.NewEngine(p), slot: slot, size: uint8(size), layer: layer, stepMs: stepOf(p)}, nil
}

// list returns what a visit of these items would be shown on a page, which it views last.
func (o *oracle) list(page uint32, in core.Context, before ...uint32) []uint32 {
	o.engine.Reset(&o.session)
	now := uint64(0)
	see := func(item uint32) {
		now += o.stepMs
		signal := core.NewSignal(core.View, now)
		signal.Item = item
		_, _ = o.engine.Observe(&o.session, &signal)
	}
	for _, item := range before {
		see(item)
	}
	see(page)
	reply, err := o.engine.Suggest(&o.session, &core.Request{
		NowMs: now, Slot: o.slot, Size: o.size, Layer: o.layer, Item: page, Topic: pack.NoTopic, Context: in,
	})
	if err != nil {
		return nil // items and pages are the pack's own
	}
	return itemsOf(reply.Suggestions)
}

// lists returns the lists that a page can show.
func (o *oracle) lists(page uint32, in core.Context) (all [][]uint32) {
	for _, f := range o.faces(page, in) {
		all = append(all, itemsOf(f.Suggestions))
	}
	return all
}

func itemsOf(suggestions []core.Suggestion) []uint32 {
	items := make([]uint32, len(suggestions))
	for k := range suggestions {
		items[k] = suggestions[k].Item
	}
	return items
}

// faces returns the faces that a page can show.
func (o *oracle) faces(page uint32, in core.Context) []core.Face {
	faces, _ := o.engine.Faces(&core.Request{Slot: o.slot, Size: o.size, Layer: o.layer, Item: page, Topic: pack.NoTopic, Context: in})
	return faces
}
