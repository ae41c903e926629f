package catalogue

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nabij/nabij/core/pack"
)

// record is an item, or a variant of one, as its source spells it, before anything is checked.
type record struct {
	id, url, title, description, image string

	kind         pack.Kind
	topics       [][]string // already split into steps and plain
	taxonomy     string     // a number, a path, or "number - path"
	brand        string
	attributes   []Attribute
	price        string
	salePrice    string
	salePeriod   string // "start/end" in ISO 8601
	currency     string
	availability string
	language     string
	sensitive    bool
	popularity   string
	aliases      []string

	// product is the identifier of what the record is a variant of, for messages about a variant that has none.
	product string
	line    int
	// base is what the record's own references are relative to; nil means Options.BaseURL.
	base *url.URL
	// called gives a field's name in the source, for messages, where that differs from ours.
	called map[string]string
}

func (rec *record) name(field string) string {
	if s, ok := rec.called[field]; ok {
		return s
	}
	return field
}

// who names the item for messages.
func (rec *record) who(it *Item) string { return first(it.ID, rec.product) }

// attribute adds a fact, if there is something to it.
func (rec *record) attribute(name, value string) {
	if value != "" && len(rec.attributes) < 4*maxAttributes {
		rec.attributes = append(rec.attributes, Attribute{name, value})
	}
}

// topic adds a path, if there is something to it.
func (rec *record) topic(steps []string) {
	if len(steps) > 0 && len(rec.topics) < maxTopics {
		rec.topics = append(rec.topics, steps)
	}
}

// add checks a record and yields the item that it is.
func (r *reader) add(rec *record) error {
	r.records++
	it, ok := r.item(rec, false)
	if !ok {
		return nil
	}
	return r.emit(it)
}

// emit yields an item unless its ID or URL is taken.
func (r *reader) emit(it Item) error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if first, taken := r.ids[it.ID]; taken {
		r.problems.note(Problem{Place: it.Place, Item: it.ID, Field: "id", Kind: "duplicate-id", Severity: Warning},
			"the id is taken, first by %s; this one is left out", first)
		return nil
	}
	if it.URL != "" {
		if id, taken := r.urls[it.URL]; taken {
			r.problems.note(Problem{Place: it.Place, Item: it.ID, Field: "url", Kind: "duplicate-url", Severity: Warning},
				"%s is the URL of item %s too; this one is left out; variants of one product need a common item_group_id",
				quoteShort(it.URL), quoteShort(id))
			return nil
		}
		r.urls[it.URL] = it.ID
	}
	r.ids[it.ID] = it.Place
	r.items++
	return r.yield(it)
}

// item checks a record. A part of a folded item may lack an ID and a title; nothing else may.
func (r *reader) item(rec *record, part bool) (Item, bool) {
	it := Item{Kind: rec.kind, Sensitive: rec.sensitive, Place: r.place(rec.line)}
	var err error
	if it.ID, err = identifier(rec.id); err != nil {
		r.problem(Error, "bad-id", rec.line, "", rec.name("id"), "the id %v; the item is left out", err)
		return it, false
	}
	base := rec.base
	if base == nil {
		base = r.base
	}
	if it.URL, err = reference(rec.url, base); err != nil {
		r.problem(Error, "bad-url", rec.line, rec.who(&it), rec.name("url"), "the link %v; the item is left out", err)
		return it, false
	}
	if it.ID == "" && !part {
		if it.URL == "" {
			r.problem(Error, "missing-id", rec.line, "", rec.name("id"),
				"there is neither an id nor a link; the item is left out; give each item an id")
			return it, false
		}
		it.ID = pathOf(it.URL)
	}
	if it.Image, err = reference(rec.image, base); err != nil {
		r.problem(Warning, "bad-image", rec.line, rec.who(&it), rec.name("image"), "the picture's link %v; it is dropped", err)
	}
	if !r.words(rec, &it, part) {
		return it, false
	}
	r.facts(rec, &it)
	r.offer(rec, &it)
	return it, true
}

