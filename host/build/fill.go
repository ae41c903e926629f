package build

import (
	"cmp"
	"slices"

	"github.com/nabij/nabij/core/pack"
)

// fillStrength is how many neighbours what fills a row counts as.
const fillStrength = 3

// enough reports whether a row of at most most neighbours needs no other below it: it fills the longest list, or is full.
func enough(row []pack.Neighbour, most int) bool { return len(row) >= min(pack.MaxSlotSize, most) }

// fill adds neighbours of the row below to one that is thin, up to most. To a row of n neighbours they add s / (s + n) of mass, with
// s = fillStrength: the share that a prior of Dirichlet's leaves to the distribution in the background (Zhai, Lafferty, "A Study of Smoothing
// Methods for Language Models Applied to Information Retrieval", TOIS 22, 2004), counting neighbours for words. mass is what a row weighs in
// the mean.
func fill(row, below []pack.Neighbour, mass float64, most int) []pack.Neighbour {
	sum := weightOf(below)
	if enough(row, most) || sum == 0 {
		return row
	}
	mass *= fillStrength / float64(fillStrength+len(row))
	row = slices.Clone(row)
	place := make(map[uint32]int, len(row))
	for k, n := range row {
		place[n.Item] = k
	}
	for _, n := range below {
		weight := n.Weight / sum * mass
		if k, ok := place[n.Item]; ok {
			row[k].Weight += weight
		} else {
			row = append(row, pack.Neighbour{Item: n.Item, Weight: weight})
		}
	}
	slices.SortStableFunc(row, func(a, b pack.Neighbour) int { return cmp.Compare(b.Weight, a.Weight) })
	return row[:min(len(row), most)]
}

// weightIn returns what the neighbours of one row weigh that stand in another, too.
func weightIn(row, other []pack.Neighbour) (sum float64) {
	for _, n := range row {
		if slices.ContainsFunc(other, func(o pack.Neighbour) bool { return o.Item == n.Item }) {
			sum += n.Weight
		}
	}
	return sum
}

func weightOf(row []pack.Neighbour) (sum float64) {
	for _, n := range row {
		sum += n.Weight
	}
	return sum
}

// topicItems returns the items that stand for an item's topic, without the item itself and those in another language than its own; or
// where there are none, those of the nearest topic above that has some.
func topicItems(src *pack.Source, item uint32) []pack.Neighbour {
	it := &src.Items[item]
	if len(it.Topics) == 0 {
		return nil
	}
	for t := it.Topics[0]; t != pack.NoTopic; t = src.Topics[t].Parent {
		row := slices.DeleteFunc(slices.Clone(src.TopicRows[t].Neighbours), func(n pack.Neighbour) bool {
			other := src.Items[n.Item].Language
			return n.Item == item || it.Language != 0 && other != 0 && other != it.Language
		})
		if len(row) > 0 {
			return row
		}
	}
	return nil
}
