package core_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// checkReply holds a reply to what is true of each.
func checkReply(t failing, e *core.Engine, req core.Request, reply core.Reply) {
	t.Helper()
	p := e.Pack()
	slot := p.Slot(req.Slot)
	size, language := req.Size, req.Context.Language
	if size == 0 {
		size = slot.Size
	}
	if language == 0 && req.Item != pack.NoItem {
		language = p.Language(req.Item)
	}
	require.LessOrEqual(t, len(reply.Suggestions), int(size))
	require.LessOrEqual(t, reply.Layer, min(req.Layer, slot.Layer, p.Policy().MaxLayer))
	require.GreaterOrEqual(t, reply.Layer, uint8(1))
	require.Less(t, reply.Face, reply.Faces)
	require.LessOrEqual(t, reply.Faces, p.Policy().Faces)
	require.Equal(t, 256*uint16(p.Policy().Bits), reply.BitsSpent+reply.BitsLeft)
	switch reply.Layer {
	case 1:
		require.Equal(t, uint16(1000), reply.SharePermille, "everyone's")
	case 2:
		require.LessOrEqual(t, reply.SharePermille, uint16(1000))
		require.True(t, reply.Faces > 1 || reply.SharePermille == 1000 || reply.SharePermille == 0, "one list is everyone's, or what was declared")
	case 3:
		require.Zero(t, reply.SharePermille, "a visit's own")
	}
	own := ownTopic(p, req)
	seen := map[uint32]bool{}
	for _, x := range reply.Suggestions {
		require.Less(t, x.Item, p.Items())
		require.False(t, seen[x.Item], "twice")
		seen[x.Item] = true
		if own != pack.NoTopic {
			require.True(t, under(p, p.ItemTopic(x.Item, 0), own), "a sensitive page shows what is of its topic")
		} else {
			require.False(t, p.Sensitive(x.Item), "sensitive")
		}
		require.NotEqual(t, pack.OutOfStock, p.Availability(x.Item))
		require.True(t, slot.Kinds.Has(p.Kind(x.Item)), "kind")
		require.True(t, language == 0 || p.Language(x.Item) == 0 || p.Language(x.Item) == language, "language")
		require.NotEqual(t, req.Item, x.Item, "the page itself")
		require.LessOrEqual(t, x.Score, uint32(1_000_000))
		require.True(t, req.Explain || x.Lift == 0)
		require.NotEqual(t, "unknown", x.Reason.Code.String())
		require.True(t, x.Reason.Item == pack.NoItem || x.Reason.Item == req.Item, "a reason names the page, and nothing else that was viewed")
		require.True(t, x.Reason.Topic >= pack.FirstFacet || !p.TopicSensitive(x.Reason.Topic) || x.Reason.Topic == own,
			"a reason names nothing sensitive but what the page is about")
		require.True(t, reply.Layer == 3 || x.Reason.Code != core.YouAsked && x.Reason.Code != core.PickUp ||
			x.Reason.Code == core.YouAsked && reply.Layer == 2 && reply.SharePermille == 0, "a public list has public reasons")
	}
}

// ownTopic returns the sensitive topic that a page is about, or none.
func ownTopic(p *pack.Pack, req core.Request) uint16 {
	topic := req.Topic
	if req.Item != pack.NoItem {
		topic = p.ItemTopic(req.Item, 0)
	}
	if topic == pack.NoTopic || !p.TopicSensitive(topic) {
		return pack.NoTopic
	}
	return topic
}

func under(p *pack.Pack, topic, ancestor uint16) bool {
	for topic != pack.NoTopic && topic != ancestor {
		topic = p.TopicParent(topic)
	}
	return topic == ancestor
}

func TestReply(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := openDrawn(t, drawShop(t))
		s := drawVisit(t, e)
		for range 4 {
			req := drawRequest(t, e)
			checkReply(t, e, req, suggest(t, e, s, req))
		}
	})
}

