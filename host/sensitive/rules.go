package sensitive

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn/content/words"
)

// Site is what a site changes of the default lists.
type Site struct {
	// Words are phrases as the lists have them: "word", "beginning*", "two words". They count in every language, in titles and topics' names.
	Words []string
	// Exceptions take from the lists, never from what the site or its feed calls sensitive itself.
	Exceptions []Exception
}

// Exception takes something out of the default lists. Of Category, Word, Taxonomy, Topic and Item one is set.
type Exception struct {
	// Category is a whole list.
	Category Category
	// Word is an entry of a list as it is written there, or a phrase of titles and names that says nothing, as "baby blue" says nothing of a baby.
	Word string
	// Taxonomy is a number of Google's product taxonomy: where the lists have a path for it, all below that, else just what has the number.
	Taxonomy int
	// Topic is a path of the site's topics from the root: it and what is below.
	Topic []string
	// Item is an id.
	Item string
	// Reason is for whoever asks why, and is published. Never empty.
	Reason string
}

// Rules are the default lists as a site has changed them. Safe for concurrent use.
type Rules struct {
	*lists
	index      index
	exceptions []exception
}

type exception struct {
	Exception
	words  *phrase // of Word
	branch *branch // of Taxonomy
}

// What New refuses. Its errors say which exception or word it is of, and wrap one of these.
var (
	ErrReason    = errors.New("want a reason")
	ErrException = errors.New("want one of a category, a word, a number of the taxonomy, a topic and an item")
	ErrWord      = errors.New("want words, and at least three letters before a star")
)

// New returns the rules of a site.
func New(site Site) (*Rules, error) {
	r := &Rules{lists: defaults()}
	phrases := slices.Clone(r.phrases)
	for k, text := range site.Words {
		p := sitePhrase(text)
		if p == nil {
			return nil, fmt.Errorf("word %d: %w, got %q", k, ErrWord, text)
		}
		phrases = append(phrases, p)
	}
	r.index = newIndex(phrases)
	for k, x := range site.Exceptions {
		one, err := r.exception(x)
		if err != nil {
			return nil, fmt.Errorf("exception %d: %w", k, err)
		}
		r.exceptions = append(r.exceptions, one)
	}
	return r, nil
}

// ValidWord reports whether a text is a phrase that Site takes.
func ValidWord(text string) bool { return sitePhrase(text) != nil }

func sitePhrase(text string) *phrase {
	if strings.HasPrefix(text, "- ") || strings.HasPrefix(text, "= ") {
		return nil
	}
	return parsePhrase(text, words.Unknown)
}

func (r *Rules) exception(x Exception) (exception, error) {
	out := exception{Exception: x}
	if strings.TrimSpace(x.Reason) == "" {
		return out, ErrReason
	}
	set := 0
	for _, is := range []bool{x.Category != "", x.Word != "", x.Taxonomy != 0, len(x.Topic) > 0, x.Item != ""} {
		if is {
			set++
		}
	}
	_, known := ParseCategory(string(x.Category))
	if set != 1 || x.Category != "" && !known {
		return out, ErrException
	}
	if x.Word != "" {
		if out.words = sitePhrase(x.Word); out.words == nil {
			return out, ErrWord
		}
	}
	if b := r.taxonomy.byID[x.Taxonomy]; b != nil && b.id == x.Taxonomy {
		out.branch = b
	}
	return out, nil
}

// match is one reason for which something is sensitive, and the exceptions that take it away.
type match struct {
	Rule
	excused []int // of the site's exceptions
	id      int   // the item's number in the taxonomy
	branch  *branch
}

// Verdict is what the lists say of an item or a topic. Sensitive is false where nothing is found, or all that is found is excused.
type Verdict struct {
	Sensitive bool
	Rule      Rule
	// Excused are the exceptions, by their places in Site, that took a match away.
	Excused []int
}

// Topic says of a topic, by the path to it from the root, whether the lists have it; what is above it is another matter. language is the one
// its name is in.
func (r *Rules) Topic(path []string, language words.Language) Verdict {
	var found []match
	b, n := r.taxonomy.above(path)
	switch {
	case b != nil && b.container && n == len(path):
		return Verdict{}
	case b != nil && !b.container:
		found = append(found, match{Rule: Rule{b.category, ByTaxonomy, b.text()}, branch: b})
	}
	if len(path) > 0 {
		name := path[len(path)-1]
		if c, ok := r.whole[wholeName(name)]; ok {
			found = append(found, match{Rule: Rule{c, ByTopicName, name}})
		}
		found = append(found, r.text(name, language, ByTopic)...)
	}
	return r.judge(found, func(x *exception) bool { return within(path, x.Topic) })
}

