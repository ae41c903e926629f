package catalogue

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

var errOpenArray = errors.New("the file ends within an array; expected ]")

// readJSONValues reads the objects of an array, or objects that stand one after another, each over any number of lines.
// Objects are told apart by their braces alone, so that one that cannot be read costs no other.
func (r *reader) readJSONValues(br *bufio.Reader, head []byte) error {
	s := jsonScanner{br: br, line: 1}
	array := false
	if m := wrapper.Find(head); m != nil {
		s.skip(len(m))
		array = true
	}
	for {
		c, err := s.nextSign()
		if err != nil {
			break
		}
		switch c {
		case '[':
			array = true
		case ']':
			if array {
				return nil // what follows an array is of no use to us
			}
		case ',':
		case '{':
			text, line, whole, long := s.object()
			switch {
			case long:
				r.records++
				r.problem(Error, "too-long", line, "", "", "the object has more than %d bytes; it is left out", maxRecord)
			case !whole:
				r.records++
				r.problem(Error, "truncated", line, "", "", "the object that begins here does not end; expected }")
				r.truncated = fmt.Errorf("the object of line %d never ends; expected }", line)
			default:
				if err := r.addObject(text, line); err != nil && !errors.As(err, new(badObject)) {
					return err
				}
			}
		default:
			line := s.line
			s.skipLine()
			r.problem(Error, "bad-json", line, "", "", "found %q where an object should begin; the line is left out", c)
		}
	}
	if array && r.truncated == nil {
		r.truncated = errOpenArray
	}
	return nil
}

// jsonScanner finds where objects begin and end.
type jsonScanner struct {
	br   *bufio.Reader
	line int
	buf  []byte
}

func (s *jsonScanner) byte() (byte, error) {
	c, err := s.br.ReadByte()
	if c == '\n' {
		s.line++
	}
	return c, err
}

func (s *jsonScanner) skip(n int) {
	for range n {
		if _, err := s.byte(); err != nil {
			return
		}
	}
}

func (s *jsonScanner) skipLine() {
	for {
		if c, err := s.byte(); err != nil || c == '\n' {
			return
		}
	}
}

// nextSign returns the next byte that is no white space.
func (s *jsonScanner) nextSign() (byte, error) {
	for {
		c, err := s.byte()
		if err != nil {
			return 0, io.EOF
		}
		if c > ' ' {
			return c, nil
		}
	}
}

// object returns the object whose opening brace was read. One with a string that is not closed in its line, which JSON
// does not allow, ends there, so that it does not take the next ones with it. The text is valid until the next call.
func (s *jsonScanner) object() (text []byte, line int, whole, long bool) {
	s.buf = append(s.buf[:0], '{')
	line = s.line
	quoted, escaped := false, false // within a string; behind a backslash
	for depth := 1; depth > 0; {
		c, err := s.byte()
		if err != nil {
			return nil, line, false, long
		}
		if long = long || len(s.buf) >= maxRecord; !long {
			s.buf = append(s.buf, c)
		}
		switch {
		case escaped:
			escaped = false
		case quoted && c == '\n':
			return s.buf, line, true, long
		case quoted:
			escaped = c == '\\'
			quoted = c != '"'
		case c == '"':
			quoted = true
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
	}
	return s.buf, line, true, long
}
