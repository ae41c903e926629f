package learn

import (
	"cmp"
	"slices"
)

// Topic is a topic that was learnt of.
type Topic struct {
	// Path is from the root.
	Path []string
	// Sessions is how many distinct sessions went on from an item of the topic, or of one below it, to another item.
	Sessions int
	// Next are the topics of these items, each as such an item's own, those of most sessions first. The topic itself may be among them.
	Next []NextTopic
}

// NextTopic is a topic that is met right after another.
type NextTopic struct {
	Path []string `json:"topic"`
	// Sessions is how many distinct sessions have met it so.
	Sessions int `json:"sessions"`
}

// mostNext is the most topics that follow one.
const mostNext = 20

// steps are what sessions say of which topics follow which. A session adds to sessionTopics topics that follow, from those right before
// them and those above these.
type steps struct {
	topics *Topics
	from   []crossing           // by topic, the sessions that went on from it
	to     []map[int]crossing   // by topic, those of them that went on to which
	added  int                  // how many sessions were
	told   func(topic int) bool // whether anything may be told of a topic; nil of all
}

// crossing is how many distinct sessions did something.
type crossing struct {
	sessions float64
	last     int // the last of them, counted from 1
}

// by returns the crossing with a session.
func (c crossing) by(session int) crossing {
	if c.last == session {
		return c
	}
	return crossing{c.sessions + 1, session}
}

func newSteps(t *Topics) *steps {
	return &steps{topics: t, from: make([]crossing, t.Count()), to: make([]map[int]crossing, t.Count())}
}

// add adds the steps of a session from topic to topic.
func (s *steps) add(topics []int) {
	s.added++
	for n := max(1, len(topics)-sessionTopics); n < len(topics); n++ {
		s.topics.up(topics[n-1], func(from int) {
			s.from[from] = s.from[from].by(s.added)
			if s.to[from] == nil {
				s.to[from] = map[int]crossing{}
			}
			s.to[from][topics[n]] = s.to[from][topics[n]].by(s.added)
		})
	}
}

// crowds returns the steps that at least a number of sessions have made.
func (s *steps) crowds(least int) []Topic {
	var out []Topic
	for from, to := range s.to {
		if s.told != nil && !s.told(from) {
			continue
		}
		var next []int
		for n, c := range to {
			if int(c.sessions) >= least && (s.told == nil || s.told(n)) {
				next = append(next, n)
			}
		}
		if len(next) == 0 {
			continue
		}
		slices.SortFunc(next, func(a, b int) int { return cmp.Or(cmp.Compare(to[b].sessions, to[a].sessions), cmp.Compare(a, b)) })
		topic := Topic{Path: s.topics.paths[from], Sessions: int(s.from[from].sessions)}
		for _, n := range next[:min(len(next), mostNext)] {
			topic.Next = append(topic.Next, NextTopic{s.topics.paths[n], int(to[n].sessions)})
		}
		out = append(out, topic)
	}
	return out
}
