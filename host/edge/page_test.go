package edge

import (
	"bytes"
	"math/rand/v2"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/edge/answer"
	"github.com/nabij/nabij/host/edge/markup"
	"github.com/nabij/nabij/host/edge/moment"
	"github.com/nabij/nabij/host/edge/pagetest"
)

const testdata = "../../wasm/edge/testdata/markup/"

func testPack(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile(testdata + "test.pack")
	require.NoError(t, err)
	return data
}

// filler fills pages without a server, from the engine as Go code.
type filler struct {
	site   *answer.Site
	config Config
}

func newFiller(t testing.TB, config Config) *filler {
	t.Helper()
	p, err := pack.Open(testPack(t))
	require.NoError(t, err)
	site, err := answer.NewSite(p, answer.NewNative(p), config.Config)
	require.NoError(t, err)
	if config.Base == "" {
		config.Base = defaultBase
	}
	return &filler{site, config}
}

// fill returns a page as it is filled, which comes in pieces that end at cuts, and what was added, in order.
func (f *filler) fill(t testing.TB, text, address string, class moment.Class, cuts ...int) (string, []string) {
	t.Helper()
	u, err := url.Parse(address)
	require.NoError(t, err)
	var out, origin bytes.Buffer
	var added []string
	var p *page
	p = newPage(page{
		write: func(b []byte) {
			out.Write(b)
			if p.count == int64(origin.Len()) {
				added = append(added, string(b))
			} else {
				origin.Write(b)
			}
		},
		suggest: func(r core.Request) ([]core.Suggestion, bool) {
			reply, err := f.site.Suggest(t.Context(), r)
			return reply.Suggestions, err == nil
		},
		pack: f.site.Pack, config: &f.config, classes: &f.site.Classes, class: class, address: u,
	})
	from := 0
	for _, cut := range append(cuts, len(text)) {
		p.scan.write([]byte(text[from:cut]))
		from = cut
	}
	p.scan.finish()
	require.Equal(t, text, origin.String(), "the origin's bytes")
	return out.String(), added
}

// TestCases: each case of markup, as a page.
func TestCases(t *testing.T) {
	cases := pagetest.LoadMarkup(t, "../..")
	fill := func(f *filler, name, page, class string) string {
		of, err := moment.Parse(class)
		require.NoError(t, err)
		got, added := f.fill(t, page, "https://shop.example/none", of)
		assert.LessOrEqual(t, len(added), 1, name)
		return got
	}
	f := newFiller(t, Config{})
	for _, c := range cases.Slots {
		assert.Equal(t, c.Page()+c.Want+pagetest.SlotEnd, fill(f, c.Name, c.Page()+pagetest.SlotEnd, c.Class), c.Name)
	}
	for _, c := range cases.Heads {
		f := newFiller(t, Config{Base: c.Base, Preload: c.Preloads})
		assert.Equal(t, pagetest.HeadBegin+c.Want+pagetest.HeadEnd, fill(f, c.Name, pagetest.HeadBegin+pagetest.HeadEnd, c.Class), c.Name)
	}
}

const (
	script = `<script src="/nabij/nabij.js" type="module"></script>`
	next   = `<nabij-suggestions slot-name="next"><p>fallback</p></nabij-suggestions>`
)

