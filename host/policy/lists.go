package policy

import (
	"fmt"
	"strings"
)

// Lists are the default lists by which a build marked what is sensitive, as far as they are in force. A pack does not tell them.
type Lists struct {
	// Categories are those in force: "health", and so on, as host/sensitive names them.
	Categories []string `json:"categories"`
	// Exceptions are what the site takes out of them.
	Exceptions []Exception `json:"exceptions"`
}

// Exception is something that a site takes out of the default lists.
type Exception struct {
	// Of is "category", "word", "taxonomy", "topic" or "item", and Name which.
	Of   string `json:"of"`
	Name string `json:"name"`
	// Reason is the site's own words, in whatever language.
	Reason string `json:"reason"`
}

// paragraphs says by what was looked for, and what was taken out of that and why.
func (l *Lists) paragraphs(w *words) []string {
	if l == nil {
		return nil
	}
	var about, out []string
	for _, c := range l.Categories {
		about = append(about, w.nameOf("category", c))
	}
	for _, x := range l.Exceptions {
		out = append(out, w.nameOf(x.Of, x.Name)+" (“"+x.Reason+"”)")
	}
	var paragraphs []string
	if len(about) > 0 {
		paragraphs = append(paragraphs, fmt.Sprintf(w.sensitiveLists, strings.Join(about, ", ")))
	}
	if len(out) > 0 {
		paragraphs = append(paragraphs, fmt.Sprintf(w.sensitiveExcept, strings.Join(out, "; ")))
	}
	return paragraphs
}

// nameOf names a category, or something of another sort.
func (w *words) nameOf(of, name string) string {
	if said, ok := w.category[name]; ok && of == "category" {
		return said
	}
	if said, ok := w.exception[of]; ok {
		return fmt.Sprintf(said, name)
	}
	return name
}
