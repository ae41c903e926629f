package hosttest

import (
	"context"
	"fmt"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
)

// player plays a plan on a session of its own.
type player struct {
	shop    *Shop
	session *host.Session
	visit   *Visit
	nowMs   uint64
	// item and topic are the page's; basket and suggested what the visit is left with.
	item      uint32
	topic     uint16
	basket    []uint32
	suggested []uint32
}

// firstMs is when visits start, so that clocks can run back.
const firstMs = 60_000

// play plays a plan and asks, on each page and at the end, for every slot.
func (s *Shop) play(p plan) (*Visit, error) {
	v := &Visit{Shop: s, Context: p.context}
	pl := &player{shop: s, session: s.NewSession(), visit: v, nowMs: firstMs, item: pack.NoItem, topic: pack.NoTopic}
	for _, step := range p.steps {
		if step.gapMs == back {
			pl.nowMs -= min(pl.nowMs, uint64(step.value))
		} else {
			pl.nowMs += uint64(step.gapMs)
		}
		for _, signal := range pl.signals(step) {
			if err := pl.observe(signal); err != nil {
				return v, err
			}
			if signal.Kind == core.View {
				pl.item, pl.topic = signal.Item, signal.Topic
				if err := pl.ask(p, 0); err != nil {
					return v, err
				}
			}
		}
	}
	return v, pl.ask(p, 30_000) // once what was done has settled
}

func (pl *player) observe(signal core.Signal) error {
	outcomes, err := pl.session.Observe(context.Background(), signal)
	if err != nil {
		return fmt.Errorf("hosttest: the engine refused %s: %w", pl.shop.Event(signal), err)
	}
	pl.visit.Signals = append(pl.visit.Signals, signal)
	pl.visit.Outcomes = append(pl.visit.Outcomes, outcomes[0])
	return nil
}

// ask fills every slot of the page, laterMs after the last signal.
func (pl *player) ask(p plan, laterMs uint64) error {
	pl.suggested = pl.suggested[:0]
	for slot := range pl.shop.Pack().Slots() {
		request := core.Request{NowMs: pl.nowMs + laterMs, Slot: slot, Layer: p.layer, Item: pl.item, Topic: pl.topic,
			Context: p.context, Explain: true}
		reply, err := pl.session.Suggest(context.Background(), request)
		if err != nil {
			return fmt.Errorf("hosttest: the engine refused to suggest: %w", err)
		}
		pl.visit.Answers = append(pl.visit.Answers, Answer{
			After: len(pl.visit.Signals), Slot: string(pl.shop.Pack().SlotName(slot)), Request: request, Reply: reply})
		for _, s := range reply.Suggestions {
			pl.suggested = append(pl.suggested, s.Item)
		}
	}
	return nil
}

// signals are what a step comes to, here and now. A step that means nothing here is none.
func (pl *player) signals(s step) []core.Signal {
	p := pl.shop.Pack()
	signal := func(kind core.SignalKind) core.Signal { return core.NewSignal(kind, pl.nowMs) }
	about := func(kind core.SignalKind, item uint32) []core.Signal {
		out := signal(kind)
		out.Item = item
		return []core.Signal{out}
	}
	topical := func(kind core.SignalKind, value uint32) []core.Signal {
		number := uint32(p.Topics())
		if kind == core.Preference {
			number += uint32(p.Facets())
		}
		if number == 0 {
			return nil
		}
		out := signal(kind)
		out.Topic, out.Value = uint16(uint32(s.which)%number), value
		if out.Topic >= p.Topics() {
			out.Topic += pack.FirstFacet - p.Topics()
		}
		return []core.Signal{out}
	}
	among := func(items []uint32) uint32 {
		if len(items) == 0 {
			return uint32(s.which) % p.Items()
		}
		return items[int(s.which)%len(items)]
	}
	switch s.act {
	case viewPopular:
		return about(core.View, uint32(s.which)%min(p.Items(), 50))
	case viewNeighbour:
		return about(core.View, pl.neighbour(s.which))
	case viewTopic:
		return about(core.View, pl.sibling(s.which))
	case viewAny:
		return about(core.View, (uint32(s.which)<<16|uint32(s.value))%p.Items())
	case openTopic:
		return topical(core.View, 0)
	case openHome:
		return []core.Signal{signal(core.View)}
	case engage:
		out := signal(core.Engaged)
		out.Value = uint32(s.value) * 2
		return []core.Signal{out}
	case scroll:
		out := signal(core.Scroll)
		out.Value = uint32(s.value) % 101
		return []core.Signal{out}
	case search:
		out := signal(core.Search)
		out.Text = []byte(pl.shop.words[int(s.which)%len(pl.shop.words)])
		return []core.Signal{out}
	case filter:
		return topical(core.Filter, 0)
	case basketAdd:
		item := pl.item
		if item == pack.NoItem {
			item = among(pl.suggested)
		}
		pl.basket = append(pl.basket, item)
		return about(core.BasketAdd, item)
	case basketRemove:
		return about(core.BasketRemove, among(pl.basket))
	case purchase:
		return about(core.Purchase, among(pl.basket))
	case see:
		return about(core.Shown, among(pl.suggested))
	case follow:
		item := among(pl.suggested)
		return append(about(core.Chosen, item), about(core.View, item)...)
	case dismiss:
		return about(core.Dismissed, among(pl.suggested))
	case dismissTopic:
		return topical(core.Dismissed, 0)
	case declare:
		return topical(core.Preference, 1+uint32(s.value)%100)
	case takeBack:
		return topical(core.Preference, 0)
	default: // strange
		return about(core.BasketAdd+core.SignalKind(s.value)%6, uint32(s.which)%p.Items())
	}
}

// neighbour returns a neighbour of the page's item, or a popular item where it has none.
func (pl *player) neighbour(which uint16) uint32 {
	p := pl.shop.Pack()
	if pl.item == pack.NoItem {
		return pl.sibling(which)
	}
	return pl.of(p.Row(pl.item), which)
}

// sibling returns an item that stands for the page's topic, or a popular item where there is none.
func (pl *player) sibling(which uint16) uint32 {
	p := pl.shop.Pack()
	topic := pl.topic
	if topic == pack.NoTopic && pl.item != pack.NoItem {
		topic = p.ItemTopic(pl.item, 0)
	}
	if topic == pack.NoTopic {
		return uint32(which) % min(p.Items(), 50)
	}
	return pl.of(p.TopicRow(topic), which)
}

func (pl *player) of(row pack.Neighbours, which uint16) uint32 {
	var items []uint32
	for row.Next() {
		items = append(items, row.Item)
	}
	if len(items) == 0 {
		return uint32(which) % min(pl.shop.Pack().Items(), 50)
	}
	return items[int(which)%len(items)]
}
