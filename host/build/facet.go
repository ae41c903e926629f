package build

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn/content"
	"github.com/nabij/nabij/host/learn/content/words"
	"github.com/nabij/nabij/host/sensitive"
)

// Facets says what visitors may ask for beside topics, as in "blue, at most 50 euros".
type Facets struct {
	// Most is how many facets there are at most, up to pack.MaxFacets; 0 is none at all.
	Most int
	// Attributes are the names of the attributes whose values are facets, "brand" among them, in the order to show them. Nil lets the
	// catalogue decide: those that tell its items apart best. Empty is none.
	Attributes []string
	// PriceBands is into how many bands prices are cut at most; 0 is none.
	PriceBands int
	// Kinds makes facets of the kinds of items, where there are several.
	Kinds bool
}

// MaxPriceBands is the most that Facets.PriceBands may be.
const MaxPriceBands = 12

// DefaultFacets returns the facets of a site that says nothing of them.
func DefaultFacets() Facets { return Facets{Most: 64, PriceBands: 5, Kinds: true} }

const (
	// A value is a facet when at least facetItems items have it, and one in facetShare of the catalogue: less is a search, not a choice.
	// It is none when more than mostFacet of the items have it, for it tells nothing.
	facetItems = 3
	facetShare = 400
	mostFacet  = 0.9
	// An attribute is a group when its values that are facets cover one in groupShare of the items, and one in ownShare of those that have
	// it, or when it is asked for by name: of a thousand authors, the best-known twenty are no choice.
	groupShare = 20
	ownShare   = 3
	// valuesOfGroup is how many values a person looks through; longestFacet how long one is, in runes.
	valuesOfGroup = 20
	longestFacet  = 40
)

// Names of the groups that are no attributes. Who shows facets knows them in its own language.
const (
	priceGroup = "price"
	kindGroup  = "kind"
	brandGroup = "brand"
)

// facetGroup is a group in the making.
type facetGroup struct {
	name   string
	values []facetValue
	has    int // items that have any value, sensitive ones aside
	last   int // 1 + the one that was counted last
}

type facetValue struct {
	name      string
	items     []uint32
	sensitive int // further items, which are sensitive
}

// chooseFacets fills the source's facets from the items, which are in its order. Sensitive items are in none. There are none where the policy
// does not let visitors declare anything.
func chooseFacets(src *pack.Source, items []catalogue.Item, cfg Config, rules *sensitive.Rules, report *Report) {
	if src.Policy.Signals>>core.Preference&1 == 0 {
		return
	}
	want := DefaultFacets()
	if cfg.Facets != nil {
		want = *cfg.Facets
	}
	prices, kinds := facetGroup{name: priceGroup}, facetGroup{name: kindGroup}
	if want.PriceBands > 1 {
		prices.values = priceBands(items, want.PriceBands)
	}
	if want.Kinds {
		kinds.values = kindValues(items, cfg.Language)
	}
	room := want.Most - len(prices.values) - len(kinds.values)
	groups := append([]facetGroup{prices}, attributeGroups(items, want.Attributes, room, rules, report)...)
	for _, g := range append(groups, kinds) {
		values := g.values[:min(len(g.values), want.Most-len(src.Facets))]
		if len(values) < 2 {
			continue
		}
		for _, v := range values {
			src.Facets = append(src.Facets, pack.Facet{Group: uint8(len(src.FacetGroups)), Name: v.name, Items: v.items})
		}
		src.FacetGroups = append(src.FacetGroups, g.name)
	}
}

// attributeGroups makes groups of the values of attributes, at most room of these: of those named, or where that is nil, of those that tell
// items apart best.
func attributeGroups(items []catalogue.Item, named []string, room int, rules *sensitive.Rules, report *Report) []facetGroup {
	all := gatherAttributes(items)
	var chosen []facetGroup
	if named != nil {
		for k, name := range named {
			same := func(g facetGroup) bool { return words.FoldName(g.name) == words.FoldName(name) }
			if slices.ContainsFunc(chosen, same) {
				report.warn("made no facets of the attribute", field("facets.attributes", k), "%q is named before", name)
				continue
			}
			at := slices.IndexFunc(all, same)
			if at >= 0 {
				all[at].prune(len(items), rules)
			}
			if at < 0 || len(all[at].values) < 2 {
				report.warn("made no facets of the attribute", field("facets.attributes", k), "%q has no two values that enough items have", name)
				continue
			}
			chosen = append(chosen, all[at])
		}
	} else {
		for _, g := range all {
			g.prune(len(items), rules)
			if n := g.covered(); len(g.values) > 1 && n*groupShare >= len(items) && n*ownShare >= g.has {
				chosen = append(chosen, g)
			}
		}
		slices.SortStableFunc(chosen, func(a, b facetGroup) int {
			return cmp.Or(cmp.Compare(b.gain(len(items)), a.gain(len(items))), cmp.Compare(a.name, b.name))
		})
	}
	const others = 2 // prices and kinds
	chosen = chosen[:min(len(chosen), pack.MaxFacetGroups-others)]
	for k := range chosen {
		g := &chosen[k]
		g.values = g.values[:max(0, min(len(g.values), room))]
		room -= len(g.values)
	}
	return chosen
}

