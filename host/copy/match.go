package copy

import "slices"

// pattern is a compiled pattern of a rule.
type pattern struct {
	rule   *languageRule
	prog   []instruction
	source string // as it is written
	part   int    // of bundles: its number
}

// language is what is known of one language: its rules, compiled.
type language struct {
	code    string
	rules   []*languageRule
	terms   *lexicon
	finds   *index
	unless  *index // by rule
	parts   *index // of bundles, each once
	bundles []bundle
	not     termSet
	privacy *index
	work    *index
}

// index finds the patterns that can begin at a token.
type index struct {
	patterns []pattern
	byTerm   map[int32][]int32
}

func (x *index) add(p pattern) {
	if x.byTerm == nil {
		x.byTerm = map[int32][]int32{}
	}
	n := int32(len(x.patterns))
	x.patterns = append(x.patterns, p)
	first := firstTerms(p.prog, 0, nil)
	for word := range first {
		for bits := first[word]; bits != 0; bits &= bits - 1 {
			id := int32(word*64) + int32(trailing(bits))
			x.byTerm[id] = append(x.byTerm[id], n)
		}
	}
}

func trailing(bits uint64) int {
	n := 0
	for bits&1 == 0 {
		bits >>= 1
		n++
	}
	return n
}

// firstTerms adds to a set the terms that a match can begin with.
func firstTerms(prog []instruction, pc int, set termSet) termSet {
	switch in := prog[pc]; in.op {
	case opTerm:
		for word, bits := range in.terms {
			for len(set) <= word {
				set = append(set, 0)
			}
			set[word] |= bits
		}
	case opSplit:
		set = firstTerms(prog, in.x, set)
		if in.y != in.x {
			set = firstTerms(prog, in.y, set)
		}
	case opAssert:
		set = firstTerms(prog, pc+1, set)
	}
	return set
}

// matcher runs patterns over sentences. The terms of words that it met it keeps.
type matcher struct {
	lang    *language
	known   map[string][]int32
	terms   [][]int32 // of the sentence's tokens
	visited []uint32
	round   uint32
	parts   []span // where each part of bundles stands in the sentence; to is 0 where it does not
	found   []hit
}

// mostKnown is how many words a matcher keeps the terms of.
const mostKnown = 1 << 16

func newMatcher(l *language) *matcher { return &matcher{lang: l, known: map[string][]int32{}} }

// hit is where a pattern or a bundle matched: tokens from and to of a sentence, to exclusive.
type hit struct {
	pattern  *pattern
	from, to int
	bundle   *bundle // nil unless it was one
}

// span is tokens from and to of a sentence, to exclusive.
type span struct{ from, to int }

// bundle is parts that together break a rule, wherever in a sentence they stand.
type bundle struct {
	pattern // the rule and the source; it has no program
	all     []int
	none    []int // parts of which the sentence has none
}

// together returns the bundles of which the sentence has all parts. use must have been called with the sentence.
func (m *matcher) together(s *sentence, hits []hit) []hit {
	if m.parts == nil {
		m.parts = make([]span, len(m.lang.parts.patterns))
	}
	clear(m.parts)
	m.found = m.find(m.lang.parts, s, m.found[:0])
	if len(m.found) == 0 {
		return hits
	}
	for _, h := range m.found {
		if p := &m.parts[h.pattern.part]; p.to == 0 {
			*p = span{h.from, h.to}
		}
	}
	for i := range m.lang.bundles {
		b := &m.lang.bundles[i]
		if at, ok := m.whole(b); ok {
			hits = append(hits, hit{&b.pattern, at.from, at.to, b})
		}
	}
	return hits
}

// whole reports whether the sentence has all parts of a bundle and none of what it must not have, and from where to where they stand.
func (m *matcher) whole(b *bundle) (at span, ok bool) {
	at.from = int(^uint(0) >> 1)
	for _, n := range b.all {
		p := m.parts[n]
		if p.to == 0 {
			return at, false
		}
		at.from, at.to = min(at.from, p.from), max(at.to, p.to)
	}
	for _, n := range b.none {
		if m.parts[n].to > 0 {
			return at, false
		}
	}
	return at, true
}

