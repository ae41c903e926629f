package abitest

import (
	"strconv"

	"github.com/nabij/nabij/core/pack"
)

// Packs are the names that Pack knows.
var Packs = []string{"tiny", "shop", "large"}

// Pack returns a made-up pack:
//
//	tiny   six items, two topics, one slot: what is scarce, and what is missing
//	shop   400 items of every kind in a tree of topics, two languages, priors, terms, facets, sensitive and sold-out
//	       items, five slots
//	large  17,000 items with 30 neighbours each, and the same else
func Pack(name string) []byte {
	var src pack.Source
	switch name {
	case "tiny":
		src = tiny()
	case "shop":
		src = shop(400, 400, 24, 12)
		facets(&src)
	case "large":
		src = shop(17_000, 17_000, 200, 30)
	default:
		panic("abitest: no pack " + name)
	}
	return write(src)
}

// Random returns the pack of a seed: some tens of items like those of "shop", under a policy of its own.
func Random(seed uint64) []byte {
	r := Rand(seed)
	src := shop(Rand(r.Uint64()), 12+r.N(50), 7+r.N(12), 1+r.N(12))
	p := &src.Policy
	p.Faces, p.Bits, p.FirstPages = 1<<r.N(4), uint8(r.N(33)), uint8(r.N(3))
	p.SettleMs, p.HalfLifeMs, p.FatigueShown = uint32(r.N(20_000)), uint32(r.N(600_000)), uint8(r.N(4))
	return write(src)
}

func write(src pack.Source) []byte {
	b, err := pack.Write(src)
	if err != nil {
		panic(err)
	}
	return b
}

func tiny() pack.Source {
	policy := pack.DefaultPolicy()
	policy.MaxLayer, policy.Faces, policy.FirstPages = 3, 2, 0
	return pack.Source{
		Site: "tiny.example",
		Items: []pack.Item{
			{ID: "a", URL: "/a", Title: "A", Topics: []uint16{0}, Popularity: 65535},
			{ID: "b", URL: "/b", Title: "B", Topics: []uint16{0}, Popularity: 30000},
			{ID: "c", Title: "C", Kind: pack.KindHelp, Topics: []uint16{1}, Popularity: 20000},
			{ID: "d", Topics: []uint16{1}, Sensitive: true, Popularity: 10000},
			{ID: "e", Availability: pack.OutOfStock, Popularity: 10000},
			{ID: "f"},
		},
		Topics: []pack.Topic{{Name: "One", Parent: pack.NoTopic}, {Name: "Two", Parent: 0}},
		Rows: []pack.Row{
			{Neighbours: []pack.Neighbour{{Item: 1, Weight: 1}, {Item: 2, Weight: .5}}},
			{Neighbours: []pack.Neighbour{{Item: 0, Weight: 1}}, FromContent: true},
		},
		Slots:  []pack.Slot{{Name: "main", Kinds: pack.AllKinds, Size: 4, Layer: 3}},
		Policy: policy,
	}
}

// facets gives the items colours, sizes and prices to ask for. An item has a colour and up to two sizes.
func facets(src *pack.Source) {
	src.FacetGroups = []string{"price", "colour", "size"}
	for _, f := range []struct {
		group uint8
		name  string
		has   func(i int) bool
	}{
		{0, "€0–300", func(i int) bool { return src.Items[i].Price > 0 && src.Items[i].Price < 300_00 }},
		{0, "€300+", func(i int) bool { return src.Items[i].Price >= 300_00 }},
		{1, "red", func(i int) bool { return i%5 == 0 }},
		{1, "blue", func(i int) bool { return i%5 == 1 || i%5 == 2 }},
		{1, "green", func(i int) bool { return i%5 > 2 }},
		{2, "S", func(i int) bool { return i%2 == 0 }},
		{2, "L", func(i int) bool { return i%3 == 0 }},
	} {
		facet := pack.Facet{Group: f.group, Name: f.name}
		for i := range src.Items {
			if f.has(i) && !src.Items[i].Sensitive {
				facet.Items = append(facet.Items, uint32(i))
			}
		}
		src.Facets = append(src.Facets, facet)
	}
}

