package catalogue

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// addMicrodata adds what a page describes in itemscope, itemtype and itemprop.
//
// https://html.spec.whatwg.org/multipage/microdata.html
func (g *graph) addMicrodata(doc *goquery.Document) {
	if root := doc.Find("[itemscope]"); root.Length() == 0 {
		return
	}
	for _, n := range doc.Nodes {
		g.microdata(n, nil)
	}
}

// microdata walks the page below n; owner is the thing whose properties are met, nil for none. The parser bounds how deep
// a page can be.
func (g *graph) microdata(n *html.Node, owner *node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		props := strings.Fields(attr(c, "itemprop"))
		if !hasAttr(c, "itemscope") {
			if owner != nil {
				for _, p := range props {
					owner.props[term(p)] = append(owner.props[term(p)], microdataValue(c))
				}
			}
			g.microdata(c, owner)
			continue
		}
		thing := &node{id: attr(c, "itemid"), props: make(map[string][]any)}
		for _, t := range strings.Fields(attr(c, "itemtype")) {
			thing.types = append(thing.types, term(t))
		}
		if owner == nil || len(props) == 0 {
			g.add(thing)
		} else {
			for _, p := range props {
				owner.props[term(p)] = append(owner.props[term(p)], thing)
			}
		}
		g.microdata(c, thing)
		if href := attr(c, "href"); href != "" && thing.own("url") == "" {
			thing.props["url"] = append(thing.props["url"], href)
		}
		g.name(thing)
	}
}

// microdataValue returns the value of a property's element.
func microdataValue(n *html.Node) string {
	if hasAttr(n, "content") {
		return attr(n, "content")
	}
	name := ""
	switch n.Data {
	case "a", "area", "link":
		name = "href"
	case "audio", "embed", "iframe", "img", "source", "track", "video":
		name = "src"
	case "object":
		name = "data"
	case "data", "meter":
		name = "value"
	case "time":
		name = "datetime"
	}
	if name != "" && hasAttr(n, name) {
		return attr(n, name)
	}
	return textOf(n, maxText)
}

func hasAttr(n *html.Node, name string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			return true
		}
	}
	return false
}

func attr(n *html.Node, name string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			return strings.TrimSpace(n.Attr[i].Val)
		}
	}
	return ""
}

// textOf returns the text of an element for people, about max bytes of it at most.
func textOf(n *html.Node, max int) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil && b.Len() < max; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(c.Data)
			case c.Type != html.ElementNode:
			case unread[c.Data]:
			default:
				if !inline[c.DataAtom] {
					b.WriteByte(' ')
				}
				walk(c)
				if !inline[c.DataAtom] {
					b.WriteByte(' ')
				}
			}
		}
	}
	walk(n)
	return oneLine(b.String())
}

// unread are the elements whose text is not what a page is about.
var unread = map[string]bool{"script": true, "style": true, "noscript": true, "template": true, "nav": true, "footer": true,
	"aside": true, "form": true, "svg": true, "iframe": true, "select": true, "button": true}
