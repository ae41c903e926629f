package markup

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"

	"github.com/nabij/nabij/host/edge/internal/rawtag"
)

// node is an element or a text of a suggestion's markup, its attributes and texts as they are written.
type node struct {
	name       string // empty for a text
	text       string
	attributes []rawtag.Attribute
	children   []*node
	// closed says that its tag closes itself, as in <path d="…"/>.
	closed bool
}

// parse returns the first element of a template. It has none that can be used if one of its elements does not have an end tag of its own,
// as which is in which is then not to be seen without building a document; nor if it has a template of its own.
func parse(template []byte) (*node, bool) {
	z := html.NewTokenizer(bytes.NewReader(template))
	var open []*node
	foreign := 0 // how many of open are svg or math
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return nil, false
		case html.TextToken:
			if len(open) > 0 {
				open[len(open)-1].add(&node{text: string(z.Raw())})
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			n := &node{attributes: rawtag.Attributes(z.Raw())}
			name, _ := z.TagName()
			n.name = string(name)
			if n.name == "template" {
				return nil, false
			}
			inner := foreign > 0 || isForeign(n.name)
			n.closed = inner && kind == html.SelfClosingTagToken
			for i := range n.attributes {
				n.attributes[i].Value = strings.ReplaceAll(n.attributes[i].Value, `"`, "&quot;")
			}
			if len(open) > 0 {
				open[len(open)-1].add(n)
			}
			if n.closed || rawtag.Void(n.name) {
				if len(open) == 0 {
					return n, true
				}
				continue
			}
			open = append(open, n)
			if isForeign(n.name) {
				foreign++
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 {
				continue
			}
			last := open[len(open)-1]
			if last.name != string(name) {
				return nil, false
			}
			if open = open[:len(open)-1]; len(open) == 0 {
				return last, true
			}
			if isForeign(last.name) {
				foreign--
			}
		}
	}
}

func isForeign(name string) bool { return name == "svg" || name == "math" }

func (n *node) add(child *node) { n.children = append(n.children, child) }

// get returns an attribute's value, and whether there is one.
func (n *node) get(name string) (string, bool) {
	for _, a := range n.attributes {
		if a.Name == name {
			return a.Value, true
		}
	}
	return "", false
}

// set sets an attribute to a value that is written as it stands in quotes: in its place if it is there, or last.
func (n *node) set(name, value string) {
	for i := range n.attributes {
		if n.attributes[i].Name == name {
			n.attributes[i].Value = value
			return
		}
	}
	n.attributes = append(n.attributes, rawtag.Attribute{Name: name, Value: value})
}

// unset takes an attribute away.
func (n *node) unset(name string) {
	for i := range n.attributes {
		if n.attributes[i].Name == name {
			n.attributes = append(n.attributes[:i], n.attributes[i+1:]...)
			return
		}
	}
}

// hook returns the element that data-nabij or part names: this one, or else the first in it.
func (n *node) hook(name string) *node {
	for _, attribute := range []string{"data-nabij", "part"} {
		if value, _ := n.get(attribute); value == name {
			return n
		}
	}
	for _, child := range n.children {
		if found := child.hook(name); found != nil {
			return found
		}
	}
	return nil
}

// remove takes an element out of those in this one.
func (n *node) remove(gone *node) {
	for i, child := range n.children {
		if child == gone {
			n.children = append(n.children[:i], n.children[i+1:]...)
			return
		}
		child.remove(gone)
	}
}

// clone returns a copy that shares nothing which is changed.
func (n *node) clone() *node {
	c := *n
	c.attributes = append([]rawtag.Attribute(nil), n.attributes...)
	c.children = make([]*node, len(n.children))
	for i, child := range n.children {
		c.children[i] = child.clone()
	}
	return &c
}

func (n *node) append(to []byte) []byte {
	if n.name == "" {
		return append(to, n.text...)
	}
	to = append(to, '<')
	to = append(to, n.name...)
	for _, a := range n.attributes {
		to = append(to, ' ')
		to = append(to, a.Name...)
		to = append(to, `="`...)
		to = append(to, a.Value...)
		to = append(to, '"')
	}
	if n.closed {
		return append(to, "/>"...)
	}
	to = append(to, '>')
	if rawtag.Void(n.name) {
		return to
	}
	for _, child := range n.children {
		to = child.append(to)
	}
	to = append(to, "</"...)
	to = append(to, n.name...)
	return append(to, '>')
}
