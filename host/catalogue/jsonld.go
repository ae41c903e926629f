package catalogue

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// maxNesting is how deep descriptions are followed.
const maxNesting = 24

// addJSONLD adds what a script of type application/ld+json describes.
func (g *graph) addJSONLD(script string) error {
	v, err := decodeJSONLD(script)
	if err != nil {
		return err
	}
	g.addTop(v, 0)
	return nil
}

// decodeJSONLD reads a script, forgiving what templates leave in them: comment marks around it, line ends and tabs within
// strings, a semicolon after it.
func decodeJSONLD(script string) (any, error) {
	s := strings.TrimSpace(script)
	for _, wrap := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"<![CDATA[", "]]>"}, {"/*<![CDATA[*/", "/*]]>*/"}} {
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, wrap[0]), wrap[1]))
	}
	s = strings.TrimSuffix(s, ";")
	v, err := decodeNumbers([]byte(s))
	if err != nil {
		var again error
		if v, again = decodeNumbers(relaxJSON([]byte(s))); again != nil {
			return nil, err
		}
	}
	return v, nil
}

func decodeNumbers(text []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, fmt.Errorf("there is more after the end, at byte %d", d.InputOffset())
	}
	return v, nil
}

// relaxJSON turns control characters within strings into spaces and drops commas before a closing bracket.
func relaxJSON(text []byte) []byte {
	out := make([]byte, 0, len(text))
	quoted, escaped := false, false
	for _, c := range text {
		if c < ' ' {
			c = ' '
		}
		switch {
		case escaped:
			escaped = false
		case quoted:
			escaped, quoted = c == '\\', c != '"'
		case c == '"':
			quoted = true
		case c == '}' || c == ']':
			if trimmed := bytes.TrimRight(out, " "); len(trimmed) > 0 && trimmed[len(trimmed)-1] == ',' {
				out = trimmed[:len(trimmed)-1]
			}
		}
		out = append(out, c)
	}
	return out
}

// addTop adds the things at the top of a description, those of a @graph and of arrays included.
func (g *graph) addTop(v any, depth int) {
	if depth > maxNesting {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			g.addTop(one, depth+1)
		}
	case map[string]any:
		if inner, ok := v["@graph"]; ok {
			g.addTop(inner, depth+1)
			if v["@type"] == nil {
				return
			}
		}
		g.add(g.object(v, depth))
	}
}

// object turns a JSON object into a node.
func (g *graph) object(v map[string]any, depth int) *node {
	n := &node{props: make(map[string][]any)}
	n.id, _ = v["@id"].(string)
	for _, key := range slices.Sorted(maps.Keys(v)) {
		value := v[key]
		switch {
		case key == "@type":
			for _, t := range list(value) {
				if s, ok := t.(string); ok {
					n.types = append(n.types, term(s))
				}
			}
		case strings.HasPrefix(key, "@"):
		default:
			for _, one := range list(value) {
				if p := g.value(one, depth+1); p != nil {
					n.props[term(key)] = append(n.props[term(key)], p)
				}
			}
		}
	}
	g.name(n)
	return n
}

// value turns a JSON value into a string or *node, nil when it says nothing.
func (g *graph) value(v any, depth int) any {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	case map[string]any:
		if text, ok := v["@value"]; ok {
			return g.value(text, depth+1)
		}
		if inner, ok := v["@list"].([]any); ok && len(inner) > 0 {
			return g.value(inner[0], depth+1)
		}
		if depth < maxNesting {
			return g.object(v, depth)
		}
	}
	return nil
}

// list returns the elements of an array, also of arrays in it, or the value alone.
func list(v any) []any {
	if many, ok := v.([]any); ok {
		return many
	}
	if m, ok := v.(map[string]any); ok {
		if many, ok := m["@list"].([]any); ok {
			return many
		}
	}
	return []any{v}
}
