package build

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn/content"
	"github.com/nabij/nabij/host/learn/content/words"
	"github.com/nabij/nabij/host/sensitive"
)

const (
	// maxTerms is the most terms of a pack: at 6 bytes each they stay small beside the rows.
	maxTerms = 4096
	// A word points at a topic when it is said of at least leastItems items; at least leastShare of them, and of one more
	// that might come and be elsewhere, are in the topic or below it; and the topic has no more than 1/leastLift of that
	// share of the whole catalogue, for a word that is everywhere points nowhere.
	leastItems = 2
	leastShare = 0.6
	leastLift  = 1.5
	// A word points nowhere when more than mostSensitive of its items are sensitive, or when the lists of what is sensitive have it.
	mostSensitive = 0.3
	// shortestTerm is in runes.
	shortestTerm = 3
)

// stem is the forms of a word that occur, and what they are said of.
type stem struct {
	forms []string // as pack.NextWord gives them, in lower case, in the order of their coming
	items int
	// sensitive is how many of the items are.
	sensitive int
	last      int             // 1 + the item that was counted last
	in        map[uint16]int  // by topic, those above included: how many of the items
	named     map[uint16]bool // topics whose name has the word
	order     []uint16        // keys of named, in order
}

// terms finds the words that point at a topic: those of topics' names, and those of titles and attributes said nearly
// always of one topic's items. All forms of a word that the catalogue uses point where the word does. The terms of the
// most telling words come first; of more than maxTerms the rest is left out.
func terms(items []catalogue.Item, f *forest, language string, rules *sensitive.Rules) []pack.Term {
	t := termFinder{f: f, rules: rules, stems: map[string]*stem{}, forms: map[string]string{}}
	languages := content.Languages(items, language)
	t.sensitive = make([]bool, len(items))
	for i := range items {
		t.sensitive[i] = items[i].Sensitive
		if !slices.Contains(t.spoken, languages[i]) {
			t.spoken = append(t.spoken, languages[i])
		}
	}
	for i := range items {
		l := languages[i]
		t.read(items[i].Title, l, i)
		for _, a := range items[i].Attributes {
			if utf8.RuneCountInString(a.Value) <= longestFact {
				t.read(a.Value, l, i)
			}
		}
	}
	size := make([]int, len(f.topics))
	t.topicLanguages(languages)
	for i := range items {
		t.topicsOf(i, func(topic uint16) { size[topic]++ })
	}
	for topic := range f.topics {
		t.name(uint16(topic))
	}
	return t.choose(size, len(items))
}

// longestFact is the length in runes beyond which an attribute is prose.
const longestFact = 60

type termFinder struct {
	f         *forest
	rules     *sensitive.Rules
	stems     map[string]*stem  // by language and stem
	order     []string          // keys of stems, in order
	forms     map[string]string // language and form → key of its stem, "" for a stop word
	languages []words.Language  // by topic
	spoken    []words.Language  // those that occur
	sensitive []bool            // by item
	seen      []uint16
}

// each calls yield with the words of a text as the engine will split it.
func each(text string, yield func(word string)) {
	for word, rest := pack.NextWord([]byte(text)); len(word) > 0; word, rest = pack.NextWord(rest) {
		w := strings.ToLower(string(word))
		if utf8.RuneCountInString(w) >= shortestTerm && !digitsOnly(w) {
			yield(w)
		}
	}
}

