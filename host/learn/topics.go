package learn

import (
	"context"
	"slices"

	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn/content/words"
)

// Topics are the topics of a shop's items, which what is learnt of topics needs. The zero value has none.
//
// An item has one topic: the deepest of those that its source names, and of those as deep the first, as the engine takes it. It is also of all
// topics above.
type Topics struct {
	paths  [][]string // from the root, each name as it was first met
	parent []int      // by topic; -1 for a root. A parent stands before its children
	of     map[string]int
}

// branch is where a topic grows.
type branch struct {
	parent int
	name   string // folded
}

// NewTopics returns the topics of a catalogue's items, by their ids and aliases. Sensitive items have none: of what they are about nothing is
// learnt.
func NewTopics(items []catalogue.Item) *Topics {
	t := &Topics{of: make(map[string]int, len(items))}
	known, ends := map[branch]int{}, make([]int, len(items)) // of each item, its topic
	for i := range items {
		it := &items[i]
		ends[i] = -1
		if it.Sensitive {
			continue
		}
		at, depth := -1, 0
		for _, path := range it.Topics {
			if end, n := t.grow(known, path); n > depth {
				at, depth = end, n
			}
		}
		if at < 0 {
			continue
		}
		ends[i] = at
		if _, taken := t.of[it.ID]; !taken {
			t.of[it.ID] = at
		}
	}
	ids := make(map[string]bool, len(items))
	for i := range items {
		ids[items[i].ID] = true
	}
	for i, at := range ends {
		for _, id := range items[i].Aliases {
			if _, taken := t.of[id]; !taken && !ids[id] && at >= 0 {
				t.of[id] = at
			}
		}
	}
	return t
}

// grow returns the topic at the end of a path, -1 where the path has no name, and how deep it is.
func (t *Topics) grow(known map[branch]int, path []string) (at, depth int) {
	at = -1
	for _, name := range path {
		b := branch{at, words.FoldName(name)}
		if b.name == "" {
			continue
		}
		next, ok := known[b]
		if !ok {
			next = len(t.paths)
			known[b] = next
			above := []string(nil)
			if at >= 0 {
				above = t.paths[at]
			}
			t.paths = append(t.paths, append(slices.Clone(above), name))
			t.parent = append(t.parent, at)
		}
		at = next
		depth++
	}
	return at, depth
}

// Count returns how many topics there are.
func (t *Topics) Count() int { return len(t.paths) }

// items returns the topics of the items of a log, by their numbers there; -1 for none.
func (t *Topics) items(v *Visits) []int {
	of := make([]int, len(v.Items()))
	for i, id := range v.Items() {
		of[i] = -1
		if at, ok := t.of[id]; ok {
			of[i] = at
		}
	}
	return of
}

// up calls yield with a topic and all above it.
func (t *Topics) up(topic int, yield func(topic int)) {
	for ; topic >= 0; topic = t.parent[topic] {
		yield(topic)
	}
}

// sessionTopics is how many topics of a session count, the last ones: the bound on what one session says of topics.
const sessionTopics = 20

// each calls yield for each session that has met a topic, those that were put aside too, with its context and recent topics. These are
// yield's until it returns.
func (t *Topics) each(ctx context.Context, v *Visits, p Params, yield func(in Context, topics []int)) error {
	of := t.items(v)
	var topics []int
	session := func(items []uint32, _ int64, in Context) error {
		if topics = recent(topics[:0], items, of, p); len(topics) > 0 {
			yield(in, topics)
		}
		return ctx.Err()
	}
	if v.spill != nil {
		if err := v.spill.each(ctx, session); err != nil {
			return err
		}
	}
	for k := range v.Sessions() {
		items, lastS := v.Session(k)
		if err := session(items, lastS, v.Context(k)); err != nil {
			return err
		}
	}
	return nil
}

// recent appends to topics those of a session's last events, in order, of no more than sessionTopics distinct ones. Items without a topic are
// passed over, and an item that comes right after itself. of are the items' topics.
func recent(topics []int, items []uint32, of []int, p Params) []int {
	items = items[max(0, len(items)-p.MaxLength):]
	for n, item := range items {
		if of[item] >= 0 && (n == 0 || items[n-1] != item) {
			topics = append(topics, of[item])
		}
	}
	first, met := len(topics), 0
	for first > 0 {
		if !slices.Contains(topics[first:], topics[first-1]) {
			if met++; met > sessionTopics {
				break
			}
		}
		first--
	}
	return topics[first:]
}

// distinct returns the topics of a session, each once.
func distinct(topics []int) []int {
	out := slices.Clone(topics)
	slices.Sort(out)
	return slices.Compact(out)
}
