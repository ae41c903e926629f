package copy

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// tokenKind is what a token is, besides a word.
type tokenKind uint8

const (
	wordToken tokenKind = iota
	numberToken
	timeToken   // 02:13:45
	holderToken // what a template fills in, or words in quotation marks, which are somebody else's
	placeToken  // a holder whose name tells that a place stands there
	nameToken   // a holder whose name tells that the visitor's name stands there
)

// token is a word of a text, and where it stands.
type token struct {
	word       string // folded, empty unless a word
	kind       tokenKind
	start, end int  // bytes of the text
	capital    bool // begins with a capital letter
	comma      bool // follows a comma, colon, dash or bracket
}

// sentence is a run of tokens that ends at a full stop or the like.
type sentence struct {
	tokens   []token
	question bool
}

// longestQuote is how many bytes words in quotation marks may have; marks that are further apart are not a pair.
const longestQuote = 400

// tokeniser takes a text apart.
type tokeniser struct {
	text      string
	i         int
	icu       int // how many branches of a plural or select are open
	comma     bool
	sentences []sentence
	tokens    []token
}

// sentencesOf takes a text apart into sentences of words. Tags are passed over, and a block's tag ends a sentence.
func sentencesOf(text string) []sentence {
	t := tokeniser{text: text}
	for t.i < len(text) {
		t.step()
	}
	t.end(false)
	return t.sentences
}

func (t *tokeniser) end(question bool) {
	if len(t.tokens) > 0 {
		t.sentences = append(t.sentences, sentence{tokens: t.tokens, question: question})
		t.tokens = nil
	}
	t.comma = false
}

func (t *tokeniser) add(k token) {
	k.comma, t.comma = t.comma, false
	t.tokens = append(t.tokens, k)
	t.i = k.end
}

var (
	holder = regexp.MustCompile(`^(?:\{\{\{?[^{}]*\}?\}\}|[$#]?\{[^{}]*\}|<%[^%]*%>|\{%[^%]*%\}|%\([A-Za-z0-9_.]+\)[sdif]|` +
		`%[A-Za-z][A-Za-z0-9_.]*%|%(?:\d+\$)?[-+0-9.]*[sdif@u]\b|%(?:\d+\$)?@|\[\[[^\[\]]*\]\]|\x1a+|https?://[^\s<>"]+)`)
	icuHead   = regexp.MustCompile(`^\{\s*\$?[\w.]+\s*,\s*(?:plural|select|selectordinal)\s*,(?:\s*offset:\d+)?`)
	icuBranch = regexp.MustCompile(`^\s*(?:=\d+|[a-z]+)\s*\{`)
	inlineTag = regexp.MustCompile(`^</?[A-Za-z!][^<>]{0,400}>`)
	blockTag  = regexp.MustCompile(`(?i)^</?(?:p|br|li|ul|ol|h[1-6]|div|td|tr|th|table|section)\b`)
	figure    = regexp.MustCompile(`^\d+(?:[.,:\x{2019}'\x{a0}\x{202f}]\d+)*`)
)

// step reads what stands at i.
func (t *tokeniser) step() {
	rest := t.text[t.i:]
	r, width := utf8.DecodeRuneInString(rest)
	switch {
	case isLetter(r):
		t.addWord()
	case r >= '0' && r <= '9':
		n := figure.FindString(rest)
		kind := numberToken
		if strings.Contains(n, ":") {
			kind = timeToken
		}
		t.add(token{kind: kind, start: t.i, end: t.i + len(n)})
	case r == ' ' || r == '\t':
		t.i++
	default:
		t.sign(r, width, rest)
	}
}

