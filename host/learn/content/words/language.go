package words

import "strings"

// Language is one of the languages that the package knows; the zero value is any other.
type Language uint8

const (
	Unknown Language = iota
	Dutch
	English
	French
	German
	Spanish

	languageCount
)

// ParseLanguage returns the language of a BCP 47 tag, by its first subtag, or Unknown. It takes the three-letter codes
// of ISO 639-2 as well, which some feeds use.
func ParseLanguage(tag string) Language {
	primary, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	switch primary {
	case "nl", "nld", "dut":
		return Dutch
	case "en", "eng":
		return English
	case "fr", "fra", "fre":
		return French
	case "de", "deu", "ger":
		return German
	case "es", "spa":
		return Spanish
	}
	return Unknown
}

// Evidence counts for each language the stop words found in texts.
type Evidence [languageCount]int

// Add counts one word, in lower case.
func (e *Evidence) Add(word string) {
	for mask, l := stopLanguages[word], Language(0); mask != 0; mask, l = mask>>1, l+1 {
		if mask&1 == 1 {
			e[l]++
		}
	}
}

// Language returns the language that the evidence speaks for, or Unknown when there is too little: at least two stop
// words, and a quarter more than for any other language.
func (e *Evidence) Language() Language {
	best, second := Unknown, 0
	for l := Dutch; l < languageCount; l++ {
		switch {
		case e[l] > e[best] || best == Unknown && e[l] > 0:
			if best != Unknown {
				second = e[best]
			}
			best = l
		case e[l] > second:
			second = e[l]
		}
	}
	if best == Unknown || e[best] < 2 || 4*e[best] < 5*second {
		return Unknown
	}
	return best
}