// TestSensitiveSignalsChangeNothing: a visit with sensitive pages and signals in it gets what it gets without them.
func TestSensitiveSignalsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := drawShop(t)
		e := openDrawn(t, src)
		var items []uint32
		for i, it := range src.Items {
			if it.Sensitive {
				items = append(items, uint32(i))
			}
		}
		var topics []uint16
		for i, topic := range src.Topics {
			if topic.Sensitive {
				topics = append(topics, uint16(i))
			}
		}
		if len(items) == 0 {
			t.Skip("nothing sensitive")
		}
		draw := func(kind core.SignalKind, atMs uint64) core.Signal {
			sig := core.NewSignal(kind, atMs)
			if kind == core.Scroll || kind == core.Preference {
				sig.Value = 50
			}
			wantsTopic := kind == core.Search || kind == core.Filter || kind == core.Preference
			if len(topics) > 0 && (wantsTopic || kind == core.View && rapid.Bool().Draw(t, "topic page")) {
				sig.Topic = rapid.SampledFrom(topics).Draw(t, "sensitive topic")
			} else if !wantsTopic {
				sig.Item = rapid.SampledFrom(items).Draw(t, "sensitive item")
			}
			return sig
		}
		pages := drawPages(t, e)
		var mixed [][]core.Signal
		for _, page := range pages {
			page = page[:len(page):len(page)]
			now := page[0].AtMs
			if rapid.Bool().Draw(t, "sensitive page before") {
				mixed = append(mixed, []core.Signal{draw(core.View, now), much(core.Engaged, now, 60_000), much(core.Scroll, now, 100), of(core.Shown, now, drawItem(t, e))})
			}
			for range rapid.IntRange(0, 3).Draw(t, "sensitive signals") {
				page = append(page, draw(rapid.SampledFrom([]core.SignalKind{core.Engaged, core.Scroll, core.Search, core.Filter, core.BasketAdd, core.BasketRemove,
					core.Purchase, core.Shown, core.Chosen, core.Dismissed, core.Preference}).Draw(t, "sensitive kind"), now))
			}
			mixed = append(mixed, page)
		}
		plain, other := play(e, pages), play(e, mixed)
		require.Equal(t, save(e, plain), save(e, other))
		for range 3 {
			req := drawRequest(t, e)
			require.Equal(t, suggest(t, e, plain, req), suggest(t, e, other, req))
		}
	})
}

// TestLayer1KnowsNothingOfTheVisit, but for what the visitor said is not for them.
func TestLayer1KnowsNothingOfTheVisit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := openDrawn(t, drawShop(t))
		s := drawVisit(t, e)
		req := drawRequest(t, e)
		req.Layer, req.Explain = 1, false
		want := suggest(t, e, new(core.Session), req)
		got := suggest(t, e, s, req)
		got.BitsSpent, got.BitsLeft = want.BitsSpent, want.BitsLeft
		require.Subset(t, itemsOf(want.Suggestions), itemsOf(got.Suggestions))
		if !dismissedAny(e, s) {
			require.Equal(t, want, got)
		}
	})
}

// dismissedAny reports whether a visit holds dismissals, by what is saved of it.
func dismissedAny(e *core.Engine, s *core.Session) bool { return save(e, s)[27] != 0 }

