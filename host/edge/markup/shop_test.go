package markup_test

import "github.com/nabij/nabij/core/pack"

// shop is a shop of what markup can go wrong on: its pack is test.pack in wasm/edge/testdata/markup.
func shop() pack.Source {
	const none = pack.NoTopic
	src := pack.Source{
		Site:       "https://shop.example",
		Languages:  []string{"en", "nl", "ar", "zh-hant"},
		Currencies: []string{"EUR", "JPY", "USD", "HUF"},
		Topics: []pack.Topic{
			{Name: "Clothing", Parent: none}, {Name: "Shirts & <tops>", Parent: 0}, {Name: "“Outdoor” – café", Parent: none},
		},
		Slots: []pack.Slot{
			{Name: "next", Kinds: pack.AllKinds, Size: 6, Layer: 2},
			{Name: "two", Kinds: pack.AllKinds, Size: 2, Layer: 2},
			{Name: "guides", Kinds: pack.KindsOf(pack.KindGuide), Size: 3, Layer: 2},
			{Name: "nothing", Kinds: pack.KindsOf(pack.KindComparison), Size: 3, Layer: 2},
			{Name: "again", Kinds: pack.AllKinds, Size: 2, Layer: 3, Repeats: true},
		},
		Policy: pack.DefaultPolicy(),
		Items: []pack.Item{
			{ID: "shirt", URL: "/p/shirt", Title: "Ocean blue shirt", Image: "/i/shirt.svg", Topics: []uint16{1}, Language: 1, Currency: 1, Price: 4950},
			{ID: "overhemd", URL: "/nl/p/overhemd", Title: "Overhemd “Zee” – 100 % katoen", Image: "https://cdn.example/i/overhemd.webp?w=400&h=400", Topics: []uint16{1}, Language: 2, Currency: 1, Price: 129500},
			{ID: `"><script>alert(1)</script>`, URL: "/p/hostile?a=1&b='2'", Title: `</span><img src=x onerror="alert('1')">&amp; & more`, Image: "/i/'hostile'.svg", Topics: []uint16{1}, Currency: 3, Price: 999},
			{ID: "قميص", URL: "/ar/p/1", Title: "قميص أزرق \u200e(XL)", Image: "/i/ar.svg", Topics: []uint16{0}, Language: 3, Currency: 3, Price: 123456789},
			{ID: "mixed", URL: "/p/mixed", Title: "שלום shirt 襯衫 👕", Image: "", Topics: []uint16{0, 2}, Currency: 2, Price: 1250},
			{ID: "free", URL: "/p/free", Title: "Sample", Image: "/i/free.svg", Topics: []uint16{0}},
			{ID: "unlinked", Title: "Sold on the spot alone", Image: "/i/unlinked.svg", Topics: []uint16{2}, Currency: 4, Price: 1990},
			{ID: "bare", Title: "", Topics: []uint16{2}},
			{ID: "controls", URL: "/p/controls", Title: "tab\tline\nreturn\rbell\u0007 delete\u007f end", Topics: []uint16{2}, Language: 1, Currency: 1, Price: 5},
			{ID: "long", URL: "/p/long", Title: "A title with ten words, which no card has room for, and {0} in it", Image: "/i/long.svg", Topics: []uint16{0}, Language: 1, Currency: 3, Price: 100},
			{ID: "guide", URL: "/guides/fit", Title: "How a shirt should fit", Kind: pack.KindGuide, Image: "/i/guide.svg", Topics: []uint16{1}, Language: 1},
			{ID: "gids", URL: "/nl/gidsen/maat", Title: "Welke maat past?", Kind: pack.KindGuide, Topics: []uint16{1}, Language: 2},
			{ID: "襯衫", URL: "/zh/p/1", Title: "海洋藍襯衫", Image: "/i/zh.svg", Topics: []uint16{1}, Language: 4, Currency: 2, Price: 6800},
		},
	}
	for i := range src.Items {
		src.Items[i].Popularity = uint16(60_000 - 4_000*i)
		src.Items[i].Availability = pack.InStock
	}
	src.Rows = []pack.Row{
		0: {Neighbours: []pack.Neighbour{{Item: 2, Weight: 8}, {Item: 4, Weight: 5}, {Item: 6, Weight: 4}, {Item: 7, Weight: 3}, {Item: 8, Weight: 2}}},
		2: {FromContent: true, Neighbours: []pack.Neighbour{{Item: 0, Weight: 2}, {Item: 1, Weight: 1.5}, {Item: 5, Weight: 1}}},
		3: {FromContent: true, Neighbours: []pack.Neighbour{{Item: 4, Weight: 2}}},
	}
	src.TopicRows = []pack.Row{1: {Neighbours: []pack.Neighbour{{Item: 0, Weight: 3}, {Item: 1, Weight: 2}}}}
	src.Priors = []pack.Prior{{Class: pack.Evening, Topic: 2, Multiplier: 4}, {Class: pack.Phone, Topic: 0, Multiplier: 2}}
	return src
}
