package catalogue

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html/charset"

	"github.com/nabij/nabij/core/pack"
)

// maxProse is how much of a page's own text is added to the description of what is no product, in bytes.
const maxProse = 4096

// readPage reads a source that is a single HTML page.
func (r *reader) readPage(br *bufio.Reader, encoding string) error {
	text, err := io.ReadAll(io.LimitReader(br, maxRecord+1))
	if err != nil {
		return err
	}
	return r.addPage(text, encoding, r.pageURL(path.Base(strings.ReplaceAll(r.name, "\\", "/"))))
}

// pageURL returns the address of the page in the named file of a site.
func (r *reader) pageURL(name string) *url.URL {
	dir, file := path.Split(name)
	if lower := strings.ToLower(file); lower == "index.html" || lower == "index.htm" {
		name = dir
	}
	if r.base != nil {
		return r.base.ResolveReference(&url.URL{Path: "./" + name})
	}
	return &url.URL{Path: "/" + name}
}

// page is an HTML page on its way to a record.
type page struct {
	doc   *goquery.Document
	graph graph
	at    *url.URL // where it is
	meta  map[string]string
}

// addPage reads an HTML page that lies at the given address.
func (r *reader) addPage(text []byte, encoding string, at *url.URL) error {
	if len(text) > maxRecord {
		r.records++
		r.problem(Error, "too-long", 0, "", "", "the page has more than %d bytes; it is left out", maxRecord)
		return nil
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(decodePage(text, encoding)))
	if err != nil {
		r.records++
		r.problem(Error, "bad-html", 0, "", "", "the page cannot be read: %v; it is left out", err)
		return nil
	}
	p := page{doc: doc, at: at, meta: make(map[string]string)}
	doc.Find("meta[content]").Each(func(_ int, s *goquery.Selection) {
		key := strings.ToLower(first(s.AttrOr("name", ""), s.AttrOr("property", "")))
		if _, taken := p.meta[key]; !taken && key != "" {
			p.meta[key] = strings.TrimSpace(s.AttrOr("content", ""))
		}
	})
	if why := p.hidden(); why != "" {
		r.records++
		r.problem(Note, "hidden-page", 0, at.Path, "", "the page %s and is left out", why)
		return nil
	}
	doc.Find(`script[type^="application/ld+json"]`).Each(func(i int, s *goquery.Selection) {
		if err := p.graph.addJSONLD(s.Text()); err != nil {
			r.problem(Warning, "bad-jsonld", 0, at.Path, fmt.Sprintf("script %d", i+1),
				"the JSON-LD cannot be read: %v; it is passed over; check it with a validator of structured data", err)
		}
	})
	p.graph.addMicrodata(doc)
	return r.addRecordOf(&p)
}

// decodePage turns a page into UTF-8: by its byte order mark, its meta element, or a guess.
func decodePage(text []byte, encoding string) []byte {
	if encoding != "" {
		return text // decoded already
	}
	e, name, certain := charset.DetermineEncoding(text[:min(len(text), 1024)], "")
	if !certain || name == "utf-8" {
		if utf8.Valid(text) {
			return text
		}
		fixed, _ := toUTF8(text)
		return fixed
	}
	if fixed, err := e.NewDecoder().Bytes(text); err == nil {
		return fixed
	}
	return text
}

// hidden says why a page is not to be suggested, nothing if it may be.
func (p *page) hidden() string {
	for _, name := range []string{"robots", "googlebot"} {
		for word := range strings.FieldsFuncSeq(strings.ToLower(p.meta[name]), func(c rune) bool { return c == ',' || c == ' ' }) {
			if word == "noindex" || word == "none" {
				return "asks not to be indexed"
			}
		}
	}
	redirect := false
	p.doc.Find("meta[http-equiv]").Each(func(_ int, s *goquery.Selection) {
		redirect = redirect || (strings.EqualFold(s.AttrOr("http-equiv", ""), "refresh") && strings.Contains(strings.ToLower(s.AttrOr("content", "")), "url="))
	})
	if redirect {
		return "leads on to another"
	}
	return ""
}

