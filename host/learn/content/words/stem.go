package words

import (
	"strings"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/spanish"
	"golang.org/x/text/unicode/norm"
)

var stemmers = [languageCount]func(*snowballstem.Env) bool{
	Dutch: dutch.Stem, English: english.Stem, French: french.Stem, German: german.Stem, Spanish: spanish.Stem,
}

// Stem returns what the forms of a word have in common, without accents: "regenjassen" and "regenjas" give "regenjas".
// The word is in lower case, and no number or measure.
//
// The stemmers are those of the Snowball project: Porter, "Snowball: A language for stemming algorithms" (2001),
// https://snowballstem.org/algorithms/.
func Stem(l Language, word string) string {
	word = snowball(l, word)
	if l == Dutch {
		// Twice, since the stemmer takes "fiets" to "fiet" and "fietsen" to "fiets".
		word = dutchEnd(snowball(l, dutchEnd(word)))
	}
	return Fold(word)
}

func snowball(l Language, word string) string {
	if stem := stemmers[l]; stem != nil {
		env := snowballstem.NewEnv(word)
		stem(env)
		if s := env.Current(); s != "" {
			return s
		}
	}
	return word
}

// dutchEnd undoes what Dutch spelling does to a stem before "-en" and Snowball's stemmer leaves: "jass" of "jassen" is
// "jas", "huiz" is "huis" and "briev" is "brief". Kraaij & Pohlmann, "Porter's stemming algorithm for Dutch" (1994), do
// the same in their clean-up.
func dutchEnd(s string) string {
	n := len(s)
	if n < 3 {
		return s
	}
	switch last := s[n-1]; {
	case last == s[n-2] && strings.IndexByte("bfglmnprs", last) >= 0:
		return s[:n-1]
	case last == 'v':
		return s[:n-1] + "f"
	case last == 'z':
		return s[:n-1] + "s"
	}
	return s
}

// FoldName folds a name of several words, the spaces between them too: names of topics that have the same fold are one.
func FoldName(name string) string { return Fold(strings.Join(strings.Fields(name), " ")) }

// Fold returns the word in lower case and without accents, ß and the ligatures written out.
func Fold(word string) string {
	if isASCII(word) {
		return strings.ToLower(word)
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		switch r {
		case 'ß':
			b.WriteString("ss")
		case 'æ':
			b.WriteString("ae")
		case 'œ':
			b.WriteString("oe")
		case 'ø':
			b.WriteByte('o')
		case 'ł':
			b.WriteByte('l')
		case 'đ', 'ð':
			b.WriteByte('d')
		case 'ı':
			b.WriteByte('i')
		default:
			if !unicode.Is(unicode.Mn, r) {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}
