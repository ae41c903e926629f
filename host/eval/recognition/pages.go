package recognition

import (
	"context"
	"slices"
)

// target is what an adversary is after.
type target int

const (
	// before is the item viewed before the page.
	before target = iota
	// earlier is any item viewed before the page, each as likely.
	earlier
)

// truths returns the items that a target is on a view.
func (s *stage) truths(what target, view int) []uint32 {
	at := &s.all[view]
	if what == before {
		return []uint32{at.before}
	}
	var all []uint32
	for _, past := range s.all[view-int(at.n) : view] {
		if past.page != at.page && !slices.Contains(all, past.page) {
			all = append(all, past.page)
		}
	}
	return all
}

// mostAttacked is how many views of single pages are attacked at most, of sessions that are evenly spread: more make it slower, and intervals little
// narrower.
const mostAttacked = 8_000

// attacked returns the counted views of some sessions, in the order of byPage.
func (s *stage) attacked() []int {
	total := 0
	for k := range s.all {
		if s.all[k].counted {
			total++
		}
	}
	apart := 1 + (total-1)/mostAttacked
	chosen := map[int32]bool{}
	for k := 0; k < len(s.starts)-1; k += apart {
		if at := s.starts[k]; at < s.starts[k+1] {
			chosen[s.all[at].session] = true
		}
	}
	return s.byPage(func(at *view) bool { return at.counted && chosen[at.session] })
}

// Leaks are what one page's list gives away.
type Leaks struct {
	// Before is about the item viewed before the page, Earlier about any item viewed before it, Topic about the topic of the item before, nil
	// where the pack has no topics.
	Before  *Leak `json:"before"`
	Earlier *Leak `json:"earlier"`
	Topic   *Leak `json:"topic,omitempty"`
}

// adversary attacks one setting after another. What it comes to without lists it comes to once.
type adversary struct {
	*stage
	order   []int
	without map[target][]guess
	// withoutVisits is the same of whole visits.
	withoutVisits []guess
}

func (s *stage) adversary() *adversary {
	return &adversary{stage: s, order: s.attacked(), without: map[target][]guess{}}
}

// attack has the adversary find out what lists give away that a simulator can foretell.
func (a *adversary) attack(ctx context.Context, lists *shown, simulators func() (simulator, error)) (*Leaks, error) {
	dossiers, err := a.dossiers(ctx, lists, a.order, simulators)
	if err != nil {
		return nil, err
	}
	var l Leaks
	for _, what := range []target{before, earlier} {
		one := &attack{stage: a.stage, dossiers: dossiers, unshown: pageFeatures, features: allFeatures, topics: topicsOf(a.pack)}
		for k := range dossiers {
			one.truths = append(one.truths, a.truths(what, dossiers[k].view))
		}
		if a.without[what] == nil {
			if a.without[what], err = one.guesses(ctx, false); err != nil {
				return nil, err
			}
		}
		with, err := one.guesses(ctx, true)
		if err != nil {
			return nil, err
		}
		leak := one.leakOf(with, a.without[what], func(g *guess) []float64 { return g.chances })
		if what == earlier {
			l.Earlier = leak
			continue
		}
		l.Before = leak
		if one.topics != nil {
			l.Topic = one.leakOf(with, a.without[what], func(g *guess) []float64 { return g.topics })
		}
	}
	return &l, nil
}
