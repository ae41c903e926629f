package core

import "github.com/nabij/nabij/core/pack"

const (
	maxFaces     = 8
	plausibleTop = 24 // items kept of what a plausible visit would be shown
	seedLists    = 25 // plausible visits whose own lists may become faces
	refinements  = 5
	faceSets     = 8 // slots of pages whose faces are remembered
	shareOne     = 1 << 16
)

// viewKey tells apart the views that have faces of their own, in 56 bits: a page, and the slot, size, language and
// context classes.
func (e *Engine) viewKey() uint64 {
	a := &e.ask
	page := a.item
	if page == pack.NoItem {
		page = 1<<24 | uint32(a.topic)
	}
	return uint64(page) | uint64(a.slotIndex)<<25 | uint64(a.size)<<30 | uint64(a.language)<<35 | uint64(e.moment.classes)<<43
}

// faceSet is the public lists of a view: what anyone in this context can be shown there.
type faceSet struct {
	key   uint64 // a viewKey, plus 1<<63 once used
	n     int
	lists [maxFaces]faceList
	share [maxFaces]uint32 // of shareOne: of plausible visits that would pick it
}

// sharePermille returns the share of plausible visits that would pick a face, in thousandths.
func (f *faceSet) sharePermille(g int) uint16 {
	if f.n == 1 {
		return 1000 // its sum is rounded down
	}
	return uint16(f.share[g] * 1000 / shareOne)
}

type faceList struct {
	items [pack.MaxSlotSize]uint32
	n     int
}

func (l *faceList) all() []uint32 { return l.items[:l.n] }

// findFaces finds the lists of the view at hand, in the cache where it was asked for lately. e.prior is made.
func (e *Engine) findFaces() {
	key := e.viewKey() | 1<<63
	for k := range e.faceSets {
		if f := &e.faceSets[k]; f.key == key {
			e.ask.faces = f
			return
		}
	}
	f := &e.faceSets[e.faceNext%faceSets]
	e.faceNext++
	f.key = key
	e.ask.faces = f
	e.chooseFaces(f)
}

// faceChooser is the memory that choosing faces takes: plausible visits, and what each would want to see.
type faceChooser struct {
	local   mass // numbers the items that any plausible visit wants
	visits  [pack.MaxFaceVisits + 1]plausible
	n       int
	seeds   [seedLists]faceList
	nseeds  int
	worth   [seedLists][pack.MaxFaceVisits + 1]uint32 // of a seed for each visit
	faces   [maxFaces][pack.MaxFaceVisits + 1]uint32  // of a face for each visit
	best    [pack.MaxFaceVisits + 1]uint32
	face    [pack.MaxFaceVisits + 1]uint8 // that the visit would pick
	inList  []bool                        // by local number
	wanting []uint64                      // by local number
}

// plausible is a visit that may have come before this page: none, or of one item.
type plausible struct {
	share uint32 // of shareOne
	item  [plausibleTop]uint16
	q     [plausibleTop]uint32
	n     int
}

func (c *faceChooser) init() {
	const items = (pack.MaxFaceVisits + 1) * plausibleTop
	c.local = newMass(items)
	c.inList = make([]bool, items)
	c.wanting = make([]uint64, items)
}

// chooseFaces finds at most the policy's number of lists for the view, so that some list suits each plausible visit,
// from the pack and the context alone. In short: one list for each of the most different plausible visits, then k-means
// with lists for means, then the rare ones dropped. The first list is always the best of the prior.
func (e *Engine) chooseFaces(f *faceSet) {
	c := &e.chooser
	e.ask.visit = nil // the lists are public
	e.rankPrior()
	f.lists[0].n = e.diversify(e.pool.ranked(), f.lists[0].items[:e.ask.size])
	f.n = 1
	f.share = [maxFaces]uint32{shareOne}
	if e.policy().Faces == 1 {
		return
	}
	e.imagine()
	if c.n == 1 {
		return
	}
	e.seedFaces(f)
	for range refinements {
		c.assign(f)
		e.refine(f)
	}
	c.assign(f)
	for f.n > 1 {
		least := 1
		for g := 2; g < f.n; g++ {
			if f.share[g] < f.share[least] {
				least = g
			}
		}
		if f.share[least] > 0 && f.share[least]*1000 >= uint32(e.policy().FaceSharePermille)*shareOne {
			break
		}
		f.n--
		copy(f.lists[least:f.n], f.lists[least+1:f.n+1])
		copy(c.faces[least:f.n], c.faces[least+1:f.n+1])
		c.assign(f)
		e.refine(f)
		c.assign(f)
	}
}

// rankPrior fills the pool with the best of the prior.
func (e *Engine) rankPrior() {
	e.pool.reset(poolSize)
	e.rank(&e.prior, &e.pool, pack.NoItem)
}

// imagine lists the plausible visits: none before this page, or the view of one item that the prior makes likely; and
// what each would want to see.
func (e *Engine) imagine() {
	c := &e.chooser
	c.local.clear()
	c.n = 0
	// Whom the page is likely for, of any kind and language: it is about what was viewed, not what can be shown.
	z := &e.chosenZ
	z.reset(int(e.policy().FaceVisits))
	m := &e.prior
	for k := range m.all() {
		if item := m.parts[k].item; item != e.ask.item && !e.pack.Sensitive(item) {
			z.offer(item, e.mix(m.parts[k].near, item))
		}
	}
	for _, item := range e.ask.popular {
		if item != e.ask.item && m.at(item) < 0 {
			z.offer(item, e.mix(0, item))
		}
	}
	total := uint64(0)
	for _, x := range z.ranked() {
		total += x.score
	}
	e.imagineVisit(pack.NoItem, shareOne/10)
	if total == 0 {
		c.visits[0].share = shareOne
		return
	}
	share := newScale(total, shareOne-shareOne/10)
	for _, x := range z.ranked() {
		e.imagineVisit(x.item, uint32(share.of(x.score)))
	}
}