// find returns every match of an index's patterns in the sentence, from each token the first of each pattern. use must have
// been called with the sentence.
func (m *matcher) find(x *index, s *sentence, hits []hit) []hit {
	for i := range s.tokens {
		for _, term := range m.terms[i] {
			for _, n := range x.byTerm[term] {
				p := &x.patterns[n]
				if to := m.run(p.prog, s, i); to > i {
					hits = append(hits, hit{p, i, to, nil})
				}
			}
		}
	}
	return hits
}

// use makes ready for a sentence.
func (m *matcher) use(s *sentence) {
	m.terms = m.terms[:0]
	for i, k := range s.tokens {
		var ids []int32
		switch k.kind {
		case wordToken:
			ids = m.termsOf(k.word)
			if k.capital && i > 0 {
				ids = append(slices.Clip(ids), int32(kindTerms["capital"]))
			}
		case numberToken:
			ids = numberIDs
		case timeToken:
			ids = timeIDs
		case holderToken:
			ids = holderIDs
		case placeToken:
			ids = placeIDs
		case nameToken:
			ids = nameIDs
		}
		m.terms = append(m.terms, ids)
	}
}

var (
	numberIDs = []int32{int32(kindTerms["number"])}
	timeIDs   = []int32{int32(kindTerms["time"])}
	holderIDs = []int32{int32(kindTerms["holder"])}
	placeIDs  = []int32{int32(kindTerms["holder"]), int32(kindTerms["place"])}
	nameIDs   = []int32{int32(kindTerms["holder"]), int32(kindTerms["name"])}
)

func (m *matcher) termsOf(word string) []int32 {
	ids, ok := m.known[word]
	if !ok {
		ids = m.lang.terms.termsOf(word)
		if len(m.known) < mostKnown {
			m.known[word] = ids
		}
	}
	return ids
}

// negates reports whether the i-th token is a negation.
func (m *matcher) negates(i int) bool {
	for _, id := range m.terms[i] {
		if m.lang.not.has(id) {
			return true
		}
	}
	return false
}

// run returns where a program that begins at a token ends, or -1. No state is entered twice, so it takes a time that grows
// with program times sentence at most.
func (m *matcher) run(prog []instruction, s *sentence, from int) int {
	width := len(s.tokens) - from + 1
	if need := len(prog) * width; len(m.visited) < need {
		m.visited = make([]uint32, need)
		m.round = 0
	}
	if m.round++; m.round == 0 {
		clear(m.visited)
		m.round = 1
	}
	return m.step(prog, s, 0, from, from, width)
}

func (m *matcher) step(prog []instruction, s *sentence, pc, at, from, width int) int {
	for {
		if state := pc*width + at - from; m.visited[state] == m.round {
			return -1
		} else {
			m.visited[state] = m.round
		}
		switch in := &prog[pc]; in.op {
		case opMatch:
			return at
		case opSplit:
			if in.x == in.y {
				pc = in.x
				continue
			}
			if to := m.step(prog, s, in.x, at, from, width); to >= 0 {
				return to
			}
			pc = in.y
			continue
		case opAssert:
			if !holds(assertion(in.x), s, at) {
				return -1
			}
		case opAny:
			if at == len(s.tokens) || m.negates(at) {
				return -1
			}
			at++
		case opTerm:
			if at == len(s.tokens) || !m.has(at, in.terms) {
				return -1
			}
			at++
		}
		pc++
	}
}

func (m *matcher) has(at int, terms termSet) bool {
	for _, id := range m.terms[at] {
		if terms.has(id) {
			return true
		}
	}
	return false
}

// holds reports whether an assertion is true before a token.
func holds(a assertion, s *sentence, at int) bool {
	switch a {
	case atStart:
		return at == 0
	case atEnd:
		return at == len(s.tokens)
	case atComma:
		return at < len(s.tokens) && s.tokens[at].comma
	}
	return s.question
}
