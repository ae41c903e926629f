package catalogue

import (
	"slices"
	"strings"

	"github.com/nabij/nabij/core/pack"
)

// folder gathers the variants of products until they are complete.
type folder struct {
	groups   map[string]*group
	order    []string         // keys, by first appearance
	variants map[string]Place // IDs of variants, to find duplicates
}

// group is a product in the making.
type group struct {
	item Item
	// words are what the titles of the variants begin with in common.
	words []string
	// titled says that the title is the product's own and not that of a variant.
	titled bool
	// offered says that a variant that can be had was among those so far; then prices of others don't count.
	offered bool
	parts   int
}

// addVariant adds a record to the group that it names in the given field, or on its own if it names none. The group's name
// becomes an item's ID, so it is held to what an ID must be.
func (r *reader) addVariant(group, field string, rec *record) error {
	id, err := identifier(group)
	if err != nil {
		r.problem(Warning, "bad-group", rec.line, rec.id, field, "the group %v; the item stands alone", err)
	}
	if id == "" {
		return r.add(rec)
	}
	r.part("group:"+id, id, rec, false)
	return nil
}

// part adds a variant, or with whole the product's own record, to the group of the given key. Its ID becomes an alias.
func (r *reader) part(key, id string, rec *record, whole bool) {
	r.records++
	rec.product = id
	it, ok := r.item(rec, true)
	if !ok {
		return
	}
	if r.fold.groups == nil {
		r.fold.groups = make(map[string]*group)
		r.fold.variants = make(map[string]Place)
	}
	if it.ID != "" && !whole {
		if first, taken := r.fold.variants[it.ID]; taken {
			r.problem(Warning, "duplicate-id", rec.line, it.ID, rec.name("id"),
				"the id is taken, first by %s; this one is left out", first)
			return
		}
		r.fold.variants[it.ID] = it.Place
	}
	variant := it.ID
	it.ID = id
	g := r.fold.groups[key]
	if g == nil {
		g = &group{}
		r.fold.groups[key] = g
		r.fold.order = append(r.fold.order, key)
	}
	g.merge(it, whole)
	g.item.addAliases(variant)
}

// merge folds one variant into the group: what identifies and describes comes from the first that has it, the product's
// own record before all; attributes and topics from all; the price is the lowest of what can be had.
func (g *group) merge(it Item, whole bool) {
	g.parts++
	if g.parts == 1 {
		g.item = it
		g.words = strings.Fields(it.Title)
		g.titled = whole && it.Title != ""
		g.offered = it.Availability != pack.OutOfStock && it.Price.Minor > 0
		return
	}
	to := &g.item
	switch {
	case whole && it.Title != "":
		to.Title, g.titled = it.Title, true
	case g.titled || it.Title == "":
	case to.Title == "":
		to.Title, g.words = it.Title, strings.Fields(it.Title)
	default:
		g.words = commonWords(g.words, strings.Fields(it.Title))
	}
	take := func(to *string, from string) {
		if from != "" && (*to == "" || whole) {
			*to = from
		}
	}
	take(&to.URL, it.URL)
	take(&to.Description, it.Description)
	take(&to.Image, it.Image)
	take(&to.Brand, it.Brand)
	take(&to.Language, it.Language)
	if to.TaxonomyID == 0 {
		to.TaxonomyID = it.TaxonomyID
	}
	for _, topic := range it.Topics {
		if len(to.Topics) < maxTopics && !slices.ContainsFunc(to.Topics, func(t []string) bool { return slices.Equal(t, topic) }) {
			to.Topics = append(to.Topics, topic)
		}
	}
	for _, a := range it.Attributes {
		to.addAttribute(a.Name, a.Value)
	}
	to.addAliases(it.Aliases...)
	to.Sensitive = to.Sensitive || it.Sensitive
	to.Popularity += it.Popularity
	g.mergeOffer(it)
}

func (g *group) mergeOffer(it Item) {
	to := &g.item
	if it.Price.Minor > 0 {
		offered := it.Availability != pack.OutOfStock
		switch {
		case offered && !g.offered, to.Price.Minor == 0:
			to.Price = it.Price
		case offered == g.offered && it.Price.Currency == to.Price.Currency && it.Price.Minor < to.Price.Minor:
			to.Price = it.Price
		}
		g.offered = g.offered || offered
	}
	if readiness[it.Availability&3] > readiness[to.Availability&3] {
		to.Availability = it.Availability
	}
}

// readiness orders availabilities by how soon something can be had.
var readiness = [4]int{pack.AvailabilityUnknown: 0, pack.OutOfStock: 1, pack.OnOrder: 2, pack.InStock: 3}

// title is the product's own, or what its variants' titles have in common if that says enough, or the first's.
func (g *group) title() string {
	if g.titled || g.parts == 1 {
		return g.item.Title
	}
	first := strings.Fields(g.item.Title)
	common := g.words
	for len(common) > 0 && strings.Trim(common[len(common)-1], "-–—,;:/|([+&") == "" {
		common = common[:len(common)-1]
	}
	if len(common) == 0 || (len(common) < 2 && len(first) > 2) {
		return g.item.Title
	}
	title := strings.TrimRight(strings.Join(common, " "), " -–—,;:/|([+&")
	if title == "" {
		return g.item.Title
	}
	return title
}

func commonWords(a, b []string) []string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return a[:n]
}

// flush yields the group of the given key, which is complete.
func (r *reader) flush(key string) error {
	g := r.fold.groups[key]
	if g == nil {
		return nil
	}
	delete(r.fold.groups, key)
	if len(r.fold.groups) == 0 {
		r.fold.order = nil
	}
	it := g.item
	it.Title = g.title()
	it.Aliases = slices.DeleteFunc(it.Aliases, func(id string) bool { return id == it.ID })
	if it.Title == "" {
		r.problems.note(Problem{Place: it.Place, Item: it.ID, Field: "title", Kind: "missing-title", Severity: Error},
			"no variant has a title; the item is left out; give it a title")
		return nil
	}
	return r.emit(it)
}

// flushAll yields all groups, by first appearance.
func (r *reader) flushAll() error {
	for _, key := range r.fold.order {
		if err := r.flush(key); err != nil {
			return err
		}
	}
	r.fold = folder{}
	return nil
}
