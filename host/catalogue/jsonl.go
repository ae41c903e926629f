package catalogue

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// wrapper is an object around the array of items, as shops' interfaces answer.
var wrapper = regexp.MustCompile(`^\s*\{\s*"(?:items|products|data|entries|results|articles|pages)"\s*:\s*\[`)

// readJSON reads JSON Lines, one object a line; or objects one after another over several lines each; or an array of
// objects, which may be the "items", "products", "data", "entries", "results", "articles" or "pages" of an object.
//
// The members are listed in the package documentation.
func (r *reader) readJSON(br *bufio.Reader, head []byte) error {
	first, _, _ := bytes.Cut(bytes.TrimLeft(head, " \t\r\n"), []byte("\n"))
	first = bytes.TrimSpace(first)
	if len(first) > 1 && first[0] == '{' && first[len(first)-1] == '}' && json.Valid(first) && !wrapper.Match(head) {
		return r.readJSONLines(br)
	}
	return r.readJSONValues(br, head)
}

// readJSONLines reads one object a line. A line that cannot be read costs no other.
func (r *reader) readJSONLines(br *bufio.Reader) error {
	in := newLines(br)
	for {
		line, number, long, ok := in.read()
		if !ok {
			return nil
		}
		if long {
			r.records++
			r.problem(Error, "too-long", number, "", "", "the line has more than %d bytes; it is left out", maxRecord)
			continue
		}
		text := bytes.TrimSpace(line)
		if len(text) == 0 {
			continue
		}
		if err := r.addObject(text, number); err != nil {
			var syntax *json.SyntaxError
			if !in.ended && errors.As(err, &syntax) && strings.Contains(err.Error(), "unexpected end") {
				r.truncated = fmt.Errorf("line %d ends within an object; expected }", number)
			}
			if !errors.As(err, new(badObject)) {
				return err
			}
		}
	}
}

// badObject is the error of an object that was left out and reported.
type badObject struct{ error }

func (e badObject) Unwrap() error { return e.error }

// addObject reads one object. What is wrong with it is reported, and returned as a badObject.
func (r *reader) addObject(text []byte, line int) error {
	text = r.utf8Record(text, line)
	members, err := objectMembers(text)
	if err != nil {
		r.records++
		r.problem(Error, "bad-json", line, "", "", "%s cannot be read as a JSON object: %v; it is left out",
			quoteShort(string(text)), err)
		return badObject{err}
	}
	names := make([]string, len(members))
	for i, m := range members {
		names[i] = m.name
	}
	fields := fieldsOf(names)
	rec := record{line: line, called: make(map[string]string)}
	group := ""
	for _, m := range members {
		name := fieldName(m.name)
		field := fields[name]
		if field != "" {
			rec.called[field] = m.name
		}
		if field == "group" {
			group = scalar(m.value)
			continue
		}
		rec.setJSON(field, name, m.value)
	}
	return r.addVariant(group, rec.name("group"), &rec)
}

// member is one name and value of an object, which are kept in order.
type member struct {
	name  string
	value json.RawMessage
}

func objectMembers(text []byte) ([]member, error) {
	if len(text) == 0 || text[0] != '{' {
		return nil, errors.New("it is no object")
	}
	if !json.Valid(text) {
		var v any
		if err := json.Unmarshal(text, &v); err != nil {
			return nil, err
		}
	}
	d := json.NewDecoder(bytes.NewReader(text))
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	var members []member
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		name, ok := t.(string)
		if !ok {
			return nil, errors.New("a name is missing")
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
		members = append(members, member{name, value})
	}
	return members, nil
}

// setJSON puts a value into the record.
func (rec *record) setJSON(field, name string, value json.RawMessage) {
	list := elements(value)
	switch {
	case field == "topics" && list != nil:
		for _, one := range list {
			if steps := elements(one); steps != nil {
				var path []string
				for _, step := range steps {
					if s := cut(plain(scalar(step)), maxText); s != "" && len(path) < maxTopicDepth {
						path = append(path, s)
					}
				}
				rec.topic(path)
			} else {
				rec.topic(splitPath(scalar(one)))
			}
		}
	case field == "attributes":
		members, err := objectMembers(value)
		if err != nil {
			return
		}
		for _, m := range members {
			rec.setAttribute(m.name, m.value)
		}
	case (field == "author" || field == "tags" || field == "") && list != nil:
		if field == "" {
			field = name
		}
		for _, one := range list {
			rec.attribute(strings.TrimSuffix(field, "s"), scalar(one))
		}
	case list != nil:
		if len(list) > 0 {
			rec.set(field, name, scalar(list[0]))
		}
	default:
		if s := scalar(value); s != "false" || field != "" {
			rec.set(field, name, s)
		}
	}
}

func (rec *record) setAttribute(name string, value json.RawMessage) {
	if list := elements(value); list != nil {
		for _, one := range list {
			rec.attribute(name, scalar(one))
		}
		return
	}
	rec.attribute(name, scalar(value))
}

// elements returns the elements of an array, nil when the value is none.
func elements(value json.RawMessage) []json.RawMessage {
	if len(value) == 0 || value[0] != '[' {
		return nil
	}
	list := []json.RawMessage{}
	if err := json.Unmarshal(value, &list); err != nil {
		return nil
	}
	return list
}

// scalar returns text as it is, a number or truth value as it is written, and nothing for the rest.
func scalar(value json.RawMessage) string {
	if len(value) == 0 {
		return ""
	}
	switch value[0] {
	case '"':
		var s string
		_ = json.Unmarshal(value, &s)
		return s
	case '{', '[', 'n':
		return ""
	}
	return string(value)
}
