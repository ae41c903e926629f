package learn

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/nabij/nabij/core/pack"
)

// learnPrivately is Learn with Privacy: it adds noise to sums over sessions, and makes the rest of what the noise left.
func learnPrivately(ctx context.Context, v *Visits, p Params, opt Options) (*Learned, error) {
	p.LinearShare = 0
	m := newMechanism(&p, opt.noise)
	b := bound(v, p.Privacy.Items)
	w := &worker{ctx: ctx, workers: opt.workers(), progress: opt.Progress, items: len(b.ids), total: len(b.ids)}
	told := make([][]told, w.items)
	threshold := m.threshold(ofPairs)
	err := w.each(func() func(uint32) {
		g := newCounter(b)
		return func(i uint32) { told[i] = m.release(g.count(i), threshold) }
	})
	if err != nil {
		return nil, err
	}
	sessions := m.popularity(b, told)
	rows := make([][]entry, w.items)
	factor := func(i uint32, exponent float64) float64 { return math.Pow(sessions[i], -exponent) }
	t := &p.Together
	for i := range told {
		for _, f := range told[i] {
			i, j, first, second := uint32(i), f.item, (f.met+f.order)/2, (f.met-f.order)/2
			rows[i] = append(rows[i], entry{j, (first + t.Backward*second) * factor(i, t.SourceExponent) * factor(j, t.TargetExponent)})
			rows[j] = append(rows[j], entry{i, (second + t.Backward*first) * factor(j, t.SourceExponent) * factor(i, t.TargetExponent)})
		}
	}
	tallies := make([]tally, w.items)
	neighbours := make([]pack.Row, w.items)
	by := 1 / meanMaximum(rows)
	for i := range rows {
		tallies[i].sessions = int32(math.Round(min(sessions[i], math.MaxInt32)))
		neighbours[i].Neighbours = p.best(sum(rows[i], by, nil, 0))
	}
	l := &Learned{Params: p, Privacy: m.promise(), Items: arranged(b.ids, tallies, neighbours, p.MinSessions)}
	if opt.Topics != nil {
		err = l.learnTopicsPrivately(ctx, v, opt.Topics, opt.noise)
	}
	return l, err
}

// bounded is what of visits counts with Privacy. Items are numbered by their ids, so that nothing that follows from the numbers tells who
// met what first.
type bounded struct {
	ids      []string
	sessions [][]uint32
	of       [][]meeting // of each item, where it was met
}

// bound bounds visits: of each session count the last distinct items, at most so many, in the order in which each was last met.
func bound(v *Visits, most int) *bounded {
	b := &bounded{ids: slices.Sorted(slices.Values(v.ids)), sessions: make([][]uint32, v.Sessions()), of: make([][]meeting, len(v.ids))}
	number := make([]uint32, len(b.ids))
	for n, id := range b.ids {
		number[v.number[id]] = uint32(n)
	}
	for k := range b.sessions {
		items, _ := v.Session(k)
		var last []uint32
		for at := len(items) - 1; at >= 0 && len(last) < most; at-- {
			if n := number[items[at]]; !slices.Contains(last, n) {
				last = append(last, n)
			}
		}
		slices.Reverse(last)
		b.sessions[k] = last
		for at, item := range last {
			b.of[item] = append(b.of[item], meeting{int32(k), int32(at)})
		}
	}
	return b
}

// met returns what the sessions that have an item count for it.
func (b *bounded) met(item uint32) (sum float64) {
	for _, m := range b.of[item] {
		sum += weight(len(b.sessions[m.session]))
	}
	return sum
}

// unordered is what sessions have of a pair of items, the first of which has the smaller number.
type unordered struct {
	item     uint32 // the second
	sessions int    // how many have both; never told
	met      float64
	order    float64 // what of met has the first before the second, less what has it after
}

// counter counts the pairs of one item at a time.
type counter struct {
	*bounded
	place []uint32 // of each item, 1 + its place in found
	found []unordered
}

func newCounter(b *bounded) *counter { return &counter{bounded: b, place: make([]uint32, len(b.ids))} }

// count returns the pairs of which item i is the first, in order of the second. They are the counter's until its next call.
func (c *counter) count(i uint32) []unordered {
	c.found = c.found[:0]
	for _, m := range c.of[i] {
		session, at := c.sessions[m.session], int(m.at)
		w := weight(pairsOf(len(session)))
		for b := max(0, at-reach); b <= min(at+reach, len(session)-1); b++ {
			j := session[b]
			if j <= i {
				continue
			}
			if c.place[j] == 0 {
				c.found = append(c.found, unordered{item: j})
				c.place[j] = uint32(len(c.found))
			}
			f := &c.found[c.place[j]-1]
			f.sessions++
			f.met += w
			if b > at {
				f.order += w
			} else {
				f.order -= w
			}
		}
	}
	for _, f := range c.found {
		c.place[f.item] = 0
	}
	slices.SortFunc(c.found, func(a, b unordered) int { return cmp.Compare(a.item, b.item) })
	return c.found
}

// told is what is told of a pair.
type told struct {
	item       uint32
	met, order float64 // with noise; order is within what met allows
}

// release returns what may be told of pairs.
func (m *mechanism) release(pairs []unordered, threshold float64) (out []told) {
	for _, f := range pairs {
		if f.sessions < m.least {
			continue
		}
		if met := m.noised(ofPairs, f.met); met > threshold {
			out = append(out, told{f.item, met, max(-met, min(m.noised(ofOrder, f.order), met))})
		}
	}
	return out
}

// popularity returns of each item how many sessions met it, with noise and at least MinSessions; 0 for those that may not be told. Those of
// a pair that is told are told themselves.
func (m *mechanism) popularity(b *bounded, pairs [][]told) []float64 {
	known := make([]bool, len(b.ids))
	for i := range pairs {
		for _, f := range pairs[i] {
			known[i], known[f.item] = true, true
		}
	}
	sessions := make([]float64, len(b.ids))
	threshold := m.threshold(ofItems)
	for i, met := range b.of {
		if len(met) < m.least {
			continue
		}
		if sum := m.noised(ofItems, b.met(uint32(i))); known[i] || sum > threshold {
			sessions[i] = max(sum, float64(m.least))
		}
	}
	return sessions
}
