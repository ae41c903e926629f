package core_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// wide is a request at layer 3 for as many suggestions as there can be.
func wide(item uint32, nowMs uint64) core.Request {
	req := at(item, related, 3, nowMs)
	req.Size = 12
	return req
}

func TestDismissedItem(t *testing.T) {
	e := openShop(t, nil)
	for layer := uint8(1); layer <= 3; layer++ {
		s := busy(t, e)
		before := list(t, e, s, at(cityBike, related, layer, 60_000))
		require.Contains(t, before, pannier)
		observe(t, e, s, of(core.Dismissed, 60_000, pannier))
		after := list(t, e, s, at(cityBike, related, layer, 60_000))
		assert.NotContains(t, after, pannier, "layer %d", layer)
		if layer < 3 { // the list is public: nothing takes its place
			assert.Subset(t, before, after)
			assert.Len(t, after, len(before)-1)
		} else {
			assert.Len(t, after, len(before))
		}
	}
}

func TestDismissedTopic(t *testing.T) {
	e := openShop(t, nil)
	s := busy(t, e)
	require.Contains(t, list(t, e, s, wide(pack.NoItem, 60_000)), rainCap)
	observe(t, e, s, about(core.Dismissed, 60_000, rainwear))
	for _, page := range []uint32{pack.NoItem, cityBike, blueJacket, jacketGuide} {
		for _, item := range list(t, e, s, wide(page, 60_000)) {
			topic := e.Pack().ItemTopic(item, 0)
			assert.NotContains(t, []uint16{rainwear, jackets, trousers, overshoes}, topic, "%s, viewed or not", itemNames[item])
		}
	}
	for _, item := range list(t, e, s, home(again, 3, 60_000)) {
		assert.NotContains(t, []uint32{blueJacket, redJacket, rainTrousers}, item, "nor to go on with")
	}
}

// TestManyDismissed: all 32 that are remembered stay away, beside a ring full of other items and a page of its own.
func TestManyDismissed(t *testing.T) {
	const items = 64 + 1 + 32 + 3
	src := pack.Source{Slots: []pack.Slot{{Name: "s", Kinds: pack.AllKinds, Size: 12, Layer: 3}}, Policy: pack.DefaultPolicy()}
	for i := range items {
		// The dismissed ones are what the context makes likeliest.
		src.Items = append(src.Items, pack.Item{ID: string(rune('0' + i)), Popularity: uint16(50_000 - i)})
	}
	e := open(t, src)
	s := new(core.Session)
	for i := range uint32(64) {
		observe(t, e, s, of(core.View, 0, items-1-i))
	}
	for i := range uint32(32) {
		observe(t, e, s, of(core.Dismissed, 0, i))
	}
	for _, item := range list(t, e, s, at(items-1-64, 0, 3, 60_000)) {
		assert.GreaterOrEqual(t, item, uint32(32))
	}
}

func TestDismissedLongAgo(t *testing.T) {
	e := openShop(t, nil)
	s := busy(t, e)
	observe(t, e, s, of(core.Dismissed, 60_000, cityBike))
	for item := range shopItems {
		if item != cityBike && item != cream {
			observe(t, e, s, of(core.Dismissed, 60_000, item), about(core.Dismissed, 60_000, someTopic(item)))
		}
	}
	assert.LessOrEqual(t, len(save(e, s)), core.MaxSaved, "what does not fit drives out the oldest")
}

// someTopic is some topic that is not sensitive.
func someTopic(item uint32) uint16 {
	return []uint16{rainwear, jackets, trousers, bikes, bags, service, overshoes}[item%7]
}

