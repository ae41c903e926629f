package copy

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Finding is a place in a file that is out of tone. Lines and columns count from 1, columns in code points; the end is exclusive.
type Finding struct {
	Rule               *Rule
	Language           string
	Instead            string // a neutral wording in the language
	File               string
	Line, Column       int
	EndLine, EndColumn int
	Key                string // what the file calls the text, such as a translation's key; may be empty
	Text               string // the text around it, as one line
	Start, End         int    // which bytes of Text it is
}

// Fault is what was wrong with a file: it could not be read on, or has an allowance that does not hold.
type Fault struct {
	File string
	Line int
	Err  error
}

func (f Fault) Error() string {
	if f.Line > 0 {
		return fmt.Sprintf("%s:%d: %v", f.File, f.Line, f.Err)
	}
	return fmt.Sprintf("%s: %v", f.File, f.Err)
}

func (f Fault) Unwrap() error { return f.Err }

// Options are how files are looked at.
type Options struct {
	// Language is that of files that do not say theirs in their name or content; empty to find out.
	Language string
	// Classes are those that are told; nil for all.
	Classes []Class
	// Allowances excuse findings wherever they fit. Those that did are marked.
	Allowances []*Allowance
}

// Result is what was found in a file.
type Result struct {
	Findings []Finding
	// Faults tell what of the file was not looked at, or which allowances of its own do not hold.
	Faults []Fault
	// Unused are allowances in the file that excuse nothing.
	Unused []Unused
	// Texts is how many texts were looked at, Foreign how many were not, being in a language that there are no rules for, and Allowed how many
	// findings were excused.
	Texts, Foreign, Allowed int
	// Guessed says that the language was neither told nor said by the file: it was told by common words, or, with AllLanguages, by
	// nothing, so that the texts were checked in all of them.
	Guessed, AllLanguages bool
}

// ErrUnknownFormat is what File returns for a name that tells no format that it reads.
var ErrUnknownFormat = errors.New("not a format that is read")

// extractor takes the texts out of a file. It may return those before a fault with it.
type extractor func(x *extraction) error

// extraction is a file that is being taken apart.
type extraction struct {
	name     string
	data     string
	language string // as far as the content says it
	segments []*segment
}

// add adds what a writer has, if that is a text.
func (x *extraction) add(w *writer, language, key string) {
	if s := w.segment(language, key); s != nil {
		x.segments = append(x.segments, s)
	}
}

// lineError is an error with the byte at which it shows.
type lineError struct {
	at  int
	err error
}

func (e lineError) Error() string { return e.err.Error() }

func failAt(at int, format string, args ...any) error {
	return lineError{at, fmt.Errorf(format, args...)}
}

// formats are by the end of the name.
var formats = map[string]extractor{
	".txt": plainTexts, ".text": plainTexts, ".md": markdownTexts, ".markdown": markdownTexts, ".mdx": markdownTexts,
	".html": htmlTexts, ".htm": htmlTexts, ".xhtml": htmlTexts, ".tmpl": htmlTexts, ".gohtml": htmlTexts, ".liquid": htmlTexts, ".hbs": htmlTexts,
	".handlebars": htmlTexts, ".mustache": htmlTexts, ".twig": htmlTexts, ".j2": htmlTexts, ".jinja": htmlTexts, ".jinja2": htmlTexts, ".njk": htmlTexts,
	".ejs": htmlTexts, ".erb": htmlTexts, ".php": htmlTexts, ".phtml": htmlTexts, ".vue": htmlTexts, ".svelte": htmlTexts, ".astro": htmlTexts,
	".mjml": htmlTexts,
	".js":   scriptTexts, ".mjs": scriptTexts, ".cjs": scriptTexts, ".ts": scriptTexts, ".mts": scriptTexts, ".cts": scriptTexts, ".jsx": scriptTexts, ".tsx": scriptTexts,
	".go": goTexts, ".json": jsonTexts, ".arb": jsonTexts, ".yaml": yamlTexts, ".yml": yamlTexts, ".po": poTexts, ".pot": poTexts, ".xlf": xliffTexts,
	".xliff": xliffTexts, ".properties": propertiesTexts, ".strings": appleTexts, ".ftl": fluentTexts, ".csv": tableTexts, ".tsv": tableTexts,
}

// FormatKnown reports whether the name of a file tells a format that File reads.
func FormatKnown(name string) bool { return formatOf(name) != nil }

