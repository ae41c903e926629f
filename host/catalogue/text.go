package catalogue

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"github.com/nabij/nabij/core/pack"
)

// Bounds of what an Item holds, in bytes of UTF-8 and in numbers.
const (
	maxText           = pack.MaxString // of a title, description, brand, topic or reference
	maxAttributeName  = 64
	maxAttributeValue = 512
	maxAttributes     = 64
	maxAliases        = 1000
	maxTopics         = 16 // paths of one item
	maxTopicDepth     = 12
)

// plain turns text that may hold markup and entities into plain text: tags are dropped, entities decoded, runs of white
// space become one space, and control characters, invisible marks and bidirectional overrides go. Text that was escaped
// twice is decoded twice, so that text about markup loses its tags: safe is worth more than exact here. The result holds
// nothing that a browser would take for a tag.
func plain(s string) string {
	s = oneLine(s)
	for round := 0; strings.ContainsAny(s, "<&"); round++ {
		next := oneLine(stripMarkup(s))
		if next == s {
			break
		}
		s = next
		if round == 3 {
			s = oneLine(strings.ReplaceAll(s, "&", " "))
			break
		}
	}
	return blunt(s)
}

// stripMarkup drops the tags of s and decodes its entities, once.
func stripMarkup(s string) string {
	if !strings.ContainsRune(s, '<') {
		return html.UnescapeString(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	z := html.NewTokenizer(strings.NewReader(s))
	hidden := atom.Atom(0) // the element whose text is not for people
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if hidden == 0 {
				b.WriteString(html.UnescapeString(string(z.Raw())))
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			switch a := atom.Lookup(name); {
			case a == atom.Script || a == atom.Style || a == atom.Noscript || a == atom.Iframe:
				hidden = a
			case !inline[a]:
				b.WriteByte(' ')
			}
		case html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch a := atom.Lookup(name); {
			case hidden != 0 && a == hidden:
				hidden = 0
			case !inline[a]:
				b.WriteByte(' ')
			}
		}
	}
}

// inline holds the elements that do not part words.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Mark: true,
	atom.S: true, atom.Small: true, atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.U: true,
}

// blunt puts a space after each < that would begin a tag.
func blunt(s string) string {
	if !strings.ContainsRune(s, '<') {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteByte(s[i])
		if s[i] == '<' && i+1 < len(s) && (isLetter(s[i+1]) || s[i+1] == '/' || s[i+1] == '!' || s[i+1] == '?') {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// oneLine folds white space and drops what cannot be seen, of text without markup. The result is in Unicode's
// composed form.
func oneLine(s string) string {
	if isPlainASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, c := range norm.NFC.String(strings.ToValidUTF8(s, "")) {
		switch {
		case unicode.IsSpace(c):
			space = b.Len() > 0
		case unseen(c):
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(c)
		}
	}
	return b.String()
}

// isPlainASCII reports whether oneLine has nothing to do.
func isPlainASCII(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7f || (c == ' ' && last == ' ') {
			return false
		}
		last = c
	}
	return len(s) == 0 || last != ' '
}

// unseen reports whether c is a control character, a bidirectional override or isolate, or an invisible mark that would
// make equal words differ.
func unseen(c rune) bool {
	switch {
	case c >= 0x202a && c <= 0x202e, c >= 0x2066 && c <= 0x2069:
		return true
	case c == 0xad, c == 0x200b, c == 0x2060, c == 0xfeff, c == 0xfffc, c == utf8.RuneError:
		return true
	case c >= 0xfff9 && c <= 0xfffb, c >= 0xe000 && c <= 0xf8ff, c&0xfffe == 0xfffe:
		return true
	}
	return unicode.IsControl(c)
}

// cut returns the longest beginning of s of at most max bytes that splits no rune and ends in no space.
func cut(s string, max int) string {
	if len(s) <= max {
		return s
	}
	for max > 0 && !utf8.RuneStart(s[max]) {
		max--
	}
	return strings.TrimRight(s[:max], " ")
}

// pathSeparators part the steps of a topic's path.
var pathSeparators = strings.NewReplacer("›", ">", "»", ">", "→", ">")

// splitPath returns the steps of a topic written as "Bikes > City bikes", nil when there is none.
func splitPath(s string) []string {
	s = pathSeparators.Replace(stripEntities(s))
	var steps []string
	for step := range strings.SplitSeq(s, ">") {
		if step = cut(plain(step), maxText); step != "" && len(steps) < maxTopicDepth {
			steps = append(steps, step)
		}
	}
	return steps
}

// stripEntities drops markup before a path is split, for "A &gt; B".
func stripEntities(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	return stripMarkup(s)
}