// Item says of an item whether the lists have it by its title, number in the taxonomy or age group. What its topics' names say is Topic's.
// language is the one its title is in.
func (r *Rules) Item(it *catalogue.Item, language words.Language) Verdict {
	var found []match
	if b := r.taxonomy.byID[it.TaxonomyID]; b != nil {
		found = append(found, match{Rule: Rule{b.category, ByTaxonomy, b.text()}, branch: b, id: it.TaxonomyID})
	} else {
		for _, path := range it.Topics {
			if b, n := r.taxonomy.above(path); b != nil && b.container && n == len(path) {
				found = append(found, match{Rule: Rule{b.category, ByTaxonomy, b.text()}, branch: b, id: b.id})
			}
		}
	}
	for _, a := range it.Attributes {
		if a.Name == "age_group" && slices.Contains(ageGroups, words.Fold(a.Value)) {
			found = append(found, match{Rule: Rule{Children, ByAttribute, a.Name + " " + a.Value}})
		}
	}
	found = append(found, r.text(it.Title, language, ByTitle)...)
	return r.judge(found, func(x *exception) bool {
		return x.Item != "" && x.Item == it.ID || slices.ContainsFunc(it.Topics, func(path []string) bool { return within(path, x.Topic) })
	})
}

// Says reports whether a text of that language has a phrase of the lists or of the site that no exception takes away.
func (r *Rules) Says(text string, language words.Language) bool {
	return r.judge(r.text(text, language, ByTitle), func(*exception) bool { return false }).Sensitive
}

// ageGroups are those of Google's age_group that are children's.
var ageGroups = []string{"newborn", "infant", "toddler"}

// text finds what a title or a name says.
func (r *Rules) text(text string, language words.Language, by Source) []match {
	list := split(text)
	var found []match
	for _, s := range r.index.in(list, language) {
		m := match{Rule: Rule{s.category, by, s.phrase.text}}
		for k := range r.exceptions {
			p := r.exceptions[k].words
			if p == nil || s.category == "" { // the site's own words stay
				continue
			}
			if words.FoldName(p.text) == words.FoldName(s.phrase.text) || p.over(list, s, language) {
				m.excused = append(m.excused, k)
			}
		}
		found = append(found, m)
	}
	return found
}

// over reports whether the phrase covers a span of the text.
func (p *phrase) over(list []string, s span, language words.Language) bool {
	for k := max(0, s.to-len(p.words)); k <= s.from; k++ {
		if p.at(list, k, language) && (span{p, k, k + len(p.words)}).covers(s) {
			return true
		}
	}
	return false
}

// judge takes away what is excused and names the first of the rest. here reports whether an exception is of the item or the topic.
func (r *Rules) judge(found []match, here func(*exception) bool) Verdict {
	var v Verdict
	best := len(categories) + 1
	for _, m := range found {
		for k := range r.exceptions {
			if x := &r.exceptions[k]; m.Category != "" && (here(x) || x.takes(&m)) {
				m.excused = append(m.excused, k)
			}
		}
		if len(m.excused) > 0 {
			v.Excused = append(v.Excused, m.excused...)
			continue
		}
		if k := slices.Index(categories, m.Category); k < best && (k >= 0 || !v.Sensitive) {
			v.Sensitive, v.Rule = true, m.Rule
			if k >= 0 {
				best = k
			}
		}
	}
	slices.Sort(v.Excused)
	v.Excused = slices.Compact(v.Excused)
	return v
}

// takes reports whether an exception is of the match's category, or of its place in the taxonomy.
func (x *exception) takes(m *match) bool {
	return x.Category == m.Category || x.Taxonomy != 0 && (x.Taxonomy == m.id || x.branch != nil && x.branch == m.branch)
}

// within reports whether a path begins with the other, which is not empty.
func within(path, above []string) bool {
	if len(above) == 0 || len(path) < len(above) {
		return false
	}
	for k := range above {
		if words.FoldName(path[k]) != words.FoldName(above[k]) {
			return false
		}
	}
	return true
}
