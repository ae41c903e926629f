package recognition

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

// topical is a shop of two topics, whose items go with their own.
func topical(t *testing.T, change func(p *pack.Policy)) []byte {
	const items = 40
	src := pack.Source{Policy: pack.DefaultPolicy(), Topics: []pack.Topic{{Name: "Even", Parent: pack.NoTopic}, {Name: "Odd", Parent: pack.NoTopic}},
		Slots: []pack.Slot{{Name: "related", Kinds: pack.AllKinds, Size: 6, Layer: 3}}}
	change(&src.Policy)
	src.TopicRows = make([]pack.Row, 2)
	for k := range items {
		src.Items = append(src.Items, pack.Item{ID: string(rune('A' + k)), Title: "x", Topics: []uint16{uint16(k % 2)}, Popularity: uint16(60_000 - 100*k)})
		row := pack.Row{}
		for n := range 12 { // with a few of the other topic
			row.Neighbours = append(row.Neighbours, pack.Neighbour{Item: uint32(k+2*n+2+n%4/3) % items, Weight: 1 / float64(n+1)})
		}
		src.Rows = append(src.Rows, row)
		src.TopicRows[k%2].Neighbours = append(src.TopicRows[k%2].Neighbours, pack.Neighbour{Item: uint32(k), Weight: 1 / float64(k+1)})
	}
	data, err := pack.Write(src)
	require.NoError(t, err)
	return data
}

func tempoOf(t *testing.T, data []byte, setting Setting) *Tempo {
	p, err := pack.Open(data)
	require.NoError(t, err)
	s, err := newStage(data, Generate(p, 200, 1), &Options{})
	require.NoError(t, err)
	found, err := s.tempo(context.Background(), setting)
	require.NoError(t, err)
	return found
}

// A view shows once it has settled, and no sooner; and not at all where nothing of the visit may.
func TestTempo(t *testing.T) {
	for _, settleMs := range []uint32{0, 8_000, 12_500} {
		data := topical(t, func(p *pack.Policy) { p.SettleMs = settleMs })
		full := tempoOf(t, data, Setting{Layer: 3})
		require.NotNil(t, full.AfterS)
		assert.Equal(t, int(settleMs+999)/1000, *full.AfterS, "seconds until it has settled")
		assert.LessOrEqual(t, *full.SoonestS, *full.AfterS)
		assert.Greater(t, full.Shows, 0.9)
		assert.GreaterOrEqual(t, *full.FirstPage, 1.0)
		assert.GreaterOrEqual(t, *full.LastPage, *full.FirstPage)
		assert.Equal(t, 2, full.Topics)
		assert.Positive(t, *full.Pursued)

		served := tempoOf(t, data, Setting{Layer: 2, Faces: 8, Visit: true})
		assert.Less(t, served.Shows, full.Shows)
		assert.LessOrEqual(t, *served.Pursued, *full.Pursued)
	}
	none := tempoOf(t, topical(t, func(*pack.Policy) {}), Setting{Layer: 1})
	assert.Equal(t, Tempo{Signals: none.Signals, Topics: 2, Pursued: none.Pursued}, *none)
	assert.Positive(t, none.Signals)
	assert.Zero(t, *none.Pursued)
}

// remembers makes all views of a visit count alike, so that topics stay until they tire.
func remembers(p *pack.Policy) {
	for k := range p.Recency {
		p.Recency[k] = 255
	}
}

// A topic that is shown in vain tires after as many pages as the policy says, and never where it says never.
func TestTempoTires(t *testing.T) {
	soon := tempoOf(t, topical(t, func(p *pack.Policy) { p.FatigueShown = 1; remembers(p) }), Setting{Layer: 3})
	late := tempoOf(t, topical(t, func(p *pack.Policy) { p.FatigueShown = 4; remembers(p) }), Setting{Layer: 3})
	never := tempoOf(t, topical(t, func(p *pack.Policy) { p.FatigueShown = 0; remembers(p) }), Setting{Layer: 3})
	require.NotNil(t, soon.TiredAfter)
	require.NotNil(t, late.TiredAfter)
	assert.GreaterOrEqual(t, *soon.TiredAfter, 1.0)
	assert.GreaterOrEqual(t, *late.TiredAfter, 4.0)
	assert.Zero(t, never.Tired)
	assert.Nil(t, never.TiredAfter)
}
