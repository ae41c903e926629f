package build

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

func mustSource(t require.TestingT, items []catalogue.Item, cfg Config) (pack.Source, Report) {
	src, report, err := Source(context.Background(), items, cfg, Options{})
	require.NoError(t, err)
	return src, report
}

// outline writes a forest as indented lines, a topic's items behind it.
func outline(src pack.Source) string {
	var b strings.Builder
	for t, topic := range src.Topics {
		depth := 0
		for p := topic.Parent; p != pack.NoTopic; p = src.Topics[p].Parent {
			depth++
		}
		fmt.Fprintf(&b, "%s%s", strings.Repeat("  ", depth), topic.Name)
		if topic.Sensitive {
			b.WriteString(" (sensitive)")
		}
		for i := range src.Items {
			if slices.Contains(src.Items[i].Topics, uint16(t)) {
				b.WriteString(" " + src.Items[i].ID)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func item(id, title string, topics ...string) catalogue.Item {
	it := catalogue.Item{ID: id, Title: title}
	for _, t := range topics {
		it.Topics = append(it.Topics, splitPath(t))
	}
	return it
}

func TestForest(t *testing.T) {
	src, report := mustSource(t, []catalogue.Item{
		item("a", "A", "Bikes > City bikes"),
		item("b", "B", "bikes >  CITY  bikes", "Sale"),
		item("c", "C", "Bikes", "Bikes > City bikes"),
		item("d", "D", "Bikes > Parts > Lamps", "Sale"),
		item("e", "E", "Sale", "X > Y > 1", "X > Y > 2", "X > Y > 3", "X > Y > 4"),
		item("f", "F"),
	}, Config{})
	require.Equal(t, strings.TrimPrefix(`
Bikes
  City bikes a b c
Sale b d
  Parts
    Lamps d
X
  Y
    1 e
    2 e
    3 e
    4 e
`, "\n"), outline(src))
	require.Equal(t, 1, report.WithoutTopic)
	lamps, sale := src.Items[3].Topics[0], src.Items[3].Topics[1]
	require.Equal(t, "Lamps", src.Topics[lamps].Name, "the deepest first")
	require.Equal(t, "Sale", src.Topics[sale].Name)
}

func TestSensitive(t *testing.T) {
	src, report := mustSource(t, []catalogue.Item{
		item("a", "Pregnancy test early", "Shop > Care > Tests"),
		item("b", "Pregnancy test late", "Shop > Care > Tests", "Sale"),
		item("c", "Plaster", "Shop"),
		item("d", "Plaster large", "Shop"),
		item("e", "Plaster small", "Shop", "Sale"),
	}, Config{SensitiveTopics: [][]string{{"SHOP", "care"}, {"Tests"}}, SensitiveItems: []string{"d", "nobody"}})
	require.Equal(t, "Shop c d e\n  Care (sensitive)\n    Tests (sensitive) a b\nSale b e\n", outline(src))
	var sensitive []string
	for i, it := range src.Items {
		if it.Sensitive {
			sensitive = append(sensitive, it.ID)
			require.Empty(t, src.Rows[i].Neighbours)
		}
	}
	require.Equal(t, []string{"a", "b", "d"}, sensitive)
	for _, row := range slices.Concat(src.Rows, src.TopicRows) {
		for _, n := range row.Neighbours {
			require.False(t, src.Items[n.Item].Sensitive)
		}
	}
	for _, term := range src.Terms {
		require.NotContains(t, []string{"pregnancy", "tests", "test", "care"}, term.Word)
	}
	require.Equal(t, []Warning{
		{"ignored the id", "sensitive_items[1]", `no item has the id "nobody"`},
		{"marked nothing as sensitive", "sensitive_topics[1]", `no topic has the path "Tests"; there is "Shop > Care > Tests"`},
	}, report.Warnings)
	_, err := pack.Write(src)
	require.NoError(t, err)
}

func TestSensitiveItemsMakeTheirTopicSensitive(t *testing.T) {
	items := []catalogue.Item{
		item("a", "Incontinence pants", "Care > Intimate > Pants"), item("b", "Incontinence pads", "Care > Intimate"),
		item("c", "Plaster", "Care"), item("d", "Sunscreen pants", "Care"), item("e", "Tent", "Tents"),
	}
	items[0].Sensitive, items[1].Sensitive = true, true
	src, _ := mustSource(t, items, Config{Language: "en"})
	require.Equal(t, "Care c d\n  Intimate (sensitive) b\n    Pants (sensitive) a\nTents e\n", outline(src))
	for _, term := range src.Terms {
		require.NotContains(t, []string{"incontinence", "intimate", "pants", "pads"}, term.Word)
	}
	_, err := pack.Write(src)
	require.NoError(t, err)
}

func TestFoldRarest(t *testing.T) {
	// A root with three children of 5, 1 and 2 items, the second with a child of 1; a root of nothing else.
	grown := []node{
		{name: "r", parent: -1, children: 3, into: 0}, {name: "a", parent: 0, depth: 1, items: 5, into: 1},
		{name: "b", parent: 0, depth: 1, items: 1, children: 1, into: 2}, {name: "c", parent: 0, depth: 1, items: 2, into: 3},
		{name: "d", parent: 2, depth: 2, items: 1, into: 4}, {name: "s", parent: -1, items: 1, into: 5},
	}
	nodes := slices.Clone(grown)
	require.Equal(t, 3, foldRarest(nodes, 3))
	f := settle(nodes, [][]int{{4}, {3, 1}, {5}})
	var names []string
	for _, topic := range f.topics {
		names = append(names, topic.Name)
	}
	require.Equal(t, []string{"r", "a", "s"}, names)
	require.Equal(t, [][]uint16{{0}, {1}, {2}}, f.items)

	nodes = slices.Clone(grown)
	require.Equal(t, 5, foldRarest(nodes, 1))
	f = settle(nodes, [][]int{{4}, {5}})
	require.Equal(t, [][]uint16{{0}, nil}, f.items, "a root that had to go leaves nothing")
}

func TestMoreTopicsThanFit(t *testing.T) {
	var items []catalogue.Item
	for i := range 1 << 16 {
		items = append(items, item(fmt.Sprint(i), "Thing", fmt.Sprintf("Root > Middle %d > Leaf %d", i%1000, i)))
	}
	report := Report{}
	f := grow(t, items, &report)
	require.Len(t, f.topics, pack.MaxTopics)
	require.Equal(t, 1001+1<<16-pack.MaxTopics, report.FoldedTopics)
	for i := range items {
		require.Len(t, f.items[i], 1)
	}
}

func TestRank(t *testing.T) {
	with := func(counts ...float64) []catalogue.Item {
		items := make([]catalogue.Item, len(counts))
		for i, c := range counts {
			items[i].Popularity = c
		}
		return items
	}
	for _, c := range []struct {
		name       string
		items      []catalogue.Item
		order      []int
		popularity []uint16
	}{
		{"none", nil, []int{}, []uint16{}},
		{"one", with(0), []int{0}, []uint16{65535}},
		{"silent source", with(0, 0, 0), []int{0, 1, 2}, []uint16{0xffff, 0xc000, 0x8000}},
		{"counts", with(1, 100, 25, 25), []int{1, 2, 3, 0}, []uint16{0xffff, 0x8800, 0x8800, 0x3700}},
		{"one counted", with(0, 7), []int{1, 0}, []uint16{0xffff, 0x3800}},
		{"immense", with(math.MaxFloat64, math.MaxFloat64, 0), []int{0, 1, 2}, []uint16{65535, 65535, 16384}},
	} {
		t.Run(c.name, func(t *testing.T) {
			order, popularity := rank(c.items)
			require.Equal(t, c.order, order)
			require.Equal(t, c.popularity, popularity)
		})
	}

	guides := with(9, 4, 0, 1)
	guides[2].Kind = pack.KindGuide
	order, _ := rank(guides)
	require.Equal(t, []int{0, 1, 2, 3}, order, "a kind without counts takes the median")
}

func TestTopicRowsSpread(t *testing.T) {
	var items []catalogue.Item
	for i := range 60 {
		it := item(fmt.Sprint("a", i), fmt.Sprint("Lamp ", i), "Shop > Lamps")
		it.Popularity = float64(1000 - i)
		items = append(items, it)
	}
	for i := range 4 {
		it := item(fmt.Sprint("b", i), fmt.Sprint("Slot ", i), "Shop > Locks")
		it.Popularity = float64(100 - i)
		items = append(items, it)
	}
	guide := item("g", "Which lamp?", "Shop")
	guide.Kind = pack.KindGuide
	gone := item("x", "Lamp gone", "Shop > Lamps")
	gone.Availability, gone.Popularity = pack.OutOfStock, 5000
	src, _ := mustSource(t, append(items, guide, gone), Config{})
	row := src.TopicRows[0]
	require.True(t, row.FromContent)
	require.Len(t, row.Neighbours, topicNeighbours)
	count := map[byte]int{}
	for k, n := range row.Neighbours {
		count[src.Items[n.Item].ID[0]]++
		require.LessOrEqual(t, n.Weight, 1.0)
		if k > 0 {
			require.LessOrEqual(t, n.Weight, row.Neighbours[k-1].Weight)
		}
	}
	require.Equal(t, 1, count['g'])
	require.Equal(t, 0, count['x'])
	require.GreaterOrEqual(t, count['b'], 3)
}

func TestTopicRowsServeEachLanguage(t *testing.T) {
	var items []catalogue.Item
	for i := range 200 {
		it := item(fmt.Sprint(i), fmt.Sprint("Item ", i), "Shop")
		it.Language = "nl"
		if i >= 150 {
			it.Language = "en"
		}
		items = append(items, it)
	}
	src, _ := mustSource(t, items, Config{})
	count := map[uint8]int{}
	for _, n := range src.TopicRows[0].Neighbours {
		count[src.Items[n.Item].Language]++
	}
	require.Equal(t, map[uint8]int{1: 32, 2: 32}, count)
}

func TestTerms(t *testing.T) {
	items := []catalogue.Item{
		item("1", "Regenjas Stip", "Kleding > Jassen"), item("2", "Regenjas Beer", "Kleding > Jassen"),
		item("3", "Regenjassen voor kinderen", "Kleding > Jassen"), item("4", "Trui met stip", "Kleding > Truien"),
		item("5", "Wollen trui", "Kleding > Truien"), item("6", "Stadsfiets", "Fietsen"), item("7", "Bakfiets lang", "Fietsen"),
		item("8", "Fiets café", "Fietsen"), item("9", "Fiets Café wol", "Fietsen > Fietsen met wol"),
	}
	src, _ := mustSource(t, items, Config{Language: "nl"})
	got := map[string]string{}
	for _, term := range src.Terms {
		got[term.Word] = src.Topics[term.Topic].Name
	}
	for word, want := range map[string]string{
		"kleding": "Kleding", "jassen": "Jassen", "truien": "Truien", "trui": "Truien", "fietsen": "Fietsen", "fiets": "Fietsen",
		"regenjas": "Jassen", "regenjassen": "Jassen", "café": "Fietsen",
		"stip": "Kleding", "met": "", "voor": "", "bakfiets": "", "stadsfiets": "",
	} {
		require.Equal(t, want, got[word], word)
	}
	p := mustOpen(t, src)
	topic, ok := p.Term(pack.TermHash([]byte("CAFE")))
	require.True(t, ok)
	require.Equal(t, "Fietsen", string(p.TopicName(topic)))
}

func mustOpen(t require.TestingT, src pack.Source) *pack.Pack {
	data, err := pack.Write(src)
	require.NoError(t, err)
	p, err := pack.Open(data)
	require.NoError(t, err)
	return p
}

func TestWhatAPackCannotHold(t *testing.T) {
	items := []catalogue.Item{
		{ID: "a", Title: "A", URL: "/a", Place: catalogue.Place{File: "f.xml", Line: 3}},
		{ID: "a", Title: "Again", Place: catalogue.Place{File: "f.xml", Line: 9}},
		{ID: "", Title: "No id", Place: catalogue.Place{File: "f.xml", Line: 10}},
		{ID: "b", Title: "", Place: catalogue.Place{File: "f.xml"}},
		{ID: "c", Title: strings.Repeat("é", pack.MaxString), URL: "/a", Image: "javascript:alert(1)", Price: catalogue.Price{Minor: 1 << 40, Currency: "EUR"}},
		{ID: "d", Title: "bro\xffken", Popularity: math.NaN(), Price: catalogue.Price{Minor: 5}},
		{ID: strings.Repeat("x", pack.MaxString+1), Title: "Long id"},
	}
	src, report := mustSource(t, items, Config{Language: "nl", Currency: "EUR", Priors: []ConfigPrior{{pack.Night, []string{"None"}, 2}}})
	p := mustOpen(t, src)
	require.EqualValues(t, 3, p.Items())
	require.Equal(t, 4, report.Dropped)
	require.Equal(t, "bro\ufffdken", src.Items[2].Title)
	require.Len(t, src.Items[1].Title, pack.MaxString-1)
	require.Equal(t, []string{"nl"}, src.Languages)
	require.Equal(t, []string{"EUR"}, src.Currencies)
	var lines []string
	for _, w := range report.Warnings {
		lines = append(lines, cut(w.String(), 120))
	}
	require.Equal(t, []string{
		`f.xml:9: item a: left out the item: its id "a" is taken by an earlier item`,
		`f.xml:10: left out the item: it has no id`,
		`f.xml: item b: left out the item: it has no title`,
		`item c: cut the title: it has 32766 bytes, at most 16383 fit`,
		`item c: left out the URL: "/a" is taken by an earlier item`,
		`item c: left out the image: it is neither http(s) nor a path: javascript:alert(1)`,
		`item c: left out the price: 1099511627776 is not 0 to 4294967295`,
	}, lines[:7])
	require.Contains(t, lines[7], "left out the item: its id has")
	require.Equal(t, `priors[0]: ignored the prior: no topic has the path "None"`, lines[8])
}

func TestSourceLeavesItemsAlone(t *testing.T) {
	items := []catalogue.Item{item("a", "A", "Health"), item("b", "B")}
	items[1].Popularity = 9
	mustSource(t, items, Config{SensitiveTopics: [][]string{{"Health"}}, Language: "nl"})
	require.Equal(t, "a", items[0].ID)
	require.False(t, items[0].Sensitive)
	require.Empty(t, items[0].Language)
}

// Whatever the catalogue, the source makes a pack, and makes it again.
func TestSourceMakesAPack(t *testing.T) {
	word := rapid.SampledFrom(strings.Fields("red blue wool scarf tent regenjas jas de and één Care \xff"))
	text := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(word, 0, 5).Draw(t, "words"), " ") })
	one := rapid.Custom(func(t *rapid.T) catalogue.Item {
		return catalogue.Item{
			ID: rapid.StringMatching("[a-z]{0,2}").Draw(t, "id"), Title: text.Draw(t, "title"), URL: rapid.SampledFrom([]string{"", "/a", "https://b.example/c", "ftp://x"}).Draw(t, "url"),
			Topics:       rapid.SliceOfN(rapid.SliceOfN(word, 0, 3), 0, 6).Draw(t, "topics"),
			Kind:         pack.Kind(rapid.IntRange(0, pack.KindCount).Draw(t, "kind")),
			Language:     rapid.SampledFrom([]string{"", "nl", "en"}).Draw(t, "language"),
			Sensitive:    rapid.IntRange(0, 5).Draw(t, "sensitive") == 0,
			Availability: pack.Availability(rapid.IntRange(0, 4).Draw(t, "availability")),
			Popularity:   rapid.Float64().Draw(t, "popularity"),
			Price:        catalogue.Price{Minor: rapid.Int64().Draw(t, "price"), Currency: rapid.SampledFrom([]string{"", "EUR"}).Draw(t, "currency")},
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(one, 0, 40).Draw(t, "items")
		cfg := Config{SensitiveTopics: [][]string{{"Care"}, {"red", "Care"}}}
		src, report := mustSource(t, items, cfg)
		data, err := pack.Write(src)
		require.NoError(t, err)
		require.Equal(t, len(items), report.Items+report.Dropped)
		if len(src.Items) > 0 {
			require.EqualValues(t, 65535, src.Items[0].Popularity)
		}
		again, _ := mustSource(t, items, cfg)
		other, err := pack.Write(again)
		require.NoError(t, err)
		require.Equal(t, data, other)
	})
}

func TestReportAsText(t *testing.T) {
	_, report := mustSource(t, []catalogue.Item{item("a", "Red tent", "Tents"), item("b", "Blue tent", "Tents")}, Config{})
	var b strings.Builder
	n, err := report.WriteTo(&b)
	require.NoError(t, err)
	require.EqualValues(t, b.Len(), n)
	require.Equal(t, "items 2 · product 2\nsensitive 0 · dropped 0 · without topic 0 · without row 0\n"+
		"topics 1 (0 folded) · terms 1 · priors 0 · slots 6\nneighbours 2 of items, 2 of topics\n", b.String())
}
