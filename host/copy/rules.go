package copy

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

// Class is what a text does to its reader.
type Class uint8

const (
	Recognition Class = iota // tells visitors that they were watched or are known
	Pressure                 // scarcity, countdowns, what others do right now, buttons that shame
	Intimacy                 // speaks as a friend or lover would
)

var classNames = [...]string{"recognition", "pressure", "intimacy"}

func (c Class) String() string { return classNames[c] }

// Classes are all of them, by name.
func Classes() []string { return classNames[:] }

// ClassOf returns the class of a name.
func ClassOf(name string) (Class, bool) {
	i := slices.Index(classNames[:], name)
	return Class(max(i, 0)), i >= 0
}

// Rule is one way in which a text can be out of tone. It is the same in every language.
type Rule struct {
	ID    string
	Class Class
	Title string // what is found, in a few words
	Why   string // why it is felt as watching, pressing or courting
}

// Languages are those that there are rules for.
var Languages = []string{"nl", "en", "de", "fr", "es"}

// languageRule is what one language has of a rule.
type languageRule struct {
	*Rule
	instead  string
	patterns int
	hits     []string // examples that the rule must find
	misses   []string // examples that nothing may be found in
}

//go:embed rules
var ruleFiles embed.FS

// parseRules reads the rules that all languages share: "rule ID CLASS TITLE", and "why" below it.
func parseRules(file, text string) ([]*Rule, error) {
	var rules []*Rule
	err := eachLine(file, text, func(key, value string) error {
		switch key {
		case "rule":
			parts := strings.SplitN(value, " ", 3)
			if len(parts) < 3 {
				return fmt.Errorf("want an id, a class and a title")
			}
			class, ok := ClassOf(parts[1])
			if !ok {
				return fmt.Errorf("class %q: want one of %s", parts[1], strings.Join(classNames[:], ", "))
			}
			if slices.ContainsFunc(rules, func(r *Rule) bool { return r.ID == parts[0] }) {
				return fmt.Errorf("a second rule %s", parts[0])
			}
			rules = append(rules, &Rule{ID: parts[0], Class: class, Title: parts[2]})
		case "why":
			if len(rules) == 0 {
				return fmt.Errorf("before any rule")
			}
			rules[len(rules)-1].Why = value
		default:
			return fmt.Errorf("%q: want rule or why", key)
		}
		return nil
	})
	for _, r := range rules {
		if err == nil && r.Why == "" {
			err = fmt.Errorf("%s: rule %s does not say why", file, r.ID)
		}
	}
	return rules, err
}

// Sets that the matcher knows by name.
const (
	negationSet = "not"     // words that make a sentence say the opposite
	privacySet  = "privacy" // phrases of which a sentence that has them explains what is kept, instead of using it
	workSet     = "work"    // phrases that tell a book, film or the like, whose title may say anything
)

// parseLanguage reads the rules of one language.
func parseLanguage(file, code, text string, rules []*Rule) (*language, error) {
	l := &language{code: code, terms: newLexicon(), finds: &index{}, unless: &index{}, parts: &index{}, privacy: &index{}, work: &index{}}
	c := &compiler{terms: l.terms, sets: map[string]string{}, open: map[string]bool{}}
	var rule *languageRule
	finish := func() error {
		switch {
		case rule == nil:
		case rule.instead == "":
			return fmt.Errorf("rule %s has no neutral wording (instead)", rule.ID)
		case rule.patterns == 0:
			return fmt.Errorf("rule %s finds nothing", rule.ID)
		case len(rule.hits) == 0 || len(rule.misses) == 0:
			return fmt.Errorf("rule %s needs examples of both kinds, + and -", rule.ID)
		}
		return nil
	}
	err := eachLine(file, text, func(key, value string) error {
		if key == "set" {
			name, body, ok := strings.Cut(value, " = ")
			if !ok {
				return fmt.Errorf("want NAME = PHRASES")
			}
			if _, taken := c.sets[name]; taken {
				return fmt.Errorf("a second set %q", name)
			}
			c.sets[name] = body
			return nil
		}
		if key == "rule" {
			if err := finish(); err != nil {
				return err
			}
			i := slices.IndexFunc(rules, func(r *Rule) bool { return r.ID == value })
			if i < 0 {
				return fmt.Errorf("there is no rule %q", value)
			}
			if slices.ContainsFunc(l.rules, func(r *languageRule) bool { return r.ID == value }) {
				return fmt.Errorf("a second rule %s", value)
			}
			rule = &languageRule{Rule: rules[i]}
			l.rules = append(l.rules, rule)
			return nil
		}
		if rule == nil {
			return fmt.Errorf("%s before any rule", key)
		}
		switch key {
		case "instead":
			rule.instead = value
		case "find":
			rule.patterns++
			return l.add(c, l.finds, rule, value)
		case "together":
			rule.patterns++
			return l.bundle(c, rule, value)
		case "unless":
			return l.add(c, l.unless, rule, value)
		case "+":
			rule.hits = append(rule.hits, value)
		case "-":
			rule.misses = append(rule.misses, value)
		default:
			return fmt.Errorf("%q: want set, rule, instead, find, together, unless, + or -", key)
		}
		return nil
	})
	if err == nil {
		err = finish()
	}
	if err == nil && len(l.rules) < len(rules) {
		err = fmt.Errorf("%s: %d rules of %d", file, len(l.rules), len(rules))
	}
	if err == nil {
		err = l.addSets(c)
	}
	if err != nil {
		return nil, err
	}
	return l, nil
}

