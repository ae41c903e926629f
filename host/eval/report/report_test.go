package report

import (
	"bytes"
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/eval"
	"github.com/nabij/nabij/host/learn"
)

// nasty is what a feed might call a thing.
const nasty = `<script>alert(1)</script>"'&`

// summarised returns a summary of a small pack with all that a summary can have.
func summarised(t *testing.T) eval.Summary {
	train, test := &learn.Visits{}, &learn.Visits{}
	for k := range 60 {
		v := train
		if k%3 == 0 {
			v = test
		}
		v.Add([]string{strconv.Itoa(k % 5), strconv.Itoa((k + 1) % 5), strconv.Itoa((k + 2) % 5)}, int64(k)*3600)
	}
	src := pack.Source{Policy: pack.DefaultPolicy(), Slots: []pack.Slot{{Name: nasty, Kinds: pack.AllKinds, Size: 6, Layer: 3, Repeats: true}},
		Topics: []pack.Topic{{Name: "All", Parent: pack.NoTopic}}}
	for k := range 5 {
		src.Items = append(src.Items, pack.Item{ID: strconv.Itoa(k), Title: nasty, Topics: []uint16{0}})
		src.Rows = append(src.Rows, pack.Row{Neighbours: []pack.Neighbour{{Item: uint32(k+1) % 5, Weight: 1}}})
	}
	data, err := pack.Write(src)
	require.NoError(t, err)
	ctx := context.Background()
	var s eval.Summary
	for _, layer := range []uint8{3, 1} {
		r, err := eval.Pack(ctx, data, test, eval.Options{Layer: layer, Train: train})
		require.NoError(t, err)
		s.Layers = append(s.Layers, r)
	}
	s.Size, err = eval.SizeOf(data)
	require.NoError(t, err)
	for _, m := range eval.Methods() {
		r, err := eval.Compare(ctx, m, train, test, true, eval.Options{})
		require.NoError(t, err)
		s.Compared = append(s.Compared, eval.Compared{Method: m.Name, Result: r})
	}
	d, err := eval.Pair(s.Top(), s.Top())
	require.NoError(t, err)
	s.Against = &eval.Against{Result: s.Top(), Size: s.Size, Difference: d}
	s.Curves, err = eval.Curve(ctx, train, test, learn.DefaultParams(), eval.Options{})
	require.NoError(t, err)
	s.Times = &eval.Times{Native: eval.Took{Suggestions: 10, MedianUs: 12, P95Us: 20}, Wasm: eval.Took{Suggestions: 10, MedianUs: 30, P95Us: 50}}
	return s
}

func written(t *testing.T, p Page) string {
	var b bytes.Buffer
	require.NoError(t, Write(&b, p))
	return b.String()
}

func TestWrite(t *testing.T) {
	s := summarised(t)
	text := written(t, Page{Pack: nasty, Other: nasty, Logs: []string{nasty, "b.csv"}, Train: []string{nasty}, ParamsFrom: nasty, Summary: s})
	assert.Equal(t, text, written(t, Page{Pack: nasty, Other: nasty, Logs: []string{nasty, "b.csv"}, Train: []string{nasty}, ParamsFrom: nasty, Summary: s}),
		"the same each time")

	// It has the figures.
	assert.Contains(t, text, strconv.FormatFloat(s.Top().At[3].HitRate, 'f', 4, 64))
	assert.Contains(t, text, "sequential rules")
	assert.Equal(t, 4, strings.Count(text, "<svg "), "plots")
	assert.Contains(t, text, "12 µs")

	// Nothing is fetched or run, and what a feed says is text.
	elements := map[string]int{}
	tokens := html.NewTokenizer(strings.NewReader(text))
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			break
		}
		token := tokens.Token()
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		elements[token.Data]++
		for _, a := range token.Attr {
			assert.NotContains(t, []string{"src", "href", "srcset", "action", "xlink:href", "data"}, a.Key, token.Data)
			assert.False(t, strings.HasPrefix(a.Key, "on"), a.Key)
		}
	}
	for _, element := range []string{"script", "link", "img", "iframe", "object", "a"} {
		assert.Zero(t, elements[element], element)
	}
	assert.NotContains(t, text, "url(")
	assert.NotContains(t, text, "@import")
	assert.Contains(t, text, "&lt;script&gt;")

	// Plots have no colour and font of their own, so that they are right in the dark and in any font.
	for _, plot := range regexp.MustCompile(`(?s)<svg .*?</svg>`).FindAllString(text, -1) {
		assert.NotRegexp(t, `#[0-9a-f]{6}|Liberation|NaN|Inf`, plot)
		assert.Contains(t, plot, `aria-label="`)
		assert.Contains(t, plot, `textLength="`)
	}
}

func TestWriteWithoutTraining(t *testing.T) {
	s := summarised(t)
	least := eval.Summary{Layers: s.Layers, Size: s.Size}
	text := written(t, Page{Pack: "dist", Logs: []string{"b.csv"}, Summary: least})
	assert.Equal(t, 2, strings.Count(text, "<svg "))
	assert.Contains(t, text, "Give that as <code>--train</code>")
	assert.NotContains(t, text, "other pack")

	assert.EqualError(t, Write(&bytes.Buffer{}, Page{}), "report: there is no result to tell of")
	assert.ErrorIs(t, Write(full{}, Page{Summary: least}), errFull)
}

// TestWriteOfNothing shows that a report without a next item that counts says so.
func TestWriteOfNothing(t *testing.T) {
	for _, repeats := range []bool{true, false} {
		src := pack.Source{Policy: pack.DefaultPolicy(), Items: []pack.Item{{ID: "a", Title: "A"}},
			Slots: []pack.Slot{{Name: "slot", Kinds: pack.AllKinds, Size: 6, Layer: 3, Repeats: repeats}}}
		data, err := pack.Write(src)
		require.NoError(t, err)
		v := &learn.Visits{}
		v.Add([]string{"a"}, 1)
		if !repeats {
			v.Add([]string{"a", "a"}, 2)
		}
		r, err := eval.Pack(context.Background(), data, v, eval.Options{Layer: 3, Train: v})
		require.NoError(t, err)
		require.Zero(t, r.Predictions)
		size, err := eval.SizeOf(data)
		require.NoError(t, err)
		text := written(t, Page{Pack: "dist", Logs: []string{"b.csv"}, Summary: eval.Summary{Layers: []*eval.Result{r}, Size: size}})
		assert.Contains(t, text, "There is nothing to tell how good it is by:")
		assert.Equal(t, repeats, strings.Contains(text, "no session has a second item"))
		assert.Contains(t, text, "Bytes</h2>")
		assert.NotContains(t, text, "<svg ")
	}
}

var errFull = errors.New("the disk is full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWords(t *testing.T) {
	assert.Equal(t, "1 item", count(1, "item"))
	assert.Equal(t, "12\u00a0345 items", count(12345, "item"))
	assert.Equal(t, "999", count(999, ""))
	assert.Equal(t, "–", optional(nil))
}
