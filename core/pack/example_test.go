package pack_test

import (
	"fmt"
	"os"

	"github.com/nabij/nabij/core/pack"
)

func Example() {
	data, err := pack.Write(pack.Source{
		Items: []pack.Item{
			{ID: "bike", URL: "/bike", Title: "City bike", Popularity: 65_535},
			{ID: "lock", URL: "/lock", Title: "Chain lock", Popularity: 20_000},
			{ID: "choose", URL: "/choose", Title: "How to choose", Kind: pack.KindGuide},
		},
		Rows: []pack.Row{
			{Neighbours: []pack.Neighbour{{Item: 1, Weight: 1}, {Item: 2, Weight: 0.25}}},
		},
		Slots:  []pack.Slot{{Name: "related", Kinds: pack.AllKinds, Size: 4, Layer: 2}},
		Policy: pack.DefaultPolicy(),
	})
	if err != nil {
		panic(err)
	}
	p, err := pack.Open(data)
	if err != nil {
		panic(err)
	}
	bike, _ := p.FindID([]byte("bike"))
	for row := p.Row(bike); row.Next(); {
		fmt.Printf("%s, %s: %.2f\n", p.Title(row.Item), p.Kind(row.Item), float64(row.Weight)/(255*255*32767))
	}
	// Output:
	// Chain lock, product: 1.00
	// How to choose, guide: 0.25
}

func ExampleWrite_refused() {
	src := pack.Source{
		Items:  []pack.Item{{ID: "bike"}, {ID: "lock", URL: "javascript:alert(1)"}},
		Slots:  []pack.Slot{{Name: "related", Kinds: pack.AllKinds, Size: 4, Layer: 2}},
		Policy: pack.DefaultPolicy(),
	}
	_, err := pack.Write(src)
	fmt.Println(err)
	// Output:
	// pack: bad source: Items.URL[1]: neither http(s) nor a path, too long, or not UTF-8 (got 19)
}

func ExampleDump() {
	err := pack.Dump(os.Stdout, []byte("GIF89a"))
	fmt.Println(err != nil)
	// Output:
	// not a pack
	//  └── 0-6: x 47 49 46 38 39 61
	//      ^ pack: not a pack: header at byte 0: the first bytes are not a pack's (got 6); want a file that `nabij build` wrote
	// true
}

func ExampleNextWord() {
	text := []byte("Regenjas, maat 52")
	for {
		var word []byte
		if word, text = pack.NextWord(text); len(word) == 0 {
			break
		}
		fmt.Printf("%s %08x\n", word, pack.TermHash(word))
	}
	// Output:
	// Regenjas a50ed5f0
	// maat e4a4604e
	// 52 85e143c6
}
