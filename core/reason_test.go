package core_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

func TestReasons(t *testing.T) {
	src := pack.Source{Slots: []pack.Slot{{Name: "s", Kinds: pack.AllKinds, Size: 12, Layer: 3}, {Name: "again", Kinds: pack.AllKinds, Size: 3, Layer: 3, Repeats: true}}, Policy: pack.DefaultPolicy(),
		Topics: []pack.Topic{{Name: "all", Parent: pack.NoTopic}, {Name: "some", Parent: 0}, {Name: "other", Parent: pack.NoTopic}}}
	for i := range 200 {
		it := pack.Item{ID: strconv.Itoa(i), Popularity: uint16(500 - i)}
		switch {
		case i == 99: // neither popular nor of a topic
		case i >= 190:
			it.Topics = []uint16{2, 1} // other first, some too
		case i >= 100:
			it.Topics = []uint16{2}
		case i >= 50:
			it.Topics = []uint16{1}
		}
		src.Items = append(src.Items, it)
	}
	row := func(items ...uint32) (row pack.Row) {
		for _, item := range items {
			row.Neighbours = append(row.Neighbours, pack.Neighbour{Item: item, Weight: 1})
		}
		return row
	}
	src.Rows = make([]pack.Row, 200)
	src.Rows[60] = row(61, 120, 5) // together; and by them, one hop on:
	src.Rows[61], src.Rows[120] = row(70, 99, 195), row(121)
	src.Rows[62] = row(63)
	src.Rows[62].FromContent = true
	src.TopicRows = []pack.Row{row(0, 1), row(70, 195), row(150, 99)}
	e := open(t, src)
	// The most popular are gone, so that there is room for what is below a topic.
	src.Items = append([]pack.Item(nil), src.Items...)
	for i := range 50 {
		src.Items[i].Availability = pack.OutOfStock
	}
	sparse := open(t, src)
	none := pack.NoTopic
	for _, c := range []struct {
		name  string
		e     *core.Engine
		page  uint32
		topic uint16
		item  uint32
		want  core.Reason
	}{
		{"in the page's row", e, 60, none, 61, core.Reason{Code: core.OftenTogether, Topic: none, Item: 60}},
		{"though popular", e, 60, none, 5, core.Reason{Code: core.OftenTogether, Topic: none, Item: 60}},
		{"in a row from content", e, 62, none, 63, core.Reason{Code: core.Similar, Topic: none, Item: 62}},
		{"one hop on, of the page's topic", e, 60, none, 70, core.Reason{Code: core.SameTopic, Topic: 1, Item: pack.NoItem}},
		{"of the page's topic beside its own", e, 60, none, 195, core.Reason{Code: core.SameTopic, Topic: 1, Item: pack.NoItem}},
		{"one hop on, of another", e, 60, none, 121, core.Reason{Code: core.InTopic, Topic: 2, Item: pack.NoItem}},
		{"one hop on, of no topic", e, 60, none, 99, core.Reason{Code: core.Related, Topic: none, Item: 60}},
		{"in a topic's row, of no topic", e, pack.NoItem, 2, 99, core.Reason{Code: core.Related, Topic: none, Item: pack.NoItem}},
		{"below the page's topic", sparse, pack.NoItem, 0, 50, core.Reason{Code: core.SameTopic, Topic: 0, Item: pack.NoItem}},
		{"of no topic", e, pack.NoItem, none, 0, core.Reason{Code: core.PopularNow, Topic: none, Item: pack.NoItem}},
	} {
		t.Run(c.name, func(t *testing.T) {
			req := core.Request{Layer: 1, Item: c.page, Topic: c.topic}
			for _, x := range suggest(t, c.e, new(core.Session), req).Suggestions {
				if x.Item == c.item {
					assert.Equal(t, c.want, x.Reason, "%v", x.Reason.Code)
					return
				}
			}
			t.Fatal("not suggested")
		})
	}
	s := visit(t, e, of(core.View, 0, 60), core.NewSignal(core.View, 1))
	assert.Equal(t, core.PickUp, suggest(t, e, s, home(1, 3, 60_000)).Suggestions[0].Reason.Code)
}

func TestNamesOfReasons(t *testing.T) {
	names := ""
	for code := range core.Related + 2 {
		names += code.String() + " "
	}
	assert.Equal(t, "unknown popular-now same-topic similar often-together in-topic you-asked pick-up related unknown ", names)
}
