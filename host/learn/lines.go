package learn

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// lineError says in which line of a log something is wrong.
type lineError struct {
	line int
	err  error
}

func (e *lineError) Error() string { return e.err.Error() }
func (e *lineError) Unwrap() error { return e.err }

// lineReader makes events of a line that is no row and no object.
type lineReader func(line []byte, put func(*event) error) error

// maxRecord is the most bytes of one line, or of one object.
const maxRecord = 16 << 20

// lines are the lines of a log, but empty ones.
type lines struct {
	scan   *bufio.Scanner
	number int
	// ended says that the line at hand has an end: the last of a log that is still written need not have one.
	ended bool
}

func newLines(in io.Reader) *lines {
	l := &lines{scan: bufio.NewScanner(in)}
	l.scan.Buffer(nil, maxRecord)
	l.scan.Split(func(data []byte, atEOF bool) (int, []byte, error) {
		advance, token, err := bufio.ScanLines(data, atEOF)
		l.ended = advance > 0 && data[advance-1] == '\n'
		return advance, token, err
	})
	return l
}

// next returns the next line, which is valid until the next; io.EOF when there is none.
func (l *lines) next() ([]byte, error) {
	for l.scan.Scan() {
		l.number++
		if l.scan.Err() != nil && !l.ended {
			return nil, l.at(nil) // the part of it that could be read
		}
		if text := bytes.TrimSpace(bytes.TrimPrefix(l.scan.Bytes(), []byte("\ufeff"))); len(text) > 0 {
			return text, nil
		}
	}
	if l.scan.Err() != nil {
		l.number++
		return nil, l.at(nil)
	}
	return nil, io.EOF
}

// each calls do with every line, until one fails.
func (l *lines) each(do func(text []byte) error) error {
	for {
		text, err := l.next()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := do(text); err != nil {
			return l.at(err)
		}
	}
}

// at returns an error as one of the line at hand. Where the log cannot be read further, that is what is wrong with the line.
func (l *lines) at(err error) error {
	if broken := l.scan.Err(); errors.Is(broken, bufio.ErrTooLong) {
		err = fmt.Errorf("it is longer than %d MiB", maxRecord>>20)
	} else if broken != nil {
		err = unreadable(broken)
	}
	return &lineError{l.number, err}
}

// unreadable says that a log cannot be read further.
func unreadable(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the file ends in the middle of what was compressed; it is not whole: %w", err)
	}
	return fmt.Errorf("the file cannot be read further: %w", err)
}

// readLines reads a log of lines that are neither rows nor objects.
func readLines(in *bufio.Reader, f *format, s *sessioniser) error {
	if err := s.begin(f); err != nil {
		return err
	}
	l, read := newLines(in), f.line(s.key)
	return l.each(func(text []byte) error {
		err := read(text, s.add)
		if !l.ended && l.scan.Err() == nil && errors.Is(err, errLine) {
			return nil // it is being written
		}
		return err
	})
}

// errLine is wrapped by what is wrong with the form of a line.
var errLine = errors.New("this is no line of the format")
