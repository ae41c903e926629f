package copy

import (
	"encoding/csv"
	"go/build"
	"go/parser"
	gotoken "go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/internal/realdata"
)

// alarms counts sentences of innocent texts and those accused of them, and holds the latter to so many in 10,000.
func alarms(t *testing.T, language string, most float64, texts func(yield func(string))) {
	l := New()
	sentences, accused := 0, 0
	texts(func(text string) {
		sentences += len(sentencesOf(text))
		for _, m := range l.Text(text, language) {
			accused++
			if testing.Verbose() {
				t.Logf("%s: %s in: %.120s", m.Rule.ID, text[m.Start:m.End], text)
			}
		}
	})
	require.NotZero(t, sentences)
	rate := float64(accused) * 10_000 / float64(sentences)
	t.Logf("%d of %d sentences accused, %.1f in 10,000", accused, sentences, rate)
	require.LessOrEqual(t, rate, most)
}

// TestFalseAlarmsInTitles looks at titles of catalogues. Those of novels do say "Last Chance" and "Missing You".
func TestFalseAlarmsInTitles(t *testing.T) {
	for _, c := range []struct {
		file, column string
		most         float64
	}{
		{"goodbooks10k/catalogue.csv", "title", 110}, {"online_retail/catalogue.csv", "title", 10},
		{"shopify_samples/apparel.csv", "Body (HTML)", 0}, {"shopify_samples/home-and-garden.csv", "Body (HTML)", 0}, {"shopify_samples/jewelery.csv", "Body (HTML)", 0},
	} {
		t.Run(c.file, func(t *testing.T) {
			f, err := os.Open(realdata.Path(t, c.file))
			require.NoError(t, err)
			defer f.Close()
			r := csv.NewReader(f)
			r.FieldsPerRecord = -1
			header, err := r.Read()
			require.NoError(t, err)
			column := -1
			for i, name := range header {
				if name == c.column {
					column = i
				}
			}
			require.GreaterOrEqual(t, column, 0)
			alarms(t, "en", c.most, func(yield func(string)) {
				for {
					row, err := r.Read()
					if err == io.EOF {
						return
					}
					require.NoError(t, err)
					if column < len(row) {
						yield(row[column])
					}
				}
			})
		})
	}
}

// TestFalseAlarmsInGo looks at the comments of Go's standard library, as far as this machine has them: prose that speaks to a reader as
// "you", of things that are last, left, seen and missed.
func TestFalseAlarmsInGo(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: left out, as it reads the standard library")
	}
	src := filepath.Join(build.Default.GOROOT, "src")
	if _, err := os.Stat(src); err != nil {
		t.Skip("there is no standard library here: ", err)
	}
	alarms(t, "en", 15, func(yield func(string)) {
		for _, folder := range []string{"net", "os", "database", "encoding", "text", "testing", "html", "time", "sync", "io"} {
			err := filepath.WalkDir(filepath.Join(src, folder), func(name string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") || strings.Contains(name, "testdata") {
					return err
				}
				f, err := parser.ParseFile(gotoken.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
				if err != nil {
					return err
				}
				for _, c := range f.Comments {
					yield(strings.ReplaceAll(c.Text(), "\n", " "))
				}
				return nil
			})
			require.NoError(t, err)
		}
	})
}
