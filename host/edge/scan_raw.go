package edge

import "bytes"

// raw scans the text of an element in which there are no tags but its own end tag: a script's, a style's, a title's and so on (13.2.5.2 and
// following). A script may have "<!--" and then "<script" in it, and ends only after that has.
type raw struct {
	name   string
	script bool
	// within is 0 in plain text, 1 after "<!--", 2 after "<script" in that.
	within int
	step   rawStep
	match  int // of a name, -1 for another
	dashes int
}

type rawStep uint8

const (
	rawText rawStep = iota
	rawLess
	rawSlash    // in "</name"
	rawMark     // after "<!"
	rawMarkDash // after "<!-"
	rawWord     // in "<script" after "<!--"
	rawUnword   // in "</script" after "<script"
)

// skip returns how many bytes mean nothing.
func (r *raw) skip(p []byte) int {
	if r.step != rawText || r.within > 0 {
		return 0
	}
	if n := bytes.IndexByte(p, '<'); n >= 0 {
		return n
	}
	return len(p)
}

// next takes a byte and reports whether it ends the name of the element's end tag.
func (r *raw) next(c byte) bool {
	if r.within > 0 {
		switch {
		case c == '-':
			r.dashes++
		case c == '>' && r.dashes >= 2:
			r.within, r.step, r.dashes = 0, rawText, 0
			return false
		default:
			r.dashes = 0
		}
	}
	switch r.step {
	case rawLess:
		switch {
		case c == '/' && r.within == 2:
			r.step, r.match = rawUnword, 0
			return false
		case c == '/':
			r.step, r.match = rawSlash, 0
			return false
		case c == '!' && r.script && r.within == 0:
			r.step = rawMark
			return false
		case r.within == 1 && isLetter(c):
			r.step, r.match = rawWord, 0
			r.meet("script", c)
			return false
		}
	case rawSlash:
		if endsName(c) && r.match == len(r.name) {
			return true
		}
		if isLetter(c) && r.meet(r.name, c) {
			return false
		}
	case rawMark:
		if c == '-' {
			r.step = rawMarkDash
			return false
		}
	case rawMarkDash:
		if c == '-' {
			r.within, r.step, r.dashes = 1, rawText, 2
			return false
		}
	case rawWord, rawUnword:
		if isLetter(c) {
			r.meet("script", c)
			return false
		}
		if endsName(c) && r.match == len("script") {
			r.within = 2
			if r.step == rawUnword {
				r.within = 1
			}
		}
	}
	r.step = rawText
	if c == '<' {
		r.step = rawLess
	}
	return false
}

// meet takes a letter of a name, and reports whether it may still be that.
func (r *raw) meet(name string, c byte) bool {
	if r.match >= 0 && r.match < len(name) && name[r.match] == c|0x20 {
		r.match++
		return true
	}
	r.match = -1
	return false
}