// addRecordOf turns a page into a record, and a product's variants into one item.
func (r *reader) addRecordOf(p *page) error {
	base := p.at
	if href, ok := p.doc.Find("base[href]").First().Attr("href"); ok {
		if u, err := p.at.Parse(strings.TrimSpace(href)); err == nil && u.User == nil {
			base = u
		}
	}
	rec := &record{base: base, url: p.at.String(), language: strings.TrimSpace(p.doc.Find("html").AttrOr("lang", ""))}
	canonical := first(strings.TrimSpace(p.doc.Find(`link[rel~="canonical"]`).First().AttrOr("href", "")), p.meta["og:url"])
	if canonical != "" {
		if _, err := reference(canonical, base); err == nil {
			rec.url = canonical
		} else {
			r.problem(Warning, "bad-canonical", 0, p.at.Path, "canonical", "the canonical link %v; the page's own address is used", err)
		}
	}
	self, _ := reference(rec.url, base)
	sameURL := func(link string) bool {
		there, err := reference(link, base)
		return err == nil && there != "" && (there == self || pathOf(there) == pathOf(self))
	}
	thing, kind := p.graph.main(sameURL)
	lang := rec.language
	if thing != nil {
		p.graph.describe(rec, thing)
		p.graph.offers(rec, thing)
	}
	if _, ok := languageTag(lang); ok || rec.language == "" {
		rec.language = lang
	}
	if _, ok := languageTag(rec.language); !ok {
		rec.language = "" // what a template left there is not worth a word
	}
	rec.kind = p.kind(thing, kind, self)
	p.fallBack(rec)
	if crumbs := p.crumbs(rec.title, sameURL); len(crumbs) > 0 {
		rec.topics = append([][]string{crumbs}, rec.topics...)
	}
	p.override(r, rec)
	if rec.id == "" {
		rec.id = p.productID(rec.kind, thing)
	}
	if rec.id == "" {
		rec.id = pathOf(self)
	}
	variants := []*node(nil)
	if thing != nil {
		variants = p.graph.nodes(thing, "hasVariant")
	}
	if len(variants) == 0 {
		return r.add(rec)
	}
	return r.addGroup(p, rec, variants)
}

// addGroup folds the variants that a page lists into one item.
func (r *reader) addGroup(p *page, rec *record, variants []*node) error {
	id, err := identifier(rec.id)
	if err != nil {
		return r.add(rec)
	}
	key := "page:" + id
	r.part(key, id, rec, true)
	for _, v := range variants {
		one := record{base: rec.base, language: rec.language}
		p.graph.describe(&one, v)
		one.language, one.description = rec.language, ""
		p.graph.offers(&one, v)
		r.part(key, id, &one, false)
	}
	r.records -= len(variants) // a page is one record
	return r.flush(key)
}

// kind is what the page says it is, in structured data or OpenGraph.
func (p *page) kind(thing *node, kind pack.Kind, self string) pack.Kind {
	if thing != nil || kind == pack.KindCategory {
		return kind
	}
	switch og := strings.ToLower(p.meta["og:type"]); {
	case strings.HasPrefix(og, "product") || og == "og:product" || p.meta["product:price:amount"] != "":
		return pack.KindProduct
	case strings.HasPrefix(og, "article"), og == "blog":
		return pack.KindArticle
	}
	if pathOf(self) == "/" {
		return pack.KindCategory
	}
	return pack.KindArticle
}

// productID returns the identifier that the shop itself gives a product, empty when it gives none.
func (p *page) productID(kind pack.Kind, thing *node) string {
	if kind != pack.KindProduct {
		return ""
	}
	id := p.meta["product:retailer_item_id"]
	if thing != nil {
		g := &p.graph
		id = first(g.text(thing, "productGroupID"), g.text(thing, "productID"), g.text(thing, "sku"), id)
	}
	return id
}
