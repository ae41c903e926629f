package pack

// Policy is what a site allows the engine to do with a visit, and the numbers it does it with.
type Policy struct {
	// MaxLayer is the highest layer the site allows: 1 context only, 2 the visit picks a face, 3 opt-in.
	MaxLayer uint8
	// Faces is the most lists that one slot of one page can show at layer 2: 1, 2, 4 or 8. With 1 the visit never shows.
	Faces uint8
	// Bits is the budget of a whole visit at layer 2, at most 32: what all the lists it was shown can tell together.
	// When it is spent, or too small for a page's faces, that page shows its context-only list.
	Bits uint8
	// FirstPages is how many page views a visit must have had before layer 2 starts to work: an unknown brand does not
	// know its visitor.
	FirstPages uint8
	// Signals is the set of declared signals, bit s for signal kind s of package core. Others are not counted.
	Signals uint16
	// SettleMs is how long a signal rests, in milliseconds, before it counts; it also waits for the next page view.
	SettleMs uint32
	// HalfLifeMs is the age, in milliseconds, at which a signal weighs half. 0 lets no signal age.
	HalfLifeMs uint32
	// FatigueShown is how often a topic is shown without being chosen before it backs off. 0 turns fatigue off.
	FatigueShown uint8
	// FloorPermille is popularity's share of every prior and posterior, in thousandths, 1 to 1000: the floor under
	// items that no row names.
	FloorPermille uint16
	// HopPermille is the gain of the second hop in thousandths of the first, 0 to 4000; 0 turns it off.
	HopPermille uint16
	// RepeatPermille is the weight, in thousandths of all the mass of the visit's rows, that a viewed item has in a slot
	// that welcomes repeats, before RepeatRecency. 0 to 4000.
	RepeatPermille uint16
	// FaceVisits is how many one-item visits are thought plausible when a page's faces are chosen, 1 to MaxFaceVisits.
	FaceVisits uint8
	// FaceSharePermille is the least share of plausible visits that keeps a face, in thousandths.
	FaceSharePermille uint16
	// Recency[k] is the weight, of 255, of the item viewed k views before the newest; 0 beyond the table.
	Recency [16]uint8
	// RepeatRecency is the same for repeats.
	RepeatRecency [16]uint8
	// Intent says what of a visit's intent follows from its signals.
	Intent IntentPolicy
}

// IntentPolicy is how fast topics fade from the intent, and what its modes want.
type IntentPolicy struct {
	// TopicRecency is one less than what each further view leaves, of 256, of what a topic weighs in the intent: 255 leaves all.
	TopicRecency uint8
	// KindMix[m][k] is how much a visit of mode m wants kind k, in 16ths of what it would without a mode, at most MaxKindMix. The surer
	// the mode is, the more of that counts. The modes are those of package core.
	KindMix [ModeCount][KindCount]uint8
}

// ModeCount is the number of modes that version 1 knows; package core says what they mean.
const ModeCount = 5

// MaxKindMix is the most that a mode wants a kind, in 16ths: double.
const MaxKindMix = 32

// usualIntent is what holds where a pack says nothing of it. It never changes.
var usualIntent = IntentPolicy{
	TopicRecency: 255,
	KindMix: [ModeCount][KindCount]uint8{
		// product, article, guide, review, comparison, help, category
		{16, 20, 18, 14, 14, 8, 16},  // exploring: inspiration
		{16, 10, 18, 20, 28, 8, 12},  // comparing: things set side by side, and judged
		{14, 8, 14, 26, 18, 20, 8},   // deciding: reviews, delivery and returns
		{8, 8, 22, 12, 10, 32, 8},    // needing help: answers
		{10, 18, 20, 12, 10, 20, 12}, // leaving: nothing more to buy, but what is of use afterwards
	},
}

// DefaultPolicy returns the policy of a site that has not said otherwise.
func DefaultPolicy() Policy {
	return Policy{
		MaxLayer:          3,
		Faces:             8,
		Bits:              12,
		FirstPages:        2,
		Signals:           1<<13 - 2, // every kind: 1 to 12
		SettleMs:          8_000,
		HalfLifeMs:        30 * 60_000,
		FatigueShown:      3,
		FloorPermille:     50,
		HopPermille:       500,
		RepeatPermille:    800,
		FaceVisits:        40,
		FaceSharePermille: 150,
		// round(255·e^(−k)) and round(255·e^(−k/4)): the exponential decay of SLIST (Choi et al., "Session-aware
		// Linear Item-Item Models for Session-based Recommendation", WWW 2021, section 3.4).
		Recency:       [16]uint8{255, 94, 35, 13, 5, 2, 1},
		RepeatRecency: [16]uint8{255, 199, 155, 120, 94, 73, 57, 44, 35, 27, 21, 16, 13, 10, 8, 6},
		Intent:        usualIntent,
	}
}
