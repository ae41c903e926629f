package copy

import (
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// jsonTexts reads the strings of JSON that are values, by the path of their keys, of which the first may be a language. Of ARB, members that
// begin with @ are about texts.
func jsonTexts(x *extraction) error {
	data := strings.TrimPrefix(x.data, "\ufeff")
	base := len(x.data) - len(data)
	if err := json.Unmarshal([]byte(data), new(any)); err != nil {
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			return failAt(base+int(syntax.Offset)-1, "not JSON: %v", err)
		}
		return failAt(base, "not JSON: %v", err)
	}
	j := &jsonReader{extraction: x, i: base}
	j.value("", "", true)
	return nil
}

// jsonReader walks JSON that is known to be valid.
type jsonReader struct {
	*extraction
	i int
}

func (j *jsonReader) space() byte {
	for strings.IndexByte(" \t\r\n,:", j.data[j.i]) >= 0 {
		j.i++
	}
	return j.data[j.i]
}

// value reads a value; texts in it are added if they are shown.
func (j *jsonReader) value(key, language string, shown bool) {
	switch j.space() {
	case '{':
		j.i++
		for j.space() != '}' {
			name, _, _ := j.quoted()
			of, in := name, language
			if key != "" {
				of = key + "." + name
			} else if isLanguage(languageCode(name)) && j.space() == '{' {
				in = languageCode(name)
			}
			if name == "@@locale" && j.space() == '"' {
				_, from, to := j.quoted()
				j.language = j.data[from:to]
				continue
			}
			j.value(of, in, shown && !strings.HasPrefix(name, "@"))
		}
		j.i++
	case '[':
		j.i++
		for n := 0; j.space() != ']'; n++ {
			j.value(key+"["+strconv.Itoa(n)+"]", language, shown)
		}
		j.i++
	case '"':
		_, from, to := j.quoted()
		if shown {
			var w writer
			w.escaped(j.data[from:to], from)
			j.add(&w, language, key)
		}
	default:
		for strings.IndexByte("]},", j.data[j.i]) < 0 {
			if j.i++; j.i == len(j.data) {
				return
			}
		}
	}
}

// quoted reads a string and returns it, and where it is without its marks.
func (j *jsonReader) quoted() (text string, from, to int) {
	from = j.i + 1
	for j.i = from; j.data[j.i] != '"'; j.i++ {
		if j.data[j.i] == '\\' {
			j.i++
		}
	}
	to = j.i
	j.i++
	_ = json.Unmarshal([]byte(j.data[from-1:to+1]), &text) // is valid
	return text, from, to
}

// escape is what stands for a character in strings of JSON, JavaScript, Go, YAML, properties and the like.
var escape = regexp.MustCompile(`\\(?:u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|U[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r?\n|(?s:.))`)

var shortEscapes = map[byte]string{'n': "\n", 't': "\t", 'r': "\n", 'b': " ", 'f': "\n", 'v': "\n", '0': " ", 'a': " ", 'e': " ", '_': "\u00a0", '\n': " ", '\r': " "}

// escaped adds the inside of a quoted string, whose escapes begin with a backslash. Entities in it are read too: pages show them.
func (w *writer) escaped(text string, at int) {
	for {
		m := escape.FindStringIndex(text)
		if m == nil {
			w.markup(text, at)
			return
		}
		w.markup(text[:m[0]], at)
		char, width := unescape(text[m[0]:])
		w.instead(char, at+m[0], width)
		text, at = text[m[0]+width:], at+m[0]+width
	}
}

// unescape reads the escape that a text begins with, and returns what it stands for and how long it is. Halves of a pair of UTF-16 are one.
func unescape(text string) (char string, width int) {
	one := escape.FindString(text)
	if short, ok := shortEscapes[one[1]]; ok && len(one) <= 3 {
		return short, len(one)
	}
	digits := strings.Trim(one[min(2, len(one)):], "{}")
	code, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || !strings.ContainsRune("uUx", rune(one[1])) || digits == "" {
		return one[1:], len(one)
	}
	r := rune(code)
	if utf16.IsSurrogate(r) {
		if second := escape.FindString(text[len(one):]); strings.HasPrefix(text[len(one):], second) && len(second) == 6 && second[1] == 'u' {
			low, _ := strconv.ParseUint(second[2:], 16, 32)
			return string(utf16.DecodeRune(r, rune(low))), len(one) + len(second)
		}
	}
	return string(r), len(one)
}
