package core_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// busy is a visit that has passed its first pages and settled at 60,000 ms.
func busy(t failing, e *core.Engine) *core.Session {
	t.Helper()
	return visit(t, e, of(core.View, 0, blueJacket), of(core.View, 10_000, redJacket), of(core.View, 20_000, rainTrousers), core.NewSignal(core.View, 30_000))
}

func TestLayers(t *testing.T) {
	for _, c := range []struct {
		name              string
		policy, slot, ask uint8
		want              uint8
	}{
		{"as asked", 3, related, 3, 3}, {"the request asks less", 3, related, 2, 2}, {"least", 3, related, 1, 1},
		{"the slot allows 2", 3, mixed, 3, 2}, {"the slot allows 1", 3, general, 3, 1},
		{"the site allows 2", 2, related, 3, 2}, {"the site allows 1", 1, related, 3, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := openShop(t, func(src *pack.Source) { src.Policy.MaxLayer = c.policy })
			assert.Equal(t, c.want, suggest(t, e, busy(t, e), home(c.slot, c.ask, 60_000)).Layer)
		})
	}
	t.Run("one face", func(t *testing.T) {
		e := openShop(t, func(src *pack.Source) { src.Policy.Faces = 1 })
		reply := suggest(t, e, busy(t, e), home(related, 2, 60_000))
		assert.Equal(t, []uint8{1, 0, 1}, []uint8{reply.Layer, reply.Face, reply.Faces})
	})
}

func TestFirstPages(t *testing.T) {
	e := openShop(t, nil)
	s := new(core.Session)
	for k, want := range []uint8{1, 1, 1, 2, 2} { // before the first page, and after each
		assert.Equal(t, want, suggest(t, e, s, home(related, 2, 60_000)).Layer, "%d pages", k)
		assert.Equal(t, uint8(3), suggest(t, e, s, home(related, 3, 60_000)).Layer, "who opted in has said so")
		observe(t, e, s, core.NewSignal(core.View, 0))
	}
	e = openShop(t, func(src *pack.Source) { src.Policy.FirstPages = 0 })
	s = new(core.Session)
	assert.Equal(t, uint8(1), suggest(t, e, s, home(related, 2, 60_000)).Layer)
	observe(t, e, s, core.NewSignal(core.View, 0))
	assert.Equal(t, uint8(2), suggest(t, e, s, home(related, 2, 60_000)).Layer)
}

// TestSensitivePageShowsNothingOfTheVisit: such a page has one list, the same for everyone, whatever layer is asked for: what is of its own
// topic, where that is sensitive, and else what a page about nothing has.
func TestSensitivePageShowsNothingOfTheVisit(t *testing.T) {
	e := openShop(t, func(src *pack.Source) {
		soap, pills := pack.Item{ID: "soap", Topics: []uint16{intimate}, Sensitive: true, Popularity: 70}, pack.Item{ID: "pills", Sensitive: true, Popularity: 60}
		gone := soap
		gone.ID, gone.Availability = "gone", pack.OutOfStock
		src.Items = append(src.Items, soap, gone, pills)
	})
	soap, gone, pills := shopItems, shopItems+1, shopItems+2
	topic := home(related, 3, 60_000)
	topic.Topic = intimate
	nothing := list(t, e, new(core.Session), home(related, 1, 60_000))
	for _, c := range []struct {
		name string
		req  core.Request
		want []uint32
	}{
		{"of a sensitive topic", at(cream, related, 3, 60_000), []uint32{soap}},
		{"at layer 2", at(cream, related, 2, 60_000), []uint32{soap}},
		{"another of it", at(soap, related, 3, 60_000), []uint32{cream}},
		{"sold out", at(gone, related, 3, 60_000), []uint32{cream, soap}},
		{"the topic", topic, []uint32{cream, soap}},
		{"of no topic", at(pills, related, 3, 60_000), nothing},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := busy(t, e)
			before := save(e, s)
			reply := suggest(t, e, s, c.req)
			assert.Equal(t, uint8(1), reply.Layer)
			assert.Equal(t, c.want, itemsOf(reply.Suggestions))
			assert.Equal(t, before, save(e, s))
			assert.Equal(t, nothing, list(t, e, new(core.Session), home(related, 1, 60_000)), "it stays there")
			c.req.Layer, c.req.Public = 2, true
			lists := faces(t, e, c.req)
			assert.Len(t, lists, 1)
			assert.Equal(t, uint16(1000), lists[0].SharePermille)
			assert.Equal(t, c.want, suggest(t, e, s, c.req).Public)
		})
	}
}

