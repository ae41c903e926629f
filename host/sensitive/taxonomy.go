package sensitive

import (
	"strconv"
	"strings"

	"github.com/nabij/nabij/host/learn/content/words"
)

// taxonomy is what the lists take of Google's product taxonomy, version 2021-09-21:
// https://support.google.com/merchants/answer/6324436.
type taxonomy struct {
	byID   map[int]*branch
	byPath map[string]*branch // folded, joined by " > "
	last   *branch
}

// branch is a category of the taxonomy with all that is below it, except for what other branches have of that.
type branch struct {
	id       int
	path     string
	category Category
	// container branches are sensitive only as far as they go: what is in them and in nothing below is, and the topic is not.
	container bool
}

func newTaxonomy() taxonomy {
	return taxonomy{byID: map[int]*branch{}, byPath: map[string]*branch{}}
}

// line reads a line of a list and says what is wrong with it, or "".
func (t *taxonomy) line(c Category, line string) string {
	if strings.HasPrefix(line, " ") {
		for _, s := range strings.Fields(line) {
			id, ok := number(s)
			if !ok || t.last == nil || t.last.container || t.byID[id] != nil {
				return "no number, a number that is listed already, or none above: " + s
			}
			t.byID[id] = t.last
		}
		return ""
	}
	line, container := strings.CutPrefix(line, "~ ")
	digits, path, _ := strings.Cut(line, " ")
	id, ok := number(digits)
	if !ok || path == "" || t.byID[id] != nil {
		return "no number and path, or a number that is listed already"
	}
	t.last = &branch{id, path, c, container}
	t.byID[id] = t.last
	t.byPath[pathKey(strings.Split(path, " > "))] = t.last
	return ""
}

// above returns the branch that a path is in: that of its longest beginning which is listed, or nil; and how long that is.
func (t *taxonomy) above(path []string) (*branch, int) {
	for n := len(path); n > 0; n-- {
		if b := t.byPath[pathKey(path[:n])]; b != nil {
			return b, n
		}
	}
	return nil, 0
}

func (b *branch) text() string { return strconv.Itoa(b.id) + " " + b.path }

func pathKey(path []string) string {
	names := make([]string, len(path))
	for i, name := range path {
		names[i] = words.FoldName(name)
	}
	return strings.Join(names, " > ")
}
