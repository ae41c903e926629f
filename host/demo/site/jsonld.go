package site

import (
	"fmt"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

// object is a part of structured data, as https://schema.org names it.
type object map[string]any

func (p *page) product(item *catalogue.Item) object {
	availability := map[pack.Availability]string{
		pack.InStock: "InStock", pack.OutOfStock: "OutOfStock", pack.OnOrder: "BackOrder",
	}[item.Availability]
	return object{
		"@context": "https://schema.org", "@type": "Product", "sku": item.ID, "name": item.Title,
		"description": item.Description, "url": p.Origin + item.URL, "image": p.Origin + item.Image,
		"brand": object{"@type": "Brand", "name": item.Brand}, "category": p.Topic.Path,
		"offers": object{
			"@type": "Offer", "url": p.Origin + item.URL, "priceCurrency": item.Price.Currency,
			"price":        fmt.Sprintf("%d.%02d", item.Price.Minor/100, item.Price.Minor%100),
			"availability": "https://schema.org/" + availability,
		},
	}
}

func (p *page) article(item *catalogue.Item) object {
	shop := object{"@type": "Organization", "name": "Wad & Weg"}
	return object{
		"@context": "https://schema.org", "@type": "Article", "headline": item.Title, "description": item.Description,
		"url": p.Origin + item.URL, "image": p.Origin + item.Image, "inLanguage": item.Language,
		"author": shop, "publisher": shop,
	}
}

// breadcrumbs leads from the home page to a topic, and to an item in it unless that is nil.
func (p *page) breadcrumbs(t *topic, item *catalogue.Item) object {
	crumb := func(position int, name, url string) object {
		return object{"@type": "ListItem", "position": position, "name": name, "item": p.Origin + url}
	}
	list := []object{crumb(1, p.W.Home, "/"+p.Language+"/")}
	for _, above := range t.Trail() {
		list = append(list, crumb(len(list)+1, above.Name, above.URL))
	}
	if item != nil {
		list = append(list, crumb(len(list)+1, item.Title, item.URL))
	}
	return object{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": list}
}
