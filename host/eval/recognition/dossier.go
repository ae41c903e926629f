package recognition

import (
	"context"
	"math"
	"slices"

	"github.com/nabij/nabij/core"
)

// dossier is what the adversary has of a view: candidates, what can be said of each, and how likely the rest is.
type dossier struct {
	view  int
	pages []uint32  // that the adversary sees
	items []uint32  // the candidates; those from base on were thought of for the list
	base  int       // how many were thought of for the page
	rows  []float32 // features of the rest, then of each candidate
	// restOfPage and rest are the shares of all views that the rest has, beside the candidates of the page, and beside all.
	restOfPage, rest float64
}

// least is the least share of all views that the rest is given.
const least = 1e-9

// pageFile is what does not depend on the list.
type pageFile struct {
	page     uint32
	in       core.Context
	scene    scene
	arrivals int
	came     map[uint32]int
	unseen   float32

	// Of the page's candidates, where it has been opened.
	items []uint32
	would []*foretold
	rows  []float32
	rest  float64
	after map[uint32]*foretold // of other items
}

// clerk makes dossiers. It is for one goroutine.
type clerk struct {
	*stage
	sim   simulator
	prior *oracle // what everybody sees
	file  *pageFile
	files map[pageIn]*pageFile
}

// pageIn is a page in a context.
type pageIn struct {
	page uint32
	in   core.Context
}

// clerks returns a function that makes clerks.
func (s *stage) clerks(simulators func() (simulator, error)) (func() (*clerk, error), error) {
	general, err := Setting{Layer: 1}.pack(s.data, s.slot)
	if err != nil {
		return nil, err
	}
	return func() (*clerk, error) {
		sim, err := simulators()
		if err != nil {
			return nil, err
		}
		prior, err := newOracle(general, s.slot, s.size, 1)
		if err != nil {
			return nil, err
		}
		return &clerk{stage: s, sim: sim, prior: prior, files: map[pageIn]*pageFile{}}, nil
	}, nil
}

// dossiers makes those of views of a setting, each of which was shown its list. The order of the views should be that of byPage.
func (s *stage) dossiers(ctx context.Context, lists *shown, order []int, simulators func() (simulator, error)) ([]dossier, error) {
	clerks, err := s.clerks(simulators)
	if err != nil {
		return nil, err
	}
	all := make([]dossier, len(order))
	err = s.each(ctx, "evidence of "+lists.setting.String(), len(order), func(int) (func(k int) error, error) {
		c, err := clerks()
		if err != nil {
			return nil, err
		}
		return func(k int) error {
			all[k] = c.dossier(order[k], lists.list(order[k]))
			return nil
		}, nil
	})
	return all, err
}

func (c *clerk) dossier(view int, list []uint32) dossier {
	at := &c.all[view]
	if in := c.context(at); c.file == nil || c.file.page != at.page || c.file.in != in {
		c.open(at.page, in)
	}
	f := c.file
	s := f.sceneOf(list, f.scene.public)
	shows, all := 0.0, 0.0
	weights := make([]float64, len(f.items))
	for k, item := range f.items {
		n := float64(f.came[item])
		all += n
		if slices.Equal(f.would[k].after, list) {
			shows += n
		}
		weights[k] = n + 0.2
	}
	s.rarity = -math.Log((shows + 0.5) / (all + 0.5))
	more := s.candidates(f.items)
	d := dossier{view: view, pages: []uint32{at.page}, items: append(f.items[:len(f.items):len(f.items)], more...), base: len(f.items), restOfPage: f.rest, rest: f.rest}
	d.rows = append(d.rows, f.rows...)
	d.rows = append(d.rows, make([]float32, len(more)*allFeatures)...)
	for k, item := range d.items {
		row := d.rows[(k+1)*allFeatures : (k+2)*allFeatures]
		if k < d.base {
			s.ofList(row, item, f.would[k])
			continue
		}
		would, ok := f.after[item]
		if !ok {
			would = c.foretell(item)
			f.after[item] = would
		}
		row[fromList] = 1
		f.ofItem(row, item)
		s.ofList(row, item, would)
		d.rest -= c.walks.share(item)
	}
	d.rest = math.Max(d.rest, least)
	s.ofRest(d.rows, weights)
	return d
}

// deeper is how many visits of one item more are foretold for each candidate.
const deeper = 2

// foretell says what the code would show on the page at hand after an item.
func (c *clerk) foretell(item uint32) *foretold {
	f := &foretold{after: c.sim.list(c.file.page, c.file.in, item)}
	for _, from := range c.walks.into[item][:min(deeper, len(c.walks.into[item]))] {
		f.deep = append(f.deep, c.sim.list(c.file.page, c.file.in, from.from, item))
	}
	if f.deep == nil {
		f.deep = append(f.deep, f.after)
	}
	return f
}

// about returns what does not depend on the list, without candidates.
func (c *clerk) about(page uint32, in core.Context) *pageFile {
	if f := c.files[pageIn{page, in}]; f != nil {
		return f
	}
	f := &pageFile{page: page, in: in, came: map[uint32]int{}}
	f.scene = scene{witness: &witness{pack: c.pack, walks: c.walks, row: pageRow(c.pack, page)}, page: page,
		public: c.prior.list(page, in), others: c.sim.lists(page, in)}
	once := 0
	for _, from := range c.walks.into[page] {
		f.came[from.from] = from.count
		f.arrivals += from.count
		if from.count == 1 {
			once++
		}
	}
	// Good, "The Population Frequencies of Species", Biometrika 1953: so likely is what was never studied.
	f.unseen = float32(math.Log((float64(once) + 0.5) / (float64(f.arrivals) + 1)))
	c.files[pageIn{page, in}] = f
	return f
}

// open makes the page's file the one at hand, with candidates.
func (c *clerk) open(page uint32, in core.Context) {
	f := *c.about(page, in)
	c.file = &f
	f.after, f.rest = map[uint32]*foretold{}, 1-c.walks.share(page)
	f.items = f.scene.candidatesOfPage()
	f.rows = make([]float32, (len(f.items)+1)*allFeatures)
	f.rows[isRest], f.rows[restUnseen] = 1, f.unseen
	for k, item := range f.items {
		f.ofItem(f.rows[(k+1)*allFeatures:], item)
		f.would = append(f.would, c.foretell(item))
		f.rest -= c.walks.share(item)
	}
	f.rest = math.Max(f.rest, least)
}

// ofItem fills in the features of a candidate that tell of the page alone.
func (f *pageFile) ofItem(row []float32, item uint32) {
	f.scene.ofPage(row, f.page, item, f.came[item], f.arrivals, f.scene.public)
}

// sceneOf returns the scene of a list, beside that which everybody would see who is known as well.
func (f *pageFile) sceneOf(list, public []uint32) *scene {
	s := f.scene
	s.list, s.public = list, public
	s.more, s.gone, s.other = without(list, public), without(public, list), !slices.Equal(list, public)
	return &s
}
