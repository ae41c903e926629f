package pack_test

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
)

// TestRoundTrip draws sources and reads them back.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := drawSource(t)
		data, err := pack.Write(src)
		require.NoError(t, err)
		p, err := pack.Open(data)
		require.NoError(t, err)
		exercise(t, p)

		assert.Equal(t, src.Site, string(p.Site()))
		assert.Equal(t, src.Policy, *p.Policy())
		require.Equal(t, len(src.Slots), int(p.Slots()))
		for i, want := range src.Slots {
			got := p.Slot(uint8(i))
			got.Name = string(p.SlotName(uint8(i)))
			require.Equal(t, want, got)
		}
		require.Equal(t, len(src.Languages), int(p.Languages()))
		for i, want := range src.Languages {
			require.Equal(t, want, string(p.LanguageName(uint8(i))))
		}
		require.Equal(t, len(src.Currencies), int(p.Currencies()))
		for i, want := range src.Currencies {
			require.Equal(t, want, string(p.CurrencyName(uint8(i))))
		}
		require.Equal(t, len(src.Topics), int(p.Topics()))
		for i, want := range src.Topics {
			topic := uint16(i)
			require.Equal(t, want, pack.Topic{Name: string(p.TopicName(topic)), Parent: p.TopicParent(topic), Sensitive: p.TopicSensitive(topic)})
		}
		require.Equal(t, len(src.Items), int(p.Items()))
		for i, want := range src.Items {
			require.Equal(t, want, readItem(p, uint32(i), want.Topics))
		}
		checkRows(t, src.Rows, p.Items(), p.Row)
		checkRows(t, src.TopicRows, uint32(p.Topics()), func(i uint32) pack.Neighbours { return p.TopicRow(uint16(i)) })
		checkPriors(t, src.Priors, p)
		checkFacets(t, &src, p)
		for i, term := range src.Terms {
			topic, ok := p.Term(pack.TermHash([]byte(strings.ToUpper(term.Word)))) // folding is the reader's business
			if strings.ContainsRune(term.Word, 'ß') {
				topic, ok = p.Term(pack.TermHash([]byte(term.Word))) // whose upper case is SS
			}
			first := slices.IndexFunc(src.Terms, func(x pack.Term) bool { return pack.TermHash([]byte(x.Word)) == pack.TermHash([]byte(term.Word)) })
			require.True(t, ok, "term %d", i)
			require.Equal(t, src.Terms[first].Topic, topic)
		}
	})
}

// readItem returns all that a pack says of an item; topics that are none are nil when they were in like.
func readItem(p *pack.Pack, i uint32, like []uint16) pack.Item {
	it := pack.Item{
		ID: string(p.ItemID(i)), URL: string(p.URL(i)), Title: string(p.Title(i)), Image: string(p.Image(i)), Kind: p.Kind(i),
		Topics: like[:0], Language: p.Language(i), Currency: p.Currency(i), Price: p.Price(i), Availability: p.Availability(i),
		Sensitive: p.Sensitive(i), Popularity: p.Popularity(i),
	}
	var topics []uint16
	for k := range pack.MaxItemTopics {
		if topic := p.ItemTopic(i, k); topic != pack.NoTopic {
			topics = append(topics, topic)
		}
	}
	if len(topics) > 0 {
		it.Topics = topics
	}
	return it
}

