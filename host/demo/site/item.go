package site

import (
	"html/template"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/demo"
)

// itemPage is the main part of an item's page.
type itemPage struct {
	card
	Paragraphs []string
	Facts      []catalogue.Attribute
	Stock      string        // what Availability is called
	Orderable  bool          // it may go into the basket
	Body       template.HTML // of what is there to read
	Named      []card        // in Body, the most popular first
	Delivery   *catalogue.Item
}

func item(v *visit) {
	item := v.byID[v.Language+"/"+v.r.PathValue("slug")]
	if item == nil {
		notFound(v)
		return
	}
	p := v.page(item.Title)
	p.Topic = v.topicOf(item)
	p.Other = v.other.translated(item.ID).URL
	p.Description = item.Description
	main := itemPage{card: v.card(item), Delivery: v.translated("en/delivery-and-collection")}
	p.Structured = []any{p.breadcrumbs(p.Topic, item)}
	name := "text"
	switch item.Kind {
	case pack.KindProduct:
		name = "product"
		main.Stock = v.W.availability(item.Availability)
		main.Orderable = orderable(item)
		main.Facts = facts(item)
		p.Structured = append(p.Structured, p.product(item))
		p.fill("product", v.companions(p.Topic, 4, item))
		p.fill("advice", v.near(p.Topic, reading, 3, item))
	case pack.KindHelp:
		p.fill("help", v.near(p.Topic, helping, 3, item))
	default:
		p.fill("article", v.readOn(p.Topic, item))
	}
	if body, ok := demo.Body(item.ID); ok {
		main.Body = template.HTML(body) // demo escapes all but its own markup
		main.Named = v.cards(v.named(body))
		p.Structured = append(p.Structured, p.article(item))
	}
	p.Main = main
	v.write(http.StatusOK, name, p)
}

// named returns the items that a body links to.
func (s *shop) named(body string) []*catalogue.Item {
	var list []*catalogue.Item
	for _, item := range s.items {
		if strings.Contains(body, `href="`+item.URL+`"`) {
			list = append(list, item)
		}
	}
	return list
}

// orderable reports whether an item may go into the basket.
func orderable(item *catalogue.Item) bool {
	return item.Kind == pack.KindProduct && item.Availability != pack.OutOfStock
}

// facts returns an item's attributes as a table shows them.
func facts(item *catalogue.Item) []catalogue.Attribute {
	list := make([]catalogue.Attribute, len(item.Attributes))
	for i, a := range item.Attributes {
		list[i] = catalogue.Attribute{Name: capital(a.Name), Value: strings.TrimSpace(a.Value)}
	}
	return list
}

// capital returns a text with its first letter in upper case.
func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}
