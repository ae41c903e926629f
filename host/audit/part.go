package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/nabij/nabij/web/browser/wire"
)

// part is a piece of what was sent that may vary by itself: its place is "query id", "cookie session", "body field a.b".
// All parts together are all that was sent.
type part struct{ place, value string }

// numbered gives a place that stands twice a number, in the order of their coming.
func numbered(parts []part) []part {
	seen := map[string]int{}
	for i, p := range parts {
		if seen[p.place]++; seen[p.place] > 1 {
			parts[i].place = fmt.Sprintf("%s (%d)", p.place, seen[p.place])
		}
	}
	return parts
}

// pairs takes name=value pairs apart. Their order is a part too.
func pairs(what, text, separator string) []part {
	var parts []part
	var order []string
	for pair := range strings.SplitSeq(text, separator) {
		name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
		parts = append(parts, part{what + " " + name, value})
		order = append(order, name)
	}
	return append(parts, part{"names in the " + what, strings.Join(order, ", ")})
}

func headerParts(r wire.Request) []part {
	var parts []part
	var order []string
	for _, h := range r.Header {
		name, value := h[0], h[1]
		order = append(order, name)
		switch strings.ToLower(name) {
		case "content-length": // follows from the body
			if len(r.Body) > 0 {
				continue
			}
			parts = append(parts, part{"header " + name, value})
		case "cookie":
			cookies := pairs("cookie", value, ";")
			parts = append(parts, cookies...)
		case "referer":
			address, query, asked := strings.Cut(value, "?")
			parts = append(parts, part{"header " + name, address})
			if asked {
				parts = append(parts, pairs("header "+name+", query", query, "&")...)
			}
		case "content-type": // whose boundary is at random
			if kind, parameters, err := mime.ParseMediaType(value); err == nil && parameters["boundary"] != "" {
				value = kind
			}
			parts = append(parts, part{"header " + name, value})
		default:
			parts = append(parts, part{"header " + name, value})
		}
	}
	return append(parts, part{"names of the headers", strings.Join(order, ", ")})
}

func bodyParts(contentType string, body []byte) []part {
	kind, parameters, _ := mime.ParseMediaType(contentType)
	switch {
	case kind == "application/x-www-form-urlencoded":
		return pairs("body field", string(body), "&")
	case kind == "multipart/form-data" && parameters["boundary"] != "":
		var parts []part
		form := multipart.NewReader(bytes.NewReader(body), parameters["boundary"])
		for {
			field, err := form.NextRawPart()
			if err == io.EOF {
				return parts
			}
			content, read := []byte(nil), err
			if err == nil {
				content, read = io.ReadAll(field)
			}
			if read != nil {
				return []part{{"body", legible(body)}}
			}
			parts = append(parts, part{"body field " + field.FormName(), legible(content)},
				part{"body field " + field.FormName() + ", headers", fmt.Sprint(field.Header)})
		}
	}
	return content("body", body)
}

// content takes JSON apart, whatever it is called, and leaves anything else whole.
func content(what string, data []byte) []part {
	if text := bytes.TrimSpace(data); len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return []part{{what, legible(data)}}
	}
	root, err := parse(data)
	if err != nil {
		return []part{{what, legible(data)}}
	}
	return leaves(what, root)
}

func leaves(what string, n *node) []part {
	place := what + " field " + n.path
	if n.path == "" {
		place = what
	}
	switch n.kind {
	case "a list":
		parts := []part{{place + ", length", fmt.Sprint(len(n.items))}}
		for _, item := range n.items {
			parts = append(parts, leaves(what, item)...)
		}
		return parts
	case "an object":
		var names []string
		var parts []part
		for _, m := range n.members {
			names = append(names, m.name)
			parts = append(parts, leaves(what, m.node)...)
		}
		return append(parts, part{"names in " + place, strings.Join(names, ", ")})
	}
	encoded, _ := json.Marshal(n.value) // null, true, text and numbers cannot fail
	return []part{{place, string(encoded)}}
}

// legible returns bytes as text, quoted where they are none.
func legible(data []byte) string {
	if utf8.Valid(data) && !slices.ContainsFunc([]rune(string(data)), func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' && r != '\r' }) {
		return string(data)
	}
	return fmt.Sprintf("%q", data)
}
