package site

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/demo"
)

// TestEveryPage follows every link and picture from the home page on, and looks at every page it comes to.
func TestEveryPage(t *testing.T) {
	v := newVisitor(t, Options{})
	seen := map[string]bool{"/en/": true}
	for queue := []string{"/en/"}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		response := v.get(at)
		if !assert.Equal(t, http.StatusOK, response.StatusCode, at) {
			continue
		}
		if !strings.HasPrefix(response.Header.Get("Content-Type"), "text/html") {
			continue
		}
		page := parse(t, response)
		page.sound(t, at)
		assert.Equal(t, at[1:3], attribute(page.all("html")[0], "lang"), at)
		for name, links := range page.slots() {
			assert.Equal(t, slotSizes[name], links, "%s: slot %s", at, name)
		}
		for _, n := range page.all("") {
			for _, key := range []string{"href", "src"} {
				to, _, _ := strings.Cut(attribute(n, key), "#")
				if to == "" {
					continue
				}
				require.True(t, strings.HasPrefix(to, "/"), "%s: link to %s", at, to)
				if !seen[to] {
					seen[to] = true
					queue = append(queue, to)
				}
			}
		}
	}
	items, err := demo.Items()
	require.NoError(t, err)
	for _, item := range items {
		assert.True(t, seen[item.URL], "no link leads to %s", item.URL)
		assert.True(t, seen[item.Image], "no page shows %s", item.Image)
	}
	for _, s := range openShops() {
		for _, topic := range s.topics {
			assert.True(t, seen[topic.URL], "no link leads to %s", topic.URL)
		}
	}
}

// slotSizes are as in the demo's configuration, but that "continue" has nothing to fall back on.
var slotSizes = map[string]int{
	"home": 6, "continue": 0, "product": 4, "advice": 3, "article": 4, "help": 3, "search": 4, "basket": 4,
}

func TestSlotsAreConfigured(t *testing.T) {
	var config struct {
		Slots []struct {
			Name string
			Size int
		}
	}
	require.NoError(t, json.Unmarshal(demo.Config(), &config))
	sizes := map[string]int{"continue": 0}
	for _, s := range config.Slots {
		if s.Name != "continue" {
			sizes[s.Name] = s.Size
		}
	}
	assert.Equal(t, sizes, slotSizes)
}

func TestSlotsByPage(t *testing.T) {
	v := newVisitor(t, Options{})
	for target, want := range map[string][]string{
		"/en/": {"home", "continue"}, "/nl/c/kleding/": {"article"}, "/en/search?q=tent": {"search"},
		"/nl/search": {"search"}, "/en/basket": {"basket"}, "/nl/your-visit": {}, "/en/thanks": {},
	} {
		assert.ElementsMatch(t, want, keys(v.open(target).slots()), target)
	}
	assert.Len(t, v.open("/nl/your-visit").all("nabij-control"), 1)
}

// TestPolicyLink: the page about the visit leads to the policy's page in its language, where there is one.
func TestPolicyLink(t *testing.T) {
	links := func(options Options) (to []string) {
		for _, language := range []string{"en", "nl"} {
			for _, a := range newVisitor(t, options).open("/" + language + "/your-visit").all("a") {
				if href := attribute(a, "href"); strings.HasPrefix(href, "/nabij/") {
					to = append(to, href)
				}
			}
		}
		return to
	}
	assert.Empty(t, links(Options{}))
	assert.Equal(t, []string{"/nabij/policy.en.html", "/nabij/policy.nl.html"}, links(Options{Policy: "/nabij/"}))
}

func keys(m map[string]int) []string {
	list := []string{}
	for key := range m {
		list = append(list, key)
	}
	return list
}

func TestEveryItem(t *testing.T) {
	v := newVisitor(t, Options{})
	slots := map[pack.Kind][]string{pack.KindProduct: {"product", "advice"}, pack.KindHelp: {"help"}}
	items, err := demo.Items()
	require.NoError(t, err)
	for i := range items {
		item := &items[i]
		page := v.open(item.URL)
		assert.Equal(t, item.Title, text(page.all("h1")[0]))
		want := slots[item.Kind]
		if want == nil {
			want = []string{"article"}
		}
		assert.ElementsMatch(t, want, keys(page.slots()), item.ID)
		forms := page.find("form", "data-nabij", "basket-add")
		if orderable(item) {
			require.Len(t, forms, 1, item.ID)
			assert.Equal(t, item.ID, attribute(forms[0], "data-nabij-item"))
		} else {
			assert.Empty(t, forms, item.ID)
		}
		other, _ := demo.Translation(item.ID)
		assert.NotEmpty(t, page.find("a", "href", "/"+other), "%s: language switch", item.ID)
		assert.Equal(t, item.URL, attribute(page.find("link", "rel", "canonical")[0], "href"))
		structured(t, page, item)
	}
}

// structured checks an item page's JSON-LD.
func structured(t *testing.T, page *document, item *catalogue.Item) {
	t.Helper()
	types := map[string]map[string]any{}
	for _, n := range page.find("script", "type", "application/ld+json") {
		var data map[string]any
		require.NoError(t, json.Unmarshal([]byte(n.FirstChild.Data), &data), item.ID)
		types[data["@type"].(string)] = data
	}
	require.Contains(t, types, "BreadcrumbList", item.ID)
	if item.Kind == pack.KindProduct {
		require.Contains(t, types, "Product", item.ID)
		assert.Equal(t, item.Title, types["Product"]["name"])
		assert.Equal(t, item.Image, types["Product"]["image"])
	} else {
		require.Contains(t, types, "Article", item.ID)
		assert.Equal(t, item.Title, types["Article"]["headline"])
	}
}

// TestFallbacksAreForEveryone checks that what stands in slots is never sensitive and can be had.
func TestFallbacksAreForEveryone(t *testing.T) {
	v := newVisitor(t, Options{})
	for _, s := range openShops() {
		for _, item := range s.items {
			for _, slot := range v.open(item.URL).all("nabij-suggestions") {
				for n := range slot.Descendants() {
					if n.Data != "a" {
						continue
					}
					shown := s.byID[strings.TrimPrefix(attribute(n, "href"), "/")]
					require.NotNil(t, shown, item.ID)
					assert.False(t, shown.Sensitive || shown.Availability == pack.OutOfStock || shown == item, item.ID)
				}
			}
		}
	}
}

func TestCategory(t *testing.T) {
	v := newVisitor(t, Options{})
	page := v.open("/en/c/clothing/rainwear/")
	assert.Equal(t, "Clothing > Rainwear", attribute(page.find("meta", "name", "nabij-topic")[0], "content"))
	assert.NotEmpty(t, page.find("a", "href", "/nl/c/kleding/regenkleding/"))
	var filters []string
	for _, n := range page.find("a", "data-nabij", "filter") {
		filters = append(filters, attribute(n, "data-nabij-topic"))
	}
	assert.Equal(t, []string{"Clothing", "Clothing > Rainwear", "Clothing > Cycling clothes", "Clothing > Warm layers"}, filters)
	assert.Empty(t, v.open("/en/rain-jacket-miezer-bui").find("meta", "name", "nabij-topic"))
}
