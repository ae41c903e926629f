package recognition

import (
	"cmp"
	"slices"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/eval"
	"github.com/nabij/nabij/host/learn"
)

// walks are what an adversary has studied of how people walk: how often which item was viewed before which page.
type walks struct {
	into  [][]came // by page, the most often first
	views []int    // by item
	total int
}

// came is from which item visitors came to a page, and how often.
type came struct {
	from  uint32
	count int
}

// studied returns what sessions of visits tell, given by their numbers.
func studied(p *pack.Pack, visits *learn.Visits, sessions []int) *walks {
	items := eval.ItemsOf(p, visits)
	w := &walks{into: make([][]came, p.Items()), views: make([]int, p.Items())}
	counts := make([]map[uint32]int, p.Items())
	for _, k := range sessions {
		events, _ := visits.Session(k)
		before, page := uint32(pack.NoItem), uint32(pack.NoItem)
		for n, event := range events {
			if item := items[event]; n == 0 || item != page {
				before, page = page, item
			}
			if page == pack.NoItem {
				continue
			}
			w.views[page]++
			w.total++
			if before != pack.NoItem {
				if counts[page] == nil {
					counts[page] = map[uint32]int{}
				}
				counts[page][before]++
			}
		}
	}
	for page, from := range counts {
		for item, count := range from {
			w.into[page] = append(w.into[page], came{item, count})
		}
		slices.SortFunc(w.into[page], func(a, b came) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.from, b.from)) })
	}
	return w
}
