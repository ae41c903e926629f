package learn

import "math"

// release is what of an aggregate may be told: the pairs that enough distinct sessions have. Pairs are added item by item, in order of the
// items; then rows are made of what was kept.
type release struct {
	params *Params
	scale  float64   // turns a sum of weights into one of sessions that ended at the latest time
	lost   []float64 // of each item, what the pairs below the threshold have in the linear model's system
	kept   [][]crowd // in parts, so that none has to grow
	counts []int     // of each item, in how many of kept it is
}

// crowd is a pair that was kept.
type crowd struct {
	i, j           uint32
	after, before  float64 // co-occurrence of j in i's row, and of i in j's
	system         float64
	next, previous float64 // the linear model's target of j in i's row, and of i in j's
}

// keptPart is how many pairs a part of release.kept holds.
const keptPart = 1 << 14

func newRelease(items int, p *Params, scale float64) *release {
	return &release{params: p, scale: scale, lost: make([]float64, items), counts: make([]int, items)}
}

// add adds the pairs of item i with itself and with items of larger numbers, in order of these.
//
// What the linear model's system loses with a pair below the threshold goes to its diagonal: so it stays positive definite, as the
// difference to the whole one is diagonally dominant.
func (r *release) add(i uint32, found []pair) {
	t, l := &r.params.Together, &r.params.Linear
	for k := range found {
		p := &found[k]
		enough := int(p.sessions) >= r.params.MinSessions
		system := r.scale * (l.Alpha*p.whole + (1-l.Alpha)*p.past)
		if !enough && p.item != i {
			r.lost[i] += system
			r.lost[p.item] += system
			continue
		}
		c := crowd{
			i: i, j: p.item, system: system,
			next: r.scale * (l.Alpha*p.whole + (1-l.Alpha)*p.next), previous: r.scale * (l.Alpha*p.whole + (1-l.Alpha)*p.previous),
		}
		switch {
		case p.item != i:
			c.after, c.before = r.scale*(p.after+t.Backward*p.before), r.scale*(p.before+t.Backward*p.after)
			r.counts[p.item]++
		case enough:
			c.after = r.scale * t.Own * p.after
		}
		r.counts[i]++
		if n := len(r.kept); n == 0 || len(r.kept[n-1]) == keptPart {
			r.kept = append(r.kept, make([]crowd, 0, keptPart))
		}
		last := &r.kept[len(r.kept)-1]
		*last = append(*last, c)
	}
}

// rows returns the rows of co-occurrence and the linear model, each in order of item, and forgets what was kept.
func (r *release) rows(tallies []tally) (together [][]entry, linear *linear) {
	p := r.params
	source, target := make([]float64, len(tallies)), make([]float64, len(tallies))
	for i := range tallies {
		views := max(float64(tallies[i].views), 1)
		source[i], target[i] = math.Pow(views, -p.Together.SourceExponent), math.Pow(views, -p.Together.TargetExponent)
	}
	together = emptyRows(r.counts)
	linear = newLinear(len(tallies))
	if p.LinearShare > 0 {
		linear.system, linear.target = emptyRows(r.counts), emptyRows(r.counts)
	}
	set := func(i, j uint32, value, system, next float64) {
		if value > 0 {
			together[i] = append(together[i], entry{j, value * source[i] * target[j]})
		}
		if p.LinearShare > 0 {
			linear.set(i, j, system, next)
		}
	}
	for k, part := range r.kept {
		for _, c := range part {
			set(c.i, c.j, c.after, c.system, c.next)
			if c.j != c.i {
				set(c.j, c.i, c.before, c.system, c.previous)
			}
		}
		r.kept[k] = nil
	}
	for i, lost := range r.lost {
		linear.diagonal[i] += p.Linear.Ridge + lost
	}
	return together, linear
}

// emptyRows returns rows with room for so many entries each, in one piece of memory.
func emptyRows(counts []int) [][]entry {
	total := 0
	for _, n := range counts {
		total += n
	}
	all := make([]entry, total)
	rows := make([][]entry, len(counts))
	for i, n := range counts {
		rows[i], all = all[:0:n], all[n:]
	}
	return rows
}
