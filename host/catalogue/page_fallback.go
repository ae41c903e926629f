package catalogue

import (
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/nabij/nabij/core/pack"
)

// fallBack fills in what structured data did not say, from OpenGraph and then from the page itself.
func (p *page) fallBack(rec *record) {
	m := p.meta
	if rec.title == "" {
		rec.title = p.title()
	}
	rec.image = first(rec.image, m["og:image"], m["og:image:url"], m["twitter:image"])
	described := first(m["og:description"], m["description"], m["twitter:description"])
	if rec.description == "" {
		rec.description = described
	}
	if rec.kind == pack.KindProduct {
		rec.price = first(rec.price, m["product:price:amount"], m["og:price:amount"])
		rec.currency = first(rec.currency, m["product:price:currency"], m["og:price:currency"])
		rec.availability = first(rec.availability, m["product:availability"], m["og:availability"])
		rec.salePrice = first(rec.salePrice, m["product:sale_price:amount"])
		rec.brand = first(rec.brand, m["product:brand"], m["og:brand"])
	} else if prose := p.prose(); len(rec.description) < maxProse/4 {
		rec.description += "\n" + prose
	}
	if len(rec.topics) == 0 {
		rec.topic(splitPath(first(m["article:section"], m["product:category"])))
	}
	rec.attribute("tag", m["article:tag"])
	if rating := strings.ToLower(m["rating"]); rating == "adult" || rating == "mature" || strings.HasPrefix(rating, "rta-") {
		rec.sensitive = true
	}
}

// title is OpenGraph's, the main heading, or the document's title without the site's name.
func (p *page) title() string {
	h1 := ""
	if s := p.doc.Find("h1").First(); s.Length() > 0 {
		h1 = textOf(s.Nodes[0], maxText)
	}
	site := plain(p.meta["og:site_name"])
	for _, n := range p.graph.top {
		if site == "" && n.is("WebSite", "Organization") {
			site = plain(n.own("name"))
		}
	}
	title := first(p.meta["og:title"], h1, p.doc.Find("head title").First().Text(), p.doc.Find("title").First().Text())
	title = plain(title)
	if site == "" {
		return title
	}
	if rest, ok := strings.CutSuffix(title, site); ok {
		if cutOff := strings.TrimRight(rest, " -–—|·:•"); cutOff != "" && cutOff != rest {
			return cutOff
		}
	}
	return title
}

// prose is the beginning of the page's own text, without what stands on every page.
func (p *page) prose() string {
	for _, selector := range []string{"article", "main", "[role=main]"} {
		if s := p.doc.Find(selector).First(); s.Length() > 0 {
			return cut(textOf(s.Nodes[0], maxProse), maxProse)
		}
	}
	return ""
}

// crumbs returns the topics that lead to the page: of structured data, or of the links of a trail.
func (p *page) crumbs(title string, sameURL func(string) bool) []string {
	title = plain(title)
	if path := p.graph.breadcrumbs(title, sameURL); len(path) > 0 {
		return path
	}
	trail := p.doc.Find(`nav[aria-label*="readcrumb"], [class~="breadcrumb"], [class~="breadcrumbs"]`).First()
	var path []string
	trail.Find("a[href]").Each(func(i int, s *goquery.Selection) {
		name := cut(plain(textOf(s.Nodes[0], maxText)), maxText)
		href := s.AttrOr("href", "")
		if name == "" || name == title || (i == 0 && isHome(name, href)) || sameURL(href) || len(path) >= maxTopicDepth {
			return
		}
		path = append(path, name)
	})
	return path
}

// override takes what the page says for Nabij alone, in meta elements named nabij:id, nabij:kind, nabij:topic,
// nabij:sensitive and nabij:popularity.
func (p *page) override(r *reader, rec *record) {
	m := p.meta
	rec.id = first(m["nabij:id"], rec.id)
	rec.popularity = first(m["nabij:popularity"], rec.popularity)
	if s, ok := m["nabij:sensitive"]; ok {
		rec.sensitive = truth(s) || s == ""
	}
	if path := splitPath(m["nabij:topic"]); len(path) > 0 {
		rec.topics = append([][]string{path}, rec.topics...)
	}
	if s := m["nabij:kind"]; s != "" {
		kind, ok := pack.ParseKind(strings.ToLower(s))
		if !ok {
			r.problem(Warning, "bad-kind", 0, p.at.Path, "nabij:kind",
				"%s is no kind; write product, article, guide, review, comparison, help or category", quoteShort(s))
			return
		}
		rec.kind = kind
	}
}
