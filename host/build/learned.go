package build

import (
	"cmp"
	"slices"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn"
)

// tune gives a policy what was learnt of how to rank by the rows and of the intent, where it does not say otherwise than the default.
func tune(p *pack.Policy, by *learn.Params) {
	usual, tuned := pack.DefaultPolicy(), *p
	by.Visit.Apply(&tuned)
	by.Intent.Apply(&tuned)
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
	if p.Intent == usual.Intent {
		p.Intent = tuned.Intent
	}
}

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

// learnedRows returns rows of what was learnt. Those that are thin are filled up with neighbours of content, and those of content with items of
// their topic. What was learnt of items that the catalogue lacks is left out and counted.
//
// A filled row is said to be from content unless half of its weight or more was learnt, of more neighbours than what fills it counts as.
func learnedRows(src *pack.Source, l *learn.Learned, neighbours int, report *Report) []pack.Row {
	rows, mass := learntRows(src, l, neighbours, report)
	for i := range rows {
		it := &src.Items[i]
		if it.Sensitive {
			continue
		}
		learnt := rows[i].Neighbours
		if enough(learnt, neighbours) {
			continue
		}
		content := src.Rows[i].Neighbours
		below := fill(content, topicItems(src, uint32(i)), cmp.Or(weightOf(content), 1), neighbours)
		row := fill(learnt, below, mass, neighbours)
		filled := weightOf(below) > 0
		rows[i] = pack.Row{Neighbours: row, FromContent: filled && (len(learnt) <= fillStrength || 2*weightIn(learnt, row) < weightOf(row))}
		if filled && len(learnt) > 0 {
			report.Filled++
		}
	}
	return rows
}

// learntRows returns the rows that were learnt of the source's items, and what they weigh in the mean, 1 where there is none.
func learntRows(src *pack.Source, l *learn.Learned, neighbours int, report *Report) (rows []pack.Row, mass float64) {
	number := make(map[string]uint32, len(src.Items))
	for i := range src.Items {
		number[src.Items[i].ID] = uint32(i)
	}
	at := make([]uint32, len(l.Items)) // of each learnt item, where it is in the source
	for k := range l.Items {
		i, ok := number[l.Items[k].ID]
		switch {
		case !ok:
			report.Unknown++
			i = pack.NoItem
		case src.Items[i].Sensitive:
			i = pack.NoItem
		}
		at[k] = i
	}
	rows = make([]pack.Row, len(src.Items))
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
			report.Learnt++
		}
	}
	if report.Learnt == 0 {
		return rows, 1
	}
	return rows, mass / float64(report.Learnt)
}