// words fills in what people read.
func (r *reader) words(rec *record, it *Item, part bool) bool {
	it.Title = plain(rec.title)
	if it.Title == "" && !part {
		r.problem(Error, "missing-title", rec.line, rec.who(it), rec.name("title"),
			"the title is empty; the item is left out; give it a title")
		return false
	}
	if len(it.Title) > maxText {
		r.problem(Warning, "long-title", rec.line, rec.who(it), rec.name("title"),
			"the title has %d bytes; it is cut to %d", len(it.Title), maxText)
		it.Title = cut(it.Title, maxText)
	}
	it.Description = cut(plain(rec.description), maxText)
	it.Brand = cut(plain(rec.brand), maxText)
	it.Language = r.language
	if tag := strings.TrimSpace(rec.language); tag != "" {
		if known, ok := languageTag(tag); ok {
			it.Language = known
		} else {
			r.problem(Warning, "bad-language", rec.line, rec.who(it), rec.name("language"),
				"%s is no language; the default is used; write it as nl or en-GB", quoteShort(tag))
		}
	}
	return true
}

// facts fills in topics, attributes and popularity.
func (r *reader) facts(rec *record, it *Item) {
	number, path := taxonomy(rec.taxonomy)
	it.TaxonomyID = number
	it.Sensitive = it.Sensitive || (len(path) > 0 && path[0] == "Mature") // Google's own word for it
	for _, steps := range append(slices.Clip(rec.topics), path) {
		if len(steps) > 0 && len(it.Topics) < maxTopics && !slices.ContainsFunc(it.Topics, func(t []string) bool { return slices.Equal(t, steps) }) {
			it.Topics = append(it.Topics, steps)
		}
	}
	for _, a := range rec.attributes {
		it.addAttribute(a.Name, a.Value)
	}
	it.addAliases(rec.aliases...)
	if s := strings.TrimSpace(rec.popularity); s != "" {
		n, err := strconv.ParseFloat(s, 64)
		if err != nil || n < 0 || math.IsInf(n, 0) || math.IsNaN(n) {
			r.problem(Warning, "bad-popularity", rec.line, rec.who(it), rec.name("popularity"),
				"%s is no count; it is taken for 0; write a number that is not negative", quoteShort(s))
		} else {
			it.Popularity = n
		}
	}
}

// offer fills in price and availability.
func (r *reader) offer(rec *record, it *Item) {
	fallback := r.currency
	if s := strings.TrimSpace(rec.currency); s != "" {
		if code, ok := currencyCode(s); ok {
			fallback = code
		} else if code, ok := namedCurrency(s, fallback); ok {
			fallback = code
		} else {
			r.problem(Warning, "bad-currency", rec.line, rec.who(it), rec.name("currency"),
				"%s is no currency that is known; write its ISO 4217 code, such as EUR", quoteShort(s))
		}
	}
	it.Price = r.priceOf(rec, rec.who(it), "price", rec.price, fallback)
	if sale := strings.TrimSpace(rec.salePrice); sale != "" && periodHolds(rec.salePeriod, r.opt.Now) {
		if fallback == "" {
			fallback = it.Price.Currency
		}
		if p := r.priceOf(rec, rec.who(it), "sale_price", sale, fallback); p.Minor > 0 {
			it.Price = p
		}
	}
	if it.Price.Minor > 0 && it.Price.Currency == "" {
		r.problem(Warning, "missing-currency", rec.line, rec.who(it), rec.name("price"),
			"the price names no currency and there is no default; it is kept without one; say which it is")
	}
	known := false
	if it.Availability, known = availability(rec.availability); !known {
		r.problem(Warning, "bad-availability", rec.line, rec.who(it), rec.name("availability"),
			"%s is not known; write in_stock, out_of_stock, preorder or backorder", quoteShort(rec.availability))
	}
}

func (r *reader) priceOf(rec *record, id, field, raw, fallback string) Price {
	p, err := parsePrice(raw, fallback)
	if err != nil {
		r.problem(Warning, "bad-price", rec.line, id, rec.name(field), "the price %v; it is dropped", err)
	}
	return p
}

