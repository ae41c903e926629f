package copy

import (
	"regexp"
	"strings"
)

// propertiesTexts reads Java's properties.
func propertiesTexts(x *extraction) error {
	at := 0
	var w writer
	key, going := "", false
	for line := range strings.Lines(x.data) {
		body := strings.TrimRight(line, "\r\n")
		rest := strings.TrimLeft(body, " \t\f")
		start := at + len(body) - len(rest)
		at += len(line)
		if !going {
			if rest == "" || rest[0] == '#' || rest[0] == '!' {
				continue
			}
			m := propertyKey.FindStringIndex(rest)
			key = strings.TrimRight(rest[:m[1]], " \t\f:=")
			rest, start = rest[m[1]:], start+m[1]
		}
		going = trailingBackslashes(rest)%2 == 1
		w.escaped(strings.TrimSuffix(rest, map[bool]string{true: `\`}[going]), start)
		if !going {
			x.add(&w, "", key)
			w = writer{}
		}
	}
	x.add(&w, "", key)
	return nil
}

var propertyKey = regexp.MustCompile(`^(?:[^\\:=\s]|\\.)*\s*[:=]?[ \t\f]*`)

func trailingBackslashes(s string) int { return len(s) - len(strings.TrimRight(s, `\`)) }

var (
	appleComment = regexp.MustCompile(`(?s)^(?:\s+|//[^\n]*|/\*.*?\*/|\x{feff})+`)
	appleEntry   = regexp.MustCompile(`(?s)^("(?:[^"\\]|\\.)*"|[\w.-]+)\s*=\s*"((?:[^"\\]|\\.)*)"\s*;`)
)

// appleTexts reads Apple's .strings.
func appleTexts(x *extraction) error {
	at := 0
	for {
		at += len(appleComment.FindString(x.data[at:]))
		if at >= len(x.data) {
			return nil
		}
		m := appleEntry.FindStringSubmatchIndex(x.data[at:])
		if m == nil {
			return failAt(at, `want "key" = "text"; with a semicolon at the end`)
		}
		var w writer
		w.escaped(x.data[at+m[4]:at+m[5]], at+m[4])
		x.add(&w, "", strings.Trim(x.data[at+m[2]:at+m[3]], `"`))
		at += m[1]
	}
}

var (
	fluentMessage   = regexp.MustCompile(`^(-?[A-Za-z][\w-]*)[ \t]*=[ \t]*`)
	fluentAttribute = regexp.MustCompile(`^[ \t]+(\.[A-Za-z][\w-]*)[ \t]*=[ \t]*`)
	fluentVariant   = regexp.MustCompile(`^[ \t]*\*?\[[^\]\n]*\][ \t]*`)
	fluentSelect    = regexp.MustCompile(`\{[^{}]*->[ \t]*$`)
)

// fluentTexts reads Fluent: messages and their attributes, each variant for itself.
func fluentTexts(x *extraction) error {
	at := 0
	var w writer
	key := ""
	end := func() {
		x.add(&w, "", key)
		w = writer{}
	}
	for line := range strings.Lines(x.data) {
		body := strings.TrimRight(line, "\r\n")
		rest, start := body, at
		at += len(line)
		trimmed := strings.TrimSpace(body)
		switch {
		case trimmed == "" || trimmed == "}":
			continue
		case body[0] == '#':
			end()
			continue
		case body[0] != ' ' && body[0] != '\t':
			end()
			m := fluentMessage.FindStringSubmatchIndex(body)
			if m == nil {
				return failAt(start, "want a message of Fluent, as in: key = text")
			}
			key = body[m[2]:m[3]]
			rest, start = body[m[1]:], start+m[1]
		default:
			for _, p := range []*regexp.Regexp{fluentAttribute, fluentVariant} {
				if m := p.FindStringSubmatchIndex(body); m != nil {
					end()
					if len(m) > 2 {
						key, _, _ = strings.Cut(key, ".")
						key += body[m[2]:m[3]]
					}
					rest, start = body[m[1]:], start+m[1]
					break
				}
			}
		}
		if w.b.Len() > 0 {
			w.instead(" ", start-1, 1)
		}
		w.markup(cover(rest, fluentSelect, ' '), start)
	}
	end()
	return nil
}