// TestLayer2ShowsAFace: the list shown is one of the page's lists, word for word.
func TestLayer2ShowsAFace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := drawShop(t)
		e := openDrawn(t, src)
		var lists [][]core.Face
		var requests []core.Request
		other := openDrawn(t, src)
		for range 3 {
			req := drawRequest(t, e)
			req.Layer, req.Explain = 2, false
			requests, lists = append(requests, req), append(lists, faces(t, other, req))
		}
		for range 4 {
			s := drawVisit(t, e)
			observe(t, e, s, core.NewSignal(core.View, 0)) // on this page nothing is declared
			for k, req := range requests {
				require.LessOrEqual(t, len(lists[k]), int(src.Policy.Faces))
				reply := suggest(t, e, s, req)
				face := lists[k][reply.Face]
				if dismissedAny(e, s) {
					require.Subset(t, face.Suggestions, reply.Suggestions)
				} else {
					require.ElementsMatch(t, face.Suggestions, reply.Suggestions)
					require.Equal(t, itemsOf(face.Suggestions), itemsOf(reply.Suggestions), "in the face's order")
				}
				if reply.Layer == 2 {
					require.Equal(t, len(lists[k]), int(reply.Faces))
					require.Equal(t, face.SharePermille, reply.SharePermille)
				}
			}
		}
	})
}

// TestSuggestDependsOnItsArgumentsAlone: an engine that has answered much else answers as a new one.
func TestSuggestDependsOnItsArgumentsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := drawShop(t)
		used := openDrawn(t, src)
		for range rapid.IntRange(0, 12).Draw(t, "asked before") {
			s := drawVisit(t, used)
			req := drawRequest(t, used)
			suggest(t, used, s, req)
			faces(t, used, req)
		}
		s := drawVisit(t, used)
		for range 3 {
			req := drawRequest(t, used)
			fresh := openDrawn(t, src)
			other, third := *s, *s
			want := suggest(t, fresh, &other, req)
			require.Equal(t, want, suggest(t, used, &third, req))
			require.Equal(t, save(fresh, &other), save(used, &third))
			require.Equal(t, faces(t, openDrawn(t, src), req), faces(t, used, req))
			a, _ := fresh.Intent(s, req.NowMs)
			b, _ := used.Intent(s, req.NowMs)
			require.Equal(t, a, b)
			// Asking again is no reason for another answer.
			require.Equal(t, want.Suggestions, suggest(t, used, &third, req).Suggestions)
		}
	})
}

// TestExplainChangesFiguresAlone: Explain changes figures, not what is suggested.
func TestExplainChangesFiguresAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := openDrawn(t, drawShop(t))
		s := drawVisit(t, e)
		req := drawRequest(t, e)
		other := *s
		req.Explain = false
		plain := suggest(t, e, s, req)
		req.Explain = true
		explained := suggest(t, e, &other, req)
		require.Equal(t, save(e, s), save(e, &other))
		for k := range explained.Suggestions {
			explained.Suggestions[k].Lift = 0
			if explained.Layer < 3 {
				explained.Suggestions[k].Score = plain.Suggestions[k].Score
			}
		}
		require.Equal(t, plain, explained)
	})
}

// TestGoneBackTo: where repeats are welcome, an item that is gone back to goes before one that is not.
func TestGoneBackTo(t *testing.T) {
	src := pack.Source{
		Items: []pack.Item{{ID: "a", Popularity: 65535}, {ID: "b"}, {ID: "c"}},
		Rows: []pack.Row{
			1: {Neighbours: []pack.Neighbour{{Item: 2, Weight: 1}}},
			2: {Neighbours: []pack.Neighbour{{Item: 2, Weight: 4}, {Item: 0, Weight: 1}}},
		},
		Slots:  []pack.Slot{{Name: "continue", Kinds: pack.AllKinds, Size: 3, Layer: 3, Repeats: true}, {Name: "other", Kinds: pack.AllKinds, Size: 3, Layer: 3}},
		Policy: pack.DefaultPolicy(),
	}
	src.Policy.RepeatPermille = 0
	e := open(t, src)
	v := visit(t, e, of(core.View, 0, 1), of(core.View, 60_000, 2), of(core.View, 120_000, pack.NoItem))
	require.Equal(t, []uint32{2, 0}, list(t, e, v, home(0, 3, 200_000)))
	require.Equal(t, []uint32{0}, list(t, e, v, home(1, 3, 200_000)), "elsewhere it is worth what it is to anyone")
}
