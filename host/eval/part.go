package eval

import (
	"fmt"
	"math"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/learn"
)

// Part are the figures of some of the predictions, in lists of Options.Size.
type Part struct {
	// Name says which predictions, in words that follow what they are parted by.
	Name        string  `json:"name"`
	Predictions int     `json:"predictions"`
	HitRate     float64 `json:"hit_rate"`
	MRR         float64 `json:"mrr"`
	NDCG        float64 `json:"ndcg"`
}

// parting says how predictions are parted.
type parting struct {
	names []string
	of    func(p prediction) int // the index of a name
}

// parts returns the figures of those parts that have predictions.
func (e *evaluation) parts(by parting) (parts []Part) {
	tallies := make([]tally, len(by.names))
	e.predictions(func(p prediction) { tallies[by.of(p)][p.outcome]++ })
	for k := range tallies {
		if n := tallies[k].predictions(); n > 0 {
			at := tallies[k].at()[len(Cutoffs)-1]
			parts = append(parts, Part{by.names[k], n, at.hitRate, at.mrr, at.ndcg})
		}
	}
	return parts
}

// bands are where ranges of whole numbers begin, each of which ends where the next begins.
type bands []int

// find returns the index of the range that n is in.
func (b bands) find(n int) int {
	k := 0
	for k+1 < len(b) && n >= b[k+1] {
		k++
	}
	return k
}

// names returns words for the ranges.
func (b bands) names() []string {
	names := make([]string, len(b))
	for k, least := range b {
		switch {
		case k+1 == len(b):
			names[k] = fmt.Sprint(least, " or more")
		case b[k+1] == least+1:
			names[k] = fmt.Sprint(least)
		default:
			names[k] = fmt.Sprint(least, " to ", b[k+1]-1)
		}
	}
	return names
}

// Where the bands begin: events of the prefix, sessions of the item, days that it is old.
var (
	lengthBands  = bands{1, 2, 3, 5, 10}
	supportBands = bands{0, 1, 5, 20, 100}
	ageBands     = bands{0, 1, 7, 30, 90}
)

func byLength() parting {
	return parting{lengthBands.names(), func(p prediction) int { return lengthBands.find(p.length) }}
}

// popularBands are the shares of the pack's items, in percent, that end a band.
var popularBands = [...]int{1, 10, 50, 100}

// byPopularity parts by where an item stands in a pack, whose items stand in order of popularity.
func byPopularity(items []uint32, packed int) parting {
	names := []string{"top 1 %", "1 to 10 %", "10 to 50 %", "50 to 100 %", "not in the pack"}
	return parting{names, func(p prediction) int {
		item := items[p.item]
		if item == pack.NoItem {
			return len(popularBands)
		}
		k := 0
		for int(item)*100 >= popularBands[k]*packed {
			k++
		}
		return k
	}}
}

// history is what a training log says of the items of other visits, by their numbers there.
type history struct {
	visits   *learn.Visits
	sessions []int
	firstS   []int64 // when the first session with the item ended
}

func newHistory(train, v *learn.Visits) *history {
	h := &history{v, make([]int, len(v.Items())), make([]int64, len(v.Items()))}
	sessions, firstS := met(train)
	for n, id := range v.Items() {
		if k, ok := train.Find(id); ok {
			h.sessions[n], h.firstS[n] = sessions[k], firstS[k]
		}
	}
	return h
}

// met returns how many sessions have met each item, and when the first of them ended.
func met(v *learn.Visits) (sessions []int, firstS []int64) {
	sessions, firstS = make([]int, len(v.Items())), make([]int64, len(v.Items()))
	latest := make([]int, len(v.Items())) // 1 + the latest session that has met the item
	for n := range firstS {
		firstS[n] = math.MaxInt64
	}
	for k := range v.Sessions() {
		items, endS := v.Session(k)
		for _, n := range items {
			if latest[n] != k+1 {
				latest[n] = k + 1
				sessions[n]++
				firstS[n] = min(firstS[n], endS)
			}
		}
	}
	return sessions, firstS
}

func (h *history) bySupport() parting {
	return parting{supportBands.names(), func(p prediction) int { return supportBands.find(h.sessions[p.item]) }}
}

// byAge parts by how many days an item has been there; one that the log lacks has no age.
func (h *history) byAge() parting {
	return parting{append(ageBands.names(), "not in the log"), func(p prediction) int {
		if h.sessions[p.item] == 0 {
			return len(ageBands)
		}
		_, nowS := h.visits.Session(p.session)
		return ageBands.find(int(max(0, nowS-h.firstS[p.item]) / 86_400))
	}}
}
