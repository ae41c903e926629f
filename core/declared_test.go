package core_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// Facets of the faceted shop.
const (
	blue = pack.FirstFacet + iota
	red
	small
	large
)

// openFaceted returns the engine of the shop with colours and sizes.
func openFaceted(t testing.TB, change func(src *pack.Source)) *core.Engine {
	return openShop(t, func(src *pack.Source) {
		src.FacetGroups = []string{"colour", "size"}
		src.Facets = []pack.Facet{
			{Group: 0, Name: "blue", Items: []uint32{blueJacket, backpack, dutchJacket, kidsBike}},
			{Group: 0, Name: "red", Items: []uint32{redJacket, rainCap}},
			{Group: 1, Name: "S", Items: []uint32{redJacket, dutchJacket, kidsBike}},
			{Group: 1, Name: "L", Items: []uint32{blueJacket, greenJacket, rainTrousers}},
		}
		if change != nil {
			change(src)
		}
	})
}

// names are of items, for tests to be read.
func names(items []uint32) (list []string) {
	for _, item := range items {
		list = append(list, itemNames[item])
	}
	return list
}

// TestDeclared: wishes of a kind widen, wishes of different kinds narrow, and what fits less follows.
func TestDeclared(t *testing.T) {
	e := openFaceted(t, nil)
	for _, c := range []struct {
		name   string
		wishes []uint16
		want   []string // the first ones
	}{
		{"a colour", []uint16{red}, []string{"red-jacket", "cap"}},
		{"colours", []uint16{red, blue}, []string{"blue-jacket", "red-jacket", "backpack", "dutch-jacket", "cap", "kids-bike"}},
		{"a colour and a size", []uint16{blue, small}, []string{"dutch-jacket", "kids-bike", "blue-jacket", "red-jacket", "backpack"}},
		{"a topic and a colour", []uint16{jackets, blue}, []string{"blue-jacket", "dutch-jacket", "red-jacket", "green-jacket"}},
		{"topics and a colour", []uint16{jackets, bags, blue}, []string{"blue-jacket", "backpack", "dutch-jacket", "red-jacket"}},
		{"a topic, a colour and sizes", []uint16{rainwear, red, small, large}, []string{"red-jacket", "blue-jacket", "green-jacket", "rain-trousers", "dutch-jacket", "cap"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for layer := uint8(2); layer <= 3; layer++ {
				s := visit(t, e, core.NewSignal(core.View, 0))
				for _, wish := range c.wishes {
					observe(t, e, s, prefer(wish, 100))
				}
				req := wide(pack.NoItem, 0)
				req.Layer = layer
				reply := suggest(t, e, s, req)
				assert.Equal(t, c.want, names(itemsOf(reply.Suggestions))[:len(c.want)], "layer %d", layer)
				assert.Equal(t, layer, reply.Layer)
				assert.Zero(t, reply.BitsSpent)
				assert.Len(t, reply.Suggestions, int(req.Size), "what fits less is better than nothing")
			}
		})
	}
}

func TestReasonNamesTheWish(t *testing.T) {
	e := openFaceted(t, nil)
	s := visit(t, e, core.NewSignal(core.View, 0), prefer(small, 100), prefer(jackets, 100))
	for layer := uint8(2); layer <= 3; layer++ {
		req := wide(pack.NoItem, 0)
		req.Layer = layer
		for _, x := range suggest(t, e, s, req).Suggestions {
			want := core.Reason{Code: core.YouAsked, Item: pack.NoItem}
			switch x.Item {
			case dutchJacket, redJacket, kidsBike:
				want.Topic = small
			case blueJacket, greenJacket, jacketGuide, jacketReview, jacketsCompared:
				want.Topic = jackets
			default:
				assert.NotEqual(t, core.YouAsked, x.Reason.Code, itemNames[x.Item])
				continue
			}
			assert.Equal(t, want, x.Reason, itemNames[x.Item])
		}
	}
}

// TestStrengthOfWishes: a stronger wish counts for more, a weak one is no command, and the strongest of a clause speaks.
func TestStrengthOfWishes(t *testing.T) {
	e := openFaceted(t, nil)
	first := func(wishes map[uint16]uint32) string {
		s := visit(t, e, core.NewSignal(core.View, 0))
		for wish := range uint16(pack.FirstFacet + 4) {
			if percent := wishes[wish]; percent > 0 {
				observe(t, e, s, prefer(wish, percent))
			}
		}
		return itemNames[list(t, e, s, wide(pack.NoItem, 0))[0]]
	}
	assert.Equal(t, "city-bike", first(map[uint16]uint32{red: 1}))
	assert.Equal(t, "red-jacket", first(map[uint16]uint32{red: 100}))
	assert.Equal(t, "red-jacket", first(map[uint16]uint32{red: 90, large: 40}))
	assert.Equal(t, "blue-jacket", first(map[uint16]uint32{red: 40, large: 90}))
	assert.Equal(t, "blue-jacket", first(map[uint16]uint32{blue: 90, red: 80}))
	assert.Equal(t, "red-jacket", first(map[uint16]uint32{blue: 80, red: 90}))
}

