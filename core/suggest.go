package core

import "github.com/nabij/nabij/core/pack"

// poolSize is from how many candidates a list is made.
const poolSize = 24

// What Suggest and Faces refuse.
var (
	errRequestTime  = &Error{BadRequest, "request.now_ms: over 2^53-1"}
	errRequestSlot  = &Error{BadRequest, "request.slot: not a slot of the pack"}
	errRequestSize  = &Error{BadRequest, "request.size: over 20"}
	errRequestLayer = &Error{BadRequest, "request.layer: not 1, 2 or 3"}
	errRequestItem  = &Error{BadRequest, "request.item: not an item of the pack"}
	errRequestTopic = &Error{BadRequest, "request.topic: not a topic of the pack"}
)

// page is what a page is about.
type page struct {
	item  uint32
	topic uint16
	// sensitive pages have public lists of what is of their own topic, where that is sensitive; else they are about nothing.
	sensitive bool
	language  uint8
}

// ask is the call at hand.
type ask struct {
	page
	slot      pack.Slot
	slotIndex uint8
	size      uint8
	layer     uint8 // the highest that may work, whatever the visit: 1 on sensitive pages
	popular   []uint32
	faces     *faceSet // when asked for
	intent    Intent
	// visit is set while a list is made for it alone, and nil for public lists.
	visit *Session
}

// begin checks a request and makes its context and page current.
func (e *Engine) begin(req *Request) *Error {
	switch {
	case req.NowMs > MaxTimeMs:
		return errRequestTime
	case req.Slot >= e.pack.Slots():
		return errRequestSlot
	case req.Size > pack.MaxSlotSize:
		return errRequestSize
	case req.Layer < 1 || req.Layer > 3:
		return errRequestLayer
	case req.Item != pack.NoItem && req.Item >= e.pack.Items():
		return errRequestItem
	case req.Topic != pack.NoTopic && req.Topic >= e.pack.Topics():
		return errRequestTopic
	}
	if err := e.enter(&req.Context); err != nil {
		return err
	}
	a := &e.ask
	a.page = page{item: req.Item, topic: req.Topic, language: req.Context.Language}
	if req.Item != pack.NoItem {
		a.topic = e.traits[req.Item].topic
		if a.language == 0 {
			a.language = e.traits[req.Item].language
		}
	}
	if e.sensitive(a.item, a.topic) {
		a.sensitive = true
		if !e.sensitive(pack.NoItem, a.topic) {
			a.item, a.topic = pack.NoItem, pack.NoTopic
		}
	}
	a.slotIndex, a.slot = req.Slot, e.pack.Slot(req.Slot)
	a.size, a.layer = req.Size, min(req.Layer, e.policy().MaxLayer, a.slot.Layer)
	if a.size == 0 {
		a.size = a.slot.Size
	}
	if a.sensitive {
		a.layer = 1
	}
	a.visit = nil
	a.popular = e.popularFor(a.slot.Kinds, a.language)
	e.makePrior()
	return nil
}

// Suggest fills a slot. At layer 2 it may spend bits of the visit's budget and remember the face: s changes. The reply is
// the engine's, valid until its next call; it is nil when the request is refused.
func (e *Engine) Suggest(s *Session, req *Request) (*Reply, *Error) {
	if err := e.begin(req); err != nil {
		return nil, err
	}
	now := max(req.NowMs, s.lastMs)
	reply := &e.reply
	*reply = Reply{Layer: e.layerFor(s), Faces: 1}
	var list [pack.MaxSlotSize]uint32
	n := 0
	asked := e.declared(s)
	if asked != nil {
		s, reply.Layer = asked, 2
	} else if reply.Layer == 2 {
		e.findFaces()
	}
	if req.Public {
		e.findFaces()
		reply.Public = e.public()
	}
	switch {
	case reply.Layer == 3 || asked != nil:
		e.makePosterior(s, now)
		e.ask.visit = s
		e.rankPosterior(s)
		n = e.diversify(e.pool.ranked(), list[:e.ask.size])
	case reply.Layer == 2:
		n = e.showFace(s, now, list[:])
	default:
		reply.SharePermille = 1000
		e.rankPrior()
		n = e.diversify(e.pool.ranked(), list[:e.ask.size])
	}
	if req.Explain && reply.Layer < 3 && asked == nil {
		e.makePosterior(s, now)
	}
	for _, item := range list[:n] {
		if reply.Layer == 3 || s.note(dismissed, uint64(item)) == nil {
			reply.Suggestions = e.out[:len(reply.Suggestions)+1]
			e.describe(&e.out[len(reply.Suggestions)-1], s, item, reply.Layer, req.Explain)
		}
	}
	reply.BitsSpent, reply.BitsLeft = s.bitsSpent, e.bitsLeft(s)
	return reply, nil
}

