package catalogue

import (
	"slices"
	"strconv"
	"strings"

	"github.com/nabij/nabij/core/pack"
)

// kindTypes are the types of schema.org that say what a page is, in the order in which they are looked for: a product's
// page may hold answers to questions, and an article a list.
var kindTypes = []struct {
	kind  pack.Kind
	types []string
}{
	{pack.KindProduct, []string{"ProductGroup"}},
	{pack.KindProduct, []string{"Product", "IndividualProduct", "ProductModel", "SomeProducts", "Vehicle", "Car", "Book"}},
	{pack.KindGuide, []string{"HowTo", "Recipe", "TechArticle"}},
	{pack.KindReview, []string{"Review", "CriticReview", "UserReview", "ReviewNewsArticle"}},
	{pack.KindArticle, []string{"Article", "BlogPosting", "NewsArticle", "Report", "OpinionNewsArticle", "ScholarlyArticle",
		"LiveBlogPosting", "AnalysisNewsArticle", "BackgroundNewsArticle"}},
	{pack.KindHelp, []string{"FAQPage", "QAPage", "ContactPage"}},
	{pack.KindCategory, []string{"CollectionPage", "ItemList", "OfferCatalog", "ProductCollection", "SearchResultsPage"}},
}

var pageTypes = []string{"WebPage", "ItemPage", "CollectionPage", "AboutPage", "MedicalWebPage", "FAQPage", "QAPage", "ContactPage", "SearchResultsPage"}

// maxCandidates is how many things at the top of a page are looked at to find what it is about.
const maxCandidates = 256

// main returns the thing that a page is about and the page's kind; nil when nothing says so. sameURL tells whether a link
// leads to the page itself.
func (g *graph) main(sameURL func(string) bool) (*node, pack.Kind) {
	candidates := slices.Clone(g.top[:min(len(g.top), maxCandidates)])
	for _, n := range candidates {
		if n.is(pageTypes...) {
			candidates = append(candidates, g.nodes(n, "mainEntity")...)
			candidates = append(candidates, g.nodes(n, "about")...)
		}
	}
	for i, k := range kindTypes {
		var found []*node
		for _, n := range candidates {
			if n.is(k.types...) && len(n.props) > 0 && !slices.Contains(found, n) {
				found = append(found, n)
			}
		}
		if len(found) == 0 {
			continue
		}
		one := found[0]
		if k.kind != pack.KindProduct || i == 0 {
			return one, k.kind
		}
		if here := slices.IndexFunc(found, func(n *node) bool { return sameURL(g.link(n, "url")) }); here >= 0 {
			return found[here], k.kind
		}
		listing := slices.ContainsFunc(candidates, func(n *node) bool { return n.is("CollectionPage", "OfferCatalog", "SearchResultsPage") })
		if len(found) == 1 && !listing {
			return one, k.kind
		}
		if c := slices.IndexFunc(candidates, func(n *node) bool { return n.is("CollectionPage", "ItemList", "OfferCatalog") }); c >= 0 {
			return candidates[c], pack.KindCategory
		}
		return nil, pack.KindCategory
	}
	return nil, pack.KindArticle
}

// describe fills in what a thing says of itself.
func (g *graph) describe(rec *record, n *node) {
	rec.title = first(g.text(n, "headline"), g.text(n, "name"))
	rec.description = first(g.text(n, "articleBody"), g.text(n, "reviewBody"), g.text(n, "text"), g.text(n, "description"))
	for _, q := range g.nodes(n, "mainEntity") {
		if n.is("FAQPage", "QAPage") && len(rec.description) < maxProse {
			rec.description += "\n" + g.text(q, "name")
			for _, a := range g.nodes(q, "acceptedAnswer") {
				rec.description += "\n" + a.own("text")
			}
		}
	}
	rec.image = first(g.link(n, "image"), g.link(n, "thumbnailUrl"))
	rec.language = g.language(n)
	rec.brand = first(g.text(n, "brand"), g.text(n, "manufacturer"))
	for _, prop := range []string{"category", "articleSection", "genre"} {
		for _, path := range g.texts(n, prop) {
			rec.topic(splitPath(path[strings.LastIndex(path, "://")+1:]))
		}
	}
	for _, prop := range []string{"color", "size", "material", "pattern", "model", "itemCondition", "author"} {
		for _, value := range g.texts(n, prop) {
			if prop == "itemCondition" {
				if value = strings.TrimSuffix(term(value), "Condition"); value == "New" {
					continue
				}
				rec.attribute("condition", value)
				continue
			}
			if !strings.Contains(value, "://") {
				rec.attribute(prop, value)
			}
		}
	}
	for _, p := range g.nodes(n, "additionalProperty") {
		for _, value := range g.texts(p, "value") {
			rec.attribute(g.text(p, "name"), strings.TrimSpace(value+" "+g.text(p, "unitText")))
		}
	}
	for _, words := range g.texts(n, "keywords") {
		for word := range strings.SplitSeq(words, ",") {
			rec.attribute("tag", strings.TrimSpace(word))
		}
	}
	for _, a := range g.nodes(n, "audience") {
		rec.attribute("gender", g.text(a, "suggestedGender"))
	}
	if s := strings.ToLower(g.text(n, "isFamilyFriendly")); s == "false" || s == "no" || s == "0" {
		rec.sensitive = true
	}
	for _, rating := range g.nodes(n, "aggregateRating") {
		if count := first(g.text(rating, "reviewCount"), g.text(rating, "ratingCount")); rec.popularity == "" {
			if _, err := strconv.ParseFloat(count, 64); err == nil {
				rec.popularity = count
			}
		}
	}
	for _, prop := range []string{"gtin", "gtin13", "gtin8", "gtin12", "gtin14", "mpn", "sku", "productID"} {
		rec.aliases = append(rec.aliases, g.text(n, prop))
	}
}

