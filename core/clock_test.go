package core_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// drawClock draws the next time of a clock that mostly goes on, and now and then jumps: back, far ahead, to its end.
func drawClock(t *rapid.T, now uint64) uint64 {
	switch rapid.IntRange(0, 9).Draw(t, "clock") {
	case 0:
		return rapid.Uint64Range(0, now).Draw(t, "back to")
	case 1:
		return min(now+rapid.Uint64Range(0, 1<<40).Draw(t, "far"), core.MaxTimeMs)
	case 2:
		return rapid.SampledFrom([]uint64{0, 1, core.MaxTimeMs - 1, core.MaxTimeMs}).Draw(t, "end")
	}
	return min(now+rapid.Uint64Range(0, 20_000).Draw(t, "pause"), core.MaxTimeMs)
}

func drawView(t *rapid.T, e *core.Engine, now uint64) core.Request {
	req := core.Request{NowMs: now, Layer: 2, Item: pack.NoItem, Topic: pack.NoTopic, Slot: rapid.Uint8Range(0, e.Pack().Slots()-1).Draw(t, "slot")}
	if rapid.Bool().Draw(t, "page of an item") {
		req.Item = drawItem(t, e)
	}
	return req
}

// viewOf is what has a face of its own.
type viewOf struct {
	slot uint8
	item uint32
}

// TestBudgetUnderAnyClock: whatever the clock does, a visit pays for each page and slot at most once, what is spent never comes back and never
// exceeds the budget, and a list that was paid for stays.
func TestBudgetUnderAnyClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paid := map[viewOf]core.Reply{}
		spent := uint16(0)
		e, s, now := openDrawn(t, drawShop(t)), new(core.Session), uint64(0)
		for range rapid.IntRange(0, 40).Draw(t, "signals") {
			now = drawClock(t, now)
			sig := drawSignal(t, e, now)
			e.Observe(s, &sig)
			req := drawView(t, e, drawClock(t, now))
			reply := suggest(t, e, s, req)
			view := viewOf{req.Slot, req.Item}
			budget := 256 * uint16(e.Pack().Policy().Bits)
			require.Equal(t, budget, reply.BitsSpent+reply.BitsLeft)
			before, again := paid[view]
			switch {
			case reply.BitsSpent > spent:
				require.False(t, again, "paid twice")
				require.Equal(t, bits[reply.Faces], reply.BitsSpent-spent)
				paid[view] = reply
			case again && reply.Layer == 2 && reply.Faces > 1:
				require.Equal(t, before.Face, reply.Face, "what was shown stays")
			}
			require.GreaterOrEqual(t, reply.BitsSpent, spent)
			spent = reply.BitsSpent
		}
	})
}

// TestSettleUnderAnyClock: a search, a filter, or which item a page was of, says nothing before a next page was
// opened and the policy's time has passed on the clock of the visit, which never runs back.
func TestSettleUnderAnyClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := openDrawn(t, drawShop(t))
		s := new(core.Session)
		now, latest := uint64(0), uint64(0)
		for range rapid.IntRange(0, 20).Draw(t, "signals") {
			now = drawClock(t, now)
			sig := drawSignal(t, e, now)
			e.Observe(s, &sig)
			latest = max(latest, now)
		}
		with, without := *s, *s
		latest = min(latest+rapid.Uint64Range(0, 1000).Draw(t, "pause"), core.MaxTimeMs)
		sig := core.NewSignal(rapid.SampledFrom([]core.SignalKind{core.Search, core.Filter, core.View}).Draw(t, "kind"), latest)
		switch sig.Kind {
		case core.Search, core.Filter:
			sig.Topic = drawTopic(t, e)
		case core.View:
			sig.Item = drawItem(t, e)
			if sig.Item == pack.NoItem || !e.Pack().Sensitive(sig.Item) { // a page of nothing instead
				page := core.NewSignal(core.View, latest)
				e.Observe(&without, &page)
			}
		}
		e.Observe(&with, &sig)
		settle := uint64(e.Pack().Policy().SettleMs)
		next := rapid.Bool().Draw(t, "next page")
		asked := uint64(core.MaxTimeMs)
		if next {
			if settle == 0 {
				return
			}
			view := core.NewSignal(core.View, latest)
			e.Observe(&with, &view)
			e.Observe(&without, &view)
			asked = min(latest+rapid.Uint64Range(0, settle-1).Draw(t, "early"), core.MaxTimeMs)
		}
		for layer := range uint8(3) {
			req := core.Request{NowMs: asked, Layer: layer + 1, Item: drawItem(t, e), Topic: pack.NoTopic}
			req.Slot = rapid.Uint8Range(0, e.Pack().Slots()-1).Draw(t, "slot")
			if sig.Kind == core.View && layer > 0 && !e.Pack().Slot(req.Slot).Repeats {
				continue // viewed, it is not pushed, and that at once
			}
			a, b := without, with
			require.Equal(t, suggest(t, e, &a, req), suggest(t, e, &b, req))
		}
		in, err := e.Intent(&without, asked)
		require.Nil(t, err)
		want := *in
		in, err = e.Intent(&with, asked)
		require.Nil(t, err)
		require.Equal(t, want, *in)
	})
}