// public returns the items of all lists that the view at hand can show at layers 1 and 2.
func (e *Engine) public() []uint32 {
	n := 0
	for g := range e.publicLists() {
		n += copy(e.publicOut[n:], e.ask.faces.lists[g].all())
	}
	return e.publicOut[:n]
}

// publicLists returns how many of the view's lists can be shown at the layer asked for, and layer 2 at most.
func (e *Engine) publicLists() int {
	if e.ask.layer == 1 {
		return 1
	}
	return e.ask.faces.n
}

// showFace copies to list the face of the view that suits the visit, pays for it and remembers it. Without budget, it is
// the face that tells nothing.
func (e *Engine) showFace(s *Session, now uint64, list []uint32) int {
	f := e.ask.faces
	e.reply.Faces = uint8(f.n)
	g := 0
	if f.n > 1 {
		key := e.viewKey()
		if shown := s.note(picked, key); shown != nil {
			g = min(int(*shown>>56), f.n-1)
		} else if e.charge(s, f.n) {
			e.makePosterior(s, now)
			g = e.pickFace(s, f)
			s.setNote(picked, key|uint64(g)<<56)
		}
	}
	e.reply.Face, e.reply.SharePermille = uint8(g), f.sharePermille(g)
	return copy(list, f.lists[g].all())
}

// rankPosterior fills the pool with the best of what the visit wants.
func (e *Engine) rankPosterior(s *Session) {
	pool, m := &e.pool, &e.posterior
	pool.reset(poolSize)
	wishes := s.notes[preferred].n > 0
	if wishes {
		e.wish(s)
	}
	plain := !e.ask.slot.Repeats && !wishes
	for k := range m.all() {
		p := &m.parts[k]
		// Nothing else raises an item.
		if plain && p.marks == 0 && maxWish*(p.near*e.keep>>20+e.floorMax) < pool.least {
			continue
		}
		e.offer(s, k, p.item)
	}
	for _, item := range e.ask.popular {
		if m.at(item) < 0 {
			e.offer(s, -1, item)
		}
	}
	if wishes {
		for item, mask := range e.wishes {
			if item := uint32(item); mask != 0 && m.at(item) < 0 && !contains(e.ask.popular, item) {
				e.offer(s, -1, item)
			}
		}
	}
}

// offer offers the pool an item that may stand in the list; k is its place in the posterior, or -1.
func (e *Engine) offer(s *Session, k int, item uint32) {
	if item == e.ask.item || !e.suits(item, e.ask.slot.Kinds, e.ask.language) {
		return
	}
	score := e.want(s, k, item)
	if e.ask.slot.Repeats {
		score += e.repeat(k)
	}
	if score == 0 {
		return
	}
	if s.notes[preferred].n > 0 {
		score = e.raised(s, item, score)
	}
	e.pool.offer(item, score)
}

// barred reports whether an item may not join the list at hand.
func (e *Engine) barred(item uint32) bool {
	return item == e.ask.item || e.ask.visit != nil && e.want(e.ask.visit, e.posterior.at(item), item) == 0
}

// describe fills out with what there is to say of an item that is suggested.
func (e *Engine) describe(out *Suggestion, s *Session, item uint32, layer uint8, explain bool) {
	prior := e.probability(&e.prior, item)
	score := prior
	if layer == 3 || explain {
		k := e.posterior.at(item)
		score = e.want(s, k, item)
		if layer == 3 && e.ask.slot.Repeats {
			score += e.repeat(k)
		}
	}
	out.Item, out.Lift = item, 0
	out.Score = uint32(min(score*1_000_000>>30, 1_000_000))
	if explain {
		out.Lift = uint32(min(score*1000/max(prior, 1), 1<<32-1))
	}
	e.reason(&out.Reason, item)
}

// Faces returns the lists that the slot of the page can show at the request's layer: one at layer 1, at most the
// policy's Faces at layer 2, none at layer 3, whose lists are not bounded. It depends on no visit. The slices are the
// engine's, valid until its next call.
func (e *Engine) Faces(req *Request) ([]Face, *Error) {
	if err := e.begin(req); err != nil {
		return nil, err
	}
	layer := e.ask.layer
	if layer == 3 {
		return nil, nil
	}
	e.findFaces()
	f := e.ask.faces
	n := e.publicLists()
	for g := range n {
		items := f.lists[g].all()
		for k, item := range items {
			e.describe(&e.faceList[g][k], nil, item, layer, false)
		}
		share := uint16(1000)
		if n > 1 {
			share = f.sharePermille(g)
		}
		e.faceOut[g] = Face{share, e.faceList[g][:len(items)]}
	}
	return e.faceOut[:n], nil
}
