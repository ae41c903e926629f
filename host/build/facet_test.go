package build

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

// facetLines writes the facets of a source, a group a line, with the number of items of each.
func facetLines(src pack.Source) string {
	var b strings.Builder
	for g, name := range src.FacetGroups {
		b.WriteString(name + ":")
		for _, f := range src.Facets {
			if int(f.Group) == g {
				fmt.Fprintf(&b, " %s %d", f.Name, len(f.Items))
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// attributed are n items with an attribute whose values go round.
func attributed(n int, name string, values ...string) []catalogue.Item {
	items := make([]catalogue.Item, n)
	for i := range items {
		items[i] = item(name+strconv.Itoa(i), "Thing")
		items[i].Attributes = []catalogue.Attribute{{Name: name, Value: values[i%len(values)]}}
	}
	return items
}

func TestFacets(t *testing.T) {
	with := func(items []catalogue.Item, change func(i int, it *catalogue.Item)) []catalogue.Item {
		for i := range items {
			change(i, &items[i])
		}
		return items
	}
	priced := func(currency string, prices ...int64) []catalogue.Item {
		return with(attributed(len(prices)*3, "x", "only"), func(i int, it *catalogue.Item) {
			it.Price = catalogue.Price{Minor: prices[i%len(prices)], Currency: currency}
		})
	}
	for _, c := range []struct {
		name   string
		items  []catalogue.Item
		facets *Facets
		want   string
	}{
		{"values, the most frequent first", attributed(10, "colour", "red", "blue", "blue"), nil, "colour: blue 6 red 4\n"},
		{"spelled as first met", attributed(8, "colour", "Red", "BLUE", "red ", "blue"), nil, "colour: BLUE 4 Red 4\n"},
		{"one value is no choice", attributed(10, "colour", "red"), nil, ""},
		{"rare values", attributed(9, "colour", "red", "red", "blue", "red", "green", "blue", "red", "pink", "blue"), nil, "colour: red 4 blue 3\n"},
		{"values that nearly all have", attributed(40, "colour", append(slices.Repeat([]string{"red"}, 37), "blue", "blue", "blue")...), nil, ""},
		{"too many values to look through", attributed(400, "author", strings.Split(strings.Repeat("a b c d e f g h i j k l m n o p q r s t u v w x y z ", 5), " ")[:100]...), nil,
			"author: a 16 b 16 c 16 d 16 e 16 f 16 g 16 h 16 i 16 j 16 k 16 l 16 m 16 n 16 o 16 p 16 q 16 r 16 s 16 t 16\n"},
		{"prose", attributed(10, "about", strings.Repeat("long ", 12), strings.Repeat("words ", 12)), nil, ""},
		{"brands", with(attributed(6, "x", "only"), func(i int, it *catalogue.Item) { it.Brand = []string{"Gazelle", "Batavus"}[i%2] }), nil, "brand: Batavus 3 Gazelle 3\n"},
		{"sensitive items", with(attributed(12, "colour", "red", "blue"), func(i int, it *catalogue.Item) { it.Sensitive = i < 2 }), nil, "colour: blue 5 red 5\n"},
		{"values that are mostly sensitive", with(attributed(16, "colour", "red", "blue", "green", "green"), func(i int, it *catalogue.Item) { it.Sensitive = i%4 == 0 && i < 8 || i < 2 }), nil,
			"colour: green 8 blue 3\n"},
		{"values that the lists have", attributed(12, "for", "diabetes", "bikes", "cars"), nil, "for: bikes 4 cars 4\n"},
		{"several values of an item", with(attributed(6, "size", "S", "M"), func(i int, it *catalogue.Item) {
			it.Attributes = append(it.Attributes, catalogue.Attribute{Name: "size", Value: "L"}, catalogue.Attribute{Name: "size", Value: "l"})
			if i == 5 {
				it.Attributes = it.Attributes[:1]
			}
		}), nil, "size: L 5 M 3 S 3\n"},

		{"prices at round amounts", priced("EUR", 210, 480, 990, 1480, 1990, 2490, 2990, 4900, 9900, 24900), nil, "price: €0–10 9 €10–20 6 €20–30 6 €30–100 6 €100+ 3\n"},
		{"two bands", priced("EUR", 500, 1000, 2000, 4000), &Facets{Most: 9, PriceBands: 2}, "price: €0–20 6 €20+ 6\n"},
		{"cents", priced("EUR", 15, 30, 70), &Facets{Most: 9, PriceBands: 3}, "price: €0–0.30 3 €0.30+ 6\n"},
		{"another currency", priced("CHF", 500, 5000), nil, "price: 0–50 CHF 3 50+ CHF 3\n"},
		{"yen", priced("JPY", 500, 5000), nil, "price: ¥0–5000 3 ¥5000+ 3\n"},
		{"one price", priced("EUR", 500), nil, ""},
		{"the currency of most", with(priced("EUR", 500, 500, 5000), func(i int, it *catalogue.Item) {
			if i%3 == 1 {
				it.Price.Currency = "USD"
			}
		}), nil, "price: €0–50 3 €50+ 3\n"},

		{"kinds", with(attributed(9, "x", "only"), func(i int, it *catalogue.Item) {
			it.Kind, it.Language = []pack.Kind{pack.KindProduct, pack.KindGuide, pack.KindHelp}[i%3], []string{"nl", "nl", "en"}[i%3]
		}), nil, "kind: producten 3 gidsen 3 help 3\n"},
		{"kinds that are mostly sensitive", with(attributed(12, "x", "only"), func(i int, it *catalogue.Item) {
			it.Kind, it.Sensitive = []pack.Kind{pack.KindProduct, pack.KindArticle, pack.KindGuide}[i%3], i%3 == 2 && i > 5
		}), nil, "kind: products 4 articles 4\n"},
		{"kinds in two languages", with(attributed(12, "x", "only"), func(i int, it *catalogue.Item) {
			it.Kind, it.Language = pack.Kind(i%2), []string{"nl", "en"}[i/6]
		}), nil, "kind: producten 3 products 3 artikelen 3 articles 3\n"},

		{"none", attributed(10, "colour", "red", "blue"), &Facets{}, ""},
		{"at most", attributed(10, "colour", "red", "blue", "green"), &Facets{Most: 2}, "colour: red 4 blue 3\n"},
		{"by name", append(attributed(9, "colour", "red", "blue"), attributed(9, "Size", "S", "M")...), &Facets{Most: 9, Attributes: []string{"size"}}, "Size: S 5 M 4\n"},
		{"of no attribute", attributed(9, "colour", "red", "blue"), &Facets{Most: 9, Attributes: []string{}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			src, report := mustSource(t, c.items, Config{Language: "en", Facets: c.facets})
			assert.Equal(t, c.want, facetLines(src))
			assert.Empty(t, report.Warnings)
			_, err := pack.Write(src)
			require.NoError(t, err)
		})
	}
}

func TestFacetsThatAreNotThere(t *testing.T) {
	src, report := mustSource(t, attributed(9, "colour", "red", "blue"), Config{Facets: &Facets{Most: 9, Attributes: []string{"colour", "size", "Colour"}}})
	assert.Equal(t, "colour: red 5 blue 4\n", facetLines(src))
	require.Len(t, report.Warnings, 2)
	assert.Equal(t, `facets.attributes[2]: made no facets of the attribute: "Colour" is named before`, report.Warnings[1].String())
	assert.Equal(t, `facets.attributes[1]: made no facets of the attribute: "size" has no two values that enough items have`, report.Warnings[0].String())
	assert.Equal(t, []int{2}, report.Facets)
}

// TestFacetsOfAnyCatalogue: whatever the items are, the pack can be written, and names no sensitive item in a facet.
func TestFacetsOfAnyCatalogue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var items []catalogue.Item
		for i := range rapid.IntRange(0, 60).Draw(t, "items") {
			it := item(strconv.Itoa(i), "Thing")
			it.Kind = pack.Kind(rapid.IntRange(0, pack.KindCount-1).Draw(t, "kind"))
			it.Sensitive = rapid.IntRange(0, 5).Draw(t, "sensitive") == 0
			it.Language = rapid.SampledFrom([]string{"", "nl", "en", "fr", "xx"}).Draw(t, "language")
			it.Brand = rapid.SampledFrom([]string{"", "a", "A", "\xff", "b:c"}).Draw(t, "brand")
			it.Price = catalogue.Price{Minor: rapid.Int64Range(0, 1<<32-1).Draw(t, "price"), Currency: rapid.SampledFrom([]string{"", "EUR", "JPY", "KWD"}).Draw(t, "currency")}
			for range rapid.IntRange(0, 4).Draw(t, "attributes") {
				it.Attributes = append(it.Attributes, catalogue.Attribute{
					Name:  rapid.SampledFrom([]string{"colour", "price", "kind", "brand", "", " size"}).Draw(t, "name"),
					Value: rapid.OneOf(rapid.SampledFrom([]string{"a", "b", "c"}), rapid.String()).Draw(t, "value")})
			}
			items = append(items, it)
		}
		cfg := Config{Facets: &Facets{Most: rapid.IntRange(0, pack.MaxFacets).Draw(t, "most"), PriceBands: rapid.IntRange(0, MaxPriceBands).Draw(t, "bands"), Kinds: true}}
		src, _ := mustSource(t, items, cfg)
		require.LessOrEqual(t, len(src.Facets), cfg.Facets.Most)
		data, err := pack.Write(src)
		require.NoError(t, err)
		_, err = pack.Open(data)
		require.NoError(t, err)
	})
}
