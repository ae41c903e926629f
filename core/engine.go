package core

import "github.com/nabij/nabij/core/pack"

// Engine computes suggestions from one pack. It is not safe for concurrent use. Sessions are apart from it: one engine
// serves any number, one call at a time. All memory is taken by NewEngine; no other method allocates.
type Engine struct {
	pack   *pack.Pack
	policy *pack.Policy

	// Fixed by the pack.
	topicPopularity []uint64 // sum over the items of each topic
	untopical       uint64   // the same of the items without one
	keep            uint64   // the share of rows beside the floor, in 2^20ths

	// The context at hand.
	moment   moment
	classOf  []uint32 // scratch: one class's multiplier by topic
	floor    scale
	floorMax uint64 // the most that the floor is for any item
	populars [popularSets]popular

	// The call at hand.
	ask       ask
	prior     mass
	posterior mass
	sources   [maxSources]source
	hopBest   top
	pool      top
	visit     visit
	tally     tally
	restored  Session
	out       [pack.MaxSlotSize]Suggestion

	// Faces: of pages asked for lately, and what choosing them takes.
	faceSets [faceSets]faceSet
	chooser  faceChooser
	chosenZ  top
	faceOut  [maxFaces]Face
	faceList [maxFaces][pack.MaxSlotSize]Suggestion

	clock uint32 // orders the uses of caches
}

// NewEngine returns an engine for p, which it keeps.
func NewEngine(p *pack.Pack) *Engine {
	e := &Engine{pack: p, policy: p.Policy()}
	e.topicPopularity = make([]uint64, p.Topics())
	e.classOf = make([]uint32, p.Topics())
	e.moment.multipliers = make([]uint32, p.Topics())
	for item := range p.Items() {
		if t := p.ItemTopic(item, 0); t != pack.NoTopic {
			e.topicPopularity[t] += uint64(p.Popularity(item))
		} else {
			e.untopical += uint64(p.Popularity(item))
		}
	}
	e.keep = (1000 - uint64(e.policy.FloorPermille)) << 20 / 1000
	rows := maxSources + hopWidth + 1 + maxPreferences + maxTopicSources
	touched := min(rows*p.LongestRow(), int(p.Items())) + maxEvents + maxDismissed
	e.prior, e.posterior = newMass(touched), newMass(touched)
	e.chooser.init()
	return e
}

// Pack returns the engine's pack.
func (e *Engine) Pack() *pack.Pack { return e.pack }

// Reset makes s an empty visit.
func (e *Engine) Reset(s *Session) { *s = Session{} }
