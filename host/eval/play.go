package eval

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/learn"
)

// asking is what an engine is asked.
type asking struct {
	engine  *host.Engine
	visits  *learn.Visits
	items   []uint32 // of the visits' items, those of the pack, or pack.NoItem
	slot    uint8
	repeats bool
	layer   uint8
	size    int
	stepMs  uint64 // between events: each has settled when the next comes
}

func newAsking(engine *host.Engine, v *learn.Visits, opt Options) (*asking, error) {
	p := engine.Pack()
	a := &asking{engine: engine, visits: v, items: ItemsOf(p, v), layer: opt.Layer, size: opt.size(), stepMs: uint64(p.Policy().SettleMs) + 1000}
	if a.layer == 0 {
		a.layer = 3
	}
	if opt.Slot != "" {
		slot, ok := engine.FindSlot(opt.Slot)
		if !ok {
			return nil, fmt.Errorf("eval: the pack has no slot %q", opt.Slot)
		}
		a.slot = slot
	} else {
		for s := range p.Slots() {
			if p.Slot(s).Repeats {
				a.slot = s
				break
			}
		}
	}
	a.repeats = p.Slot(a.slot).Repeats
	a.layer = min(a.layer, p.Slot(a.slot).Layer, p.Policy().MaxLayer)
	if len(a.items) > 0 && !slices.ContainsFunc(a.items, func(item uint32) bool { return item != pack.NoItem }) {
		return nil, fmt.Errorf("eval: the pack has none of the log's %d items; are their ids those of the feed?", len(a.items))
	}
	return a, nil
}

// player plays sessions to an engine. It is for one goroutine.
type player struct {
	*asking
	visit, page *host.Session
	context     core.Context // in which the session began
	list        []uint32
	// took, if set, is told how long each suggestion took.
	took func(time.Duration)
}

func newPlayer(a *asking) *player {
	return &player{asking: a, visit: a.engine.NewSession(), page: a.engine.NewSession()}
}

// see has the visit view an item.
func (p *player) see(ctx context.Context, now uint64, item uint32) error {
	signal := core.NewSignal(core.View, now)
	signal.Item = item
	_, err := p.visit.Observe(ctx, signal)
	return err
}

// play plays session k. It calls view with each item that is met, and then predict with the number of the next event, its item, and the list
// that was suggested, which is the player's until the next.
func (p *player) play(ctx context.Context, k int, view func(item uint32), predict func(n int, next uint32, list []uint32)) error {
	events, _ := p.visits.Session(k)
	p.context = ContextOf(p.visits.Context(k))
	p.visit.Reset()
	now := uint64(0)
	for n := 1; n < len(events); n++ {
		item := p.items[events[n-1]]
		now += p.stepMs
		if err := p.see(ctx, now, item); err != nil {
			return err
		}
		view(item)
		if !p.repeats && slices.Contains(events[:n], events[n]) {
			continue
		}
		if err := p.suggest(ctx, now, item); err != nil {
			return err
		}
		predict(n, p.items[events[n]], p.list)
	}
	return nil
}

// suggest fills in the list for the visit, whose last item was viewed just now.
func (p *player) suggest(ctx context.Context, now uint64, item uint32) error {
	request := core.Request{
		NowMs: now, Slot: p.slot, Size: uint8(p.size), Layer: p.layer, Item: item, Topic: pack.NoTopic, Context: p.context,
	}
	in := p.visit
	if p.repeats {
		saved, err := p.visit.Save(ctx)
		if err != nil {
			return err
		}
		if err := p.page.Restore(ctx, saved); err != nil {
			return err
		}
		request.NowMs, request.Item = now+p.stepMs, pack.NoItem
		if _, err := p.page.Observe(ctx, core.NewSignal(core.View, request.NowMs)); err != nil {
			return err
		}
		in = p.page
	}
	begin := time.Now()
	reply, err := in.Suggest(ctx, request)
	if err != nil {
		return err
	}
	if p.took != nil {
		p.took(time.Since(begin))
	}
	p.list = p.list[:0]
	for _, s := range reply.Suggestions {
		p.list = append(p.list, s.Item)
	}
	return nil
}

// ItemsOf returns the pack's item for each item of the visits, by its number there, or pack.NoItem where the pack has none of that id.
func ItemsOf(p *pack.Pack, v *learn.Visits) []uint32 {
	items := make([]uint32, len(v.Items()))
	for n, id := range v.Items() {
		items[n] = pack.NoItem
		if item, ok := p.FindID([]byte(id)); ok {
			items[n] = item
		}
	}
	return items
}

// ContextOf returns the context of a request of a session that began in one.
func ContextOf(in learn.Context) core.Context {
	return core.Context{Daypart: in.Daypart, Day: in.Day, Device: in.Device, Region: in.Region, Referrer: in.Referrer}
}
