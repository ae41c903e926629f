package build

import (
	"context"
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/internal/realdata"
)

// table reads a CSV file with a heading.
func table(t testing.TB, path string, each func(field func(name string) string)) {
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	r := csv.NewReader(f)
	r.LazyQuotes = true
	rows, err := r.ReadAll()
	require.NoError(t, err)
	for _, row := range rows[1:] {
		each(func(name string) string { return row[slices.Index(rows[0], name)] })
	}
}

func books(t testing.TB) (items []catalogue.Item) {
	table(t, realdata.Path(t, "goodbooks10k/catalogue.csv"), func(field func(string) string) {
		it := catalogue.Item{ID: field("item_id"), Title: field("title"), Language: strings.ToLower(field("language_code"))}
		it.Popularity, _ = strconv.ParseFloat(field("ratings_count"), 64)
		for _, author := range strings.Split(field("authors"), ", ") {
			it.Attributes = append(it.Attributes, catalogue.Attribute{Name: "author", Value: author})
		}
		for _, name := range []string{"original_publication_year", "average_rating"} {
			if v := field(name); v != "" {
				it.Attributes = append(it.Attributes, catalogue.Attribute{Name: name, Value: v})
			}
		}
		if it.Language == "eng" {
			it.Language = "en"
		}
		items = append(items, it)
	})
	return items
}

func gifts(t testing.TB) (items []catalogue.Item) {
	table(t, realdata.Path(t, "online_retail/catalogue.csv"), func(field func(string) string) {
		it := catalogue.Item{ID: field("item_id"), Title: field("title")}
		it.Popularity, _ = strconv.ParseFloat(field("train_orders"), 64)
		price, _ := strconv.ParseFloat(field("price"), 64)
		it.Price = catalogue.Price{Minor: int64(price*100 + 0.5), Currency: "GBP"}
		items = append(items, it)
	})
	return items
}

func samples(t testing.TB) []catalogue.Item {
	var paths []string
	for _, n := range []string{"apparel", "home-and-garden", "jewelery"} {
		paths = append(paths, realdata.Path(t, "shopify_samples/"+n+".csv"))
	}
	items, _, err := catalogue.ReadAll(context.Background(), paths, catalogue.Options{Currency: "USD"})
	require.NoError(t, err)
	return items
}

// TestRealCatalogues looks at rows that a person found sensible: each of the wanted words is in the title of one of the
// best neighbours at least. With -v it shows them.
func TestRealCatalogues(t *testing.T) {
	for _, c := range []struct {
		name  string
		items func(testing.TB) []catalogue.Item
		rows  map[string]string // title → words wanted among the best six
	}{
		{"goodbooks10k", books, map[string]string{
			"The Hobbit": "Rings|Graphic|History of the Hobbit",
			"The Hunger Games (The Hunger Games, #1)":                    "Mockingjay|Catching Fire",
			"Harry Potter and the Chamber of Secrets (Harry Potter, #2)": "Goblet|Sorcerer|Azkaban",
			"A Brief History of Time":                                    "Briefer|Nutshell",
			"Norwegian Wood":                                             "Wind-Up Bird|After Dark",
		}},
		{"online_retail", gifts, map[string]string{
			"ROSES REGENCY TEACUP AND SAUCER":    "PINK REGENCY TEACUP|GREEN REGENCY TEACUP|TEA PLATE",
			"WHITE HANGING HEART T-LIGHT HOLDER": "PINK HANGING HEART|RED HANGING HEART",
			"CITRONELLA CANDLE FLOWERPOT":        "CITRONELLA CANDLE GARDEN POT|FLOWER CANDLE POT",
			"FELTCRAFT HAIRBAND RED AND BLUE":    "FELTCRAFT HAIRBAND PINK",
		}},
		{"shopify_samples", samples, map[string]string{
			"Ocean Blue Shirt":       "Shirt",
			"Bangle Bracelet":        "Boho Bangle|Moon Charm",
			"Brown Throw Pillows":    "Knitted Throw",
			"Classic Leather Jacket": "Olive Green Jacket",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			src, report := mustSource(t, c.items(t), Config{})
			require.Zero(t, report.Dropped)
			data, err := pack.Write(src)
			require.NoError(t, err)
			t.Logf("%d bytes\n", len(data))
			found := 0
			for i := range src.Items {
				want, ok := c.rows[src.Items[i].Title]
				if !ok {
					continue
				}
				found++
				var lines []string
				for _, n := range src.Rows[i].Neighbours[:min(6, len(src.Rows[i].Neighbours))] {
					lines = append(lines, strconv.FormatFloat(n.Weight, 'f', 2, 64)+" "+src.Items[n.Item].Title)
				}
				list := strings.Join(lines, "\n    ")
				t.Logf("%s\n    %s", src.Items[i].Title, list)
				for _, w := range strings.Split(want, "|") {
					require.Contains(t, list, w, src.Items[i].Title)
				}
			}
			require.Equal(t, len(c.rows), found)
		})
	}
}