// sign reads what is neither letter, digit nor space.
func (t *tokeniser) sign(r rune, width int, rest string) {
	switch r {
	case '{':
		if m := icuHead.FindString(rest); m != "" {
			t.i += len(m)
			t.branch()
			return
		}
	case '}':
		if t.icu > 0 {
			t.i++
			t.branch()
			return
		}
	case '#':
		if t.icu > 0 {
			t.add(token{kind: numberToken, start: t.i, end: t.i + 1})
			return
		}
	case '<':
		if m := inlineTag.FindString(rest); m != "" {
			if blockTag.MatchString(m) {
				t.end(false)
			}
			t.i += len(m)
			return
		}
	}
	if strings.ContainsRune("{$#%<[\x1a", r) {
		if m := holder.FindString(rest); m != "" {
			t.add(token{kind: holderKind(m), start: t.i, end: t.i + len(m)})
			return
		}
	}
	if n := t.quoted(r, width); n > 0 {
		t.add(token{kind: holderToken, start: t.i, end: t.i + n})
		return
	}
	switch {
	case strings.ContainsRune("!¡…|·•\n\f", r):
		t.end(false)
	case r == '?' || r == '¿':
		t.end(r == '?')
	case r == '.':
		if next, _ := utf8.DecodeRuneInString(rest[width:]); !t.dated() && (width == len(rest) || unicode.IsSpace(next) || !isLetter(next) && next != '/') {
			t.end(false)
		}
	case strings.ContainsRune(",;:–—()-/", r):
		t.comma = true
	case unicode.Is(unicode.So, r) && r > 0x2190:
		t.add(token{word: string(r), start: t.i, end: t.i + width})
		return
	}
	t.i += width
}

// beforeDay are the words that a day of the month follows, as in "am 12. März", which is no end of a sentence.
var beforeDay = map[string]bool{"am": true, "vom": true, "zum": true, "bis": true, "ab": true, "seit": true, "dem": true, "den": true}

// dated reports whether a full stop at i makes an ordinal of the number before it.
func (t *tokeniser) dated() bool {
	n := len(t.tokens)
	if n < 2 || t.tokens[n-1].kind != numberToken || t.tokens[n-1].end != t.i || t.i-t.tokens[n-1].start > 2 || !beforeDay[t.tokens[n-2].word] {
		return false
	}
	rest := strings.TrimLeft(t.text[t.i+1:], " \u00a0")
	r, _ := utf8.DecodeRuneInString(rest)
	return isLetter(r)
}

var (
	placeName = regexp.MustCompile(`(?i)(?:city|town|stad|plaats|ort|ville|ciudad|location|region|place|lugar|lieu|country|area)\W*$`)
	nameName  = regexp.MustCompile(`(?i)(?:\b|_|\.|first|last|user|voor|vor|pre|pré)(?:name|naam|nom|nombre|firstname|user|customer|klant|kunde|client|cliente)\W*$`)
)

// holderKind tells what stands in a holder from how it is called.
func holderKind(text string) tokenKind {
	switch {
	case text[0] != '{' && text[0] != '$' && text[0] != '%' && text[0] != '<':
		return holderToken
	case placeName.MatchString(text):
		return placeToken
	case nameName.MatchString(text):
		return nameToken
	}
	return holderToken
}

// branch begins the next branch of an ICU plural or select, or ends the last.
func (t *tokeniser) branch() {
	t.end(false)
	if m := icuBranch.FindString(t.text[t.i:]); m != "" {
		t.i += len(m)
		t.icu++
		return
	}
	t.icu = 0
}

// closers are the marks that may end what a mark begins.
var closers = map[rune]string{'“': "”", '„': "“”", '«': "»", '»': "«", '"': `"`, '‘': "’", '‹': "›"}

