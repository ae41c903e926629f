package report

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/eval/recognition"
)

// audited returns what an audit found of a small pack.
var audited = func() func(t *testing.T) *recognition.Report {
	var once sync.Once
	var found *recognition.Report
	return func(t *testing.T) *recognition.Report {
		once.Do(func() {
			src := pack.Source{Policy: pack.DefaultPolicy(), Slots: []pack.Slot{{Name: nasty, Kinds: pack.AllKinds, Size: 4, Layer: 2}},
				Topics: []pack.Topic{{Name: "Even", Parent: pack.NoTopic}, {Name: "Odd", Parent: pack.NoTopic}}}
			for k := range 16 {
				src.Items = append(src.Items, pack.Item{ID: strconv.Itoa(k), Title: nasty, Topics: []uint16{uint16(k % 2)}})
				row := pack.Row{}
				for n := range 5 {
					row.Neighbours = append(row.Neighbours, pack.Neighbour{Item: uint32(k+3*n+1) % 16, Weight: 1 / float64(n+1)})
				}
				src.Rows = append(src.Rows, row)
			}
			data, err := pack.Write(src)
			require.NoError(t, err)
			p, err := pack.Open(data)
			require.NoError(t, err)
			found, err = recognition.Audit(context.Background(), data, recognition.Generate(p, 120, 1), recognition.Options{})
			require.NoError(t, err)
		})
		require.NotNil(t, found)
		copied := *found
		return &copied
	}
}()

func writtenAudit(t *testing.T, p RecognitionPage) string {
	var b bytes.Buffer
	require.NoError(t, WriteRecognition(&b, p))
	return b.String()
}

func TestWriteRecognition(t *testing.T) {
	r := audited(t)
	text := writtenAudit(t, RecognitionPage{Pack: nasty, Logs: []string{nasty}, Report: r})
	assert.Equal(t, text, writtenAudit(t, RecognitionPage{Pack: nasty, Logs: []string{nasty}, Report: r}), "the same each time")
	assert.Contains(t, text, "<b>"+bitsOf(r.Of(r.Alone()).Leaks.Before.Net.Value)+" bits</b>")
	assert.Contains(t, text, "of the topic before")
	assert.Contains(t, text, "&lt;script&gt;")
	assert.NotContains(t, text, "<script")
	assert.NotContains(t, text, "made up")
	plots := regexp.MustCompile(`(?s)<svg .*?</svg>`).FindAllString(text, -1)
	assert.Len(t, plots, 3)
	for _, plot := range plots {
		assert.NotRegexp(t, `#[0-9a-f]{6}|Liberation|NaN|Inf`, plot)
	}
	for _, m := range r.Settings {
		assert.Contains(t, text, m.Setting.String())
	}

	for _, m := range r.Settings {
		if m.Leaks != nil {
			assert.LessOrEqual(t, m.Leaks.Topic.Unknown, 1.01, "of two topics")
			assert.LessOrEqual(t, m.Leaks.Topic.Net.Value, 1.01)
		}
	}

	assert.Contains(t, text, "<h2>Whole visits</h2>")
	short := *r
	short.Settings = slices.Clone(r.Settings)
	for k := range short.Settings {
		short.Settings[k].Visits = nil
	}
	text = writtenAudit(t, RecognitionPage{Pack: "dist", Logs: []string{"short.csv"}, Report: &short})
	assert.NotContains(t, text, "Whole visits")
	assert.NotContains(t, text, "all lists of a visit")

	r.Generated = true
	made := writtenAudit(t, RecognitionPage{Pack: "dist", Report: r})
	assert.Equal(t, 1, strings.Count(made, " visits that were made up."))
	assert.Equal(t, 1, strings.Count(made, "give a log of real visits"))
	assert.EqualError(t, WriteRecognition(&bytes.Buffer{}, RecognitionPage{}), "report: there is no audit to tell of")
	assert.ErrorIs(t, WriteRecognition(full{}, RecognitionPage{Report: r}), errFull)
}