// checkRows holds what comes back against the bound that follows from the quantisation: with x the root of a weight's
// share of its row's largest, read as x + e, and L the row's largest's share of all, read as L + d, a weight is off by
// at most (2xe + e²)(L + d) + x²d. Both round to the nearest step but for the least, which is never rounded to nothing.
func checkRows(t require.TestingT, rows []pack.Row, n uint32, row func(uint32) pack.Neighbours) {
	top := 0.0
	for _, r := range rows {
		for _, x := range r.Neighbours {
			top = max(top, x.Weight)
		}
	}
	for i := range n {
		got := row(i)
		if int(i) >= len(rows) || len(rows[i].Neighbours) == 0 {
			require.True(t, got.Empty())
			continue
		}
		require.Equal(t, rows[i].FromContent, got.FromContent)
		want := slices.Clone(rows[i].Neighbours)
		slices.SortFunc(want, func(a, b pack.Neighbour) int { return int(a.Item) - int(b.Item) })
		most := slices.MaxFunc(want, func(a, b pack.Neighbour) int {
			if a.Weight < b.Weight {
				return -1
			}
			return 1
		}).Weight
		for _, x := range want {
			require.True(t, got.Next())
			item, weight := got.Item, got.Weight
			require.Equal(t, x.Item, item)
			root, share := math.Sqrt(x.Weight/most), most/top
			e, d := 0.5/255, 0.5/32767
			if root < e {
				e = 1.0 / 255
			}
			if share < d {
				d = 1.0 / 32767
			}
			bound := (2*root*e+e*e)*(share+d) + root*root*d + 1e-12
			require.InDelta(t, x.Weight/top, float64(weight)/(255*255*32767), bound, "row %d, item %d", i, item)
		}
		require.True(t, got.Empty())
	}
}

func checkPriors(t require.TestingT, priors []pack.Prior, p *pack.Pack) {
	for _, want := range priors {
		multiplier, found := p.Prior(want.Class, want.Topic)
		require.True(t, found)
		least, most := math.Exp2(-127.0/32), math.Exp2(127.0/32)
		exact := min(max(want.Multiplier, least), most)
		// Half a step by ratio, then cut to a 256th.
		require.InDelta(t, exact, float64(multiplier)/256, exact*(math.Exp2(1.0/64)-1)+1.25/256)
	}
}

func TestWriteKeepsToTheFormatsChecksum(t *testing.T) {
	data := write(t, sample())
	require.Equal(t, data, take(data).put())
	require.Equal(t, checksumOf(data[24:]), open(t, sample()).ID())
}

// TestWriteOrders: the order of neighbours and priors says nothing, so it changes nothing.
func TestWriteOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := drawSource(t)
		want, err := pack.Write(src)
		require.NoError(t, err)
		seed := rapid.Uint64().Draw(t, "seed")
		r := rand.New(rand.NewPCG(seed, seed))
		for _, rows := range [][]pack.Row{src.Rows, src.TopicRows} {
			for _, row := range rows {
				r.Shuffle(len(row.Neighbours), func(i, j int) {
					row.Neighbours[i], row.Neighbours[j] = row.Neighbours[j], row.Neighbours[i]
				})
			}
		}
		r.Shuffle(len(src.Priors), func(i, j int) { src.Priors[i], src.Priors[j] = src.Priors[j], src.Priors[i] })
		before := slices.Clone(src.Priors)
		got, err := pack.Write(src)
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Equal(t, before, src.Priors, "Write leaves its source alone")
	})
}

func TestWriteScalesWeightsByTheirRatiosAlone(t *testing.T) {
	a, b := sample(), sample()
	for _, row := range b.Rows {
		for k := range row.Neighbours {
			row.Neighbours[k].Weight *= 1 << 40
		}
	}
	assert.Equal(t, write(t, a), write(t, b))
}

func TestWriteTakesAnyPositiveNumber(t *testing.T) {
	src := sample()
	src.Rows = []pack.Row{{Neighbours: []pack.Neighbour{{Item: 1, Weight: math.SmallestNonzeroFloat64}, {Item: 2, Weight: math.MaxFloat64}}}, {Neighbours: []pack.Neighbour{{Item: 3, Weight: 1e-300}}}}
	src.Priors = []pack.Prior{{Class: 1, Topic: 0, Multiplier: math.SmallestNonzeroFloat64}, {Class: 1, Topic: 1, Multiplier: math.MaxFloat64}}
	p := open(t, src)
	exercise(t, p)
	least, _ := p.Prior(1, 0)
	most, _ := p.Prior(1, 1)
	assert.Equal(t, uint32(16), least)
	assert.Equal(t, uint32(4008), most)
}

