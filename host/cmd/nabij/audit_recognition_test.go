package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/eval/recognition"
)

// walkedLog is a log of visits to a shop of n items, who go on to one of the next ones.
func walkedLog(n, visits int) string {
	var b strings.Builder
	b.WriteString("session_id,item_id,unix_time_s\n")
	for v := range visits {
		at := v * 7
		for k := range 4 + v%3 {
			fmt.Fprintf(&b, "%d,item-%d,%d\n", v, at%n, 1_700_000_000+v*10_000+k*60)
			at += 1 + (v*v+k*k)%3
		}
	}
	return b.String()
}

func TestAuditOfAPack(t *testing.T) {
	const items = 24
	log := write(t, "visits.csv", walkedLog(items, 160))
	var feed strings.Builder
	for k := range items {
		fmt.Fprintf(&feed, `{"id": "item-%d", "title": "Shirt %d", "url": "/%d", "topics": ["Shirts"]}`+"\n", k, k, k)
	}
	learned, dir := filepath.Join(t.TempDir(), "learned.jsonl"), filepath.Join(t.TempDir(), "dist")
	nabij(t, exitFine, "", "learn", log, "--out", learned, "--min-sessions", "1")
	nabij(t, exitFine, "", "build", write(t, "shop.jsonl", feed.String()), "--learned", learned, "--out", dir)

	page := filepath.Join(t.TempDir(), "report.html")
	stdout, stderr := nabij(t, exitFine, "", "audit", "--pack", dir, log, "--slot", "related", "--report", page, "--max-leak", "3")
	assert.Empty(t, stderr)
	assert.Contains(t, stdout, "policy     8 faces a page, 12 bits a visit, from page view 3\n")
	assert.Contains(t, stdout, "\n  layer 2, G=8 ")
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	assert.Contains(t, string(text), "What the suggestions of dist give away")
	assert.NotContains(t, string(text), filepath.Dir(log))

	native, _ := nabij(t, exitFine, "", "audit", "--pack", dir, log, "--slot", "related", "--json")
	module, _ := nabij(t, exitFine, "", "audit", "--pack", dir, log, "--slot", "related", "--json", "--wasm")
	assert.Equal(t, native, module, "to the last digit")
	var r recognition.Report
	require.NoError(t, json.Unmarshal([]byte(native), &r))
	assert.Equal(t, 80, r.Sessions)
	assert.False(t, r.Generated)
	leak := r.Of(r.Alone()).Leaks.Before.Net.Value
	require.Greater(t, leak, 0.05)

	_, stderr = nabij(t, exitFailed, "", "audit", "--pack", dir, log, "--slot", "related", "--max-leak", "0.01")
	assert.Contains(t, stderr, fmt.Sprintf("nabij: the audit failed: one page's list about the item viewed before gives away %.2f bits, and --max-leak is 0.01; ", leak))
	stdout, stderr = nabij(t, exitUsage, "", "audit", "--pack", dir, write(t, "short.csv", "session_id,item_id,unix_time_s\n1,item-1,1700000000\n1,item-2,1700000060\n"),
		"--slot", "related")
	assert.Empty(t, stdout)
	assert.Contains(t, stderr, "nabij: recognition: there is nothing to guess: ")

	// Of a visit that comes back to all that it has viewed there is nothing to guess as a whole.
	back := "session_id,item_id,unix_time_s\n"
	for k, item := range []int{1, 2, 1, 3} {
		for v := range 2 {
			back += fmt.Sprintf("%d,item-%d,%d\n", v, item, 1_700_000_000+60*k)
		}
	}
	_, stderr = nabij(t, exitUsage, "", "audit", "--pack", dir, write(t, "back.csv", back), "--train", log, "--slot", "related", "--max-leak", "0.01")
	assert.Contains(t, stderr, "nabij: --max-leak: no visit has an item before its last pages")

	// What is wrong with the pack or the slot is told first, with its name.
	_, stderr = nabij(t, exitUsage, "", "audit", "--pack", dir, log, "--slot", "relatd")
	assert.Contains(t, stderr, "nabij: --slot: "+dir+` has no slot "relatd"; did you mean "related"`)
	_, stderr = nabij(t, exitUsage, "", "audit", "--pack", log, "none.csv")
	assert.Contains(t, stderr, "nabij: "+log+": pack: ")
}
