package copy

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

var (
	// inlineElements are those within which a sentence goes on.
	inlineElements = wordSet("a abbr acronym b bdi bdo big data del dfn em font i ins mark rp rt ruby small span strong sub sup time tt u var wbr cite q code kbd samp s label")
	// quotingElements have words that are somebody else's, or a machine's: they are holes in a sentence.
	quotingElements = wordSet("q cite code kbd samp")
	// silentElements have nothing that is read.
	silentElements = wordSet("script style iframe noembed noframes pre blockquote svg math object canvas")
	// endless elements may lack an end tag: the next of them ends the last, unless that is outside of what they are in.
	endless = []struct{ next, last, in map[string]bool }{
		{wordSet("p div ul ol dl table form section article aside header footer nav main figure blockquote pre hr h1 h2 h3 h4 h5 h6"), wordSet("p"),
			wordSet("td th button object template")},
		{wordSet("li"), wordSet("li"), wordSet("ul ol menu")},
		{wordSet("dt dd"), wordSet("dt dd"), wordSet("dl")},
		{wordSet("td th"), wordSet("td th"), wordSet("tr table")},
		{wordSet("tr"), wordSet("tr"), wordSet("table")},
		{wordSet("option"), wordSet("option"), wordSet("select datalist")},
	}
	// voidElements have no end.
	voidElements = wordSet("area base br col embed hr img input link meta param source track wbr")
	// textAttributes are shown or read out.
	textAttributes = wordSet("title alt aria-label aria-description aria-roledescription aria-placeholder aria-valuetext placeholder label summary")
	// textMetas are the names of meta elements that have text.
	textMetas = wordSet("description og:title og:description twitter:title twitter:description title subject")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// mostOpen is how deep elements are kept apart.
const mostOpen = 512

// element is one that is open.
type element struct{ name, language string }

// htmlReader takes texts out of HTML.
type htmlReader struct {
	*extraction
	w        writer
	language string // of what w has
	open     []element
	silent   int // how many silent elements are open
	quoting  int
	scripts  bool // whether scripts are a component's own, with texts
}

// htmlTexts reads HTML and templates that make it. What cannot be parsed as HTML is read as far as it goes, as a browser would.
func htmlTexts(x *extraction) error {
	h := &htmlReader{extraction: x, scripts: scriptedName.MatchString(x.name)}
	text := x.data
	if m := frontMatter.FindStringIndex(text); m != nil && strings.HasSuffix(strings.ToLower(x.name), ".astro") {
		text = blank(text[:m[1]], ' ') + text[m[1]:]
	}
	text = x.uncover(text)
	z := html.NewTokenizer(strings.NewReader(text))
	at := 0
	for {
		kind := z.Next()
		raw := string(z.Raw())
		if kind == html.ErrorToken && raw == "" {
			break
		}
		h.token(kind, raw, at, z)
		at += len(raw)
		if kind == html.ErrorToken {
			break
		}
	}
	h.flush()
	return nil
}

var scriptedName = regexp.MustCompile(`(?i)\.(?:vue|svelte|astro)$`)

func (h *htmlReader) flush() {
	h.add(&h.w, h.language, "")
	h.w = writer{}
}

func (h *htmlReader) token(kind html.TokenType, raw string, at int, z *html.Tokenizer) {
	switch kind {
	case html.TextToken:
		h.text(raw, at)
	case html.StartTagToken, html.SelfClosingTagToken:
		name, _ := z.TagName()
		h.start(string(name), raw, at, kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		name, _ := z.TagName()
		h.end(string(name))
	}
}

func (h *htmlReader) text(raw string, at int) {
	switch {
	case h.silent > 0:
		if h.scripts && h.open[len(h.open)-1].name == "script" {
			h.script(raw, at)
		}
	case h.quoting > 0:
		h.w.as(blank(raw, hole[0]), at)
	default:
		h.language = h.current()
		h.w.markup(strings.NewReplacer("\n", " ", "\r", " ").Replace(raw), at)
	}
}

// script adds the texts of a component's script.
func (h *htmlReader) script(raw string, at int) {
	s := &scriptReader{extraction: &extraction{name: h.name, data: h.data[:at+len(raw)]}, i: at}
	s.all()
	h.segments = append(h.segments, s.segments...)
}

// current returns the language of the innermost element that says one, besides the document's.
func (h *htmlReader) current() string {
	for i := len(h.open) - 1; i >= 0; i-- {
		if h.open[i].language != "" {
			return h.open[i].language
		}
	}
	return ""
}

func (h *htmlReader) start(name, raw string, at int, closed bool) {
	if !inlineElements[name] {
		h.flush()
	}
	h.endLast(name)
	attributes := attributesOf(raw)
	e := element{name: name, language: languageCode(valueOf(attributes, "lang"))}
	if name == "html" {
		h.extraction.language, e.language = e.language, ""
	}
	tooDeep := len(h.open) >= mostOpen // what is in it counts as its parent's
	if !tooDeep {
		h.open = append(h.open, e)
	}
	if h.silent == 0 {
		h.attributes(name, attributes, at)
	}
	if tooDeep {
		return
	}
	if closed && name != "script" || voidElements[name] {
		h.open = h.open[:len(h.open)-1]
		return
	}
	if silentElements[name] {
		h.silent++
	}
	if quotingElements[name] {
		h.quoting++
	}
}

// endLast ends an element that lacks its end tag, where a start tag tells that it has ended.
func (h *htmlReader) endLast(next string) {
	for _, l := range endless {
		if !l.next[next] {
			continue
		}
		for i := len(h.open) - 1; i >= 0 && !l.in[h.open[i].name]; i-- {
			if name := h.open[i].name; l.last[name] {
				h.end(name)
				break
			}
		}
	}
}

func (h *htmlReader) end(name string) {
	if !inlineElements[name] {
		h.flush()
	}
	for i := len(h.open) - 1; i >= 0; i-- {
		if h.open[i].name != name {
			continue
		}
		for _, e := range h.open[i:] {
			if silentElements[e.name] {
				h.silent--
			}
			if quotingElements[e.name] {
				h.quoting--
			}
		}
		h.open = h.open[:i]
		return
	}
}

// attribute is one of a start tag; at is where its value begins in the tag.
type attribute struct {
	name, value string
	at          int
}

var attributePattern = regexp.MustCompile(`(?s)([^\s=/>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)

func attributesOf(raw string) []attribute {
	var all []attribute
	for _, m := range attributePattern.FindAllStringSubmatchIndex(raw, -1) {
		for g := 4; g <= 8; g += 2 {
			if m[g] >= 0 {
				all = append(all, attribute{strings.ToLower(raw[m[2]:m[3]]), raw[m[g]:m[g+1]], m[g]})
			}
		}
	}
	return all
}

func valueOf(attributes []attribute, name string) string {
	i := slices.IndexFunc(attributes, func(a attribute) bool { return a.name == name })
	if i < 0 {
		return ""
	}
	return attributes[i].value
}

// attributes adds those of a tag that are shown or read out.
func (h *htmlReader) attributes(name string, attributes []attribute, at int) {
	for _, a := range attributes {
		shown := textAttributes[a.name]
		switch {
		case a.name == "content" && name == "meta":
			shown = textMetas[strings.ToLower(valueOf(attributes, "name")+valueOf(attributes, "property"))]
		case a.name == "value" && name == "input":
			kind := strings.ToLower(valueOf(attributes, "type"))
			shown = kind == "button" || kind == "submit" || kind == "reset"
		case strings.HasPrefix(a.name, ":") || strings.HasPrefix(a.name, "v-"):
			h.strings(a.value, at+a.at) // an expression
		}
		if shown {
			var w writer
			w.markup(strings.NewReplacer("\n", " ", "\r", " ").Replace(a.value), at+a.at)
			h.add(&w, h.current(), a.name)
		}
	}
}