func TestMultipliers(t *testing.T) {
	for _, c := range []struct {
		x    float64
		want uint32 // in 256ths
	}{{0.0625, 16}, {0.25, 64}, {0.5, 128}, {0.99, 256}, {1, 256}, {1.01, 256}, {1.011, 261}, {1.5, 386}, {2, 512}, {8, 2048}, {15.6, 4008}} {
		src := sample()
		src.Priors = []pack.Prior{{Class: pack.Phone, Topic: 1, Multiplier: c.x}}
		p := open(t, src)
		got, ok := p.Prior(pack.Phone, 1)
		assert.True(t, ok)
		for _, none := range []pack.Prior{{Class: pack.Phone, Topic: 0}, {Class: pack.Phone, Topic: 2}, {Class: pack.Evening, Topic: 1}, {Class: pack.Desktop, Topic: 1}} {
			_, ok := p.Prior(none.Class, none.Topic)
			assert.False(t, ok, "%v", none)
		}
		assert.Equal(t, c.want, got, "%v", c.x)
	}
}

func TestWriteRefuses(t *testing.T) {
	bad := "caf\xe9"
	long := strings.Repeat("a", pack.MaxString+1)
	row := func(n ...pack.Neighbour) []pack.Row { return []pack.Row{{Neighbours: n}} }
	none := pack.NoItem
	for _, c := range []struct {
		name   string
		change func(s *pack.Source)
		field  string
		at     uint32
		text   string
		got    uint64
	}{
		{"site", func(s *pack.Source) { s.Site = strings.Repeat("a", 256) }, "Site", none, "want UTF-8 of at most 255 bytes", 256},
		{"site in Latin-1", func(s *pack.Source) { s.Site = bad }, "Site", none, "want UTF-8 of at most 255 bytes", 4},
		{"no slot", func(s *pack.Source) { s.Slots = nil }, "Slots", none, "want at least one", 0},
		{"33 slots", func(s *pack.Source) { s.Slots = make([]pack.Slot, 33) }, "Slots", none, "want at most 32", 33},
		{"too many items", func(s *pack.Source) { s.Items = make([]pack.Item, pack.MaxItems+1) }, "Items", none, "want at most 16777215", pack.MaxItems + 1},
		{"too many topics", func(s *pack.Source) { s.Topics = make([]pack.Topic, pack.MaxTopics+1) }, "Topics", none, "want at most 65280", pack.MaxTopics + 1},
		{"256 languages", func(s *pack.Source) { s.Languages = make([]string, 256) }, "Languages", none, "want at most 255", 256},
		{"256 currencies", func(s *pack.Source) { s.Currencies = make([]string, 256) }, "Currencies", none, "want at most 255", 256},
		{"more rows than items", func(s *pack.Source) { s.Rows = make([]pack.Row, 21) }, "Rows", none, "want at most 20", 21},
		{"more rows than topics", func(s *pack.Source) { s.TopicRows = make([]pack.Row, 7) }, "TopicRows", none, "want at most 6", 7},
		{"language without name", func(s *pack.Source) { s.Languages[1] = "" }, "Languages", 1, "name is empty, too long, or not UTF-8", 0},
		{"currency too long", func(s *pack.Source) { s.Currencies[0] = long }, "Currencies", 0, "name is empty, too long, or not UTF-8", pack.MaxString + 1},
		{"policy", func(s *pack.Source) { s.Policy = pack.Policy{} }, "Policy.MaxLayer", none, "max layer is not 1, 2 or 3", 0},
		{"policy of 3 faces", func(s *pack.Source) { s.Policy.Faces = 3 }, "Policy.Faces", none, "faces are not 1, 2, 4 or 8", 3},
		{"policy without floor", func(s *pack.Source) { s.Policy.FloorPermille = 0 }, "Policy.FloorPermille", none, "floor is not 1 to 1000 thousandths", 0},
		{"policy without recency", func(s *pack.Source) { s.Policy.Recency[0] = 0 }, "Policy.Recency", none, "recency of the newest view is 0", 0},

		{"slot without name", func(s *pack.Source) { s.Slots[1].Name = "" }, "Slots.Name", 1, "want UTF-8 of 1 to 64 bytes", 0},
		{"slot name of 65 bytes", func(s *pack.Source) { s.Slots[1].Name = long[:65] }, "Slots.Name", 1, "want UTF-8 of 1 to 64 bytes", 65},
		{"slot name taken", func(s *pack.Source) { s.Slots[1].Name = "related" }, "Slots.Name", 1, "taken by an earlier slot: related", 1},
		{"slot of no kind", func(s *pack.Source) { s.Slots[0].Kinds = 0 }, "Slots.Kinds", 0, "allows no kind, or an unknown one", 0},
		{"slot of unknown kinds", func(s *pack.Source) { s.Slots[0].Kinds = 0x80 }, "Slots.Kinds", 0, "allows no kind, or an unknown one", 0x80},
		{"slot of 21", func(s *pack.Source) { s.Slots[0].Size = 21 }, "Slots.Size", 0, "want 1 to 20", 21},
		{"slot of layer 4", func(s *pack.Source) { s.Slots[0].Layer = 4 }, "Slots.Layer", 0, "want 1 to 3", 4},
		{"slot of 21 topics", func(s *pack.Source) { s.Slots[0].MinTopics = 21 }, "Slots.MinTopics", 0, "want at most 20", 21},

		{"topic without name", func(s *pack.Source) { s.Topics[2].Name = "" }, "Topics.Name", 2, "name is empty, too long, or not UTF-8", 0},
		{"cyclic parents", func(s *pack.Source) { s.Topics[2].Parent = 3; s.Topics[3].Parent = 2 }, "Topics.Parent", 2, "want NoTopic or a topic that stands before", 3},
		{"topic below itself", func(s *pack.Source) { s.Topics[2].Parent = 2 }, "Topics.Parent", 2, "want NoTopic or a topic that stands before", 2},
		{"topic below a sensitive one", func(s *pack.Source) { s.Topics[0].Sensitive = true }, "Topics.Sensitive", 1, "parent is sensitive, so this topic must be", 0},

		{"item without id", func(s *pack.Source) { s.Items[2].ID = "" }, "Items.ID", 2, "empty, too long, or not UTF-8", 0},
		{"id taken", func(s *pack.Source) { s.Items[2].ID = "pannier" }, "Items.ID", 2, "taken by an earlier item: pannier", 2},
		{"URL taken", func(s *pack.Source) { s.Items[2].URL = "/p/pannier" }, "Items.URL", 2, "taken by an earlier item: /p/pannier", 2},
		{"popularity rises", func(s *pack.Source) { s.Items[2].Popularity = 40_001 }, "Items.Popularity", 2, "want at most that of the item before", 40_001},
		{"title in Latin-1", func(s *pack.Source) { s.Items[2].Title = bad }, "Items.Title", 2, "too long, or not UTF-8", 4},
		{"title too long", func(s *pack.Source) { s.Items[2].Title = long }, "Items.Title", 2, "too long, or not UTF-8", pack.MaxString + 1},
		{"javascript", func(s *pack.Source) { s.Items[2].URL = "javascript:alert(1)" }, "Items.URL", 2, "neither http(s) nor a path, too long, or not UTF-8", 19},
		{"another host", func(s *pack.Source) { s.Items[2].Image = "//host/x.png" }, "Items.Image", 2, "neither http(s) nor a path, too long, or not UTF-8", 12},
		{"kind", func(s *pack.Source) { s.Items[2].Kind = 7 }, "Items.Kind", 2, "no such kind", 7},
		{"availability", func(s *pack.Source) { s.Items[2].Availability = 4 }, "Items.Availability", 2, "no such availability", 4},
		{"language", func(s *pack.Source) { s.Items[2].Language = 3 }, "Items.Language", 2, "no such language", 3},
		{"currency", func(s *pack.Source) { s.Items[2].Currency = 2 }, "Items.Currency", 2, "no such currency", 2},
		{"5 topics", func(s *pack.Source) { s.Items[2].Topics = make([]uint16, 5) }, "Items.Topics", 2, "want at most 4", 5},
		{"topic past the last", func(s *pack.Source) { s.Items[2].Topics = []uint16{6} }, "Items.Topics", 2, "no such topic", 6},
		{"no topic", func(s *pack.Source) { s.Items[2].Topics = []uint16{pack.NoTopic} }, "Items.Topics", 2, "no such topic", 65535},
		{"topic twice", func(s *pack.Source) { s.Items[2].Topics = []uint16{1, 0, 1} }, "Items.Topics", 2, "a topic stands twice", 1},
		{"item of a sensitive topic", func(s *pack.Source) { s.Items[2].Topics = []uint16{5} }, "Items.Sensitive", 2, "a topic of the item is sensitive, so the item must be", 5},

		{"129 neighbours", func(s *pack.Source) { s.Rows[1].Neighbours = make([]pack.Neighbour, 129) }, "Rows", 1, "want at most 128 neighbours", 129},
		{"row past the last item", func(s *pack.Source) { s.Rows = row(pack.Neighbour{Item: 20, Weight: 1}) }, "Rows", 0, "no such item", 20},
		{"row of no item", func(s *pack.Source) { s.Rows = row(pack.Neighbour{Item: none, Weight: 1}) }, "Rows", 0, "no such item", 1<<32 - 1},
		{"row names an item twice", func(s *pack.Source) {
			s.Rows = row(pack.Neighbour{Item: 1, Weight: 1}, pack.Neighbour{Item: 1, Weight: 1})
		}, "Rows", 0, "an item stands twice", 1},
		{"sensitive item in a row", func(s *pack.Source) { s.Rows = row(pack.Neighbour{Item: 4, Weight: 1}) }, "Rows", 0, "row names a sensitive item", 4},
		{"sensitive item has a row", func(s *pack.Source) { s.Rows = []pack.Row{4: {Neighbours: make([]pack.Neighbour, 2)}} }, "Rows", 4, "a sensitive item has no row", 2},
		{"weight 0", func(s *pack.Source) { s.Rows = row(pack.Neighbour{Item: 1}) }, "Rows", 0, "weight of this item is not a positive number", 1},
		{"weight below 0", func(s *pack.Source) { s.Rows = row(pack.Neighbour{Item: 1, Weight: -1}) }, "Rows", 0, "weight of this item is not a positive number", 1},
		{"infinite weight", func(s *pack.Source) { s.Rows = row(pack.Neighbour{Item: 1, Weight: math.Inf(1)}) }, "Rows", 0, "weight of this item is not a positive number", 1},
		{"weight that is no number", func(s *pack.Source) { s.Rows = row(pack.Neighbour{Item: 1, Weight: math.NaN()}) }, "Rows", 0, "weight of this item is not a positive number", 1},
		{"sensitive item in a topic's row", func(s *pack.Source) { s.TopicRows = row(pack.Neighbour{Item: 4, Weight: 1}) }, "TopicRows", 0, "row names a sensitive item", 4},
		{"sensitive topic has a row", func(s *pack.Source) { s.TopicRows = []pack.Row{5: {Neighbours: make([]pack.Neighbour, 1)}} }, "TopicRows", 5, "a sensitive topic has no row", 1},

		{"term without word", func(s *pack.Source) { s.Terms[1].Word = "" }, "Terms.Word", 1, "empty", 0},
		{"term of topic 6", func(s *pack.Source) { s.Terms[1].Topic = 6 }, "Terms.Topic", 1, "no such topic", 6},
		{"term of a sensitive topic", func(s *pack.Source) { s.Terms[1].Topic = 5 }, "Terms.Topic", 1, "topic is sensitive", 5},
		{"prior of no class", func(s *pack.Source) { s.Priors[1].Class = 0 }, "Priors.Class", 1, "no such class", 0},
		{"prior of class 23", func(s *pack.Source) { s.Priors[1].Class = 23 }, "Priors.Class", 1, "no such class", 23},
		{"prior of topic 6", func(s *pack.Source) { s.Priors[1].Topic = 6 }, "Priors.Topic", 1, "no such topic", 6},
		{"prior of a sensitive topic", func(s *pack.Source) { s.Priors[1].Topic = 5 }, "Priors.Topic", 1, "topic is sensitive", 5},
		{"prior twice", func(s *pack.Source) { s.Priors[1] = s.Priors[0] }, "Priors", 1, "class and topic stand twice", 3},
		{"multiplier 0", func(s *pack.Source) { s.Priors[1].Multiplier = 0 }, "Priors.Multiplier", 1, "not a positive number", 0},
		{"multiplier that is no number", func(s *pack.Source) { s.Priors[1].Multiplier = math.NaN() }, "Priors.Multiplier", 1, "not a positive number", 0},
		{"infinite multiplier", func(s *pack.Source) { s.Priors[1].Multiplier = math.Inf(1) }, "Priors.Multiplier", 1, "not a positive number", 0},

		{"256 facets", func(s *pack.Source) { s.Facets = make([]pack.Facet, 256) }, "Facets", none, "want at most 255", 256},
		{"17 groups", func(s *pack.Source) { s.FacetGroups = make([]string, 17) }, "FacetGroups", none, "want at most 16", 17},
		{"group without name", func(s *pack.Source) { s.FacetGroups[1] = "" }, "FacetGroups", 1, "name is empty, too long, or not UTF-8", 0},
		{"group taken", func(s *pack.Source) { s.FacetGroups[1] = "colour" }, "FacetGroups", 1, "taken by an earlier group: colour", 1},
		{"group without facet", func(s *pack.Source) { s.FacetGroups = append(s.FacetGroups, "size") }, "FacetGroups", 2, "no facet is of this group", 2},
		{"facet of no group", func(s *pack.Source) { s.Facets[2].Group = 2 }, "Facets.Group", 2, "no such group", 2},
		{"groups out of order", func(s *pack.Source) { s.Facets[2].Group = 0 }, "Facets.Group", 2, "groups are not in order", 0},
		{"facet in Latin-1", func(s *pack.Source) { s.Facets[1].Name = bad }, "Facets.Name", 1, "name is empty, too long, or not UTF-8", 4},
		{"facet taken", func(s *pack.Source) { s.Facets[2].Name = s.Facets[1].Name }, "Facets.Name", 2, "taken by an earlier facet of the group: €0–10", 2},
		{"facet without items", func(s *pack.Source) { s.Facets[1].Items = nil }, "Facets.Items", 1, "a facet has at least one", 0},
		{"facet past the last item", func(s *pack.Source) { s.Facets[1].Items[10] = 20 }, "Facets.Items", 1, "no such item", 20},
		{"facet names an item twice", func(s *pack.Source) { s.Facets[1].Items[1] = 9 }, "Facets.Items", 1, "items do not rise", 9},
		{"facet of a sensitive item", func(s *pack.Source) { s.Facets[0].Items = []uint32{4} }, "Facets.Items", 0, "facet names a sensitive item", 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := faceted()
			c.change(&src)
			data, err := pack.Write(src)
			assert.Nil(t, data)
			assert.Equal(t, &pack.Error{Cause: pack.ErrSource, Section: c.field, At: c.at, Text: c.text, Got: c.got}, err)
		})
	}
}

func TestWriteRefusesMoreThanMaxBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: takes a second and 600 MB")
	}
	src := tiny()
	title := strings.Repeat("a", pack.MaxString)
	for i := range pack.MaxBytes/pack.MaxString + 1 {
		src.Items = append(src.Items, pack.Item{ID: string(rune('a'+i/1000)) + string(rune('a'+i%1000)), Title: title})
	}
	_, err := pack.Write(src)
	require.ErrorIs(t, err, pack.ErrTooLarge)
	require.ErrorContains(t, err, "pack: too large: header at byte 12: the pack would have more bytes than a pack may have")
}

// TestWriteTakesEveryLimit is about what stands just within.
func TestWriteTakesEveryLimit(t *testing.T) {
	src := tiny()
	src.Site = strings.Repeat("s", pack.MaxSite)
	src.Slots = nil
	for i := range pack.MaxSlots {
		src.Slots = append(src.Slots, pack.Slot{Name: strings.Repeat("n", pack.MaxSlotName-1) + string(rune('0'+i)), Kinds: 1, Size: pack.MaxSlotSize, Layer: 3, MinTopics: pack.MaxSlotSize})
	}
	for i := range pack.MaxTopics {
		src.Topics = append(src.Topics, pack.Topic{Name: "t", Parent: uint16(i - 1)}) // the first has NoTopic, the others hang in one line
	}
	for range 255 {
		src.Languages = append(src.Languages, "x")
		src.Currencies = append(src.Currencies, "y")
	}
	for i := range pack.MaxNeighbours + 1 {
		src.Items = append(src.Items, pack.Item{ID: strings.Repeat("i", pack.MaxString-i), URL: "/" + strings.Repeat("u", pack.MaxString-1-i), Topics: []uint16{0, pack.MaxTopics - 1, 1, pack.MaxTopics - 2}, Language: 255, Currency: 255, Price: 1<<32 - 1})
		if i > 0 {
			src.Rows = []pack.Row{{Neighbours: append(src.Rows, pack.Row{})[0].Neighbours}}
			src.Rows[0].Neighbours = append(src.Rows[0].Neighbours, pack.Neighbour{Item: uint32(i), Weight: float64(i)})
		}
	}
	for f := range pack.MaxFacets {
		group := f / pack.MaxFacetGroups
		if group == len(src.FacetGroups) {
			src.FacetGroups = append(src.FacetGroups, strconv.Itoa(group))
		}
		facet := pack.Facet{Group: uint8(group), Name: strconv.Itoa(f)}
		for i := range src.Items {
			facet.Items = append(facet.Items, uint32(i))
		}
		src.Facets = append(src.Facets, facet)
	}
	p := open(t, src)
	assert.Equal(t, pack.MaxNeighbours, p.LongestRow())
	assert.Equal(t, [2]uint8{pack.MaxFacets, pack.MaxFacetGroups}, [2]uint8{p.Facets(), p.FacetGroups()})
	exercise(t, p)
}

