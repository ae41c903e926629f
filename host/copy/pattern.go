package copy

import (
	"fmt"
	"strconv"
	"strings"
)

// A pattern is written as the words that it finds, in order:
//
//	we|ons zag|zagen ... @you      one of two words, one of two, up to four words, one of a set
//	(op basis van | wegens) uw     one of two phrases
//	you 're? back                  a word that may be missing: ?, also after a set or a phrase
//	bekeek* *gedrag                words that begin so, or end so
//	...7                           up to seven words; gaps hold no negation and stay in the sentence
//	<number> <time> <holder>       digits (as is 24: it stands for any number); 02:13; what a template fills in, or words in quotation marks
//	<place> <name>                 such a holder that is called after a place, or the visitor's name: {city}, {first_name}
//	<capital>                      a word with a capital, not the first
//	<start> <end> <comma>          the sentence begins, ends; a comma, colon or dash is passed here
//	<question>                     the sentence ends in a question mark
//
// Patterns that break a rule together, wherever in a sentence they stand, are written on one line, and after a "!" those of which each excuses
// it; what a rule says by "unless" excuses what "find" finds, and not these:
//
//	together @you & @viewed & yesterday|recently ! if|when & @parcel
//
// Words are compared without case, accents or typography, and taken apart as texts are: "you've" is "you" and "'ve".

// opcode is what an instruction of a program does.
type opcode uint8

const (
	opTerm   opcode = iota // the token has one of the terms
	opAny                  // any token that is no negation
	opSplit                // go on at x, or else at y
	opAssert               // x is an assertion
	opMatch
)

// assertion is what holds between two tokens.
type assertion int

const (
	atStart assertion = iota
	atEnd
	atComma
	inQuestion
)

var assertions = map[string]assertion{"start": atStart, "end": atEnd, "comma": atComma, "question": inQuestion}

// instruction is one step of a pattern's program.
type instruction struct {
	op    opcode
	x, y  int
	terms termSet
}

// defaultGap is how many words "..." may pass over.
const defaultGap = 4

// compiler turns patterns into programs over the terms of a language.
type compiler struct {
	terms *lexicon
	sets  map[string]string
	open  map[string]bool // sets that are being compiled, to refuse those that contain themselves
	prog  []instruction
}

// compile returns the program of a pattern.
func (c *compiler) compile(pattern string) ([]instruction, error) {
	c.prog = nil
	if err := c.sequence(pattern); err != nil {
		return nil, err
	}
	c.emit(instruction{op: opMatch})
	for _, in := range c.prog {
		if in.op == opTerm {
			return c.prog, nil
		}
	}
	return nil, fmt.Errorf("a pattern without words")
}

func (c *compiler) emit(in instruction) int {
	c.prog = append(c.prog, in)
	return len(c.prog) - 1
}

// sequence compiles one unit after the other.
func (c *compiler) sequence(text string) error {
	units, err := unitsOf(text)
	if err != nil {
		return err
	}
	for _, unit := range units {
		body, optional := strings.CutSuffix(unit, "?")
		split := -1
		if optional {
			split = c.emit(instruction{op: opSplit})
			c.prog[split].x = split + 1
		}
		if err := c.unit(body); err != nil {
			return err
		}
		if optional {
			c.prog[split].y = len(c.prog)
		}
	}
	return nil
}

// unitsOf parts a pattern at spaces that are not within parentheses.
func unitsOf(text string) ([]string, error) {
	var units []string
	depth, start := 0, -1
	for i := 0; i <= len(text); i++ {
		space := i == len(text) || text[i] == ' ' || text[i] == '\t'
		switch {
		case space && depth == 0:
			if start >= 0 {
				units = append(units, text[start:i])
			}
			start = -1
			continue
		case space:
		case text[i] == '(':
			depth++
		case text[i] == ')':
			if depth--; depth < 0 {
				return nil, fmt.Errorf("a ) without its (")
			}
		}
		if start < 0 {
			start = i
		}
	}
	if depth > 0 {
		return nil, fmt.Errorf("a ( without its )")
	}
	return units, nil
}

func (c *compiler) unit(unit string) error {
	switch {
	case strings.HasPrefix(unit, "..."):
		n := defaultGap
		if digits := unit[3:]; digits != "" {
			var err error
			if n, err = strconv.Atoi(digits); err != nil || n < 1 || n > 12 {
				return fmt.Errorf("%q: want ... or ...1 to ...12", unit)
			}
		}
		c.gap(n)
		return nil
	case strings.HasPrefix(unit, "("):
		if !strings.HasSuffix(unit, ")") {
			return fmt.Errorf("%q: want a space or ? after )", unit)
		}
		return c.alternatives(unit[1 : len(unit)-1])
	case strings.HasPrefix(unit, "@") && !strings.Contains(unit, "|"):
		return c.set(unit[1:])
	case strings.HasPrefix(unit, "<"):
		if a, ok := assertions[strings.Trim(unit, "<>")]; ok {
			c.emit(instruction{op: opAssert, x: int(a)})
			return nil
		}
	}
	if unit == "" || strings.ContainsAny(unit, "()?") {
		return fmt.Errorf("%q: want spaces around phrases and sets", unit)
	}
	return c.alternatives(unit)
}

