package copy

import (
	"os"
	"strings"
	"testing"
)

// BenchmarkText looks at sentences of shops, of which half are out of tone.
func BenchmarkText(b *testing.B) {
	var texts []specimen
	data, err := os.ReadFile("testdata/corpus.tsv")
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		parts := strings.SplitN(strings.TrimSpace(line), "\t", 3)
		if len(parts) == 3 && isLanguage(parts[0]) {
			texts = append(texts, specimen{parts[0], parts[1], parts[2]})
		}
	}
	bytes := 0
	for _, s := range texts {
		bytes += len(s.text)
	}
	l := New()
	b.SetBytes(int64(bytes))
	for b.Loop() {
		for _, s := range texts {
			l.Text(s.text, s.language)
		}
	}
}

// BenchmarkFile looks at a page of a megabyte.
func BenchmarkFile(b *testing.B) {
	page := []byte("<html lang=en>" + strings.Repeat("<p>Wash the <b>wool</b> by hand in cold water, and dry it flat; see <a href=/care>care</a>.</p>\n", 10_000))
	l := New()
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if _, err := l.File("page.html", page, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
