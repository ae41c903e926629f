package core_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// reacts reports whether the home page's list is another than for an empty visit.
func reacts(t *testing.T, e *core.Engine, s *core.Session, nowMs uint64) bool {
	return !assert.ObjectsAreEqual(list(t, e, new(core.Session), home(related, 3, nowMs)), list(t, e, s, home(related, 3, nowMs)))
}

func TestSettle(t *testing.T) {
	e := openShop(t, nil)
	for _, c := range []struct {
		name    string
		signals []core.Signal
		nowMs   uint64
		want    bool
	}{
		{"no next page, however late", []core.Signal{of(core.View, 0, blueJacket)}, 600_000, false},
		{"a millisecond early", []core.Signal{of(core.View, 0, blueJacket), core.NewSignal(core.View, 10)}, 7_999, false},
		{"at its time", []core.Signal{of(core.View, 0, blueJacket), core.NewSignal(core.View, 10)}, 8_000, true},
		{"from its own time on", []core.Signal{of(core.View, 500, blueJacket), core.NewSignal(core.View, 510)}, 8_499, false},
		{"the page at hand has not settled", []core.Signal{core.NewSignal(core.View, 0), of(core.View, 10, blueJacket)}, 60_000, false},
		{"a search waits for the next page", []core.Signal{core.NewSignal(core.View, 0), about(core.Search, 0, jackets)}, 60_000, false},
		{"a search has settled", []core.Signal{core.NewSignal(core.View, 0), about(core.Search, 0, jackets), core.NewSignal(core.View, 10)}, 60_000, true},
		{"a sensitive page is no next page", []core.Signal{of(core.View, 0, blueJacket), of(core.View, 10, cream)}, 60_000, false},
		{"the clock ran back: now is the latest time seen", []core.Signal{of(core.View, 0, blueJacket), core.NewSignal(core.View, 9_000)}, 0, true},
		{"the clock ran back between signals", []core.Signal{of(core.View, 9_000, blueJacket), core.NewSignal(core.View, 0)}, 16_999, false},
		{"and stood still", []core.Signal{of(core.View, 9_000, blueJacket), core.NewSignal(core.View, 0)}, 17_000, true},
		{"a jump to the end of time", []core.Signal{of(core.View, 0, blueJacket), core.NewSignal(core.View, core.MaxTimeMs)}, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := new(core.Session)
			for _, sig := range c.signals {
				_, err := e.Observe(s, &sig)
				assert.Nil(t, err)
			}
			assert.Equal(t, c.want, reacts(t, e, s, c.nowMs))
		})
	}
}

func TestSettleTimeIsThePolicys(t *testing.T) {
	e := openShop(t, func(src *pack.Source) { src.Policy.SettleMs = 0 })
	assert.False(t, reacts(t, e, visit(t, e, of(core.View, 0, blueJacket)), 0))
	assert.True(t, reacts(t, e, visit(t, e, of(core.View, 0, blueJacket), core.NewSignal(core.View, 0)), 0))
}

// TestHalfLife: of two things viewed, half an hour apart, the older weighs half of what it would if nothing aged.
func TestHalfLife(t *testing.T) {
	const half = 30 * 60_000
	score := func(halfLifeMs uint32, item uint32, ages ...uint64) float64 {
		// The older one's neighbours alone; no hop, and the floor too low to count.
		e := openShop(t, func(src *pack.Source) {
			src.Policy.HalfLifeMs, src.Policy.HopPermille, src.Policy.FloorPermille = halfLifeMs, 0, 1
			src.TopicRows = nil
		})
		s := visit(t, e, of(core.View, 0, rainTrousers), of(core.View, half, pannier), core.NewSignal(core.View, half))
		req := home(related, 3, half+10_000)
		req.Size = 12
		for _, x := range suggest(t, e, s, req).Suggestions {
			if x.Item == item {
				return float64(x.Score)
			}
		}
		t.Fatal("not suggested")
		return 0
	}
	aged := score(half, shoeCovers) / score(half, rack)
	ageless := score(0, shoeCovers) / score(0, rack)
	assert.InDelta(t, 0.5, aged/ageless, 0.03)
}

func TestNothingIsLeftAfterEightHalfLives(t *testing.T) {
	e := openShop(t, nil)
	s := visit(t, e, of(core.View, 0, blueJacket), core.NewSignal(core.View, 0))
	assert.True(t, reacts(t, e, s, 7*30*60_000))
	assert.False(t, reacts(t, e, s, 8*30*60_000))
	assert.False(t, reacts(t, e, s, core.MaxTimeMs))
}

func TestDwell(t *testing.T) {
	e := openShop(t, func(src *pack.Source) { src.Policy.HopPermille = 0 })
	// What the trousers' neighbour gets, of what the pannier's does.
	share := func(signals ...core.Signal) float64 {
		s := visit(t, e, append(append([]core.Signal{of(core.View, 0, rainTrousers)}, signals...), of(core.View, 10, pannier), core.NewSignal(core.View, 20))...)
		req := home(related, 3, 60_000)
		req.Size = 12
		scores := map[uint32]float64{}
		for _, x := range suggest(t, e, s, req).Suggestions {
			scores[x.Item] = float64(x.Score)
		}
		return scores[shoeCovers] / scores[rack]
	}
	before := 0.0
	for _, c := range []struct {
		name    string
		signals []core.Signal
	}{
		{"bounced", []core.Signal{much(core.Engaged, 1, 2_999)}},
		{"viewed", nil},
		{"looked at", []core.Signal{much(core.Engaged, 1, 9_000), much(core.Engaged, 2, 1_000)}},
		{"read", []core.Signal{much(core.Engaged, 1, 30_000)}},
		{"studied", []core.Signal{much(core.Engaged, 1, 60_000)}},
		{"in the basket", []core.Signal{of(core.BasketAdd, 1, rainTrousers)}},
	} {
		got := share(c.signals...)
		assert.Greater(t, got, before, c.name)
		before = got
	}
}
