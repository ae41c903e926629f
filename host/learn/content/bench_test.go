package content

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

// generated returns the catalogue of a made-up department store: a tree of about 300 topics, each with nouns, materials
// and price level of its own; brands, series and colours spread as they are in shops; one guide for 50 products.
func generated(n int, seed uint64) []catalogue.Item {
	r := rand.New(rand.NewPCG(seed, 1))
	syllables := []string{"ba", "co", "del", "fi", "gar", "hu", "jo", "kel", "lin", "mar", "no", "pra", "quo", "ri", "sol", "tam", "ur", "ven", "wil", "zet"}
	made := func(least, most int) string {
		s := ""
		for range least + r.IntN(most-least+1) {
			s += syllables[r.IntN(len(syllables))]
		}
		return s
	}
	list := func(n, least, most int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = made(least, most)
		}
		return out
	}
	// skewed picks like a shop does: the first much more often than the last.
	skewed := func(l []string) string { u := r.Float64(); return l[int(u*u*float64(len(l)))] }

	colours := []string{"black", "white", "red", "blue", "green", "grey", "pink", "yellow", "brown", "silver"}
	sizes := []string{"XS", "S", "M", "L", "XL"}
	brands, adjectives, prose := list(800, 2, 3), list(200, 2, 3), list(6000, 2, 4)
	type topic struct {
		path             []string
		nouns, materials []string
		price            float64
		brands           []string
	}
	var topics []topic
	for _, root := range list(12, 2, 3) {
		for _, middle := range list(5, 2, 3) {
			for _, leaf := range list(5, 2, 3) {
				t := topic{path: []string{root, root + " " + middle, leaf + " " + middle}, nouns: list(12, 2, 4), materials: list(6, 2, 3), price: 500 + r.ExpFloat64()*8000}
				for range 15 {
					t.brands = append(t.brands, skewed(brands))
				}
				topics = append(topics, t)
			}
		}
	}
	items := make([]catalogue.Item, n)
	for i := range items {
		u := r.Float64()
		t := &topics[int(u*u*float64(len(topics)))]
		it := &items[i]
		brand, noun, colour := skewed(t.brands), skewed(t.nouns), skewed(colours)
		it.ID = fmt.Sprint("p", i)
		it.URL = fmt.Sprintf("https://shop.example/p/%d", i)
		it.Language = "en"
		it.Topics = [][]string{t.path}
		for range 60 {
			it.Description += skewed(prose) + " "
		}
		if i%50 == 49 {
			it.Kind = pack.KindGuide + pack.Kind(i/50%3)
			it.Title = fmt.Sprintf("How to choose a %s: %s and %s", noun, skewed(adjectives), skewed(t.materials))
			continue
		}
		it.Title = fmt.Sprintf("%s %s %s %s %s %d cm", brand, skewed(adjectives), skewed(t.materials), noun, colour, 10*(1+r.IntN(20)))
		it.Brand = brand
		it.Attributes = []catalogue.Attribute{
			{Name: "colour", Value: colour}, {Name: "size", Value: skewed(sizes)}, {Name: "material", Value: skewed(t.materials)},
			{Name: "weight", Value: fmt.Sprintf("%d g", 50+r.IntN(5000))},
		}
		it.Price = catalogue.Price{Minor: int64(t.price * (0.5 + r.Float64()*2)), Currency: "EUR"}
		it.Availability = pack.InStock
	}
	return items
}

func BenchmarkRows(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			if n > 10_000 && os.Getenv("NABIJ_LARGE") == "" {
				b.Skip("left out, as NABIJ_LARGE is not set: 100,000 items take half a minute")
			}
			items := generated(n, 1)
			runtime.GC()
			b.ReportAllocs()
			for b.Loop() {
				rows, err := Rows(context.Background(), items, Options{})
				if err != nil {
					b.Fatal(err)
				}
				neighbours := 0
				for _, r := range rows {
					neighbours += len(r.Neighbours)
				}
				b.ReportMetric(float64(neighbours)/float64(n), "neighbours/item")
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/item")
		})
	}
}
