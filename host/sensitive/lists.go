package sensitive

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/nabij/nabij/host/learn/content/words"
)

//go:embed lists/*.txt
var files embed.FS

// lists are the default lists, read.
type lists struct {
	taxonomy taxonomy
	phrases  []*phrase
	// whole holds, by what a whole topic's name comes to, the category of the topic.
	whole map[string]Category
}

// defaults reads the lists that come with the package. They are tested, so they are sound.
var defaults = sync.OnceValue(func() *lists {
	l := &lists{taxonomy: newTaxonomy(), whole: map[string]Category{}}
	for _, c := range categories {
		text, err := files.ReadFile("lists/" + string(c) + ".txt")
		if err == nil {
			err = l.read(c, string(text))
		}
		if err != nil {
			panic("sensitive: " + err.Error())
		}
	}
	return l
})

// read adds the list of a category. A list is lines: "# …" is a remark; "taxonomy", "topic" or a language's tag begins a part. In the
// taxonomy's part a line is a number and its path, and an indented line has the numbers of all that is below; "~ " before it makes it a
// container (see branch). In a language's part a line is a phrase: "word", "beginning*", "two words"; "= " before it is for texts in the
// language alone, "- " before it takes back what it covers. In the topics' part a line is a topic's whole name, but for words that say
// nothing.
func (l *lists) read(c Category, text string) error {
	part := ""
	for n, line := range strings.Split(text, "\n") {
		fail := func(why string) error { return fmt.Errorf("lists/%s.txt:%d: %s: %q", c, n+1, why, line) }
		body := strings.TrimSpace(line)
		language := words.ParseLanguage(part)
		switch {
		case body == "" || body[0] == '#':
		case body == "taxonomy" || body == "topic" || len(body) == 2 && words.ParseLanguage(body) != words.Unknown:
			part = body
		case part == "taxonomy":
			if why := l.taxonomy.line(c, line); why != "" {
				return fail(why)
			}
		case part == "topic":
			name := wholeName(body)
			if other, taken := l.whole[name]; name == "" || taken && other != c {
				return fail("no name, or one of another category")
			}
			l.whole[name] = c
		case language == words.Unknown:
			return fail("before any part")
		default:
			p := parsePhrase(body, language)
			if p == nil {
				return fail("no phrase")
			}
			p.category = c
			l.phrases = append(l.phrases, p)
		}
	}
	return nil
}

// fillers say nothing in a topic's name.
var fillers = strings.Fields("and the of for with a en de het van voor met und der die das fur mit et la le les du des pour y el los las del para")

// wholeName returns what tells a topic's name from others: its words without fillers.
func wholeName(name string) string {
	kept := slices.DeleteFunc(split(name), func(w string) bool { return slices.Contains(fillers, w) })
	return strings.Join(kept, " ")
}

func number(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0
}
