package content

import (
	"unicode/utf8"

	"github.com/nabij/nabij/host/learn/content/words"
)

// Dutch and German write "rain coat" as one word, and English some: "flowerpot". Such a word is split where both sides,
// or at least a well-known last one, are words of the catalogue, and gets a share of their terms, so that the regenjas
// is found beside the jas. The split is the one whose sides are most frequent, by the geometric mean: Koehn & Knight,
// "Empirical Methods for Compound Splitting", EACL 2003, section 3.
const (
	// headShare and restShare are the frequencies, relative to the compound's own, of its last part, which says what the
	// thing is, and of what stands before, which says what for.
	headShare = 0.8
	restShare = 0.4

	shortestCompound = 6
	shortestPart     = 3
	// Where what stands before is no word of the catalogue, it has shortestRest letters at least, and the last part is
	// said of at least knownHead items, more than the compound is. English, which seldom writes compounds as one word and
	// has many words that end in another ("carpet"), is not split that way.
	shortestRest = 4
	knownHead    = 2
)

// compounding are the languages whose words are split, guessing those where one known part is enough: bit l for
// language l.
const (
	guessing    = 1<<words.Dutch | 1<<words.German
	compounding = guessing | 1<<words.English | 1<<words.Unknown
)

// linking is what Dutch and German put between the parts.
var linking = []string{"", "s", "en", "e", "n", "er", "es"}

// part is a term that a compound has a share of.
type part struct {
	term  uint32
	share float32
}

// compounds returns the parts of each text term that has some.
func compounds(v *vocabulary) map[uint32][]part {
	out := map[uint32][]part{}
	for term := range uint32(len(v.keys)) {
		if v.group(term) != groupText || v.languages[term]&compounding == 0 {
			continue
		}
		if parts := splitCompound(v, term); parts != nil {
			out[term] = parts
		}
	}
	return out
}

func splitCompound(v *vocabulary, term uint32) []part {
	key := v.keys[term]
	prefix, word := key[:2], key[2:]
	if len(word) < shortestCompound || !lettersOnly(word) {
		return nil
	}
	// Two occurrences make a word of the catalogue, and a part is at least as frequent as what it is part of.
	least := max(v.items[term], 2)
	var best []part
	bestScore := uint64(0)
	for at := shortestPart; at+shortestPart <= len(word); at++ {
		if !utf8.RuneStart(word[at]) {
			continue
		}
		head, ok := v.lookup[prefix+word[at:]]
		if !ok || v.items[head] < least {
			continue
		}
		rest, found := uint32(0), false
		for _, link := range linking {
			stem := word[:at]
			if len(stem)-len(link) < shortestPart || stem[len(stem)-len(link):] != link {
				continue
			}
			r, ok := v.lookup[prefix+stem[:len(stem)-len(link)]]
			if ok && v.items[r] >= 2 && (!found || v.items[r] > v.items[rest]) {
				rest, found = r, true
			}
		}
		switch {
		case found:
			if score := uint64(v.items[head]) * uint64(v.items[rest]); score > bestScore {
				best = []part{{head, headShare}, {rest, restShare}}
				bestScore = score
			}
		case v.languages[term]&guessing != 0 && at >= shortestRest && v.items[head] >= knownHead && v.items[head] > v.items[term]:
			if score := uint64(v.items[head]); score > bestScore {
				best = []part{{head, headShare}}
				bestScore = score
			}
		}
	}
	return best
}

func lettersOnly(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < utf8.RuneSelf && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}
