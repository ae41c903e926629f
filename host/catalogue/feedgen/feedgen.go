// Package feedgen writes Google Merchant feeds of any size for tests and benchmarks. They are made up, but look like
// those of real shops: a tree of some 300 product types, titles of brand, adjective, noun and variant, prices, sales,
// descriptions of 30 to 80 words, one product in five with variants.
package feedgen

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"strings"
)

// Write writes a feed of n items, in RSS 2.0, to w. The same n and seed give the same bytes. Variants count as items.
func Write(w io.Writer, n int, seed uint64) error {
	g := generator{
		w:   bufio.NewWriterSize(w, 1<<16),
		rng: rand.New(rand.NewPCG(seed, 0x6e6162696a)),
	}
	g.types = typeTree()
	fmt.Fprint(g.w, `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">
<channel>
<title>Example outfitters</title>
<link>https://shop.example/</link>
<language>en</language>
<description>Everything for outdoors and home</description>
`)
	for id := 0; id < n; {
		id += g.product(id, n-id)
	}
	fmt.Fprint(g.w, "</channel>\n</rss>\n")
	return g.w.Flush()
}

// productType is a leaf of the tree, with what its products are called.
type productType struct {
	path   string
	noun   string
	google int
	cents  int // typical price
}

type generator struct {
	w     *bufio.Writer
	rng   *rand.Rand
	types []productType
}

// typeTree returns the leaves: 8 departments of 6 groups of 6 kinds, which makes 344 nodes.
func typeTree() []productType {
	var types []productType
	for d, department := range departments {
		for i, group := range department.groups {
			for j, material := range materials {
				noun := department.nouns[(i+j)%len(department.nouns)]
				types = append(types, productType{
					path:   department.name + " > " + group + " > " + material + " " + noun + "s",
					noun:   noun,
					google: 100 + d*36 + i*6 + j,
					cents:  department.cents * (4 + (i*7+j*3)%13) / 8,
				})
			}
		}
	}
	return types
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// product writes one product of at most most items, and returns how many it wrote.
func (g *generator) product(id, most int) int {
	r := g.rng
	// The product of three uniform numbers favours the head of the tree, as real assortments do.
	t := g.types[int(r.Float64()*r.Float64()*float64(len(g.types)))]
	brand := pick(r, brands)
	base := fmt.Sprintf("%s %s %s %s", brand, pick(r, adjectives), t.noun, pick(r, models))
	description := g.description(t, brand)
	cents := t.cents * (60 + r.IntN(90)) / 100
	slug := strings.ToLower(strings.ReplaceAll(base, " ", "-"))
	material := pick(r, materials)
	write := func(i int, group, colour, size string) {
		title := base
		link := fmt.Sprintf("https://shop.example/p/%s-%d", slug, id)
		if group != "" {
			title += " - " + colour + ", " + size
			link += fmt.Sprintf("?variant=%d", id+i)
		}
		g.item(id+i, title, description, link, t)
		fmt.Fprintf(g.w, "<g:brand>%s</g:brand>\n<g:gtin>%013d</g:gtin>\n", html.EscapeString(brand), 4000000000000+int64(id+i))
		fmt.Fprintf(g.w, "<g:price>%d.%02d EUR</g:price>\n", cents/100, cents%100)
		if r.IntN(7) == 0 {
			sale := cents * 4 / 5
			fmt.Fprintf(g.w, "<g:sale_price>%d.%02d EUR</g:sale_price>\n", sale/100, sale%100)
		}
		fmt.Fprintf(g.w, "<g:availability>%s</g:availability>\n<g:condition>new</g:condition>\n", availabilities[r.IntN(len(availabilities))])
		fmt.Fprintf(g.w, "<g:color>%s</g:color>\n<g:material>%s</g:material>\n", colour, material)
		if group != "" {
			fmt.Fprintf(g.w, "<g:item_group_id>%s</g:item_group_id>\n<g:size>%s</g:size>\n", group, size)
		}
		fmt.Fprint(g.w, "<g:shipping><g:country>NL</g:country><g:price>4.95 EUR</g:price></g:shipping>\n</item>\n")
	}
	if r.IntN(5) != 0 {
		write(0, "", pick(r, colours), "")
		return 1
	}
	variants := min(2+r.IntN(5), most)
	colour := r.IntN(len(colours))
	for i := range variants {
		write(i, fmt.Sprintf("G%d", id), colours[(colour+i/3)%len(colours)], sizes[i%len(sizes)])
	}
	return variants
}

// item opens an item with what every one has.
func (g *generator) item(id int, title, description, link string, t productType) {
	fmt.Fprintf(g.w, "<item>\n<g:id>SKU-%07d</g:id>\n<title>%s</title>\n", id, html.EscapeString(title))
	fmt.Fprintf(g.w, "<description><![CDATA[%s]]></description>\n<link>%s</link>\n", description, html.EscapeString(link))
	fmt.Fprintf(g.w, "<g:image_link>https://img.shop.example/%d.jpg</g:image_link>\n", id)
	fmt.Fprintf(g.w, "<g:product_type>%s</g:product_type>\n<g:google_product_category>%d</g:google_product_category>\n",
		html.EscapeString(t.path), t.google)
}

// description returns 30 to 80 words.
func (g *generator) description(t productType, brand string) string {
	r := g.rng
	var b strings.Builder
	fmt.Fprintf(&b, "<p>The %s from %s", strings.ToLower(t.noun), brand)
	for words, want := 4, 30+r.IntN(51); words < want; {
		phrase := pick(r, phrases)
		b.WriteString(" " + phrase)
		words += 1 + strings.Count(phrase, " ")
	}
	b.WriteString(".</p>")
	return b.String()
}
