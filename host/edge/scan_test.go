package edge

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/net/html"
)

// log is a listener that writes down what it hears.
type log struct {
	scan   *scanner
	out    bytes.Buffer
	starts []string
	ends   []string
	// scripts are start tags, and where they stand.
	scripts []string
}

func (l *log) pass(b []byte) { l.out.Write(b) }

func (l *log) script(raw []byte) {
	l.scripts = append(l.scripts, fmt.Sprint(string(raw), " ", l.out.Len()))
}

func (l *log) start(name string, raw []byte) { l.starts = append(l.starts, name) }

func (l *log) end(name string, own bool) {
	if own {
		name += fmt.Sprint(" ", l.out.Len())
	}
	l.ends = append(l.ends, name)
}

// scanned scans a page in pieces that end at cuts.
func scanned(page string, cuts ...int) *log {
	l := &log{}
	l.scan = newScanner(l)
	from := 0
	for _, cut := range cuts {
		l.scan.write([]byte(page[from:cut]))
		from = cut
	}
	l.scan.write([]byte(page[from:]))
	l.scan.finish()
	return l
}

func TestScan(t *testing.T) {
	for _, c := range []struct{ page, starts, ends string }{
		{"text < 3 <4 <", "", ""},
		{"<a><b>x</b></a>", "a b", "b 7, a 11"},
		{"<A HREF='>'>x</a >", "a", "a 13"},
		{"<ul><li>a<li>b</ul></ul>", "ul li li", "li, li, ul 14"},
		{"<br></br><img><hr/>", "br img hr", ""},
		{"<div/>x</div>", "div", "div 7"},
		{"<svg><path/><title/><a/></svg>", "svg path title a", "svg 24"},
		{"<svg><path d=x/></path></svg>", "svg path", "path 16, svg 23"},
		{"<script>'</nabij-suggestions>'; a<b</script ><p>", "script p", "script 43"},
		{"<script><!-- <script> </script> --></script>x</p>", "script", "script 43"},
		{"<script><!--> <script> </script>x</p>", "script", "script 31"},
		{"<title><b></title></b>", "title", "title 17"},
		{"<textarea></textarea x='>'></textarea>", "textarea", "textarea 20"},
		{"<!-- <a> --><!--><b><!---><c><!-- --!><d><!- <e>", "b c d", ""},
		{"<!doctype html><?x <a>?><b></ <c>></x><!x><d>", "b d", ""},
		{"<![CDATA[<a>]]><b><svg><![CDATA[<c>]]><d>", "b svg d", ""},
		{"<plaintext><a></plaintext>", "plaintext", ""},
		{"<nabij-suggestions slot-name=x></nabij-suggestions><", "nabij-suggestions", "nabij-suggestions 31"},
		{"<a b", "", ""},
		{"<a></a b='c", "a", ""},
	} {
		want := scanned(c.page)
		assert.Equal(t, c.starts, strings.Join(want.starts, " "), c.page)
		assert.Equal(t, c.ends, strings.Join(want.ends, ", "), c.page)
		assert.Equal(t, c.page, want.out.String())
		for cut := range c.page {
			got := scanned(c.page, cut, min(cut+1, len(c.page)))
			assert.Equal(t, want.starts, got.starts, "%s at %d", c.page, cut)
			assert.Equal(t, want.ends, got.ends, "%s at %d", c.page, cut)
			assert.Equal(t, c.page, got.out.String(), "%s at %d", c.page, cut)
		}
	}
}

// TestScanScripts: what is before a script's start tag has been passed on, and the tag has not, however the page is cut.
func TestScanScripts(t *testing.T) {
	long := "<script x='" + strings.Repeat("x", maxScript) + "'>"
	page := "<p><SCRIPT src=a>'<script>'</script><b><script/></b></script>" + long
	for cut := range page {
		assert.Equal(t, []string{"<SCRIPT src=a> 3", "<script/> 39"}, scanned(page, cut).scripts, cut)
	}
}

