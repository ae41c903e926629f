package edge

import (
	"bytes"
	"strings"

	"github.com/nabij/nabij/host/edge/internal/rawtag"
)

// Limits of what a page may make the scanner keep.
const (
	maxTag    = 64 << 10 // bytes of a start tag whose attributes are read
	maxEndTag = 256      // bytes of an end tag, which are held back
	maxScript = 4 << 10  // bytes of a script's start tag, which are held back
	maxOpen   = 16 << 10 // elements open at once
	maxNames  = 4096     // distinct names of elements
	maxName   = 64       // bytes of a name
)

// listener is told of a page.
type listener interface {
	// pass is told of the page's bytes, in order.
	pass(b []byte)
	// script is told of a script's start tag whose bytes come next, and are raw, if they are not too many. The element is not open yet.
	script(raw []byte)
	// start is told of a start tag whose bytes were passed, and are raw, or nil where they were too many. The element has been opened, if
	// it can be.
	start(name string, raw []byte)
	// end is told of an element that ends: the innermost of those open. own is true if it is by its own end tag, whose bytes come next.
	end(name string, own bool)
}

// scanner finds tags in a page as the tokenizer of HTML does (13.2.5 of the standard), however the page comes in pieces, and keeps which
// elements are open. It passes bytes on as they come; only tags that something may be inserted before are held back until they are whole, or
// longer than maxEndTag and maxScript.
//
// Which element is in which it tells by tags alone, as does the worker's HTMLRewriter: one without an end tag ends with the one it is in.
type scanner struct {
	listener
	state state
	// tag has the bytes of the tag at hand, of which passed were passed on. Those of a long one are left out.
	tag     []byte
	passed  int
	name    string // once it is known
	closing bool   // it is an end tag
	long    bool
	slashed bool // the last of it is a slash that is of no value
	quote   byte // of the value at hand

	count int // of bytes met of what ends a comment, or of "<!" and what follows
	raw   raw

	spaces []space // that the scanner is in, the outermost first; none is HTML
	open   []string
	opened map[string]int // how many of open have a name
	names  map[string]string
	// lost says that the page has more elements or names than are kept: no end is told of any more.
	lost bool
}

type state uint8

const (
	inText state = iota
	// In a tag: its bytes are in tag.
	afterLess
	afterSlash
	inName
	beforeAttribute
	inAttribute
	afterAttribute
	beforeValue
	inQuoted
	inUnquoted
	// Outside of tags.
	inMarkup // after "<!"
	inBogus  // a comment that ends with ">"
	inComment
	inCDATA
	inRaw
	inPlain
)

func (s state) inTag() bool { return s >= afterLess && s <= inUnquoted }

func newScanner(l listener) *scanner {
	return &scanner{listener: l, opened: map[string]int{}, names: map[string]string{}}
}

