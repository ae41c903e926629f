package catalogue

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Errors of Read and ReadAll. Each comes wrapped, with the file's name and what was expected of it.
var (
	// ErrEmpty is returned when a source was recognised and no item in it could be used.
	ErrEmpty = errors.New("no items")
	// ErrNotRecognised is returned when a source is in none of the formats that this package knows.
	ErrNotRecognised = errors.New("not a format we know")
	// ErrTruncated is returned, after every item that could be read was yielded, when a source ends before it is
	// complete: an XML feed without its closing tag, a quoted cell or JSON array that never ends, half a gzip file.
	ErrTruncated = errors.New("cut short")
	// ErrStrict is returned at the end of a strict reading that had a problem of severity Warning or Error.
	ErrStrict = errors.New("problems found, and strict reading was asked for")
)

// Severity says what a problem cost.
type Severity uint8

const (
	// Note tells of something left out on purpose, such as an unpublished product. Strict reading allows it.
	Note Severity = iota
	// Warning: the item was kept, but something of it was changed, guessed or dropped.
	Warning
	// Error: an item, or a part of the file, was left out.
	Error
)

// String returns the severity's name in lower case.
func (s Severity) String() string {
	switch s {
	case Note:
		return "note"
	case Warning:
		return "warning"
	}
	return "error"
}

// Problem is one thing that was wrong with a source.
type Problem struct {
	Place Place
	// Item is the identifier of the item in question, as far as it is known.
	Item string
	// Field is what the source calls the field in question; empty when the item or file as a whole is meant.
	Field string
	// Kind is a short, stable name that problems of one sort share, such as "missing-title".
	Kind string
	// Message says what was wrong, what was seen and what to do. It is one line of plain text.
	Message  string
	Severity Severity
}

// String returns the problem as one line, as in `feed.xml:12: warning: item 4, price: …`.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.Place.String())
	fmt.Fprintf(&b, ": %s: ", p.Severity)
	switch {
	case p.Item != "" && p.Field != "":
		fmt.Fprintf(&b, "item %s, %s: ", quoteShort(p.Item), p.Field)
	case p.Item != "":
		fmt.Fprintf(&b, "item %s: ", quoteShort(p.Item))
	case p.Field != "":
		fmt.Fprintf(&b, "%s: ", p.Field)
	}
	b.WriteString(p.Message)
	return b.String()
}

// String returns the place as `file:line`, or the file alone when there is no line.
func (p Place) String() string {
	if p.Line > 0 {
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return p.File
}

// Total counts the problems of one kind.
type Total struct {
	Kind     string
	Severity Severity
	Count    int
}

// MaxProblems is how many problems of one kind a Report keeps; Report.Totals counts all of them.
const MaxProblems = 20

// problems gathers a report's problems: the first MaxProblems of each kind, and the number of each.
type problems struct {
	kept   []Problem
	totals []Total
	index  map[string]int // kind to place in totals
}

// note counts a problem and, while there is room, keeps it. The message is only made when it is kept. Prices without a
// currency are a matter of the whole source, so one of those is enough.
func (ps *problems) note(p Problem, format string, args ...any) {
	if ps.index == nil {
		ps.index = make(map[string]int)
	}
	i, ok := ps.index[p.Kind]
	if !ok {
		i = len(ps.totals)
		ps.index[p.Kind] = i
		ps.totals = append(ps.totals, Total{Kind: p.Kind, Severity: p.Severity})
	}
	ps.totals[i].Count++
	ps.totals[i].Severity = max(ps.totals[i].Severity, p.Severity)
	if n := ps.totals[i].Count; n > MaxProblems || (n > 1 && p.Kind == "missing-currency") {
		return
	}
	p.Message = oneLine(fmt.Sprintf(format, args...))
	p.Item = shorten(oneLine(p.Item))
	p.Field = shorten(oneLine(p.Field))
	ps.kept = append(ps.kept, p)
}

// worst counts the problems of severity Warning and above.
func (ps *problems) worst() (warnings, errs int) {
	for _, t := range ps.totals {
		switch t.Severity {
		case Warning:
			warnings += t.Count
		case Error:
			errs += t.Count
		}
	}
	return warnings, errs
}

func (ps *problems) sortedTotals() []Total {
	totals := slices.Clone(ps.totals)
	slices.SortFunc(totals, func(a, b Total) int {
		if a.Severity != b.Severity {
			return int(b.Severity) - int(a.Severity)
		}
		return strings.Compare(a.Kind, b.Kind)
	})
	return totals
}

// quoteShort shows what was seen in a message: quoted, with escapes, and no longer than a person wants to read.
func quoteShort(s string) string { return fmt.Sprintf("%q", shorten(s)) }

// shorten cuts s to what fits in a line of a message.
func shorten(s string) string {
	const longest = 80
	if len(s) <= longest {
		return s
	}
	return cut(s, longest) + "…"
}