func formatOf(name string) extractor {
	base := strings.ToLower(filepath.Base(name))
	if base == "strings.xml" || base == "plurals.xml" || base == "arrays.xml" {
		return androidTexts
	}
	return formats[filepath.Ext(base)]
}

// File looks at a file; its name tells the format. An error is returned only for ErrUnknownFormat; all that is wrong with the
// content is in the result.
func (l *Linter) File(name string, data []byte, o Options) (*Result, error) {
	extract := formatOf(name)
	if extract == nil {
		return nil, fmt.Errorf("%s: %w", name, ErrUnknownFormat)
	}
	r := &Result{}
	text, err := decode(name, data)
	where := newLines(text)
	fault := func(err error) {
		line := 0
		if le, ok := errors.AsType[lineError](err); ok {
			line, _ = where.at(le.at)
		}
		r.Faults = append(r.Faults, Fault{File: name, Line: line, Err: err})
	}
	if err != nil {
		fault(err)
		return r, nil
	}
	x := &extraction{name: name, data: text}
	if err := extract(x); err != nil {
		fault(err)
	}
	languages := l.languages(x, o.Language, r)
	for _, s := range x.segments {
		in := s.languages(languages)
		if len(in) == 0 {
			r.Foreign++
			continue
		}
		r.Texts++
		r.Findings = append(r.Findings, l.segment(x.name, s, in, where, o.Classes)...)
	}
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	r.excuse(name, where, o.Allowances, fault)
	if o.Classes != nil {
		r.Unused = nil // what is not told may need them
	}
	return r, nil
}

// segment looks at one text in some languages.
func (l *Linter) segment(name string, s *segment, languages []string, where *lines, classes []Class) []Finding {
	var found []Finding
	for _, lang := range languages {
		for _, m := range l.Text(s.text, lang) {
			if classes != nil && !slices.Contains(classes, m.Rule.Class) {
				continue
			}
			f := Finding{Rule: m.Rule, Language: lang, Instead: m.Instead, File: name, Key: s.key}
			f.Line, f.Column = where.at(s.place(m.Start))
			f.EndLine, f.EndColumn = where.at(s.end(m.End))
			f.Text, f.Start, f.End = oneLine(s.text, m.Start, m.End)
			if !slices.ContainsFunc(found, func(g Finding) bool { return g.Line == f.Line && g.Column == f.Column }) {
				found = append(found, f)
			}
		}
	}
	return found
}

// around is how many bytes of a text are shown on each side of a finding.
const around = 120

// oneLine returns the text around start and end as one line without runs of spaces, and where these are in it.
func oneLine(text string, start, end int) (line string, from, to int) {
	begin, stop := max(start-around, 0), min(end+around, len(text))
	for begin > 0 && !utf8.RuneStart(text[begin]) {
		begin++
	}
	for stop < len(text) && !utf8.RuneStart(text[stop]) {
		stop--
	}
	squeeze := func(s string) string {
		s = strings.Map(func(r rune) rune {
			if r == 0x1a {
				return '…'
			}
			return r
		}, s)
		return spaces.ReplaceAllString(holes.ReplaceAllString(s, "…"), " ")
	}
	before := strings.TrimLeft(squeeze(text[begin:start]), " ")
	if begin > 0 {
		before = "…" + before
	}
	after := strings.TrimRight(squeeze(text[end:stop]), " ")
	if stop < len(text) {
		after += "…"
	}
	middle := squeeze(text[start:end])
	return before + middle + after, len(before), len(before) + len(middle)
}

var (
	spaces = regexp.MustCompile(`[\s\x{a0}\x{202f}]+`)
	holes  = regexp.MustCompile(`…{2,}`)
)

// decode returns a file's text: UTF-8, UTF-16 with a byte order mark, or, of .properties alone, Latin-1. Offsets are those of the UTF-8.
func decode(name string, data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", fmt.Errorf("it begins as UTF-16 and is not: %w", err)
		}
		return string(text), nil
	case utf8.Valid(data):
		if at := bytes.IndexByte(data, 0); at >= 0 {
			return string(data), lineError{at, errors.New("it has a zero byte, so it is no text; save it as UTF-8, or leave it out")}
		}
		return string(data), nil
	case strings.EqualFold(filepath.Ext(name), ".properties"):
		text, err := charmap.ISO8859_1.NewDecoder().Bytes(data)
		return string(text), err
	}
	at := 0
	for at < len(data) {
		r, width := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && width == 1 {
			break
		}
		at += width
	}
	return string(data), lineError{at, fmt.Errorf("byte %#02x is not UTF-8; save the file as UTF-8", data[at])}
}
