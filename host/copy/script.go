package copy

import (
	"path/filepath"
	"strings"
)

// scriptTexts reads JavaScript and TypeScript: strings that have a space, and so are no names, and the text of JSX. It is a scanner, not a
// parser: what it takes wrongly for a text is still only a text.
func scriptTexts(x *extraction) error {
	ext := strings.ToLower(filepath.Ext(x.name))
	s := &scriptReader{extraction: x, jsx: ext != ".ts" && ext != ".mts" && ext != ".cts"}
	s.all()
	return nil
}

// all reads what is left.
func (s *scriptReader) all() {
	for s.i < len(s.data) {
		s.code(0)
		s.i++ // a closing mark that nothing opened
	}
}

// deepestScript bounds how deep elements and expressions within each other are followed.
const deepestScript = 200

type scriptReader struct {
	*extraction
	i, depth int
	jsx      bool
	// before is the last byte of code that is no space, and word the word that it ends, if any.
	before byte
	word   string
}

// code reads code up to the brace that closes it, or to the end.
func (s *scriptReader) code(braces int) {
	for s.i < len(s.data) {
		c := s.data[s.i]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			s.i++
			continue
		case s.comment():
			continue
		case c == '"' || c == '\'':
			s.quoted(c)
		case c == '`':
			s.template()
		case c == '/' && s.expects():
			s.regexp()
		case c == '<' && s.jsx && s.expects() && s.beginsElement():
			var w writer
			s.element(&w)
			s.add(&w, "", "")
			s.before, s.word = ')', "" // it is a value
			continue
		case c == '{':
			braces++
			s.i++
		case c == '}':
			if braces--; braces < 0 {
				return
			}
			s.i++
		case isNameByte(c):
			start := s.i
			for s.i < len(s.data) && isNameByte(s.data[s.i]) {
				s.i++
			}
			s.before, s.word = c, s.data[start:s.i]
			continue
		default:
			s.i++
		}
		s.before, s.word = c, ""
	}
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c >= 0x80
}

// expects reports whether a value may begin here, and no operator: then / begins a regular expression and < an element.
func (s *scriptReader) expects() bool {
	switch s.word {
	case "return", "typeof", "case", "default", "in", "of", "do", "else", "yield", "await", "void":
		return true
	case "":
		return s.before == 0 || strings.IndexByte("(,=:[!&|?{};+-*%~^<>", s.before) >= 0
	}
	return false
}

func (s *scriptReader) comment() bool {
	rest := s.data[s.i:]
	end := 0
	switch {
	case strings.HasPrefix(rest, "//"):
		end = strings.IndexByte(rest, '\n')
	case strings.HasPrefix(rest, "/*"):
		if end = strings.Index(rest[2:], "*/"); end >= 0 {
			end += 4
		}
	default:
		return false
	}
	if end < 0 {
		end = len(rest)
	}
	s.i += end
	return true
}

// quoted reads a string, which is added unless it is a name or a key.
func (s *scriptReader) quoted(mark byte) {
	from := s.i + 1
	for s.i = from; s.i < len(s.data) && s.data[s.i] != mark && s.data[s.i] != '\n'; s.i++ {
		if s.data[s.i] == '\\' {
			s.i++
		}
	}
	s.i = min(s.i, len(s.data))
	body := s.data[from:s.i]
	s.i = min(s.i+1, len(s.data))
	isKey := strings.HasPrefix(strings.TrimLeft(s.data[s.i:], " \t"), ":") && (s.before == '{' || s.before == ',')
	if !isKey && strings.Contains(strings.TrimSpace(body), " ") {
		var w writer
		w.escaped(body, from)
		s.add(&w, "", "")
	}
}

// template reads a template literal, with holes for what it fills in.
func (s *scriptReader) template() {
	s.i++
	var w writer
	from := s.i
	text := func() { w.escaped(s.data[from:s.i], from) }
	for s.i < len(s.data) && s.data[s.i] != '`' {
		switch {
		case s.data[s.i] == '\\':
			s.i = min(s.i+2, len(s.data))
		case strings.HasPrefix(s.data[s.i:], "${"):
			text()
			at := s.i
			s.i += 2
			s.expression()
			w.instead(hole, at, s.i-at)
			from = s.i
		default:
			s.i++
		}
	}
	text()
	s.i = min(s.i+1, len(s.data))
	if strings.Contains(strings.TrimSpace(w.b.String()), " ") {
		s.add(&w, "", "")
	}
}

