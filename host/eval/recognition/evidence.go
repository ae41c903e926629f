package recognition

import (
	"math"
	"slices"

	"github.com/nabij/nabij/core/pack"
)

// What the adversary weighs of an item that may have been viewed before. The first ones tell of the page alone, with the list that everybody would
// see there; the others of the list that was shown. Where that is everybody's, those say the same of all items, so nothing.
const (
	isRest      = iota // it is none of the candidates
	restUnseen         // and so much of what was studied came from items that came once
	walked             // log of how likely visitors were to come to the page from it
	walkedEver         // some did
	popular            // log of its share of all views
	inPageRow          // its weight in the page's row
	rowHasPage         // the page's weight in its row
	inPublic           // it is in everybody's list
	placePublic        // one over its place there
	rowOnPublic        // the share of its row that is on everybody's list

	pageFeatures
)

const (
	shownMore    = pageFeatures + iota // it is shown, and not to everybody
	absent                             // it is shown to everybody, and not here
	place                              // one over its place in the list, less that in everybody's
	rowOnMore                          // the share of its row that is on what is shown and not to everybody
	rowOnAbsent                        // the share that is on what is shown to everybody and not here
	rowOnOthers                        // the largest share that is on another of the page's lists
	same                               // the code would show this list after it
	sameRare                           // the same, by how rare the list is: minus the log of how often it would be shown
	sameOther                          // the same, where the list is not everybody's
	sameDeep                           // the share of visits of one item more before it after which the code would show this list
	sameDeepRare                       // the same, by how rare the list is
	publicOther                        // the code would show everybody's list after it, and this is another
	alike                              // the share of the list that the code would show after it
	inOrder                            // the share of places that the code would fill alike
	fromList                           // it was thought of for the list
	restOther                          // it is none of the candidates, and the list is not everybody's

	allFeatures
)

// scene is what the adversary knows of a view besides a candidate.
type scene struct {
	*witness
	page   uint32
	public []uint32   // everybody's list
	others [][]uint32 // all lists of the page, where they are few
	list   []uint32   // that was shown
	more   []uint32   // what of it is not in everybody's
	gone   []uint32   // what of everybody's is not in it
	// rarity is minus the log of how often the list would be shown, after the items that visitors came from.
	rarity float64
	other  bool // the list is not everybody's
}

// witness knows the pack, and what was studied.
type witness struct {
	pack  *pack.Pack
	walks *walks
	row   map[uint32]float64 // of the page's row
}

// share returns an item's share of all views, such that none is 0.
func (w *walks) share(item uint32) float64 {
	return (float64(w.views[item]) + 0.5) / (float64(w.total) + 0.5*float64(len(w.views)))
}

// rowOn returns the share of an item's row that is on each of the lists.
func (w *witness) rowOn(item uint32, shares []float64, lists ...[]uint32) []float64 {
	shares = append(shares[:0], make([]float64, len(lists))...)
	total := 0.0
	row := w.pack.Row(item)
	for row.Next() {
		total += float64(row.Weight)
		for k, list := range lists {
			if slices.Contains(list, row.Item) {
				shares[k] += float64(row.Weight)
			}
		}
	}
	for k := range shares {
		shares[k] /= math.Max(total, 1)
	}
	return shares
}

// weightIn returns the share of an item's row that another has.
func (w *witness) weightIn(item, other uint32) float64 { return w.rowOn(item, nil, []uint32{other})[0] }

// pageRow returns the weights of a page's row, the largest 1.
func pageRow(p *pack.Pack, page uint32) map[uint32]float64 {
	weights, most := map[uint32]float64{}, 0.0
	row := p.Row(page)
	for row.Next() {
		weights[row.Item] = float64(row.Weight)
		most = math.Max(most, float64(row.Weight))
	}
	for item := range weights {
		weights[item] /= most
	}
	return weights
}

func onePlace(list []uint32, item uint32) float64 { return 1 / float64(1+slices.Index(list, item)) } // item is in it

