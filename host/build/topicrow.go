package build

import (
	"cmp"
	"slices"

	"github.com/nabij/nabij/core/pack"
)

const (
	// topicNeighbours is how many items stand for a topic, for each language that the topic has items in.
	topicNeighbours = 32
	// otherShare is the most of a topic's row that goes to items that are no products, as one part of so many.
	otherShare = 4
	// otherWeight is the weight of the best of them, where the best product has 1.
	otherWeight = 0.7
)

// topicRows returns for each topic the items that stand for it: popular ones of the topic and of all below it, each
// subtopic in proportion to its popularity, some guides and reviews among them. Sensitive topics have none, and what is
// out of stock stands for nothing.
func topicRows(src *pack.Source, f *forest) []pack.Row {
	members := make([][]member, len(f.topics))
	for i, own := range f.items {
		it := &src.Items[i]
		if it.Sensitive || it.Availability == pack.OutOfStock {
			continue
		}
		for k, t := range own {
			// An item that is in two branches of a topic is a member of it once, by the first.
			below := pack.NoTopic
			f.up(t, func(u uint16) {
				if n := len(members[u]); k == 0 || n == 0 || members[u][n-1].item != uint32(i) {
					members[u] = append(members[u], member{uint32(i), below})
				}
				below = u
			})
		}
	}
	rows := make([]pack.Row, len(f.topics))
	for t := range rows {
		rows[t].FromContent = true
		if !f.topics[t].Sensitive {
			rows[t].Neighbours = stand(src, members[t])
		}
	}
	return rows
}

// member is an item of a topic, and the child of the topic that it is in or below: pack.NoTopic when it is the topic's
// own.
type member struct {
	item  uint32
	child uint16
}

// stand chooses the members that stand for a topic; they are in order of popularity.
func stand(src *pack.Source, all []member) []pack.Neighbour {
	var out []pack.Neighbour
	seat(src, all, func(m member) uint32 { return m.item }, func(products, others []member, forProducts, forOthers int) {
		out = append(out, apportion(src, products, forProducts, 1)...)
		out = append(out, apportion(src, others, forOthers, otherWeight)...)
	})
	heaviestFirst(out)
	return out
}

// seat calls yield for each language with those of all that are products in it, and with the others, each in their order, and how many of the
// two may stand for a topic.
func seat[T any](src *pack.Source, all []T, item func(T) uint32, yield func(products, others []T, forProducts, forOthers int)) {
	// Languages in the order of their first item; 0, which suits all, is one of its own.
	var languages []uint8
	for _, m := range all {
		if l := src.Items[item(m)].Language; !slices.Contains(languages, l) {
			languages = append(languages, l)
		}
	}
	each := max(1, min(topicNeighbours, pack.MaxNeighbours/max(1, len(languages))))
	for _, l := range languages[:min(len(languages), pack.MaxNeighbours)] {
		var products, others []T
		for _, m := range all {
			switch it := &src.Items[item(m)]; {
			case it.Language != l:
			case it.Kind == pack.KindProduct:
				products = append(products, m)
			default:
				others = append(others, m)
			}
		}
		n := min(len(others), max(each/otherShare, each-len(products)))
		yield(products, others, each-n, n)
	}
}

// heaviestFirst orders a row by weight, ties by item.
func heaviestFirst(row []pack.Neighbour) {
	slices.SortFunc(row, func(a, b pack.Neighbour) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Item, b.Item))
	})
}

// apportion chooses n of the members. The next one is always the most popular of the child whose claim is largest: the
// popularity of its best member that is left, divided by claimDivisor of those it has. Its weight is that claim relative
// to the first one's, times best. So a row has something of each child early, and a child of nothing but weak items does
// not push aside a strong one's second.
//
// Dividing by a function of the seats held is the method of highest averages: D'Hondt, "Système pratique et raisonné de
// représentation proportionnelle" (1882), here with each seat's own votes in place of the party's.
func apportion(src *pack.Source, all []member, n int, best float64) []pack.Neighbour {
	type child struct {
		topic uint16
		left  []member
		held  int
	}
	var children []child
	at := map[uint16]int{}
	for _, m := range all {
		k, ok := at[m.child]
		if !ok {
			k = len(children)
			at[m.child] = k
			children = append(children, child{topic: m.child})
		}
		if len(children[k].left) < n {
			children[k].left = append(children[k].left, m)
		}
	}
	n = min(n, len(all))
	out := make([]pack.Neighbour, 0, n)
	first := 0.0
	for len(out) < n {
		next, nextClaim := -1, 0.0
		for k := range children {
			c := &children[k]
			if len(c.left) == 0 {
				continue
			}
			claim := float64(src.Items[c.left[0].item].Popularity) / claimDivisor(c.held)
			if claim > nextClaim || claim == nextClaim && next >= 0 && c.left[0].item < children[next].left[0].item {
				next, nextClaim = k, claim
			}
		}
		if next < 0 {
			break
		}
		c := &children[next]
		if len(out) == 0 {
			first = nextClaim
		}
		out = append(out, pack.Neighbour{Item: c.left[0].item, Weight: best * nextClaim / first})
		c.left = c.left[1:]
		c.held++
	}
	return out
}

// claimDivisor grows slowly, so that weights do not fall off a cliff: the eighth item of a child claims half.
func claimDivisor(held int) float64 { return 1 + float64(held)/7 }