func TestPreference(t *testing.T) {
	e := openShop(t, nil)
	count := func(percent uint32) (n int, reasons []core.Reason) {
		s := visit(t, e, of(core.View, 0, cityBike), core.NewSignal(core.View, 1), prefer(bags, percent))
		for _, x := range suggest(t, e, s, home(related, 3, 60_000)).Suggestions {
			if e.Pack().ItemTopic(x.Item, 0) == bags {
				n++
				reasons = append(reasons, x.Reason)
			}
		}
		return n, reasons
	}
	without, _ := count(0)
	with, reasons := count(100)
	assert.Greater(t, with, without)
	for _, r := range reasons {
		assert.Equal(t, core.Reason{Code: core.YouAsked, Topic: bags, Item: pack.NoItem}, r)
	}

	s := visit(t, e, prefer(bags, 100))
	assert.NotEqual(t, list(t, e, new(core.Session), home(related, 3, 0)), list(t, e, s, home(related, 3, 0)), "no need to settle")
	before := save(e, new(core.Session))
	observe(t, e, s, prefer(bags, 0))
	assert.Equal(t, before, save(e, s), "taken back")
	observe(t, e, s, prefer(rainwear, 100))
	for _, x := range suggest(t, e, s, wide(pack.NoItem, 0)).Suggestions {
		if x.Item == blueJacket {
			assert.Equal(t, core.Reason{Code: core.YouAsked, Topic: rainwear, Item: pack.NoItem}, x.Reason, "below the topic")
		}
	}
}

func TestFatigue(t *testing.T) {
	e := openShop(t, nil)
	s := visit(t, e, of(core.View, 0, blueJacket), core.NewSignal(core.View, 1))
	score := func() uint32 {
		for _, x := range suggest(t, e, s, wide(pack.NoItem, 60_000)).Suggestions {
			if x.Item == redJacket {
				return x.Score
			}
		}
		return 0
	}
	full := score()
	for range 3 { // once a page, however often it is shown there
		observe(t, e, s, of(core.Shown, 1, redJacket))
	}
	assert.Equal(t, full, score())
	before := full
	for page := range 5 {
		observe(t, e, s, core.NewSignal(core.View, 1), of(core.Shown, 1, greenJacket))
		got := score()
		if page < 1 {
			assert.Equal(t, full, got, "shown on two pages")
		} else {
			assert.Less(t, got, before, "on page %d", page+2)
		}
		before = got
	}
	for range 300 {
		observe(t, e, s, core.NewSignal(core.View, 1), of(core.Shown, 1, greenJacket))
	}
	observe(t, e, s, of(core.View, 2, blueJacket), core.NewSignal(core.View, 2))
	assert.Equal(t, full*3/256, score(), "the count stops before it runs over")

	observe(t, e, s, of(core.Chosen, 3, greenJacket))
	assert.Positive(t, score(), "chosen: it is rested")

	e = openShop(t, func(src *pack.Source) { src.Policy.FatigueShown = 0 })
	s = visit(t, e, of(core.View, 0, blueJacket), core.NewSignal(core.View, 1))
	full = score()
	for range 20 {
		observe(t, e, s, core.NewSignal(core.View, 1), of(core.Shown, 1, greenJacket))
	}
	assert.Equal(t, full, score(), "turned off")
}

func TestBasketAndPurchase(t *testing.T) {
	e := openShop(t, nil)
	s := visit(t, e, of(core.View, 0, redJacket), core.NewSignal(core.View, 1))
	require.Contains(t, list(t, e, s, wide(pack.NoItem, 60_000)), blueJacket)
	gone := func(kind core.SignalKind, item uint32, want bool) {
		t.Helper()
		observe(t, e, s, of(kind, 2, item))
		assert.Equal(t, want, !assert.ObjectsAreEqual(true, containsItem(list(t, e, s, wide(pack.NoItem, 60_000)), item)))
	}
	gone(core.BasketAdd, blueJacket, true)
	gone(core.BasketRemove, blueJacket, false)
	gone(core.BasketAdd, blueJacket, true)
	gone(core.Purchase, greenJacket, true)
	gone(core.BasketRemove, greenJacket, true) // bought is bought
}

func containsItem(list []uint32, item uint32) bool {
	for _, i := range list {
		if i == item {
			return true
		}
	}
	return false
}
