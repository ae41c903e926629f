package copy

import "strings"

// kindTerms are the terms that are no words.
var kindTerms = map[string]int{"number": 0, "time": 1, "holder": 2, "capital": 3, "place": 4, "name": 5}

// termSet is a set of terms' identifiers.
type termSet []uint64

func (s *termSet) add(id int) {
	for len(*s) <= id/64 {
		*s = append(*s, 0)
	}
	(*s)[id/64] |= 1 << (id % 64)
}

func (s termSet) has(id int32) bool { return int(id/64) < len(s) && s[id/64]>>(id%64)&1 != 0 }

// affix is a term of words that begin or end in a certain way.
type affix struct {
	text          string
	after, before bool // may go on after the text, may have begun before it
	id            int32
}

// lexicon numbers the terms of a language's patterns, and tells which of them a word is.
type lexicon struct {
	count   int
	words   map[string]int32
	affixes map[affix]int32
	// byEnds has the affixes by their first two bytes, or by their last two; others may be anywhere in a word.
	heads, tails map[string][]affix
	within       []affix
}

func newLexicon() *lexicon {
	return &lexicon{count: len(kindTerms), words: map[string]int32{}, affixes: map[affix]int32{}, heads: map[string][]affix{}, tails: map[string][]affix{}}
}

// add returns the identifier of a term.
func (l *lexicon) add(word string, after, before bool) int {
	if !after && !before {
		id, ok := l.words[word]
		if !ok {
			id = int32(l.count)
			l.words[word] = id
			l.count++
		}
		return int(id)
	}
	a := affix{text: word, after: after, before: before}
	if id, ok := l.affixes[a]; ok {
		return int(id)
	}
	id := int32(l.count)
	l.count++
	l.affixes[a] = id
	a.id = id
	switch {
	case before && after || len(word) < 2:
		l.within = append(l.within, a)
	case after:
		l.heads[word[:2]] = append(l.heads[word[:2]], a)
	default:
		l.tails[word[len(word)-2:]] = append(l.tails[word[len(word)-2:]], a)
	}
	return int(id)
}

// termsOf returns the terms that a word is.
func (l *lexicon) termsOf(word string) []int32 {
	var ids []int32
	if id, ok := l.words[word]; ok {
		ids = append(ids, id)
	}
	if len(word) >= 2 {
		for _, a := range l.heads[word[:2]] {
			if strings.HasPrefix(word, a.text) {
				ids = append(ids, a.id)
			}
		}
		for _, a := range l.tails[word[len(word)-2:]] {
			if strings.HasSuffix(word, a.text) {
				ids = append(ids, a.id)
			}
		}
	}
	for _, a := range l.within {
		if strings.Contains(word, a.text) {
			ids = append(ids, a.id)
		}
	}
	return ids
}