func digitsOnly(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// stem returns the stem of a form, or nil for a stop word.
func (t *termFinder) stem(form string, l words.Language) *stem {
	id := string(rune('0'+l)) + form
	key, ok := t.forms[id]
	if !ok {
		if !t.stop(form) {
			key = string(rune('0'+l)) + words.Stem(l, form)
		}
		t.forms[id] = key
		if key != "" {
			s := t.stems[key]
			if s == nil {
				s = &stem{in: map[uint16]int{}, named: map[uint16]bool{}}
				t.stems[key] = s
				t.order = append(t.order, key)
			}
			s.forms = append(s.forms, form)
		}
	}
	return t.stems[key]
}

// stop reports whether a form is a stop word in any language of the catalogue: attributes are often in another than their
// item, and a visitor may search in any.
func (t *termFinder) stop(form string) bool {
	return slices.ContainsFunc(t.spoken, func(l words.Language) bool { return words.IsStop(l, form) })
}

func (t *termFinder) read(text string, l words.Language, item int) {
	each(text, func(word string) {
		s := t.stem(word, l)
		if s == nil || s.last == item+1 {
			return
		}
		s.last = item + 1
		s.items++
		if t.sensitive[item] {
			s.sensitive++
		}
		t.topicsOf(item, func(topic uint16) { s.in[topic]++ })
	})
}

// topicsOf calls yield once for each topic that the item is in, those above included.
func (t *termFinder) topicsOf(item int, yield func(uint16)) {
	own := t.f.items[item]
	if len(own) == 1 {
		t.f.up(own[0], yield)
		return
	}
	t.seen = t.seen[:0]
	for _, topic := range own {
		t.f.up(topic, func(u uint16) {
			if !slices.Contains(t.seen, u) {
				t.seen = append(t.seen, u)
				yield(u)
			}
		})
	}
}

// topicLanguages takes a topic's name to be in the language of its first item.
func (t *termFinder) topicLanguages(languages []words.Language) {
	t.languages = make([]words.Language, len(t.f.topics))
	done := make([]bool, len(t.f.topics))
	for i, l := range languages {
		t.topicsOf(i, func(topic uint16) {
			if !done[topic] {
				done[topic] = true
				t.languages[topic] = l
			}
		})
	}
}

// name notes the words of a topic's name.
func (t *termFinder) name(topic uint16) {
	each(t.f.topics[topic].Name, func(word string) {
		if s := t.stem(word, t.languages[topic]); s != nil && !s.named[topic] {
			s.named[topic] = true
			s.order = append(s.order, topic)
		}
	})
}

// choose picks each stem's topic and lays out the terms.
func (t *termFinder) choose(size []int, total int) []pack.Term {
	type pointer struct {
		stem  *stem
		topic uint16
		named bool
	}
	var pointers []pointer
	for _, key := range t.order {
		s := t.stems[key]
		if topic, ok := t.namedTopic(s, size); ok {
			pointers = append(pointers, pointer{s, topic, true})
		} else if float64(s.sensitive) > mostSensitive*float64(s.items) {
			continue
		} else if topic, ok := t.usualTopic(s, size, total); ok {
			pointers = append(pointers, pointer{s, topic, false})
		}
	}
	slices.SortStableFunc(pointers, func(a, b pointer) int {
		if a.named != b.named {
			if a.named {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.stem.items, a.stem.items)
	})
	var out []pack.Term
	taken := map[uint32]bool{}
	for _, p := range pointers {
		for _, form := range p.stem.forms {
			h := pack.TermHash([]byte(form))
			if taken[h] || t.f.topics[p.topic].Sensitive || t.rules.Says(form, words.Unknown) {
				taken[h] = true // a word of a sensitive topic is no word of another
				continue
			}
			if len(out) == maxTerms {
				return out
			}
			taken[h] = true
			out = append(out, pack.Term{Word: form, Topic: p.topic})
		}
	}
	return out
}

// namedTopic returns the topic that has the word in its name. Of several it is the one that all others are below, as
// "Bikes" is for "City bikes"; else the one that most of the word's items are in, and of those alike the largest.
func (t *termFinder) namedTopic(s *stem, size []int) (uint16, bool) {
	if len(s.order) == 0 {
		return 0, false
	}
	best := s.order[0]
	for _, topic := range s.order {
		if t.f.topics[topic].Sensitive {
			return topic, true
		}
		above := true
		for _, other := range s.order {
			above = above && t.f.within(other, topic)
		}
		if above {
			return topic, true
		}
		if c := cmp.Or(cmp.Compare(s.in[topic], s.in[best]), cmp.Compare(size[topic], size[best])); c > 0 {
			best = topic
		}
	}
	return best, true
}

// usualTopic returns the deepest topic that the word is nearly always said of.
func (t *termFinder) usualTopic(s *stem, size []int, total int) (uint16, bool) {
	if s.items < leastItems {
		return 0, false
	}
	best, found := uint16(0), false
	for topic := range uint16(len(t.f.topics)) {
		n := s.in[topic]
		telling := float64(n) >= leastShare*float64(s.items+1)
		if !telling || float64(size[topic])*leastLift*float64(s.items) > float64(n)*float64(total) {
			continue
		}
		if !found || t.f.depth[topic] > t.f.depth[best] || t.f.depth[topic] == t.f.depth[best] && n > s.in[best] {
			best, found = topic, true
		}
	}
	return best, found
}