func (l *language) add(c *compiler, to *index, rule *languageRule, source string) error {
	prog, err := c.compile(source)
	if err != nil {
		return err
	}
	if beginsWithGap(prog, 0) {
		return fmt.Errorf("%q begins with a gap, or may", source)
	}
	to.add(pattern{rule: rule, prog: prog, source: source})
	return nil
}

// bundle adds patterns that break a rule together, parted by &, and after a ! those that the sentence must not have.
func (l *language) bundle(c *compiler, rule *languageRule, source string) error {
	all, none, not := strings.Cut(source, " ! ")
	b := bundle{pattern: pattern{rule: rule, source: source}}
	var err error
	if b.all, err = l.partsOf(c, all); err != nil {
		return err
	}
	if len(b.all) < 2 && !not {
		return fmt.Errorf("%q: want patterns parted by &, or after a ! what excuses them", source)
	}
	if not {
		if b.none, err = l.partsOf(c, none); err != nil {
			return err
		}
	}
	l.bundles = append(l.bundles, b)
	return nil
}

// partsOf returns the numbers of the patterns that a text has, parted by &.
func (l *language) partsOf(c *compiler, text string) ([]int, error) {
	var parts []int
	for _, source := range strings.Split(text, " & ") {
		source = strings.TrimSpace(source)
		n := slices.IndexFunc(l.parts.patterns, func(p pattern) bool { return p.source == source })
		if n < 0 {
			n = len(l.parts.patterns)
			if err := l.add(c, l.parts, nil, source); err != nil {
				return nil, err
			}
			l.parts.patterns[n].part = n
		}
		parts = append(parts, n)
	}
	return parts, nil
}

// beginsWithGap reports whether a match can begin with just any word, or be empty.
func beginsWithGap(prog []instruction, pc int) bool {
	switch in := prog[pc]; in.op {
	case opSplit:
		return beginsWithGap(prog, in.x) || in.y != in.x && beginsWithGap(prog, in.y)
	case opAssert:
		return beginsWithGap(prog, pc+1)
	case opTerm:
		return false
	}
	return true
}

// addSets compiles the sets that the matcher knows by name.
func (l *language) addSets(c *compiler) error {
	for name, to := range map[string]*index{privacySet: l.privacy, workSet: l.work} {
		if err := l.add(c, to, nil, "@"+name); err != nil {
			return fmt.Errorf("%s: set %s: %w", l.code, name, err)
		}
	}
	prog, err := c.compile("@" + negationSet)
	if err != nil {
		return fmt.Errorf("%s: set %s: %w", l.code, negationSet, err)
	}
	if len(prog) != 2 || prog[0].op != opTerm {
		return fmt.Errorf("%s: set %s: want single words", l.code, negationSet)
	}
	l.not = prog[0].terms
	return nil
}

// eachLine calls f with the first word and the rest of every line but comments. A line that begins with a space goes on with
// the line before it. Errors get the place.
func eachLine(file, text string, f func(key, value string) error) error {
	var key, value string
	start, line := 0, 0
	flush := func() error {
		if key == "" {
			return nil
		}
		if err := f(key, value); err != nil {
			return fmt.Errorf("%s:%d: %w", file, start, err)
		}
		key = ""
		return nil
	}
	for s := range strings.Lines(text) {
		line++
		s = strings.TrimRight(s, " \t\r\n")
		switch {
		case s == "" || s[0] == '#':
		case s[0] == ' ' && key != "":
			value += " " + strings.TrimSpace(s)
		default:
			if err := flush(); err != nil {
				return err
			}
			key, value, _ = strings.Cut(s, " ")
			value = strings.TrimSpace(value)
			start = line
		}
	}
	return flush()
}
