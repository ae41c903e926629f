package demo

import (
	"html"
	"regexp"
	"strings"
)

// Body returns the text of a guide, review, comparison, article or help page as HTML: h2, p, ul, li, strong, and links
// within the shop; all else is escaped. It reports false for products and unknown ids.
func Body(id string) (string, bool) {
	s := mustLoad()
	p, ok := s.byID[id]
	if !ok || s.entries[p.entry].body[p.language] == "" {
		return "", false
	}
	return s.markup(s.entries[p.entry].body[p.language], p.language), true
}

func (s *shop) markup(text string, language int) string {
	var b strings.Builder
	list := false
	for _, line := range strings.Split(text, "\n") {
		item, isItem := strings.CutPrefix(line, "- ")
		if list && !isItem {
			b.WriteString("</ul>\n")
		}
		if isItem && !list {
			b.WriteString("<ul>\n")
		}
		list = isItem
		if heading, ok := strings.CutPrefix(line, "## "); ok {
			b.WriteString("<h2>" + s.inline(heading, language) + "</h2>\n")
		} else if isItem {
			b.WriteString("<li>" + s.inline(item, language) + "</li>\n")
		} else if line != "" {
			b.WriteString("<p>" + s.inline(line, language) + "</p>\n")
		}
	}
	if list {
		b.WriteString("</ul>\n")
	}
	return b.String()
}

var (
	link   = regexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)`)
	strong = regexp.MustCompile(`\*\*([^*]+)\*\*`)
)

// inline escapes a line and marks up its links, whose targets are keys of items, and its strong words.
func (s *shop) inline(line string, language int) string {
	line = html.EscapeString(line)
	line = strong.ReplaceAllString(line, "<strong>$1</strong>")
	return link.ReplaceAllStringFunc(line, func(found string) string {
		m := link.FindStringSubmatch(found)
		i, ok := s.byKey[m[2]]
		if !ok {
			return m[1]
		}
		return `<a href="` + html.EscapeString(s.items[language][i].URL) + `">` + m[1] + `</a>`
	})
}