func checkFacets(t require.TestingT, src *pack.Source, p *pack.Pack) {
	require.Equal(t, [2]int{len(src.Facets), len(src.FacetGroups)}, [2]int{int(p.Facets()), int(p.FacetGroups())})
	for i, want := range src.Facets {
		facet := uint8(i)
		got := pack.Facet{Group: p.FacetGroup(facet), Name: string(p.FacetName(facet))}
		marks := make([]uint32, p.Items())
		p.MarkFacet(facet, marks, 5)
		for item, mark := range marks {
			if mark != 0 {
				require.Equal(t, uint32(5), mark)
				got.Items = append(got.Items, uint32(item))
			}
		}
		require.Equal(t, want, got)
	}
	for g, want := range src.FacetGroups {
		require.Equal(t, want, string(p.FacetGroupName(uint8(g))))
	}
}

// TestPopularityInRuns: what many items share is written once, read alike, and taken where it is much shorter.
func TestPopularityInRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := pack.Source{Policy: pack.DefaultPolicy(), Slots: []pack.Slot{{Name: "related", Kinds: pack.AllKinds, Size: 6, Layer: 3}}}
		values := rapid.SliceOfN(rapid.Uint16(), 1, 30).Draw(t, "values")
		slices.SortFunc(values, func(a, b uint16) int { return int(b) - int(a) })
		for _, v := range values {
			for range rapid.IntRange(1, 20).Draw(t, "items") {
				src.Items = append(src.Items, pack.Item{ID: strconv.Itoa(len(src.Items)), Popularity: v})
			}
		}
		data, err := pack.Write(src)
		require.NoError(t, err)
		p, err := pack.Open(data)
		require.NoError(t, err)
		for i, it := range src.Items {
			require.Equal(t, it.Popularity, p.Popularity(uint32(i)))
		}
		runs := len(slices.Compact(values))
		for _, s := range take(data) {
			switch s.name {
			case "popr":
				require.LessOrEqual(t, len(s.data), 6*runs)
				require.Less(t, 2*len(s.data), 2*len(src.Items))
			case "popu":
				require.Len(t, s.data, 2*len(src.Items))
				require.GreaterOrEqual(t, 2*6*runs, len(s.data))
			}
		}
	})
}

