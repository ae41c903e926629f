package learn

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/differential-privacy/go/v3/noise"

	"github.com/nabij/nabij/core/pack"
)

const (
	// privateTopics is how many topics of a session count in contexts, those above an item's own included; the last ones.
	privateTopics = 20
	// privateSteps is how many steps of a session count, from a topic and from those above it; the last ones.
	privateSteps = 40
)

// learnTopicsPrivately is countTopical with the noise that Privacy.Topics pays for. Sessions count less the more they have met, and as many are
// said to have gone on from a topic as went on to one that is told.
func (l *Learned) learnTopicsPrivately(ctx context.Context, v *Visits, t *Topics, source noise.Noise) error {
	if l.Params.Privacy.Topics == 0 {
		return nil
	}
	m := newMechanism(&l.Params, source)
	sums, err := sumTopics(ctx, v, t, l.Params)
	if err != nil {
		return err
	}
	l.Priors, l.Topics = m.contexts(sums, t).priors(m.least), m.steps(sums, t)
	return nil
}

// topicStep is from a topic to the one of the next item.
type topicStep struct{ from, to int }

// summed is a sum, and how many sessions it is of; that is never told.
type summed struct {
	sessions int
	sum      float64
}

func (s *summed) add(weight float64) {
	s.sessions++
	s.sum += weight
}

// topicSums are what noise is added to of topics.
type topicSums struct {
	contexts [][pack.ClassCount]summed // by topic
	steps    map[topicStep]*summed
}

// sumTopics sums up what sessions say of topics.
func sumTopics(ctx context.Context, v *Visits, t *Topics, p Params) (*topicSums, error) {
	s := &topicSums{make([][pack.ClassCount]summed, t.Count()), map[topicStep]*summed{}}
	err := t.each(ctx, v, p, func(in Context, topics []int) {
		classes, met := in.classes(), lastTopics(t, topics)
		w := weight(len(classes) * len(met))
		for _, topic := range met {
			for _, class := range classes {
				s.contexts[topic][class].add(w)
			}
		}
		steps := lastSteps(t, topics)
		w = weight(len(steps))
		for _, at := range steps {
			if s.steps[at] == nil {
				s.steps[at] = &summed{}
			}
			s.steps[at].add(w)
		}
	})
	return s, err
}

// lastTopics returns the last distinct topics, and those above them, that count of a session.
func lastTopics(t *Topics, topics []int) (met []int) {
	for _, topic := range slices.Backward(topics) {
		t.up(topic, func(topic int) {
			if len(met) < privateTopics && !slices.Contains(met, topic) {
				met = append(met, topic)
			}
		})
	}
	return met
}

// lastSteps returns the last distinct steps that count of a session.
func lastSteps(t *Topics, topics []int) (steps []topicStep) {
	for n := len(topics) - 1; n > 0; n-- {
		t.up(topics[n-1], func(from int) {
			if at := (topicStep{from, topics[n]}); len(steps) < privateSteps && !slices.Contains(steps, at) {
				steps = append(steps, at)
			}
		})
	}
	return steps
}

// told returns a sum with noise, and whether it may be told: then it is MinSessions or more.
func (m *mechanism) told(k *kind, s *summed, threshold float64) (float64, bool) {
	x := m.noised(k, s.sum)
	if s.sessions >= m.least && x > threshold {
		return max(x, float64(m.least)), true
	}
	return x, false
}

// contexts returns counts with noise. Of a topic of which something may be told in a dimension, all visits in it are there, for shares to be
// estimated from: topics and classes are known to everyone. Of others none are, as they would be noise alone.
func (m *mechanism) contexts(s *topicSums, t *Topics) *contextCounts {
	n, sigma := len(s.contexts), m.sigma(ofContexts)
	c := &contextCounts{
		topics: t, present: n, sessions: make([][pack.ClassCount]float64, n), visits: make([][pack.ClassCount]float64, n),
		told: make([][pack.ClassCount]bool, n), variance: sigma * sigma,
	}
	threshold := m.threshold(ofContexts)
	for topic := range s.contexts {
		visits, told := &c.visits[topic], &c.told[topic]
		for _, d := range dimensions {
			some := false
			for class := d.first; class <= d.last; class++ {
				visits[class], told[class] = m.told(ofContexts, &s.contexts[topic][class], threshold)
				some = some || told[class]
			}
			for class := d.first; class <= d.last; class++ {
				if !some {
					visits[class] = 0
				}
				c.sessions[topic][class] = max(visits[class], 0)
			}
		}
	}
	return c
}

// steps returns the topics that follow others, with noise. As many sessions are said to have gone on from a topic as went on to all of
// these.
func (m *mechanism) steps(s *topicSums, t *Topics) []Topic {
	type following struct {
		to       int
		sessions float64
	}
	next := make([][]following, t.Count())
	threshold := m.threshold(ofSteps)
	for at, of := range s.steps {
		if x, told := m.told(ofSteps, of, threshold); told {
			next[at.from] = append(next[at.from], following{at.to, x})
		}
	}
	var out []Topic
	for from, list := range next {
		slices.SortFunc(list, func(a, b following) int { return cmp.Or(cmp.Compare(b.sessions, a.sessions), cmp.Compare(a.to, b.to)) })
		topic := Topic{Path: t.paths[from]}
		for _, f := range list[:min(len(list), mostNext)] {
			n := NextTopic{t.paths[f.to], int(f.sessions + 0.5)}
			topic.Next = append(topic.Next, n)
			topic.Sessions += n.Sessions
		}
		if len(topic.Next) > 0 {
			out = append(out, topic)
		}
	}
	return out
}