// TestScanPassesAtOnce: nothing is held back but what may be an end tag, or the start tag of a script.
func TestScanPassesAtOnce(t *testing.T) {
	for page, held := range map[string]string{
		"text": "", "<": "<", "</": "</", "</nabij": "</nabij", "</nabij-suggestions  ": "</nabij-suggestions  ", "<a": "", "<a href='": "", "<!": "", "<!-": "", "</!": "",
		"<script": "<script", "<script src='x'": "<script src='x'", "<script>": "", "<script></script": "", "<script></script ": " ", "</" + strings.Repeat("x", maxEndTag): "", "<s": "<s", "<SCRIPTS": "", "<script " + strings.Repeat("x", maxScript): "",
	} {
		l := &log{}
		newScanner(l).write([]byte(page))
		assert.Equal(t, strings.TrimSuffix(page, held), l.out.String(), page)
	}
}

func TestScanLimits(t *testing.T) {
	long := strings.Repeat("x", 3*maxTag)
	l := scanned("<a b='" + long + "'></a><p>")
	assert.Equal(t, []string{"a", "p"}, l.starts)
	assert.Len(t, l.ends, 1)
	l = scanned("<a></a " + long + "><p>")
	assert.Equal(t, []string{"a"}, l.ends, "not before what was passed on")
	l = scanned("<" + long + "><p></p>")
	assert.Equal(t, []string{"", "p"}, l.starts)
	l = scanned(strings.Repeat("<div>", maxOpen+1) + "</div>")
	assert.Empty(t, l.ends, "lost")
	assert.Len(t, l.scan.open, maxOpen)
	var names strings.Builder
	for i := range maxNames + 1 {
		fmt.Fprintf(&names, "<x%d></x%d>", i, i)
	}
	l = scanned(names.String())
	assert.Len(t, l.scan.names, maxNames)
	l = scanned(strings.Repeat("<p>a<li>", 100_000))
	assert.LessOrEqual(t, len(l.scan.open), maxOpen)
}

// tokenized returns the start tags that the tokenizer of golang.org/x/net/html finds.
func tokenized(page string) (starts []string) {
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return starts
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			if len(name) > maxName {
				name = nil
			}
			starts = append(starts, string(name))
		}
	}
}

var corpus = []string{
	"<html><head><script src=/nabij/nabij.js></script></head><body><nabij-suggestions slot-name='a'>x</nabij-suggestions></body></html>",
	"<script><!-- <script>x</script> --></script><p a=\"b>c\" d='e\">' f=g/h>", "<!--a--><!-- -- --!><b><textarea><c></textarea><style><!--</style><d>",
	"<title></titlex></title/><a></a/><b/ ><c a= b ='c' =d>", "<a/b><xmp><b></xmp><iframe><c></iframe>",
}

// FuzzScan: however a page is cut, its bytes stay the same and so does what is found in it, which is what another tokenizer finds.
func FuzzScan(f *testing.F) {
	for _, page := range corpus {
		f.Add(page, uint64(1))
	}
	f.Fuzz(func(t *testing.T, page string, seed uint64) {
		whole := scanned(page)
		assert.Equal(t, page, whole.out.String())
		random := rand.New(rand.NewPCG(seed, 0))
		var cuts []int
		for i := range page {
			if random.IntN(3) == 0 {
				cuts = append(cuts, i)
			}
		}
		cut := scanned(page, cuts...)
		assert.Equal(t, page, cut.out.String())
		assert.Equal(t, whole.starts, cut.starts)
		assert.Equal(t, whole.ends, cut.ends)
		lower := strings.ToLower(page)
		if strings.Contains(lower, "<svg") || strings.Contains(lower, "<math") || strings.Contains(lower, "<plaintext") || strings.ContainsAny(page, "\x00\r") || len(page) > 1000 || lower != strings.ToValidUTF8(lower, "") {
			return
		}
		assert.Equal(t, tokenized(page), whole.starts)
	})
}