// quoted returns how many bytes the words in quotation marks have that begin here: 0 if none do, if they are the whole text,
// or the value of an attribute.
func (t *tokeniser) quoted(open rune, width int) int {
	ends, ok := closers[open]
	if !ok || t.i > 0 && t.text[t.i-1] == '=' {
		return 0
	}
	rest := t.text[t.i+width:]
	if len(rest) > longestQuote {
		rest = rest[:longestQuote]
	}
	for j, r := range rest {
		if !strings.ContainsRune(ends, r) {
			continue
		}
		n := width + j + utf8.RuneLen(r)
		next, _ := utf8.DecodeRuneInString(t.text[t.i+n:])
		if r == '’' && isLetter(next) {
			continue // an apostrophe
		}
		if strings.TrimSpace(t.text[:t.i]) == "" && strings.Trim(t.text[t.i+n:], " .!?\u00a0\u202f") == "" {
			return 0
		}
		return n
	}
	return 0
}

// isLetter reports whether a rune is part of words; soft hyphens and zero-width characters are, and count for nothing there.
func isLetter(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) && r != 0xfe0f || isIgnored(r)
}

func isIgnored(r rune) bool {
	return r == 0xad || r >= 0x200b && r <= 0x200d || r == 0x2060 || r == 0xfeff
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '´' || r == '`' }

// twice is an apostrophe as Java's MessageFormat and ICU have it written.
const twice = "''"

// addWord reads a word, which may have apostrophes within.
func (t *tokeniser) addWord() {
	start, j := t.i, t.i
	apostrophe := -1 // the last one
	for j < len(t.text) {
		r, w := utf8.DecodeRuneInString(t.text[j:])
		if !isLetter(r) {
			if strings.HasPrefix(t.text[j:], twice) {
				w = len(twice)
			}
			next, _ := utf8.DecodeRuneInString(t.text[j+w:])
			if !isApostrophe(r) || !isLetter(next) {
				break
			}
			if apostrophe >= 0 { // l'… d'…: one at a time
				break
			}
			apostrophe = j
		}
		j += w
	}
	raw := t.text[start:j]
	first, _ := utf8.DecodeRuneInString(raw)
	capital := unicode.IsUpper(first)
	if apostrophe >= 0 {
		if cut := elision(raw, apostrophe-start); cut > 0 {
			t.add(token{word: fold(raw[:cut]), start: start, end: start + cut, capital: capital})
			t.add(token{word: fold(raw[cut:]), start: start + cut, end: j})
			return
		}
	}
	if word := fold(raw); word != "" {
		t.add(token{word: word, start: start, end: j, capital: capital})
	}
	t.i = j
}

var (
	proclitics = map[string]bool{"l": true, "d": true, "j": true, "m": true, "t": true, "s": true, "n": true, "c": true, "qu": true,
		"lorsqu": true, "jusqu": true, "puisqu": true}
	enclitics = map[string]bool{"s": true, "re": true, "ve": true, "ll": true, "d": true, "m": true}
)

// elision returns where a word with an apostrophe is two: l'|eau, you|'ve. It is 0 where it is one: don't, zo'n, aujourd'hui.
func elision(raw string, apostrophe int) int {
	_, width := utf8.DecodeRuneInString(raw[apostrophe:])
	if strings.HasPrefix(raw[apostrophe:], twice) {
		width = len(twice)
	}
	before, after := fold(raw[:apostrophe]), fold(raw[apostrophe+width:])
	switch {
	case enclitics[after]:
		return apostrophe
	case proclitics[before] && (len(after) > 1 || strings.Contains("aeiouy", after)):
		return apostrophe + width
	}
	return 0
}

// fold returns a word as rules have it: small letters without accents, a straight apostrophe, ss for ß.
func fold(word string) string {
	if strings.Contains(word, twice) {
		word = strings.ReplaceAll(word, twice, "'")
	}
	plain := true
	for i := range len(word) {
		if c := word[i]; c >= 0x80 || c == '`' {
			plain = false
			break
		}
	}
	if plain {
		return strings.ToLower(word)
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		switch {
		case unicode.Is(unicode.Mn, r) || isIgnored(r):
		case isApostrophe(r):
			b.WriteByte('\'')
		case r == 'ß':
			b.WriteString("ss")
		case r == 'œ':
			b.WriteString("oe")
		case r == 'æ':
			b.WriteString("ae")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
