package site

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// document is a page as it came and as a browser reads it.
type document struct {
	source []byte
	root   *html.Node
}

func parse(t *testing.T, response *http.Response) *document {
	t.Helper()
	require.Equal(t, "text/html; charset=utf-8", response.Header.Get("Content-Type"))
	source, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	root, err := html.Parse(bytes.NewReader(source))
	require.NoError(t, err)
	return &document{source, root}
}

// all returns the elements of a name, in order; of any when it is empty.
func (d *document) all(name string) []*html.Node {
	var list []*html.Node
	for n := range d.root.Descendants() {
		if n.Type == html.ElementNode && (name == "" || n.Data == name) {
			list = append(list, n)
		}
	}
	return list
}

// find returns the elements of a name that have an attribute with a value.
func (d *document) find(name, key, value string) []*html.Node {
	return slices.DeleteFunc(d.all(name), func(n *html.Node) bool { return attribute(n, key) != value })
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// slots returns the names of the page's slots, and how many links each holds.
func (d *document) slots() map[string]int {
	slots := map[string]int{}
	for _, s := range d.all("nabij-suggestions") {
		links := 0
		for n := range s.Descendants() {
			if n.Data == "a" {
				links++
			}
		}
		slots[attribute(s, "slot-name")] = links
	}
	return slots
}

// sound checks what holds for every page.
func (d *document) sound(t *testing.T, at string) {
	t.Helper()
	d.balanced(t, at)
	ids := map[string]bool{}
	level := 0
	for _, n := range d.all("") {
		for _, a := range n.Attr {
			assert.False(t, a.Key == "style" || strings.HasPrefix(a.Key, "on"), "%s: %s in %s", at, a.Key, n.Data)
			if a.Key == "href" || a.Key == "src" || a.Key == "action" {
				assert.True(t, strings.HasPrefix(a.Val, "/") || a.Val == "#content", "%s: %s", at, a.Val)
			}
		}
		if id := attribute(n, "id"); id != "" {
			assert.False(t, ids[id], "%s: id %s stands twice", at, id)
			ids[id] = true
		}
		switch n.Data {
		case "style":
			t.Errorf("%s: inline style", at)
		case "script":
			assert.Equal(t, "application/ld+json", attribute(n, "type"), at)
			assert.True(t, json.Valid([]byte(n.FirstChild.Data)), at)
		case "h1", "h2", "h3":
			next := int(n.Data[1] - '0')
			assert.LessOrEqual(t, next, level+1, "%s: %s after h%d", at, n.Data, level)
			level = next
		case "img":
			assert.True(t, has(n, "alt") && has(n, "width") && has(n, "height"), "%s: %s", at, attribute(n, "src"))
		}
	}
	for _, n := range d.all("") {
		if by := attribute(n, "aria-labelledby"); by != "" {
			assert.True(t, ids[by], "%s: no id %s", at, by)
		}
	}
	for _, name := range []string{"h1", "main", "footer"} {
		assert.Len(t, d.all(name), 1, "%s: %s", at, name)
	}
	assert.NotContains(t, string(d.source), "ZgotmplZ", at)
	assert.NotContains(t, string(d.source), "%!", at)
}

// void are the elements that have no end tag.
var void = []string{"meta", "link", "img", "input", "br", "hr"}

// balanced checks that every element is closed where it was opened, which parsing would mend without a word.
func (d *document) balanced(t *testing.T, at string) {
	t.Helper()
	var open []string
	for z := html.NewTokenizer(bytes.NewReader(d.source)); ; {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			assert.Empty(t, open, at)
			return
		case html.StartTagToken, html.EndTagToken:
			name, _ := z.TagName()
			switch {
			case slices.Contains(void, string(name)):
				assert.Equal(t, html.StartTagToken, kind, "%s: %s", at, name)
			case kind == html.StartTagToken:
				open = append(open, string(name))
			case len(open) == 0 || open[len(open)-1] != string(name):
				t.Fatalf("%s: </%s> in %v", at, name, open)
			default:
				open = open[:len(open)-1]
			}
		}
	}
}
