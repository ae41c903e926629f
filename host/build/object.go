package build

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// object reads the fields of a JSON object strictly. Faults are gathered, so that a person mends them in one go.
type object struct {
	path   string // "" for the root, else "slots[0]"
	names  []string
	values map[string]json.RawMessage
	asked  []string
	all    *faults
}

type faults struct{ list []string }

// openObject reads the root object of a document.
func openObject(data []byte) *object {
	o := &object{all: &faults{}}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		o.broken(data, err)
		return o
	}
	o.read(data)
	return o
}

// broken reports JSON that is none, by line and column.
func (o *object) broken(data []byte, err error) {
	var s *json.SyntaxError
	if !errors.As(err, &s) || s.Offset >= int64(len(data)) && strings.Contains(err.Error(), "unexpected end") {
		o.faultAt("", "not JSON: it ends too soon")
		return
	}
	before := data[:max(s.Offset-1, 0)]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	o.faultAt("", "line %d, column %d: not JSON: %v", line, column, err)
}

// read takes an object's fields apart, and refuses what is no object and a name that stands twice. The data is JSON.
func (o *object) read(data []byte) {
	o.values = map[string]json.RawMessage{}
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		o.faultAt(o.path, "got %s, want an object in braces", described(data))
		return
	}
	for d.More() {
		t, err := d.Token()
		name, ok := t.(string)
		var value json.RawMessage
		if err != nil || !ok || d.Decode(&value) != nil {
			return // not reached: the data is JSON
		}
		if _, twice := o.values[name]; twice {
			o.fault(name, "stands twice")
			continue
		}
		o.names = append(o.names, name)
		o.values[name] = value
	}
}

// close reports the fields that nobody asked for.
func (o *object) close() {
	for _, n := range o.names {
		known := false
		for _, a := range o.asked {
			known = known || a == n
		}
		if !known {
			o.fault(n, "unknown field, want one of %s", strings.Join(o.asked, ", "))
		}
	}
}

func (o *object) fault(name, format string, args ...any) {
	o.faultAt(o.join(name), format, args...)
}

func (o *object) faultAt(path, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if path != "" {
		text = path + ": " + text
	}
	o.all.list = append(o.all.list, text)
}

func (o *object) join(name string) string {
	if o.path == "" {
		return name
	}
	return o.path + "." + name
}

// has reports whether the field is there, and notes that it is known. A field that is null is not there.
func (o *object) has(name string) bool {
	known := false
	for _, a := range o.asked {
		known = known || a == name
	}
	if !known {
		o.asked = append(o.asked, name)
	}
	v, ok := o.values[name]
	return ok && string(v) != "null"
}

// text reads a string of at most most bytes.
func (o *object) text(name string, most int, to *string) {
	if !o.has(name) {
		return
	}
	var s string
	switch v := o.values[name]; {
	case json.Unmarshal(v, &s) != nil:
		o.fault(name, "got %s, want a string", described(v))
	case len(s) > most:
		o.fault(name, "got %d bytes, want at most %d", len(s), most)
	default:
		*to = s
	}
}

func (o *object) boolean(name string, to *bool) {
	if o.has(name) && json.Unmarshal(o.values[name], to) != nil {
		o.fault(name, "got %s, want true or false", described(o.values[name]))
	}
}

// integer reads a whole number from least to most, and returns none when the field is not there or wrong.
func (o *object) integer(name string, none, least, most int64) int64 {
	if !o.has(name) {
		return none
	}
	v, ok := integerOf(o.values[name])
	if !ok || v < least || v > most {
		o.fault(name, "got %s, want a whole number from %d to %d", described(o.values[name]), least, most)
		return none
	}
	return v
}

// number is integer for any number.
func (o *object) number(name string, none, least, most float64) float64 {
	if !o.has(name) {
		return none
	}
	var v float64
	if json.Unmarshal(o.values[name], &v) != nil || !(v >= least && v <= most) {
		o.fault(name, "got %s, want a number from %.3g to %.3g", described(o.values[name]), least, most)
		return none
	}
	return v
}

// integers reads a list of at most most whole numbers.
func (o *object) integers(name string, least, high int64, most int, each func(i int, v int64)) {
	for i, raw := range o.list(name, most) {
		v, ok := integerOf(raw)
		if !ok || v < least || v > high {
			o.fault(fmt.Sprintf("%s[%d]", name, i), "got %s, want a whole number from %d to %d", described(raw), least, high)
			continue
		}
		each(i, v)
	}
}

// texts calls each with the strings of a list, and the path of each.
func (o *object) texts(name string, each func(path, s string)) {
	for i, raw := range o.list(name, math.MaxInt) {
		path := fmt.Sprintf("%s[%d]", o.join(name), i)
		var s string
		if string(raw) == "null" || json.Unmarshal(raw, &s) != nil || s == "" {
			o.faultAt(path, "got %s, want a string", described(raw))
			continue
		}
		each(path, s)
	}
}

// each calls read with the objects of a list.
func (o *object) each(name string, most int, read func(*object)) {
	for i, raw := range o.list(name, most) {
		child := &object{path: fmt.Sprintf("%s[%d]", o.join(name), i), all: o.all}
		before := len(o.all.list)
		if child.read(raw); len(o.all.list) == before {
			read(child)
		}
	}
}

// object returns the object of a field, or nil when it is not there or is none.
func (o *object) object(name string) *object {
	if !o.has(name) {
		return nil
	}
	child := &object{path: o.join(name), all: o.all}
	before := len(o.all.list)
	if child.read(o.values[name]); len(o.all.list) > before {
		return nil
	}
	return child
}

func (o *object) list(name string, most int) []json.RawMessage {
	if !o.has(name) {
		return nil
	}
	var l []json.RawMessage
	if json.Unmarshal(o.values[name], &l) != nil {
		o.fault(name, "got %s, want a list in brackets", described(o.values[name]))
		return nil
	}
	if len(l) > most {
		o.fault(name, "got %d entries, want at most %d", len(l), most)
		return nil
	}
	return l
}

// integerOf reads a whole number that a float64 holds exactly.
func integerOf(raw json.RawMessage) (int64, bool) {
	var f float64
	if string(raw) == "null" || json.Unmarshal(raw, &f) != nil || f != math.Trunc(f) || math.Abs(f) > 1<<53 {
		return 0, false
	}
	return int64(f), true
}

// described shows a value in a message, cut to a length that fits a line.
func described(raw json.RawMessage) string {
	const most = 40
	s := strings.Join(strings.Fields(string(raw)), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
