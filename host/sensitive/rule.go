package sensitive

import "fmt"

// Source is what a rule goes by.
type Source string

const (
	ByTaxonomy  Source = "taxonomy"         // Google's product category
	ByTopicName Source = "topic name"       // the whole name of a topic
	ByTopic     Source = "topic"            // words in a topic's name
	ByTitle     Source = "title"            // words in a title
	ByAttribute Source = "attribute"        // an attribute, such as age_group
	BySite      Source = "configuration"    // the site's own sensitive_topics and sensitive_items
	ByFeed      Source = "feed"             // what the source of the items says itself
	ByItems     Source = "all of its items" // a topic that nothing else is in
)

// Rule is why something is sensitive.
type Rule struct {
	// Category is empty of what is sensitive because the site or its feed says so, its words aside.
	Category Category
	By       Source
	// Text is the entry of the list or the field of the configuration: "491 Health & Beauty > Health Care", "diabet*",
	// "sensitive_topics[0]". Empty where By says it all.
	Text string
}

// String returns the rule in a line for a person: `health, by "diabet*" in its title`.
func (r Rule) String() string {
	by := ""
	switch r.By {
	case ByTaxonomy:
		by = "by its Google product category " + r.Text
	case ByTopicName:
		by = fmt.Sprintf("by its name %q", r.Text)
	case ByTopic:
		by = fmt.Sprintf("by %q in its name", r.Text)
	case ByTitle:
		by = fmt.Sprintf("by %q in its title", r.Text)
	case ByAttribute:
		by = "by its " + r.Text
	case BySite:
		by = "by the configuration's " + r.Text
	case ByFeed:
		by = "by its feed"
	case ByItems:
		by = "as all of its items are"
	}
	if r.Category != "" {
		return string(r.Category) + ", " + by
	}
	return by
}
