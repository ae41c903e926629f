package main

import (
	"bufio"
	"io"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// column is how a table shows one of its columns.
type column struct {
	title string
	right bool
	// shrinks lets cells be cut where the table is wider than what it is shown on.
	shrinks bool
}

// Columns shrink in two rounds: the last of them first, to a width at which most can be read, then the widest.
const (
	fairColumn  = 20
	leastColumn = 14
)

// narrow is the width below which what can be told elsewhere is left out.
const narrow = 100

// gap parts columns.
const gap = "  "

// table is text in aligned columns.
type table struct {
	columns []column
	rows    [][]string
}

func (t *table) add(cells ...string) {
	for i := range cells {
		cells[i] = printable(cells[i])
	}
	t.rows = append(t.rows, cells)
}

// write writes the table, each line after indent, in a width of so many columns if shrinking makes that possible.
func (t *table) write(w io.Writer, indent string, width int, st style) error {
	widths := t.widths(width - len(indent))
	b := bufio.NewWriter(w)
	line := func(cells []string, look func(string) string) {
		var text strings.Builder
		for i, c := range t.columns {
			cell := shorten(cells[i], widths[i])
			pad := strings.Repeat(" ", widths[i]-uniseg.StringWidth(cell))
			if i > 0 {
				text.WriteString(gap)
			}
			if c.right {
				text.WriteString(pad + cell)
			} else {
				text.WriteString(cell + pad)
			}
		}
		b.WriteString(indent + look(strings.TrimRight(text.String(), " ")) + "\n")
	}
	titles := make([]string, len(t.columns))
	for i, c := range t.columns {
		titles[i] = c.title
	}
	line(titles, st.faint)
	for _, row := range t.rows {
		line(row, func(s string) string { return s })
	}
	return b.Flush()
}

func (t *table) widths(most int) []int {
	widths := make([]int, len(t.columns))
	total := len(gap) * (len(t.columns) - 1)
	for i, c := range t.columns {
		widths[i] = uniseg.StringWidth(c.title)
		for _, row := range t.rows {
			widths[i] = max(widths[i], uniseg.StringWidth(row[i]))
		}
		total += widths[i]
	}
	for i := len(widths) - 1; i >= 0; i-- {
		if t.columns[i].shrinks && total > most {
			less := min(total-most, max(widths[i]-fairColumn, 0))
			widths[i] -= less
			total -= less
		}
	}
	for ; total > most; total-- {
		widest := -1
		for i, c := range t.columns {
			if c.shrinks && widths[i] > leastColumn && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break
		}
		widths[widest]--
	}
	return widths
}

// shorten cuts text to a width, an ellipsis included.
func shorten(text string, width int) string {
	if uniseg.StringWidth(text) <= width {
		return text
	}
	var b strings.Builder
	used := 0
	for g := uniseg.NewGraphemes(text); g.Next(); {
		if used += g.Width(); used > width-1 {
			break
		}
		b.WriteString(g.Str())
	}
	return strings.TrimRight(b.String(), " ") + "…"
}

// printable replaces what would move the cursor or change the terminal: titles and ids are a catalogue's, not ours.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, text)
}
