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
	from []float64         // by topic, how many distinct sessions went on from it
	to   []map[int]float64 // by topic, how many of them to which
}

// countSteps counts the steps of sessions from topic to topic.
func countSteps(v *Visits, t *Topics, p Params) *steps {
	s := &steps{make([]float64, t.Count()), make([]map[int]float64, t.Count())}
	left := make([]int, t.Count()) // 1 + the last session that went on from the topic
	type step struct{ from, to int }
	met := map[step]int{} // 1 + the last session that has made the step
	t.each(v, p, func(k int, topics []int) {
		for n := max(1, len(topics)-sessionTopics); n < len(topics); n++ {
			t.up(topics[n-1], func(from int) {
				if left[from] != k+1 {
					left[from] = k + 1
					s.from[from]++
				}
				if at := (step{from, topics[n]}); met[at] != k+1 {
					met[at] = k + 1
					if s.to[from] == nil {
						s.to[from] = map[int]float64{}
					}
					s.to[from][topics[n]]++
				}
			})
		}
	})
	return s
}

// topics returns the steps that at least a number of sessions have made.
func (s *steps) topics(t *Topics, least int) []Topic {
	var out []Topic
	for from, to := range s.to {
		topic := Topic{Path: t.paths[from], Sessions: int(s.from[from])}
		var next []int
		for n, sessions := range to {
			if int(sessions) >= least {
				next = append(next, n)
			}
		}
		if len(next) == 0 {
			continue
		}
		slices.SortFunc(next, func(a, b int) int { return cmp.Or(cmp.Compare(to[b], to[a]), cmp.Compare(a, b)) })
		for _, n := range next[:min(len(next), mostNext)] {
			topic.Next = append(topic.Next, NextTopic{t.paths[n], int(to[n])})
		}
		out = append(out, topic)
	}
	return out
}