func TestOpenRefusesRuns(t *testing.T) {
	for _, c := range []struct {
		name string
		runs []byte
		at   uint32
		text string
		got  uint64
	}{
		{"popularity rises", []byte{1, 0, 0, 0, 9, 0, 3, 0, 0, 0, 10, 0}, 0, "items are not in order of popularity", 10},
		{"an item twice", []byte{3, 0, 0, 0, 9, 0, 3, 0, 0, 0, 8, 0}, 6, "records are not in order, or one stands twice", 3},
		{"items out of order", []byte{3, 0, 0, 0, 9, 0, 2, 0, 0, 0, 8, 0}, 6, "records are not in order, or one stands twice", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			list := take(write(t, sample()))
			data := withRuns(list, part{"popr", 1, 0, 6, c.runs}).without("popu").put()
			at := c.at + binary.LittleEndian.Uint32(descriptor(data, "popr")[8:])
			assert.Equal(t, &pack.Error{Cause: pack.ErrContent, Section: "popr", At: at, Text: c.text, Got: c.got}, refused(t, data))
		})
	}
}

// TestWriteIntent: what is not usual of an intent is written and read back; a mix out of its range is refused by both.
func TestWriteIntent(t *testing.T) {
	src := pack.Source{Policy: pack.DefaultPolicy(), Slots: []pack.Slot{{Name: "related", Kinds: pack.AllKinds, Size: 6, Layer: 3}}}
	usual := write(t, src)
	src.Policy.Intent.TopicRecency, src.Policy.Intent.KindMix[pack.ModeCount-1][pack.KindCount-1] = 200, pack.MaxKindMix
	data := write(t, src)
	assert.Len(t, data, len(usual)+16+36)
	p, err := pack.Open(data)
	require.NoError(t, err)
	assert.Equal(t, src.Policy, *p.Policy())

	src.Policy.Intent.KindMix[1][2] = pack.MaxKindMix + 1
	_, err = pack.Write(src)
	assert.Equal(t, &pack.Error{Cause: pack.ErrSource, Section: "Policy.Intent.KindMix", At: 9, Text: "kind mix is more than 32 sixteenths", Got: 33}, err)
	list := take(data)
	list.find("inte").data[10] = 33
	data = list.put()
	at := 10 + binary.LittleEndian.Uint32(descriptor(data, "inte")[8:])
	assert.Equal(t, &pack.Error{Cause: pack.ErrContent, Section: "inte", At: at, Text: "kind mix is more than 32 sixteenths", Got: 33}, refused(t, data))
}
