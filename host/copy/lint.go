package copy

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
)

// Match is a rule that a text breaks, and where: bytes Start to End of the text.
type Match struct {
	Rule       *Rule
	Language   string
	Instead    string // a neutral wording in the language
	Start, End int
}

// Linter finds what is out of tone. It is for one goroutine at a time.
type Linter struct{ matchers map[string]*matcher }

// loaded has the rules that are built in; a mistake in them shows in the first test that makes a Linter.
var loaded = sync.OnceValue(func() *ruleSet {
	set, err := loadRules()
	if err != nil {
		panic(err)
	}
	return set
})

// ruleSet is all rules, compiled.
type ruleSet struct {
	rules     []*Rule
	languages map[string]*language
}

func loadRules() (*ruleSet, error) {
	read := func(name string) (string, error) {
		data, err := ruleFiles.ReadFile("rules/" + name + ".txt")
		return string(data), err
	}
	text, err := read("rules")
	if err != nil {
		return nil, err
	}
	set := &ruleSet{languages: map[string]*language{}}
	if set.rules, err = parseRules("rules.txt", text); err != nil {
		return nil, err
	}
	for _, code := range Languages {
		if text, err = read(code); err != nil {
			return nil, err
		}
		if set.languages[code], err = parseLanguage(code+".txt", code, text, set.rules); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// New returns a linter with the rules that are built in.
func New() *Linter {
	l := &Linter{matchers: map[string]*matcher{}}
	for code, lang := range loaded().languages {
		l.matchers[code] = newMatcher(lang)
	}
	return l
}

// Rules returns all rules, in order. They are not to be changed.
func Rules() []*Rule { return loaded().rules }

// RuleOf returns the rule of an identifier, or nil.
func RuleOf(id string) *Rule {
	for _, r := range Rules() {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// Text returns what is out of tone in a text of a language, in order and without overlaps: of two that overlap the one that begins
// first, then the longer, then the one whose class is named first. An unknown language is a caller's bug and panics.
func (l *Linter) Text(text, lang string) []Match {
	m := l.matchers[lang]
	if m == nil {
		panic(fmt.Sprintf("copy: no rules for language %q", lang))
	}
	var found []Match
	for _, s := range sentencesOf(text) {
		found = append(found, m.sentence(&s)...)
	}
	return found
}

// sentence returns the matches to tell of a sentence.
func (m *matcher) sentence(s *sentence) []Match {
	hits := m.hits(s)
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(a.from-b.from, b.to-a.to, int(a.pattern.rule.Class)-int(b.pattern.rule.Class))
	})
	var kept []hit
	for _, h := range hits {
		if len(kept) == 0 || h.from >= kept[len(kept)-1].to {
			kept = append(kept, h)
		}
	}
	matches := make([]Match, len(kept))
	for i, h := range kept {
		matches[i] = Match{Rule: h.pattern.rule.Rule, Language: m.lang.code, Instead: h.pattern.rule.instead,
			Start: s.tokens[h.from].start, End: s.tokens[h.to-1].end}
	}
	return matches
}

// hits returns what patterns find in a sentence, without what is excused or denied.
func (m *matcher) hits(s *sentence) []hit {
	m.use(s)
	hits := m.together(s, m.find(m.lang.finds, s, nil))
	if len(hits) > 0 && len(m.find(m.lang.work, s, nil)) > 0 {
		hits = slices.DeleteFunc(hits, func(h hit) bool { return h.pattern.rule.Class != Recognition })
	}
	if len(hits) == 0 {
		return nil
	}
	private := len(m.find(m.lang.privacy, s, nil)) > 0
	excused := map[*languageRule]bool{}
	for _, h := range m.find(m.lang.unless, s, nil) {
		excused[h.pattern.rule] = true
	}
	return slices.DeleteFunc(hits, func(h hit) bool {
		return h.bundle == nil && excused[h.pattern.rule] || m.denied(h, s, private)
	})
}

// denied reports whether the sentence says that it is not so. What tells of watching is denied by a negation anywhere that is not
// part of the match itself, or where the sentence explains what is kept; the rest by a negation just before it.
func (m *matcher) denied(h hit, s *sentence, private bool) bool {
	switch {
	case h.pattern.rule.Class == Recognition && private:
		return true
	case h.bundle != nil:
		return m.deniedBeside(h.bundle, s)
	case h.pattern.rule.Class != Recognition:
		return h.from > 0 && m.negates(h.from-1)
	}
	for i := h.from; i < h.to; i++ {
		if m.negates(i) {
			return false
		}
	}
	for i := range s.tokens {
		if m.negates(i) {
			return true
		}
	}
	return false
}

// deniedBeside reports whether the sentence has a negation that is no part of the bundle.
func (m *matcher) deniedBeside(b *bundle, s *sentence) bool {
	for i := range s.tokens {
		if m.negates(i) && !slices.ContainsFunc(b.all, func(n int) bool { return m.parts[n].from <= i && i < m.parts[n].to }) {
			return true
		}
	}
	return false
}
