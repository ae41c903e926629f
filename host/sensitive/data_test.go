package sensitive_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/demo"
	"github.com/nabij/nabij/host/internal/realdata"
	"github.com/nabij/nabij/host/learn/content"
	"github.com/nabij/nabij/host/sensitive"
)

// counts says by category how many titles the lists mark. With -v each is shown.
func counts(t *testing.T, items []catalogue.Item) map[sensitive.Category]int {
	t.Helper()
	r := rules(t, sensitive.Site{})
	n := map[sensitive.Category]int{}
	for i, language := range content.Languages(items, "en") {
		if v := r.Item(&items[i], language); v.Sensitive {
			n[v.Rule.Category]++
			t.Logf("%s: %s", items[i].Title, v.Rule)
		}
	}
	return n
}

// The demo shop's items about body and care are all that the lists find by titles; its other care items go by their topic.
func TestDemoShop(t *testing.T) {
	items, err := demo.Items()
	require.NoError(t, err)
	require.Equal(t, map[sensitive.Category]int{sensitive.Health: 6, sensitive.Pregnancy: 2, sensitive.Mourning: 2}, counts(t, items))
	r := rules(t, sensitive.Site{})
	for i, language := range content.Languages(items, "") {
		if v := r.Item(&items[i], language); v.Sensitive {
			require.True(t, items[i].Sensitive, "%s: %s", items[i].Title, v.Rule)
		}
	}
}

// TestRealCatalogues holds the lists to what they mark of catalogues without anything intimate in particular: how many were read by hand, and
// of how many it was wrong, is in RATIONALE.md.
func TestRealCatalogues(t *testing.T) {
	for _, c := range []struct {
		files []string
		want  map[sensitive.Category]int
	}{
		{[]string{"shopify_samples/apparel.csv", "shopify_samples/home-and-garden.csv", "shopify_samples/jewelery.csv"}, map[sensitive.Category]int{}},
		{[]string{"online_retail/catalogue.csv"}, map[sensitive.Category]int{"children": 10, "health": 2, "sexuality": 1}},
		{[]string{"goodbooks10k/catalogue.csv"}, map[sensitive.Category]int{"addiction": 4, "children": 16, "debt": 6, "health": 14, "mourning": 5,
			"politics": 11, "pregnancy": 1, "religion": 40, "sexuality": 16}},
	} {
		t.Run(c.files[0], func(t *testing.T) {
			var paths []string
			for _, name := range c.files {
				paths = append(paths, realdata.Path(t, name))
			}
			items, _, err := catalogue.ReadAll(context.Background(), paths, catalogue.Options{Currency: "GBP"})
			require.NoError(t, err)
			require.Equal(t, c.want, counts(t, items))
		})
	}
}