// TestHalfLifeUnderAnyClock: nine half-lives after its latest time a visit has no intent left. A clock that jumps back makes nothing younger: age
// counts from the latest time.
func TestHalfLifeUnderAnyClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := drawShop(t)
		src.Policy.HalfLifeMs = rapid.Uint32Range(1, 1<<31).Draw(t, "half-life")
		e := openDrawn(t, src)
		s := new(core.Session)
		now, latest := uint64(0), uint64(0)
		for range rapid.IntRange(1, 30).Draw(t, "signals") {
			if now = drawClock(t, now); now > core.MaxTimeMs/2 {
				now = core.MaxTimeMs / 2
			}
			sig := drawSignal(t, e, now)
			outcome, err := e.Observe(s, &sig)
			if err == nil && outcome == core.Counted && sig.Kind != core.Engaged && sig.Kind != core.Scroll { // which tell of a view, not of a time
				latest = max(latest, now)
			}
		}
		later := latest + 9*uint64(src.Policy.HalfLifeMs)
		in, err := e.Intent(s, later)
		require.Nil(t, err)
		require.Equal(t, core.Intent{}, *in)
		earlier, err := e.Intent(s, rapid.Uint64Range(0, latest).Draw(t, "back to"))
		require.Nil(t, err)
		want := *earlier
		atLatest, err := e.Intent(s, latest)
		require.Nil(t, err)
		require.Equal(t, want, *atLatest)
	})
}

// TestFatigueUnderAnyClock: each page on which a topic is shown in vain makes it weigh as much or less, whatever the clock says; choosing it
// rests it. Time alone changes nothing of it.
func TestFatigueUnderAnyClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := shop()
		src.Policy.FatigueShown, src.Policy.HalfLifeMs = rapid.Uint8Range(1, 4).Draw(t, "shown"), 0
		e := openDrawn(t, src)
		s := visit(t, e, of(core.View, 0, blueJacket), core.NewSignal(core.View, 1))
		score := func(now uint64) uint32 {
			for _, x := range suggest(t, e, s, wide(pack.NoItem, now)).Suggestions {
				if x.Item == redJacket {
					return x.Score
				}
			}
			return 0
		}
		now := uint64(60_000)
		full := score(now)
		require.Positive(t, full)
		before := full
		for range rapid.IntRange(1, 12).Draw(t, "pages") {
			now = drawClock(t, now)
			observe(t, e, s, core.NewSignal(core.View, now))
			for range rapid.IntRange(1, 3).Draw(t, "times") {
				observe(t, e, s, of(core.Shown, now, greenJacket))
			}
			after := score(max(now, 60_000))
			require.LessOrEqual(t, after, before)
			before = after
		}
		observe(t, e, s, of(core.Chosen, now, greenJacket))
		require.GreaterOrEqual(t, score(max(now, 60_000)), before)
	})
}