func isSpace(c byte) bool  { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// endsName reports whether a tag's name ends before c.
func endsName(c byte) bool { return isSpace(c) || c == '/' || c == '>' }

// write scans a piece of a page, which it does not keep.
func (s *scanner) write(p []byte) {
	from := 0 // outside of tags: what stands before was passed on
	for i := 0; i < len(p); i++ {
		c := p[i]
		switch {
		case s.state == inText:
			n := bytes.IndexByte(p[i:], '<')
			if n < 0 {
				i = len(p)
				break
			}
			i += n
			s.pass(p[from:i])
			s.beginTag("", '<')
			s.state = afterLess
		case s.state == afterLess && c != '/' && c != '!' && c != '?' && !isLetter(c): // it was a sign, and c may be one again
			s.state = inText
			s.passTag()
			from = i
			i--
		case s.state.inTag():
			if len(s.tag) == maxTag {
				s.passTag()
				s.tag, s.passed, s.long = s.tag[:0], 0, true
			}
			s.tag = append(s.tag, c)
			s.inTag(c)
			if !s.state.inTag() {
				s.passTag()
				from = i + 1
			}
		case s.state == inRaw:
			i += s.raw.skip(p[i:])
			if i < len(p) && s.raw.next(p[i]) {
				s.pass(p[from:i])
				s.beginTag(s.raw.name, p[i])
				s.closing, s.state = true, beforeAttribute
				s.inTag(p[i])
				if !s.state.inTag() {
					s.passTag()
					from = i + 1
				}
			}
		case s.state == inPlain:
			i = len(p)
		default:
			s.outside(c)
		}
	}
	switch {
	case !s.state.inTag():
		s.pass(p[from:])
	case !s.held():
		s.passTag()
	}
}

// held reports whether the tag at hand, which is not whole, is held back.
func (s *scanner) held() bool {
	most := 0
	switch {
	case s.closing || s.state == afterLess:
		most = maxEndTag
	case s.name == "script" || s.state == inName && strings.HasPrefix("script", strings.ToLower(string(s.tag[1:]))):
		most = maxScript
	}
	return !s.long && len(s.tag) <= most
}

// finish passes on what was held back of a page that has ended.
func (s *scanner) finish() { s.passTag() }

func (s *scanner) beginTag(name string, first byte) {
	s.tag, s.passed = append(s.tag[:0], first), 0
	s.name, s.closing, s.long, s.slashed = name, false, false, false
}

func (s *scanner) passTag() {
	s.pass(s.tag[s.passed:])
	s.passed = len(s.tag)
}

// inTag takes a byte of a tag, which it is in already.
func (s *scanner) inTag(c byte) {
	switch s.state {
	case afterLess:
		switch {
		case c == '/':
			s.state, s.closing = afterSlash, true
		case c == '!':
			s.state, s.count = inMarkup, 0
		case c == '?':
			s.state = inBogus
		default:
			s.state = inName
		}
	case afterSlash:
		switch {
		case isLetter(c):
			s.state = inName
		case c == '>':
			s.state = inText
		default:
			s.state = inBogus
		}
	case inName:
		if endsName(c) {
			s.name = s.intern(s.tag)
			s.attribute(c)
		}
	case inAttribute:
		switch {
		case c == '=':
			s.state = beforeValue
		case endsName(c):
			s.attribute(c)
			if isSpace(c) {
				s.state = afterAttribute
			}
		}
	case afterAttribute:
		switch {
		case c == '=':
			s.state = beforeValue
		case !isSpace(c):
			s.attribute(c)
		}
	case beforeAttribute:
		s.attribute(c)
	case beforeValue:
		switch {
		case isSpace(c):
		case c == '"' || c == '\'':
			s.state, s.quote = inQuoted, c
		case c == '>':
			s.endTag()
		default:
			s.state = inUnquoted
		}
	case inQuoted:
		if c == s.quote {
			s.state, s.slashed = beforeAttribute, false
		}
	case inUnquoted:
		switch {
		case isSpace(c):
			s.state, s.slashed = beforeAttribute, false
		case c == '>':
			s.endTag()
		}
	}
}

// attribute takes a byte where an attribute may begin.
func (s *scanner) attribute(c byte) {
	if c == '>' {
		s.endTag()
		return
	}
	s.slashed = c == '/'
	switch {
	case isSpace(c) || c == '/':
		s.state = beforeAttribute
	default:
		s.state = inAttribute
	}
}

// intern returns the name of a tag, with what has ended it, in small letters; empty where there are too many or it is too long.
func (s *scanner) intern(tag []byte) string {
	name := tag[1 : len(tag)-1]
	if s.closing {
		name = name[1:]
	}
	if s.long || len(name) > maxName {
		return ""
	}
	name = rawtag.Lower(name)
	if known, ok := s.names[string(name)]; ok {
		return known
	}
	if len(s.names) == maxNames {
		s.lost = true
		return ""
	}
	own := string(name)
	s.names[own] = own
	return own
}

// endTag is at the end of a tag.
func (s *scanner) endTag() {
	s.state = inText
	if s.closing {
		s.close()
		s.leave()
		return
	}
	if s.name == "script" && !s.long && len(s.tag) <= maxScript {
		s.script(s.tag)
	}
	s.passTag()
	before := s.in()
	s.enter()
	if !rawtag.Void(s.name) && !(s.slashed && s.foreign()) {
		s.push()
		if !s.foreign() && !holdsHTML(before, s.name) {
			s.toText()
		}
	}
	if s.long {
		s.start(s.name, nil)
	} else {
		s.start(s.name, s.tag)
	}
}

// A space is what the elements at hand belong to: HTML, drawings or formulas.
type space byte

const (
	ofHTML space = iota
	ofSVG
	ofMath
)

// in returns the space that the scanner is in.
func (s *scanner) in() space {
	if n := len(s.spaces); n > 0 {
		return s.spaces[n-1]
	}
	return ofHTML
}

// foreign reports whether the scanner is in a drawing or a formula, or a tag of one is at hand.
func (s *scanner) foreign() bool {
	return s.in() != ofHTML || !s.closing && (s.name == "svg" || s.name == "math")
}

// enter takes the start tag at hand into another space, where it begins one or ends one (13.2.6.5).
func (s *scanner) enter() {
	switch in := s.in(); {
	case in != ofHTML && endsForeign(s.name):
		s.spaces = s.spaces[:len(s.spaces)-1]
	case s.slashed || len(s.spaces) == maxOpen:
	case s.name == "svg":
		s.spaces = append(s.spaces, ofSVG)
	case s.name == "math":
		s.spaces = append(s.spaces, ofMath)
	case holdsHTML(in, s.name):
		s.spaces = append(s.spaces, ofHTML)
	}
}

// leave ends the space of the end tag at hand.
func (s *scanner) leave() {
	n := len(s.spaces)
	if n == 0 {
		return
	}
	in, out := s.in(), ofHTML
	if n > 1 {
		out = s.spaces[n-2]
	}
	if in != ofHTML && (s.name == "p" || s.name == "br") || in == ofSVG && s.name == "svg" || in == ofMath && s.name == "math" || in == ofHTML && holdsHTML(out, s.name) {
		s.spaces = s.spaces[:n-1]
	}
}

// holdsHTML reports whether an element of a drawing or a formula has HTML in it.
func holdsHTML(in space, name string) bool {
	switch name {
	case "foreignobject", "desc", "title":
		return in == ofSVG
	case "mi", "mo", "mn", "ms", "mtext":
		return in == ofMath
	}
	return false
}

// endsForeign reports whether an element is one of HTML that ends a drawing or a formula.
func endsForeign(name string) bool {
	switch name {
	case "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "i",
		"img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s", "small", "span", "strong", "strike", "sub", "sup", "table", "tt", "u", "ul", "var":
		return true
	}
	return false
}

// toText lets the text of an element be read as what it is.
func (s *scanner) toText() {
	switch s.name {
	case "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript":
		s.state = inRaw
		s.raw = raw{name: s.name, script: s.name == "script"}
	case "plaintext":
		s.state = inPlain
	}
}

// push opens the element at hand.
func (s *scanner) push() {
	if s.name == "" || len(s.open) == maxOpen {
		s.lost = s.lost || len(s.open) == maxOpen
		return
	}
	s.open = append(s.open, s.name)
	s.opened[s.name]++
}

// close closes the element of the end tag at hand, and those in it.
func (s *scanner) close() {
	if s.lost || s.opened[s.name] == 0 {
		return
	}
	for {
		last := s.open[len(s.open)-1]
		own := last == s.name
		s.end(last, own && !s.long && len(s.tag) <= maxEndTag)
		s.open = s.open[:len(s.open)-1]
		if s.opened[last]--; own {
			return
		}
	}
}

// outside takes a byte of a comment or the like.
func (s *scanner) outside(c byte) {
	switch s.state {
	case inMarkup: // count is of "--" or "[CDATA[", of which the second begins at 8
		const cdata = "[CDATA["
		switch {
		case s.count == 0 && c == '-':
			s.count = 1
		case s.count == 1 && c == '-':
			s.state, s.count = inComment, begun
		case s.count == 0 && c == '[' && s.foreign():
			s.count = 8
		case s.count >= 8 && c == cdata[s.count-7]:
			if s.count++; s.count == 7+len(cdata) {
				s.state, s.count = inCDATA, 0
			}
		case c == '>':
			s.state = inText
		default:
			s.state = inBogus
		}
	case inBogus:
		if c == '>' {
			s.state = inText
		}
	case inComment:
		s.comment(c)
	case inCDATA:
		switch {
		case c == '>' && s.count >= 2:
			s.state = inText
		case c == ']':
			s.count++
		default:
			s.count = 0
		}
	}
}

// What may end a comment: dashes, as one or two of them count, or these.
const (
	bang      = 3 // "--!"
	begun     = 4 // nothing after "<!--"
	begunDash = 5 // a dash after that
)

func (s *scanner) comment(c byte) {
	switch {
	case c == '>' && s.count >= 2:
		s.state = inText
	case c == '!' && s.count == 2:
		s.count = bang
	case c != '-' || s.count == bang:
		s.count = 0
		if c == '-' {
			s.count = 1
		}
	case s.count == begun:
		s.count = begunDash
	default:
		s.count = min(s.count%begun+1, 2)
	}
}
