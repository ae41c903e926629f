package content

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

// dutch is a made-up catalogue whose items say little more than a compound; a line is a group of what belongs together.
// The second words go across groups, as series and colours do.
var dutch = [][]string{
	{"Regenjas Stip", "Kinderjas Beer", "Winterjas Noord", "Zomerjassen", "Jas Marine", "Jas Olijf", "Softshelljas"},
	{"Stadsfiets Amstel", "Kinderfiets Kikker", "Bakfiets Lang", "Fietsen op maat", "Vouwfiets Klein", "Fiets Duin"},
	{"Waterfles Staal", "Drinkfles Beer", "Thermosfles Noord", "Fles Glas", "Flessen voor onderweg", "Fles Klein"},
	{"Wandelschoen Veluwe", "Fietsschoenen Klik", "Bergschoen", "Schoen Marine", "Schoenen Olijf"},
	{"Koplamp Duin", "Achterlamp Klik", "Hoofdlamp", "Lamp Glas", "Lampen Staal", "Leeslamp Stip"},
	{"Hangslot Staal", "Kettingslot Amstel", "Ringslot", "Slot Marine", "Sloten Klein"},
}

func catalogueOf(language string, groups [][]string) (items []catalogue.Item, group []int) {
	for g, titles := range groups {
		for _, title := range titles {
			items = append(items, catalogue.Item{ID: title, Title: title, Language: language})
			group = append(group, g)
		}
	}
	return items, group
}

// together is the share of the best n neighbours that are of the item's own group.
func together(rows []pack.Row, group []int, n int) float64 {
	same, all := 0, 0
	for i, r := range rows {
		for _, x := range r.Neighbours[:min(n, len(r.Neighbours))] {
			if group[x.Item] == group[i] {
				same++
			}
		}
		all += n
	}
	return float64(same) / float64(all)
}

func mustRows(t require.TestingT, items []catalogue.Item, opt Options) []pack.Row {
	rows, err := Rows(context.Background(), items, opt)
	require.NoError(t, err)
	require.Len(t, rows, len(items))
	return rows
}

func TestCompoundsBringTogether(t *testing.T) {
	items, group := catalogueOf("nl", dutch)
	with := together(mustRows(t, items, Options{}), group, 3)
	without := together(mustRows(t, items, Options{wholeWords: true}), group, 3)
	t.Logf("share of the best three that belong: %.2f, without splitting %.2f", with, without)
	require.Greater(t, with, 0.6)
	require.Less(t, without, with/2)
}

func TestSplitCompound(t *testing.T) {
	items, _ := catalogueOf("nl", dutch)
	classes := make([]uint8, len(items))
	v := merge([]*chunk{readChunk(items, classes, Languages(items, ""), readNumbers(items))})
	for word, want := range map[string]string{
		"regenjas":      "jas",
		"winterjas":     "jas",
		"stadsfiet":     "fiet",
		"fietsschoen":   "schoen fiet",
		"jas":           "",
		"olijf":         "",
		"nowhere":       "",
		"kettingslot":   "slot",
		"thermosfles":   "fles",
		"wandelschoen":  "schoen",
		"onderwegabcde": "",
	} {
		term, ok := v.lookup["\x00\x00"+word]
		var got []string
		if ok {
			for _, p := range splitCompound(v, term) {
				got = append(got, v.text(p.term))
			}
		}
		require.Equal(t, want, strings.Join(got, " "), word)
	}
}

func titles(items []catalogue.Item, row pack.Row) []string {
	out := []string{}
	for _, n := range row.Neighbours {
		out = append(out, items[n.Item].Title)
	}
	return out
}

func TestSensitiveAndOutOfStockAreInNoRow(t *testing.T) {
	items := []catalogue.Item{
		{ID: "a", Title: "Red wool scarf"}, {ID: "b", Title: "Blue wool scarf"},
		{ID: "c", Title: "Red wool scarf long", Sensitive: true},
		{ID: "d", Title: "Red wool scarf short", Availability: pack.OutOfStock},
		{ID: "e", Title: "Red wool scarf later", Availability: pack.OnOrder},
	}
	rows := mustRows(t, items, Options{})
	require.ElementsMatch(t, []string{"Blue wool scarf", "Red wool scarf later"}, titles(items, rows[0]))
	require.Empty(t, rows[2].Neighbours)
	require.Contains(t, titles(items, rows[3]), "Red wool scarf")
}

func TestLanguagesStayApart(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{{"nl", "nl", true}, {"nl", "en", false}, {"", "en", true}, {"en", "en-gb", true}, {"en-us", "en-gb", false}, {"en", "eng", false}, {"", "", true}} {
		require.Equal(t, c.want, compatible(c.a, c.b), "%q and %q", c.a, c.b)
		items := []catalogue.Item{{ID: "a", Title: "Wool scarf", Language: c.a}, {ID: "b", Title: "Wool scarf", Language: c.b}, {ID: "c", Title: "Tent", Language: c.a}}
		require.Equal(t, c.want, len(mustRows(t, items, Options{})[0].Neighbours) == 1, "%q and %q", c.a, c.b)
	}
}

