package recognition

import (
	"context"
	"math"
	"slices"

	"github.com/nabij/nabij/core"
)

// lastPages is how many pages of a visit the adversary sees at most, the last ones.
const lastPages = 10

// What the adversary weighs of an item that may have been viewed before pages that it has seen one after another: what tells of the first of
// them, what tells of all, and then what was shown on the first, and on all.
const (
	rowsOfPages       = pageFeatures + iota // its weight in the rows of the pages, added up
	pagesInRow                              // those of the pages in its row
	walkedToPages                           // to how many of the pages visitors came from it
	publicOfPages                           // in how many of everybody's lists it is
	visitPageFeatures                       // how many there are so far

	listFeatures  = allFeatures - pageFeatures
	visitFeatures = visitPageFeatures + 2*listFeatures
)

// Numbers of candidates: those from which most came to a page that is not the first, and the best of its row.
const perPage = 5

// sight is a visit as the adversary sees it: its last pages, with what was shown there.
type sight struct {
	first, last int      // views
	truths      []uint32 // viewed before, and not on these pages
}

// sights returns the visits before whose last pages something else was viewed.
func (s *stage) sights() (all []sight) {
	for visit := range len(s.starts) - 1 {
		start, end := s.starts[visit], s.starts[visit+1]
		if end-start < s.opt.prefix() {
			continue
		}
		v := sight{first: max(start+1, end-lastPages), last: end - 1}
		for k := start; k < v.first; k++ {
			item := s.all[k].page
			on := func(at view) bool { return at.page == item }
			if !slices.Contains(v.truths, item) && !slices.ContainsFunc(s.all[v.first:end], on) {
				v.truths = append(v.truths, item)
			}
		}
		if len(v.truths) > 0 {
			all = append(all, v)
		}
	}
	return all
}

// mostVisits is how many visits are attacked at most, evenly spread.
const mostVisits = 2_000

// attackVisits has the adversary find out what the lists of whole visits give away together: it sees the last pages of a visit, with what was shown
// there, and guesses an item viewed before them. simulators foretell the lists of visits as if nothing had been shown before.
// It returns nil where no visit has such an item.
func (a *adversary) attackVisits(ctx context.Context, lists *shown, simulators func() (simulator, error)) (*Leak, error) {
	clerks, err := a.clerks(simulators)
	if err != nil {
		return nil, err
	}
	sights := a.sights()
	if len(sights) == 0 {
		return nil, nil
	}
	some := evenly(len(sights), mostVisits)
	one := &attack{stage: a.stage, dossiers: make([]dossier, len(some)), unshown: visitPageFeatures, features: visitFeatures}
	for _, k := range some {
		one.truths = append(one.truths, sights[k].truths)
	}
	err = a.each(ctx, "whole visits, "+lists.setting.String(), len(some), func(int) (func(k int) error, error) {
		c, err := clerks()
		if err != nil {
			return nil, err
		}
		return func(k int) error {
			one.dossiers[k] = c.ofVisit(&sights[some[k]], lists)
			return nil
		}, nil
	})
	if err != nil {
		return nil, err
	}
	if a.withoutVisits == nil {
		if a.withoutVisits, err = one.guesses(ctx, false); err != nil {
			return nil, err
		}
	}
	with, err := one.guesses(ctx, true)
	if err != nil {
		return nil, err
	}
	return one.leakOf(with, a.withoutVisits, func(g *guess) []float64 { return g.chances }), nil
}

// telling reports whether what was shown on a view depended on the visit: at layer 2 it was paid for.
func (s *stage) telling(lists *shown, k int) bool {
	if lists.setting.Layer != 2 {
		return lists.setting.Layer == 3
	}
	return s.all[k].n > 0 && lists.bits[k] > lists.bits[k-1]
}

