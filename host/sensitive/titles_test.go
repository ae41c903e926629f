package sensitive_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn/content/words"
	"github.com/nabij/nabij/host/sensitive"
)

// example is a line of testdata/titles*.txt.
type example struct {
	language words.Language
	category sensitive.Category // "" of what is innocent, "sensitive" where any will do
	text     string
}

func examples(t *testing.T, name string) []example {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	require.NoError(t, err)
	defer f.Close()
	var out []example
	for lines := bufio.NewScanner(f); lines.Scan(); {
		head, text, ok := strings.Cut(lines.Text(), " | ")
		if !ok || head[0] == '#' {
			continue
		}
		language, category, _ := strings.Cut(head, " ")
		e := example{language: words.ParseLanguage(language), text: text}
		if _, known := sensitive.ParseCategory(category); known || category == "sensitive" {
			e.category = sensitive.Category(category)
		} else {
			require.Equal(t, "-", category)
		}
		out = append(out, e)
	}
	return out
}

func (e *example) verdict(r *sensitive.Rules) sensitive.Verdict {
	path := strings.Split(e.text, " > ")
	if len(path) == 1 {
		return r.Item(&catalogue.Item{Title: e.text}, e.language)
	}
	for n := range path {
		if v := r.Topic(path[:n+1], e.language); v.Sensitive {
			return v
		}
	}
	return sensitive.Verdict{}
}

func rules(t testing.TB, site sensitive.Site) *sensitive.Rules {
	t.Helper()
	r, err := sensitive.New(site)
	require.NoError(t, err)
	return r
}

// TestTitles holds the lists to what they find of titles that were written before them, and of such that were written afterwards.
func TestTitles(t *testing.T) {
	r := rules(t, sensitive.Site{})
	for _, c := range []struct {
		name   string
		missed int // at most, of those that are sensitive
	}{{"titles.txt", 0}, {"titles_later.txt", 4}, {"titles_last.txt", 5}, {"departments.txt", 0}} {
		t.Run(c.name, func(t *testing.T) {
			all, missed := 0, 0
			other := 0
			for _, e := range examples(t, c.name) {
				v := e.verdict(r)
				if e.category == "" {
					require.False(t, v.Sensitive, "%s: %s", e.text, v.Rule)
					continue
				}
				all++
				if v.Sensitive && e.category != "sensitive" && v.Rule.Category != e.category {
					other++
				}
				if !v.Sensitive {
					missed++
					t.Logf("missed: %s: %s", e.category, e.text)
				}
			}
			t.Logf("found %d of %d, %d of them in another category", all-missed, all, other)
			require.LessOrEqual(t, other, 2)
			require.LessOrEqual(t, missed, c.missed)
		})
	}
}
