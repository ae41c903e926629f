package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Form says what a token is, and so how much it tells.
type Form uint8

const (
	// Word is a word as it stands between spaces or signs.
	Word Form = iota
	// Part is one side of a hyphen; the Word before it is the whole, joined: "t-light" gives the word "tlight" and
	// the part "light".
	Part
	// Number is digits without a unit: "2008", "1" of "#1".
	Number
	// Measure is a number with its unit in its short form: "28in", "50cm", "1.5l".
	Measure
)

// Token is one word of a text, in lower case, its accents kept.
type Token struct {
	Text string
	Form Form
}

// units maps the spellings of a unit to its short form. A unit follows its number, with or without a space.
var units = map[string]string{
	"mm": "mm", "cm": "cm", "m": "m", "km": "km", "dm": "dm",
	"\"": "in", "”": "in", "″": "in", "''": "in", "in": "in", "inch": "in", "inches": "in", "zoll": "in", "pouces": "in", "pulgadas": "in",
	"ft": "ft", "feet": "ft",
	"mg": "mg", "g": "g", "gr": "g", "gram": "g", "grams": "g", "gramm": "g", "kg": "kg", "kilo": "kg", "oz": "oz", "lb": "lb", "lbs": "lb",
	"ml": "ml", "cl": "cl", "dl": "dl", "l": "l", "ltr": "l", "liter": "l", "litre": "l", "litres": "l", "liters": "l", "litros": "l",
	"w": "w", "watt": "w", "kw": "kw", "kwh": "kwh", "wh": "wh", "v": "v", "volt": "v", "mah": "mah", "ah": "ah", "lumen": "lm", "lm": "lm",
	"mb": "mb", "gb": "gb", "tb": "tb", "mp": "mp", "hz": "hz", "mhz": "mhz", "ghz": "ghz",
	"%": "%", "°c": "c", "°": "deg",
}

// longestUnit is in runes.
const longestUnit = 8

// Split calls yield for each token of text, in order. It is safe for concurrent use; the token's text is its own.
func Split(text string, yield func(Token)) {
	if !isASCII(text) && !norm.NFC.IsNormalString(text) {
		text = norm.NFC.String(text)
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case isDigit(r):
			at = splitNumber(text, at, yield)
		case isLetter(r):
			at = splitWord(text, at, yield)
		default:
			at += size
		}
	}
}

// splitNumber reads the number at text[at:] with its unit, if it has one, and returns where to go on. Digits glued to
// letters that are no unit, as in "10x15" or "4g5", are one word.
func splitNumber(text string, at int, yield func(Token)) int {
	end, decimal := at, 0
	for end < len(text) {
		c := text[end]
		if isDigit(rune(c)) {
			end++
			continue
		}
		if (c == '.' || c == ',') && decimal == 0 && end+1 < len(text) && isDigit(rune(text[end+1])) {
			decimal = end
			end++
			continue
		}
		break
	}
	number := text[at:end]
	if decimal > 0 {
		number = strings.TrimRight(strings.TrimRight(strings.Replace(number, ",", ".", 1), "0"), ".")
	}

	unitAt := end
	for unitAt < len(text) && (text[unitAt] == ' ' || text[unitAt] == '-') && unitAt == end {
		unitAt++
	}
	// A spaced "in" is a preposition more often than an inch: "2 in 1".
	if short, unitEnd := unitOf(text, unitAt); short != "" && (unitAt == end || !strings.EqualFold(text[unitAt:unitEnd], "in")) {
		yield(Token{number + short, Measure})
		return unitEnd
	}
	if r, _ := utf8.DecodeRuneInString(text[end:]); end < len(text) && isLetter(r) {
		wordEnd := end
		for wordEnd < len(text) {
			r, size := utf8.DecodeRuneInString(text[wordEnd:])
			if !isLetter(r) && !isDigit(r) {
				break
			}
			wordEnd += size
		}
		yield(Token{strings.ToLower(number + text[end:wordEnd]), Word})
		return wordEnd
	}
	yield(Token{number, Number})
	return end
}

// unitOf returns the short form of the unit at text[at:] and where it ends, or "".
func unitOf(text string, at int) (short string, end int) {
	end = at
	for n := 0; n <= longestUnit && end < len(text); n++ {
		r, size := utf8.DecodeRuneInString(text[end:])
		isSign := r == '"' || r == '”' || r == '″' || r == '\'' || r == '%' || r == '°'
		if !isLetter(r) && !isSign {
			break
		}
		end += size
		// A sign ends its unit, except "°" of "°C" and the first of "''".
		if isSign {
			if s := units[strings.ToLower(text[at:end])]; s != "" && r != '°' {
				return s, end
			}
		}
	}
	return units[strings.ToLower(text[at:end])], end
}

// splitWord reads the word at text[at:], over hyphens and apostrophes, and returns where to go on.
func splitWord(text string, at int, yield func(Token)) int {
	var parts []string // of a hyphenated word; nil for a plain one
	start, end := at, at
	part := func(last bool) {
		w := strings.ToLower(text[start:end])
		if parts != nil || !last {
			parts = append(parts, w)
			return
		}
		yield(Token{w, Word})
	}
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if isLetter(r) || isDigit(r) || unicode.Is(unicode.Mn, r) {
			end += size
			continue
		}
		next, nextSize := utf8.DecodeRuneInString(text[end+size:])
		if !isLetter(next) && !isDigit(next) {
			break
		}
		if r == '-' || r == '‐' || r == '‑' {
			part(false)
			end += size
			start = end
			continue
		}
		if r == '\'' || r == '’' {
			after, _ := utf8.DecodeRuneInString(text[end+size+nextSize:])
			if (next == 's' || next == 'S') && !isLetter(after) {
				// The genitive and the plural of "women's", "foto's": the s goes.
				part(true)
				emitHyphenated(parts, yield)
				return end + size + nextSize
			}
			// The elided article of "l'eau", "d'été": a word of its own. The rest comes next time.
			part(true)
			emitHyphenated(parts, yield)
			return end + size
		}
		break
	}
	part(true)
	emitHyphenated(parts, yield)
	return end
}

// emitHyphenated yields the joined word, then each part of two letters or more.
func emitHyphenated(parts []string, yield func(Token)) {
	if parts == nil {
		return
	}
	yield(Token{strings.Join(parts, ""), Word})
	for _, p := range parts {
		if len(p) > 1 {
			yield(Token{p, Part})
		}
	}
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	return unicode.IsLetter(r)
}
