package core

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

// TestRankingLeavesNothingOut: what is passed over for speed would not have been suggested.
func TestRankingLeavesNothingOut(t *testing.T) {
	src := bigSource(3000, 30)
	r := rand.New(rand.NewPCG(3, 4))
	for i := range src.Items {
		src.Items[i].Kind = pack.Kind(r.IntN(pack.KindCount))
		src.Items[i].Sensitive = false
	}
	for topic := range uint16(300) {
		src.Priors = append(src.Priors, pack.Prior{Class: pack.Evening, Topic: topic, Multiplier: 8 * r.Float64()})
	}
	src.Slots[0].MinTopics = 0
	data, err := pack.Write(src)
	require.NoError(t, err)
	p, err := pack.Open(data)
	require.NoError(t, err)
	e := NewEngine(p)
	for range 60 {
		var s Session
		view := r.Uint32N(p.Items())
		for k := range 1 + r.IntN(8) {
			sig := NewSignal(View, uint64(k)*10_000)
			sig.Item = view
			e.Observe(&s, &sig)
			row := p.Row(view)
			if view = 0; row.Next() {
				view = row.Item
			}
		}
		if r.IntN(3) == 0 {
			sig := NewSignal(Dismissed, 0)
			sig.Topic = uint16(r.IntN(300))
			e.Observe(&s, &sig)
		}
		for layer := uint8(1); layer <= 3; layer += 2 {
			for _, class := range []pack.Class{0, pack.Evening} {
				req := Request{NowMs: 100_000, Size: 6, Layer: layer, Item: s.newestView(pack.NoItem).item, Topic: pack.NoTopic, Context: Context{Daypart: class}}
				reply, err := e.Suggest(&s, &req)
				require.Nil(t, err)
				var best top
				best.reset(6)
				for item := range p.Items() {
					score := e.probability(&e.prior, item)
					if layer == 3 {
						score = e.want(&s, e.posterior.at(item), item)
					}
					if item != req.Item && score > 0 {
						best.offer(item, score)
					}
				}
				for k, b := range best.ranked() {
					require.Equal(t, b.item, reply.Suggestions[k].Item, "layer %d, %v", layer, class)
				}
			}
		}
	}
}
