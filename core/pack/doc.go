// Package pack is the file that holds what the engine knows of a site: its items, their topics, which items go together,
// what the context makes likely, the slots that suggestions fill, and the policy.
//
// Write lays a Source out as bytes; Open checks bytes once and returns a Pack that reads them in place. After Open no
// read can fail, so no method that reads returns an error; and none allocates. Pack.OpenRanking does the same for those
// who do not display. FORMAT.md is the specification of the bytes, and Dump prints them with their meaning.
//
// Items are numbered from 0 in order of popularity, and so are topics and slots in the order of the source. A shop of
// two items, of which the first suggests the second:
//
//	data, err := pack.Write(pack.Source{
//		Items: []pack.Item{
//			{ID: "bike", URL: "/bike", Title: "City bike", Popularity: 65_535},
//			{ID: "lock", URL: "/lock", Title: "Chain lock", Popularity: 20_000},
//		},
//		Rows:   []pack.Row{{Neighbours: []pack.Neighbour{{Item: 1, Weight: 1}}}},
//		Slots:  []pack.Slot{{Name: "related", Kinds: pack.AllKinds, Size: 4, Layer: 2}},
//		Policy: pack.DefaultPolicy(),
//	})
//	...
//	p, err := pack.Open(data)
//	bike, _ := p.FindID([]byte("bike"))
//	for row := p.Row(bike); row.Next(); {
//		fmt.Println(row.Item, row.Weight) // 1 2130674175
//	}
//
// # Caveats
//
// Ids passed to a Pack's methods must be in range: they come from the pack itself, or are compared with Items, Topics or
// Slots before. Weights of items' rows compare with one another, and so do those of topics' rows, but one kind not with
// the other. The checksum finds damage, it is no signature: who may write the file may write anything in it, which Open
// then holds to the format and its rules, not to the truth.
package pack
