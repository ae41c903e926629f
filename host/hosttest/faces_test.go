package hosttest

import (
	"math/rand/v2"
	"os"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/wasm/abi/abitest"
)

func TestFacesOfAllPages(t *testing.T) {
	contexts := map[string][]core.Context{"tiny": nil, "shop": {{Daypart: pack.Night, Device: pack.Phone, Language: 1}}}
	for name, contexts := range contexts {
		t.Run(name, func(t *testing.T) {
			policies := []Policy{NeverSensitive(), InStockOnly(), SameLanguage(), NeverDismissed(), NoEcho()}
			if name == "shop" {
				policies = append(policies, MinTopics("home", 2), MinTopics("wide", 4), NeverKind("basket", pack.KindGuide, pack.KindHelp))
			}
			CheckFaces(t, OpenBytes(t, abitest.Pack(name)), contexts, policies...)
		})
	}
}

// No contexts are none, however that is said: a check of nothing would hold.
func TestFacesWithoutContexts(t *testing.T) {
	shop := OpenBytes(t, abitest.Pack("tiny"))
	for _, contexts := range [][]core.Context{nil, {}} {
		var looked atomic.Int64
		CheckFaces(t, shop, contexts, Policy{"counted", func(*Report, *Visit) { looked.Add(1) }})
		assert.Len(t, places(shop.Pack(), languages(shop.Pack())), int(looked.Load()))
	}
}

// Every list is looked at: one item that is wrong on one page is found on each list that shows it, and none more.
func TestFacesAreAllLookedAt(t *testing.T) {
	shop := OpenBytes(t, abitest.Pack("shop"))
	engine := core.NewEngine(shop.Pack())
	all := places(shop.Pack(), languages(shop.Pack()))
	assert.Len(t, all, (1+int(shop.Pack().Topics())+int(shop.Pack().Items()))*int(shop.Pack().Slots())*(1+int(shop.Pack().Languages())))
	const apart = 30 // all would take long, twice
	some := all[:0:0]
	for k := 0; k < len(all); k += apart {
		some = append(some, all[k])
	}
	all = some
	counts := map[uint32]int{}
	lists := 0
	for _, request := range all {
		faces, refused := engine.Faces(&request)
		require.Nil(t, refused)
		for _, f := range faces {
			lists++
			for _, s := range f.Suggestions {
				counts[s.Item]++
			}
		}
	}
	require.Greater(t, lists, len(all), "some pages have several")
	rare := uint32(0)
	for item, n := range counts {
		if n < counts[rare] || n == counts[rare] && item < rare || counts[rare] == 0 {
			rare = item
		}
	}
	never := eachItem("never the rarest", "", func(r *Report, v *Visit, a Answer, item uint32) {
		if item == rare {
			r.Errorf(a, "here it is")
		}
	})
	found, err := shop.checkFaces(all, []Policy{never, fewLists()})
	require.NoError(t, err)
	assert.Len(t, found[0], counts[rare])
	assert.Contains(t, found[0][0], "here it is\n  slot ")
	assert.Empty(t, found[1])
	again, err := shop.checkFaces(all, []Policy{never})
	require.NoError(t, err)
	assert.Equal(t, found[0], again[0], "in the same order")

	assert.Equal(t, "a\nb", written([]string{"a", "b"}))
	assert.Equal(t, "1\n2\n3\n4\n5\nand 2 more of the kind", written([]string{"1", "2", "3", "4", "5", "6", "7"}))
}

// More lists than the policy allows are found.
func TestFewLists(t *testing.T) {
	v := &Visit{Shop: OpenBytes(t, abitest.Pack("tiny"))}
	for g := range int(v.Shop.Pack().Policy().Faces) + 1 {
		v.Answers = append(v.Answers, Answer{Request: core.Request{Item: pack.NoItem, Topic: pack.NoTopic},
			Reply: core.Reply{Suggestions: []core.Suggestion{{Item: uint32(g) % v.Shop.Pack().Items()}}}})
	}
	r := &Report{visit: v}
	fewLists().Check(r, v)
	require.Len(t, r.found, 1)
	v.Answers = v.Answers[1:]
	r = &Report{visit: v}
	fewLists().Check(r, v)
	assert.Empty(t, r.found)
}