// shop makes a shop of which every seventh topic below the roots is sensitive.
func shop(r Rand, items, topics, neighbours int) pack.Source {
	src := pack.Source{
		Site:       "https://shop.example",
		Languages:  []string{"nl", "en"},
		Currencies: []string{"EUR", "GBP"},
		Slots: []pack.Slot{
			{Name: "home", Kinds: pack.AllKinds, Size: 6, Layer: 3, MinTopics: 2},
			{Name: "product", Kinds: pack.KindsOf(pack.KindProduct, pack.KindReview, pack.KindComparison), Size: 6, Layer: 3},
			{Name: "basket", Kinds: pack.KindsOf(pack.KindProduct), Size: 3, Layer: 3, Repeats: true},
			{Name: "help", Kinds: pack.KindsOf(pack.KindGuide, pack.KindHelp), Size: 4, Layer: 1},
			{Name: "wide", Kinds: pack.AllKinds, Size: 12, Layer: 2, MinTopics: 4},
		},
		Policy: pack.DefaultPolicy(),
	}
	src.Policy.MaxLayer, src.Policy.FirstPages = 3, 1
	src.Policy.FaceSharePermille = 50 // so that pages have several lists
	roots := topics / 6
	for t := range topics {
		topic := pack.Topic{Name: "Topic " + strconv.Itoa(t), Parent: pack.NoTopic}
		if t >= roots {
			topic.Parent = uint16(r.N(t))
			topic.Sensitive = t%7 == 0 || src.Topics[topic.Parent].Sensitive
		}
		src.Topics = append(src.Topics, topic)
		if !topic.Sensitive {
			src.Terms = append(src.Terms, pack.Term{Word: "word" + strconv.Itoa(t), Topic: uint16(t)})
			for class := pack.Night; class < pack.ClassCount; class++ {
				if r.Chance(15) {
					src.Priors = append(src.Priors, pack.Prior{Class: class, Topic: uint16(t), Multiplier: float64(1+r.N(15)) / 4})
				}
			}
		}
	}
	byTopic := make([][]uint32, topics)
	for i := range items {
		item := shopItem(&r, &src, i, items)
		for _, t := range item.Topics {
			byTopic[t] = append(byTopic[t], uint32(i))
		}
		src.Items = append(src.Items, item)
	}
	for i := range items {
		src.Rows = append(src.Rows, shopRow(&r, &src, i, neighbours, byTopic))
	}
	for t := range topics {
		var row pack.Row
		if !src.Topics[t].Sensitive {
			for _, i := range byTopic[t][:min(len(byTopic[t]), neighbours)] {
				if !src.Items[i].Sensitive {
					row.Neighbours = append(row.Neighbours, pack.Neighbour{Item: i, Weight: 1 / float64(len(row.Neighbours)+1)})
				}
			}
		}
		src.TopicRows = append(src.TopicRows, row)
	}
	return src
}

func shopItem(r *Rand, src *pack.Source, i, items int) pack.Item {
	id := "item-" + strconv.Itoa(i)
	item := pack.Item{
		ID: id, URL: "/p/" + id, Title: "Item " + strconv.Itoa(i) + " of the shop", Image: "/i/" + id + ".svg",
		Availability: pack.InStock, Price: uint32(199 + r.N(90_000)), Currency: uint8(1 + r.N(2)),
		Popularity: uint16(65535 / (1 + i*40/items)),
	}
	if r.Chance(25) {
		item.Kind = pack.Kind(r.N(pack.KindCount))
		item.Availability, item.Price, item.Currency = pack.AvailabilityUnknown, 0, 0
	}
	if r.Chance(5) {
		item.Availability = pack.OutOfStock
	}
	if r.Chance(60) {
		item.Language = uint8(1 + r.N(2))
	}
	item.Sensitive = r.Chance(2)
	for range 1 + r.N(3) {
		t := uint16(r.Skewed(len(src.Topics)))
		if src.Topics[t].Sensitive {
			if !item.Sensitive && !r.Chance(20) {
				continue
			}
			item.Sensitive = true
		}
		twice := false
		for _, has := range item.Topics {
			twice = twice || has == t
		}
		if !twice {
			item.Topics = append(item.Topics, t)
		}
	}
	return item
}

// shopRow takes most neighbours from the item's topics and the rest from what is popular.
func shopRow(r *Rand, src *pack.Source, i, neighbours int, byTopic [][]uint32) pack.Row {
	row := pack.Row{FromContent: i%3 == 0}
	if src.Items[i].Sensitive || i%50 == 49 { // some have none
		return row
	}
	seen := map[uint32]bool{uint32(i): true}
	weight := 1.0
	for tries := 0; len(row.Neighbours) < neighbours && tries < 20*neighbours; tries++ {
		j := uint32(r.Skewed(len(src.Items)))
		if topics := src.Items[i].Topics; len(topics) > 0 && r.Chance(75) {
			near := byTopic[topics[r.N(len(topics))]]
			j = near[r.Skewed(len(near))]
		}
		if seen[j] || src.Items[j].Sensitive {
			continue
		}
		seen[j] = true
		row.Neighbours = append(row.Neighbours, pack.Neighbour{Item: j, Weight: weight})
		weight *= float64(80+r.N(19)) / 100
	}
	return row
}
