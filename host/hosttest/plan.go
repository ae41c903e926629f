package hosttest

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// plan is a visit before it is played: what the visitor means to do, in numbers that mean something in any pack and in
// any order, so that a shorter plan is a plan too.
type plan struct {
	context core.Context
	layer   uint8
	steps   []step
}

// GoString keeps the plan out of what is printed of a failure: the visit says more.
func (p plan) GoString() string {
	return fmt.Sprintf("a plan of %d steps at layer %d", len(p.steps), p.layer)
}

// step is an act, after a while. which chooses among what the act may be about, value says how much.
type step struct {
	act   act
	which uint16
	value uint16
	gapMs uint32
}

// act is what a visitor does. The simplest comes first: it is what remains of a step when a failure is made small.
type act uint8

const (
	viewPopular   act = iota // opens an item that many like
	viewNeighbour            // goes on to a neighbour of the page's item
	viewTopic                // goes on to another item of the page's topic
	viewAny                  // opens any item, sensitive and sold-out ones too
	openTopic                // opens a listing page
	openHome                 // opens a page about nothing
	engage                   // stays
	scroll
	search
	filter
	basketAdd    // puts the page's item in the basket
	basketRemove // takes an item out, mostly one that is in
	purchase
	see     // sees what is suggested
	follow  // opens what was suggested
	dismiss // says "not for me" to what was suggested
	dismissTopic
	declare
	takeBack // takes a declaration back
	strange  // any act with any item
)

// likely repeats acts by how often people do them.
var likely = []act{viewPopular, viewPopular, viewNeighbour, viewNeighbour, viewNeighbour, viewNeighbour, viewNeighbour,
	viewTopic, viewTopic, viewAny, openTopic, openHome, engage, engage, engage, scroll, scroll, search, search, filter,
	basketAdd, basketAdd, basketRemove, purchase, see, see, follow, follow, dismiss, dismissTopic, declare, takeBack, strange}

// gaps are how long people wait between acts, at most, in milliseconds; back runs the clock back.
var gaps = []uint32{0, 20_000, 20_000, 20_000, 500, 3_000, 9_000, 120_000, 3 * 3_600_000, back}

const back = 1 << 31

// stepOf makes a step.
var stepOf = rapid.Custom(func(t *rapid.T) step {
	s := step{
		act:   likely[rapid.IntRange(0, len(likely)-1).Draw(t, "act")],
		which: uint16(skewed(t, 1<<16-1, "which")),
		value: rapid.Uint16().Draw(t, "value"),
	}
	s.gapMs = gaps[rapid.IntRange(0, len(gaps)-1).Draw(t, "gap")]
	if s.gapMs != back && s.gapMs > 0 {
		s.gapMs = uint32(rapid.IntRange(0, int(s.gapMs)).Draw(t, "gap_ms"))
	}
	return s
})

// skewed draws a number from 0 to most, small ones more often.
func skewed(t *rapid.T, most int, label string) int {
	bound := rapid.IntRange(0, most).Draw(t, label+" bound")
	return rapid.IntRange(0, bound).Draw(t, label)
}

// planOf makes a plan for a pack.
func planOf(p *pack.Pack) *rapid.Generator[plan] {
	class := func(t *rapid.T, first, last pack.Class, label string) pack.Class {
		if k := rapid.IntRange(0, int(last-first)+1).Draw(t, label); k > 0 {
			return first + pack.Class(k) - 1
		}
		return 0
	}
	return rapid.Custom(func(t *rapid.T) plan {
		steps := rapid.SliceOfN(stepOf, 1, 25).Draw(t, "steps")
		return plan{
			layer: uint8(rapid.IntRange(1, 3).Draw(t, "layer")),
			steps: steps,
			context: core.Context{
				Daypart:  class(t, pack.Night, pack.Evening, "daypart"),
				Day:      class(t, pack.Weekday, pack.Weekend, "day"),
				Device:   class(t, pack.Phone, pack.Desktop, "device"),
				Region:   class(t, pack.Region1, pack.Region8, "region"),
				Referrer: class(t, pack.ReferrerNone, pack.ReferrerOther, "referrer"),
				Language: uint8(rapid.IntRange(0, int(p.Languages())).Draw(t, "language")),
			},
		}
	})
}
