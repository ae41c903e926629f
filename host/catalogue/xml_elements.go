package catalogue

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

// elements reads the repeated elements of an XML document, such as the items of a feed, one by one. Where they begin and
// end is found in the text, so that one that is not well formed costs no other; each is then parsed by encoding/xml.
type xmlElements struct {
	r     *reader
	br    *bufio.Reader
	names []string // of the elements sought, without prefix
	line  int
	buf   []byte

	root     string // the first element's name, as written
	complete bool   // the root was closed
	// prelude is the text before the first element sought, as much as is kept of it.
	prelude  []byte
	began    bool
	prefixes map[string]string // declared in the prelude
}

// xmlElement is an element with its text, and its children one level down.
type xmlElement struct {
	// space is "g", "content", "media" and so on for the namespaces of knownSpaces, "" for that of the document itself.
	space, name string
	attributes  []xml.Attr
	text        string
	children    []xmlElement
}

const (
	merchantNamespace    = "http://base.google.com/ns/1.0"
	merchantNamespaceTLS = "https://base.google.com/ns/1.0"
)

// knownSpaces are the namespaces that elements are looked for in.
var knownSpaces = map[string]string{
	merchantNamespace:                             "g",
	merchantNamespaceTLS:                          "g",
	"http://www.w3.org/2005/Atom":                 "",
	"http://purl.org/rss/1.0/":                    "",
	"http://www.sitemaps.org/schemas/sitemap/0.9": "",
	"http://purl.org/dc/elements/1.1/":            "dc",
	"http://purl.org/rss/1.0/modules/content/":    "content",
	"http://search.yahoo.com/mrss/":               "media",
	"http://www.itunes.com/dtds/podcast-1.0.dtd":  "itunes",
	"http://www.w3.org/1999/xhtml":                "xhtml",
}

func newElements(r *reader, br *bufio.Reader, names ...string) *xmlElements {
	return &xmlElements{r: r, br: br, names: names, line: 1}
}

// next returns the next element and the line it begins in. What cannot be read is reported and passed over. At the end ok
// is false.
func (x *xmlElements) next() (e xmlElement, line int, ok bool) {
	for {
		text, line, found := x.find()
		if !found {
			return xmlElement{}, 0, false
		}
		e, err := x.parse(x.r.utf8Record(text, line))
		if err != nil {
			x.r.records++
			var syntax *xml.SyntaxError
			at := line
			if errors.As(err, &syntax) {
				at, err = line+syntax.Line-1, errors.New(syntax.Msg)
			}
			x.r.problem(Error, "bad-xml", at, "", "", "the element that begins in line %d is not well formed: %v; it is left out; "+
				"escape & and < in text", line, err)
			continue
		}
		return e, line, true
	}
}

// end reports a document that stopped before its root was closed.
func (x *xmlElements) end() {
	if !x.complete && x.r.truncated == nil {
		x.r.problem(Error, "truncated", x.line, "", "", "the file ends before </%s>; it seems to be cut short", x.root)
		x.r.truncated = fmt.Errorf("the file ends in line %d; expected </%s>", x.line, x.root)
	}
}

// find returns the text of the next element sought. It is valid until the next call.
func (x *xmlElements) find() (text []byte, line int, ok bool) {
	for {
		x.buf = x.buf[:0]
		if !x.until("<", !x.began) {
			return nil, 0, false
		}
		if !x.began && len(x.prelude)+len(x.buf) <= headBytes {
			x.prelude = append(x.prelude, x.buf...)
		}
		name, kind := x.ahead()
		switch {
		case kind == "?":
			x.until("?>", false)
		case kind == "!--":
			x.until("-->", false)
		case kind == "![CDATA[":
			x.until("]]>", false)
		case kind == "/" && name == x.root:
			x.complete = true
		case kind == "" && name != "":
			if x.root == "" {
				x.root = name
				x.complete = x.sought(name)
			}
			if !x.sought(name) {
				break
			}
			if !x.began {
				x.began = true
				x.declarations()
			}
			if text, line, ok := x.collect(name); ok {
				return text, line, true
			}
		}
	}
}

// collect gathers the element whose < was read.
func (x *xmlElements) collect(name string) (text []byte, line int, ok bool) {
	line = x.line
	x.buf = append(x.buf[:0], '<')
	if !x.until(">", true) && len(x.buf) <= maxRecord {
		x.cutOff(name, line)
		return nil, 0, false
	}
	if bytes.HasSuffix(x.buf, []byte("/>")) {
		return x.buf, line, true
	}
	for {
		if len(x.buf) > maxRecord {
			x.r.records++
			x.r.problem(Error, "too-long", line, "", "", "the element <%s> has more than %d bytes; it is left out", name, maxRecord)
			return nil, 0, false // and the next is found wherever it begins
		}
		if !x.until("<", true) {
			if len(x.buf) > maxRecord {
				continue
			}
			x.cutOff(name, line)
			return nil, 0, false
		}
		found := true
		switch inner, kind := x.ahead(); {
		case kind == "!--":
			found = x.until("-->", true)
		case kind == "![CDATA[":
			found = x.until("]]>", true)
		case kind == "/" && inner == name:
			found = x.until(">", true)
			if found {
				return x.buf, line, true
			}
		case kind == "" && inner == name:
			x.r.records++
			x.r.problem(Error, "bad-xml", line, "", "", "the element <%s> that begins here is not closed before the next; it is left out", name)
			line = x.line
			x.buf = append(x.buf[:0], '<')
		}
		if !found && len(x.buf) <= maxRecord {
			x.cutOff(name, line)
			return nil, 0, false
		}
	}
}

