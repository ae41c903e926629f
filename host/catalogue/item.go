package catalogue

import "github.com/nabij/nabij/core/pack"

// Item is one thing a site can suggest, as a reader found it: text is plain (no markup, no entities, UTF-8, spaces
// folded), references are checked. What is not known is the zero value.
type Item struct {
	// ID is the site's own identifier, unique in a catalogue.
	ID string
	// URL is absolute with scheme http or https, or starts with a single slash. Empty when the source has none.
	URL string
	// Title is never empty.
	Title string
	// Description is the plain text of what the source says of the item. It is used to find similar items and is
	// not packed.
	Description string
	// Image follows the rules of URL.
	Image string
	Kind  pack.Kind
	// Topics are paths from the root of the site's own tree, as in {"Bikes", "City bikes"}, the most telling first.
	Topics [][]string
	// TaxonomyID is the item's number in Google's product taxonomy, 0 when the source has none.
	TaxonomyID int
	Brand      string
	// Attributes are facts that can be compared, such as colour, size, material or author, in the source's order.
	Attributes   []Attribute
	Price        Price
	Availability pack.Availability
	// Language is a BCP 47 tag in lower case, such as "nl" or "en-gb"; empty when the item suits all.
	Language  string
	Sensitive bool
	// Popularity orders a catalogue before there are visits to learn from: larger is more popular, any non-negative
	// scale (orders, sales, ratings). 0 when the source says nothing.
	Popularity float64
	// Aliases are further identifiers under which the source knows the item: those of the variants folded into it, and
	// stock numbers. They are neither checked for uniqueness nor packed; logs of visits and orders may speak of them.
	Aliases []string
	// Place is where the item was read; of a folded item, where its first variant was.
	Place Place
}

// Attribute is one fact of an item. Names are in lower case.
type Attribute struct{ Name, Value string }

// Price is an amount in the currency's minor unit (cents; yen have none) and its ISO 4217 code in upper case.
// The zero value is no price.
type Price struct {
	Minor    int64
	Currency string
}

// Place names a spot in a source for a person: a file or URL, and a line or an element, whichever there is.
type Place struct {
	File string
	// Line counts from 1; 0 when the source has no lines.
	Line int
}
