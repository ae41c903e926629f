package pack_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/nabij/nabij/core/pack"
)

// TestRowsOfAnyDistance reads distances on both sides of where their varints take a byte more.
func TestRowsOfAnyDistance(t *testing.T) {
	src := tiny()
	for i := range 40_000 {
		src.Items = append(src.Items, pack.Item{ID: strconv.Itoa(i)})
	}
	var want []uint32
	for _, distance := range []uint32{1, 127, 1, 128, 129, 16_383, 1, 16_384, 2, 255} {
		item := distance - 1
		if len(want) > 0 {
			item = want[len(want)-1] + distance
		}
		want = append(want, item)
	}
	src.Rows = make([]pack.Row, 40_000)
	for _, item := range want {
		src.Rows[39_999].Neighbours = append(src.Rows[39_999].Neighbours, pack.Neighbour{Item: item, Weight: 1})
	}
	row := open(t, src).Row(39_999)
	var items, weights [3]uint32
	assert.Equal(t, 3, row.Read(items[:], weights[:]), "as many as fit")
	got := append([]uint32(nil), items[:]...)
	for row.Next() {
		assert.Equal(t, uint32(255*255*32767), row.Weight)
		got = append(got, row.Item)
	}
	assert.Equal(t, want, got)
}

func TestZeroNeighboursIsAnEmptyRow(t *testing.T) {
	var row pack.Neighbours
	assert.True(t, row.Empty())
	assert.False(t, row.Next())
}

// TestTermsOfOneHash: where two words fold to one, the first says the topic.
func TestTermsOfOneHash(t *testing.T) {
	src := sample()
	src.Terms = []pack.Term{{Word: "crème", Topic: 3}, {Word: "slot", Topic: 2}, {Word: "Creme", Topic: 0}}
	p := open(t, src)
	topic, ok := p.Term(pack.TermHash([]byte("CREME")))
	assert.True(t, ok)
	assert.Equal(t, uint16(3), topic)
}

func TestFindWhatIsNotThere(t *testing.T) {
	p := open(t, sample())
	_, ok := p.FindSlot([]byte("nowhere"))
	assert.False(t, ok)
	for _, name := range []string{"", "a", "lock ", "loc", "zzz"} {
		item, ok := p.FindID([]byte(name))
		assert.False(t, ok, name)
		assert.Equal(t, pack.NoItem, item)
	}
	_, ok = p.FindURL(nil)
	assert.False(t, ok, "an item without a URL lives nowhere")
}

func TestKinds(t *testing.T) {
	for kind := range pack.Kind(pack.KindCount) {
		got, ok := pack.ParseKind(kind.String())
		assert.True(t, ok)
		assert.Equal(t, kind, got)
		assert.True(t, pack.AllKinds.Has(kind))
		assert.True(t, pack.KindsOf(kind).Has(kind))
		assert.False(t, (pack.AllKinds &^ pack.KindsOf(kind)).Has(kind))
	}
	_, ok := pack.ParseKind("unknown")
	assert.False(t, ok)
	assert.False(t, pack.Kinds(255).Has(pack.KindCount))
}
