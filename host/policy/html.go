package policy

import (
	"bytes"
	_ "embed"
	"fmt"
	"html"
	"io"
	"strings"
)

// The names of a document's files, which stay the same from build to build, so that a site can link to them.
const JSONName = "policy.json"

// HTMLName is the name of a language's page.
func HTMLName(language Language) string { return "policy." + string(language) + ".html" }

// pageHead is a page up to its header. It is filled in by hand, as is the rest: html/template makes of a worker at the edge 12 MB instead
// of 8, since what reflection may call cannot be left out.
//
//go:embed page.html
var pageHead string

// WriteHTML writes the page of a language: one that needs nothing else, has no script and asks for nothing. It links to the others by
// their names, so they belong in one folder.
func (d Document) WriteHTML(w io.Writer, language Language) error {
	other := Dutch
	if language == Dutch {
		other = English
	}
	p := d.Page(language)
	var b bytes.Buffer
	b.WriteString(strings.NewReplacer("{{.Language}}", string(language), "{{.Title}}", html.EscapeString(p.Title)).Replace(pageHead))
	fmt.Fprintf(&b, "<header><a href=\"%s\" lang=\"%s\" hreflang=\"%s\">%s</a></header>\n<main>\n", HTMLName(other), other, other, wordsOf(other).name)
	fmt.Fprintf(&b, "<h1>%s</h1>\n<p>%s</p>\n", html.EscapeString(p.Title), html.EscapeString(p.Lead))
	for _, s := range p.Sections {
		heading := html.EscapeString(s.Heading)
		switch {
		case s.Technical:
			fmt.Fprintf(&b, "\n<details id=\"%s\"><summary>%s</summary>", s.ID, heading)
		case s.ID == "short":
			fmt.Fprintf(&b, "\n<section id=\"%s\" class=\"short\">\n<h2>%s</h2>", s.ID, heading)
		default:
			fmt.Fprintf(&b, "\n<section id=\"%s\">\n<h2>%s</h2>", s.ID, heading)
		}
		s.writeBody(&b)
		if s.Technical {
			b.WriteString("\n</details>")
		} else {
			b.WriteString("\n</section>")
		}
	}
	fmt.Fprintf(&b, "\n</main>\n<footer><a href=\"%s\">%s</a></footer>\n</html>\n", JSONName, html.EscapeString(wordsOf(language).data))
	_, err := b.WriteTo(w)
	return err
}

func (s *Section) writeBody(b *bytes.Buffer) {
	for _, text := range s.Paragraphs {
		b.WriteString("\n<p>" + html.EscapeString(text) + "</p>")
	}
	if len(s.Rows) > 0 {
		b.WriteString("\n<dl>")
		for _, row := range s.Rows {
			b.WriteString("\n<div><dt>" + html.EscapeString(row.Term) + "</dt><dd>" + html.EscapeString(row.Text) + "</dd></div>")
		}
		b.WriteString("\n</dl>")
	}
	if len(s.Points) > 0 {
		b.WriteString("\n<ul>")
		for _, text := range s.Points {
			b.WriteString("\n<li>" + html.EscapeString(text) + "</li>")
		}
		b.WriteString("\n</ul>")
	}
}
