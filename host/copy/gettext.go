package copy

import (
	"regexp"
	"strings"
)

var (
	poLine     = regexp.MustCompile(`^\s*(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)?\s*"((?:[^"\\]|\\.)*)"\s*$`)
	poLanguage = regexp.MustCompile(`(?i)\\nLanguage:\s*([\w-]+)|^Language:\s*([\w-]+)`)
)

// poEntry is a message and its translations.
type poEntry struct {
	text       writer
	translated []writer
	plural     writer
	used       bool
}

// poTexts reads gettext: translations in the language of the header, and messages without one in theirs, which is not told.
func poTexts(x *extraction) error {
	var e poEntry
	var to *writer
	end := func() {
		if e.used {
			x.entry(&e)
		}
		e, to = poEntry{}, nil
	}
	at := 0
	for line := range strings.Lines(x.data) {
		body := strings.TrimRight(line, "\r\n")
		trimmed := strings.TrimSpace(strings.TrimPrefix(body, "\ufeff"))
		switch {
		case trimmed == "":
			end()
		case strings.HasPrefix(trimmed, "#"):
		default:
			m := poLine.FindStringSubmatchIndex(strings.TrimPrefix(body, "\ufeff"))
			if m == nil {
				return failAt(at, "not a line of gettext: want msgid, msgstr or a string in quotation marks, as \"text\"")
			}
			shift := len(body) - len(strings.TrimPrefix(body, "\ufeff"))
			keyword := ""
			if m[2] >= 0 {
				keyword = body[shift+m[2] : shift+m[3]]
			}
			switch {
			case keyword == "msgid" || keyword == "msgctxt" && e.used && len(e.translated) > 0:
				if len(e.translated) > 0 {
					end()
				}
				to = &e.text
				if keyword == "msgctxt" {
					to = &writer{}
				}
				e.used = true
			case keyword == "msgid_plural":
				to = &e.plural
			case strings.HasPrefix(keyword, "msgstr"):
				e.translated = append(e.translated, writer{})
				to = &e.translated[len(e.translated)-1]
			case keyword == "msgctxt":
				to = &writer{}
			case to == nil:
				return failAt(at, "a string that belongs to no msgid or msgstr")
			}
			from := shift + m[4]
			value := body[from : shift+m[5]]
			if len(e.translated) > 0 && e.text.b.Len() == 0 { // the header
				if l := poLanguage.FindStringSubmatch(value); l != nil {
					x.language = l[1] + l[2]
				}
				at += len(line)
				continue
			}
			to.escaped(value, at+from)
		}
		at += len(line)
	}
	end()
	return nil
}

// entry adds the translations of an entry, or where there are none its messages.
func (x *extraction) entry(e *poEntry) {
	key := e.text.b.String()
	found := false
	for i := range e.translated {
		if e.translated[i].b.Len() > 0 {
			found = true
			x.add(&e.translated[i], "", key)
		}
	}
	if found {
		return
	}
	for _, w := range []*writer{&e.text, &e.plural} {
		if s := w.segment("", key); s != nil {
			s.language = detect([]*segment{s})
			if s.language == "" {
				s.language = "en" // what messages are written in where nothing else is said
			}
			x.segments = append(x.segments, s)
		}
	}
}
