package build

import (
	"slices"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/learn"
)

const (
	// stayStrength is how many steps of sessions it counts as that a topic's own items follow it.
	stayStrength = 50
	// An item of another topic stands for one only if its weight is one in followLeast of the best one's: each costs two bytes or three.
	followLeast = 8
)

// followedRows returns the source's rows of topics, in which the topics that sessions went on to have a part.
func followedRows(src *pack.Source, f *forest, learnt []learn.Topic) []pack.Row {
	rows := slices.Clone(src.TopicRows)
	for k := range learnt {
		t, ok := f.find(learnt[k].Path)
		if !ok || f.topics[t].Sensitive {
			continue
		}
		row, steps := mixed(src, f, t, learnt[k].Next)
		rows[t] = pack.Row{FromContent: steps < stayStrength}
		seat(src, row, func(n pack.Neighbour) uint32 { return n.Item }, func(products, others []pack.Neighbour, forProducts, forOthers int) {
			rows[t].Neighbours = append(rows[t].Neighbours, products[:min(len(products), forProducts)]...)
			rows[t].Neighbours = append(rows[t].Neighbours, others[:min(len(others), forOthers)]...)
		})
		heaviestFirst(rows[t].Neighbours)
	}
	return rows
}

// mixed returns the mean of topics' rows, each scaled to 1: that of each topic that follows t, for the steps to it, and that of t itself for
// stayStrength steps; and how many steps there were. So a few change little.
func mixed(src *pack.Source, f *forest, t uint16, next []learn.NextTopic) (row []pack.Neighbour, steps float64) {
	all := map[uint32]float64{}
	add := func(u uint16, steps float64) {
		sum := weightOf(src.TopicRows[u].Neighbours)
		for _, n := range src.TopicRows[u].Neighbours {
			all[n.Item] += steps * n.Weight / sum
		}
	}
	for _, n := range next {
		if u, ok := f.find(n.Path); ok {
			add(u, float64(n.Sessions))
			steps += float64(n.Sessions)
		}
	}
	add(t, stayStrength)
	best := 0.0
	for item, weight := range all {
		weight /= steps + stayStrength
		row = append(row, pack.Neighbour{Item: item, Weight: weight})
		best = max(best, weight)
	}
	heaviestFirst(row)
	return slices.DeleteFunc(row, func(n pack.Neighbour) bool {
		own := func(o pack.Neighbour) bool { return o.Item == n.Item }
		return n.Weight*followLeast < best && !slices.ContainsFunc(src.TopicRows[t].Neighbours, own)
	}), steps
}
