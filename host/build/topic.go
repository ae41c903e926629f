package build

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn/content/words"
)

// forest is the topics of a catalogue, a parent before its children, and those of each item.
type forest struct {
	topics []pack.Topic
	depth  []int // by topic; 0 for a root
	// items holds the topics of each item, the deepest first; none is an ancestor of another.
	items [][]uint16
	// children maps a parent and a folded name to a topic.
	children map[branch]uint16
}

type branch struct {
	parent uint16 // pack.NoTopic for a root
	name   string // folded
}

// node is a topic while the forest grows: there may be more of them than a pack holds.
type node struct {
	name      string
	folded    string
	parent    int // -1 for a root
	depth     int
	children  int
	items     int // how many items name the topic itself
	sensitive bool
	into      int // where it was folded into; itself when it stands
}

// plant grows the forest from the items' paths, and lets m mark what of it is sensitive. A topic's name is spelled as it was first met.
func plant(items []catalogue.Item, m *marker, report *Report) *forest {
	type key struct {
		parent int
		name   string
	}
	var nodes []node
	known := map[key]int{}
	leaves := make([][]int, len(items)) // by item: the last topic of each path
	for i := range items {
		for _, path := range items[i].Topics {
			at := -1
			for _, name := range path {
				name = cut(strings.ToValidUTF8(strings.Join(strings.Fields(name), " "), "\ufffd"), pack.MaxString)
				folded := words.FoldName(name)
				if folded == "" {
					continue
				}
				k := key{at, folded}
				t, ok := known[k]
				if !ok {
					t = len(nodes)
					known[k] = t
					depth := 0
					if at >= 0 {
						depth = nodes[at].depth + 1
						nodes[at].children++
					}
					nodes = append(nodes, node{name: name, folded: folded, parent: at, depth: depth, into: t})
				}
				at = t
			}
			if at >= 0 && !slices.Contains(leaves[i], at) {
				leaves[i] = append(leaves[i], at)
				nodes[at].items++
			}
		}
	}

	m.markForest(nodes, leaves, items, func(path []string) (int, bool) {
		at, ok := -1, true
		for _, name := range path {
			if at, ok = known[key{at, words.FoldName(name)}]; !ok {
				break
			}
		}
		return at, ok
	}, report)

	report.FoldedTopics = foldRarest(nodes, pack.MaxTopics)
	return settle(nodes, leaves)
}

// foldRarest folds leaves into their parents, those of fewest items first, until at most most topics stand. A root
// without children is given up when there is nothing else left. It returns how many went.
func foldRarest(nodes []node, most int) int {
	left := len(nodes)
	for left > most {
		var leaves []int
		for t := range nodes {
			if nodes[t].into == t && nodes[t].children == 0 {
				leaves = append(leaves, t)
			}
		}
		// Roots go last, for they have nothing to fold into; of leaves as rare as each other the deepest go first.
		slices.SortStableFunc(leaves, func(a, b int) int {
			x, y := &nodes[a], &nodes[b]
			if (x.parent < 0) != (y.parent < 0) {
				if x.parent < 0 {
					return 1
				}
				return -1
			}
			return cmp.Or(cmp.Compare(x.items, y.items), cmp.Compare(y.depth, x.depth), cmp.Compare(b, a))
		})
		// Half at a time, since their parents become leaves that may be rarer than those that remain.
		n := min(left-most, max(1, len(leaves)/2))
		for _, t := range leaves[:n] {
			p := nodes[t].parent
			nodes[t].into = p
			if p >= 0 {
				nodes[p].children--
				nodes[p].items += nodes[t].items
			}
		}
		left -= n
	}
	return len(nodes) - left
}

// settle gives the topics that stand their final numbers.
func settle(nodes []node, leaves [][]int) *forest {
	f := &forest{items: make([][]uint16, len(leaves)), children: map[branch]uint16{}}
	final := make([]uint16, len(nodes))
	for t := range nodes {
		n := &nodes[t]
		if n.into != t {
			continue
		}
		parent := pack.NoTopic
		if n.parent >= 0 {
			parent = final[n.parent]
		}
		final[t] = uint16(len(f.topics))
		f.children[branch{parent, n.folded}] = final[t]
		f.topics = append(f.topics, pack.Topic{Name: n.name, Parent: parent, Sensitive: n.sensitive})
		f.depth = append(f.depth, n.depth)
	}
	for i, own := range leaves {
		var list []uint16
		for _, t := range own {
			for t >= 0 && nodes[t].into != t {
				t = nodes[t].into
			}
			if t >= 0 && !slices.Contains(list, final[t]) {
				list = append(list, final[t])
			}
		}
		f.items[i] = f.telling(list)
	}
	return f
}

// telling drops the ancestors of others, puts the deepest first, and keeps as many as an item may have.
func (f *forest) telling(list []uint16) []uint16 {
	out := slices.DeleteFunc(slices.Clone(list), func(t uint16) bool {
		return slices.ContainsFunc(list, func(u uint16) bool { return u != t && f.within(u, t) })
	})
	slices.SortStableFunc(out, func(a, b uint16) int { return f.depth[b] - f.depth[a] })
	return out[:min(len(out), pack.MaxItemTopics)]
}

// within reports whether t is ancestor or below it.
func (f *forest) within(t, ancestor uint16) bool {
	for t != pack.NoTopic && t > ancestor { // parents have smaller numbers
		t = f.topics[t].Parent
	}
	return t == ancestor
}

// up calls each with the topic and all above it.
func (f *forest) up(t uint16, each func(uint16)) {
	for ; t != pack.NoTopic; t = f.topics[t].Parent {
		each(t)
	}
}

// find returns the topic of a path from the root.
func (f *forest) find(path []string) (uint16, bool) {
	at, ok := pack.NoTopic, len(path) > 0
	for _, name := range path {
		if at, ok = f.children[branch{at, words.FoldName(name)}]; !ok {
			return 0, false
		}
	}
	return at, ok
}

// reorder puts the items in the order given.
func (f *forest) reorder(order []int) {
	items := make([][]uint16, len(order))
	for k, i := range order {
		items[k] = f.items[i]
	}
	f.items = items
}

func pathOf(nodes []node, t int) string {
	var names []string
	for ; t >= 0; t = nodes[t].parent {
		names = append(names, nodes[t].name)
	}
	slices.Reverse(names)
	return joinPath(names)
}

func joinPath(path []string) string { return strings.Join(path, " "+TopicSeparator+" ") }

func field(name string, k int) string { return name + "[" + strconv.Itoa(k) + "]" }

func itoa(n int) string { return strconv.Itoa(n) }
