package build

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"

	"github.com/nabij/nabij/host/sensitive"
)

// Sensitivity says what counts as sensitive at a site, why, and what the site takes out of the default lists with which reason. It is
// part of the manifest, and Lists is what visitors may read of it.
type Sensitivity struct {
	// Categories are all default categories, each with what is marked by it. One that is not in force has an exception of its own.
	Categories []SensitiveCategory `json:"categories"`
	// Site is what the site adds, Feed what the sources of the items say themselves.
	Site SensitiveAdditions `json:"site"`
	Feed SensitiveCount     `json:"feed"`
	// Exceptions are in the configuration's order.
	Exceptions []SensitiveException `json:"exceptions"`
}

// SensitiveCount counts items and topics. Each that is sensitive is counted once, by the rule that its mark goes by.
type SensitiveCount struct {
	Items  int `json:"items"`
	Topics int `json:"topics"`
}

// SensitiveCategory is a default category.
type SensitiveCategory struct {
	Category sensitive.Category `json:"category"`
	InForce  bool               `json:"in_force"`
	SensitiveCount
}

// SensitiveAdditions are what a site adds to the default lists.
type SensitiveAdditions struct {
	// TopicPaths are paths from the root, as "Health > Care"; ItemIDs counts the items that are named.
	TopicPaths []string `json:"topic_paths,omitempty"`
	Words      []string `json:"words,omitempty"`
	ItemIDs    int      `json:"item_ids,omitempty"`
	SensitiveCount
}

// SensitiveException is what a site takes out of the default lists.
type SensitiveException struct {
	// Of is "category", "word", "taxonomy", "topic" or "item", and Name which.
	Of     string `json:"of"`
	Name   string `json:"name"`
	Reason string `json:"reason"`
	// The counts are of what a list has and no longer is sensitive, this exception being one that took it out.
	SensitiveCount
}

// exceptionOf returns an exception of the configuration, without counts.
func exceptionOf(x sensitive.Exception) SensitiveException {
	out := SensitiveException{Reason: x.Reason}
	switch {
	case x.Category != "":
		out.Of, out.Name = "category", string(x.Category)
	case x.Word != "":
		out.Of, out.Name = "word", x.Word
	case x.Taxonomy != 0:
		out.Of, out.Name = "taxonomy", strconv.Itoa(x.Taxonomy)
	case len(x.Topic) > 0:
		out.Of, out.Name = "topic", joinPath(x.Topic)
	default:
		out.Of, out.Name = "item", x.Item
	}
	return out
}

// SensitiveName is the name of the file in a built folder that lists what is sensitive. It is for the site's owner, and not in WebFolder.
const SensitiveName = "sensitive.json"

// Marks lists what is sensitive, and why: topics and items in the order of the sources.
type Marks struct {
	Topics []Mark `json:"topics"`
	Items  []Mark `json:"items"`
}

// Mark is a sensitive topic or item, and the rule that it goes by.
type Mark struct {
	// ID is an item's, empty of a topic; Name its title, or the topic's path.
	ID   string `json:"id,omitempty"`
	Name string `json:"name"`
	// Through is the path of the topic that the rule is of, where that is another one: above the topic, or the item's.
	Through  string             `json:"through,omitempty"`
	Category sensitive.Category `json:"category,omitempty"`
	By       sensitive.Source   `json:"by"`
	Text     string             `json:"text,omitempty"`
}

// Why returns the mark's reason in a line for a person.
func (m Mark) Why() string {
	rule := sensitive.Rule{Category: m.Category, By: m.By, Text: m.Text}
	if m.Through != "" {
		return "as " + strconv.Quote(m.Through) + " is: " + rule.String()
	}
	return rule.String()
}

// WriteTo writes the marks as indented JSON with a final newline.
func (m Marks) WriteTo(w io.Writer) (int64, error) { return writeJSON(w, m) }

// ReadMarks reads what WriteTo wrote.
func ReadMarks(r io.Reader) (Marks, error) {
	var m Marks
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	err := d.Decode(&m)
	return m, err
}

// writeJSON writes a value as indented JSON with a final newline.
func writeJSON(w io.Writer, v any) (int64, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return 0, err
	}
	return b.WriteTo(w)
}
