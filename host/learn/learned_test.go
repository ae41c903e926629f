package learn

import (
	"bytes"
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

func TestLearnedFile(t *testing.T) {
	p := DefaultParams()
	p.MinSessions = 2
	v := drawVisits(rand.New(rand.NewPCG(5, 6)), 400, 60)
	l, err := Learn(context.Background(), v, p, Options{})
	require.NoError(t, err)
	require.NotEmpty(t, l.Items)
	var file bytes.Buffer
	require.NoError(t, l.Write(&file))
	got, err := ReadLearned(bytes.NewReader(file.Bytes()), "learned.jsonl")
	require.NoError(t, err)
	require.Len(t, got.Items, len(l.Items))
	for k := range l.Items {
		require.Len(t, got.Items[k].Row, len(l.Items[k].Row))
		for n, want := range l.Items[k].Row {
			require.Equal(t, want.Item, got.Items[k].Row[n].Item)
			require.InEpsilon(t, want.Weight, got.Items[k].Row[n].Weight, 5e-4)
		}
	}
	var again bytes.Buffer
	require.NoError(t, got.Write(&again))
	assert.Equal(t, file.String(), again.String())
}

func TestReadLearnedRefuses(t *testing.T) {
	const item = "{\"item\":\"a\",\"sessions\":9,\"row\":[]}\n"
	line := func(items string) string {
		var b bytes.Buffer
		require.NoError(t, (&Learned{Params: DefaultParams()}).Write(&b))
		return strings.Replace(b.String(), `"items":0`, `"items":`+items, 1)
	}
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", "f: it is empty; want what nabij learn writes"},
		{"another file", "{\"id\":\"a\"}\n", "f:1: this is no file of nabij learn"},
		{"another version", strings.Replace(line("0"), `"version":1`, `"version":2`, 1), "f:1: version 2, and this nabij reads version 1; learn again, or take the nabij that wrote it"},
		{"a bad parameter", strings.Replace(line("0"), `"min_sessions":5`, `"min_sessions":0`, 1), "f:1: learn: min_sessions: got 0, want 1 to 2147483647"},
		{"cut off", line("2") + item, "f: it has 1 items, and line 1 says 2: the file is not whole"},
		{"an item twice", line("2") + item + item, `f:3: item "a" stands twice, or has no id`},
		{"too few sessions", line("1") + strings.Replace(item, "9", "4", 1), `f:2: item "a" has 4 sessions, fewer than the 5 of line 1`},
		{"an unknown neighbour", line("1") + strings.Replace(item, "[]", `[["b",1]]`, 1), `f:2: neighbour "b" is none of the file's items`},
		{"a weight of nothing", line("1") + strings.Replace(item, "[]", `[["a",0]]`, 1), `f:2: neighbour ["a",0]: want an id and a weight over 0`},
		{"a neighbour of three", line("1") + strings.Replace(item, "[]", `[["a",1,2]]`, 1), `f:2: neighbour ["a",1,2]: want an id and a weight over 0`},
		{"half a line", line("1") + item[:12], "f:2: unexpected EOF"},
		{"an unknown field", line("1") + strings.Replace(item, "row", "rows", 1), `f:2: json: unknown field "rows"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := ReadLearned(strings.NewReader(test.text), "f")
			assert.EqualError(t, err, test.want)
		})
	}
}

// FuzzReadLearned reads what may be a file: what it takes it writes again.
func FuzzReadLearned(f *testing.F) {
	var file bytes.Buffer
	l, err := Learn(context.Background(), visitsOf("ab", "ab", "ab", "ab", "ab"), DefaultParams(), Options{})
	require.NoError(f, err)
	require.NoError(f, l.Write(&file))
	f.Add(bytes.Clone(file.Bytes()))
	l.Priors = []Prior{{pack.Evening, []string{"Bikes", "City"}, 9, 1.5}}
	l.Topics = []Topic{{[]string{"Bikes"}, 9, []NextTopic{{[]string{"Lamps"}, 7}}}}
	file.Reset()
	require.NoError(f, l.Write(&file))
	f.Add(bytes.Clone(file.Bytes()))
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := ReadLearned(bytes.NewReader(text), "f")
		if err != nil {
			return
		}
		var once, twice bytes.Buffer
		require.NoError(t, l.Write(&once))
		again, err := ReadLearned(bytes.NewReader(once.Bytes()), "f")
		require.NoError(t, err)
		require.NoError(t, again.Write(&twice))
		require.Equal(t, once.String(), twice.String())
	})
}
