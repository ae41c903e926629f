package copy

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestExamples tries each rule on the examples beside it.
func TestExamples(t *testing.T) {
	for _, code := range Languages {
		lang := loaded().languages[code]
		m := newMatcher(lang)
		for _, r := range lang.rules {
			for _, text := range r.hits {
				found := false
				for _, s := range sentencesOf(text) {
					for _, h := range m.hits(&s) {
						found = found || h.pattern.rule == r
					}
				}
				assert.True(t, found, "%s %s does not find: %s", code, r.ID, text)
			}
			for _, text := range r.misses {
				for _, s := range sentencesOf(text) {
					for _, h := range m.hits(&s) {
						assert.Fail(t, "found", "%s %s by %q in: %s", code, h.pattern.rule.ID, h.pattern.source, text)
					}
				}
			}
		}
	}
}

func TestRulesOfALanguageAreRefused(t *testing.T) {
	rules := []*Rule{{ID: "seen"}}
	const sets = "set not = not\nset privacy = cookie*\nset work = novel\n"
	const whole = "rule seen\ninstead More\nfind you viewed\n+ You viewed this\n- We viewed this\n"
	for _, c := range []struct{ name, text, want string }{
		{"whole", sets + whole, ""},
		{"no example that is found", sets + strings.Replace(whole, "+ You viewed this\n", "", 1), "rule seen needs examples of both kinds, + and -"},
		{"no example that is not", sets + strings.Replace(whole, "- We viewed this\n", "", 1), "rule seen needs examples of both kinds, + and -"},
		{"no wording", sets + strings.Replace(whole, "instead More\n", "", 1), "rule seen has no neutral wording (instead)"},
		{"no pattern", sets + strings.Replace(whole, "find you viewed\n", "", 1), "rule seen finds nothing"},
		{"a rule that is not known", sets + whole + "rule sean\n", `x.txt:9: there is no rule "sean"`},
		{"a rule twice", sets + whole + whole, "x.txt:9: a second rule seen"},
		{"no rule", sets, "x.txt: 0 rules of 1"},
		{"a pattern before any rule", sets + "find you\n", "x.txt:4: find before any rule"},
		{"a set that is not there", sets + whole + "find @we\n", `x.txt:9: there is no set "we"`},
		{"a set twice", sets + sets, `x.txt:4: a second set "not"`},
		{"a set of itself", sets + "set a = b | @a\n" + whole + "find @a\n", `x.txt:10: set "a" contains itself`},
		{"a set without =", sets + "set a\n", "x.txt:4: want NAME = PHRASES"},
		{"an open parenthesis", sets + whole + "find (you\n", "x.txt:9: a ( without its )"},
		{"a closing parenthesis", sets + whole + "find you)\n", "x.txt:9: a ) without its ("},
		{"a parenthesis in a word", sets + whole + "find view(ed)\n", `x.txt:9: "view(ed)": want spaces around phrases and sets`},
		{"an assertion that is not there", sets + whole + "find <begin> you\n", "x.txt:9: there is no <begin>"},
		{"a star within", sets + whole + "find vi*ed\n", `x.txt:9: "vi*ed": * stands at the beginning or the end`},
		{"a gap too long", sets + whole + "find you ...99 me\n", `x.txt:9: "...99": want ... or ...1 to ...12`},
		{"a gap first", sets + whole + "find ... me\n", `x.txt:9: "... me" begins with a gap, or may`},
		{"all may be missing", sets + whole + "find you?\n", `x.txt:9: "you?" begins with a gap, or may`},
		{"only an assertion", sets + whole + "find <start>\n", "x.txt:9: a pattern without words"},
		{"an empty alternative", sets + whole + "find you||me\n", "x.txt:9: nothing beside a |"},
		{"a sign", sets + whole + "find you &\n", `x.txt:9: "&" is no word`},
		{"negations of two words", strings.Replace(sets, "= not", "= not | (by no means)", 1) + whole, "x: set not: want single words"},
		{"no set of negations", strings.Replace(sets, "set not = not\n", "", 1) + whole, `x: set not: there is no set "not"`},
		{"a bundle of one part", sets + whole + "together you\n", `x.txt:9: "you": want patterns parted by &, or after a ! what excuses them`},
		{"a bundle with a gap first", sets + whole + "together you & ... me\n", `x.txt:9: "... me" begins with a gap, or may`},
		{"an excuse that is no pattern", sets + whole + "together you ! (if\n", "x.txt:9: a ( without its )"},
		{"another key", sets + whole + "finds you\n", `x.txt:9: "finds": want set, rule, instead, find, together, unless, + or -`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := parseLanguage("x.txt", "x", c.text, rules)
			if c.want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, c.want)
		})
	}
}

func TestBundles(t *testing.T) {
	rules := []*Rule{{ID: "seen", Class: Recognition}}
	lang, err := parseLanguage("x.txt", "x", `set not = not | never
set privacy = cookie*
set work = novel
rule seen
instead More
find you watched
together (you|your) & viewed|bought & ((in <number>)|yesterday) ! if & (when you)
together you (haven't|not) & (been|come) here
unless bought
+ You bought this yesterday
- We viewed this yesterday
`, rules)
	require.NoError(t, err)
	m := newMatcher(lang)
	for _, c := range []struct{ text, found string }{
		{"You bought a lamp yesterday", "You bought a lamp yesterday"},
		{"Yesterday, it was you who viewed it", "Yesterday, it was you who viewed"},
		{"The lamp that you bought in 2024 is here", "you bought in 2024"},
		{"You bought a lamp", ""},
		{"If you bought it yesterday, bring it back", ""},
		{"You viewed when you came in 2024", ""},
		{"Say yesterday when you bought it", ""},
		{"You never bought it yesterday", ""},
		{"Yesterday you viewed nothing, not even a lamp", ""},
		{"You bought a novel yesterday", "You bought a novel yesterday"},
		{"You viewed cookies yesterday", ""},
		{"Not that you haven't come here", ""},
		{"For long you haven't come here", "you haven't come here"},
		{"You watched what you bought", ""},
	} {
		var found string
		for _, s := range sentencesOf(c.text) {
			for _, h := range m.sentence(&s) {
				found = c.text[h.Start:h.End]
			}
		}
		assert.Equal(t, c.found, found, c.text)
	}
}

func TestSharedRulesAreRefused(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no title", "rule a recognition\n", "x.txt:1: want an id, a class and a title"},
		{"no such class", "rule a watching sees\n", `x.txt:1: class "watching": want one of recognition, pressure, intimacy`},
		{"twice", "rule a pressure sees\nwhy so\nrule a pressure sees\n", "x.txt:3: a second rule a"},
		{"no why", "rule a pressure sees\n", "x.txt: rule a does not say why"},
		{"why first", "why so\n", "x.txt:1: before any rule"},
		{"another key", "rules\n", `x.txt:1: "rules": want rule or why`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := parseRules("x.txt", c.text)
			require.EqualError(t, err, c.want)
		})
	}
}
