package recognition

import (
	"math/rand/v2"
	"slices"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/learn"
)

// Shares of the steps of made-up visits. The others go to what is popular.
const (
	toNeighbour = 0.40 // to a neighbour of the page's item, by its weight
	toWanted    = 0.35 // to an item that stands for the topic that the visitor has in mind
	toEarlier   = 0.10 // to a neighbour of an item viewed earlier, the newest the likeliest

	// changesMind is the chance that the visitor has another topic in mind after a step.
	changesMind = 0.1
)

// Generate makes up visits that are plausible in a shop of which no log is there: people who begin at what is popular with that topic in mind, go
// along the pack's own rows, return to the topic and to what they had looked at before, change their mind now and then, and leave after three pages or
// more. What suggestions are worth on them says how well lists fit such people, not real ones. The same seed gives the same visits.
func Generate(p *pack.Pack, sessions int, seed uint64) *learn.Visits {
	g := &generator{pack: p, random: rand.New(rand.NewPCG(seed, p.ID()))}
	sum := 0
	for item := range p.Items() {
		sum += int(p.Popularity(item)) + 1
		g.popular = append(g.popular, sum)
	}
	v := &learn.Visits{}
	for range sessions {
		var path []string
		for _, item := range g.visit() {
			path = append(path, string(p.ItemID(item)))
		}
		v.Add(path, 0)
	}
	return v
}

type generator struct {
	pack    *pack.Pack
	random  *rand.Rand
	popular []int // of each item, its popularity and that of all before
}

const (
	fewestViews = 3
	goesOn      = 0.7 // the chance of one more
	mostViews   = 20
)

func (g *generator) visit() []uint32 {
	path := []uint32{g.anything()}
	wanted := g.pack.ItemTopic(path[0], 0)
	for len(path) < fewestViews || len(path) < mostViews && g.random.Float64() < goesOn {
		path = append(path, g.next(path, wanted))
		if g.random.Float64() < changesMind {
			wanted = g.pack.ItemTopic(g.anything(), 0)
		}
	}
	return path
}

func (g *generator) next(path []uint32, wanted uint16) uint32 {
	last := len(path) - 1
	switch u := g.random.Float64(); {
	case u < toNeighbour:
		return g.of(g.pack.Row(path[last]))
	case u < toNeighbour+toWanted && wanted != pack.NoTopic:
		return g.of(g.pack.TopicRow(wanted))
	case u < toNeighbour+toWanted+toEarlier && last > 0:
		k := last - 1
		for k > 0 && g.random.IntN(2) == 0 {
			k--
		}
		return g.of(g.pack.Row(path[k]))
	}
	return g.anything()
}

// of returns an item of a row, by its weight.
func (g *generator) of(row pack.Neighbours) uint32 {
	var items []uint32
	var sums []int
	sum := 0
	for row.Next() {
		sum += int(row.Weight) + 1
		items, sums = append(items, row.Item), append(sums, sum)
	}
	if len(items) == 0 {
		return g.anything()
	}
	return items[drawn(g.random, sums)]
}

func (g *generator) anything() uint32 { return uint32(drawn(g.random, g.popular)) }

// drawn draws an index, each as likely as its sum is above the one before.
func drawn(random *rand.Rand, sums []int) int {
	k, _ := slices.BinarySearch(sums, random.IntN(sums[len(sums)-1])+1)
	return k
}
