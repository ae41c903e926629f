package catalogue

import (
	"bufio"
	"bytes"
	"encoding/csv"
)

// rows reads the rows of a table, quoted cells over several lines included. A quote that never ends costs one line, not
// the rest of the file.
type rows struct {
	r     *reader
	lines *lines
	delim byte
	width int // cells of the header, 0 before it is read
	row   []byte
	// limit is how large a row over several lines may become. It shrinks with every quote that never ends, so that a file
	// in which quotes mean nothing is not searched to its end again and again, and grows with every row that works out.
	limit int
	bytes bytes.Reader
	buf   *bufio.Reader
}

func newRows(r *reader, br *bufio.Reader, delim byte) *rows {
	return &rows{r: r, lines: newLines(br), delim: delim, limit: maxRecord, buf: bufio.NewReader(nil)}
}

// leastRowLimit is the smallest value of rows.limit, in bytes.
const leastRowLimit = 4096

// next returns the cells of the next row and the number of its first line; ok is false at the end.
func (t *rows) next() (cells []string, line int, ok bool) {
	for {
		first, line, long, ok := t.lines.read()
		if !ok {
			return nil, 0, false
		}
		if long {
			t.r.problem(Error, "too-long", line, "", "", "the line has more than %d bytes; it is left out", maxRecord)
			continue
		}
		if len(bytes.TrimSpace(first)) == 0 {
			continue
		}
		t.row = append(append(t.row[:0], first...), '\n')
		firstLen := len(t.row)
		state := scanQuotes(quoteState{start: true}, t.row, t.delim)
		closed := !state.quoted
		for !closed && len(t.row) <= t.limit {
			more, _, long, ok := t.lines.read()
			if !ok || long {
				break
			}
			begin := len(t.row)
			t.row = append(append(t.row, more...), '\n')
			state = scanQuotes(state, t.row[begin:], t.delim)
			closed = !state.quoted
		}
		if cells, ok := t.accept(firstLen, closed, line); ok {
			return cells, line, true
		}
	}
}

// accept parses the row gathered. When its quotes don't work out, the first line alone is tried with its quotes taken
// literally, and the lines after it are read again.
func (t *rows) accept(firstLen int, closed bool, line int) ([]string, bool) {
	if closed {
		cells := t.parse(t.r.utf8Record(t.row, line))
		manyLines := firstLen < len(t.row)
		if cells != nil && (!manyLines || t.width == 0 || len(cells) == t.width) {
			if manyLines {
				t.limit = min(t.limit*4, maxRecord)
			}
			return cells, true
		}
		if cells != nil && manyLines && len(t.literal(t.row[:firstLen-1])) != t.width {
			return cells, true
		}
	}
	rest := t.row[firstLen:]
	atEnd := !closed && len(t.row) <= t.limit
	t.limit = max(t.limit/4, leastRowLimit)
	literal := t.literal(t.r.utf8Record(t.row[:firstLen-1], line))
	t.lines.unread(rest, line+1)
	if t.width > 0 && len(literal) == t.width {
		t.r.problem(Warning, "stray-quote", line, literal[0], "",
			"a quote begins a cell and does not end it; it is read as part of the text; double the quotes within quoted cells")
		return literal, true
	}
	if atEnd && len(rest) == 0 {
		t.r.problem(Error, "open-quote", line, "", "", "the file ends within a quoted cell; the row is left out; it seems to be cut short")
		t.r.truncated = errOpenQuote
		return nil, false
	}
	t.r.problem(Error, "open-quote", line, "", "",
		"a quoted cell that begins here does not end; the line is left out; double the quotes within quoted cells")
	return nil, false
}

// parse splits a whole row into its cells, nil when it cannot.
func (t *rows) parse(row []byte) []string {
	t.bytes.Reset(row)
	t.buf.Reset(&t.bytes)
	c := csv.NewReader(t.buf)
	c.Comma = rune(t.delim)
	c.LazyQuotes = true
	c.FieldsPerRecord = -1
	cells, err := c.Read()
	if err != nil {
		return nil
	}
	return cells
}

// literal splits a line at every delimiter.
func (t *rows) literal(line []byte) []string {
	var cells []string
	for cell := range bytes.SplitSeq(line, []byte{t.delim}) {
		cells = append(cells, string(cell))
	}
	return cells
}

// quoteState is where in a row the scan is: at the start of a cell, or within quotes.
type quoteState struct{ start, quoted bool }

// scanQuotes follows the quotes of a line, its newline included, by the rules of encoding/csv with LazyQuotes.
func scanQuotes(s quoteState, line []byte, delim byte) quoteState {
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case s.quoted:
			j := bytes.IndexByte(line[i:], '"')
			if j < 0 {
				return s
			}
			i += j
			switch after := line[i+1]; { // a line ends in a newline, so there is one
			case after == '"':
				i++
			case after == delim || after == '\n':
				s.quoted = false
			}
		case c == '"' && s.start:
			s = quoteState{quoted: true}
		default:
			s.start = c == delim || c == '\n'
		}
	}
	return s
}

// sniffDelimiter returns the sign that parts the cells of a header row.
func sniffDelimiter(header []byte) byte {
	counts := map[byte]int{}
	quoted := false
	for _, c := range header {
		if c == '"' {
			quoted = !quoted
		}
		if !quoted {
			counts[c]++
		}
	}
	best := byte(',')
	for _, c := range []byte{'\t', ';', '|'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}
