package catalogue

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// wooNames are what WooCommerce calls a record's fields.
var wooNames = map[string]string{"id": "ID", "title": "Name", "image": "Images", "price": "Regular price",
	"sale_price": "Sale price", "availability": "In stock?"}

// wooExport is the state of reading a WooCommerce export. A variation names its parent by number or by stock number, and
// may stand before or far behind it, so that variable products wait for the end.
type wooExport struct {
	r       *reader
	t       *table
	bySKU   map[string]string // of variable products: stock number to key
	keys    map[string]bool   // of variable products
	hidden  map[string]bool   // keys and stock numbers of products left out
	orphans []wooOrphan       // variations whose parent has not come yet
}

type wooOrphan struct {
	parent string
	rec    record
}

// readWooCommerce reads a product export with English column names. An item's ID is the post's number, which pages carry as
// well; its URL is /?p= and that number, which WordPress redirects to the product: the export has no links.
func (r *reader) readWooCommerce(t *table) error {
	w := wooExport{r: r, t: t, bySKU: make(map[string]string), keys: make(map[string]bool), hidden: make(map[string]bool)}
	for t.next(r) {
		if err := w.row(); err != nil {
			return err
		}
	}
	for i := range w.orphans {
		o := &w.orphans[i]
		key, id := w.parent(o.parent)
		switch {
		case w.hidden[o.parent]:
			r.records++
		case key == "":
			r.records++
			r.problem(Error, "missing-parent", o.rec.line, o.rec.id, "Parent",
				"the product %s, of which this is a variation, is not in the file; the variation is left out", quoteShort(o.parent))
		default:
			r.part(key, id, &o.rec, false)
		}
	}
	return nil
}

// row reads one product or variation.
func (w *wooExport) row() error {
	r, t := w.r, w.t
	kinds := strings.FieldsFunc(strings.ToLower(t.get("type")), func(c rune) bool { return c == ',' || c == ' ' })
	rec := record{line: t.line, called: wooNames}
	rec.id = first(t.get("id"), t.get("sku"))
	published := t.get("published")
	if published == "" {
		published = "1"
	}
	visibility := strings.ToLower(t.get("visibility_in_catalog"))
	if published != "1" && !truth(published) || visibility == "hidden" {
		r.records++
		if id := t.get("id"); id != "" {
			w.hidden["id:"+id] = true
		}
		if sku := t.get("sku"); sku != "" {
			w.hidden[sku] = true
		}
		r.problem(Note, "unpublished", t.line, rec.id, "Published", "the product is not published or hidden, and is left out")
		return nil
	}
	w.offer(&rec)
	w.attributes(&rec)
	if sku := t.get("sku"); sku != rec.id {
		rec.aliases = append(rec.aliases, sku)
	}
	rec.image, _, _ = strings.Cut(t.get("images"), ",")
	if slices.Contains(kinds, "variation") {
		w.orphans = append(w.orphans, wooOrphan{t.get("parent"), rec})
		return nil
	}
	w.describe(&rec)
	if !slices.Contains(kinds, "variable") {
		return r.add(&rec)
	}
	key := "id:" + rec.id
	if w.keys[key] {
		return r.add(&rec) // the same product twice
	}
	id, err := identifier(rec.id)
	if err != nil || id == "" {
		return r.add(&rec)
	}
	w.keys[key] = true
	if sku := t.get("sku"); sku != "" {
		w.bySKU[sku] = key
	}
	r.part(key, id, &rec, true)
	return nil
}

// parent returns the key and ID of the variable product that a variation names.
func (w *wooExport) parent(name string) (key, id string) {
	key = name
	if !w.keys[key] {
		key = w.bySKU[name]
	}
	return key, strings.TrimPrefix(key, "id:")
}

// describe fills in what variations leave to their product.
func (w *wooExport) describe(rec *record) {
	t := w.t
	rec.title = t.get("name")
	// The export writes line ends as backslash and n.
	rec.description = strings.ReplaceAll(first(t.get("description"), t.get("short_description")), `\n`, "\n")
	rec.brand = first(t.get("brands"), t.get("brand"))
	if id := t.get("id"); id != "" {
		rec.url = "/?p=" + url.QueryEscape(id)
	}
	for _, path := range splitEscaped(t.get("categories")) {
		rec.topic(splitPath(path))
	}
	for _, tag := range splitEscaped(t.get("tags")) {
		rec.attribute("tag", tag)
	}
	if truth(t.get("is_featured?")) {
		rec.popularity = "1"
	}
}

// offer fills in prices and stock.
func (w *wooExport) offer(rec *record) {
	t := w.t
	rec.price, rec.salePrice = t.get("regular_price"), t.get("sale_price")
	if from, to := t.get("date_sale_price_starts"), t.get("date_sale_price_ends"); from != "" || to != "" {
		rec.salePeriod = from + "/" + to
	}
	rec.availability = t.get("in_stock?")
	if n, err := strconv.ParseFloat(t.get("stock"), 64); err == nil && n <= 0 && rec.availability == "" {
		rec.availability = "0"
	}
	if out := rec.availability == "0" || strings.EqualFold(rec.availability, "no"); out && truth(t.get("backorders_allowed?")) {
		rec.availability = "backorder"
	}
}

// attributes reads the numbered pairs of columns, "Attribute 1 name" and "Attribute 1 value(s)".
func (w *wooExport) attributes(rec *record) {
	for i := 1; ; i++ {
		prefix := "attribute_" + strconv.Itoa(i) + "_"
		if !w.t.has(prefix + "name") {
			return
		}
		for _, value := range splitEscaped(w.t.get(prefix + "value(s)")) {
			rec.attribute(w.t.get(prefix+"name"), value)
		}
	}
}

// splitEscaped splits at commas, but not at those behind a backslash.
func splitEscaped(s string) []string {
	var parts []string
	var b strings.Builder
	end := func() {
		if part := strings.TrimSpace(b.String()); part != "" {
			parts = append(parts, part)
		}
		b.Reset()
	}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && s[i+1] == ',':
			b.WriteByte(',')
			i++
		case s[i] == ',':
			end()
		default:
			b.WriteByte(s[i])
		}
	}
	end()
	return parts
}