// gatherAttributes gathers all values of all attributes and brands, spelled as they were first met.
func gatherAttributes(items []catalogue.Item) []facetGroup {
	var groups []facetGroup
	at, values := map[string]int{}, map[[2]string]int{}
	add := func(i int, name, value string) {
		name, value = strings.Join(strings.Fields(name), " "), strings.Join(strings.Fields(value), " ")
		key := [2]string{words.FoldName(name), words.FoldName(value)}
		if key[0] == "" || key[1] == "" || key[0] == priceGroup || key[0] == kindGroup || !utf8.ValidString(name+value) ||
			utf8.RuneCountInString(value) > longestFacet || utf8.RuneCountInString(name) > longestFacet {
			return
		}
		g, ok := at[key[0]]
		if !ok {
			g = len(groups)
			at[key[0]] = g
			groups = append(groups, facetGroup{name: name})
		}
		v, ok := values[key]
		if !ok {
			v = len(groups[g].values)
			values[key] = v
			groups[g].values = append(groups[g].values, facetValue{name: value})
		}
		to := &groups[g].values[v]
		if items[i].Sensitive {
			to.sensitive++
			return
		}
		if groups[g].last != i+1 {
			groups[g].last = i + 1
			groups[g].has++
		}
		if len(to.items) == 0 || to.items[len(to.items)-1] != uint32(i) {
			to.items = append(to.items, uint32(i))
		}
	}
	for i := range items {
		add(i, brandGroup, items[i].Brand)
		for _, a := range items[i].Attributes {
			add(i, a.Name, a.Value)
		}
	}
	return groups
}

// prune leaves the values that are a choice, those of most items first.
func (g *facetGroup) prune(items int, rules *sensitive.Rules) {
	g.values = slices.DeleteFunc(g.values, func(v facetValue) bool {
		n := len(v.items)
		return n < max(facetItems, items/facetShare) || float64(n) > mostFacet*float64(items) ||
			float64(v.sensitive) > mostSensitive*float64(n+v.sensitive) || rules.Says(v.name, words.Unknown)
	})
	slices.SortStableFunc(g.values, func(a, b facetValue) int {
		return cmp.Or(cmp.Compare(len(b.items), len(a.items)), cmp.Compare(a.name, b.name))
	})
	g.values = g.values[:min(len(g.values), valuesOfGroup)]
}

// covered returns how many items have a value of the group.
func (g *facetGroup) covered() int {
	seen := map[uint32]bool{}
	for _, v := range g.values {
		for _, i := range v.items {
			seen[i] = true
		}
	}
	return len(seen)
}

// gain says how well the group tells items apart: the sum over its values of Gini's impurity of having it, times items².
func (g *facetGroup) gain(items int) (sum uint64) {
	for _, v := range g.values {
		n := len(v.items)
		sum += uint64(n) * uint64(items-n)
	}
	return sum
}

// kindWords are the kinds in the plural, in the order of their constants.
var kindWords = map[words.Language][pack.KindCount]string{
	words.Dutch:   {"producten", "artikelen", "gidsen", "reviews", "vergelijkingen", "hulp", "categorieën"},
	words.English: {"products", "articles", "guides", "reviews", "comparisons", "help", "categories"},
	words.French:  {"produits", "articles", "guides", "avis", "comparatifs", "aide", "catégories"},
	words.German:  {"Produkte", "Artikel", "Ratgeber", "Tests", "Vergleiche", "Hilfe", "Kategorien"},
	words.Spanish: {"productos", "artículos", "guías", "reseñas", "comparativas", "ayuda", "categorías"},
}

// kindValues makes facets of kinds, named in the languages of their items. A kind that all but some items are of tells nothing.
func kindValues(items []catalogue.Item, language string) []facetValue {
	var counts [pack.KindCount]int
	for i := range items {
		if !items[i].Sensitive {
			counts[items[i].Kind]++
		}
	}
	languages := content.Languages(items, language)
	var values []facetValue
	for kind, n := range counts {
		if n < facetItems || float64(n) > mostFacet*float64(len(items)) {
			continue
		}
		for i := range items {
			if int(items[i].Kind) != kind || items[i].Sensitive {
				continue
			}
			names, ok := kindWords[languages[i]]
			if !ok {
				names = kindWords[words.English]
			}
			at := slices.IndexFunc(values, func(v facetValue) bool { return v.name == names[kind] })
			if at < 0 {
				at = len(values)
				values = append(values, facetValue{name: names[kind]})
			}
			values[at].items = append(values[at].items, uint32(i))
		}
	}
	for k := range values { // two kinds may have one name in two languages
		slices.Sort(values[k].items)
	}
	return values
}
