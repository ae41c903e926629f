package main

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/nabij/nabij/host"
)

// mostNear is how many names an error proposes.
const mostNear = 3

// nearest returns the names most like the one seen, the likest first: few letters differ, or one is a part of the other.
func nearest(seen string, names []string) []string { return nearestOf(seen, slices.Values(names)) }

func nearestOf(seen string, names iter.Seq[string]) []string {
	type near struct {
		name  string
		apart int
	}
	var found []near
	wanted := []rune(strings.ToLower(seen))
	most := max(2, len(wanted)/4)
	for name := range names {
		folded := strings.ToLower(name)
		apart := distance(wanted, []rune(folded), most)
		if apart > most {
			if len(wanted) < 3 || !strings.Contains(folded, string(wanted)) {
				continue
			}
			apart = most + 1 + len(folded) - len(wanted)
		}
		// Only the likest are kept, so that a large catalogue is looked at once and not sorted.
		at, _ := slices.BinarySearchFunc(found, apart, func(n near, a int) int {
			if n.apart <= a {
				return -1
			}
			return 1
		})
		if at < mostNear {
			found = slices.Insert(found, at, near{name, apart})
			found = found[:min(len(found), mostNear)]
		}
	}
	names2 := make([]string, len(found))
	for i, n := range found {
		names2[i] = n.name
	}
	return names2
}

// distance returns how many letters must be put in, left out or changed to make one of the other; beyond most, anything
// larger than that.
func distance(a, b []rune, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range a {
		diagonal, least := row[0], i+1
		row[0] = i + 1
		for j, s := range b {
			cost := diagonal
			if r != s {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, diagonal+1, row[j]+1)
			least = min(least, row[j+1])
		}
		if least > most {
			return most + 1
		}
	}
	return row[len(b)]
}

// didYouMean returns the end of an error that proposes names, or nothing where there is none.
func didYouMean(names []string) string {
	if len(names) == 0 {
		return ""
	}
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = strconv.Quote(n)
	}
	return "; did you mean " + strings.Join(quoted, " or ") + "?"
}

// nearItems returns identifiers, or URLs where one was seen, that are like the name of an item.
func nearItems(e *host.Engine, seen string) []string {
	p := e.Pack()
	url := strings.HasPrefix(seen, "/") || strings.Contains(seen, "://")
	return nearestOf(seen, func(yield func(string) bool) {
		for item := range p.Items() {
			name := p.ItemID(item)
			if url {
				name = p.URL(item)
			}
			if len(name) > 0 && !yield(string(name)) {
				return
			}
		}
	})
}

// nearTopics returns the paths of the topics that have that name, or else of those that are like it.
func nearTopics(e *host.Engine, seen string) []string {
	p := e.Pack()
	var same, paths, names []string
	byName := map[string]string{}
	for t := range p.Topics() {
		name, path := string(p.TopicName(t)), e.TopicPath(t)
		paths = append(paths, path)
		if strings.EqualFold(name, seen) {
			same = append(same, path)
		}
		if _, twice := byName[name]; !twice {
			byName[name] = path
			names = append(names, name)
		}
	}
	if len(same) > 0 {
		return same[:min(len(same), mostNear)]
	}
	if near := nearest(seen, paths); len(near) > 0 {
		return near
	}
	near := nearest(seen, names)
	for i := range near {
		near[i] = byName[near[i]]
	}
	return near
}
