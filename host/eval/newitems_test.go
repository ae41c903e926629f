package eval

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/internal/realdata"
	"github.com/nabij/nabij/host/learn"
)

// BenchmarkNewItems takes a fifth of the items out of a wholesaler's log before it is learnt from, as if they were new, and looks at what comes
// after one of these: hit rate and MRR at 20 of packs whose catalogue says nothing of its items, their topics, and all that it has, and which
// part of the new items comes up in lists.
func BenchmarkNewItems(b *testing.B) {
	ctx := context.Background()
	all, _, err := catalogue.ReadAll(ctx, []string{realdata.Path(b, "online_retail/catalogue.csv")}, catalogue.Options{Currency: "GBP"})
	require.NoError(b, err)
	train, _ := read(b, "online_retail/train.csv")
	test, _ := read(b, "online_retail/test.csv")
	r := rand.New(rand.NewPCG(1, 1))
	isNew := map[string]bool{}
	for i := range all {
		if r.IntN(5) == 0 {
			isNew[all[i].ID] = true
		}
	}
	before := without(train, isNew)
	l, err := learn.Learn(ctx, before, learn.BasketParams(), learn.Options{Topics: learn.NewTopics(all)})
	require.NoError(b, err)
	for _, says := range []string{"nothing", "topics", "all"} {
		items := slices.Clone(all)
		for i := range items {
			if says != "all" {
				items[i] = catalogue.Item{ID: items[i].ID, Title: items[i].ID, Topics: items[i].Topics}
			}
			if says == "nothing" {
				items[i].Topics = nil
			}
		}
		src, _, err := build.Source(ctx, items, build.Config{}, build.Options{Learned: l})
		require.NoError(b, err)
		packed, err := pack.Write(src)
		require.NoError(b, err)
		for _, opt := range []Options{{Slot: "basket", Layer: 3}, {Slot: "related", Layer: 1}} {
			b.Run(fmt.Sprintf("%s/layer=%d", says, opt.Layer), func(b *testing.B) {
				for b.Loop() {
					benchmarkNewItems(b, packed, test, isNew, opt)
				}
			})
		}
	}
}

func benchmarkNewItems(b *testing.B, packed []byte, test *learn.Visits, isNew map[string]bool, opt Options) {
	ctx := context.Background()
	engine, err := open(ctx, packed, opt)
	require.NoError(b, err)
	defer engine.Close(ctx)
	a, err := newAsking(engine, test, opt)
	require.NoError(b, err)
	p := newPlayer(a)
	after, hits, reciprocal := 0.0, 0.0, 0.0
	listed := map[uint32]bool{}
	for k := range test.Sessions() {
		events, _ := test.Session(k)
		err := p.play(ctx, k, func(uint32) {}, func(n int, next uint32, list []uint32) {
			for _, item := range list {
				if isNew[string(engine.Pack().ItemID(item))] {
					listed[item] = true
				}
			}
			if !isNew[test.Items()[events[n-1]]] {
				return
			}
			after++
			if at := slices.Index(list, next); at >= 0 {
				hits++
				reciprocal += 1 / float64(at+1)
			}
		})
		require.NoError(b, err)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(hits/after, "HR@20")
	b.ReportMetric(reciprocal/after, "MRR@20")
	b.ReportMetric(float64(len(listed))/float64(len(isNew)), "listed")
}

// without returns the visits without some items.
func without(v *learn.Visits, items map[string]bool) *learn.Visits {
	out := &learn.Visits{}
	for k := range v.Sessions() {
		numbers, lastS := v.Session(k)
		var met []string
		for _, n := range numbers {
			if id := v.Items()[n]; !items[id] {
				met = append(met, id)
			}
		}
		if len(met) > 0 {
			out.AddIn(met, lastS, v.Context(k))
		}
	}
	return out
}
