package core

import "github.com/nabij/nabij/core/pack"

// SignalKind says what happened in the visit.
//
// These constants are part of the ABI, of saved sessions and of the policy's bit set, and should not be changed.
type SignalKind uint8

const (
	View         SignalKind = 1  // a page was opened: of an item, a topic, or neither (home, unknown)
	Engaged      SignalKind = 2  // Value more milliseconds were spent, visible and active, on the newest page
	Scroll       SignalKind = 3  // the newest page was scrolled to Value percent
	Search       SignalKind = 4  // Text was searched on the site, or a Topic picked in a search
	Filter       SignalKind = 5  // a list was narrowed to Topic, or to what Text says
	BasketAdd    SignalKind = 6  // Item went into the basket
	BasketRemove SignalKind = 7  // Item was taken out
	Purchase     SignalKind = 8  // Item was bought
	Shown        SignalKind = 9  // Item was suggested, and seen
	Chosen       SignalKind = 10 // Item was suggested, and followed
	Dismissed    SignalKind = 11 // "not for me", of Item or of Topic
	Preference   SignalKind = 12 // the visitor declared Topic, or a facet, Value percent strong; 0 takes it back

	// SignalCount is one more than the largest kind.
	SignalCount = 13
)

var signalNames = [SignalCount]string{"", "view", "engaged", "scroll", "search", "filter", "basket-add",
	"basket-remove", "purchase", "shown", "chosen", "dismissed", "preference"}

// String returns the kind's name as visits and policies spell it, or "unknown".
func (k SignalKind) String() string {
	if k >= View && k < SignalCount {
		return signalNames[k]
	}
	return "unknown"
}

// ParseSignalKind returns the kind of that name, and whether there is one.
func ParseSignalKind(name string) (SignalKind, bool) {
	for k := View; k < SignalCount; k++ {
		if signalNames[k] == name {
			return k, true
		}
	}
	return 0, false
}

// MaxTimeMs is the latest time a host may pass: the largest integer that JavaScript holds exactly.
const MaxTimeMs = 1<<53 - 1

// MaxText is the most bytes of text a signal may carry.
const MaxText = 256

// Signal is one thing that happened in the visit.
type Signal struct {
	Kind SignalKind
	// AtMs is when, in milliseconds on any clock of the host's that the whole visit shares, at most MaxTimeMs. A clock
	// that runs back is taken to stand still.
	AtMs uint64
	// Item is the item's dense id, or pack.NoItem.
	Item uint32
	// Topic is a topic of the pack, or pack.NoTopic. For a Preference it may be pack.FirstFacet and a facet.
	Topic uint16
	// Value is what the kind says: milliseconds, percent, or 0.
	Value uint32
	// Text is UTF-8, at most MaxText bytes, read during the call and never kept: what is kept is the topic it points at.
	Text []byte
}

// NewSignal returns a signal without item, topic, value and text.
func NewSignal(kind SignalKind, atMs uint64) Signal {
	return Signal{Kind: kind, AtMs: atMs, Item: pack.NoItem, Topic: pack.NoTopic}
}

// Outcome says what became of a signal that was not refused.
type Outcome uint8

const (
	Counted     Outcome = 0 // it is part of the visit now
	Undeclared  Outcome = 1 // dropped: the site's policy does not declare this kind
	Sensitive   Outcome = 2 // dropped: it is about a sensitive item or topic, or tells how a sensitive page is read
	Meaningless Outcome = 3 // dropped: its text points at no topic
)

var outcomeNames = [4]string{"counted", "undeclared", "sensitive", "meaningless"}

// String returns the outcome's name.
func (o Outcome) String() string { return outcomeNames[o&3] }
