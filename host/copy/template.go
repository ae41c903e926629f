package copy

import (
	"regexp"
	"strings"
)

var (
	// templateTag is what template languages put into HTML: Go, Handlebars, Vue, Liquid, Jinja and Twig, ERB and EJS, PHP.
	templateTag = regexp.MustCompile(`(?s)\{\{\{.*?\}\}\}|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<%.*?%>|<\?.*?(?:\?>|\z)`)
	// templateValue is one that prints something; others steer.
	templateValue = regexp.MustCompile(`^(?:\{\{\{|\{\{-?\s*[^#/!>^\s{}-]|<%[=-]|<\?=)`)
	templateSteer = regexp.MustCompile(`^(?:\{\{[-~]?\s*|\{%[-+]?\s*)(?:if|else|elseif|elsif|elif|end\w*|range|with|define|block|template|for|unless|case|when|each)\b`)
	// templateElse parts texts of which a page has only one.
	templateElse   = regexp.MustCompile(`^(?:\{\{[-~]?\s*|\{%[-+]?\s*|<%-?\s*\}?\s*|<\?php\s*\}?\s*)(?:else|elseif|elsif|elif|when)\b`)
	templateString = regexp.MustCompile(`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`)
)

// uncover replaces templates' tags by as many bytes: holes where they print something, spaces where they steer, form feeds where they
// part. The strings in them that are texts are added.
func (x *extraction) uncover(text string) string {
	return replaceAt(text, templateTag, func(tag string, at int) string {
		if !strings.HasPrefix(tag, "{#") {
			x.strings(tag, at)
		}
		switch {
		case templateElse.MatchString(tag):
			return blank(tag, '\f')
		case templateValue.MatchString(tag) && !templateSteer.MatchString(tag):
			return blank(tag, hole[0])
		}
		return blank(tag, ' ')
	})
}

// strings adds the quoted strings of a template's tag that have a space, and so are no names.
func (x *extraction) strings(tag string, at int) {
	for _, m := range templateString.FindAllStringIndex(tag, -1) {
		if body := tag[m[0]+1 : m[1]-1]; strings.Contains(strings.TrimSpace(body), " ") {
			var w writer
			w.escaped(body, at+m[0]+1)
			x.add(&w, "", "")
		}
	}
}

// replaceAt replaces what a pattern finds by something of the same length, which may depend on where it is.
func replaceAt(text string, pattern *regexp.Regexp, f func(match string, at int) string) string {
	var b strings.Builder
	last := 0
	for _, m := range pattern.FindAllStringIndex(text, -1) {
		b.WriteString(text[last:m[0]])
		b.WriteString(f(text[m[0]:m[1]], m[0]))
		last = m[1]
	}
	b.WriteString(text[last:])
	return b.String()
}
