package catalogue_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/internal/realdata"
)

// readShared reads a real data set, and checks every item.
func readShared(t *testing.T, path string, opt catalogue.Options) ([]catalogue.Item, catalogue.Report) {
	t.Helper()
	items, reports, err := catalogue.ReadAll(context.Background(), []string{path}, opt)
	require.NoError(t, err)
	for _, it := range items {
		require.NoError(t, validate(it))
	}
	for _, p := range reports[0].Problems {
		t.Log(p)
	}
	return items, reports[0]
}

func TestGoodBooks(t *testing.T) {
	path := realdata.Path(t, "goodbooks10k/catalogue.csv")
	items, report := readShared(t, path, catalogue.Options{Strict: true})
	assert.Len(t, items, 10_000)
	assert.Equal(t, catalogue.FormatTable, report.Format)
	assert.Equal(t, catalogue.Item{
		ID: "3", Title: "Twilight (Twilight, #1)", Image: "https://images.gr-assets.com/books/1361039443m/41865.jpg",
		Topics: [][]string{{"Stephenie Meyer"}}, Popularity: 3866839,
		Language: "en", // en-US of a book is English
		Attributes: []catalogue.Attribute{{Name: "author", Value: "Stephenie Meyer"},
			{Name: "original_publication_year", Value: "2005"}, {Name: "average_rating", Value: "3.57"}},
		Place: items[2].Place,
	}, items[2])

	t.Run("as JSON Lines", func(t *testing.T) {
		again, report := readShared(t, toJSONLines(t, path), catalogue.Options{Strict: true})
		assert.Equal(t, catalogue.FormatJSON, report.Format)
		require.Len(t, again, len(items))
		for i := range again {
			want := items[i]
			want.Place = again[i].Place
			require.Equal(t, want, again[i])
		}
	})
}

// toJSONLines writes the rows of a table as objects with the same names.
func toJSONLines(t *testing.T, path string) string {
	t.Helper()
	in, err := os.Open(path)
	require.NoError(t, err)
	defer in.Close()
	rows, err := csv.NewReader(in).ReadAll()
	require.NoError(t, err)
	name := filepath.Join(t.TempDir(), "books.jsonl")
	out, err := os.Create(name)
	require.NoError(t, err)
	for _, row := range rows[1:] {
		line := []byte{'{'}
		for i, cell := range row {
			key, _ := json.Marshal(rows[0][i])
			value, _ := json.Marshal(cell)
			if i > 0 {
				line = append(line, ',')
			}
			line = append(append(append(line, key...), ':'), value...)
		}
		_, err = out.Write(append(line, '}', '\n'))
		require.NoError(t, err)
	}
	require.NoError(t, out.Close())
	return name
}

func TestOnlineRetail(t *testing.T) {
	items, report := readShared(t, realdata.Path(t, "online_retail/catalogue.csv"), catalogue.Options{Currency: "GBP", Strict: true})
	assert.Len(t, items, 3508)
	assert.Empty(t, report.Totals)
	assert.Equal(t, catalogue.Item{
		ID: "1", Title: "WHITE HANGING HEART T-LIGHT HOLDER", Topics: [][]string{{"holder"}},
		Attributes: []catalogue.Attribute{{Name: "stock_code", Value: "85123A"}}, Price: catalogue.Price{Minor: 295, Currency: "GBP"},
		Popularity: 2235, Place: items[0].Place,
	}, items[0])
}

func TestShopifySamples(t *testing.T) {
	for _, name := range []string{"apparel", "home-and-garden", "jewelery"} {
		t.Run(name, func(t *testing.T) {
			items, report := readShared(t, realdata.Path(t, "shopify_samples/"+name+".csv"), catalogue.Options{Currency: "USD", Strict: true})
			assert.Equal(t, catalogue.FormatShopify, report.Format)
			assert.Len(t, items, 20)
			for _, it := range items {
				assert.NotEmpty(t, it.Topics, it.ID)
				assert.NotEmpty(t, it.Image, it.ID)
				assert.Positive(t, it.Price.Minor, it.ID)
				assert.Equal(t, "/products/"+it.ID, it.URL)
				assert.Equal(t, pack.InStock, it.Availability)
			}
		})
	}
}
