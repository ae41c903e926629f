package copy

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// languageCode returns the language of a tag such as nl, nl_BE or pt-br: one of Languages, or other for any that is none, or nothing
// where the text is no tag.
func languageCode(tag string) string {
	m := languageTag.FindStringSubmatch(strings.ToLower(strings.TrimSpace(tag)))
	if m == nil {
		return ""
	}
	return m[1]
}

var languageTag = regexp.MustCompile(`^([a-z]{2,3})(?:[-_](?:r?[a-z]{2}|[0-9]{3}|[a-z]{4}))*$`)

// languageNames are what folders and files are called besides codes.
var languageNames = map[string]string{"dutch": "nl", "nederlands": "nl", "english": "en", "german": "de", "deutsch": "de", "french": "fr",
	"francais": "fr", "spanish": "es", "espanol": "es"}

// otherCodes are languages that a part of a name may tell, and that there are no rules for; other pairs of letters are no language.
var otherCodes = map[string]bool{"it": true, "pt": true, "pl": true, "sv": true, "da": true, "nb": true, "fi": true, "cs": true, "hu": true, "ro": true,
	"ja": true, "zh": true, "ko": true, "ru": true, "tr": true, "el": true, "uk": true, "ca": true}

// languageOfName returns the language that the name of a file or of the folders nearest to it tells: nl.json, messages.de.po,
// fr/shop.json, values-es/strings.xml, de.lproj/Localizable.strings.
func languageOfName(name string) string {
	name = strings.ToLower(filepath.ToSlash(name))
	parts := strings.Split(name, "/")
	for i := len(parts) - 1; i >= max(0, len(parts)-4); i-- {
		words := strings.FieldsFunc(parts[i], func(r rune) bool { return r == '.' || r == '-' || r == '_' || r == ' ' })
		if i == len(parts)-1 && len(words) > 1 {
			words = words[:len(words)-1] // the kind of file
		}
		for j := len(words) - 1; j >= 0; j-- {
			w := words[j]
			if code := languageNames[w]; code != "" {
				return code
			}
			if j > 0 && isLanguage(words[j-1]) {
				continue // a region, as in fr_CA
			}
			// A code stands at an end of the name: "de-stijl.md" is no German, "messages-de.po" is.
			if len(w) == 2 && (j == len(words)-1 || j == len(words)-2 && (len(words[j+1]) <= 3 || words[j+1] == "lproj")) && (isLanguage(w) || otherCodes[w]) {
				return w
			}
		}
	}
	return ""
}

func isLanguage(code string) bool {
	return slices.Contains(Languages, code)
}

// languages returns those in which a text is checked: its own, or those of the file; none where there are no rules for its own.
func (s *segment) languages(ofFile []string) []string {
	switch {
	case s.language == "":
		return ofFile
	case isLanguage(s.language):
		return []string{s.language}
	}
	return nil
}

// languages returns those in which texts of a file are checked that do not say theirs.
func (l *Linter) languages(x *extraction, told string, r *Result) []string {
	code := languageCode(x.language)
	if code == "" {
		code = languageOfName(x.name)
		if code == "uk" && detect(x.segments) == "en" {
			code = "en" // of the United Kingdom, and not Ukrainian
		}
	}
	if code == "" {
		code = told
	}
	if code != "" {
		if !isLanguage(code) {
			return nil
		}
		return []string{code}
	}
	r.Guessed = slices.ContainsFunc(x.segments, func(s *segment) bool { return s.language == "" })
	if code = detect(x.segments); code != "" {
		return []string{code}
	}
	r.AllLanguages = r.Guessed
	return Languages
}

// commonWords tell languages apart: of each those that are frequent in it, and no words of the others.
var commonWords = map[string]string{}

func init() {
	for code, words := range map[string]string{
		"nl": "het een van en is dat niet voor met zijn op je wij uw jouw ook maar bij naar dit deze wordt heeft nog als onze meer alle of om te uit",
		"en": "the of and to is that it for with you this on your are our by from have not be was all can more will has we or at an",
		"de": "der die das und ist nicht mit von für auf ein eine sie ihr zu den dem wir auch sich bei im oder ihre sind wird dein deine noch nach",
		"fr": "le les des et est une du vous pour pas dans sur nous votre avec au que qui par ce sont cette ou aux ces vos être tout plus",
		"es": "el los las y es una del para con por su se lo no que más como pero tu este esta todo sus al son está sobre nuestra muy",
	} {
		for _, w := range strings.Fields(words) {
			w = fold(w)
			if _, taken := commonWords[w]; taken {
				commonWords[w] = "" // in two languages it tells nothing
				continue
			}
			commonWords[w] = code
		}
	}
}

// detect returns the language whose common words a file has most of, nothing where that is not clear.
func detect(segments []*segment) string {
	const enough, most = 3, 20_000 // common words; words that are looked at
	counts := map[string]int{}
	seen := 0
	for _, s := range segments {
		for _, sentence := range sentencesOf(s.text) {
			for _, k := range sentence.tokens {
				if code := commonWords[k.word]; code != "" {
					counts[code]++
				}
				seen++
			}
		}
		if seen > most {
			break
		}
	}
	best, second := "", 0
	for _, code := range Languages {
		switch n := counts[code]; {
		case best == "" || n > counts[best]:
			if best != "" {
				second = max(second, counts[best])
			}
			best = code
		default:
			second = max(second, n)
		}
	}
	if counts[best] < enough || counts[best] < 2*second {
		return ""
	}
	return best
}
