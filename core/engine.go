package core

import "github.com/nabij/nabij/core/pack"

// Engine computes suggestions from one pack. It is not safe for concurrent use. Sessions are apart from it: one engine
// serves any number, one call at a time. All memory is taken by NewEngine; no other method allocates.
type Engine struct {
	pack pack.Pack

	// Fixed by the pack.
	traits          []trait
	topicPopularity []uint64 // sum over the items of each topic
	untopical       uint64   // the same of the items without one
	keep            uint64   // the share of rows beside the floor, in 2^20ths

	// The context at hand.
	moment   moment
	classOf  []uint32 // scratch: one class's multiplier by topic
	floor    scale
	floorMax uint64 // the most that the floor is for any item
	// Popular items of contexts and slots asked for lately, and which is forgotten next.
	populars    [popularSets]popular
	popularNext uint8

	// The call at hand.
	ask       ask
	prior     mass
	posterior mass
	wishes    []uint32 // by item: which of the visit's wishes it satisfies
	sources   [maxSources]source
	row       row
	hopBest   top
	pool      top
	visit     visit
	tally     tally
	restored  Session
	saved     [MaxSaved]byte
	reply     Reply
	out       [pack.MaxSlotSize]Suggestion
	publicOut [maxFaces * pack.MaxSlotSize]uint32

	// Faces of pages asked for lately, and what choosing them takes.
	faceSets [faceSets]faceSet
	faceNext uint8
	chooser  faceChooser
	chosenZ  top
	faceOut  [maxFaces]Face
	faceList [maxFaces][pack.MaxSlotSize]Suggestion
}

// trait is what ranking reads of an item, side by side.
type trait struct {
	topic      uint16 // the most telling one
	popularity uint16
	kind       pack.Kind // or neverShown
	language   uint8
}

// neverShown is the kind of an item that no slot allows: it is sensitive or sold out. (See suits for pages of sensitive topics.)
const neverShown = pack.KindCount

// NewEngine returns an engine for p.
func NewEngine(p *pack.Pack) *Engine {
	e := new(Engine)
	e.pack = *p
	e.begun()
	return e
}

// Open makes e, a zero Engine, an engine for the pack in data, which it keeps. Of that it looks at nothing that is for
// display alone. When it returns an error, e is as good as zero: another pack can be tried.
func (e *Engine) Open(data []byte) *pack.Error {
	if err := e.pack.OpenRanking(data); err != nil {
		return err
	}
	e.begun()
	return nil
}

// begun takes all the memory that the engine will need.
func (e *Engine) begun() {
	p := &e.pack
	e.topicPopularity = make([]uint64, p.Topics())
	e.classOf = make([]uint32, p.Topics())
	e.moment.multipliers = make([]uint32, p.Topics())
	e.traits = make([]trait, p.Items())
	e.wishes = make([]uint32, p.Items())
	for i := range e.traits {
		item := uint32(i)
		t := trait{p.ItemTopic(item, 0), p.Popularity(item), p.Kind(item), p.Language(item)}
		if p.Sensitive(item) || p.Availability(item) == pack.OutOfStock {
			t.kind = neverShown
		}
		e.traits[i] = t
		if t.topic != pack.NoTopic {
			e.topicPopularity[t.topic] += uint64(t.popularity)
		} else {
			e.untopical += uint64(t.popularity)
		}
	}
	e.keep = (1000 - uint64(e.policy().FloorPermille)) << 20 / 1000
	rows := maxSources + hopWidth + 1 + maxNotes + maxTopicSources
	touched := min(rows*p.LongestRow(), int(p.Items())) + maxEvents + 1 + maxNotes
	e.prior, e.posterior = newMass(touched), newMass(touched)
	e.chooser.init()
}

// policy is a method so that the module, where an engine has a constant address, has no pointer to follow.
func (e *Engine) policy() *pack.Policy { return e.pack.Policy() }

// Pack returns the engine's pack.
func (e *Engine) Pack() *pack.Pack { return &e.pack }

// Reset makes s an empty visit.
func (e *Engine) Reset(s *Session) { *s = Session{} }