func TestDeclaredOnThisPage(t *testing.T) {
	e := openFaceted(t, nil)
	ask := func(s *core.Session, layer uint8) core.Reply { return suggest(t, e, s, home(related, layer, 60_000)) }
	plain := ask(new(core.Session), 2)

	s := visit(t, e, core.NewSignal(core.View, 0), prefer(red, 100))
	here := ask(s, 2)
	assert.Equal(t, []string{"red-jacket", "cap"}, names(itemsOf(here.Suggestions))[:2], "on a visit's first page, too")
	assert.Equal(t, [2]uint8{0, 1}, [2]uint8{here.Face, here.Faces})
	assert.Equal(t, plain.Suggestions, ask(s, 1).Suggestions, "layer 1 knows nothing of it")

	observe(t, e, s, core.NewSignal(core.View, 1))
	assert.Equal(t, plain.Suggestions, ask(s, 2).Suggestions, "on the next page it is gone")
	assert.Equal(t, "red-jacket", itemNames[ask(s, 3).Suggestions[0].Item], "but at layer 3")
	observe(t, e, s, prefer(red, 100))
	assert.Equal(t, here.Suggestions, ask(s, 2).Suggestions, "until it is said again")
	observe(t, e, s, prefer(red, 0))
	assert.Equal(t, plain.Suggestions, ask(s, 2).Suggestions, "taken back")

	s = visit(t, e, prefer(red, 100))
	assert.Equal(t, plain.Suggestions, ask(s, 2).Suggestions, "declared on no page")

	s = visit(t, e, core.NewSignal(core.View, 0), prefer(red, 100), of(core.Dismissed, 0, redJacket), about(core.Dismissed, 0, rainwear))
	after := ask(s, 2)
	assert.NotContains(t, itemsOf(after.Suggestions), redJacket)
	assert.NotContains(t, itemsOf(after.Suggestions), rainCap)
	assert.Len(t, after.Suggestions, len(here.Suggestions), "others take the place of what was dismissed")
}

// TestFacesKnowNoWishes: which face is picked depends on what was done, not on what was declared on other pages.
func TestFacesKnowNoWishes(t *testing.T) {
	e := openFaceted(t, nil)
	s := visit(t, e, of(core.View, 0, blueJacket), of(core.View, 10_000, redJacket), of(core.View, 20_000, rainTrousers))
	other := *s
	observe(t, e, &other, prefer(bags, 100), prefer(red, 100))
	observe(t, e, s, core.NewSignal(core.View, 60_000))
	observe(t, e, &other, core.NewSignal(core.View, 60_000))
	for _, slot := range []uint8{related, mixed, products} {
		req := at(jacketsCompared, slot, 2, 120_000)
		want := suggest(t, e, s, req)
		require.Greater(t, want.Faces, uint8(1))
		require.Equal(t, want, suggest(t, e, &other, req))
	}
}

// TestDeclaredListOfLayer2 depends on page, slot, context, declaration and dismissals alone: two visits that have these in
// common get one list, whatever they did.
func TestDeclaredListOfLayer2(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := openDrawn(t, drawShop(t))
		wish := drawWish(t, e)
		if wish == pack.NoTopic || wish < pack.FirstFacet && e.Pack().TopicSensitive(wish) {
			t.Skip("nothing to wish for")
		}
		page := []core.Signal{core.NewSignal(core.View, 0), prefer(wish, rapid.Uint32Range(1, 100).Draw(t, "percent"))}
		for range rapid.IntRange(0, 3).Draw(t, "more") {
			if sig := prefer(drawWish(t, e), rapid.Uint32Range(1, 100).Draw(t, "percent")); sig.Topic != pack.NoTopic {
				page = append(page, sig)
			}
		}
		for range rapid.IntRange(0, 3).Draw(t, "dismissals") {
			if item := drawItem(t, e); item != pack.NoItem {
				page = append(page, of(core.Dismissed, 0, item))
			}
		}
		req := drawRequest(t, e)
		req.Layer, req.NowMs = 2, core.MaxTimeMs
		var want core.Reply
		for k := range 3 {
			s := new(core.Session)
			for range 3 * k {
				if sig := drawSignal(t, e, 0); sig.Kind != core.Dismissed {
					e.Observe(s, &sig)
				}
			}
			if rapid.Bool().Draw(t, "faces were shown") {
				suggest(t, e, s, drawRequest(t, e))
			}
			for _, sig := range page {
				e.Observe(s, &sig)
			}
			before := save(e, s)
			got := suggest(t, e, s, req)
			if got.Layer == 1 {
				return // the page, the slot or the site allows no more
			}
			require.Equal(t, before, save(e, s), "it costs no bits, and no face is remembered")
			got.BitsSpent, got.BitsLeft = 0, 0
			if k == 0 {
				want = got
			}
			require.Equal(t, want, got)
		}
	})
}