// However a visit went, a slot of a page in a context shows one of at most G lists: visits that are drawn by lot, that soak in one item or a pair,
// that fill a basket, tire of topics, and whose clocks jump. NABIJ_VISITS plays so many; 1000000 takes some minutes.
func TestDistinctLists(t *testing.T) {
	most := 3_000
	if text := os.Getenv("NABIJ_VISITS"); text != "" {
		var err error
		most, err = strconv.Atoi(text)
		require.NoError(t, err, "NABIJ_VISITS")
	} else if testing.Short() {
		most = 300
	}
	shop := OpenBytes(t, abitest.Pack("shop"))
	p := shop.Pack()
	random := rand.New(rand.NewPCG(5, 6))
	engine := core.NewEngine(p)
	contexts := []core.Context{{}, {Daypart: pack.Evening, Device: pack.Phone, Referrer: pack.ReferrerOther}}
	var asked []core.Request
	for range 4 {
		request := core.Request{Slot: uint8(random.UintN(uint(p.Slots()))), Layer: 2, Item: random.Uint32N(p.Items()), Topic: pack.NoTopic}
		for _, request.Context = range contexts {
			asked = append(asked, request)
		}
	}
	lists := make([]map[string]bool, len(asked))
	for k := range lists {
		lists[k] = map[string]bool{}
	}
	replies, layered := 0, 0
	for n := range most {
		k := n % len(asked)
		request := asked[k]
		var s core.Session
		now := uint64(1 << 40)
		observe := func(kind core.SignalKind, item uint32, value uint32) {
			switch random.UintN(8) {
			case 0: // it stands still
			case 1:
				now -= random.Uint64N(60_000)
			case 2:
				now += random.Uint64N(4 * 3_600_000)
			default:
				now += random.Uint64N(20_000)
			}
			signal := core.NewSignal(kind, now)
			signal.Item, signal.Value = item, value
			_, _ = engine.Observe(&s, &signal) // what is refused is no part of the visit
		}
		soaked := [2]uint32{uint32(n/len(asked)) % p.Items(), random.Uint32N(p.Items())}
		for range 1 + random.IntN(30) {
			item := random.Uint32N(p.Items())
			if n%3 > 0 { // adversarial: all of it about one item, or a pair
				item = soaked[random.IntN(n%3)]
			}
			switch random.UintN(10) {
			case 0:
				observe(core.Engaged, pack.NoItem, random.Uint32N(120_000))
			case 1:
				observe(core.Scroll, pack.NoItem, random.Uint32N(101))
			case 2:
				observe(core.BasketAdd+core.SignalKind(random.UintN(3)), item, 0) // or taken out, or bought
			case 3:
				observe(core.Shown, item, 0)
			case 4:
				observe(core.Chosen, item, 0)
			default:
				observe(core.View, item, 0)
			}
		}
		observe(core.View, request.Item, 0)
		request.NowMs = max(now, 1) + random.Uint64N(20_000)
		reply, refused := engine.Suggest(&s, &request)
		require.Nil(t, refused)
		lists[k][listOf(reply)] = true
		replies++
		if reply.Layer == 2 {
			layered++
		}
	}
	assert.Greater(t, 2*layered, replies, "most visits pick a list")
	several := 0
	for k := range lists {
		assert.LessOrEqual(t, len(lists[k]), int(p.Policy().Faces), "%+v", asked[k])
		if len(lists[k]) > 1 {
			several++
		}
	}
	assert.Positive(t, several, "visits make a difference")
	t.Logf("%d visits, %d of them at layer 2; %d to %d lists a page, slot and context", replies, layered, leastOf(lists), mostOf(lists))
}

func leastOf(lists []map[string]bool) int {
	n := len(lists[0])
	for _, l := range lists {
		n = min(n, len(l))
	}
	return n
}

func mostOf(lists []map[string]bool) (n int) {
	for _, l := range lists {
		n = max(n, len(l))
	}
	return n
}
