package learn

import (
	"slices"

	"github.com/nabij/nabij/core/pack"
)

// without returns what was learnt without the items of these ids: they are no item of it, and in no row.
func (l *Learned) without(ids map[string]bool) *Learned {
	if len(ids) == 0 {
		return l
	}
	out := *l
	out.Items = nil
	place := make([]uint32, len(l.Items))
	for k := range l.Items {
		if place[k] = uint32(len(out.Items)); ids[l.Items[k].ID] {
			place[k] = pack.NoItem
			continue
		}
		out.Items = append(out.Items, l.Items[k])
	}
	for k := range out.Items {
		row := slices.Clone(out.Items[k].Row)
		for n := range row {
			row[n].Item = place[row[n].Item]
		}
		out.Items[k].Row = slices.DeleteFunc(row, func(n pack.Neighbour) bool { return n.Item == pack.NoItem })
	}
	return &out
}
