package core

import "github.com/nabij/nabij/core/pack"

// Context is what anyone's request tells: coarse classes, each the pack's constant or 0 for "not known".
type Context struct {
	Daypart  pack.Class // pack.Night to pack.Evening
	Day      pack.Class // pack.Weekday or pack.Weekend
	Device   pack.Class // pack.Phone to pack.Desktop
	Region   pack.Class // pack.Region1 to pack.Region8
	Referrer pack.Class // pack.ReferrerNone to pack.ReferrerOther
	// Language is 1 + the index of the page's language in the pack, or 0: then the page's item decides, and where it has
	// none, all languages are suggested.
	Language uint8
}

// Request asks for the suggestions of one slot of one page.
type Request struct {
	// NowMs is the time on the clock of the visit's signals, at most MaxTimeMs.
	NowMs uint64
	// Slot is the slot's index in the pack.
	Slot uint8
	// Size is how many suggestions are wanted, at most pack.MaxSlotSize; 0 is the slot's own size.
	Size uint8
	// Layer is the highest layer that the visitor and the browser allow, 1 to 3. Policy and slot may lower it.
	Layer uint8
	// Item is the page's item, or pack.NoItem: then Topic is what the page is about, or pack.NoTopic. An item has its own
	// topic, and Topic says nothing beside it.
	Item    uint32
	Topic   uint16
	Context Context
	// Explain fills Score and Lift with the posterior's figures at every layer. They tell more of the visit than the
	// suggestions do: for tests and the debug overlay, not for pages.
	Explain bool
	// Public asks for Reply.Public.
	Public bool
}

// Suggestion is an item for a slot, and why.
type Suggestion struct {
	Item uint32
	// Score is the item's probability in millionths: the prior's at layers 1 and 2, the posterior's at layer 3 and
	// where Explain asks.
	Score uint32
	// Lift is posterior over prior in thousandths: 1000 is no change. 0 unless Explain asks.
	Lift   uint32
	Reason Reason
}

// Reply answers a Request.
type Reply struct {
	// Layer is the layer that worked, at most the one asked for.
	Layer uint8
	// Face is which of the page's Faces lists is shown; 0 of 1 at layers 1 and 3.
	Face, Faces uint8
	// SharePermille is the share of plausible visits that would be shown the same list, in thousandths: 1000 where the page has one,
	// and 0 at layer 3, whose lists are a visit's own, and for what was declared on the page, which is the visitor's own word.
	SharePermille uint16
	// BitsSpent and BitsLeft are the visit's budget in 256ths of a bit, after this reply.
	BitsSpent, BitsLeft uint16
	// Public, where it was asked for, are the items that the slot of the page could show to anyone at the layer asked for,
	// or at layer 2 if that is 3: those of all its faces, one after another. It depends on no visit: what a page fetches for them,
	// such as their pictures, tells nothing. The slice is as that of Suggestions.
	Public []uint32
	// Suggestions stand in the order to show them. The slice is the engine's, valid until its next call. Empty when
	// there is nothing to suggest.
	Suggestions []Suggestion
}

// Face is one of the lists that a slot of a page can show at layer 2.
type Face struct {
	// SharePermille is the share of plausible visits that would pick it, in thousandths.
	SharePermille uint16
	// Suggestions are in the order in which they are always shown, as in Reply.
	Suggestions []Suggestion
}

// ReasonCode says why an item is suggested, in terms of the page and the catalogue, not of the visit.
//
// These constants are part of the ABI and should not be changed.
type ReasonCode uint8

const (
	PopularNow    ReasonCode = 1 // many choose it in this context
	SameTopic     ReasonCode = 2 // Reason.Topic: it shares the page's topic
	Similar       ReasonCode = 3 // Reason.Item: the catalogue says they are alike
	OftenTogether ReasonCode = 4 // Reason.Item: many look at or buy both
	InTopic       ReasonCode = 5 // Reason.Topic: it stands for this topic
	YouAsked      ReasonCode = 6 // Reason.Topic: the visitor declared it; it may be a facet, as in Signal
	PickUp        ReasonCode = 7 // a slot for going on with what was looked at
	Related       ReasonCode = 8 // Reason.Item, if any: what is like it, or goes with it, leads to this
)

var reasonNames = [...]string{"", "popular-now", "same-topic", "similar", "often-together", "in-topic", "you-asked", "pick-up", "related"}

// String returns the code's name, or "unknown".
func (c ReasonCode) String() string {
	if c >= PopularNow && c <= Related {
		return reasonNames[c]
	}
	return "unknown"
}

// Reason is a code with its parameter.
type Reason struct {
	Code  ReasonCode
	Topic uint16 // or pack.NoTopic
	Item  uint32 // or pack.NoItem
}
