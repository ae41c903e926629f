package catalogue

import (
	"net/url"
	"strconv"
	"strings"
)

// shopifyNames are what Shopify calls a record's fields.
var shopifyNames = map[string]string{"id": "Handle", "title": "Title", "image": "Image Src", "price": "Variant Price",
	"availability": "Variant Inventory Qty"}

// readShopify reads a product export. A product's rows stand together: the first holds what is said of it, each may hold a
// variant or a further image. Products that are not published or not active are left out.
func (r *reader) readShopify(t *table) error {
	var (
		handle  string
		skipped bool
		options [3]string // names, which the first row gives
	)
	for t.next(r) {
		h := t.get("handle")
		if h == "" {
			r.records++
			r.problem(Error, "missing-id", t.line, "", "Handle", "the handle is empty; the row is left out; give it the product's handle")
			continue
		}
		if h != handle {
			if err := r.flush(handle); err != nil {
				return err
			}
			handle, options = h, [3]string{}
			if skipped = r.shopifyHidden(t, h); skipped {
				r.records++
			}
		}
		if !skipped {
			r.shopifyRow(t, h, &options)
		}
	}
	return r.flush(handle)
}

// shopifyHidden reports whether a product is not for visitors, and notes it.
func (r *reader) shopifyHidden(t *table, handle string) bool {
	status := strings.ToLower(t.get("status"))
	switch {
	case status == "draft" || status == "archived" || status == "unlisted":
	case strings.EqualFold(t.get("published"), "false"):
		status = "not published"
	default:
		return false
	}
	r.problem(Note, "unpublished", t.line, handle, "Status", "the product is %s and is left out", status)
	return true
}

func (r *reader) shopifyRow(t *table, handle string, options *[3]string) {
	whole := t.get("title") != ""
	rec := record{line: t.line, called: shopifyNames}
	if whole {
		rec.title = t.get("title")
		rec.url = "/products/" + url.PathEscape(handle)
		rec.brand = t.get("vendor")
		rec.description = t.get("body_(html)")
		r.shopifyTopics(t, &rec)
	}
	rec.image = t.get("image_src")
	for i := range options {
		prefix := "option" + strconv.Itoa(i+1) + "_"
		if name := t.get(prefix + "name"); name != "" {
			options[i] = name
		}
		if value := t.get(prefix + "value"); value != "" && value != "Default Title" && options[i] != "" {
			rec.attribute(options[i], value)
		}
	}
	if t.get("variant_price") != "" {
		rec.price = t.get("variant_price")
		rec.availability = t.shopifyStock()
		rec.image = first(rec.image, t.get("variant_image"))
		rec.aliases = []string{t.get("variant_sku"), t.get("variant_barcode")}
	}
	id, err := identifier(handle)
	if err != nil {
		r.records++
		r.problem(Error, "bad-id", t.line, "", "Handle", "the handle %v; the row is left out", err)
		return
	}
	r.part(handle, id, &rec, whole)
}

// shopifyTopics fills in what a product is about. Tags are topics only where the shop uses neither type nor category.
func (r *reader) shopifyTopics(t *table, rec *record) {
	rec.topic(splitPath(t.get("product_category")))
	rec.topic(splitPath(t.get("type")))
	rec.topic(splitPath(t.get("custom_product_type")))
	rec.taxonomy = t.get("google_shopping_/_google_product_category")
	noTopics := len(rec.topics) == 0
	for tag := range strings.SplitSeq(t.get("tags"), ",") {
		if tag = strings.TrimSpace(tag); noTopics {
			rec.topic(splitPath(tag))
		} else {
			rec.attribute("tag", tag)
		}
	}
	rec.attribute("gender", t.get("google_shopping_/_gender"))
	rec.attribute("age_group", t.get("google_shopping_/_age_group"))
	// Metafields stand in columns such as "Color (product.metafields.shopify.color-pattern)".
	for i, name := range t.names {
		label, _, ok := strings.Cut(name, "_(product_metafields_")
		if !ok || i >= len(t.cells) {
			continue
		}
		for value := range strings.SplitSeq(t.cells[i], ";") {
			rec.attribute(label, strings.TrimSpace(value))
		}
	}
}

// shopifyStock says whether a variant can be had: what nothing tracks always can.
func (t *table) shopifyStock() string {
	if t.get("variant_inventory_tracker") == "" {
		return "in_stock"
	}
	quantity, err := strconv.Atoi(t.get("variant_inventory_qty"))
	switch {
	case err != nil:
		return ""
	case quantity > 0:
		return "in_stock"
	case strings.EqualFold(t.get("variant_inventory_policy"), "continue"):
		return "backorder"
	}
	return "out_of_stock"
}

// first returns the first of its arguments that is not empty.
func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