// imagineVisit adds the visit that viewed one item, or none, before this page: what the posterior says for it.
func (e *Engine) imagineVisit(before uint32, share uint32) {
	c := &e.chooser
	m := &e.prior
	if before != pack.NoItem {
		m = &e.posterior
		n := 0
		lag := 0
		if e.ask.item != pack.NoItem {
			e.sources[0] = source{e.ask.item, uint32(e.policy().Recency[0])}
			n, lag = 1, 1
		}
		if w := e.policy().Recency[lag]; w > 0 {
			e.sources[n] = source{before, uint32(w)}
			n++
		}
		e.gather(m, e.sources[:n])
		e.settle(m, e.ask.topic)
	}
	best := &e.hopBest
	best.reset(plausibleTop)
	e.rank(m, best, before)
	if before != pack.NoItem && e.suits(before, e.ask.slot.Kinds, e.ask.language) {
		best.offer(before, e.probability(&e.prior, before)) // neither pushed nor hidden for having been viewed
	}
	v := &c.visits[c.n]
	c.n++
	v.share, v.n = share, best.n
	for i, b := range best.ranked() {
		c.local.place(b.item)
		v.item[i] = uint16(c.local.at(b.item))
		v.q[i] = uint32(b.score)
	}
}

// seedFaces adds to the first face the plausible visits' own lists, each time the one that raises most what the
// visits get from their best face.
func (e *Engine) seedFaces(f *faceSet) {
	c := &e.chooser
	c.nseeds = min(c.n, seedLists)
	for i := range c.nseeds {
		v := &c.visits[i]
		clear(c.wanting[:c.local.n])
		for k := range v.n {
			c.wanting[v.item[k]] = uint64(v.q[k])
		}
		e.listWanted(&c.seeds[i])
		c.value(&c.seeds[i], &c.worth[i])
	}
	c.value(&f.lists[0], &c.faces[0])
	c.best = c.faces[0]
	for f.n < int(e.policy().Faces) {
		chosen, gain := -1, uint64(0)
		for i := range c.nseeds {
			g := uint64(0)
			for v := range c.n {
				if w := c.worth[i][v]; w > c.best[v] {
					g += uint64(w-c.best[v]) * uint64(c.visits[v].share)
				}
			}
			if g > gain {
				chosen, gain = i, g
			}
		}
		if chosen < 0 {
			return
		}
		f.lists[f.n] = c.seeds[chosen]
		c.faces[f.n] = c.worth[chosen]
		for v := range c.n {
			c.best[v] = max(c.best[v], c.faces[f.n][v])
		}
		f.n++
	}
}

// listWanted makes the list of the items that are wanted most.
func (e *Engine) listWanted(l *faceList) {
	c := &e.chooser
	pool := &e.pool
	pool.reset(poolSize)
	for k, w := range c.wanting[:c.local.n] {
		if w > 0 {
			pool.offer(c.local.parts[k].item, w)
		}
	}
	l.n = e.diversify(pool.ranked(), l.items[:e.ask.size])
}

// value computes what each plausible visit would get from a list: the sum of what it wants of its items.
func (c *faceChooser) value(l *faceList, worth *[pack.MaxFaceVisits + 1]uint32) {
	for _, item := range l.all() {
		if k := c.local.at(item); k >= 0 {
			c.inList[k] = true
		}
	}
	for i := range c.n {
		v := &c.visits[i]
		sum := uint32(0)
		for k := range v.n {
			if c.inList[v.item[k]] {
				sum += v.q[k]
			}
		}
		worth[i] = sum
	}
	for _, item := range l.all() {
		if k := c.local.at(item); k >= 0 {
			c.inList[k] = false
		}
	}
}

// assign gives each plausible visit its best face, ties to the earlier, and sums the faces' shares.
func (c *faceChooser) assign(f *faceSet) {
	f.share = [maxFaces]uint32{}
	for v := range c.n {
		best := 0
		for g := 1; g < f.n; g++ {
			if c.faces[g][v] > c.faces[best][v] {
				best = g
			}
		}
		c.face[v] = uint8(best)
		f.share[best] += c.visits[v].share
	}
}

// refine makes each face but the first the list that its visits want most together.
func (e *Engine) refine(f *faceSet) {
	c := &e.chooser
	for g := 1; g < f.n; g++ {
		if f.share[g] == 0 {
			continue
		}
		clear(c.wanting[:c.local.n])
		for i := range c.n {
			if int(c.face[i]) != g {
				continue
			}
			v := &c.visits[i]
			for k := range v.n {
				c.wanting[v.item[k]] += uint64(v.q[k]) * uint64(v.share)
			}
		}
		e.listWanted(&f.lists[g])
		c.value(&f.lists[g], &c.faces[g])
	}
}

// pickFace returns the face that suits the visit best: the one with the most of what it wants, ties to the earlier.
// e.posterior is made.
func (e *Engine) pickFace(s *Session, f *faceSet) int {
	best, most := 0, uint64(0)
	for g := range f.n {
		sum := uint64(0)
		for _, item := range f.lists[g].all() {
			sum += e.want(s, e.posterior.at(item), item)
		}
		if sum > most {
			best, most = g, sum
		}
	}
	return best
}
