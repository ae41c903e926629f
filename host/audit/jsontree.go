package audit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// node is a JSON value that knows its line. Value is nil, a bool, a string or a json.Number; lists and objects have items
// and members instead.
type node struct {
	line    int
	path    string
	kind    string // "null", "true or false", "text", "a number", "a list" or "an object"
	value   any
	items   []*node
	members []member
}

type member struct {
	name string
	line int
	node *node
}

// parser reads JSON into nodes.
type parser struct {
	data []byte
	dec  *json.Decoder
}

// parse reads one value that is all of the data. Its error names the line.
func parse(data []byte) (*node, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	p := &parser{data: data, dec: json.NewDecoder(bytes.NewReader(data))}
	p.dec.UseNumber()
	root, err := p.value("")
	if err == nil {
		if _, err = p.dec.Token(); err == io.EOF {
			return root, nil
		}
		return nil, fmt.Errorf("%d: there is more after the end of the object", p.line())
	}
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return nil, fmt.Errorf("%d: not JSON: %w", p.lineAt(int(syntax.Offset)-1), err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("%d: not JSON: it ends too soon", p.lineAt(len(data)))
	}
	return nil, err
}

func (p *parser) lineAt(offset int) int {
	return bytes.Count(p.data[:min(max(offset, 0), len(p.data))], []byte("\n")) + 1
}

// line is that of the newest token.
func (p *parser) line() int { return p.lineAt(int(p.dec.InputOffset())) }

func (p *parser) value(path string) (*node, error) {
	token, err := p.dec.Token()
	if err != nil {
		return nil, err
	}
	n := &node{line: p.line(), path: path, value: token}
	switch token := token.(type) {
	case nil:
		n.kind = "null"
	case bool:
		n.kind = "true or false"
	case string:
		n.kind = "text"
	case json.Number:
		n.kind = "a number"
	case json.Delim:
		n.value = nil
		if token == '[' {
			n.kind = "a list"
			return n, p.list(n)
		}
		n.kind = "an object"
		return n, p.object(n)
	}
	return n, nil
}

func (p *parser) list(n *node) error {
	for p.dec.More() {
		item, err := p.value(fmt.Sprintf("%s[%d]", n.path, len(n.items)))
		if err != nil {
			return err
		}
		n.items = append(n.items, item)
	}
	_, err := p.dec.Token()
	return err
}

func (p *parser) object(n *node) error {
	for p.dec.More() {
		token, err := p.dec.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string) // the decoder lets nothing else through
		line := p.line()
		value, err := p.value(join(n.path, name))
		if err != nil {
			return err
		}
		n.members = append(n.members, member{name, line, value})
	}
	_, err := p.dec.Token()
	return err
}

// join returns the path of a member: a.b, or a["/b"] where the name is no word.
func join(path, name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' }) {
		return fmt.Sprintf("%s[%q]", path, name)
	}
	return strings.TrimPrefix(path+"."+name, ".")
}

// shown returns the value as a message has it, cut to a length that fits a line.
func (n *node) shown() string {
	text := n.kind
	switch n.kind {
	case "text", "true or false", "a number":
		encoded, _ := json.Marshal(n.value) // these cannot fail
		text = string(encoded)
	}
	if utf8.RuneCountInString(text) > 60 {
		text = string([]rune(text)[:59]) + "…"
	}
	return text
}
