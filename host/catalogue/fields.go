package catalogue

import (
	"strings"

	"github.com/nabij/nabij/core/pack"
)

// aliases names, for each field of a record, what tables and JSON call it, by priority: when a source has several, the
// first is the field and the others become attributes. Names are compared by fieldName.
var aliases = []struct {
	field string
	names []string
}{
	{"id", []string{"id", "item_id", "itemid", "product_id", "productid", "handle", "slug", "sku", "product_code", "article_id", "guid"}},
	{"url", []string{"url", "link", "product_url", "item_url", "page_url", "canonical_url", "permalink", "product_link", "href", "loc"}},
	{"title", []string{"title", "name", "product_name", "item_name", "product_title", "product", "headline"}},
	{"description", []string{"description", "body", "body_html", "long_description", "short_description", "summary", "text", "content", "abstract"}},
	{"image", []string{"image", "image_url", "image_link", "img", "picture", "picture_url", "image_src", "thumbnail", "cover", "images", "imageurl"}},
	{"kind", []string{"kind", "item_kind"}},
	{"topics", []string{"topics", "topic", "category", "categories", "product_type", "breadcrumbs", "breadcrumb", "section", "category_path", "type", "department"}},
	{"taxonomy", []string{"google_product_category", "taxonomy_id", "google_category"}},
	{"brand", []string{"brand", "brands", "vendor", "manufacturer"}},
	{"attributes", []string{"attributes", "properties", "specifications", "specs"}},
	{"price", []string{"price", "current_price", "unit_price", "regular_price", "amount"}},
	{"sale_price", []string{"sale_price", "offer_price", "special_price"}},
	{"sale_period", []string{"sale_price_effective_date"}},
	{"currency", []string{"currency", "price_currency", "currency_code", "pricecurrency"}},
	{"availability", []string{"availability", "in_stock", "stock_status", "available", "instock", "stock"}},
	{"language", []string{"language", "lang", "content_language", "locale", "language_code", "inlanguage"}},
	{"sensitive", []string{"sensitive", "adult", "nsfw"}},
	{"popularity", []string{"popularity", "orders", "train_orders", "sales", "sold", "ratings_count", "rating_count", "review_count", "views", "clicks"}},
	{"group", []string{"item_group_id", "group_id", "parent_id", "variant_of"}},
	{"author", []string{"author", "authors"}},
	{"tags", []string{"tags", "keywords"}},
}

// fieldName folds the spellings of a column's or member's name: "g:Image Link" is "image_link".
func fieldName(s string) string {
	s = strings.ToLower(oneLine(s))
	s = strings.TrimPrefix(s, "g:")
	s = strings.Map(func(c rune) rune {
		switch c {
		case ' ', '-', '.':
			return '_'
		}
		return c
	}, s)
	return strings.Trim(s, "_")
}

// fieldsOf maps each of the names that is a field to that field; names that are none are left out.
func fieldsOf(names []string) map[string]string {
	have := make(map[string]bool, len(names))
	for _, n := range names {
		have[fieldName(n)] = true
	}
	fields := make(map[string]string)
	for _, a := range aliases {
		for _, n := range a.names {
			if have[n] {
				fields[n] = a.field
				break
			}
		}
	}
	return fields
}

// set puts a text value into the record's field of that name; what is no field becomes an attribute called name.
func (rec *record) set(field, name, value string) {
	if value = strings.TrimSpace(value); value == "" {
		return
	}
	switch field {
	case "id":
		rec.id = value
	case "url":
		rec.url = value
	case "title":
		rec.title = value
	case "description":
		rec.description = value
	case "image":
		rec.image = value
	case "kind":
		if k, ok := pack.ParseKind(strings.ToLower(value)); ok {
			rec.kind = k
		} else {
			rec.attribute(name, value)
		}
	case "topics":
		rec.setTopic(name, value)
	case "taxonomy":
		rec.taxonomy = value
	case "brand":
		rec.brand = value
	case "price":
		rec.price = value
	case "sale_price":
		rec.salePrice = value
	case "sale_period":
		rec.salePeriod = value
	case "currency":
		rec.currency = value
	case "availability":
		rec.availability = value
	case "language":
		rec.language = value
		if name == "language_code" { // of the thing, not of the page: regions don't part it
			if tag, ok := languageTag(value); ok {
				rec.language = baseLanguage(tag)
			}
		}
	case "sensitive":
		rec.sensitive = truth(value)
	case "popularity":
		rec.popularity = value
	case "author", "tags":
		for one := range strings.FieldsFuncSeq(value, func(c rune) bool { return c == ',' || c == ';' || c == '|' }) {
			rec.attribute(strings.TrimSuffix(field, "s"), strings.TrimSpace(one))
		}
	case "group":
		rec.attribute("", "") // read by the table or object itself
	default:
		rec.attribute(name, wholeNumber(value))
	}
}

// setTopic adds topics written in one cell: a path, or several parted by "|" or ";". A "type" that names a kind is one.
func (rec *record) setTopic(name, value string) {
	if name == "type" {
		if k, ok := pack.ParseKind(strings.ToLower(value)); ok {
			rec.kind = k
			return
		}
	}
	for one := range strings.FieldsFuncSeq(value, func(c rune) bool { return c == '|' || c == ';' }) {
		rec.topic(splitPath(one))
	}
}

// wholeNumber writes "2008.0" as "2008", as tables made by programs have it.
func wholeNumber(s string) string {
	whole, ok := strings.CutSuffix(s, ".0")
	if !ok || whole == "" || strings.Trim(whole, "0123456789") != "" {
		return s
	}
	return whole
}
