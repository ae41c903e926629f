package content

import (
	"strings"

	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn/content/words"
)

// Languages returns the language that each item's words are in, for stop words and stemming: its own, else the one of the
// BCP 47 tag fallback unless that is empty, else the one its stop words speak for, else the one that most of the
// catalogue's do.
func Languages(items []catalogue.Item, fallback string) []words.Language {
	out := make([]words.Language, len(items))
	asked := words.ParseLanguage(fallback)
	var whole words.Evidence
	unsure := false
	for i := range items {
		if items[i].Language != "" {
			out[i] = words.ParseLanguage(items[i].Language)
			continue
		}
		if out[i] = asked; asked != words.Unknown {
			continue
		}
		var own words.Evidence
		count := func(t words.Token) {
			if t.Form == words.Word {
				own.Add(t.Text)
			}
		}
		words.Split(items[i].Title, count)
		words.Split(items[i].Description[:min(len(items[i].Description), 400)], count)
		for l, n := range own {
			whole[l] += n
		}
		out[i] = own.Language()
		unsure = unsure || out[i] == words.Unknown
	}
	if most := whole.Language(); unsure && most != words.Unknown {
		for i := range out {
			if out[i] == words.Unknown && items[i].Language == "" {
				out[i] = most
			}
		}
	}
	return out
}

// compatible reports whether a reader of one language can be shown the other: the tags are equal, or one is empty or
// the beginning of the other ("en" and "en-gb").
func compatible(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == "" || strings.HasPrefix(b, a) && (len(a) == len(b) || b[len(a)] == '-')
}

// languages numbers the language tags of a catalogue and knows which go together.
type languages struct {
	tag        []uint16 // of each item
	compatible [][]bool // by tag and tag
	// class numbers the groups of items that have no neighbour in another: their terms are kept apart, so that the
	// items of one language do not stand in the way of another's.
	class []uint8
}

func readLanguages(items []catalogue.Item) languages {
	l := languages{tag: make([]uint16, len(items)), class: make([]uint8, len(items))}
	var tags []string
	known := map[string]uint16{}
	for i := range items {
		t, ok := known[items[i].Language]
		if !ok {
			t = uint16(len(tags))
			known[items[i].Language] = t
			tags = append(tags, items[i].Language)
		}
		l.tag[i] = t
	}
	// Classes are the connected parts of "compatible"; each is named by its first tag.
	part := make([]int, len(tags))
	for a := range tags {
		part[a] = a
	}
	for a := range tags {
		l.compatible = append(l.compatible, make([]bool, len(tags)))
		for b := range tags {
			if l.compatible[a][b] = compatible(tags[a], tags[b]); l.compatible[a][b] {
				from, to := max(part[a], part[b]), min(part[a], part[b])
				for c := range part {
					if part[c] == from {
						part[c] = to
					}
				}
			}
		}
	}
	for i, t := range l.tag {
		l.class[i] = uint8(min(part[t], 255))
	}
	return l
}
