package pack

// Source is what Write lays out: a site's items, topics, rows, priors, slots and policy, by index into its own slices.
// Item ids are dense: an item's id is its place in Items.
type Source struct {
	// Site names the site, usually its origin. At most 255 bytes.
	Site string
	// Languages are BCP 47 tags, Currencies ISO 4217 codes; Item refers to them. At most 255 each.
	Languages, Currencies []string
	// Items stand in order of popularity, the most popular first.
	Items []Item
	// Topics form a forest; a parent stands before its children.
	Topics []Topic
	// Rows[i] holds the neighbours of item i; TopicRows[t] the items that stand for topic t. Either may be nil or
	// shorter than its counterpart: what is missing is an empty row.
	Rows, TopicRows []Row
	// Terms tell which topic a word points at, for searches and filters.
	Terms []Term
	// Priors are the context's multipliers. A pair that is not listed counts as 1.
	Priors []Prior
	// FacetGroups are the names of the groups that Facets are of, Facets what a visitor can ask for beside topics, those of a
	// group side by side and the groups in order. A group without a facet is refused.
	FacetGroups []string
	Facets      []Facet
	// Slots are the places that suggestions fill, at least one and at most MaxSlots.
	Slots  []Slot
	Policy Policy
}

// Item is what the pack holds of an item. Strings are UTF-8.
type Item struct {
	// ID is the site's own identifier: not empty, and unique in the pack.
	ID string
	// URL is where the item lives; unique unless empty.
	URL string
	// Title and Image are for display alone.
	Title, Image string
	Kind         Kind
	// Topics are indices into Source.Topics, at most MaxItemTopics, the most telling first.
	Topics []uint16
	// Language and Currency are 1 + the index into Source.Languages and Source.Currencies; 0 is none.
	Language, Currency uint8
	// Price is in minor units of the currency (cents); 0 is no price.
	Price        uint32
	Availability Availability
	Sensitive    bool
	// Popularity is relative to the most popular item's 65535, and never rises along Source.Items.
	Popularity uint16
}

// Topic is a node of the site's tree of subjects.
type Topic struct {
	Name string
	// Parent is the index of the parent, or NoTopic for a root.
	Parent    uint16
	Sensitive bool
}

// Row is the neighbours of an item or a topic. Write orders and compands them.
type Row struct {
	// FromContent is true when the row comes from what the catalogue says of the items, false when from what
	// visitors or buyers did together.
	FromContent bool
	Neighbours  []Neighbour
}

// Neighbour is a weighted reference to an item. Weights are comparable across all rows of a pack; only their ratios
// matter. A weight is finite and positive.
type Neighbour struct {
	Item   uint32
	Weight float64
}

// Term says that a word points at a topic. See TermHash for the folding of words.
type Term struct {
	Word  string
	Topic uint16
}

// Prior multiplies the prior of a topic's items by Multiplier in contexts of the given class.
type Prior struct {
	Class      Class
	Topic      uint16
	Multiplier float64
}

// Facet is a value by which the catalogue's items can be told apart: a colour, a size, a price band.
type Facet struct {
	// Group is the index into Source.FacetGroups. Facets of one group are alternatives.
	Group uint8
	// Name is the value as a visitor reads it: not empty, and unique in its group.
	Name string
	// Items have the value: at least one, in rising order, none of them sensitive.
	Items []uint32
}

// Slot is a place on a page that suggestions fill.
type Slot struct {
	// Name is what pages call it: not empty, at most 64 bytes, unique.
	Name string
	// Kinds are the kinds of items it may hold.
	Kinds Kinds
	// Size is how many suggestions it holds when the page does not say, 1 to MaxSlotSize.
	Size uint8
	// Layer is the highest layer it may work at, 1 to 3.
	Layer uint8
	// Repeats says that items already viewed in the visit are welcome (a basket or "continue" slot).
	Repeats bool
	// MinTopics is on how many topics a full list must touch at least, where the catalogue allows; 0 and 1 ask nothing.
	MinTopics uint8
}