func TestNearDuplicatesLeaveRoom(t *testing.T) {
	var items []catalogue.Item
	for _, colour := range strings.Fields("red blue green grey black white pink brown") {
		items = append(items, catalogue.Item{ID: colour, Title: "Merino hiking shirt men " + colour, Attributes: []catalogue.Attribute{{Name: "colour", Value: colour}}})
	}
	for _, other := range []string{"Merino hiking socks", "Merino shirt women", "Hiking trousers men", "Linen shirt men", "Hiking shirt women light"} {
		items = append(items, catalogue.Item{ID: other, Title: other})
	}
	for i := range 40 {
		items = append(items, catalogue.Item{ID: fmt.Sprint(i), Title: fmt.Sprint("Something else ", i%7, " kind", i%5)})
	}
	count := func(opt Options) (same int) {
		opt.Neighbours = 8
		for _, n := range mustRows(t, items, opt)[0].Neighbours {
			if n.Item < 8 {
				same++
			}
		}
		return same
	}
	require.Equal(t, 7, count(Options{Diversity: -1}))
	require.LessOrEqual(t, count(Options{}), 5)
	require.GreaterOrEqual(t, count(Options{}), 2)
}

func TestKindsFindEachOther(t *testing.T) {
	var items []catalogue.Item
	for i := range 60 {
		what := []string{"helmet", "tent", "lamp"}[i%3]
		items = append(items, catalogue.Item{ID: fmt.Sprint("p", i), Title: fmt.Sprint(what, " model ", i%10), Topics: [][]string{{what}}})
	}
	guide := len(items)
	for _, what := range []string{"helmet", "tent", "lamp"} {
		items = append(items,
			catalogue.Item{ID: "g" + what, Title: "How to choose a " + what, Kind: pack.KindGuide},
			catalogue.Item{ID: "r" + what, Title: "The best " + what + " in the rain, a review", Kind: pack.KindReview})
	}
	rows := mustRows(t, items, Options{Neighbours: 12})
	kinds := func(i int) (products, others int) {
		for _, n := range rows[i].Neighbours {
			if items[n.Item].Kind == pack.KindProduct {
				products++
			} else {
				others++
			}
		}
		return products, others
	}
	for i := range items {
		products, others := kinds(i)
		if i < guide {
			require.Equal(t, 2, others, "product %d: its guide and its review", i)
			require.Equal(t, 10, products, "product %d", i)
			for _, n := range rows[i].Neighbours[:leadProducts] {
				require.Equal(t, pack.KindProduct, items[n.Item].Kind, "product %d: what it resembles most comes first", i)
			}
		} else {
			require.GreaterOrEqual(t, products, 6, "guide %d", i)
		}
	}
	for _, n := range mustRows(t, items, Options{OtherKinds: -1})[0].Neighbours {
		require.Equal(t, pack.KindProduct, items[n.Item].Kind)
	}
}

func TestNumbersComeClose(t *testing.T) {
	var items []catalogue.Item
	for i := range 40 {
		items = append(items, catalogue.Item{ID: fmt.Sprint(i), Title: "Power bank", Attributes: []catalogue.Attribute{{Name: "capacity", Value: fmt.Sprint(1000*(i+1), " mAh")}}})
	}
	rows := mustRows(t, items, Options{Neighbours: 4, Diversity: -1})
	for _, n := range rows[20].Neighbours {
		require.InDelta(t, 20, float64(n.Item), 3)
	}
}

func TestOddCatalogues(t *testing.T) {
	for name, items := range map[string][]catalogue.Item{
		"none":         {},
		"one":          {{ID: "a", Title: "Tent"}},
		"all the same": {{ID: "a", Title: "Tent"}, {ID: "b", Title: "Tent"}, {ID: "c", Title: "Tent"}},
		"no words":     {{ID: "a", Title: "?"}, {ID: "b", Title: "!"}},
		"stop words":   {{ID: "a", Title: "the", Language: "en"}, {ID: "b", Title: "the", Language: "en"}},
		"not UTF-8":    {{ID: "a", Title: "T\xffnt", Topics: [][]string{{"\xff"}}}, {ID: "b", Title: "T\xffnt"}},
	} {
		t.Run(name, func(t *testing.T) { mustRows(t, items, Options{}) })
	}
}