// ofVisit makes the dossier of a visit.
func (c *clerk) ofVisit(v *sight, lists *shown) dossier {
	in := c.context(&c.all[v.first])
	var pages []uint32
	var files []*pageFile
	for k := v.first; k <= v.last; k++ {
		pages = append(pages, c.all[k].page)
		files = append(files, c.about(c.all[k].page, in))
	}
	d := dossier{view: v.first, pages: pages, items: c.ofPages(pages, files)}
	d.base = len(d.items)
	scenes := make([]*scene, len(pages)) // nil where a page tells nothing
	for n, page := range pages {
		if k := v.first + n; c.telling(lists, k) {
			// What is known of the visit is on the page as everybody's list is where nothing is known.
			scenes[n] = files[n].sceneOf(lists.list(k), c.sim.list(page, in, pages[:n]...))
			d.items = append(d.items, scenes[n].candidates(slices.Concat(d.items, pages))...)
		}
	}
	d.items = d.items[:min(len(d.items), d.base+fromItems)]
	d.rows = make([]float32, (len(d.items)+1)*visitFeatures)
	d.rows[isRest], d.rows[restUnseen] = 1, files[0].unseen
	for _, page := range pages {
		d.rest -= c.walks.share(page)
	}
	d.rest++
	d.restOfPage = d.rest
	for k, item := range d.items {
		row := d.rows[(k+1)*visitFeatures:]
		files[0].ofItem(row, item)
		for n, page := range pages {
			row[rowsOfPages] += float32(math.Sqrt(files[n].scene.row[item]))
			row[pagesInRow] += float32(math.Sqrt(files[n].scene.weightIn(item, page)))
			if files[n].came[item] > 0 {
				row[walkedToPages]++
			}
			if slices.Contains(files[n].scene.public, item) {
				row[publicOfPages]++
			}
		}
		d.rest -= c.walks.share(item)
		if k < d.base {
			d.restOfPage -= c.walks.share(item)
		}
	}
	d.restOfPage, d.rest = math.Max(d.restOfPage, least), math.Max(d.rest, least)
	for n, s := range scenes {
		if s != nil {
			c.addPage(&d, s, in, pages[:n])
		}
	}
	return d
}

// ofPages returns the items that may have been viewed before pages, whatever was shown there.
func (c *clerk) ofPages(pages []uint32, files []*pageFile) []uint32 {
	var all []uint32
	seen := map[uint32]bool{}
	for _, page := range pages {
		seen[page] = true
	}
	add := func(item uint32) {
		if !seen[item] {
			seen[item] = true
			all = append(all, item)
		}
	}
	for _, item := range files[0].scene.candidatesOfPage() {
		add(item)
	}
	for _, page := range pages[1:] {
		for _, from := range c.walks.into[page][:min(perPage, len(c.walks.into[page]))] {
			add(from.from)
		}
		for _, item := range bestOfRow(c.pack, page, perPage) {
			add(item)
		}
	}
	return all
}

// addPage adds to a visit's dossier what was shown on a page, after the pages that were seen before it.
func (c *clerk) addPage(d *dossier, s *scene, in core.Context, seen []uint32) {
	would := make([]foretold, len(d.items))
	shows := 0.0
	path := append([]uint32{0}, seen...)
	for k, item := range d.items {
		path[0] = item
		would[k].after = c.sim.list(s.page, in, path...)
		if k < d.base && slices.Equal(would[k].after, s.list) {
			shows++
		}
	}
	s.rarity = -math.Log((shows + 0.5) / (float64(d.base) + 0.5))
	rows := make([]float32, (len(d.items)+1)*allFeatures)
	weights := make([]float64, d.base)
	for k, item := range d.items {
		row := rows[(k+1)*allFeatures : (k+2)*allFeatures]
		s.ofList(row, item, &would[k])
		if k >= d.base {
			row[fromList] = 1
		} else {
			weights[k] = 1
		}
	}
	s.ofRest(rows, weights)
	for k := range len(d.items) + 1 {
		to := d.rows[k*visitFeatures+visitPageFeatures:]
		for n, x := range rows[k*allFeatures+pageFeatures : (k+1)*allFeatures] {
			if len(seen) == 0 {
				to[n] = x
			}
			to[listFeatures+n] += x
		}
	}
}