// gap may pass over up to n tokens, as few as will do.
func (c *compiler) gap(n int) {
	var splits []int
	for range n {
		split := c.emit(instruction{op: opSplit})
		splits = append(splits, split)
		c.prog[split].y = split + 1
		c.emit(instruction{op: opAny})
	}
	for _, split := range splits {
		c.prog[split].x = len(c.prog)
	}
}

func (c *compiler) set(name string) error {
	body, ok := c.sets[name]
	if !ok {
		return fmt.Errorf("there is no set %q", name)
	}
	if c.open[name] {
		return fmt.Errorf("set %q contains itself", name)
	}
	c.open[name] = true
	defer delete(c.open, name)
	return c.alternatives(body)
}

// alternatives compiles phrases parted by |. Single words become one instruction.
func (c *compiler) alternatives(body string) error {
	var words termSet
	var phrases []string
	for _, phrase := range splitTop(body) {
		phrase = strings.TrimSpace(phrase)
		if phrase == "" {
			return fmt.Errorf("nothing beside a |")
		}
		if id, ok, err := c.term(phrase); err != nil {
			return err
		} else if ok {
			words.add(id)
		} else {
			phrases = append(phrases, phrase)
		}
	}
	var ends []int
	for i, phrase := range phrases {
		last := i == len(phrases)-1 && words == nil
		split := -1
		if !last {
			split = c.emit(instruction{op: opSplit})
			c.prog[split].x = split + 1
		}
		var err error
		if name, ok := strings.CutPrefix(phrase, "@"); ok && !strings.ContainsAny(name, " ?") {
			err = c.set(name)
		} else {
			err = c.phrase(phrase)
		}
		if err != nil {
			return err
		}
		if !last {
			ends = append(ends, c.emit(instruction{op: opSplit}))
			c.prog[split].y = len(c.prog)
		}
	}
	if words != nil {
		c.emit(instruction{op: opTerm, terms: words})
	}
	for _, end := range ends {
		c.prog[end].x, c.prog[end].y = len(c.prog), len(c.prog)
	}
	return nil
}

// phrase compiles what is no single term: a word that texts take apart, or several units.
func (c *compiler) phrase(phrase string) error {
	if strings.ContainsAny(phrase, " ()@<?|") || strings.HasPrefix(phrase, "...") {
		return c.sequence(phrase)
	}
	var parts []string
	for _, s := range sentencesOf(strings.ReplaceAll(phrase, "*", "ⁿ")) { // a letter that no word has
		for _, k := range s.tokens {
			if k.kind == numberToken {
				parts = append(parts, "<number>")
				continue
			}
			parts = append(parts, strings.ReplaceAll(k.word, "ⁿ", "*"))
		}
	}
	if len(parts) < 2 {
		return fmt.Errorf("%q is no word", phrase)
	}
	return c.sequence(strings.Join(parts, " "))
}

// splitTop parts text at bars that are not within parentheses.
func splitTop(text string) []string {
	var parts []string
	depth, start := 0, 0
	for i := range len(text) {
		switch text[i] {
		case '(':
			depth++
		case ')':
			depth--
		case '|':
			if depth == 0 {
				parts = append(parts, text[start:i])
				start = i + 1
			}
		}
	}
	return append(parts, text[start:])
}

// term returns the identifier of a single word or kind; ok is false for anything longer.
func (c *compiler) term(phrase string) (id int, ok bool, err error) {
	if strings.HasPrefix(phrase, "<") && strings.HasSuffix(phrase, ">") && !strings.Contains(phrase, " ") {
		if _, isAssertion := assertions[strings.Trim(phrase, "<>")]; isAssertion {
			return 0, false, nil
		}
		id, known := kindTerms[strings.Trim(phrase, "<>")]
		if !known {
			return 0, false, fmt.Errorf("there is no %s", phrase)
		}
		return id, true, nil
	}
	if strings.ContainsAny(phrase, " ()@?") || strings.HasPrefix(phrase, ".") {
		return 0, false, nil
	}
	word := strings.Trim(phrase, "*")
	if strings.Contains(word, "*") {
		return 0, false, fmt.Errorf("%q: * stands at the beginning or the end", phrase)
	}
	if strings.HasPrefix(word, "'") && enclitics[word[1:]] || strings.HasSuffix(word, "'") && proclitics[strings.TrimSuffix(word, "'")] {
		return c.terms.add(word, false, false), true, nil
	}
	s := sentencesOf(word)
	if len(s) != 1 || len(s[0].tokens) != 1 {
		return 0, false, nil
	}
	if s[0].tokens[0].kind == numberToken {
		return kindTerms["number"], true, nil
	}
	if s[0].tokens[0].word == "" {
		return 0, false, fmt.Errorf("%q is no word", phrase)
	}
	return c.terms.add(s[0].tokens[0].word, strings.HasSuffix(phrase, "*"), strings.HasPrefix(phrase, "*")), true, nil
}
