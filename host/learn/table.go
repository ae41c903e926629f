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
func readTable(in *bufio.Reader, l *layout, put func(*event) error) error {
	head, _ := in.Peek(in.Size())
	header, _, _ := bytes.Cut(head, []byte("\n"))
	r := csv.NewReader(in)
	r.ReuseRecord = true
	for _, delimiter := range []rune{'\t', ';'} {
		if bytes.ContainsRune(header, delimiter) {
			r.Comma = delimiter
		}
	}
	names, err := r.Read()
	if errors.Is(err, io.EOF) {
		return errors.New("it is empty")
	} else if err != nil {
		return atLine(err)
	}
	at, has := l.columns(names)
	if what := l.missing(has); what != "" {
		return errors.New("the header row has " + what)
	}
	row, values := l.begin(), make([]string, len(l.fields))
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return atLine(err)
		}
		for f, k := range at {
			if k >= 0 {
				values[f] = cells[k]
			}
		}
		if err := row(values, has, put); err != nil {
			line, _ := r.FieldPos(0)
			return &lineError{line, err}
		}
	}
}

// columns returns of each field the column that has it, or -1, and whether there is one.
func (l *layout) columns(names []string) (at []int, has []bool) {
	column := map[string]int{}
	for k, name := range names {
		name = columnName(name)
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

// lineError says in which line of a log something is wrong.
type lineError struct {
	line int
	err  error
}

func (e *lineError) Error() string { return e.err.Error() }
func (e *lineError) Unwrap() error { return e.err }

// atLine returns an error of encoding/csv as one of a line.
func atLine(err error) error {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		return err
	}
	text := parse.Err.Error()
	if errors.Is(parse.Err, csv.ErrFieldCount) {
		text = "its number of cells is not that of the header row"
	}
	return &lineError{parse.Line, errors.New(strings.TrimSpace(text))}
}
