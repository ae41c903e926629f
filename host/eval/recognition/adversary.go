package recognition

import (
	"context"
	"math"
	"slices"

	"github.com/nabij/nabij/core/pack"
)

// Leak is how much a trained adversary learns from what was shown, beside all that it knows without.
//
// It gives each item that may have been viewed a probability (a conditional logit over candidates, and over the rest by popularity). What it lacks
// is what the truth has under that, in bits: −log2 of its probability. It is trained twice, with what was shown and without, and each time predicts
// sessions that it was not trained on; the difference is what was shown. It is a lower bound: another adversary may learn more.
type Leak struct {
	// Views are how many pages were attacked, or whole visits, of so many sessions.
	Views    int `json:"views"`
	Sessions int `json:"sessions"`
	// Unknown is what the adversary lacks, in bits, without the lists: no list can tell more.
	Unknown float64 `json:"unknown"`
	// Net is by how many bits that is less with them. Below 0 it was misled by them, by chance.
	Net Figure `json:"net"`
	// CertainWithout and Certain are the shares of views in which the adversary gave the truth half of all probability or more, without the lists
	// and with them.
	CertainWithout float64 `json:"certain_without"`
	Certain        float64 `json:"certain"`
}

// folds is how many parts of the sessions predict each other.
const folds = 5

// attack trains an adversary on dossiers and has it predict others.
type attack struct {
	*stage
	dossiers []dossier
	truths   [][]uint32 // of each dossier, the items of which the adversary is after any
	// features are how many a thing has, of which the first unshown ones are known without what was shown.
	unshown, features int
	topics            func(item uint32) uint16 // nil where there are none
}

// guess is what the adversary came to on a view.
type guess struct {
	bits      float64 // that it lacks of the truth
	topicBits float64 // that it lacks of the topic of the truth
	sure      float64 // the probability that it gives the truth, or the likeliest truth of several
}

// guesses returns what the adversary comes to with what was shown, or without.
func (a *attack) guesses(ctx context.Context, shown bool) ([]guess, error) {
	width := a.unshown
	if shown {
		width = a.features
	}
	c := newChoices(width)
	for k := range a.dossiers {
		d := &a.dossiers[k]
		truths := a.truths[k]
		n := a.candidates(d, shown)
		rest := float32(1)
		truth := make([]float32, n+1)
		for _, item := range truths {
			if at := slices.Index(d.items[:n], item); at >= 0 {
				truth[at+1] += 1 / float32(len(truths))
				rest -= 1 / float32(len(truths))
			}
		}
		truth[0] = max(0, rest)
		for at := range n + 1 {
			c.add(d.rows[at*a.features:][:width], truth[at])
		}
		c.end()
	}
	p, err := a.crossValidated(ctx, c)
	if err != nil {
		return nil, err
	}
	all := make([]guess, len(a.dossiers))
	for k := range a.dossiers {
		all[k] = a.judge(k, p[c.starts[k]:c.starts[k+1]], shown)
	}
	return all, nil
}

// candidates returns how many items of a dossier are known with what was shown, or without.
func (a *attack) candidates(d *dossier, shown bool) int {
	if shown {
		return len(d.items)
	}
	return d.base
}

// judge says how good probabilities of the rest and of candidates of dossier k are.
func (a *attack) judge(k int, p []float64, shown bool) (g guess) {
	d := &a.dossiers[k]
	restShare := d.restOfPage
	if shown {
		restShare = d.rest
	}
	items := d.items[:len(p)-1]
	truths := a.truths[k]
	for _, item := range truths {
		chance := 0.0
		if at := slices.Index(items, item); at >= 0 {
			chance = p[at+1]
		} else {
			chance = p[0] * a.walks.share(item) / restShare
		}
		g.bits -= math.Log2(math.Max(chance, 1e-12)) / float64(len(truths))
		g.sure = math.Max(g.sure, chance)
	}
	if a.topics != nil {
		for _, item := range truths {
			chance := a.topicChance(a.topics(item), items, p, restShare)
			g.topicBits -= math.Log2(math.Max(chance, 1e-12)) / float64(len(truths))
		}
	}
	return g
}

// topicChance returns what the probabilities of items make of a topic.
func (a *attack) topicChance(topic uint16, items []uint32, p []float64, restShare float64) float64 {
	chance, share := 0.0, a.walks.topicShare[topic]
	for k, item := range items {
		if a.topics(item) == topic {
			chance += p[k+1]
			share -= a.walks.share(item)
		}
	}
	return chance + p[0]*math.Max(share, 1e-9)/math.Max(restShare, 1e-9)
}

// crossValidated returns what is predicted of each situation's things by what was fitted to those of other sessions.
func (a *attack) crossValidated(ctx context.Context, c *choices) ([]float64, error) {
	var all []int
	var parts [folds][]int
	for k := range c.len() {
		part := int(a.stage.all[a.dossiers[k].view].session) * 2654435761 >> 8 % folds
		parts[part] = append(parts[part], k)
		all = append(all, k)
	}
	out := make([]float64, len(c.truth))
	start := c.fit(all, make([]float64, c.width)) // where fits of nearly all begin: a loss that is convex has one end
	err := a.each(ctx, "training the adversary", folds, func(int) (func(part int) error, error) {
		return func(part int) error {
			var others []int
			for k, some := range parts {
				if k != part {
					others = append(others, some...)
				}
			}
			slices.Sort(others)
			weights := c.fit(others, start)
			var p []float64
			for _, k := range parts[part] {
				p = c.probabilities(k, weights, p)
				copy(out[c.starts[k]:], p)
			}
			return nil
		}, nil
	})
	return out, err
}

// leakOf compares what the adversary comes to with what was shown and without.
func (a *attack) leakOf(with, without []guess, bits func(g *guess) float64) *Leak {
	l := &Leak{Views: len(with)}
	sessions := map[int32]int{}
	var net []sums
	for k := range with {
		session := a.all[a.dossiers[k].view].session
		at, ok := sessions[session]
		if !ok {
			at = len(net)
			sessions[session] = at
			net = append(net, sums{})
		}
		net[at].add(bits(&without[k]) - bits(&with[k]))
		l.Unknown += bits(&without[k]) / float64(len(with))
		if with[k].sure >= 0.5 {
			l.Certain += 1 / float64(len(with))
		}
		if without[k].sure >= 0.5 {
			l.CertainWithout += 1 / float64(len(with))
		}
	}
	l.Sessions = len(net)
	l.Net = figureOf(net)
	return l
}

// topicsOf returns the first topic of items, nil where there are none.
func topicsOf(p *pack.Pack) func(item uint32) uint16 {
	if p.Topics() == 0 {
		return nil
	}
	return func(item uint32) uint16 { return p.ItemTopic(item, 0) }
}
