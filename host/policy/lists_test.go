package policy

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/sensitive"
)

func TestLists(t *testing.T) {
	d := documentOf(t, asIs)
	assert.NotContains(t, prose(d, English), "Looked for")
	d.Sensitive.Lists = &Lists{Categories: []string{"health", "mourning"}, Exceptions: []Exception{
		{"category", "children", "all that we sell is prams"}, {"word", "baby blue", "a colour"}, {"topic", "Bikes > Child seats", "for bikes"},
		{"taxonomy", "537", "as above"}, {"item", "a2", "a toy"},
	}}
	assert.Contains(t, prose(d, English), "Looked for is what is about: health, death and mourning.\n"+
		"The site takes out: babies and small children (“all that we sell is prams”); the words “baby blue” (“a colour”); the topic “Bikes > Child seats” (“for bikes”); "+
		"Google’s product category 537 (“as above”); the item “a2” (“a toy”).\n")
	assert.Contains(t, prose(d, Dutch), "Gezocht is naar wat gaat over: gezondheid, dood en rouw.\n"+
		"De site zondert uit: baby’s en kleine kinderen (“all that we sell is prams”); de woorden “baby blue” (“a colour”); ")
	d.Sensitive.Lists = &Lists{}
	assert.NotContains(t, prose(d, English), "takes out")
}

// Each category has a name in each language.
func TestCategoriesHaveNames(t *testing.T) {
	for _, w := range []*words{&english, &dutch} {
		names := map[string]bool{}
		for _, c := range sensitive.Categories() {
			require.Contains(t, w.category, string(c))
			names[w.category[string(c)]] = true
		}
		assert.Len(t, names, len(sensitive.Categories()))
		assert.Len(t, w.category, len(sensitive.Categories()))
	}
	assert.Equal(t, "x", english.nameOf("else", "x"))
}
