package sensitive

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLists: every phrase is found in itself and says its category, unless a harmless one covers it; and every harmless phrase takes back
// something.
func TestLists(t *testing.T) {
	l := defaults()
	all := newIndex(l.phrases)
	var loud []*phrase
	seen := map[string]bool{}
	for _, p := range l.phrases {
		key := p.text + " in " + string(rune('0'+p.language))
		require.False(t, seen[key], "twice: %q", p.text)
		seen[key] = true
		if !p.harmless {
			loud = append(loud, p)
		}
	}
	plain := newIndex(loud)
	for _, p := range l.phrases {
		list := split(p.text)
		if p.harmless {
			require.NotEmpty(t, plain.in(list, p.language), "takes back nothing: %q", p.text)
			require.Empty(t, all.in(list, p.language), "%q", p.text)
			continue
		}
		found := false
		for _, s := range all.in(list, p.language) {
			found = found || s.category == p.category
		}
		require.True(t, found, "%q", p.text)
	}
}

// TestReadRefuses: what is wrong with a list is said with its line.
func TestReadRefuses(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"phrase before a part", "condom", "lists/health.txt:1: before any part"},
		{"two stars", "en\ndia*bet*", "lists/health.txt:2: no phrase"},
		{"short beginning", "en\nab*", "lists/health.txt:2: no phrase"},
		{"no number", "taxonomy\nHealth > Care", "lists/health.txt:2: no number and path"},
		{"number twice", "taxonomy\n5 A > B\n5 C > D", "lists/health.txt:3: no number and path, or a number that is listed already"},
		{"numbers below nothing", "taxonomy\n  5", "lists/health.txt:2: no number"},
		{"numbers below a container", "taxonomy\n~ 5 A > B\n  6", "lists/health.txt:3: no number"},
		{"empty topic", "topic\nand the", "lists/health.txt:2: no name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := &lists{taxonomy: newTaxonomy(), whole: map[string]Category{}}
			require.ErrorContains(t, l.read(Health, c.text), c.want)
		})
	}
}

// TestTaxonomySize: the lists hold this many branches of Google's taxonomy, and this many numbers in them, each once.
func TestTaxonomySize(t *testing.T) {
	l := defaults()
	require.Equal(t, 80, len(l.taxonomy.byPath))
	require.Equal(t, 285, len(l.taxonomy.byID))
}
