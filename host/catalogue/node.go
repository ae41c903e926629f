package catalogue

import (
	"slices"
	"strings"
)

// node is a thing that a page describes in the vocabulary of schema.org, whichever the syntax was.
type node struct {
	types []string // without the vocabulary's address: "Product"
	id    string
	props map[string][]any // of string or *node, in the page's order
}

// graph is everything that a page describes.
type graph struct {
	top  []*node // what is not part of something else
	byID map[string]*node
}

func (g *graph) add(n *node) { g.top = append(g.top, n) }

// name notes a node under its identifier, so that others can refer to it.
func (g *graph) name(n *node) {
	if n.id == "" || len(n.props) == 0 {
		return
	}
	if g.byID == nil {
		g.byID = make(map[string]*node)
	}
	if _, taken := g.byID[n.id]; !taken {
		g.byID[n.id] = n
	}
}

// resolve follows a node that is no more than a reference.
func (g *graph) resolve(n *node) *node {
	if len(n.props) == 0 && n.id != "" {
		if whole := g.byID[n.id]; whole != nil {
			return whole
		}
	}
	return n
}

// is reports whether the node has one of the types.
func (n *node) is(types ...string) bool {
	return slices.ContainsFunc(n.types, func(t string) bool { return slices.Contains(types, t) })
}

// nodes returns the things that a property names.
func (g *graph) nodes(n *node, prop string) []*node {
	var found []*node
	for _, v := range n.props[prop] {
		if one, ok := v.(*node); ok {
			found = append(found, g.resolve(one))
		}
	}
	return found
}

// texts returns a property's values as text; that of a thing is its name or address.
func (g *graph) texts(n *node, prop string) []string {
	var found []string
	for _, v := range n.props[prop] {
		s := ""
		switch v := v.(type) {
		case string:
			s = v
		case *node:
			v = g.resolve(v)
			s = first(v.own("name"), v.own("contentUrl"), v.own("url"), v.id)
		}
		if s = strings.TrimSpace(s); s != "" {
			found = append(found, s)
		}
	}
	return found
}

// text returns the first of a property's texts.
func (g *graph) text(n *node, prop string) string {
	if found := g.texts(n, prop); len(found) > 0 {
		return found[0]
	}
	return ""
}

// own returns the first plain text of a property.
func (n *node) own(prop string) string {
	for _, v := range n.props[prop] {
		if s, ok := v.(string); ok && strings.TrimSpace(s) != "" {
			return strings.TrimSpace(s)
		}
	}
	return ""
}

// link returns where a picture or page is, written as text or as a thing.
func (g *graph) link(n *node, prop string) string {
	for _, v := range n.props[prop] {
		switch v := v.(type) {
		case string:
			if s := strings.TrimSpace(v); s != "" {
				return s
			}
		case *node:
			v = g.resolve(v)
			if s := first(v.own("contentUrl"), v.own("url"), v.id); s != "" {
				return s
			}
		}
	}
	return ""
}

// term drops the vocabulary from the name of a type or property.
func term(s string) string {
	s = strings.TrimSpace(s)
	for _, prefix := range []string{"https://schema.org/", "http://schema.org/", "schema:", "https://www.schema.org/", "http://www.schema.org/"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok {
			return rest
		}
	}
	return s
}
