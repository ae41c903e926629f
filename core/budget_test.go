package core_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// bits is what showing one of n lists costs, in 256ths.
var bits = [9]uint16{0, 0, 256, 406, 512, 595, 662, 719, 768}

// TestBudgetIsSpentOncePerView: a page and slot is paid for once, and keeps its face whatever the visit does next.
func TestBudgetIsSpentOncePerView(t *testing.T) {
	e := openShop(t, nil)
	s := busy(t, e)
	assert.Equal(t, uint16(12*256), suggest(t, e, s, home(related, 1, 60_000)).BitsLeft)

	first := suggest(t, e, s, at(rainStory, related, 2, 60_000))
	require.Greater(t, first.Faces, uint8(1))
	spent := bits[first.Faces]
	assert.Equal(t, []uint16{spent, 12*256 - spent}, []uint16{first.BitsSpent, first.BitsLeft})

	observe(t, e, s, of(core.View, 70_000, pannier), of(core.View, 80_000, rack), of(core.View, 90_000, kidsBike), core.NewSignal(core.View, 100_000))
	assert.Equal(t, first, suggest(t, e, s, at(rainStory, related, 2, 200_000)), "the same face, for nothing")

	other := suggest(t, e, s, at(rainStory, products, 2, 200_000))
	assert.Equal(t, spent+bits[other.Faces], other.BitsSpent, "another slot")
	spent = other.BitsSpent
	wide := at(rainStory, related, 2, 200_000)
	wide.Size = 6
	reply := suggest(t, e, s, wide)
	assert.Equal(t, spent+bits[reply.Faces], reply.BitsSpent, "another size")
	spent = reply.BitsSpent
	evening := at(rainStory, related, 2, 200_000)
	evening.Context.Daypart = pack.Evening
	reply = suggest(t, e, s, evening)
	assert.Equal(t, spent+bits[reply.Faces], reply.BitsSpent, "another context")
	spent = reply.BitsSpent

	for _, layer := range []uint8{1, 3} {
		reply = suggest(t, e, s, at(backpack, related, layer, 200_000))
		assert.Equal(t, []uint8{0, 1}, []uint8{reply.Face, reply.Faces})
		assert.Equal(t, spent, reply.BitsSpent, "layer %d costs nothing", layer)
	}
}

// TestFaceDependsOnTheVisit: or the tests of what it must not depend on would show nothing.
func TestFaceDependsOnTheVisit(t *testing.T) {
	e := openShop(t, nil)
	seen := map[uint8]bool{}
	for item := range shopItems {
		if item == cream {
			continue
		}
		s := visit(t, e, of(core.View, 0, item), of(core.View, 10, item), of(core.View, 20, item), core.NewSignal(core.View, 30))
		seen[suggest(t, e, s, home(related, 2, 60_000)).Face] = true
	}
	assert.Greater(t, len(seen), 2)
}

func TestBudgetRunsOut(t *testing.T) {
	for _, budget := range []uint8{0, 1, 4, 7, 32} {
		e := openShop(t, func(src *pack.Source) { src.Policy.Bits = budget })
		s := busy(t, e)
		shown := map[uint32]core.Reply{}
		before := uint16(0)
		for item := range shopItems {
			if item == cream {
				continue
			}
			reply := suggest(t, e, s, at(item, related, 2, 60_000))
			cost := bits[reply.Faces]
			if cost > uint16(budget)*256-before {
				assert.Equal(t, uint8(0), reply.Face, "no budget: the face that tells nothing")
				assert.Equal(t, list(t, e, s, at(item, related, 1, 60_000)), itemsOf(reply.Suggestions))
				cost = 0
			}
			assert.Equal(t, before+cost, reply.BitsSpent, "%d bits, item %d", budget, item)
			assert.Equal(t, uint16(budget)*256, reply.BitsSpent+reply.BitsLeft)
			before = reply.BitsSpent
			shown[item] = reply
		}
		for item, want := range shown { // what was shown stays, paid or not
			got := suggest(t, e, s, at(item, related, 2, 60_000))
			assert.Equal(t, itemsOf(want.Suggestions), itemsOf(got.Suggestions))
			assert.Equal(t, before, got.BitsSpent)
		}
	}
}

// TestNoMoreViewsThanAreRemembered: a face that could not be remembered could change, so there is none.
func TestNoMoreViewsThanAreRemembered(t *testing.T) {
	e := openShop(t, func(src *pack.Source) { src.Policy.Bits, src.Policy.Faces = 32, 2 })
	s := busy(t, e)
	paid := 0
	for size := uint8(1); size <= 4; size++ {
		for item := range shopItems {
			if item == cream {
				continue
			}
			req := at(item, related, 2, 60_000)
			req.Size = size
			before := save(e, s)
			reply := suggest(t, e, s, req)
			if save(e, s) != before {
				paid++
			} else {
				assert.Equal(t, uint8(0), reply.Face)
			}
		}
	}
	assert.Equal(t, 32, paid)
}