// addAttribute adds a fact unless the item has it already or has its fill.
func (it *Item) addAttribute(name, value string) {
	name = cut(strings.ToLower(plain(name)), maxAttributeName)
	value = cut(plain(value), maxAttributeValue)
	if name == "" || value == "" || len(it.Attributes) >= maxAttributes {
		return
	}
	a := Attribute{name, value}
	if !slices.Contains(it.Attributes, a) {
		it.Attributes = append(it.Attributes, a)
	}
}

// addAliases adds further identifiers, leaving out what is none.
func (it *Item) addAliases(ids ...string) {
	for _, id := range ids {
		if id, err := identifier(id); err == nil && id != "" && id != it.ID && len(it.Aliases) < maxAliases && !slices.Contains(it.Aliases, id) {
			it.Aliases = append(it.Aliases, id)
		}
	}
}

// taxonomy reads a Google product category: "2271", "Apparel & Accessories > Clothing", or "2271 - Apparel > …".
func taxonomy(s string) (number int, path []string) {
	s = strings.TrimSpace(s)
	digits := s
	if i := strings.IndexFunc(s, func(c rune) bool { return c < '0' || c > '9' }); i >= 0 {
		digits = s[:i]
	}
	if digits != "" && len(digits) <= 9 {
		rest := strings.TrimSpace(s[len(digits):])
		if rest == "" || rest[0] == '-' || rest[0] == '>' {
			number, _ = strconv.Atoi(digits)
			s = strings.TrimLeft(rest, "-> ")
		}
	}
	return number, splitPath(s)
}

// availability reads what feeds, exports and schema.org call it. The second result is false when it is not known.
func availability(s string) (pack.Availability, bool) {
	if i := strings.LastIndexAny(s, "/#"); i >= 0 {
		s = s[i+1:]
	}
	s = strings.Map(func(c rune) rune {
		if c == ' ' || c == '_' || c == '-' {
			return -1
		}
		return c
	}, strings.ToLower(strings.TrimSpace(s)))
	switch s {
	case "":
		return pack.AvailabilityUnknown, true
	case "instock", "true", "yes", "y", "available", "limitedavailability", "onlineonly", "instoreonly", "limited", "active":
		return pack.InStock, true
	case "outofstock", "false", "no", "n", "soldout", "unavailable", "discontinued", "notinstock", "oos", "none":
		return pack.OutOfStock, true
	case "preorder", "backorder", "onbackorder", "presale", "onorder", "madetoorder", "availablefororder", "pending", "reserved":
		return pack.OnOrder, true
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		if n > 0 {
			return pack.InStock, true
		}
		return pack.OutOfStock, true
	}
	return pack.AvailabilityUnknown, false
}

// truth reads a yes or no, no when it is anything else.
func truth(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "yes", "y", "true", "1", "on", "adult":
		return true
	}
	return false
}

// periodHolds reports whether now lies in an ISO 8601 interval. No interval always holds; one that cannot be read, or no
// time, never does.
func periodHolds(period string, now time.Time) bool {
	period = strings.TrimSpace(period)
	if period == "" {
		return true
	}
	from, to, ok := strings.Cut(period, "/")
	begin, ok1 := instant(from, false)
	end, ok2 := instant(to, true)
	return ok && ok1 && ok2 && !now.IsZero() && !now.Before(begin) && now.Before(end)
}

// instant reads a date or time. A date alone begins its day, or ends it. Nothing at all is no bound.
func instant(s string, end bool) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		if end {
			return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), true
		}
		return time.Time{}, true
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04-0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700",
		"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	t, err := time.Parse("2006-01-02", s)
	if end {
		t = t.AddDate(0, 0, 1)
	}
	return t, err == nil
}

// pathOf returns what of a URL tells an item from the others of its site.
func pathOf(ref string) string {
	if u, err := url.Parse(ref); err == nil && u.Host != "" {
		return u.RequestURI()
	}
	return ref
}
