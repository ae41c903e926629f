package copy

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ownTexts are the files and folders of this project whose texts visitors, editors or developers read.
var ownTexts = []string{"README.md", "CHANGELOG.md", "web/README.md", "web/CONSENT.md", "web/src", "web/examples", "host/demo", "host/policy", "host/cmd/nabij",
	"host/serve", "host/audit", "host/eval/report"}

// ownAllowances are what these say on purpose.
var ownAllowances = []*Allowance{
	{Rule: "unfinished", Files: "README.md", Text: "Still thinking about", Reason: "an example of what is found"},
}

// TestOwnTexts holds this project's own texts to its rules.
func TestOwnTexts(t *testing.T) {
	l, texts := New(), 0
	for _, root := range ownTexts {
		err := filepath.WalkDir(filepath.Join("..", "..", root), func(name string, d fs.DirEntry, err error) error {
			require.NoError(t, err)
			if d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules" || d.Name() == "shop") {
				return filepath.SkipDir
			}
			if d.IsDir() || !FormatKnown(name) || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			shown := strings.TrimPrefix(filepath.ToSlash(name), "../../")
			r, err := l.File(shown, data, Options{Allowances: ownAllowances})
			require.NoError(t, err)
			assert.Empty(t, r.Faults, shown)
			for _, f := range r.Findings {
				assert.Fail(t, "out of tone", "%s:%d:%d: %s: %s", f.File, f.Line, f.Column, f.Rule.ID, f.Text)
			}
			texts += r.Texts
			return nil
		})
		require.NoError(t, err)
	}
	for _, a := range ownAllowances {
		assert.NotZero(t, a.Used, "nothing needs the allowance of %s", a)
	}
	require.Greater(t, texts, 500)
}

// TestDemoShop holds the texts of the demo shop to the rules: a paragraph a line, in the language that the line before them names.
func TestDemoShop(t *testing.T) {
	files, err := filepath.Glob("../demo/shop/[0-9]*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	l, texts := New(), 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		language := ""
		for line := range strings.Lines(string(data)) {
			switch code, title, ok := strings.Cut(strings.TrimSpace(line), ": "); {
			case strings.HasPrefix(line, "# "):
				language = ""
				continue
			case ok && (code == "nl" || code == "en"):
				language, line = code, title
			}
			if language == "" {
				continue
			}
			texts++
			for _, m := range l.Text(line, language) {
				assert.Fail(t, "out of tone", "%s: %s: %s in: %s", name, m.Rule.ID, line[m.Start:m.End], line)
			}
		}
	}
	require.Greater(t, texts, 1000)
}
