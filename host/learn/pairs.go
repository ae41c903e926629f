package learn

import (
	"math"
	"slices"
)

// pairs is what the sessions of a log say of the items that were met together with one item, gathered item by item: so it takes
// memory for the items and none for the pairs, and every sum is made in the order of the sessions, whoever makes it.
type pairs struct {
	params   Params
	sessions [][]uint32  // shortened to MaxLength
	ages     []float64   // the weight of each
	of       [][]meeting // of each item, where it was met
	views    []float64   // of each item, how often it was met

	// Tables of what depends on the distance of two events, or on how many come after both.
	forward, fade, after []float64
}

// meeting is an event of a session.
type meeting struct{ session, at int32 }

func newPairs(v *Visits, p Params) *pairs {
	s := &pairs{
		params: p, sessions: make([][]uint32, v.Sessions()), ages: make([]float64, v.Sessions()),
		of: make([][]meeting, len(v.Items())), views: make([]float64, len(v.Items())),
		forward: make([]float64, p.MaxLength), fade: make([]float64, p.MaxLength), after: make([]float64, p.MaxLength),
	}
	sum := 0.0
	for d := range p.MaxLength {
		s.forward[d] = math.Exp(-math.Max(float64(d-1), 0) / p.Together.Reach)
		s.fade[d] = math.Exp(-float64(d) / p.Linear.Decay)
		s.after[d] = sum
		sum += math.Exp(-2 * float64(d) / p.Linear.Decay)
	}
	latest := v.Latest()
	for k := range s.sessions {
		items, lastS := v.Session(k)
		items = items[max(0, len(items)-p.MaxLength):]
		s.sessions[k], s.ages[k] = items, 1
		if p.HalfLifeDays > 0 {
			s.ages[k] = math.Exp2(-float64(latest-lastS) / 86_400 / p.HalfLifeDays)
		}
		for _, item := range items {
			s.views[item]++
		}
	}
	for item, n := range s.views {
		s.of[item] = make([]meeting, 0, int(n))
	}
	for k, items := range s.sessions {
		for at, item := range items {
			s.of[item] = append(s.of[item], meeting{int32(k), int32(at)})
		}
	}
	return s
}

// pair is what the sessions say of an item j met together with an item i.
type pair struct {
	item     uint32 // j
	sessions int32  // how many distinct ones have both; of i with itself, how many have it more than once
	last     int32  // 1 + the last of these
	together float64
	// What SLIST makes of the two: whole sessions, i and j in what came before, i before and j after.
	whole, before, next float64
}

// gatherer gathers the pairs of one item at a time.
type gatherer struct {
	*pairs
	place []uint32 // of each item, 1 + its place in found
	found []pair
	lost  float64 // what the pairs below the threshold have in the linear model's system
}

func newGatherer(s *pairs) *gatherer { return &gatherer{pairs: s, place: make([]uint32, len(s.of))} }

// gather returns the pairs of item i that enough sessions have, and i with itself, in order of item. They are the gatherer's until its
// next call.
//
// An event of i at position a and one of j at b are, d = b − a apart, in the past of every event from max(a, b) on but the last: SLIT
// weighs what is so far in the past, or the future, by e^(−distance/Decay). The sums over where the past ends have closed forms.
func (g *gatherer) gather(i uint32) []pair {
	g.found = g.found[:0]
	t, alpha := &g.params.Together, g.params.Linear.Alpha
	again := int32(-1) // the last session that has i more than once
	for _, m := range g.of[i] {
		session, age := g.sessions[m.session], g.ages[m.session]
		if len(session) < 2 {
			continue
		}
		together := age * math.Pow(float64(len(session)), -t.LengthExponent)
		for b, j := range session {
			p := g.pair(j)
			d := b - int(m.at)
			if p.last != m.session+1 {
				p.last = m.session + 1
				p.whole += age
				if j != i {
					p.sessions++
				}
			}
			if j == i && d != 0 && again != m.session {
				again = m.session
				p.sessions++
			}
			switch {
			case d > 0 && j == i:
				p.together += together * t.Own * g.forward[d]
			case d > 0:
				p.together += together * g.forward[d]
			case d < 0 && j != i:
				p.together += together * t.Backward * g.forward[-d]
			}
			if alpha == 1 {
				continue
			}
			if d > 0 {
				p.next += age * float64(d) * g.fade[d-1]
			}
			ends := len(session) - 1 - max(b, int(m.at))
			p.before += age * g.fade[max(d, -d)] * g.after[ends]
		}
	}
	for _, p := range g.found {
		g.place[p.item] = 0
	}
	least := int32(g.params.MinSessions)
	g.lost = 0
	g.found = slices.DeleteFunc(g.found, func(p pair) bool {
		if p.sessions >= least || p.item == i {
			return false
		}
		g.lost += g.params.Linear.system(&p)
		return true
	})
	slices.SortFunc(g.found, func(a, b pair) int { return int(a.item) - int(b.item) })
	for k := range g.found {
		p := &g.found[k]
		p.together *= math.Pow(g.views[i], -t.SourceExponent) * math.Pow(g.views[p.item], -t.TargetExponent)
	}
	return g.found
}

func (g *gatherer) pair(j uint32) *pair {
	if g.place[j] == 0 {
		g.found = append(g.found, pair{item: j})
		g.place[j] = uint32(len(g.found))
	}
	return &g.found[g.place[j]-1]
}
