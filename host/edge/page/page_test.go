package page

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

func shop(t *testing.T) *pack.Pack {
	data, err := pack.Write(pack.Source{
		Items: []pack.Item{
			{ID: "a", URL: "/p/a", Title: "A"}, {ID: "b", URL: "https://shop.example/p?id=b", Title: "B"},
			{ID: "c", URL: "http://shop.example/caf%C3%A9", Title: "C"}, {ID: "home", URL: "/", Title: "Home"}, {ID: "none", Title: "None"},
		},
		Topics: []pack.Topic{{Name: "X", Parent: pack.NoTopic}, {Name: "Y", Parent: 0}, {Name: "Y", Parent: pack.NoTopic}},
		Slots:  []pack.Slot{{Name: "next", Kinds: pack.AllKinds, Size: 2, Layer: 1}},
		Policy: pack.DefaultPolicy(),
	})
	require.NoError(t, err)
	p, err := pack.Open(data)
	require.NoError(t, err)
	return p
}

func TestAbout(t *testing.T) {
	p := shop(t)
	linked := func(texts ...string) (s Said) {
		for _, text := range texts {
			s.Linked = append(s.Linked, []byte(text))
		}
		return s
	}
	for _, c := range []struct {
		name, address string
		said          Said
		item, topic   string
	}{
		{"nothing", "https://shop.example/none", Said{}, "", ""},
		{"its address", "https://shop.example/p/a", Said{}, "a", ""},
		{"with a query that says nothing", "https://shop.example/p/a?utm_source=x&_=1", Said{}, "a", ""},
		{"with a query that counts", "https://shop.example/p?id=b", Said{}, "b", ""},
		{"of another host", "https://other.example/p?id=b", Said{}, "", ""},
		{"by another scheme", "https://shop.example/caf%C3%A9", Said{}, "c", ""},
		{"the root", "https://shop.example", Said{}, "home", ""},
		{"its own word", "https://shop.example/p/a", Said{Item: "none"}, "none", ""},
		{"its own word, which the pack has not", "https://shop.example/p/a", Said{Item: "new", Canonical: "/p/a", Topic: "X > Y"}, "", "X > Y"},
		{"its canonical link", "https://shop.example/p/a", Said{Canonical: "https://shop.example/p?id=b"}, "b", ""},
		{"its canonical link, relative", "https://shop.example/x/y", Said{Canonical: "../p/a"}, "a", ""},
		{"a canonical link of nothing", "https://shop.example/p/a", Said{Canonical: "/none"}, "a", ""},
		{"a canonical link that is none", "https://shop.example/p/a", Said{Canonical: "https://[x"}, "a", ""},
		{"an item before a topic", "https://shop.example/p/a", Said{Topic: "X"}, "a", ""},
		{"a topic", "https://shop.example/t", Said{Topic: "Y"}, "", "Y"},
		{"a topic that is none", "https://shop.example/t", Said{Topic: "Z > Y"}, "", ""},
		{"linked data", "https://shop.example/l", linked(`{"@type": "Product", "sku": "none"}`), "none", ""},
		{"linked data by address", "https://shop.example/l", linked(`{"@type": "NewsArticle", "@id": "#it", "url": "/p/a"}`), "a", ""},
		{"linked data in a graph", "https://shop.example/l", linked(`{"@graph": [{"@type": "WebPage", "url": "/p/a"}, {"@type": ["Thing", "Product"], "mpn": "none"}]}`), "none", ""},
		{"linked data in a list", "https://shop.example/l", linked(`[null, 1, {"@type": "Review", "productID": 7, "mpn": "none"}]`), "none", ""},
		{"linked data that cannot be read", "https://shop.example/l", linked(`{`, `null`, `{"@type": 1}`, `{"@type": "HowTo", "sku": "a"}`), "a", ""},
	} {
		address, err := url.Parse(c.address)
		require.NoError(t, err)
		item, topic := c.said.About(p, address)
		got, path := "", ""
		if item != pack.NoItem {
			got = string(p.ItemID(item))
		}
		if topic != pack.NoTopic {
			path = TopicPath(p, topic)
		}
		assert.Equal(t, c.item, got, c.name)
		assert.Equal(t, c.topic, path, c.name)
	}
}
