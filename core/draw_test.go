package core_test

import (
	"math/rand/v2"
	"strconv"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// drawShop draws a shop of some items and topics. Its size and policy are drawn so that they shrink; what is in it comes
// from a seed.
func drawShop(t *rapid.T) pack.Source {
	items, topics := rapid.IntRange(0, 40).Draw(t, "items"), rapid.IntRange(0, 8).Draw(t, "topics")
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	src := pack.Source{Languages: []string{"en", "nl"}, Policy: drawPolicy(t)}
	for i := range rapid.IntRange(1, 4).Draw(t, "slots") {
		src.Slots = append(src.Slots, pack.Slot{Name: strconv.Itoa(i), Kinds: pack.Kinds(1 + r.IntN(int(pack.AllKinds))), Size: uint8(1 + r.IntN(pack.MaxSlotSize)),
			Layer: uint8(1 + r.IntN(3)), Repeats: r.IntN(2) == 0, MinTopics: uint8(r.IntN(5))})
		if r.IntN(2) == 0 {
			src.Slots[i].Kinds, src.Slots[i].Layer = pack.AllKinds, 3
		}
	}
	for i := range topics {
		topic := pack.Topic{Name: "t", Parent: pack.NoTopic, Sensitive: r.IntN(6) == 0}
		if i > 0 && r.IntN(2) == 0 {
			topic.Parent = uint16(r.IntN(i))
			topic.Sensitive = topic.Sensitive || src.Topics[topic.Parent].Sensitive
		}
		src.Topics = append(src.Topics, topic)
		if !topic.Sensitive {
			src.Terms = append(src.Terms, pack.Term{Word: "word" + strconv.Itoa(i), Topic: uint16(i)})
			src.Priors = append(src.Priors, pack.Prior{Class: pack.Class(1 + r.IntN(pack.ClassCount-1)), Topic: uint16(i), Multiplier: 4 * r.Float64()})
		}
	}
	popularity := uint16(65_535)
	for i := range items {
		it := pack.Item{ID: strconv.Itoa(i), Popularity: popularity, Kind: pack.Kind(max(0, r.IntN(2*pack.KindCount)-pack.KindCount)),
			Language: uint8(max(0, r.IntN(6)-3)), Availability: pack.Availability(r.IntN(4)), Sensitive: r.IntN(8) == 0}
		if it.Availability == pack.OutOfStock && r.IntN(2) == 0 {
			it.Availability = pack.InStock
		}
		if topics > 0 {
			for _, topic := range r.Perm(topics)[:r.IntN(min(topics, 3)+1)] {
				it.Topics = append(it.Topics, uint16(topic))
				it.Sensitive = it.Sensitive || src.Topics[topic].Sensitive
			}
		}
		if r.IntN(3) > 0 {
			popularity -= popularity / uint16(2+r.IntN(10))
		}
		src.Items = append(src.Items, it)
	}
	row := func(sensitive bool) (row pack.Row) {
		row.FromContent = r.IntN(3) == 0
		for _, i := range r.Perm(items)[:r.IntN(min(items, 12)+1)] {
			if !sensitive && !src.Items[i].Sensitive {
				row.Neighbours = append(row.Neighbours, pack.Neighbour{Item: uint32(i), Weight: 0.01 + r.ExpFloat64()})
			}
		}
		return row
	}
	for i := range items {
		src.Rows = append(src.Rows, row(src.Items[i].Sensitive))
	}
	drawFacets(r, &src)
	for i := range topics {
		src.TopicRows = append(src.TopicRows, row(src.Topics[i].Sensitive))
	}
	return src
}

// drawFacets gives some of the items values of some groups; an item may have several of one.
func drawFacets(r *rand.Rand, src *pack.Source) {
	for range r.IntN(4) {
		group := len(src.FacetGroups)
		for value := range 1 + r.IntN(4) {
			f := pack.Facet{Group: uint8(group), Name: strconv.Itoa(value)}
			for i := range src.Items {
				if !src.Items[i].Sensitive && r.IntN(3) == 0 {
					f.Items = append(f.Items, uint32(i))
				}
			}
			if len(f.Items) > 0 {
				src.Facets = append(src.Facets, f)
			}
		}
		if n := len(src.Facets); n > 0 && int(src.Facets[n-1].Group) == group {
			src.FacetGroups = append(src.FacetGroups, "group "+strconv.Itoa(group))
		}
	}
}

func drawPolicy(t *rapid.T) pack.Policy {
	p := pack.DefaultPolicy()
	if rapid.Bool().Draw(t, "default policy") {
		return p
	}
	p.MaxLayer = rapid.Uint8Range(1, 3).Draw(t, "max layer")
	p.Faces = rapid.SampledFrom([]uint8{1, 2, 4, 8}).Draw(t, "faces")
	p.Bits = rapid.Uint8Range(0, 32).Draw(t, "bits")
	p.FirstPages = rapid.Uint8Range(0, 3).Draw(t, "first pages")
	p.SettleMs = rapid.Uint32Range(0, 20_000).Draw(t, "settle")
	p.HalfLifeMs = rapid.Uint32Range(0, 200_000).Draw(t, "half-life")
	p.FatigueShown = rapid.Uint8Range(0, 4).Draw(t, "fatigue")
	p.FloorPermille = rapid.Uint16Range(1, 1000).Draw(t, "floor")
	p.HopPermille = rapid.Uint16Range(0, 4000).Draw(t, "hop")
	p.RepeatPermille = rapid.Uint16Range(0, 4000).Draw(t, "repeat")
	p.FaceVisits = rapid.Uint8Range(1, pack.MaxFaceVisits).Draw(t, "face visits")
	p.FaceSharePermille = rapid.Uint16Range(0, 200).Draw(t, "face share")
	copy(p.Recency[1:], rapid.SliceOfN(rapid.Byte(), 15, 15).Draw(t, "recency"))
	copy(p.RepeatRecency[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "repeat recency"))
	p.Intent.TopicRecency = rapid.Byte().Draw(t, "topic recency")
	mix := rapid.Uint8Range(0, pack.MaxKindMix)
	for m := range p.Intent.KindMix {
		copy(p.Intent.KindMix[m][:], rapid.SliceOfN(mix, pack.KindCount, pack.KindCount).Draw(t, "kind mix"))
	}
	return p
}

func openDrawn(t *rapid.T, src pack.Source) *core.Engine {
	data, err := pack.Write(src)
	require.NoError(t, err)
	e := new(core.Engine)
	if err := e.Open(data); err != nil {
		t.Fatal(err)
	}
	return e
}

func drawItem(t *rapid.T, e *core.Engine) uint32 {
	if e.Pack().Items() == 0 {
		return pack.NoItem
	}
	return rapid.Uint32Range(0, e.Pack().Items()-1).Draw(t, "item")
}

func drawTopic(t *rapid.T, e *core.Engine) uint16 {
	if e.Pack().Topics() == 0 {
		return pack.NoTopic
	}
	return rapid.Uint16Range(0, e.Pack().Topics()-1).Draw(t, "topic")
}

// drawWish draws a topic or a facet.
func drawWish(t *rapid.T, e *core.Engine) uint16 {
	if e.Pack().Facets() == 0 || rapid.Bool().Draw(t, "wish of a topic") {
		return drawTopic(t, e)
	}
	return pack.FirstFacet + uint16(rapid.Uint8Range(0, e.Pack().Facets()-1).Draw(t, "facet"))
}

// drawSignal draws a signal that is seldom refused.
func drawSignal(t *rapid.T, e *core.Engine, atMs uint64) core.Signal {
	kind := rapid.SampledFrom([]core.SignalKind{core.View, core.View, core.View, core.View, core.Engaged, core.Scroll, core.Search, core.Filter, core.BasketAdd,
		core.BasketRemove, core.Purchase, core.Shown, core.Shown, core.Chosen, core.Dismissed, core.Preference}).Draw(t, "kind")
	sig := core.NewSignal(kind, atMs)
	switch kind {
	case core.Engaged:
		sig.Value = rapid.Uint32Range(0, 70_000).Draw(t, "ms")
	case core.Scroll:
		sig.Value = rapid.Uint32Range(0, 100).Draw(t, "percent")
	case core.Preference:
		sig.Topic, sig.Value = drawWish(t, e), rapid.Uint32Range(0, 100).Draw(t, "percent")
	case core.Search, core.Filter:
		if sig.Topic = drawTopic(t, e); rapid.Bool().Draw(t, "text") {
			sig.Topic, sig.Text = pack.NoTopic, []byte("the word"+strconv.Itoa(rapid.IntRange(0, 9).Draw(t, "word")))
		}
	case core.View, core.Dismissed:
		if rapid.IntRange(0, 4).Draw(t, "about") == 0 {
			sig.Topic = drawTopic(t, e)
		} else {
			sig.Item = drawItem(t, e)
		}
	default:
		sig.Item = drawItem(t, e)
	}
	return sig
}

// drawPages draws what happens in a visit: on each page a view, and what follows on it.
func drawPages(t *rapid.T, e *core.Engine) [][]core.Signal {
	var pages [][]core.Signal
	now := uint64(0)
	for range rapid.IntRange(0, 8).Draw(t, "pages") {
		now += rapid.Uint64Range(0, 30_000).Draw(t, "pause")
		page := []core.Signal{of(core.View, now, drawItem(t, e))}
		for range rapid.IntRange(0, 4).Draw(t, "signals") {
			now += rapid.Uint64Range(0, 3_000).Draw(t, "pause")
			if sig := drawSignal(t, e, now); sig.Kind != core.View {
				page = append(page, sig)
			}
		}
		pages = append(pages, page)
	}
	return pages
}

// play makes a visit of pages; what is refused or dropped is left out.
func play(e *core.Engine, pages [][]core.Signal) *core.Session {
	s := new(core.Session)
	for _, page := range pages {
		for _, sig := range page {
			e.Observe(s, &sig)
		}
	}
	return s
}

// drawVisit draws a visit of any signals, in which slots may have been filled.
func drawVisit(t *rapid.T, e *core.Engine) *core.Session {
	s := new(core.Session)
	now := uint64(0)
	for range rapid.OneOf(rapid.IntRange(0, 12), rapid.IntRange(0, 90)).Draw(t, "signals") {
		now += rapid.Uint64Range(0, 20_000).Draw(t, "pause")
		sig := drawSignal(t, e, now)
		e.Observe(s, &sig)
		if rapid.IntRange(0, 9).Draw(t, "asked") == 0 {
			suggest(t, e, s, drawRequest(t, e))
		}
	}
	return s
}

func drawRequest(t *rapid.T, e *core.Engine) core.Request {
	req := core.Request{
		NowMs: rapid.OneOf(rapid.Uint64Range(0, 1_000_000), rapid.Just(uint64(core.MaxTimeMs))).Draw(t, "now"),
		Slot:  rapid.Uint8Range(0, e.Pack().Slots()-1).Draw(t, "slot"),
		Size:  rapid.Uint8Range(0, pack.MaxSlotSize).Draw(t, "size"),
		Layer: rapid.Uint8Range(1, 3).Draw(t, "layer"),
		Item:  pack.NoItem, Topic: pack.NoTopic,
		Explain: rapid.Bool().Draw(t, "explain"),
	}
	switch rapid.IntRange(0, 3).Draw(t, "page") {
	case 0:
		req.Topic = drawTopic(t, e)
	case 1, 2:
		req.Item = drawItem(t, e)
	}
	if rapid.Bool().Draw(t, "context") {
		class := func(first, last pack.Class) pack.Class {
			return rapid.SampledFrom([]pack.Class{0, first, last}).Draw(t, "class")
		}
		req.Context = core.Context{Daypart: class(pack.Night, pack.Evening), Day: class(pack.Weekday, pack.Weekend), Device: class(pack.Phone, pack.Desktop),
			Region: class(pack.Region1, pack.Region8), Referrer: class(pack.ReferrerNone, pack.ReferrerOther), Language: rapid.Uint8Range(0, 2).Draw(t, "language")}
	}
	return req
}
