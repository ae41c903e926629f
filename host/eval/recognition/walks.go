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
	sessions int
	into     [][]came // by page, the most often first
	views    []int    // by item
	total    int
	liked    []uint32 // the items with the most views
	// topicShare is the share of all views, by the item's first topic, as share has it.
	topicShare map[uint16]float64
}

// came is from which item visitors came to a page, and how often.
type came struct {
	from  uint32
	count int
}

// studied returns what sessions of visits tell, given by their numbers.
func studied(p *pack.Pack, visits *learn.Visits, sessions []int) *walks {
	items := eval.ItemsOf(p, visits)
	w := &walks{sessions: len(sessions), into: make([][]came, p.Items()), views: make([]int, p.Items())}
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
	w.liked = mostViewed(w.views)
	w.topicShare = map[uint16]float64{}
	for item := range p.Items() {
		w.topicShare[p.ItemTopic(item, 0)] += w.share(item)
	}
	for page, from := range counts {
		for item, count := range from {
			w.into[page] = append(w.into[page], came{item, count})
		}
		slices.SortFunc(w.into[page], func(a, b came) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.from, b.from)) })
	}
	return w
}

// mostViewed returns the items with the most views, ties to the smaller number.
func mostViewed(views []int) []uint32 {
	all := make([]uint32, len(views))
	for item := range all {
		all[item] = uint32(item)
	}
	slices.SortFunc(all, func(a, b uint32) int { return cmp.Or(cmp.Compare(views[b], views[a]), cmp.Compare(a, b)) })
	return all[:min(liked, len(all))]
}
