package learn

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// readTable reads a table with a header row, parted by commas, semicolons or tabs.
func readTable(in *bufio.Reader, name string, s *sessioniser) error {
	head, _ := in.Peek(in.Size())
	header, _, _ := bytes.Cut(head, []byte("\n"))
	r := newTableReader(in)
	for _, delimiter := range ";\t" {
		if count := func(r rune) int { return bytes.Count(header, []byte(string(r))) }; count(delimiter) > count(r.Comma) {
			r.Comma = delimiter
		}
	}
	r.LazyQuotes = r.Comma == '\t' // exports with tabs have quotes as they are, within JSON say
	names, err := r.next()
	if errors.Is(err, io.EOF) {
		return errors.New("it is empty")
	} else if err != nil {
		return err
	}
	return readRows(r, columnNames(names), name, s)
}

// tableReader reads rows of a table, each of maxRecord bytes at most.
type tableReader struct {
	*csv.Reader
	in *recordReader
}

func newTableReader(in io.Reader) *tableReader {
	bounded := &recordReader{r: in}
	r := &tableReader{csv.NewReader(bufio.NewReaderSize(bounded, 1<<16)), bounded}
	r.ReuseRecord = true
	return r
}

// next returns the cells of the next row, which are valid until the next; io.EOF when there is none.
func (r *tableReader) next() ([]string, error) {
	line := r.in.line(r.InputOffset())
	r.in.begin()
	cells, err := r.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, rowError(err, line)
	}
	return cells, err
}

func readRows(r *tableReader, names []string, name string, s *sessioniser) error {
	f, err := choose(name, func(f *format) bool { return f.layout != nil }, names)
	if err != nil {
		return err
	}
	at, has := f.layout.columns(names)
	if what := f.layout.missing(has); what != "" {
		return f.lacks("the header row has " + what)
	}
	if err := s.begin(f); err != nil {
		return err
	}
	row, values := f.layout.begin(), make([]string, len(f.layout.fields))
	for {
		cells, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		for f, k := range at {
			if k >= 0 {
				values[f] = cells[k]
			}
		}
		if err := row(values, has, s.add); err != nil {
			line, _ := r.FieldPos(0)
			return &lineError{line, err}
		}
	}
}

// columnName spells a column's name as fields do.
func columnName(name string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff"))), " ", "_")
}

func columnNames(names []string) []string {
	out := make([]string, len(names))
	for k, name := range names {
		out[k] = columnName(name)
	}
	return out
}

// columns returns of each field the column that has it, or -1, and whether there is one.
func (l *layout) columns(names []string) (at []int, has []bool) {
	column := map[string]int{}
	for k, name := range names {
		if _, taken := column[name]; !taken {
			column[name] = k
		}
	}
	at, has = make([]int, len(l.fields)), make([]bool, len(l.fields))
	for f := range l.fields {
		at[f] = -1
		for _, name := range l.fields[f].names {
			if k, ok := column[name]; ok {
				at[f], has[f] = k, true
				break
			}
		}
	}
	return at, has
}

// rowError returns an error of encoding/csv as one of a line, which is the given one where it does not say.
func rowError(err error, line int) error {
	var parse *csv.ParseError
	switch {
	case errors.Is(err, errLongRecord):
		return &lineError{line, fmt.Errorf("the row that begins here is longer than %d MiB; a quote in it may have no end", maxRecord>>20)}
	case !errors.As(err, &parse):
		return &lineError{line, unreadable(err)}
	case errors.Is(parse.Err, csv.ErrFieldCount):
		return &lineError{parse.Line, errors.New("its number of cells is not that of the header row")}
	}
	if parse.StartLine < parse.Line {
		return &lineError{parse.StartLine, fmt.Errorf("the row that begins here ends in line %d: %w; a quote in it may have no end", parse.Line, parse.Err)}
	}
	return &lineError{parse.Line, parse.Err}
}