func TestSuggestRefuses(t *testing.T) {
	e := openShop(t, nil)
	change := func(f func(*core.Request)) core.Request {
		req := home(related, 2, 0)
		f(&req)
		return req
	}
	for _, c := range []struct {
		field string
		req   core.Request
	}{
		{"request.now_ms", change(func(r *core.Request) { r.NowMs = core.MaxTimeMs + 1 })},
		{"request.slot", change(func(r *core.Request) { r.Slot = general + 1 })},
		{"request.size", change(func(r *core.Request) { r.Size = pack.MaxSlotSize + 1 })},
		{"request.layer", change(func(r *core.Request) { r.Layer = 0 })},
		{"request.layer", change(func(r *core.Request) { r.Layer = 4 })},
		{"request.item", change(func(r *core.Request) { r.Item = shopItems })},
		{"request.topic", change(func(r *core.Request) { r.Topic = overshoes + 1 })},
		{"request.context", change(func(r *core.Request) { r.Context.Daypart = pack.Weekday })},
		{"request.context", change(func(r *core.Request) { r.Context.Day = pack.Evening })},
		{"request.context", change(func(r *core.Request) { r.Context.Device = pack.Region1 })},
		{"request.context", change(func(r *core.Request) { r.Context.Region = pack.ReferrerNone })},
		{"request.context", change(func(r *core.Request) { r.Context.Referrer = pack.ClassCount })},
		{"request.context", change(func(r *core.Request) { r.Context.Language = 3 })},
	} {
		s := busy(t, e)
		before := save(e, s)
		reply, err := e.Suggest(s, &c.req)
		if assert.NotNil(t, err) {
			assert.Equal(t, core.BadRequest, err.Status)
			assert.Equal(t, c.field, err.Field())
		}
		assert.Nil(t, reply)
		assert.Equal(t, before, save(e, s))
		_, other := e.Faces(&c.req)
		assert.Equal(t, err, other)
	}
	_, err := e.Intent(new(core.Session), core.MaxTimeMs+1)
	if assert.NotNil(t, err) {
		assert.Equal(t, "request.now_ms", err.Field())
	}
}

func TestSlots(t *testing.T) {
	e := openShop(t, nil)
	s := busy(t, e)
	kinds, topics := map[pack.Kind]bool{}, map[uint16]bool{}
	for _, item := range list(t, e, s, at(blueJacket, products, 2, 60_000)) {
		kinds[e.Pack().Kind(item)] = true
	}
	assert.Equal(t, map[pack.Kind]bool{pack.KindProduct: true}, kinds)

	for _, req := range []core.Request{at(blueJacket, mixed, 2, 60_000), at(blueJacket, mixed, 1, 60_000)} {
		clear(topics)
		for _, item := range list(t, e, s, req) {
			topics[e.Pack().ItemTopic(item, 0)] = true
		}
		assert.GreaterOrEqual(t, len(topics), 4)
	}
	for size := range uint8(pack.MaxSlotSize + 1) {
		req := at(blueJacket, related, 3, 60_000)
		req.Size = size
		want := int(size)
		if size == 0 {
			want = 4 // the slot's own
		}
		assert.Len(t, list(t, e, s, req), want)
	}
}

func TestDiversityAtLayer3(t *testing.T) {
	e := openShop(t, func(src *pack.Source) { src.Slots[mixed].Layer = 3 })
	s := busy(t, e)
	for _, size := range []uint8{1, 2, 3, 4, 12} {
		req := at(blueJacket, mixed, 3, 60_000)
		req.Size = size
		topics := map[uint16]bool{}
		for _, item := range list(t, e, s, req) {
			topics[e.Pack().ItemTopic(item, 0)] = true
		}
		assert.GreaterOrEqual(t, len(topics), min(int(size), 4))
	}
}

func TestLanguage(t *testing.T) {
	e := openShop(t, nil)
	all := func(language uint8, item uint32) map[uint32]bool {
		req := at(item, related, 3, 60_000)
		req.Size, req.Context.Language = 12, language
		set := map[uint32]bool{}
		for _, i := range list(t, e, visit(t, e, of(core.View, 0, greenJacket), of(core.View, 0, backpack), core.NewSignal(core.View, 1)), req) {
			set[i] = true
		}
		return set
	}
	for _, c := range []struct {
		name           string
		language       uint8
		item           uint32
		dutch, english bool
	}{
		{"not known: all", 0, pack.NoItem, true, true}, {"English", 1, pack.NoItem, false, true}, {"Dutch", 2, pack.NoItem, true, false},
		{"the page's item decides", 0, englishBag, false, true}, {"the request wins over the item", 2, englishBag, true, false},
	} {
		got := all(c.language, c.item)
		assert.Equal(t, c.dutch, got[dutchJacket], c.name)
		assert.Equal(t, c.english && c.item != englishBag, got[englishBag], c.name)
	}
}

func TestRepeats(t *testing.T) {
	e := openShop(t, nil)
	s := visit(t, e, of(core.View, 0, kidsBike), of(core.View, 1, fastBike), of(core.BasketAdd, 2, kidsBike), of(core.View, 3, shoeCovers), core.NewSignal(core.View, 4))
	reply := suggest(t, e, s, home(again, 3, 60_000))
	assert.Equal(t, []uint32{shoeCovers, fastBike, kidsBike}, itemsOf(reply.Suggestions), "the newest first")
	for _, x := range reply.Suggestions {
		assert.Equal(t, core.Reason{Code: core.PickUp, Topic: pack.NoTopic, Item: pack.NoItem}, x.Reason)
	}
	observe(t, e, s, of(core.Purchase, 5, fastBike), of(core.Dismissed, 6, shoeCovers))
	assert.Equal(t, []uint32{kidsBike}, list(t, e, s, home(again, 3, 60_000))[:1])
	assert.NotContains(t, list(t, e, s, home(again, 3, 60_000)), fastBike)
	assert.NotContains(t, list(t, e, s, home(again, 3, 60_000)), shoeCovers)
	assert.NotContains(t, list(t, e, s, at(kidsBike, again, 3, 60_000)), kidsBike)
}
