package serve

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/catalogue"
)

func TestLocal(t *testing.T) {
	urls := func(items []catalogue.Item) (got []string) {
		for _, it := range items {
			got = append(got, it.URL)
		}
		return got
	}
	items := []catalogue.Item{
		{ID: "a", URL: "https://shop.example/a?b=c"}, {ID: "b", URL: "https://shop.example"}, {ID: "c", URL: "https://shop.example?p=1"},
		{ID: "d", URL: "https://blog.example/a"}, {ID: "e", URL: "/e"}, {ID: "f/ g"}, {ID: "h", URL: "https://shop.example//evil.example"},
		{ID: "i", URL: "https://shop.example.evil.example/i"}, {ID: "j", URL: "https://blog.example/a?b=c"},
	}
	before := urls(items)
	want := []string{"/a?b=c", "/", "/?p=1", "https://blog.example/a", "/e", "", "https://shop.example//evil.example", "https://shop.example.evil.example/i", "https://blog.example/a?b=c"}
	assert.Equal(t, want, urls(Local(items, "")), "the origin that most have")
	assert.Equal(t, want, urls(Local(items, "https://shop.example/")))
	assert.Equal(t, before, urls(Local(items, "https://none.example")))
	assert.Equal(t, before, urls(items), "the caller's stay as they were")
	assert.Equal(t, []string{"/a?b=c", "/-/item/b", "/?p=1", "/a", "/e", "/-/item/f%2F%20g", "https://shop.example//evil.example", "/i", "/-/item/j"},
		urls(LocalAll(items)))
	assert.Equal(t, []string{"/a", "/b"}, urls(Local([]catalogue.Item{{URL: "/a"}, {URL: "/b"}}, "")), "paths stay paths")
}

// previewed returns a preview of a hundred items.
func previewed(t *testing.T) func(path string, status int) *goquery.Document {
	var items []catalogue.Item
	for k := range 100 {
		items = append(items, catalogue.Item{
			ID: fmt.Sprint("id-", k), URL: fmt.Sprint("https://shop.example/p/", k), Title: fmt.Sprintf("Item <%d>", k),
			Topics: [][]string{{"All", fmt.Sprint("Part ", k%3)}}, Popularity: float64(k), Price: catalogue.Price{Minor: 1250, Currency: "EUR"},
		})
	}
	items = append(items, catalogue.Item{ID: "none", Title: "Nothing is known of it", Language: "nl"})
	h := Preview{Name: "A shop", Items: LocalAll(items), Slots: build.DefaultSlots()}.Handler(`<script src="/x.js"></script>`)
	return func(path string, status int) *goquery.Document {
		t.Helper()
		w := get(t, h, path)
		require.Equal(t, status, w.Code, path)
		d, err := goquery.NewDocumentFromReader(w.Body)
		require.NoError(t, err)
		assert.Equal(t, 1, d.Find(`head script[src="/x.js"]`).Length(), path)
		return d
	}
}

// A preview has a page an item at its own path, lists that lead there, a search and the panel, and slots on each.
func TestPreview(t *testing.T) {
	open := previewed(t)
	home := open("/", http.StatusOK)
	assert.Equal(t, "A shop", home.Find("h1").Text())
	assert.Equal(t, "suggestions", home.Find("nabij-suggestions").AttrOr("slot-name", ""))
	links := home.Find(".grid a")
	assert.Equal(t, perPage, links.Length())
	assert.Equal(t, "/p/99", links.First().AttrOr("href", ""), "the most popular first")
	assert.Equal(t, "Item <99>", links.First().Text())
	later := home.Find("p > a").Last().AttrOr("href", "")
	assert.Equal(t, "/p/51", open(later, http.StatusOK).Find(".grid a").First().AttrOr("href", ""))
	assert.Equal(t, "/?from=0", open(later, http.StatusOK).Find("main > p > a").First().AttrOr("href", ""))

	topic := home.Find(".topics a").First()
	assert.Equal(t, "All", topic.Text())
	all := open(topic.AttrOr("href", ""), http.StatusOK)
	assert.Equal(t, "All", all.Find("meta[name=nabij-topic]").AttrOr("content", ""))
	part := open(all.Find(".topics a").First().AttrOr("href", ""), http.StatusOK)
	assert.Equal(t, "All > Part 0", part.Find("meta[name=nabij-topic]").AttrOr("content", ""))
	assert.Contains(t, part.Find("p.faint").Text(), "34 items")

	item := open("/p/5", http.StatusOK)
	assert.Equal(t, "id-5", item.Find("meta[name=nabij-item]").AttrOr("content", ""))
	assert.Equal(t, "Item <5>", item.Find("h1").Text())
	assert.Equal(t, "12.50 EUR", item.Find("article .price").Text())
	assert.Equal(t, "id-5", item.Find("[data-nabij=basket-add]").AttrOr("data-nabij-item", ""))
	assert.Equal(t, len(build.DefaultSlots()), item.Find("nabij-suggestions").Length())
	assert.Equal(t, 2, item.Find(".topics a").Length())
	assert.Equal(t, "nl", open("/-/item/none", http.StatusOK).Find("html").AttrOr("lang", ""))

	found := open("/-/search?q=item+%3C7", http.StatusOK)
	assert.Equal(t, 11, found.Find(".grid a").Length())
	assert.Equal(t, "item <7", found.Find("[type=search]").AttrOr("value", ""))
	assert.Equal(t, "search", found.Find("form").AttrOr("data-nabij", ""))
	assert.Equal(t, 0, open("/-/search?q=piano", http.StatusOK).Find(".grid a").Length())
	assert.Equal(t, 1, open("/-/visit", http.StatusOK).Find("nabij-control").Length())
	open("/p/100", http.StatusNotFound)
	open("/-/topic?path=None", http.StatusNotFound)
	open("/?from=-7", http.StatusOK)
	open("/?from=100000", http.StatusOK)
}
