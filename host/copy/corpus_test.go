package copy

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// specimen is a sentence with the verdict that it must get.
type specimen struct{ language, verdict, text string }

func readCorpus(t *testing.T, file string) []specimen {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")[1:]
	all := make([]specimen, len(lines))
	for i, line := range lines {
		parts := strings.SplitN(line, "\t", 3)
		require.Len(t, parts, 3)
		all[i] = specimen{parts[0], parts[1], parts[2]}
	}
	return all
}

// tally counts of a corpus how many out of tone were caught, and how many innocent accused.
type tally struct{ caught, guilty, accused, innocent int }

func count(l *Linter, all []specimen, tell func(s specimen, found []Match)) tally {
	var c tally
	for _, s := range all {
		found := l.Text(s.text, s.language)
		wrong := false
		if s.verdict == "innocent" {
			c.innocent++
			if wrong = len(found) > 0; wrong {
				c.accused++
			}
		} else {
			c.guilty++
			if wrong = len(found) == 0; !wrong {
				c.caught++
			}
		}
		if wrong && tell != nil {
			tell(s, found)
		}
	}
	return c
}

// TestCorpus holds the rules to the sentences that they were written with.
func TestCorpus(t *testing.T) {
	c := count(New(), readCorpus(t, "testdata/corpus.tsv"), func(s specimen, found []Match) {
		t.Logf("%s, %s, found %d: %s", s.language, s.verdict, len(found), s.text)
	})
	t.Logf("seen: caught %d of %d, accused %d of %d", c.caught, c.guilty, c.accused, c.innocent)
	require.GreaterOrEqual(t, c.caught*100, 95*c.guilty)
	require.LessOrEqual(t, c.accused*100, 2*c.innocent)
}

// TestSecond holds the rules to the sentences that were written to show what the first rules missed, and tells the sums of each language
// and verdict: of those out of tone how many were caught, of the innocent how many were accused.
func TestSecond(t *testing.T) {
	l := New()
	all := readCorpus(t, "testdata/second.tsv")
	sums, of := map[string]int{}, map[string]int{}
	for _, s := range all {
		of[s.language+" "+s.verdict]++
		if len(l.Text(s.text, s.language)) > 0 {
			sums[s.language+" "+s.verdict]++
		}
	}
	for _, k := range slices.Sorted(maps.Keys(of)) {
		t.Logf("%s: found %d of %d", k, sums[k], of[k])
	}
	c := count(l, all, func(s specimen, found []Match) {
		t.Logf("%s, %s, found %d: %s", s.language, s.verdict, len(found), s.text)
	})
	t.Logf("second: caught %d of %d, accused %d of %d", c.caught, c.guilty, c.accused, c.innocent)
	require.GreaterOrEqual(t, c.caught, 148)
	require.LessOrEqual(t, c.accused, 1)
}

// TestThird holds the rules to the sentences that were written to see how far they reach, by somebody who had read none of them.
func TestThird(t *testing.T) {
	c := count(New(), readCorpus(t, "testdata/third.tsv"), func(s specimen, found []Match) {
		t.Logf("%s, %s, found %d: %s", s.language, s.verdict, len(found), s.text)
	})
	t.Logf("third: caught %d of %d, accused %d of %d", c.caught, c.guilty, c.accused, c.innocent)
	require.GreaterOrEqual(t, c.caught, 252)
	require.LessOrEqual(t, c.accused, 1)
}

// TestHeldBack measures the rules on the sentences that nobody who writes rules may read. It tells sums alone: a sentence that a test
// printed would be written for. What they were to reach is 95 in 100 caught and at most 2 in 100 accused; what is held here is what
// they reached, so that no change loses it.
func TestHeldBack(t *testing.T) {
	c := count(New(), readCorpus(t, "testdata/heldback.tsv"), nil)
	t.Logf("held back: caught %d of %d, accused %d of %d", c.caught, c.guilty, c.accused, c.innocent)
	require.GreaterOrEqual(t, c.caught, 46)
	require.LessOrEqual(t, c.accused, 3)
}

// TestThirdHeldBack is as TestHeldBack, on what was held back of the third set.
func TestThirdHeldBack(t *testing.T) {
	c := count(New(), readCorpus(t, "testdata/thirdheld.tsv"), nil)
	t.Logf("third, held back: caught %d of %d, accused %d of %d", c.caught, c.guilty, c.accused, c.innocent)
	require.GreaterOrEqual(t, c.caught, 160)
	require.LessOrEqual(t, c.accused, 2)
}
