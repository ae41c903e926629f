package copy

import (
	"html"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"
)

// segment is a text of a file: what a reader sees, and where each byte of it stands in the file.
type segment struct {
	text     string
	language string // where the file says it, else empty
	key      string // what the file calls the text, else empty
	runs     []run
}

// run is a stretch of a segment. Text bytes from its beginning to the next run's stand in the file from at on, one for one, or, with
// a width, all are written as that many bytes there: an entity or an escape.
type run struct{ text, at, width int }

// place returns where a byte of the text begins in the file.
func (s *segment) place(i int) int {
	r := s.runs[sort.Search(len(s.runs), func(k int) bool { return s.runs[k].text > i })-1]
	if r.width > 0 {
		return r.at
	}
	return r.at + i - r.text
}

// end returns where text that ends before byte i ends in the file.
func (s *segment) end(i int) int {
	r := s.runs[sort.Search(len(s.runs), func(k int) bool { return s.runs[k].text > i-1 })-1]
	if r.width > 0 {
		return r.at + r.width
	}
	return r.at + i - r.text
}

// writer makes a segment.
type writer struct {
	b    strings.Builder
	runs []run
}

// as adds text that is written in the file from at on, byte for byte.
func (w *writer) as(text string, at int) {
	if text == "" {
		return
	}
	w.runs = append(w.runs, run{w.b.Len(), at, 0})
	w.b.WriteString(text)
}

// instead adds text that is written otherwise, as width bytes of the file from at on.
func (w *writer) instead(text string, at, width int) {
	if text == "" {
		return
	}
	w.runs = append(w.runs, run{w.b.Len(), at, max(width, 1)})
	w.b.WriteString(text)
}

var entity = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});`)

// markup adds text of a file with its entities read.
func (w *writer) markup(text string, at int) {
	for {
		m := entity.FindStringIndex(text)
		if m == nil {
			w.as(text, at)
			return
		}
		w.as(text[:m[0]], at)
		w.instead(html.UnescapeString(text[m[0]:m[1]]), at+m[0], m[1]-m[0])
		text, at = text[m[1]:], at+m[1]
	}
}

// segment returns what was added, nil where that has no letter.
func (w *writer) segment(language, key string) *segment {
	text := w.b.String()
	if strings.IndexFunc(text, isLetter) < 0 {
		return nil
	}
	return &segment{text: text, language: language, key: key, runs: w.runs}
}

// lines tells lines and columns of a file.
type lines struct {
	data   string
	starts []int
}

func newLines(data string) *lines {
	l := &lines{data: data, starts: []int{0}}
	for i := range len(data) {
		if data[i] == '\n' {
			l.starts = append(l.starts, i+1)
		}
	}
	return l
}

// at returns the line and the column of a byte, both from 1; columns are code points.
func (l *lines) at(offset int) (line, column int) {
	offset = min(max(offset, 0), len(l.data))
	n := sort.SearchInts(l.starts, offset+1)
	return n, utf8.RuneCountInString(l.data[l.starts[n-1]:offset]) + 1
}
