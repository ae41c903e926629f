package learn

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// readTable reads a table with a header row, parted by commas, semicolons or tabs.
func readTable(in *bufio.Reader, name string, s *sessioniser) error {
	head, _ := in.Peek(in.Size())
	header, _, _ := bytes.Cut(head, []byte("\n"))
	r := csv.NewReader(in)
	r.ReuseRecord = true
	for _, delimiter := range ";\t" {
		if count := func(r rune) int { return bytes.Count(header, []byte(string(r))) }; count(delimiter) > count(r.Comma) {
			r.Comma = delimiter
		}
	}
	r.LazyQuotes = r.Comma == '\t' // exports with tabs have quotes as they are, within JSON say
	names, err := r.Read()
	if errors.Is(err, io.EOF) {
		return errors.New("it is empty")
	} else if err != nil {
		return rowError(err, 1)
	}
	return readRows(r, columnNames(names), name, s)
}

func readRows(r *csv.Reader, names []string, name string, s *sessioniser) error {
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
	for line := 1; ; {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return rowError(err, line+1)
		}
		line, _ = r.FieldPos(0)
		for f, k := range at {
			if k >= 0 {
				values[f] = cells[k]
			}
		}
		if err := row(values, has, s.add); err != nil {
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
	case !errors.As(err, &parse):
		return &lineError{line, unreadable(err)}
	case errors.Is(parse.Err, csv.ErrFieldCount):
		return &lineError{parse.Line, errors.New("its number of cells is not that of the header row")}
	}
	return &lineError{parse.Line, parse.Err}
}
