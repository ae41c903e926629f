package learn

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// visitOf returns rows of a session that meets so many items, each a number of seconds after the one before.
func visitOf(session string, items int, gap func(k int) int) string {
	var b strings.Builder
	at := 1_700_000_000
	for k := range items {
		at += gap(k)
		fmt.Fprintf(&b, "%s,i%d,%d\n", session, k, at)
	}
	return b.String()
}

func TestMachines(t *testing.T) {
	always := func(seconds int) func(int) int { return func(int) int { return seconds } }
	every := func(n int) func(int) int { return func(k int) int { return min(k%n, 1) } } // each n-th in the second of the one before
	person := visitOf("p", 4, always(30)) + visitOf("q", 4, always(30)) + visitOf("r", 4, always(30))
	for _, test := range []struct {
		name, text string
		machines   int
	}{
		{"a person", person, 0},
		{"many items slowly", person + visitOf("m", 100, always(5)), 0},
		{"many items at once", person + visitOf("m", 100, always(0)), 1},
		{"few items at once", person + visitOf("m", quickItems-1, always(0)), 0},
		{"one item at once, as a page that reloads itself", person + strings.Repeat("m,i,1700000000\n", 100), 0},
		{"half of the events at once", person + visitOf("m", 101, every(2)), 0},
		{"baskets have all their events at once", visitOf("a", 100, always(0)) + visitOf("b", 100, always(0)), 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			v, r, err := Read(context.Background(), []string{logOf(t, "log", "session_id,item_id,time\n"+test.text)}, ReadOptions{Now: now})
			require.NoError(t, err)
			assert.Equal(t, test.machines, r.Machines)
			assert.Equal(t, strings.Count(test.text, "\n"), v.Events()+r.MachineEvents)
		})
	}
}

// TestOrderOfLines shows that of logs that are in no order, the order says nothing.
func TestOrderOfLines(t *testing.T) {
	var lines []string
	for visitor := range 5 {
		for k := range 6 {
			lines = append(lines, fmt.Sprintf(`{"event_name":"view_item","event_timestamp":%d,"user_pseudo_id":"u%d","event_params":[],"items":[{"item_id":"i%d"}]}`,
				(1_700_000_000+visitor*7+k*1000)*1_000_000, visitor, (visitor+3*k)%7))
		}
	}
	read := func() []string {
		v, r, err := Read(context.Background(), []string{logOf(t, "log", strings.Join(lines, "\n"))}, ReadOptions{Now: now})
		require.NoError(t, err)
		assert.True(t, r.Visitors)
		return sessionsOf(v)
	}
	sorted := read()
	require.Len(t, sorted, 5) // no two of the events are half an hour apart
	random := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		assert.Equal(t, sorted, read())
	}
}

// TestFormatsApart shows that visitors of two logs are two, whatever they are called.
func TestFormatsApart(t *testing.T) {
	ga4 := logOf(t, "ga4.jsonl", `{"event_name":"view_item","event_timestamp":1700000000000000,"user_pseudo_id":"7","items":[{"item_id":"a"}]}`)
	first, second := logOf(t, "a.csv", "visitor_id,item_id,time\n7,b,1700000000\n"), logOf(t, "b.csv", "visitor_id,item_id,time\n7,c,1700000060\n")
	v, r, err := Read(context.Background(), []string{first, ga4, second}, ReadOptions{Now: now})
	require.NoError(t, err)
	got := sessionsOf(v)
	slices.Sort(got)
	assert.Equal(t, []string{"a", "b c"}, got)
	assert.Equal(t, []string{"table", "ga4"}, r.Formats)
}
