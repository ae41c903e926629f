package pack

// Kind says what an item is, and so what help it gives: a product to look at, a guide that explains, a page that
// answers a question. Slots allow kinds; the visit's mode prefers some over others.
//
// These constants are part of the wire format and should not be changed.
type Kind uint8

const (
	KindProduct    Kind = 0 // something that can be bought
	KindArticle    Kind = 1 // news, a story, a post: inspiration
	KindGuide      Kind = 2 // explains how to choose, use or maintain
	KindReview     Kind = 3 // judges one item, or collects what buyers say
	KindComparison Kind = 4 // sets several items side by side
	KindHelp       Kind = 5 // delivery, returns, payment, support, frequent questions
	KindCategory   Kind = 6 // a listing page of the site itself

	// KindCount is the number of kinds that version 1 knows.
	KindCount = 7
)

var kindNames = [KindCount]string{"product", "article", "guide", "review", "comparison", "help", "category"}

// String returns the kind's name as feeds, visits and documents spell it, or "unknown".
func (k Kind) String() string {
	if k < KindCount {
		return kindNames[k]
	}
	return "unknown"
}

// ParseKind returns the kind of that name, and whether there is one.
func ParseKind(name string) (Kind, bool) {
	for i, n := range kindNames {
		if n == name {
			return Kind(i), true
		}
	}
	return 0, false
}

// Kinds is a set of kinds: bit k is set when Kind(k) is in it.
type Kinds uint8

// AllKinds is the set of every kind.
const AllKinds Kinds = 1<<KindCount - 1

// KindsOf returns the set of the kinds given.
func KindsOf(kinds ...Kind) Kinds {
	var set Kinds
	for _, k := range kinds {
		set |= 1 << k
	}
	return set
}

// Has reports whether k is in the set.
func (s Kinds) Has(k Kind) bool { return k < KindCount && s>>k&1 == 1 }

// Availability says whether an item can be had now. Only OutOfStock keeps it from being suggested.
//
// These constants are part of the wire format and should not be changed.
type Availability uint8

const (
	AvailabilityUnknown Availability = 0 // not said, or not something that is sold
	InStock             Availability = 1
	OutOfStock          Availability = 2
	OnOrder             Availability = 3 // preorder or backorder: can be ordered, comes later
)

var availabilityNames = [4]string{"unknown", "in_stock", "out_of_stock", "on_order"}

// String returns the availability's name.
func (a Availability) String() string { return availabilityNames[a&3] }
