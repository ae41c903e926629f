package learn

import "math"

// pair is what sessions say of an item i and an item j that they met together. Of the two, i is the one of the smaller number, or j itself.
type pair struct {
	item     uint32 // j
	sessions int32  // how many distinct ones have both; of i with itself, how many have it more than once
	last     int32  // 1 + the last of these, while they are counted
	// Co-occurrence: j after i, and j before i; of i with itself the first alone.
	after, before float64
	// What SLIST makes of the two: whole sessions, both in what came before, i before and j after, and j before and i after.
	whole, past, next, previous float64
}

// add adds what other sessions say of the same two, with their weights times a factor.
func (p *pair) add(o *pair, factor float64) {
	p.sessions = int32(min(int64(p.sessions)+int64(o.sessions), math.MaxInt32))
	p.after += factor * o.after
	p.before += factor * o.before
	p.whole += factor * o.whole
	p.past += factor * o.past
	p.next += factor * o.next
	p.previous += factor * o.previous
}

// pairs is what the sessions of a log say of the items that were met together, gathered item by item: so it takes memory for the
// events and none for the pairs, and every sum is made in the order of the sessions, whoever makes it.
type pairs struct {
	visits    *Visits
	maxLength int
	weights   []float64 // of each session; nil is 1
	starts    []int     // of each item, and one more, where in meetings those with it begin
	meetings  []meeting

	// Tables of what depends on a session's length, on the distance of two events, or on how many come after both.
	length, reach, fade, ends []float64
}

// meeting is an event of a session.
type meeting struct{ session, at int32 }

func newPairs(v *Visits, p *Params, age *ageing) *pairs {
	s := &pairs{visits: v, maxLength: p.MaxLength, starts: make([]int, len(v.Items())+1)}
	s.tables(p)
	if age.halfLifeS > 0 {
		s.weights = make([]float64, v.Sessions())
		for k := range s.weights {
			_, lastS := v.Session(k)
			s.weights[k] = age.weight(lastS)
		}
	}
	for k := range v.Sessions() {
		for _, item := range s.session(k) {
			s.starts[item]++
		}
	}
	total := 0
	for item, n := range s.starts {
		s.starts[item] = total
		total += n
	}
	s.meetings = make([]meeting, total)
	for k := range v.Sessions() {
		for at, item := range s.session(k) {
			s.meetings[s.starts[item]] = meeting{int32(k), int32(at)}
			s.starts[item]++
		}
	}
	copy(s.starts[1:], s.starts) // each stands where the next begins
	s.starts[0] = 0
	return s
}

// faint is what distance must leave of a weight in the linear model for it to count. Less changes nothing that is told, and would fill states.
const faint = 1e-9

func (s *pairs) tables(p *Params) {
	table := func(f func(k float64) float64) []float64 {
		t := make([]float64, p.MaxLength+1)
		for k := range t {
			t[k] = f(float64(k))
		}
		return t
	}
	s.length = table(func(n float64) float64 { return math.Pow(max(n, 1), -p.Together.LengthExponent) })
	s.reach = table(func(d float64) float64 { return math.Exp(-max(d-1, 0) / p.Together.Reach) })
	s.fade = table(func(d float64) float64 {
		if f := math.Exp(-d / p.Linear.Decay); f >= faint {
			return f
		}
		return 0
	})
	sum := 0.0
	s.ends = table(func(n float64) float64 {
		before := sum
		sum += math.Exp(-2 * n / p.Linear.Decay)
		return before
	})
}

// session returns what counts of a session: its last events.
func (s *pairs) session(k int) []uint32 {
	items, _ := s.visits.Session(k)
	return items[max(0, len(items)-s.maxLength):]
}

func (s *pairs) weight(k int) float64 {
	if s.weights == nil {
		return 1
	}
	return s.weights[k]
}

// events returns how many events have met the item.
func (s *pairs) events(i uint32) int { return s.starts[i+1] - s.starts[i] }

// gatherer gathers the pairs of one item at a time.
type gatherer struct {
	*pairs
	place  []uint32 // of each item, 1 + its place in found
	found  []pair
	sorted int // how many of found are in order
}

func newGatherer(s *pairs) *gatherer {
	return &gatherer{pairs: s, place: make([]uint32, len(s.starts)-1)}
}

// add adds what earlier sessions say of an item, in order, from where gather goes on.
func (g *gatherer) add(found []pair, factor float64) {
	for k := range found {
		g.pair(found[k].item).add(&found[k], factor)
	}
	if g.sorted == 0 {
		g.sorted = len(g.found)
	}
}

// gather returns the pairs of item i with itself and with items of larger numbers, of which the first so many are in order. They are the
// gatherer's until it is asked for anything else.
//
// An event of i at position a and one of j at b are, d = b − a apart, in the past of every event from max(a, b) on but the last: SLIT
// weighs what is so far in the past, or the future, by e^(−distance/Decay). The sums over where the past ends have closed forms.
func (g *gatherer) gather(i uint32) (found []pair, sorted int) {
	again := int32(-1) // the last session that has i more than once
	for _, m := range g.meetings[g.starts[i]:g.starts[i+1]] {
		session, weight := g.session(int(m.session)), g.weight(int(m.session))
		if len(session) < 2 {
			continue
		}
		together := weight * g.length[len(session)]
		for b, j := range session {
			if j < i {
				continue
			}
			p := g.pair(j)
			d := b - int(m.at)
			if p.last != m.session+1 {
				p.last = m.session + 1
				p.whole += weight
				if j != i {
					p.sessions++
				}
			}
			if j == i && d != 0 && again != m.session {
				again = m.session
				p.sessions++
			}
			switch {
			case d > 0:
				p.after += together * g.reach[d]
				p.next += weight * float64(d) * g.fade[d-1]
			case d < 0 && j != i:
				p.before += together * g.reach[-d]
				p.previous += weight * float64(-d) * g.fade[-d-1]
			}
			p.past += weight * g.fade[max(d, -d)] * g.ends[len(session)-1-max(b, int(m.at))]
		}
	}
	for k := range g.found {
		g.place[g.found[k].item] = 0
	}
	found, sorted = g.found, g.sorted
	g.found, g.sorted = g.found[:0], 0
	return found, sorted
}

func (g *gatherer) pair(j uint32) *pair {
	if g.place[j] == 0 {
		g.found = append(g.found, pair{item: j})
		g.place[j] = uint32(len(g.found))
	}
	return &g.found[g.place[j]-1]
}
