package copy

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// hole is what stands, byte for byte, in place of what is no text but belongs to a sentence: code, or what a template fills in.
const hole = "\x1a"

// cover replaces what a pattern finds by as many times with; lines stay lines.
func cover(text string, pattern *regexp.Regexp, with byte) string {
	return pattern.ReplaceAllStringFunc(text, func(m string) string { return blank(m, with) })
}

func blank(text string, with byte) string {
	b := []byte(text)
	for i, c := range b {
		if c != '\n' {
			b[i] = with
		}
	}
	return string(b)
}

// plainTexts reads text: paragraphs between empty lines. A line that begins with a small letter goes on with the one before.
func plainTexts(x *extraction) error {
	x.paragraphs(x.data, 0, false)
	return nil
}

// paragraphs adds the paragraphs of a text that stands in the file from at on. With wrapped, lines within always go on.
func (x *extraction) paragraphs(text string, at int, wrapped bool) {
	var w writer
	flush := func() {
		x.add(&w, "", "")
		w = writer{}
	}
	for line := range strings.Lines(text) {
		body := strings.TrimRight(line, "\r\n")
		trimmed := strings.TrimLeft(body, " \t")
		if strings.TrimSpace(trimmed) == "" {
			flush()
			at += len(line)
			continue
		}
		first, _ := utf8.DecodeRuneInString(trimmed)
		if w.b.Len() > 0 && !wrapped && !unicode.IsLower(first) {
			flush()
		}
		if w.b.Len() > 0 {
			w.instead(" ", at-1, 1)
		}
		w.markup(body, at)
		at += len(line)
	}
	flush()
}

var (
	mdComment   = regexp.MustCompile(`(?s)<!--.*?(?:-->|$)`)
	mdFence     = regexp.MustCompile("(?ms)^ {0,3}(?:```.*?(?:^ {0,3}```[^\n]*$|\\z)|~~~.*?(?:^ {0,3}~~~[^\n]*$|\\z))")
	mdCode      = regexp.MustCompile("``[^\n]+?``|`[^`\n]+`")
	mdLink      = regexp.MustCompile(`\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\]\[[^\]\n]*\]`)
	mdReference = regexp.MustCompile(`(?m)^ {0,3}\[[^\]\n]+\]:[^\n]*$`)
	mdIndented  = regexp.MustCompile(`(?m)(?:\A|^[ \t]*\n)(?:(?: {4}|\t)[^\n]*(?:\n|\z))+`)
	mdMarker    = regexp.MustCompile(`(?m)^[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|\d{1,9}[.)][ \t]+)`)
	mdList      = regexp.MustCompile(`(?m)^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]`)
	mdEmphasis  = regexp.MustCompile(`\*+|~~|__+`)
	frontMatter = regexp.MustCompile(`(?s)\A---\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\z)`)
	matterValue = regexp.MustCompile(`(?m)^[ \t]*[A-Za-z_][\w-]*:[ \t]+["']?([^\n]*?)["']?[ \t]*\r?$`)
)

// markdownTexts reads Markdown: the text of blocks, without code, addresses and comments, and the values of front matter.
func markdownTexts(x *extraction) error {
	text := x.data
	if m := frontMatter.FindStringSubmatchIndex(text); m != nil {
		for _, v := range matterValue.FindAllStringSubmatchIndex(text[m[2]:m[3]], -1) {
			var w writer
			w.as(text[m[2]+v[2]:m[2]+v[3]], m[2]+v[2])
			x.add(&w, "", "")
		}
		text = blank(text[:m[1]], ' ') + text[m[1]:]
	}
	for _, p := range []*regexp.Regexp{mdComment, mdFence, mdReference} {
		text = cover(text, p, ' ')
	}
	if !mdList.MatchString(text) { // where there are lists, indented lines are text
		text = cover(text, mdIndented, ' ')
	}
	text = cover(text, mdCode, hole[0])
	text = cover(text, mdLink, ' ')
	text = cover(text, mdEmphasis, ' ')
	// A marker begins a block of its own: an empty line before it would say so, but would move what comes after.
	text = mdMarker.ReplaceAllStringFunc(text, func(m string) string { return "\f" + blank(m[1:], ' ') })
	x.blocks(text)
	return nil
}

// blocks adds the paragraphs of a text in which a form feed begins a block too.
func (x *extraction) blocks(text string) {
	at := 0
	for part := range strings.SplitAfterSeq(text, "\f") {
		x.paragraphs(strings.TrimSuffix(part, "\f"), at, true)
		at += len(part)
	}
}
