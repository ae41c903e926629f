package pack_test

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"

	"github.com/nabij/nabij/core/pack"
)

const (
	shopItems      = 17_000
	shopNeighbours = 30
)

// shop is a pack of a shop: neighbours are popular items more often than not, as they are in shops.
var shop = sync.OnceValue(func() []byte {
	r := rand.New(rand.NewPCG(1, 2))
	src := tiny()
	src.Currencies = []string{"EUR"}
	for i := range 200 {
		src.Topics = append(src.Topics, pack.Topic{Name: "Topic " + strconv.Itoa(i), Parent: pack.NoTopic})
	}
	for i := range shopItems {
		n := strconv.Itoa(i)
		src.Items = append(src.Items, pack.Item{
			ID: "sku-" + n, URL: "/p/a-product-of-the-shop-" + n, Title: "A product of the shop, no. " + n, Image: "/i/" + n + ".webp",
			Topics: []uint16{uint16(r.IntN(200))}, Currency: 1, Price: uint32(r.IntN(1 << 16)), Availability: pack.InStock,
			Popularity: uint16(65535 / (i + 1)),
		})
		row := pack.Row{}
		seen := map[uint32]bool{uint32(i): true}
		for len(row.Neighbours) < shopNeighbours {
			item := uint32(math.Pow(r.Float64(), 2) * shopItems)
			if !seen[item] {
				seen[item] = true
				row.Neighbours = append(row.Neighbours, pack.Neighbour{Item: item, Weight: r.ExpFloat64() + 1e-9})
			}
		}
		src.Rows = append(src.Rows, row)
	}
	data, err := pack.Write(src)
	if err != nil {
		panic(err)
	}
	return data
})

func opened(b *testing.B) *pack.Pack {
	p, err := pack.Open(shop())
	if err != nil {
		b.Fatal(err)
	}
	return p
}

// BenchmarkOpen also reports what a pack weighs.
func BenchmarkOpen(b *testing.B) {
	data := shop()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pack.Open(data); err != nil {
			b.Fatal(err)
		}
	}
	rows := binary.LittleEndian.Uint32(descriptor(data, "rows")[12:])
	b.ReportMetric(float64(rows)/(shopItems*shopNeighbours), "B/neighbour")
	b.ReportMetric(float64(len(data))/shopItems, "B/item")
}

// BenchmarkRow finds a row and walks it.
func BenchmarkRow(b *testing.B) {
	p := opened(b)
	b.ReportAllocs()
	i, sum := uint32(0), uint32(0)
	for b.Loop() {
		i = (i*1664525 + 1013904223) % shopItems
		row := p.Row(i)
		for row.Next() {
			sum += row.Item ^ row.Weight
		}
	}
	sink = sum
}

// BenchmarkTitle reads an entry, which stands anywhere in its block.
func BenchmarkTitle(b *testing.B) {
	p := opened(b)
	b.ReportAllocs()
	i, sum := uint32(0), 0
	for b.Loop() {
		i = (i*1664525 + 1013904223) % shopItems
		sum += len(p.Title(i))
	}
	sink = uint32(sum)
}

func BenchmarkFindID(b *testing.B) {
	p := opened(b)
	ids := make([][]byte, 1024)
	for k := range ids {
		ids[k] = p.ItemID(uint32(k) * 7919 % shopItems)
	}
	b.ReportAllocs()
	k := 0
	for b.Loop() {
		k++
		item, ok := p.FindID(ids[k%len(ids)])
		if !ok {
			b.Fatal("not found")
		}
		sink = item
	}
}

func BenchmarkWrite(b *testing.B) {
	src := sample()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pack.Write(src); err != nil {
			b.Fatal(err)
		}
	}
}

var sink uint32
