package copy

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// yamlError is how the library says where.
var yamlError = regexp.MustCompile(`line (\d+): (.*)`)

// yamlTexts reads the strings of YAML that are values, by the path of their keys. A Rails file's first key may be its language.
func yamlTexts(x *extraction) error {
	y := &yamlReader{extraction: x, where: newLines(x.data)}
	d := yaml.NewDecoder(strings.NewReader(x.data))
	for {
		var doc yaml.Node
		err := d.Decode(&doc)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			if m := yamlError.FindStringSubmatch(err.Error()); m != nil {
				line, _ := strconv.Atoi(m[1])
				return failAt(y.start(line), "not YAML: %s", m[2])
			}
			return failAt(0, "not YAML: %v", err)
		}
		y.node(&doc, "", "", 0)
	}
}

type yamlReader struct {
	*extraction
	where *lines
}

func (y *yamlReader) start(line int) int {
	return y.where.starts[min(max(line, 1), len(y.where.starts))-1]
}

// deepestYAML bounds how deep nodes are followed.
const deepestYAML = 200

func (y *yamlReader) node(n *yaml.Node, key, language string, depth int) {
	if depth > deepestYAML {
		return
	}
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			name := n.Content[i].Value
			of, in := name, language
			if key != "" {
				of = key + "." + name
			} else if isLanguage(languageCode(name)) && n.Content[i+1].Kind == yaml.MappingNode {
				in = languageCode(name)
			}
			y.node(n.Content[i+1], of, in, depth+1)
		}
	case yaml.ScalarNode:
		if n.Tag == "!!str" {
			y.scalar(n, key, language)
		}
	case yaml.AliasNode: // said where it is anchored
	default:
		for _, c := range n.Content {
			y.node(c, key, language, depth+1)
		}
	}
}

// scalar adds a text. Its bytes are found again in the file, from where it begins: what is folded or escaped stands there otherwise.
func (y *yamlReader) scalar(n *yaml.Node, key, language string) {
	line := y.start(n.Line)
	at := line
	for range n.Column - 1 {
		_, width := utf8.DecodeRuneInString(y.data[at:])
		at += width
	}
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		if end := strings.IndexByte(y.data[at:], '\n'); end >= 0 {
			at += end + 1
		}
	}
	var w writer
	w.align(n.Value, y.data, at)
	y.add(&w, language, key)
}

// align adds a text whose characters stand in the file in the same order from at on, with other bytes between them.
func (w *writer) align(text, data string, at int) {
	for i := 0; i < len(text); {
		r, width := utf8.DecodeRuneInString(text[i:])
		char := text[i : i+width]
		i += width
		if r == '\n' { // a small letter goes on with the line before
			if next, _ := utf8.DecodeRuneInString(text[i:]); unicode.IsLower(next) {
				char = " "
			}
		}
		if r == '\n' || r == ' ' {
			w.instead(char, min(at, max(len(data)-1, 0)), 1)
			continue
		}
		if next := strings.Index(data[min(at, len(data)):min(at+farthest, len(data))], char); next >= 0 {
			at += next
			w.as(char, at)
			at += width
			continue
		}
		w.instead(char, min(at, max(len(data)-1, 0)), 1) // an escape
	}
}

// farthest is how many bytes may stand between two characters of a text: the indentation of the next line, or an escape.
const farthest = 80
