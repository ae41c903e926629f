package catalogue

import "strings"

// merchant turns the attributes of Google's product data specification into a record. Names are those of the
// specification without their prefix; an attribute that is not listed here is harmless.
//
// https://support.google.com/merchants/answer/7052112
type merchant struct {
	rec        record
	group      string
	highlights string // which follow the description
}

// set takes an attribute in. Of one that may come once, the first counts.
func (m *merchant) set(name, value string) {
	value = strings.TrimSpace(value)
	if value == "" {
		return
	}
	first := func(to *string) {
		if *to == "" {
			*to = value
		}
	}
	rec := &m.rec
	switch name {
	case "id":
		first(&rec.id)
	case "title", "structured_title":
		first(&rec.title)
	case "description", "structured_description":
		first(&rec.description)
	case "link":
		first(&rec.url)
	case "image_link":
		first(&rec.image)
	case "price":
		first(&rec.price)
	case "sale_price":
		first(&rec.salePrice)
	case "sale_price_effective_date":
		first(&rec.salePeriod)
	case "availability":
		first(&rec.availability)
	case "brand":
		first(&rec.brand)
	case "item_group_id":
		first(&m.group)
	case "google_product_category":
		first(&rec.taxonomy)
	case "content_language":
		first(&rec.language)
	case "product_type":
		rec.topic(splitPath(value))
	case "adult":
		rec.sensitive = rec.sensitive || truth(value)
	case "gtin", "mpn":
		rec.aliases = append(rec.aliases, value)
	default:
		m.fact(name, value)
	}
}

// fact takes in an attribute that becomes one of the item's, or part of what is said of it.
func (m *merchant) fact(name, value string) {
	rec := &m.rec
	switch name {
	case "color", "material":
		for one := range strings.SplitSeq(value, "/") {
			rec.attribute(name, strings.TrimSpace(one))
		}
	case "size", "pattern", "age_group", "gender", "size_type", "energy_efficiency_class", "multipack",
		"custom_label_0", "custom_label_1", "custom_label_2", "custom_label_3", "custom_label_4":
		rec.attribute(name, value)
	case "condition":
		if !strings.EqualFold(value, "new") {
			rec.attribute(name, value)
		}
	case "is_bundle":
		if truth(value) {
			rec.attribute("bundle", "yes")
		}
	case "product_highlight":
		if len(m.highlights) < maxText {
			m.highlights += "\n" + value
		}
	case "product_detail":
		// In tables "section:name:value", the section perhaps empty.
		for one := range strings.SplitSeq(value, ",") {
			if parts := strings.SplitN(one, ":", 3); len(parts) == 3 {
				rec.attribute(parts[1], parts[2])
			}
		}
	}
}

// addMerchant hands the record on: as an item, or as a variant of one.
func (r *reader) addMerchant(m *merchant) error {
	m.rec.description += m.highlights
	return r.addVariant(m.group, "item_group_id", &m.rec)
}
