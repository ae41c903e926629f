package pack_test

import (
	"encoding/binary"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

// sample is a small shop that has something in every section, and each kind, availability and flag once.
func sample() pack.Source {
	const none = pack.NoTopic
	policy := pack.DefaultPolicy()
	// What was usual when version 1 was settled.
	policy.FaceSharePermille, policy.HopPermille = 50, 1000
	policy.Recency = [16]uint8{255, 155, 94, 57, 35, 21, 13, 8, 5, 3, 2, 1, 1}
	policy.MaxLayer = 2
	policy.Faces = 4
	src := pack.Source{
		Site:       "https://fietsen.example",
		Languages:  []string{"nl", "en"},
		Currencies: []string{"EUR"},
		Items: []pack.Item{
			{ID: "ocean-blue-bike", URL: "/p/ocean-blue-bike", Title: "Ocean blue city bike", Image: "/i/1.svg", Topics: []uint16{1, 4}, Currency: 1, Price: 64_900, Availability: pack.InStock, Popularity: 65_535},
			{ID: "pannier", URL: "/p/pannier", Title: "Fietstas “Kanaal” 20 l", Image: "https://cdn.example/2.webp", Topics: []uint16{3}, Language: 1, Currency: 1, Price: 5_995, Availability: pack.OnOrder, Popularity: 40_000},
			{ID: "choose-a-bike", URL: "/guides/choose", Title: "How to choose a bike", Kind: pack.KindGuide, Topics: []uint16{0}, Language: 2, Popularity: 40_000},
			{ID: "lock", URL: "/p/lock", Title: "Chain lock", Topics: []uint16{2, 4, 0}, Currency: 1, Price: 3_950, Availability: pack.OutOfStock, Popularity: 900},
			{ID: "saddle-sores", URL: "/help/sores", Title: "Saddle sores", Kind: pack.KindHelp, Topics: []uint16{5}, Language: 2, Sensitive: true, Popularity: 7},
			{ID: "pannier-review", Kind: pack.KindReview, Title: "", Topics: []uint16{3}, Popularity: 7},
			{ID: "bikes-compared", URL: "/compare", Title: "City bikes compared", Kind: pack.KindComparison, Popularity: 1},
			{ID: "spring", URL: "/stories/spring", Title: "Spring rides", Kind: pack.KindArticle, Popularity: 1},
			{ID: "bikes", URL: "/c/bikes", Title: "All bikes", Kind: pack.KindCategory, Topics: []uint16{0}},
		},
		Topics: []pack.Topic{
			{Name: "Bikes", Parent: none}, {Name: "City bikes", Parent: 0}, {Name: "Locks", Parent: none},
			{Name: "Bags", Parent: none}, {Name: "Blue", Parent: none}, {Name: "Health", Parent: none, Sensitive: true},
		},
		Rows: []pack.Row{
			{Neighbours: []pack.Neighbour{{Item: 3, Weight: 8}, {Item: 1, Weight: 2}}},
			{Neighbours: []pack.Neighbour{{Item: 0, Weight: 2}}},
			{FromContent: true, Neighbours: []pack.Neighbour{{Item: 8, Weight: 0.5}, {Item: 0, Weight: 0.125}, {Item: 6, Weight: 0.001}}},
		},
		TopicRows: []pack.Row{{Neighbours: []pack.Neighbour{{Item: 0, Weight: 3}, {Item: 2, Weight: 1}}}, {}, {FromContent: true, Neighbours: []pack.Neighbour{{Item: 3, Weight: 1}}}},
		Terms:     []pack.Term{{Word: "fiets", Topic: 0}, {Word: "Slot", Topic: 2}, {Word: "tassen", Topic: 3}, {Word: "bleu", Topic: 4}},
		Priors: []pack.Prior{
			{Class: pack.Phone, Topic: 3, Multiplier: 1.5}, {Class: pack.Evening, Topic: 0, Multiplier: 0.5},
			{Class: pack.Evening, Topic: 2, Multiplier: 1.25}, {Class: pack.Region1, Topic: 1, Multiplier: 4},
		},
		Slots: []pack.Slot{
			{Name: "related", Kinds: pack.AllKinds, Size: 4, Layer: 2, MinTopics: 2},
			{Name: "basket", Kinds: pack.KindsOf(pack.KindProduct), Size: 3, Layer: 3, Repeats: true},
		},
		Policy: policy,
	}
	for i := range 11 { // more than one block of entries
		n := strconv.Itoa(i + 1)
		src.Items = append(src.Items, pack.Item{ID: "bell-" + n, URL: "/p/bell-" + n, Title: "Bell no. " + n, Topics: []uint16{0}, Currency: 1, Price: 995 + uint32(i)})
	}
	src.Rows[0].Neighbours = append(src.Rows[0].Neighbours, pack.Neighbour{Item: 19, Weight: 0.3})
	return src
}

// faceted is the sample with colours and prices to ask for.
func faceted() pack.Source {
	src := sample()
	src.FacetGroups = []string{"colour", "price"}
	src.Facets = []pack.Facet{
		{Group: 0, Name: "Ocean blue", Items: []uint32{0, 3}},
		{Group: 1, Name: "€0–10", Items: []uint32{9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19}},
		{Group: 1, Name: "€10+", Items: []uint32{0, 1, 3}},
	}
	return src
}

// tiny is the smallest shop: a slot, and nothing to put into it.
func tiny() pack.Source {
	return pack.Source{Slots: []pack.Slot{{Name: "related", Kinds: pack.AllKinds, Size: 4, Layer: 2}}, Policy: pack.DefaultPolicy()}
}

// pair is a shop of two items and nothing but what they must have and a row each.
func pair() pack.Source {
	s := tiny()
	s.Items = []pack.Item{{ID: "a", Popularity: 65_535}, {ID: "b", Popularity: 65_535}}
	s.Rows = []pack.Row{{Neighbours: []pack.Neighbour{{Item: 1, Weight: 1}}}, {FromContent: true, Neighbours: []pack.Neighbour{{Item: 0, Weight: 0.25}}}}
	return s
}

func write(t testing.TB, src pack.Source) []byte {
	t.Helper()
	data, err := pack.Write(src)
	require.NoError(t, err)
	return data
}

func open(t testing.TB, src pack.Source) *pack.Pack {
	t.Helper()
	p, err := pack.Open(write(t, src))
	require.NoError(t, err)
	return p
}

// part is a section taken out of a pack, to be changed. It knows the format from FORMAT.md, not from the code.
type part struct {
	name        string
	flags, form byte
	width       uint16
	data        []byte
}

type parts []part

func take(data []byte) parts {
	var list parts
	for i := range int(binary.LittleEndian.Uint16(data[10:])) {
		d := data[24+16*i:]
		at, n := binary.LittleEndian.Uint32(d[8:]), binary.LittleEndian.Uint32(d[12:])
		list = append(list, part{string(d[:4]), d[4], d[5], binary.LittleEndian.Uint16(d[6:]), slices.Clone(data[at : at+n])})
	}
	return list
}

func (list parts) find(name string) *part {
	for i := range list {
		if list[i].name == name {
			return &list[i]
		}
	}
	panic("no section " + name)
}

func (list parts) without(name string) parts {
	return slices.DeleteFunc(slices.Clone(list), func(p part) bool { return p.name == name })
}

// withRuns returns the parts with one more behind the popularity of each item.
func withRuns(list parts, runs part) parts { return list.with(runs, "popu") }

// with returns the parts with one more behind the named one.
func (list parts) with(more part, behind string) parts {
	at := slices.IndexFunc(list, func(p part) bool { return p.name == behind }) + 1
	return slices.Insert(slices.Clone(list), at, more)
}

// put puts a pack together, right in everything that is not in a part.
func (list parts) put() []byte {
	b := make([]byte, 24+16*len(list))
	copy(b, "\x89nabij\r\n\x01\x00")
	binary.LittleEndian.PutUint16(b[10:], uint16(len(list)))
	for i, p := range list {
		for len(b)%4 != 0 {
			b = append(b, 0)
		}
		d := b[24+16*i:]
		copy(d, p.name)
		d[4], d[5] = p.flags, p.form
		binary.LittleEndian.PutUint16(d[6:], p.width)
		binary.LittleEndian.PutUint32(d[8:], uint32(len(b)))
		binary.LittleEndian.PutUint32(d[12:], uint32(len(p.data)))
		b = append(b, p.data...)
	}
	return seal(b)
}

// seal sets length and checksum.
func seal(b []byte) []byte {
	binary.LittleEndian.PutUint32(b[12:], uint32(len(b)))
	binary.LittleEndian.PutUint64(b[16:], checksumOf(b[24:]))
	return b
}

// checksumOf is FORMAT.md's checksum, spelled once more.
func checksumOf(b []byte) uint64 {
	h := uint64(0xcbf29ce484222325)
	word := func(w uint64) {
		h = (h ^ w) * 0x100000001b3
		h ^= h >> 32
	}
	n := len(b)
	b = append(slices.Clone(b), make([]byte, 8-n%8)...)
	for ; len(b) > 0; b = b[8:] {
		word(binary.LittleEndian.Uint64(b))
	}
	word(uint64(n))
	return h
}

// entriesOf lays out entries.
func entriesOf(list ...string) []byte {
	b := make([]byte, (len(list)+15)/16*4)
	for i, e := range list {
		if i%16 == 0 {
			binary.LittleEndian.PutUint32(b[i/16*4:], uint32(len(b)))
		}
		b = append(binary.AppendUvarint(b, uint64(len(e))), e...)
	}
	return b
}

func openRanking(data []byte) (*pack.Pack, error) {
	p := new(pack.Pack)
	if err := p.OpenRanking(data); err != nil {
		return nil, err
	}
	return p, nil
}
