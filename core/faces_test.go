package core_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// plainShop is a shop of items and rows alone.
func plainShop(r *rand.Rand) pack.Source {
	src := pack.Source{Slots: []pack.Slot{{Name: "s", Kinds: pack.AllKinds, Size: uint8(3 + r.IntN(6)), Layer: 3}}, Policy: pack.DefaultPolicy()}
	src.Policy.Faces = []uint8{2, 4, 8}[r.IntN(3)]
	src.Policy.FaceSharePermille = uint16(r.IntN(100))
	src.Policy.FaceVisits = uint8(10 + r.IntN(50))
	src.Policy.HopPermille = []uint16{0, 500, 1000, 2000}[r.IntN(4)]
	items := 20 + r.IntN(60)
	for i := range items {
		src.Items = append(src.Items, pack.Item{ID: strconv.Itoa(i), Popularity: uint16(60_000 / (1 + i))})
		row := pack.Row{}
		for _, n := range r.Perm(items)[:8+r.IntN(8)] {
			if n != i {
				row.Neighbours = append(row.Neighbours, pack.Neighbour{Item: uint32(n), Weight: r.ExpFloat64() + 0.01})
			}
		}
		src.Rows = append(src.Rows, row)
	}
	return src
}

// TestFacesAgainstTheReference: the same lists, or lists that serve the plausible visits as well. Where they differ it
// is for rounding: a tie, or a near one, that falls the other way.
func TestFacesAgainstTheReference(t *testing.T) {
	pages, same, equal, several := 0, 0, 0, 0
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 7))
		e := open(t, plainShop(r))
		for k := range 8 {
			page := uint32(r.IntN(int(e.Pack().Items())))
			if k == 0 {
				page = pack.NoItem
			}
			req := at(page, 0, 2, 0)
			got := faces(t, e, req)
			lists, shares, visits := reference{e.Pack(), int(e.Pack().Slot(0).Size), page}.faces()
			var own [][]uint32
			identical := len(got) == len(lists)
			for g, f := range got {
				own = append(own, itemsOf(f.Suggestions))
				identical = identical && slices.Equal(own[g], lists[g]) && math.Abs(float64(f.SharePermille)-1000*shares[g]) < 3
			}
			worth := func(lists [][]uint32) float64 {
				sum := 0.0
				for _, v := range visits {
					sum += v.share * v.worth(lists[bestFor(v, lists)])
				}
				return sum
			}
			pages++
			if len(got) > 1 {
				several++
			}
			if identical {
				same++
			}
			if identical || worth(own) > worth(lists)*0.9995 {
				equal++
			} else {
				t.Logf("seed %d, page %d: %d lists worth %.5f, reference %d worth %.5f", seed, int32(page), len(own), worth(own), len(lists), worth(lists))
			}
			assert.Equal(t, lists[0], own[0], "the list that tells nothing")
		}
	}
	t.Logf("%d pages, %d with several lists: %d the same, %d of equal value", pages, several, same, equal)
	assert.GreaterOrEqual(t, several, pages/2, "or it would show little")
	assert.GreaterOrEqual(t, 100*equal, 95*pages)
	assert.GreaterOrEqual(t, 100*same, 90*pages)
}

func TestFaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := drawShop(t)
		e := openDrawn(t, src)
		req := drawRequest(t, e)
		slot, policy := src.Slots[req.Slot], src.Policy
		lists := faces(t, e, req)
		p := e.Pack()
		sensitive := req.Item != pack.NoItem && p.Sensitive(req.Item) || req.Item == pack.NoItem && req.Topic != pack.NoTopic && p.TopicSensitive(req.Topic)
		if min(req.Layer, slot.Layer, policy.MaxLayer) == 3 && !sensitive {
			require.Empty(t, lists, "layer 3 is not bounded")
			return
		}
		require.NotEmpty(t, lists)
		require.LessOrEqual(t, len(lists), int(policy.Faces))
		shares := 0
		seen := map[string]bool{}
		first := req
		first.Layer, first.Explain = 1, false
		plain := suggest(t, e, new(core.Session), first)
		require.ElementsMatch(t, plain.Suggestions, lists[0].Suggestions)
		require.Equal(t, itemsOf(plain.Suggestions), itemsOf(lists[0].Suggestions))
		req.Explain = false
		for g, f := range lists {
			shares += int(f.SharePermille)
			checkReply(t, e, req, core.Reply{Layer: 1, Face: uint8(g), Faces: uint8(len(lists)), SharePermille: 1000, BitsLeft: 256 * uint16(policy.Bits), Suggestions: f.Suggestions})
			items := itemsOf(f.Suggestions)
			slices.Sort(items)
			key := ""
			for _, item := range items {
				key += strconv.Itoa(int(item)) + " "
			}
			require.False(t, seen[key], "a list stands twice")
			seen[key] = true
			if g > 0 {
				require.GreaterOrEqual(t, f.SharePermille+1, policy.FaceSharePermille, "too rare")
			}
		}
		require.InDelta(t, 1000, shares, 10)
	})
}

// TestPublicItems: what a page may fetch depends on no visit, and holds all that layers 1 and 2 show.
func TestPublicItems(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := openDrawn(t, drawShop(t))
		req := drawRequest(t, e)
		req.Public = true
		s := drawVisit(t, e)
		observe(t, e, s, core.NewSignal(core.View, 0)) // a page on which nothing is declared
		reply, err := e.Suggest(s, &req)
		require.Nil(t, err)
		public := append([]uint32(nil), reply.Public...)
		for _, x := range reply.Suggestions {
			require.True(t, reply.Layer == 3 || slices.Contains(public, x.Item))
		}
		var want []uint32
		req.Layer = min(req.Layer, 2)
		for _, f := range faces(t, e, req) {
			want = append(want, itemsOf(f.Suggestions)...)
		}
		require.Equal(t, want, public)
		req.Public = false
		require.Empty(t, suggest(t, e, s, req).Public)
	})
}

// TestFacesAreTopical: at least the topics that the slot asks for, in every list, where the shop has them.
func TestFacesAreTopical(t *testing.T) {
	e := openShop(t, nil)
	for item := range shopItems {
		if item == cream {
			continue
		}
		for _, f := range faces(t, e, at(item, mixed, 2, 0)) {
			topics := map[uint16]bool{}
			for _, x := range f.Suggestions {
				topics[e.Pack().ItemTopic(x.Item, 0)] = true
			}
			assert.GreaterOrEqual(t, len(topics), 4)
			assert.Len(t, f.Suggestions, 6)
		}
	}
}
