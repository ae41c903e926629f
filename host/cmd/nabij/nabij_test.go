package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const shop = `{"id":"ocean-blue-shirt","url":"/p/ocean-blue-shirt","title":"Ocean blue shirt","topics":["Clothing > Shirts"],"price":"50 EUR","language":"en"}
{"id":"olive-green-jacket","url":"/p/olive-green-jacket","title":"Olive green jacket","topics":["Clothing > Jackets"],"price":"65 EUR","language":"en"}
{"id":"striped-silk-shirt","url":"/p/striped-silk-shirt","title":"Striped silk shirt","topics":["Clothing > Shirts"],"price":"50 EUR","language":"en"}
{"id":"red-sports-tee","url":"/p/red-sports-tee","title":"Red sports tee shirt","topics":["Clothing > Shirts"],"price":"50 EUR","language":"en"}
`

const shirtVisit = `{"at_ms":0,"signal":"view","item":"olive-green-jacket"}
{"at_ms":20000,"signal":"view","item":"/p/ocean-blue-shirt"}
`

// nabij runs the command line and returns what it printed.
func nabij(t *testing.T, code int, stdin string, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	got := run(args, strings.NewReader(stdin), &out, &err)
	require.Equal(t, code, got, "nabij %v\n%s\n%s", args, out.String(), err.String())
	return out.String(), err.String()
}

func write(t *testing.T, name, text string) string {
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o666))
	return path
}

func buildShop(t *testing.T) string {
	dir := filepath.Join(t.TempDir(), "dist")
	stdout, stderr := nabij(t, 0, "", "build", write(t, "shop.jsonl", shop), "--out", dir)
	assert.Contains(t, stdout, "items      4 products")
	assert.NotContains(t, stderr, "\r", "quiet where there is no terminal")
	return dir
}

func TestBuildThenSuggest(t *testing.T) {
	dir := buildShop(t)
	stdout, _ := nabij(t, 0, "", "check", dir)
	assert.Contains(t, stdout, "as built: nabij.pack, nabij.wasm")
	stdout, stderr := nabij(t, 0, shirtVisit, "suggest", "--pack", dir, "--visit", "-", "--json", "--native")
	var got replyJSON
	require.NoError(t, json.Unmarshal([]byte(stdout), &got))
	assert.Equal(t, "ocean-blue-shirt", got.Page)
	assert.Equal(t, []string{"counted", "counted"}, got.Outcomes)
	assert.Contains(t, stderr, "native: the same reply")
	require.NotEmpty(t, got.Suggestions)
	for _, s := range got.Suggestions {
		assert.NotEqual(t, got.Page, s.Item)
	}
	stdout, _ = nabij(t, 0, shirtVisit, "suggest", "--pack", filepath.Join(dir, packName), "--visit", "-", "--layer", "1", "--size", "2")
	assert.Contains(t, stdout, "layer 1")
	stdout, _ = nabij(t, 0, "", "faces", "--pack", dir, "--page", "ocean-blue-shirt")
	assert.Contains(t, stdout, "layer 3 not bounded")
	stdout, _ = nabij(t, 0, "", "dump", dir)
	assert.Contains(t, stdout, "magic")
}

func TestRefusals(t *testing.T) {
	dir := buildShop(t)
	cut := write(t, "cut.pack", "\x89nabij\r\n\x01")
	for _, c := range []struct {
		name, stdin string
		code        int
		args        []string
		says        string
	}{
		{"no feed", "", 2, []string{"build", "--out", "x"}, "want at least one FEED"},
		{"a feed that is not there", "", 1, []string{"build", "nowhere.xml", "--out", filepath.Join(t.TempDir(), "x")}, "nowhere.xml"},
		{"an empty feed", "", 1, []string{"build", write(t, "empty.csv", ""), "--out", filepath.Join(t.TempDir(), "x")}, "empty.csv"},
		{"no visit", "", 2, []string{"suggest", "--pack", dir}, "--visit is missing"},
		{"an unknown item", `{"at_ms":0,"signal":"view","item":"nope"}`, 1, []string{"suggest", "--pack", dir, "--visit", "-"}, `"nope"`},
		{"an unknown signal", `{"at_ms":0,"signal":"stare"}`, 1, []string{"suggest", "--pack", dir, "--visit", "-"}, `standard input:1: signal: got "stare"`},
		{"an unknown field", `{"at_ms":0,"signal":"view","user":"me"}`, 1, []string{"suggest", "--pack", dir, "--visit", "-"}, "user"},
		{"an unknown slot", shirtVisit, 1, []string{"suggest", "--pack", dir, "--visit", "-", "--slot", "attic"}, "it has suggestions, related"},
		{"layer 4", shirtVisit, 2, []string{"suggest", "--pack", dir, "--visit", "-", "--layer", "4"}, "want 1, 2 or 3"},
		{"a truncated pack", "", 1, []string{"check", cut}, "length does not match"},
		{"an unknown flag", "", 2, []string{"check", "--fast"}, "--fast"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, stderr := nabij(t, c.code, c.stdin, c.args...)
			assert.Contains(t, stderr, c.says)
		})
	}
}

// A build that fails leaves what was there.
func TestBuildIsAllOrNothing(t *testing.T) {
	dir := buildShop(t)
	before, err := os.ReadFile(filepath.Join(dir, packName))
	require.NoError(t, err)
	was, err := os.ReadDir(dir)
	require.NoError(t, err)
	nabij(t, 1, "", "build", write(t, "broken.jsonl", "{\"id\":\n"), "--out", dir)
	after, err := os.ReadFile(filepath.Join(dir, packName))
	require.NoError(t, err)
	assert.Equal(t, before, after)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, entries, len(was), "nothing else is left behind")
}

func TestDemo(t *testing.T) {
	for _, language := range []string{"en", "nl"} {
		stdout, _ := nabij(t, 0, "", "demo", "--lang", language)
		assert.Regexp(t, `which tells [\d.]+ bits? at most: `, stdout)
	}
	_, stderr := nabij(t, 2, "", "demo", "--visit", "none")
	assert.Contains(t, stderr, `there is no visit "none"`)
}
