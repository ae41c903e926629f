package sensitive

import (
	"slices"
	"strings"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/learn/content/words"
)

// phrase is one or more words in a row.
type phrase struct {
	text     string // as it is written
	words    []word
	category Category
	// language is the one it is written in, Unknown of a site's own. Only says that it counts in texts of that language alone.
	language words.Language
	only     bool
	// harmless phrases take back what they cover.
	harmless bool
}

// word is one word of a phrase, folded, or the beginning of words.
type word struct {
	folded    string
	beginning bool
}

// parsePhrase reads a phrase of a list, or returns nil for what is none.
func parsePhrase(text string, language words.Language) *phrase {
	p := &phrase{language: language}
	if rest, ok := strings.CutPrefix(text, "- "); ok {
		text, p.harmless = rest, true
	} else if rest, ok := strings.CutPrefix(text, "= "); ok {
		text, p.only = rest, true
	}
	p.text = strings.TrimSpace(text)
	for _, field := range strings.Fields(text) {
		plain, star := strings.CutSuffix(field, "*")
		parts := lower(plain)
		for k, part := range parts {
			p.words = append(p.words, word{words.Fold(part), star && k == len(parts)-1})
		}
		if len(parts) == 0 || strings.Contains(plain, "*") {
			return nil
		}
	}
	if len(p.words) == 0 || p.words[0].beginning && len(p.words[0].folded) < shortestBeginning {
		return nil
	}
	return p
}

// shortestBeginning is how many bytes a word with a star has at least: less would be in every other word.
const shortestBeginning = 3

// endings are those of plurals and cases, in texts of the language; "s" is one in every text. (Stems would take "teeth" for "teething",
// and "widow" for "widowed".)
var endings = map[words.Language][]string{
	words.English: {"es"}, words.French: {"e", "es"}, words.Spanish: {"es"}, words.Dutch: {"en", "n"}, words.German: {"e", "n", "en", "er"},
}

// is reports whether w, of a text in the language, is the phrase's k-th word or a form of it.
func (p *phrase) is(k int, w string, language words.Language) bool {
	rest, begins := strings.CutPrefix(w, p.words[k].folded)
	switch {
	case !begins:
		return false
	case rest == "" || p.words[k].beginning:
		return true
	}
	return len(p.words[k].folded) > 2 && (rest == "s" || language == p.language && slices.Contains(endings[language], rest))
}

// at reports whether the phrase stands in the text at its k-th word.
func (p *phrase) at(list []string, k int, language words.Language) bool {
	if len(p.words) > len(list)-k || p.only && language != p.language {
		return false
	}
	for i := range p.words {
		if !p.is(i, list[k+i], language) {
			return false
		}
	}
	return true
}

// split returns the words of a text, folded.
func split(text string) []string {
	list := lower(text)
	for k := range list {
		list[k] = words.Fold(list[k])
	}
	return list
}

// lower returns the words of a text in lower case, parted as the engine parts what a visitor searches for.
func lower(text string) []string {
	var list []string
	for w, rest := pack.NextWord([]byte(text)); len(w) > 0; w, rest = pack.NextWord(rest) {
		list = append(list, strings.ToLower(string(w)))
	}
	return list
}

// index holds phrases by how their first word begins.
type index map[string][]*phrase

// indexed is how many bytes of a first word tell where it is looked for.
const indexed = shortestBeginning

func newIndex(phrases []*phrase) index {
	x := index{}
	for _, p := range phrases {
		key := beginning(p.words[0].folded)
		x[key] = append(x[key], p)
	}
	return x
}

func beginning(w string) string { return w[:min(len(w), indexed)] }

// span is where a phrase stands in a text.
type span struct {
	*phrase
	from, to int
}

func (a span) covers(b span) bool { return a.from <= b.from && b.to <= a.to }

// in returns where phrases stand in a text, without those that a harmless one covers.
func (x index) in(list []string, language words.Language) []span {
	var found, harmless []span
	for k, w := range list {
		for _, p := range x[beginning(w)] {
			switch s := (span{p, k, k + len(p.words)}); {
			case !p.at(list, k, language):
			case p.harmless:
				harmless = append(harmless, s)
			default:
				found = append(found, s)
			}
		}
	}
	return slices.DeleteFunc(found, func(s span) bool {
		return slices.ContainsFunc(harmless, func(h span) bool { return h.covers(s) })
	})
}
