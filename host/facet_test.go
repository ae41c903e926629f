package host

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

func openFaceted(t *testing.T) *Engine {
	data, err := pack.Write(pack.Source{
		Items:       []pack.Item{{ID: "a"}, {ID: "b"}, {ID: "c"}},
		Topics:      []pack.Topic{{Name: "Bikes", Parent: pack.NoTopic}},
		Slots:       []pack.Slot{{Name: "s", Kinds: pack.AllKinds, Size: 3, Layer: 3}},
		Policy:      pack.DefaultPolicy(),
		FacetGroups: []string{"price", "Kleur"},
		Facets:      []pack.Facet{{Name: "€0–25", Items: []uint32{0, 2}}, {Group: 1, Name: "Diep blauw", Items: []uint32{1}}},
	})
	require.NoError(t, err)
	e, err := OpenNative(data)
	require.NoError(t, err)
	t.Cleanup(func() { _ = e.Close(ctx) })
	return e
}

func TestFindFacet(t *testing.T) {
	e := openFaceted(t)
	for name, want := range map[string]uint16{
		"price:€0–25": 0, "price:0-25": 0, "Price: € 0 – 25": 0, "Kleur:Diep blauw": 1, "kleur: diep blauw": 1,
		"price": 2, "": 2, "kleur:€0–25": 2, "price:025": 2,
	} {
		facet, ok := e.FindFacet(name)
		assert.Equal(t, want < 2, ok, name)
		if ok {
			assert.Equal(t, pack.FirstFacet+want, facet, name)
		}
	}
	assert.Equal(t, "Kleur:Diep blauw", e.FacetName(pack.FirstFacet+1))
	assert.Equal(t, "Kleur:Diep blauw", e.TopicPath(pack.FirstFacet+1), "as reasons have it")
	assert.Equal(t, []uint32{0, 2}, e.FacetItems(pack.FirstFacet))
}

func TestFacetsInVisits(t *testing.T) {
	e := openFaceted(t)
	event := Event{Signal: "preference", Facet: "kleur:diep blauw", Value: 80}
	s, err := e.Signal(event)
	require.NoError(t, err)
	assert.Equal(t, core.Signal{Kind: core.Preference, Item: pack.NoItem, Topic: pack.FirstFacet + 1, Value: 80}, s)
	back := e.Event(s)
	assert.Equal(t, `{"at_ms":0,"signal":"preference","facet":"Kleur:Diep blauw","value":80}`, back.String())

	_, err = e.Signal(Event{Signal: "preference", Facet: "kleur:rood"})
	require.EqualError(t, err, `host: facet: the pack has no facet "kleur:rood"`)
	_, err = e.Signal(Event{Signal: "preference", Facet: "kleur:diep blauw", Topic: "Bikes"})
	require.EqualError(t, err, `host: facet: a signal has a topic or a facet, this one "Bikes" and "kleur:diep blauw"`)
}
