package site

import (
	"html/template"

	"github.com/nabij/nabij/host/catalogue"
)

// page is what a template shows. What only some pages have is zero on the others.
type page struct {
	*shop
	Head template.HTML
	// Origin is what absolute links begin with; empty when only paths are known.
	Origin string

	Title       string
	Heading     string // of the page; the title when it has no other
	Description string
	Canonical   string
	NoIndex     bool
	// Other is the path of the same page in the other language, with its query.
	Other string
	// Policy is the address of the policy's page in the page's language, if there is one.
	Policy     string
	StyleURL   string
	Structured []any // JSON-LD
	Query      string
	InBasket   int
	// Topic is what the page is about, nil when it is about none; About is its path on the page of a department.
	Topic *topic
	About string
	// Bought holds the ids of items of which the page says that they were ordered.
	Bought []string

	Slots map[string]slot
	Main  any
}

// slot is a place for suggestions, and what stays in it when there is nothing better.
type slot struct {
	Name  string
	Cards []card
}

// page returns a page with what the visit and the title say of it.
func (v *visit) page(title string) *page {
	path := v.r.URL.Path
	return &page{
		shop: v.shop, Head: v.options.Head, Origin: v.options.Origin, Title: title, Heading: title, Canonical: v.options.Origin + path,
		Other: "/" + v.other.Language + "/", StyleURL: styleURL, InBasket: len(v.basket), Slots: map[string]slot{},
	}
}

// samePath sets the other language's page, whose path differs in the language alone.
func (p *page) samePath(v *visit) *page {
	p.Other = "/" + v.other.Language + v.r.URL.Path[len("/")+len(v.Language):]
	return p
}

// fill gives a slot its fallback.
func (p *page) fill(name string, items []*catalogue.Item) {
	p.Slots[name] = slot{name, p.cards(items)}
}

// Roots are the departments of the menu; customer service, the last, stands apart.
func (p *page) Roots() []*topic { return p.roots[:len(p.roots)-1] }

// Service is the department of help pages.
func (p *page) Service() *topic { return p.roots[len(p.roots)-1] }

// OtherShop is the shop in the other language.
func (p *page) OtherShop() *shop { return p.other }

// In reports whether the page belongs to a department.
func (p *page) In(t *topic) bool { return p.Topic != nil && p.Topic.root() == t }