func (g *graph) language(n *node) string {
	for _, v := range n.props["inLanguage"] {
		switch v := v.(type) {
		case string:
			return v
		case *node:
			return first(v.own("alternateName"), v.own("name"))
		}
	}
	return ""
}

// offers fills in price and availability: those of the cheapest offer that can be had.
func (g *graph) offers(rec *record, n *node) {
	bestRank, bestPrice := -1, int64(0)
	var visit func(o *node, depth int)
	visit = func(o *node, depth int) {
		price, currency := first(g.text(o, "lowPrice"), g.text(o, "price")), g.text(o, "priceCurrency")
		for _, spec := range g.nodes(o, "priceSpecification") {
			if kind := g.text(spec, "priceType"); strings.Contains(kind, "List") || strings.Contains(kind, "Strike") || price != "" {
				continue
			}
			price, currency = first(g.text(spec, "price"), g.text(spec, "minPrice")), first(g.text(spec, "priceCurrency"), currency)
		}
		stock := g.text(o, "availability")
		a, _ := availability(stock)
		p, err := parsePrice(price, currency)
		rank := readiness[a&3] * 2
		if err == nil && p.Minor > 0 {
			rank++
		}
		if rank > bestRank || (rank == bestRank && p.Minor < bestPrice) {
			bestRank, bestPrice = rank, p.Minor
			rec.price, rec.currency, rec.availability = price, currency, stock
		}
		for _, inner := range g.nodes(o, "offers") {
			if depth < maxNesting {
				visit(inner, depth+1)
			}
		}
	}
	for _, o := range g.nodes(n, "offers") {
		visit(o, 0)
	}
}

// breadcrumbs returns the steps from the site's root to the page, both left out.
func (g *graph) breadcrumbs(title string, sameURL func(string) bool) []string {
	var trail *node
	for _, n := range g.top {
		if n.is("BreadcrumbList") {
			trail = n
			break
		}
		if below := g.nodes(n, "breadcrumb"); len(below) > 0 && below[0].is("BreadcrumbList") {
			trail = below[0]
		}
	}
	if trail == nil {
		return nil
	}
	type step struct {
		position   float64
		name, link string
	}
	var steps []step
	for _, e := range g.nodes(trail, "itemListElement") {
		position, err := strconv.ParseFloat(g.text(e, "position"), 64)
		if err != nil {
			position = float64(len(steps) + 1)
		}
		s := step{position: position, name: e.own("name"), link: g.link(e, "item")}
		if inner := g.nodes(e, "item"); len(inner) > 0 {
			s.name = first(s.name, inner[0].own("name"))
			s.link = first(inner[0].own("url"), inner[0].id)
		}
		if s.name != "" {
			steps = append(steps, s)
		}
	}
	slices.SortStableFunc(steps, func(a, b step) int {
		switch {
		case a.position < b.position:
			return -1
		case a.position > b.position:
			return 1
		}
		return 0
	})
	var path []string
	for i, s := range steps {
		name := cut(plain(s.name), maxText)
		last := i == len(steps)-1
		if name == "" || (i == 0 && isHome(name, s.link)) || (last && (name == title || s.link == "" || sameURL(s.link))) || len(path) >= maxTopicDepth {
			continue
		}
		path = append(path, name)
	}
	return path
}

// isHome reports whether a step of a trail is the site's root.
func isHome(name, link string) bool {
	switch strings.ToLower(name) {
	case "home", "start", "startseite", "accueil", "inicio", "homepage", "hjem", "hem", "startpagina", "⌂":
		return true
	}
	return link != "" && pathOf(link) == "/"
}