func TestPage(t *testing.T) {
	f := newFiller(t, Config{Preload: []markup.Preload{{Href: "/nabij/a.wasm", As: "fetch"}, {Href: "/nabij/nabij.js", As: "script"}}})
	var noon moment.Class
	for _, c := range []struct {
		name, page, address string
		added               int
		holds               string // of what was added, joined
	}{
		{"nothing", "<html><head></head><p>text", "/", 0, ""},
		{"no head end tag", "<html><head>" + script + "<body>" + next, "/", 2, "nabij-context"},
		{"a head end tag of no head", script + "</head>" + next, "/", 1, ""},
		{"the script twice", "<head>" + script + script + "</head><head>" + script + "</head>", "/", 1, "nabij-context"},
		{"the script after the head", "<head></head>" + script, "/", 0, ""},
		{"the script deeper in the head", "<head><noscript><i>" + script + "</i></noscript></head>", "/", 0, ""},
		{"the script in a comment", "<head><!--" + script + "--></head>", "/", 0, ""},
		{"another script", "<head><script src=/notnabij.js></script></head>", "/", 0, ""},
		{"a preload that is there", `<head><link rel="x PRELOAD" href="/nabij/nabij.js" as=script>` + script + "</head>", "/", 1, `href="/nabij/a.wasm"`},
		{"at an edge before", `<head><meta name="nabij-context" content="0 0 0 0 0">` + script + "</head>" + next, "/", 0, ""},
		{"two slots", next + next, "/", 2, ""},
		{"a slot that the pack has not", `<nabij-suggestions slot-name="x"></nabij-suggestions><nabij-suggestions></nabij-suggestions>`, "/", 0, ""},
		{"an unclosed slot", "<div><nabij-suggestions slot-name=next><p></div>", "/", 0, ""},
		{"an unclosed slot, whose end tag comes late", "<div><nabij-suggestions slot-name=next></div></nabij-suggestions>" + next, "/", 1, ""},
		{"a slot in a slot", "<nabij-suggestions slot-name=next>" + next + "</nabij-suggestions>" + next, "/", 1, ""},
		{"a child that is not closed", "<nabij-suggestions slot-name=next><p>x</nabij-suggestions>" + next, "/", 2, ""},
		{"a list's child that is not closed", "<nabij-suggestions slot-name=next><ul><li>x</ul></nabij-suggestions>", "/", 1, ""},
		{"a slot in a paragraph", "<p>" + next + "<p><b>" + next + "</b></p><div>" + next + "</div>", "/", 2, ""},
		{"a slot that was filled", "<nabij-suggestions slot-name=next><ul slot=nabij></ul></nabij-suggestions>", "/", 0, ""},
		{"a slot in a comment", "<!--" + next + "-->", "/", 0, ""},
		{"a slot in a script", "<script>'" + next + "'</script>", "/", 0, ""},
		{"a slot in a template", "<template>" + next + "</template>", "/", 0, ""},
		{"a slot with a shadow root of its own", "<nabij-suggestions slot-name=next><template shadowrootmode=open></template></nabij-suggestions>", "/", 0, ""},
		{"a template deeper in the fallback", "<nabij-suggestions slot-name=two><div><template><b></b></template></div></nabij-suggestions>", "/", 1, "<ul"},
		{"a template that is too long", "<nabij-suggestions slot-name=two><template><b>" + strings.Repeat("x", maxTemplate) + "</b></template></nabij-suggestions>", "/", 0, ""},
		{"a template that does not end", "<nabij-suggestions slot-name=two><template><b></b></nabij-suggestions>", "/", 0, ""},
		{"an item by address", next, "https://shop.example/p/shirt?utm=1", 1, "Often viewed with Ocean blue shirt"},
		{"an item by canonical link", "<link rel=canonical href=/p/shirt>" + next, "/x", 1, "Often viewed with Ocean blue shirt"},
		{"an item by linked data", `<script type="application/LD+json">{"@type":"Product","sku":"shirt"}</script>` + next, "/x", 1, "Often viewed with Ocean blue shirt"},
		{"linked data that is too long", `<script type="application/ld+json">{"@type":"Product","sku":"shirt","x":"` + strings.Repeat("x", maxLinked) + `"}</script>` + next, "/x", 1, "Popular now"},
		{"an item that comes too late", next + `<meta name=nabij-item content=shirt>`, "/x", 1, "Popular now"},
		{"a language with references", `<html lang="&#110;l">` + next, "/", 1, "Suggesties"},
		{"a start tag that is too long", "<nabij-suggestions slot-name=next x='" + strings.Repeat("x", maxTag) + "'></nabij-suggestions>", "/", 0, ""},
		{"an end tag that is too long", "<nabij-suggestions slot-name=next></nabij-suggestions" + strings.Repeat(" ", maxEndTag) + ">", "/", 0, ""},
	} {
		_, added := f.fill(t, c.page, c.address, noon)
		assert.Len(t, added, c.added, c.name)
		assert.Contains(t, strings.Join(added, ""), c.holds, c.name)
		if c.name == "a preload that is there" {
			assert.NotContains(t, added[0], `as="script"`)
		}
	}
	f = newFiller(t, Config{Everywhere: true})
	page, added := f.fill(t, "<head>"+script+"</head>", "/", noon)
	require.Len(t, added, 1)
	assert.Equal(t, "<head>"+script+added[0]+"</head>", page)
}

// FuzzPage: taking out what was added leaves the origin's bytes, and neither depends on how the page is cut.
func FuzzPage(f *testing.F) {
	for _, page := range append(corpus, "<head>"+script+"</head>"+next+"<nabij-suggestions slot-name=two><template><a data-nabij=link>x</a></template></nabij-suggestions>",
		"<div>"+next+"</div></nabij-suggestions><nabij-suggestions slot-name=two><template></nabij-suggestions>",
		`<script type="application/ld+json">{"@type":"Product"}</script>`+next) {
		f.Add(page, uint64(1))
	}
	fill := newFiller(f, Config{})
	f.Fuzz(func(t *testing.T, page string, seed uint64) {
		want, added := fill.fill(t, page, "https://shop.example/p/shirt", moment.Class{})
		random := rand.New(rand.NewPCG(seed, 0))
		var cuts []int
		for i := range page {
			if random.IntN(4) == 0 {
				cuts = append(cuts, i)
			}
		}
		got, addedToo := fill.fill(t, page, "https://shop.example/p/shirt", moment.Class{}, cuts...)
		assert.Equal(t, want, got)
		assert.Equal(t, added, addedToo)
	})
}

// TestManyPages does so on what pages are made of.
func TestManyPages(t *testing.T) {
	f := newFiller(t, Config{})
	pieces := []string{"<nabij-suggestions slot-name=two>", "</nabij-suggestions>", "<template>", "</template>", "<head>", "</head>", script, "<div>", "</div>", "<p>", "</p>",
		"<!--", "-->", "<script>", "</script>", "<a data-nabij=link>", "</a>", "x", "<", "</", ">", "'", `"`, "<svg>", "</svg>", "<path/>", "<title>", "</title>", "=", " "}
	random := rand.New(rand.NewPCG(1, 2))
	filled := 0
	for range 5000 {
		var b strings.Builder
		for range 2 + random.IntN(24) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		page := b.String()
		want, added := f.fill(t, page, "/", moment.Class{})
		filled += len(added)
		cut := random.IntN(len(page))
		got, _ := f.fill(t, page, "/", moment.Class{}, cut, cut+random.IntN(len(page)-cut))
		require.Equal(t, want, got, page)
	}
	assert.Greater(t, filled, 100)
}
