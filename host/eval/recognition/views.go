package recognition

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/eval"
	"github.com/nabij/nabij/host/learn"
)

// view is a page view of a visit.
type view struct {
	session int32
	n       int32 // how many views the visit had before
	page    uint32
	// before is the newest item viewed before that is another than the page's, pack.NoItem where there is none.
	before uint32
	// next is the item viewed next, if it is another, or pack.NoItem. It is predicted where counted says so.
	next    uint32
	counted bool
	novel   bool // next is new to the visit
}

// views are the page views of visits, as a pack knows them.
type views struct {
	visits *learn.Visits
	items  []uint32 // of the visits' items, those of the pack, or pack.NoItem
	all    []view
	starts []int // where in all each session begins, and where the last one ends
}

// viewsOf returns the views of sessions of visits, given by their numbers, but for those of items that the pack lacks. A next item is predicted that
// is another than the page's, which no slot shows, after at least prefix views, the page's own among them, of more than one item.
func viewsOf(p *pack.Pack, visits *learn.Visits, sessions []int, prefix int) (*views, error) {
	v := &views{visits: visits, items: eval.ItemsOf(p, visits)}
	if len(v.items) > 0 && !slices.ContainsFunc(v.items, func(item uint32) bool { return item != pack.NoItem }) {
		return nil, fmt.Errorf("recognition: the pack has none of the log's %d items; are their ids those of the feed?", len(v.items))
	}
	for _, k := range sessions {
		start := len(v.all)
		v.starts = append(v.starts, start)
		events, _ := visits.Session(k)
		before := uint32(pack.NoItem)
		for _, event := range events {
			page := v.items[event]
			if page == pack.NoItem {
				continue
			}
			if n := len(v.all); n > start && v.all[n-1].page != page {
				before = v.all[n-1].page
				v.all[n-1].predicts(page, v.all[start:n], prefix)
			}
			v.all = append(v.all, view{session: int32(k), n: int32(len(v.all) - start), page: page, before: before, next: pack.NoItem})
		}
	}
	v.starts = append(v.starts, len(v.all))
	return v, nil
}

// predicts makes the next item that of the view, the last of the given ones.
func (at *view) predicts(next uint32, visit []view, prefix int) {
	at.next, at.counted = next, len(visit) >= prefix && at.before != pack.NoItem
	at.novel = !slices.ContainsFunc(visit, func(v view) bool { return v.page == next })
}

// context returns the context of a view.
func (v *views) context(at *view) core.Context {
	return eval.ContextOf(v.visits.Context(int(at.session)))
}

// byPage returns those views in an order in which the ones of a page and context stand together: a page's faces are found once.
func (v *views) byPage(those func(at *view) bool) []int {
	var order []int
	for k := range v.all {
		if those(&v.all[k]) {
			order = append(order, k)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := &v.all[a], &v.all[b]
		return cmp.Or(cmp.Compare(x.page, y.page), compareContexts(v.context(x), v.context(y)), cmp.Compare(a, b))
	})
	return order
}

func compareContexts(a, b core.Context) int {
	return cmp.Or(cmp.Compare(a.Daypart, b.Daypart), cmp.Compare(a.Day, b.Day), cmp.Compare(a.Device, b.Device),
		cmp.Compare(a.Region, b.Region), cmp.Compare(a.Referrer, b.Referrer))
}

// evenly returns at most most of n numbers, evenly spread; 0 is all.
func evenly(n, most int) []int {
	if most == 0 || most > n {
		most = n
	}
	some := make([]int, most)
	for k := range some {
		some[k] = k * n / most
	}
	return some
}