// expression reads code up to and with the brace that ends it.
func (s *scriptReader) expression() {
	if s.depth++; s.depth < deepestScript {
		s.before, s.word = '{', ""
		s.code(0)
	}
	s.depth--
	s.i = min(s.i+1, len(s.data))
}

func (s *scriptReader) regexp() {
	class := false
	for s.i++; s.i < len(s.data) && s.data[s.i] != '\n'; s.i++ {
		switch s.data[s.i] {
		case '\\':
			s.i++
		case '[':
			class = true
		case ']':
			class = false
		case '/':
			if !class {
				s.i++
				return
			}
		}
	}
	s.i = min(s.i, len(s.data))
}

// beginsElement tells an element from a type in angle brackets: <T,> or <T extends …>.
func (s *scriptReader) beginsElement() bool {
	rest := s.data[s.i+1:]
	if strings.HasPrefix(rest, ">") {
		return true
	}
	n := nameLength(rest)
	if n == 0 {
		return false
	}
	after := strings.TrimLeft(rest[n:], " \t\r\n")
	return !strings.HasPrefix(after, ",") && !strings.HasPrefix(after, "extends ") && !strings.HasPrefix(after, "(")
}

func nameLength(s string) int {
	n := 0
	for n < len(s) && (isNameByte(s[n]) || n > 0 && strings.IndexByte(".-:", s[n]) >= 0) {
		n++
	}
	return n
}

// element reads a JSX element. Its text goes on with w's where it is inline.
func (s *scriptReader) element(w *writer) {
	s.i++
	n := nameLength(s.data[s.i:])
	name := s.data[s.i : s.i+n]
	s.i += n
	if s.depth++; s.depth >= deepestScript {
		s.depth--
		return
	}
	defer func() { s.depth-- }()
	for s.i < len(s.data) {
		switch c := s.data[s.i]; {
		case s.comment():
		case strings.HasPrefix(s.data[s.i:], "/>"):
			s.i += 2
			return
		case c == '>':
			s.i++
			s.children(name, w)
			return
		case c == '{':
			s.i++
			s.expression()
		case isNameByte(c):
			s.property()
		default:
			s.i++
		}
	}
}

// namedProperties have names and addresses, whatever spaces are in them.
var namedProperties = wordSet("class className style id href src srcSet sizes d viewBox key rel points transform fill stroke width height type name")

// property reads an attribute of an element; strings in it are added.
func (s *scriptReader) property() {
	n := nameLength(s.data[s.i:])
	name := s.data[s.i : s.i+n]
	s.i += n
	if !strings.HasPrefix(s.data[s.i:], "=") {
		return
	}
	s.i++
	if s.i == len(s.data) || s.data[s.i] != '"' && s.data[s.i] != '\'' {
		return // an expression, which element reads
	}
	end := strings.IndexByte(s.data[s.i+1:], s.data[s.i])
	if end < 0 {
		s.i = len(s.data)
		return
	}
	if !namedProperties[name] {
		var w writer
		w.markup(strings.NewReplacer("\n", " ", "\r", " ").Replace(s.data[s.i+1:s.i+1+end]), s.i+1)
		s.add(&w, "", name)
	}
	s.i += end + 2
}

// children reads what is in an element, up to and with its end tag.
func (s *scriptReader) children(name string, w *writer) {
	if !inlineElements[name] {
		s.add(w, "", "")
		*w = writer{}
	}
	for s.i < len(s.data) {
		switch rest := s.data[s.i:]; {
		case strings.HasPrefix(rest, "</"):
			if end := strings.IndexByte(rest, '>'); end >= 0 {
				s.i += end + 1
			} else {
				s.i = len(s.data)
			}
			if !inlineElements[name] {
				s.add(w, "", "")
				*w = writer{}
			}
			return
		case rest[0] == '<':
			s.element(w)
		case rest[0] == '{':
			at := s.i
			s.i++
			s.expression()
			w.instead(hole, at, s.i-at)
		default:
			end := strings.IndexAny(rest, "<{")
			if end < 0 {
				end = len(rest)
			}
			w.markup(strings.NewReplacer("\n", " ", "\r", " ").Replace(rest[:end]), s.i)
			s.i += end
		}
	}
}
