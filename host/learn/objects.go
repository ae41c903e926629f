package learn

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

// objectReader makes events of an object that has others in it.
type objectReader func(text []byte, put func(*event) error) error

// readObjects reads JSON Lines.
func readObjects(in *bufio.Reader, name string, s *sessioniser) error {
	var read objectReader
	return newLines(in).each(func(text []byte) (err error) {
		if read == nil {
			if read, err = objectsLike(text, name, s); err != nil {
				return err
			}
		}
		return read(text, s.add)
	})
}

// readArray reads an array of objects, as APIs answer.
func readArray(in *bufio.Reader, name string, s *sessioniser) error {
	bounded := &recordReader{r: in}
	bounded.begin()
	d := json.NewDecoder(bounded)
	at := func(err error, begin int64) error {
		switch {
		case errors.Is(err, errLongRecord):
			err = fmt.Errorf("the object that begins here is longer than %d MiB", maxRecord>>20)
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			err = errors.New("the array has no end; the file is not whole")
		}
		return &lineError{bounded.line(begin), fmt.Errorf("byte %d: %w", d.InputOffset(), err)}
	}
	if _, err := d.Token(); err != nil {
		return at(err, 0)
	}
	var read objectReader
	var text json.RawMessage
	for {
		bounded.begin()
		if !d.More() {
			break
		}
		if err := d.Decode(&text); err != nil {
			return at(err, d.InputOffset()+blank(d.Buffered()))
		}
		var err error
		if read == nil {
			read, err = objectsLike(text, name, s)
		}
		if err == nil {
			err = read(text, s.add)
		}
		begin := d.InputOffset() - int64(len(text))
		if err != nil {
			return at(err, begin)
		}
		bounded.line(begin) // what is before it is asked for no more
	}
	if _, err := d.Token(); err != nil {
		return at(err, d.InputOffset())
	}
	return nil
}

// blank returns how many bytes of white space are next.
func blank(r io.Reader) (n int64) {
	for b := bufio.NewReader(r); ; n++ {
		if c, err := b.ReadByte(); err != nil || !bytes.ContainsRune([]byte(" \t\r\n"), rune(c)) {
			return n
		}
	}
}

// objectsLike returns what reads objects like the given one.
func objectsLike(text []byte, name string, s *sessioniser) (objectReader, error) {
	members, err := membersOf(text)
	if err != nil {
		return nil, err
	}
	f, err := choose(name, func(f *format) bool { return f.layout != nil || f.object != nil }, slices.Collect(maps.Keys(members)))
	if err != nil {
		return nil, err
	}
	if err := s.begin(f); err != nil {
		return nil, err
	}
	if f.object != nil {
		return f.object(), nil
	}
	return flatObjects(f), nil
}

func membersOf(text []byte) (map[string]json.RawMessage, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil {
		return nil, fmt.Errorf("no JSON object: %w", err)
	}
	return members, nil
}

// flatObjects returns what reads objects as the rows of a layout.
func flatObjects(f *format) objectReader {
	l := f.layout
	row, values, has := l.begin(), make([]string, len(l.fields)), make([]bool, len(l.fields))
	return func(text []byte, put func(*event) error) error {
		members, err := membersOf(text)
		if err != nil {
			return err
		}
		for f := range l.fields {
			values[f], has[f] = "", false
			for _, name := range l.fields[f].names {
				if value := members[name]; value != nil && string(value) != "null" {
					values[f], has[f] = textOf(value), true
					break
				}
			}
		}
		if what := l.missing(has); what != "" {
			return f.lacks("it has " + what)
		}
		return row(values, has, put)
	}
}

// textOf returns a member's text, or anything else as JSON spells it.
func textOf(value json.RawMessage) string {
	var s string
	if json.Unmarshal(value, &s) != nil {
		s = string(value)
	}
	return s
}
