package recognition

import (
	"context"
	"math"
	"slices"

	"github.com/nabij/nabij/core/pack"
)

// Leak is how much a trained adversary learns from what was shown, beside all that it knows without.
//
// It gives each item that may have been viewed a probability (a conditional logit over candidates, and over the rest by popularity; as far as that was
// wrong of other sessions, mixed with what it knows without). What it lacks
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

// guess is what probabilities the adversary came to on a view, of each of the truths, and of the topic of each.
type guess struct{ chances, topics []float64 }

// unthinkable is the least that a probability counts for.
const unthinkable = 1e-12

// lacking returns how many bits are lacked of truths that were given these probabilities, as a mean.
func lacking(chances []float64) (bits float64) {
	for _, chance := range chances {
		bits -= math.Log2(math.Max(chance, unthinkable)) / float64(len(chances))
	}
	return bits
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
	for _, item := range a.truths[k] {
		chance := 0.0
		if at := slices.Index(items, item); at >= 0 {
			chance = p[at+1]
		} else {
			chance = p[0] * a.walks.share(item) / restShare
		}
		g.chances = append(g.chances, chance)
		if a.topics != nil {
			g.topics = append(g.topics, a.topicChance(a.topics(item), d, items, p))
		}
	}
	return g
}

// topicChance returns what the probabilities of the rest and of items make of a topic. Of the rest, it has the share that it has of its views.
func (a *attack) topicChance(topic uint16, d *dossier, items []uint32, p []float64) float64 {
	chance, known, knownOfTopic := 0.0, 0.0, 0.0
	count := func(item uint32, probability float64) {
		known += a.walks.share(item)
		if a.topics(item) == topic {
			knownOfTopic += a.walks.share(item)
			chance += probability
		}
	}
	for _, page := range d.pages {
		count(page, 0)
	}
	for k, item := range items {
		count(item, p[k+1])
	}
	if rest := 1 - known; rest > least {
		chance += p[0] * max(0, a.walks.topicShare[topic]-knownOfTopic) / rest
	}
	return min(chance, 1)
}

// crossValidated returns what is predicted of each situation's things by what was fitted to those of other sessions.
func (a *attack) crossValidated(ctx context.Context, c *choices) ([]float64, error) {
	var all []int
	var parts [folds][]int
	for k := range c.len() {
		parts[a.part(k)] = append(parts[a.part(k)], k)
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

// part returns which of the folds a dossier is in: that of its session.
func (a *attack) part(k int) int {
	return int(uint32(a.all[a.dossiers[k].view].session) * 2654435761 >> 16 % folds)
}

// doubts are how little the adversary may trust what it has learnt of lists: so much of the probability stays as it is without them.
var doubts = [...]float64{0, 0.003, 0.01, 0.03, 0.1, 0.3, 1}

// doubted returns what is learnt with lists, mixed with what is known without, in the shares that would have been best for the other parts: an
// adversary that is wrong now and then should not be sure. (Wolpert, "Stacked Generalization", Neural Networks 1992.)
func (a *attack) doubted(with, without []guess, of func(g *guess) []float64) [][]float64 {
	mixed := func(k int, doubt float64) []float64 {
		var chances []float64
		for n, chance := range of(&with[k]) {
			chances = append(chances, (1-doubt)*chance+doubt*of(&without[k])[n])
		}
		return chances
	}
	var lack [folds][len(doubts)]float64
	for k := range with {
		for n, doubt := range doubts {
			lack[a.part(k)][n] += lacking(mixed(k, doubt))
		}
	}
	var best [folds]int
	for part := range best {
		var others [len(doubts)]float64
		for other := range folds {
			for n := range others {
				if other != part {
					others[n] += lack[other][n]
				}
			}
		}
		for n := range others {
			if others[n] < others[best[part]] {
				best[part] = n
			}
		}
	}
	out := make([][]float64, len(with))
	for k := range out {
		out[k] = mixed(k, doubts[best[a.part(k)]])
	}
	return out
}

// leakOf compares what the adversary comes to with what was shown and without.
func (a *attack) leakOf(with, without []guess, of func(g *guess) []float64) *Leak {
	l := &Leak{Views: len(with)}
	sessions := map[int32]int{}
	var net []sums
	for k, chances := range a.doubted(with, without, of) {
		session := a.all[a.dossiers[k].view].session
		at, ok := sessions[session]
		if !ok {
			at = len(net)
			sessions[session] = at
			net = append(net, sums{})
		}
		before := of(&without[k])
		net[at].add(lacking(before) - lacking(chances))
		l.Unknown += lacking(before) / float64(len(with))
		if slices.Max(chances) >= 0.5 {
			l.Certain += 1 / float64(len(with))
		}
		if slices.Max(before) >= 0.5 {
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