// TestWhatFitsMoreStandsAbove: of two suggestions, none satisfies all that the other does and more, and stands below it.
func TestWhatFitsMoreStandsAbove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := openDrawn(t, drawShop(t))
		s := drawVisit(t, e)
		observe(t, e, s, core.NewSignal(core.View, 0))
		var wishes []uint16
		for range rapid.IntRange(1, 5).Draw(t, "wishes") {
			if wish := drawWish(t, e); wish != pack.NoTopic && !(wish < pack.FirstFacet && e.Pack().TopicSensitive(wish)) {
				wishes = append(wishes, wish)
				observe(t, e, s, prefer(wish, 100))
			}
		}
		req := drawRequest(t, e)
		req.Layer = rapid.Uint8Range(2, 3).Draw(t, "layer")
		before := -1
		reply := suggest(t, e, s, req)
		if reply.Layer == 1 || reply.Layer == 3 && otherWishes(e, s, wishes) {
			return
		}
		for _, x := range reply.Suggestions {
			n := satisfied(e.Pack(), x.Item, wishes)
			require.True(t, before < 0 || n <= before, "%d clauses satisfied below %d", n, before)
			before = n
			require.Equal(t, n > 0, x.Reason.Code == core.YouAsked || n > 0 && x.Reason.Code == core.PickUp)
		}
	})
}

// otherWishes reports whether the visit declared more than these.
func otherWishes(e *core.Engine, s *core.Session, wishes []uint16) bool {
	distinct := map[uint16]bool{}
	for _, wish := range wishes {
		distinct[wish] = true
	}
	return int(save(e, s)[28]) != len(distinct)
}

// satisfied counts the clauses of the wishes that an item satisfies, by the plain meaning of the words.
func satisfied(p *pack.Pack, item uint32, wishes []uint16) int {
	clauses := map[string]bool{}
	for _, wish := range wishes {
		if wish >= pack.FirstFacet {
			facet := uint8(wish - pack.FirstFacet)
			marks := make([]uint32, p.Items())
			p.MarkFacet(facet, marks, 1)
			if marks[item] == 1 {
				clauses[strconv.Itoa(int(p.FacetGroup(facet)))] = true
			}
			continue
		}
		for k := range pack.MaxItemTopics {
			for topic := p.ItemTopic(item, k); topic != pack.NoTopic; topic = p.TopicParent(topic) {
				if topic == wish {
					clauses["topic"] = true
				}
			}
		}
	}
	return len(clauses)
}

func TestFacetsAreForPreferencesAlone(t *testing.T) {
	e := openFaceted(t, nil)
	s := visit(t, e, core.NewSignal(core.View, 0))
	for kind := core.View; kind < core.SignalCount; kind++ {
		sig := about(kind, 0, red)
		if kind == core.Preference {
			sig.Value = 1
		}
		_, err := e.Observe(s, &sig)
		assert.Equal(t, kind != core.Preference, err != nil, "%v", kind)
	}
	for _, facet := range []uint16{pack.FirstFacet - 1, pack.FirstFacet + 4, pack.NoTopic - 1, pack.NoTopic} {
		sig := prefer(facet, 100)
		_, err := e.Observe(s, &sig)
		require.NotNil(t, err, "%d", facet)
		assert.Equal(t, core.BadRequest, err.Status)
	}
	_, err := e.Suggest(s, &core.Request{Layer: 1, Item: pack.NoItem, Topic: red})
	require.NotNil(t, err, "no page is about a facet")
}

func TestSavedWishes(t *testing.T) {
	e := openFaceted(t, nil)
	s := visit(t, e, core.NewSignal(core.View, 0), core.NewSignal(core.View, 1), prefer(large, 70), prefer(bags, 5))
	saved := []byte(save(e, s))
	back := new(core.Session)
	require.Nil(t, e.Restore(back, saved))
	assert.Equal(t, s, back)
	for _, c := range []struct {
		name string
		at   int // from the first preferred note
		byte byte
	}{{"a facet past the last", 0, 4}, {"0 percent", 2, 0}, {"101 percent", 2, 101}, {"a page to come", 3, 3}, {"more than a page", 7, 1}, {"a sensitive topic", 8, byte(intimate)}} {
		t.Run(c.name, func(t *testing.T) {
			damaged := append([]byte(nil), saved...)
			damaged[31+2*24+c.at] = c.byte
			assert.NotNil(t, e.Restore(back, sealed(damaged)))
		})
	}
}
