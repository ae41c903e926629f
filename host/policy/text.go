package policy

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// textWidth is how many characters a line of WriteText has at most, but for a longer word.
const textWidth = 78

// WriteText writes the page of a language as lines for a terminal.
func (d Document) WriteText(w io.Writer, language Language) error {
	var b bytes.Buffer
	p := d.Page(language)
	b.WriteString(p.Title + "\n\n")
	wrap(&b, "", p.Lead)
	for _, s := range p.Sections {
		b.WriteString("\n" + strings.ToUpper(s.Heading) + "\n")
		for _, text := range s.Paragraphs {
			wrap(&b, "", text)
		}
		for _, row := range s.Rows {
			if s.Technical {
				wrap(&b, "  ", row.Term+" "+row.Text)
				continue
			}
			b.WriteString("  " + row.Term + "\n")
			wrap(&b, "    ", row.Text)
		}
		for _, text := range s.Points {
			wrap(&b, "- ", text)
		}
	}
	_, err := b.WriteTo(w)
	return err
}

// wrap writes text in lines: the first begins with lead, the others with as many spaces.
func wrap(b *bytes.Buffer, lead, text string) {
	used := len(lead)
	b.WriteString(lead)
	for k, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case k > 0 && used+1+n > textWidth:
			b.WriteString("\n" + strings.Repeat(" ", len(lead)))
			used = len(lead)
		case k > 0:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	b.WriteByte('\n')
}
