package eval

import (
	"math"
	"slices"

	"github.com/nabij/nabij/core/pack"
)

// topics are those of a pack's items.
type topics struct {
	count int
	own   [][]uint16 // of each item
	all   [][]uint16 // with what they are part of, in rising order
}

// newTopics returns a pack's topics; nil where no item has one.
func newTopics(p *pack.Pack) *topics {
	t := &topics{count: int(p.Topics()), own: make([][]uint16, p.Items()), all: make([][]uint16, p.Items())}
	some := false
	for item := range p.Items() {
		for k := range p.MaxTopicsPerItem() {
			topic := p.ItemTopic(item, k)
			if topic == pack.NoTopic {
				continue
			}
			some = true
			t.own[item] = append(t.own[item], topic)
			for ; topic != pack.NoTopic; topic = p.TopicParent(topic) {
				t.all[item] = append(t.all[item], topic)
			}
		}
		slices.Sort(t.all[item])
		t.all[item] = slices.Compact(t.all[item])
	}
	if !some {
		return nil
	}
	return t
}

// similarity returns which share of all topics of two items both have (Jaccard), and whether both have any.
func (t *topics) similarity(x, y uint32) (float64, bool) {
	a, b := t.all[x], t.all[y]
	if len(a) == 0 || len(b) == 0 {
		return 0, false
	}
	both, union := 0, len(a)+len(b)
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case b[0] < a[0]:
			b = b[1:]
		default:
			both++
			a, b = a[1:], b[1:]
		}
	}
	return float64(both) / float64(union-both), true
}

// Similarity returns a function that tells which share of all topics of two items, with what these are part of, both have, and whether both have
// any. It is nil for a pack without topics.
func Similarity(p *pack.Pack) func(x, y uint32) (share float64, ok bool) {
	t := newTopics(p)
	if t == nil {
		return nil
	}
	return t.similarity
}

// mixture is a distribution over topics.
type mixture struct {
	*topics
	mass  []float64
	total float64
	has   []uint16 // topics with mass, in the order in which they came
}

func newMixture(t *topics) *mixture { return &mixture{topics: t, mass: make([]float64, t.count)} }

func (m *mixture) clear() {
	for _, topic := range m.has {
		m.mass[topic] = 0
	}
	m.has, m.total = m.has[:0], 0
}

// add adds an item, whose topics share its mass of 1. One without a topic has none.
func (m *mixture) add(item uint32) {
	own := m.own[item]
	for _, topic := range own {
		if m.mass[topic] == 0 {
			m.has = append(m.has, topic)
		}
		m.mass[topic] += 1 / float64(len(own))
	}
	if len(own) > 0 {
		m.total++
	}
}

// divergence returns the Kullback-Leibler divergence of another distribution, smoothed, from this one. Neither is empty.
func (m *mixture) divergence(from *mixture) float64 {
	sum := 0.0
	for _, topic := range m.has {
		p, q := m.mass[topic]/m.total, from.mass[topic]/from.total
		sum += p * math.Log(p/((1-smoothing)*q+smoothing*p))
	}
	return math.Max(0, sum)
}