func (x *xmlElements) cutOff(name string, line int) {
	x.r.records++
	x.r.problem(Error, "truncated", line, "", "", "the element <%s> that begins here does not end; it is left out; the file seems to be cut short", name)
	x.r.truncated = fmt.Errorf("the element <%s> of line %d does not end; expected </%s>", name, line, name)
}

// until reads up to and with the given end, into buf if keep is set, and reports whether it was found. Beyond maxRecord it
// gives up, with what was read in buf.
func (x *xmlElements) until(end string, keep bool) bool {
	last := end[len(end)-1]
	var tail [3]byte
	for {
		part, err := x.br.ReadSlice(last)
		x.line += bytes.Count(part, []byte{'\n'})
		if keep {
			x.buf = append(x.buf, part...)
		}
		for _, c := range part[max(0, len(part)-len(tail)):] {
			tail = [3]byte{tail[1], tail[2], c}
		}
		switch {
		case err == bufio.ErrBufferFull:
		case err != nil:
			return false
		case strings.HasSuffix(string(tail[:]), end):
			return true
		}
		if keep && len(x.buf) > maxRecord {
			return false
		}
	}
}

// ahead looks at what follows a <: the kind "", "/", "?", "!--" or "![CDATA[", and the name after it.
func (x *xmlElements) ahead() (name, kind string) {
	head, _ := x.br.Peek(64)
	for _, k := range []string{"!--", "![CDATA[", "?", "/"} {
		if bytes.HasPrefix(head, []byte(k)) {
			kind = k
			head = head[len(k):]
			break
		}
	}
	if i := bytes.IndexAny(head, " \t\r\n/><"); i >= 0 {
		head = head[:i]
	}
	return string(head), kind
}

// sought reports whether an element of that name, its prefix aside, is one of those sought.
func (x *xmlElements) sought(name string) bool {
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		local = prefix
	} else if s, known := knownSpaces[x.prefixes[prefix]]; known && s != "" {
		return false
	}
	return slices.Contains(x.names, local)
}

var xmlnsPrefix = regexp.MustCompile(`xmlns:([A-Za-z0-9_.-]+)\s*=\s*["']([^"']*)["']`)

// declarations notes the prefixes that the prelude declares.
func (x *xmlElements) declarations() {
	x.prefixes = make(map[string]string)
	for _, m := range xmlnsPrefix.FindAllSubmatch(x.prelude, -1) {
		x.prefixes[string(m[1])] = strings.TrimSpace(string(m[2]))
	}
}

// space names an element's namespace.
func (x *xmlElements) space(s string) string {
	if url, ok := x.prefixes[s]; ok {
		s = url
	}
	if known, ok := knownSpaces[s]; ok {
		return known
	}
	return s
}

// parse reads the text of one element. What encoding/xml does not take as it is, is tried once more after repairs.
func (x *xmlElements) parse(text []byte) (xmlElement, error) {
	for i, c := range text {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' {
			text[i] = ' '
		}
	}
	e, err := x.decode(text)
	if err != nil {
		var again error
		if e, again = x.decode(repairXML(text)); again != nil {
			return e, err
		}
	}
	return e, nil
}

var (
	characterReference = regexp.MustCompile(`&#(?:x[0-9A-Fa-f]+|[0-9]+);`)
	strayBracket       = regexp.MustCompile(`<([^A-Za-z_/!?])`)
)

// repairXML drops characters that XML does not allow, and escapes a < that begins nothing.
func repairXML(text []byte) []byte {
	text = characterReference.ReplaceAllFunc(text, func(ref []byte) []byte {
		number, base := string(ref[2:len(ref)-1]), 10
		if number[0] == 'x' {
			number, base = number[1:], 16
		}
		if n, err := strconv.ParseUint(number, base, 32); err != nil || n < ' ' && n != '\n' && n != '\t' && n != '\r' || n > 0xfffd && n < 0x10000 || n >= 0xd800 && n < 0xe000 {
			return nil
		}
		return ref
	})
	text = bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\uffff"), nil), []byte("\ufffe"), nil)
	return strayBracket.ReplaceAll(text, []byte("&lt;$1"))
}

var neverClosed = []string{"br", "hr", "img", "BR", "HR", "IMG"}

func (x *xmlElements) decode(text []byte) (e xmlElement, err error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.AutoClose = neverClosed
	depth := 0
	var whole, part strings.Builder // text of the child, and of the grandchild
	for {
		token, err := d.Token()
		if err == io.EOF {
			return e, nil
		}
		if err != nil {
			return e, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			one := xmlElement{space: x.space(t.Name.Space), name: t.Name.Local, attributes: slices.Clone(t.Attr)}
			switch depth {
			case 0:
				e = one
			case 1:
				e.children = append(e.children, one)
				whole.Reset()
			case 2:
				child := &e.children[len(e.children)-1]
				child.children = append(child.children, one)
				part.Reset()
			}
			if depth >= 2 && !inline[atom.Lookup([]byte(strings.ToLower(t.Name.Local)))] {
				whole.WriteByte(' ')
			}
			depth++
		case xml.EndElement:
			depth--
			switch depth {
			case 1:
				e.children[len(e.children)-1].text = whole.String()
			case 2:
				child := &e.children[len(e.children)-1]
				child.children[len(child.children)-1].text = part.String()
			}
		case xml.CharData:
			if depth >= 2 {
				whole.Write(t)
			}
			if depth >= 3 {
				part.Write(t)
			}
		}
	}
}

// attribute returns the value of the attribute of that name, its namespace aside.
func (e *xmlElement) attribute(name string) string {
	for _, a := range e.attributes {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// child returns the text of the first child of that namespace and name.
func (e *xmlElement) child(space, name string) string {
	for i := range e.children {
		if c := &e.children[i]; c.space == space && c.name == name {
			if text := strings.TrimSpace(c.text); text != "" {
				return text
			}
		}
	}
	return ""
}
