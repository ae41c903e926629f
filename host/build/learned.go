package build

import (
	"cmp"
	"slices"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn"
)

// tuneRanking gives a policy what was learnt of how to rank by the rows, where it does not say otherwise than the default.
func tuneRanking(p *pack.Policy, v *learn.Visit) {
	usual, tuned := pack.DefaultPolicy(), *p
	v.Apply(&tuned)
	if p.HopPermille == usual.HopPermille {
		p.HopPermille = tuned.HopPermille
	}
	if p.RepeatPermille == usual.RepeatPermille {
		p.RepeatPermille = tuned.RepeatPermille
	}
	if p.Recency == usual.Recency {
		p.Recency = tuned.Recency
	}
	if p.RepeatRecency == usual.RepeatRecency {
		p.RepeatRecency = tuned.RepeatRecency
	}
}

// trustedRow is how many learnt neighbours make a row that needs none from content. The engine asks as many of a visit's rows
// before it trusts them without their topic.
const trustedRow = 8

// byVisits returns the items with the popularity that was learnt: how many sessions have met each. What is of visits is of all kinds
// alike, and newer than what a feed says.
func byVisits(items []catalogue.Item, l *learn.Learned) []catalogue.Item {
	sessions := make(map[string]int, len(l.Items))
	for k := range l.Items {
		sessions[l.Items[k].ID] = l.Items[k].Sessions
	}
	items = slices.Clone(items)
	for i := range items {
		items[i].Popularity = float64(sessions[items[i].ID])
	}
	return items
}

// learnedRows returns rows of what was learnt, filled up from content's where that is little. What was learnt of items that the catalogue
// lacks is left out and counted.
//
// Of a row with n learnt neighbours, fewer than trustedRow, content's have the share (trustedRow − n) / trustedRow. A row that has any of
// content's is said to be from content: that is what all its neighbours may be called.
func learnedRows(items []catalogue.Item, content []pack.Row, l *learn.Learned, neighbours int, report *Report) []pack.Row {
	number := make(map[string]uint32, len(items))
	for i := range items {
		number[items[i].ID] = uint32(i)
	}
	at := make([]uint32, len(l.Items)) // of each learnt item, where it is in items
	for k := range l.Items {
		i, ok := number[l.Items[k].ID]
		switch {
		case !ok:
			report.Unknown++
			i = pack.NoItem
		case items[i].Sensitive:
			i = pack.NoItem
		}
		at[k] = i
	}
	rows := make([]pack.Row, len(items))
	mass, learnt := 0.0, 0
	for k := range l.Items {
		i := at[k]
		if i == pack.NoItem {
			continue
		}
		sum := 0.0
		for _, n := range l.Items[k].Row {
			if j := at[n.Item]; j != pack.NoItem && len(rows[i].Neighbours) < neighbours {
				rows[i].Neighbours = append(rows[i].Neighbours, pack.Neighbour{Item: j, Weight: n.Weight})
				sum += n.Weight
			}
		}
		if sum > 0 {
			mass += sum
			learnt++
		}
	}
	report.Learnt = learnt
	if learnt > 0 {
		mass /= float64(learnt)
	} else {
		mass = 1
	}
	for i := range rows {
		if n := len(rows[i].Neighbours); n < trustedRow {
			share := float64(trustedRow-n) / trustedRow
			rows[i] = fill(rows[i].Neighbours, content[i].Neighbours, share, mass, neighbours)
			if n > 0 && rows[i].FromContent {
				report.Filled++
			}
		}
	}
	return rows
}

// fill adds neighbours of content to learnt ones, so that they have a share of the row. mass is what a whole row weighs where nothing was
// learnt.
func fill(learnt, content []pack.Neighbour, share, mass float64, neighbours int) pack.Row {
	own := func(item uint32) int {
		return slices.IndexFunc(learnt, func(n pack.Neighbour) bool { return n.Item == item })
	}
	has, sum := 0.0, 0.0
	for _, n := range learnt {
		has += n.Weight
	}
	for _, n := range content {
		sum += n.Weight
	}
	if sum == 0 {
		return pack.Row{Neighbours: learnt}
	}
	most := mass
	if has > 0 {
		most = has / (1 - share)
	}
	row := pack.Row{Neighbours: slices.Clone(learnt)}
	for _, n := range content {
		weight := n.Weight / sum * share * most
		if k := own(n.Item); k >= 0 {
			row.Neighbours[k].Weight += weight
		} else {
			row.Neighbours = append(row.Neighbours, pack.Neighbour{Item: n.Item, Weight: weight})
			row.FromContent = true
		}
	}
	slices.SortStableFunc(row.Neighbours, func(a, b pack.Neighbour) int { return cmp.Compare(b.Weight, a.Weight) })
	row.Neighbours = row.Neighbours[:min(len(row.Neighbours), neighbours)]
	return row
}
