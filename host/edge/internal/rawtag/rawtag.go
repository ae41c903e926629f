// Package rawtag reads start tags as they are written.
package rawtag

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Attribute is an attribute of a start tag: its name in lower case, its value with its references as they are written.
type Attribute struct{ Name, Value string }

// Attributes returns the attributes of a start tag such as `<a href='x' hidden>`, each name once, as the tokenizer of HTML finds them.
func Attributes(raw []byte) []Attribute {
	var found []Attribute
	at := 1
	for at < len(raw) && !space(raw[at]) && raw[at] != '/' && raw[at] != '>' { // the tag's name
		at++
	}
	for {
		for at < len(raw) && (space(raw[at]) || raw[at] == '/') {
			at++
		}
		if at >= len(raw) || raw[at] == '>' {
			return found
		}
		begin := at
		for at++; at < len(raw) && !space(raw[at]) && raw[at] != '/' && raw[at] != '>' && raw[at] != '='; { // one that begins with "=" has that in it
			at++
		}
		a := Attribute{Name: string(Lower(raw[begin:at]))}
		value := at
		for value < len(raw) && space(raw[value]) {
			value++
		}
		if value < len(raw) && raw[value] == '=' {
			for value++; value < len(raw) && space(raw[value]); {
				value++
			}
			a.Value, at = valueAt(raw, value)
		}
		if !has(found, a.Name) {
			found = append(found, a)
		}
	}
}

var references = regexp.MustCompile(`&(?:#[xX][0-9a-fA-F]+|#[0-9]+|[a-zA-Z][a-zA-Z0-9]*);?`)

// Unescape reads the character references of an attribute's value. One without its semicolon is none where a letter, a digit or "=" comes
// next, as in the address "?a=1&copy=2", which html.UnescapeString takes for text.
func Unescape(value string) string {
	if !strings.Contains(value, "&") {
		return value
	}
	var b strings.Builder
	from := 0
	for _, at := range references.FindAllStringIndex(value, -1) {
		source := value[at[0]:at[1]]
		text := html.UnescapeString(source)
		whole := text == ";" || !strings.HasSuffix(text, ";")
		if source[1] != '#' && !strings.HasSuffix(source, ";") {
			whole = utf8.RuneCountInString(text) == 1 && !strings.HasPrefix(value[at[1]:], "=")
		}
		if whole {
			b.WriteString(value[from:at[0]])
			b.WriteString(text)
			from = at[1]
		}
	}
	b.WriteString(value[from:])
	return b.String()
}

// valueAt returns the value that begins there, and where it has ended.
func valueAt(raw []byte, at int) (string, int) {
	if at < len(raw) && (raw[at] == '"' || raw[at] == '\'') {
		end := bytes.IndexByte(raw[at+1:], raw[at])
		if end < 0 {
			return string(raw[at+1:]), len(raw)
		}
		return string(raw[at+1 : at+1+end]), at + end + 2
	}
	begin := at
	for at < len(raw) && !space(raw[at]) && raw[at] != '>' {
		at++
	}
	return string(raw[begin:at]), at
}

// Lower returns a name with its letters of ASCII in lower case, and all else as it is: name itself where that is so already.
func Lower(name []byte) []byte {
	for k, c := range name {
		if c < 'A' || c > 'Z' {
			continue
		}
		lower := bytes.Clone(name)
		for ; k < len(lower); k++ {
			if 'A' <= lower[k] && lower[k] <= 'Z' {
				lower[k] |= 0x20
			}
		}
		return lower
	}
	return name
}

func has(attributes []Attribute, name string) bool {
	for _, a := range attributes {
		if a.Name == name {
			return true
		}
	}
	return false
}

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// Void reports whether an element of HTML has no end tag.
func Void(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}
