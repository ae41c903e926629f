package learn

import (
	"context"
	"encoding/binary"
	"maps"
	"math"
	"slices"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/learn/content/words"
)

// topical is what sessions say of topics. The last of these may be of a state alone: nothing is told of them, but it is saved again.
type topical struct {
	topics   *Topics
	contexts *contextCounts
	steps    *steps
}

// countTopical counts what visits say of topics, and adds what a state has counted before. Without topics it is what the state has; nil is
// nothing.
func countTopical(ctx context.Context, v *Visits, t *Topics, p *Params) (*topical, error) {
	var before []topicTally
	if v.before != nil {
		before = v.before.topics
	}
	if t == nil || t.Count() == 0 {
		if len(before) == 0 {
			return nil, nil
		}
		t = &Topics{}
	}
	all, at := t.with(before)
	c := &topical{topics: all, contexts: newContextCounts(all), steps: newSteps(all)}
	for k := range before {
		c.add(&before[k], at, at[k])
	}
	if t.Count() < all.Count() {
		c.contexts.present = t.Count()
		c.steps.told = func(topic int) bool { return topic < t.Count() }
	}
	return c, all.each(ctx, v, *p, func(in Context, topics []int) {
		c.contexts.add(in, topics)
		c.steps.add(topics)
	})
}

// with returns the topics and, behind them, those of a state that they lack; and where among all those of the state are.
func (t *Topics) with(before []topicTally) (all *Topics, at []int) {
	all = &Topics{paths: slices.Clone(t.paths), parent: slices.Clone(t.parent), of: t.of}
	known := map[branch]int{}
	for topic, path := range t.paths {
		known[branch{t.parent[topic], words.FoldName(path[len(path)-1])}] = topic
	}
	for _, b := range before {
		end, _ := all.grow(known, b.path)
		at = append(at, end)
	}
	return all, at
}

// topicTally is what a state has of a topic.
type topicTally struct {
	path             []string
	sessions, visits [pack.ClassCount]uint64
	left             uint64         // how many sessions went on from it
	to               map[int]uint64 // how many of them to which, by their places in the state
}

// add adds what a state has of a topic, which is at a place among all; at is where each of the state's is.
func (c *topical) add(b *topicTally, at []int, topic int) {
	for class := range b.visits {
		c.contexts.sessions[topic][class] += float64(b.sessions[class])
		c.contexts.visits[topic][class] += float64(b.visits[class])
	}
	c.steps.from[topic].sessions += float64(b.left)
	for next, n := range b.to {
		if c.steps.to[topic] == nil {
			c.steps.to[topic] = map[int]crossing{}
		}
		met := c.steps.to[topic][at[next]]
		met.sessions += float64(n)
		c.steps.to[topic][at[next]] = met
	}
}

// save writes the topics of a state.
func (c *topical) save(b *blockWriter) error {
	for topic, path := range c.topics.paths {
		out := binary.AppendUvarint(b.payload, uint64(len(path)))
		for _, name := range path {
			out = append(binary.AppendUvarint(out, uint64(len(name))), name...)
		}
		visits := &c.contexts.visits[topic]
		met := slices.DeleteFunc(allClasses(), func(class int) bool { return visits[class] == 0 })
		out = binary.AppendUvarint(out, uint64(len(met)))
		for _, class := range met {
			out = binary.AppendUvarint(append(out, byte(class)), uint64(c.contexts.sessions[topic][class]))
			out = binary.AppendUvarint(out, uint64(visits[class]))
		}
		out = binary.AppendUvarint(out, uint64(c.steps.from[topic].sessions))
		to := c.steps.to[topic]
		out = binary.AppendUvarint(out, uint64(len(to)))
		for _, next := range slices.Sorted(maps.Keys(to)) {
			out = binary.AppendUvarint(out, uint64(next))
			out = binary.AppendUvarint(out, uint64(to[next].sessions))
		}
		if b.payload = out; len(out) >= fullBlock {
			if err := b.flush(blockTopics); err != nil {
				return err
			}
		}
	}
	if len(b.payload) == 0 {
		return nil
	}
	return b.flush(blockTopics)
}

func allClasses() []int {
	all := make([]int, pack.ClassCount)
	for class := range all {
		all[class] = class
	}
	return all
}

// mostCount is the most that is counted: what a float holds exactly.
const mostCount = 1 << 53

// readTopic reads a topic of a state that has so many of them.
func readTopic(f *fields, topics int) (t topicTally) {
	for range f.uvarint(uint64(len(f.rest))) {
		t.path = append(t.path, string(f.bytes(f.uvarint(math.MaxUint32))))
	}
	if f.bad || len(t.path) == 0 || words.FoldName(t.path[len(t.path)-1]) == "" {
		f.fail()
		return t
	}
	for range f.uvarint(pack.ClassCount) {
		class := f.byte()
		if int(class) >= pack.ClassCount {
			f.fail()
			return t
		}
		t.sessions[class], t.visits[class] = f.uvarint(mostCount), f.uvarint(mostCount)
	}
	t.left = f.uvarint(mostCount)
	t.to = map[int]uint64{}
	for range f.uvarint(uint64(topics)) {
		next := f.uvarint(uint64(topics) - 1)
		if t.to[int(next)] = f.uvarint(mostCount); f.bad {
			return t
		}
	}
	return t
}
