package policy

import (
	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// Signal is a kind of signal, and what it is for.
type Signal struct {
	Signal string `json:"signal"`
	// Declared says that the site's policy counts it: others are dropped as they come.
	Declared bool `json:"declared"`
	// Uses are what it is for: empty when it is not declared, or nothing of a visit counts on the site.
	Uses []Use `json:"uses"`

	kind core.SignalKind
}

// Use is what a signal is for.
type Use string

// What signals are for.
const (
	UseFits Use = "what-fits"     // which items fit the visit
	UseHelp Use = "which-help"    // which kind of help does: to explore, to compare, to decide, or to get help
	UsePace Use = "pace"          // when signals settle, and a visit is no longer new
	UseRest Use = "topic-rests"   // a topic that is shown in vain steps back
	UseHide Use = "not-again"     // the item is not shown any more
	UseWish Use = "declared-wish" // it is what the visitor asks for
)

// usesOf are what the engine does with each kind: core/visit.go, core/posterior.go, core/intent.go and core/session.go.
var usesOf = [core.SignalCount][]Use{
	core.View:         {UseFits, UseHelp, UsePace},
	core.Engaged:      {UseFits, UseHelp},
	core.Scroll:       {UseHelp},
	core.Search:       {UseFits},
	core.Filter:       {UseFits, UseHelp},
	core.BasketAdd:    {UseFits, UseHelp},
	core.BasketRemove: {UseFits, UseHelp},
	core.Purchase:     {UseFits},
	core.Shown:        {UseRest},
	core.Chosen:       {UseFits, UseRest},
	core.Dismissed:    {UseHide},
	core.Preference:   {UseWish},
}

// signalsOf returns all kinds. Where nothing that is done counts, what visitors say is heeded: "not for me", and wishes where there are any.
func signalsOf(p *pack.Policy, counts, wishes bool) []Signal {
	var signals []Signal
	for k := core.View; k < core.SignalCount; k++ {
		s := Signal{Signal: k.String(), Declared: p.Signals>>k&1 == 1, Uses: []Use{}, kind: k}
		if s.Declared && (counts || k == core.Dismissed || k == core.Preference && wishes) {
			for _, use := range usesOf[k] {
				if use != UseRest || p.FatigueShown > 0 {
					s.Uses = append(s.Uses, use)
				}
			}
		}
		signals = append(signals, s)
	}
	return signals
}

// used reports whether a kind is declared and for something.
func (d *Document) used(kind core.SignalKind) bool { return len(d.Signals[kind-core.View].Uses) > 0 }
