package learn

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/nabij/nabij/host/catalogue"
)

func TestLookup(t *testing.T) {
	l := NewLookup([]catalogue.Item{
		{ID: "tent", Title: "Dome  Tent", URL: "https://shop.example/tents/dome", Aliases: []string{"T-2", "mat", "shared"}},
		{ID: "mat", Title: "Mat", URL: "/sleep/mat%C3%A9riel/", Aliases: []string{"shared"}},
		{ID: "41", Title: "Stove", URL: "https://shop.example/?p=41"},
		{ID: "42", Title: "Stove", URL: "https://shop.example/?p=42"},
		{ID: "boots", Title: "Boots - Winter", URL: "/products/boots"},
		{ID: "about", Title: "About us"},
	})
	for _, test := range []struct {
		name string
		of   named
		want string
	}{
		{"its id", named{id: "tent"}, "tent"},
		{"spaces around it", named{id: " tent "}, "tent"},
		{"a variant", named{id: "T-2"}, "tent"},
		{"an id goes before another's alias", named{id: "mat"}, "mat"},
		{"what two are called is neither", named{id: "shared"}, ""},
		{"then its stock number", named{id: "9", sku: "T-2"}, "tent"},
		{"nothing", named{}, ""},
		{"what is not there", named{id: "kite", sku: "K", url: "/kite", title: "Kite"}, ""},
		{"a page", named{url: "https://shop.example/tents/dome"}, "tent"},
		{"a page of another host, with a slash and a query", named{url: "http://www.shop.example/tents/dome/?utm_source=x#top"}, "tent"},
		{"a path", named{url: "/tents/dome"}, "tent"},
		{"a page percent-encoded in another case", named{url: "/sleep/mat%c3%a9riel"}, "mat"},
		{"a page that is not", named{url: "/sleep/matériel"}, "mat"},
		{"a page above", named{url: "/tents"}, ""},
		{"a page that its query tells", named{url: "/?utm_source=x&p=42"}, "42"},
		{"the page without it", named{url: "/"}, ""},
		{"what is no URL", named{url: "https://shop.example/%zz"}, ""},
		{"a product in a collection of Shopify", named{url: "/nl/collections/all/products/boots?variant=3"}, "boots"},
		{"a title", named{title: "dome tent"}, "tent"},
		{"a title with a variant", named{title: "Dome Tent - 2 persons - Green"}, "tent"},
		{"a title with a hyphen of its own", named{title: "Boots - Winter - 43"}, "boots"},
		{"a title of two", named{title: "Stove"}, ""},
	} {
		assert.Equal(t, test.want, l.find(&test.of), test.name)
	}
	assert.True(t, l.own("SHOP.example"))
	assert.False(t, l.own("other.example"))
	assert.False(t, (*Lookup)(nil).own("shop.example"))

	const page = "https://shop.example/products/boots"
	assert.False(t, l.pageOf(page), "the hosts are known")
	assert.False(t, (*Lookup)(nil).pageOf(page))
	assert.True(t, NewLookup([]catalogue.Item{{ID: "boots", URL: "/products/boots"}}).pageOf(page))
	assert.False(t, NewLookup([]catalogue.Item{{ID: "boots", URL: "/products/boots"}}).pageOf("https://shop.example/"))
}