func TestOptionsOutOfRange(t *testing.T) {
	for want, opt := range map[string]Options{
		"Neighbours 129":   {Neighbours: 129},
		"Neighbours -1":    {Neighbours: -1},
		"OtherKinds 2":     {OtherKinds: 2},
		"MinScore 1":       {MinScore: 1},
		"got NaN":          {Diversity: math.NaN()},
		"not negative":     {Weights: Weights{Text: -1}},
		"OtherKinds NaN":   {OtherKinds: math.NaN()},
		"must be finite":   {Weights: Weights{Brand: math.Inf(1)}},
		"MinScore NaN, wa": {MinScore: math.NaN()},
	} {
		_, err := Rows(context.Background(), nil, opt)
		require.ErrorContains(t, err, want)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	_, err := Rows(ctx, generated(3000, 2), Options{Progress: func(done, total int) { cancel() }})
	require.ErrorIs(t, err, context.Canceled)
}

func TestProgressEndsAtAll(t *testing.T) {
	last := 0
	items := generated(500, 3)
	mustRows(t, items, Options{Progress: func(done, total int) {
		require.Greater(t, done, last)
		require.Equal(t, len(items), total)
		last = done
	}})
	require.Equal(t, len(items), last)
}

// Whatever the catalogue, rows keep their promises, and do not depend on who made them.
func TestRowsKeepTheirPromises(t *testing.T) {
	word := rapid.SampledFrom(strings.Fields("red blue wool scarf tent lamp regenjas jas fiets fietstas 28\" 50cm the de and één"))
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(word, 0, 6).Draw(t, "words"), " ")
	})
	item := rapid.Custom(func(t *rapid.T) catalogue.Item {
		return catalogue.Item{
			Title: text.Draw(t, "title"), Description: text.Draw(t, "description"), Brand: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "brand"),
			Topics:       rapid.SliceOfN(rapid.SliceOfN(word, 0, 3), 0, 2).Draw(t, "topics"),
			Kind:         pack.Kind(rapid.IntRange(0, pack.KindCount-1).Draw(t, "kind")),
			Language:     rapid.SampledFrom([]string{"", "nl", "en", "en-gb"}).Draw(t, "language"),
			Sensitive:    rapid.IntRange(0, 5).Draw(t, "sensitive") == 0,
			Availability: pack.Availability(rapid.IntRange(0, 3).Draw(t, "availability")),
			Price:        catalogue.Price{Minor: int64(rapid.IntRange(0, 1000).Draw(t, "price"))},
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(item, 0, 150).Draw(t, "items")
		opt := Options{Neighbours: rapid.IntRange(1, 20).Draw(t, "neighbours"), Workers: 1}
		rows := mustRows(t, items, opt)
		for i, r := range rows {
			require.True(t, r.FromContent)
			require.LessOrEqual(t, len(r.Neighbours), opt.Neighbours)
			seen := map[uint32]bool{uint32(i): true}
			for k, n := range r.Neighbours {
				require.False(t, seen[n.Item], "itself or twice")
				seen[n.Item] = true
				require.Greater(t, n.Weight, 0.0)
				require.LessOrEqual(t, n.Weight, 1.001)
				require.False(t, items[i].Sensitive || items[n.Item].Sensitive)
				require.NotEqual(t, pack.OutOfStock, items[n.Item].Availability)
				require.True(t, compatible(items[i].Language, items[n.Item].Language))
				if k > 0 {
					before := r.Neighbours[k-1]
					require.True(t, before.Weight > n.Weight || before.Weight == n.Weight && before.Item < n.Item, "order")
				}
			}
		}
		opt.Workers = 3
		require.Equal(t, rows, mustRows(t, items, opt))
	})
}

func TestWorkersDoNotMatter(t *testing.T) {
	items := generated(3000, 4)
	require.Equal(t, mustRows(t, items, Options{Workers: 1}), mustRows(t, items, Options{Workers: 7}))
}

// TestCandidatesAreNearlyExhaustive compares rows with those of a search without a budget.
func TestCandidatesAreNearlyExhaustive(t *testing.T) {
	items := generated(3000, 5)
	rows := mustRows(t, items, Options{Diversity: -1, OtherKinds: -1})
	opt, err := Options{Diversity: -1, OtherKinds: -1}.withDefaults()
	require.NoError(t, err)
	numbers, languages := readNumbers(items), readLanguages(items)
	chunks := []*chunk{readChunk(items, languages.class, Languages(items, ""), numbers)}
	v := merge(chunks)
	vectors := weigh(chunks, v, compounds(v), opt.Weights)
	found, wanted := 0, 0
	for i := 0; i < len(items); i += 100 {
		if !isProduct(&items[i]) {
			continue
		}
		w := newWorker(&shop{items: items, vectors: vectors, opt: opt})
		for k := vectors.start[i]; k < vectors.start[i+1]; k++ {
			w.weights[vectors.term[k]] = vectors.weight[k]
		}
		in := map[uint32]bool{}
		for _, n := range rows[i].Neighbours {
			in[n.Item] = true
		}
		w.heap = nil
		for j := range items {
			if j != i && isProduct(&items[j]) {
				s := scored{uint32(j), w.cosine(j)}
				if len(w.heap) < opt.Neighbours || s.before(w.heap[0]) {
					w.push(s, opt.Neighbours)
				}
			}
		}
		for _, s := range w.heap {
			wanted++
			if in[s.item] {
				found++
			}
		}
	}
	require.Greater(t, float64(found)/float64(wanted), 0.98)
}
