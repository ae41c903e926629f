package core

import (
	"math/rand/v2"
	"testing"

	"github.com/nabij/nabij/core/pack"
)

// bigSource is a shop of n items with k neighbours each, in 300 topics.
func bigSource(n, k int) pack.Source {
	r := rand.New(rand.NewPCG(1, 2))
	src := pack.Source{Slots: []pack.Slot{{Name: "s", Kinds: pack.AllKinds, Size: 6, Layer: 3, MinTopics: 2}}, Policy: pack.DefaultPolicy()}
	src.Policy.FaceSharePermille = 50 // so that each page has lists to pick from
	for t := range 300 {
		src.Topics = append(src.Topics, pack.Topic{Name: "t" + string(rune('a'+t%26)), Parent: pack.NoTopic})
	}
	for i := range n {
		src.Items = append(src.Items, pack.Item{ID: string(rune('a'+i%26)) + string(rune('0'+i/26%10)) + string([]byte{byte('a' + i/260%26), byte('a' + i/6760%26)}), Popularity: uint16(65535 / (1 + i/10)), Topics: []uint16{uint16(r.IntN(300))}})
		row := pack.Row{}
		seen := map[uint32]bool{uint32(i): true}
		for len(row.Neighbours) < k {
			j := uint32(float64(n) * r.Float64() * r.Float64())
			if r.IntN(2) == 0 {
				j = uint32(min(max(0, i-40+r.IntN(80)), n-1))
			}
			if !seen[j] {
				seen[j] = true
				row.Neighbours = append(row.Neighbours, pack.Neighbour{Item: j, Weight: r.ExpFloat64()})
			}
		}
		src.Rows = append(src.Rows, row)
	}
	return src
}

func BenchmarkCore(b *testing.B) {
	data, err := pack.Write(bigSource(17000, 30))
	if err != nil {
		b.Fatal(err)
	}
	p, _ := pack.Open(data)
	e := NewEngine(p)
	visits := make([]Session, 64)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range visits {
		at := uint32(r.IntN(17000))
		for k := range 10 {
			sig := NewSignal(View, uint64(k)*20000)
			sig.Item = at
			e.Observe(&visits[i], &sig)
			row := p.Row(at)
			for range 1 + r.IntN(20) {
				row.Next()
				at = row.Item
			}
		}
	}
	req := func(i int, layer uint8) *Request {
		return &Request{NowMs: 10 * 20000, Layer: layer, Size: 6, Item: visits[i%64].newestView(pack.NoItem).item, Topic: pack.NoTopic}
	}
	for _, layer := range []uint8{1, 3} {
		b.Run("layer"+string('0'+rune(layer)), func(b *testing.B) {
			b.ReportAllocs()
			var s Session
			for i := range b.N {
				s = visits[i%64]
				e.Suggest(&s, req(i, layer))
			}
		})
	}
	b.Run("faces", func(b *testing.B) {
		b.ReportAllocs()
		for i := range b.N {
			e.faceSets = [faceSets]faceSet{}
			e.Faces(req(i, 2))
		}
	})
	b.Run("pick", func(b *testing.B) {
		b.ReportAllocs()
		var s Session
		for i := range b.N {
			s = visits[i%4]
			if r, _ := e.Suggest(&s, req(i%4, 2)); r.Faces < 2 || r.BitsSpent == 0 {
				b.Fatal(r)
			}
		}
	})
}