// ofPage fills in the features of a candidate that tell of the page alone. came is how often visitors came from it, of arrivals.
func (w *witness) ofPage(f []float32, page, item uint32, came, arrivals int, public []uint32) {
	f[walked] = float32(math.Log((float64(came) + 0.2) / (float64(arrivals) + 1)))
	if came > 0 {
		f[walkedEver] = 1
	}
	f[popular] = float32(math.Log(w.walks.share(item)))
	f[inPageRow] = float32(math.Sqrt(w.row[item]))
	onPage := w.rowOn(item, nil, []uint32{page}, public)
	f[rowHasPage], f[rowOnPublic] = float32(math.Sqrt(onPage[0])), float32(onPage[1])
	if slices.Contains(public, item) {
		f[inPublic], f[placePublic] = 1, float32(onePlace(public, item))
	}
}

// foretold is what the code would show after an item, and after visits of one item more before it.
type foretold struct {
	after []uint32
	deep  [][]uint32
}

// ofList fills in the features that tell of the list. would is what the code would show after the candidate.
func (s *scene) ofList(f []float32, item uint32, would *foretold) {
	in, public := slices.Contains(s.list, item), slices.Contains(s.public, item)
	if in {
		f[place] = float32(onePlace(s.list, item))
	}
	if public {
		f[place] -= float32(onePlace(s.public, item))
	}
	switch {
	case in && !public:
		f[shownMore] = 1
	case public && !in:
		f[absent] = 1
	}
	if s.other {
		shares := s.rowOn(item, nil, s.more, s.gone)
		f[rowOnMore], f[rowOnAbsent] = float32(shares[0]), float32(shares[1])
	}
	if len(s.others) > 1 {
		most := 0.0
		for k, share := range s.rowOn(item, nil, s.others...) {
			if !slices.Equal(s.others[k], s.list) {
				most = math.Max(most, share)
			}
		}
		f[rowOnOthers] = float32(most)
	}
	s.compare(f, would)
}

// compare fills in the features that compare the list with what the code would show.
func (s *scene) compare(f []float32, would *foretold) {
	if slices.Equal(would.after, s.list) {
		f[same], f[sameRare] = 1, float32(s.rarity)
		if s.other {
			f[sameOther] = 1
		}
	} else if slices.Equal(would.after, s.public) {
		f[publicOther] = 1
	}
	for _, list := range would.deep {
		if slices.Equal(list, s.list) {
			f[sameDeep] += 1 / float32(len(would.deep))
		}
	}
	f[sameDeepRare] = f[sameDeep] * float32(s.rarity)
	both, at := 0, 0
	for k, shown := range s.list {
		if slices.Contains(would.after, shown) {
			both++
		}
		if k < len(would.after) && would.after[k] == shown {
			at++
		}
	}
	n := float32(max(1, len(s.list)))
	f[alike], f[inOrder] = float32(both)/n, float32(at)/n
}

// compared are the features that compare fills in.
var compared = [...]int{same, sameRare, sameOther, sameDeep, sameDeepRare, publicOther, alike, inOrder}

// ofRest fills in the features of the rest that tell of the list. It compares with the list as candidates of the page do on average, by their weights:
// what holds for all of them tells nothing.
func (s *scene) ofRest(rows []float32, weights []float64) {
	if s.other {
		rows[restOther] = 1
	}
	total := 0.0
	var sums [len(compared)]float64
	for k, weight := range weights {
		total += weight
		for n, feature := range compared {
			sums[n] += weight * float64(rows[(k+1)*allFeatures+feature])
		}
	}
	for n, feature := range compared {
		rows[feature] = float32(sums[n] / math.Max(total, least))
	}
}

// without returns what of a list is not in another.
func without(list, other []uint32) (rest []uint32) {
	for _, item := range list {
		if !slices.Contains(other, item) {
			rest = append(rest, item)
		}
	}
	return rest
}
