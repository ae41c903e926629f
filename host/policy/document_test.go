package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// shop is a source with the policy of a site that says nothing, and something of everything else.
func shop() pack.Source {
	return pack.Source{
		Site:   "https://shop.example",
		Topics: []pack.Topic{{Name: "Bikes", Parent: pack.NoTopic}, {Name: "Health", Parent: pack.NoTopic}, {Name: "Care", Parent: 1, Sensitive: true}},
		Items: []pack.Item{
			{ID: "bike", Title: "Bike", Topics: []uint16{0}, Popularity: 9}, {ID: "cream", Title: "Cream", Topics: []uint16{2}, Sensitive: true, Popularity: 3},
		},
		Slots: []pack.Slot{
			{Name: "related", Kinds: pack.KindsOf(pack.KindProduct), Size: 6, Layer: 3, MinTopics: 1},
			{Name: "continue", Kinds: pack.AllKinds, Size: 4, Layer: 3, Repeats: true, MinTopics: 1},
		},
		Policy: pack.DefaultPolicy(),
	}
}

// documentOf returns the document of a source, changed.
func documentOf(t *testing.T, change func(*pack.Source)) Document {
	t.Helper()
	d, err := tryDocument(change)
	require.NoError(t, err)
	return d
}

func tryDocument(change func(*pack.Source)) (Document, error) {
	src := shop()
	change(&src)
	data, err := pack.Write(src)
	if err != nil {
		return Document{}, err
	}
	p, err := pack.Open(data)
	if err != nil {
		return Document{}, err
	}
	return Of(p), nil
}

func asIs(*pack.Source) {}

// prose is all that visitors are meant to read of a page.
func prose(d Document, language Language) string {
	p := d.Page(language)
	lines := []string{p.Title, p.Lead}
	for _, s := range p.Sections {
		if s.Technical {
			continue
		}
		lines = append(lines, s.Heading)
		lines = append(lines, s.Paragraphs...)
		for _, r := range s.Rows {
			lines = append(lines, r.Term, r.Text)
		}
		lines = append(lines, s.Points...)
	}
	return strings.Join(lines, "\n")
}

func jsonOf(t *testing.T, d Document) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, d.WriteJSON(&b))
	return b.String()
}

func htmlOf(t *testing.T, d Document, language Language) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, d.WriteHTML(&b, language))
	return b.String()
}

// technical are the fields of pack.Policy that stand among the settings alone: what they change, no visitor can tell.
var technical = map[string]bool{
	"FloorPermille": true, "HopPermille": true, "RepeatPermille": true, "FaceVisits": true, "FaceSharePermille": true, "RepeatRecency": true,
	"TopicRecency": true, "KindMix": true,
}

// TestEveryPolicyFieldIsTold: whatever field of the policy changes, the pages and the JSON do; and what visitors read does, unless the
// field is technical. So a new field without a line fails here.
func TestEveryPolicyFieldIsTold(t *testing.T) {
	fields := fieldsOf(reflect.TypeFor[pack.Policy]())
	var names []string
	for _, f := range fields {
		names = append(names, f.Name)
		t.Run(f.Name, func(t *testing.T) {
			toldWhen(t, !technical[f.Name], func(src *pack.Source) reflect.Value { return reflect.ValueOf(&src.Policy).Elem().FieldByIndex(f.Index) })
		})
	}
	for name := range technical {
		assert.Contains(t, names, name, "no field of the policy any more")
	}
}

// fieldsOf returns the fields of a struct, and in place of one that is a struct those of that.
func fieldsOf(s reflect.Type) (fields []reflect.StructField) {
	for k := range s.NumField() {
		f := s.Field(k)
		if f.Type.Kind() != reflect.Struct {
			fields = append(fields, f)
			continue
		}
		for _, inner := range fieldsOf(f.Type) {
			inner.Index = append(slices.Clone(f.Index), inner.Index...)
			fields = append(fields, inner)
		}
	}
	return fields
}

// TestEverySlotFieldIsTold: the same of a slot's fields, all of which are technical.
func TestEverySlotFieldIsTold(t *testing.T) {
	fields := reflect.TypeOf(pack.Slot{})
	for k := range fields.NumField() {
		t.Run(fields.Field(k).Name, func(t *testing.T) {
			toldWhen(t, false, func(src *pack.Source) reflect.Value { return reflect.ValueOf(&src.Slots[0]).Elem().Field(k) })
		})
	}
}

// toldWhen changes a field to another value that a pack can have, and fails unless that is told: to visitors in prose, too, if inProse.
func toldWhen(t *testing.T, inProse bool, field func(*pack.Source) reflect.Value) {
	t.Helper()
	before := documentOf(t, asIs)
	tried := 0
	for _, other := range []func(v reflect.Value){half, twice, less, more} {
		after, err := tryDocument(func(src *pack.Source) { other(field(src)) })
		if err != nil {
			continue
		}
		tried++
		assert.NotEqual(t, jsonOf(t, before), jsonOf(t, after))
		for _, language := range Languages {
			assert.NotEqual(t, htmlOf(t, before, language), htmlOf(t, after, language))
			if inProse {
				assert.NotEqual(t, prose(before, language), prose(after, language), "visitors are not told: add a line, or call it technical")
			}
		}
		break
	}
	assert.Positive(t, tried, "no other value is allowed")
}

func less(v reflect.Value)  { change(v, func(n uint64) uint64 { return n - 1 }) }
func more(v reflect.Value)  { change(v, func(n uint64) uint64 { return n + 1 }) }
func half(v reflect.Value)  { change(v, func(n uint64) uint64 { return n / 2 }) }
func twice(v reflect.Value) { change(v, func(n uint64) uint64 { return 2 * n }) }

// change changes a number, the last element of a list that is not 0, or another value in the one way there is.
func change(v reflect.Value, f func(uint64) uint64) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Array:
		k := v.Len() - 1
		for v.Index(k).IsZero() {
			k--
		}
		change(v.Index(k), f)
	default:
		v.SetUint(f(v.Uint()))
	}
}

// TestEverySignalIsTold: a kind that is not declared has no line that says what it is for, and one that says that it does not count.
func TestEverySignalIsTold(t *testing.T) {
	all := documentOf(t, asIs)
	require.Len(t, all.Signals, int(core.SignalCount-core.View))
	for kind := core.View; kind < core.SignalCount; kind++ {
		t.Run(kind.String(), func(t *testing.T) {
			without := documentOf(t, func(src *pack.Source) { src.Policy.Signals &^= 1 << kind })
			require.NotEmpty(t, all.Signals[kind-core.View].Uses, "it is for nothing")
			assert.Equal(t, Signal{Signal: kind.String(), Uses: []Use{}, kind: kind}, without.Signals[kind-core.View])
			for _, language := range Languages {
				said := wordsOf(language).signal[kind]
				require.NotEmpty(t, said.Term)
				require.NotEmpty(t, said.Text)
				assert.True(t, hasRow(all, language, said.Term))
				assert.False(t, hasRow(without, language, said.Term))
				assert.Contains(t, prose(without, language), fmt.Sprintf(wordsOf(language).signalsUnused, said.Term))
			}
		})
	}
}

func hasRow(d Document, language Language, term string) bool {
	for _, s := range d.Page(language).Sections {
		for _, r := range s.Rows {
			if r.Term == term {
				return true
			}
		}
	}
	return false
}

// TestClaimsAreShown: every claim names tests that there are, and is said in each language or by another section.
func TestClaimsAreShown(t *testing.T) {
	elsewhere := map[Never]string{NeverUndeclared: "signals", NeverSensitive: "sensitive"}
	claims := documentOf(t, asIs).Never
	require.Len(t, claims, 10, "a site that allows everything can claim all")
	for _, c := range claims {
		assert.NotEmpty(t, c.Tests, c.Claim)
		for _, name := range c.Tests {
			dir, test, ok := strings.Cut(name, ".")
			require.True(t, ok, name)
			files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(dir), "*_test.go"))
			require.NoError(t, err)
			found := false
			for _, file := range files {
				text, err := os.ReadFile(file)
				require.NoError(t, err)
				found = found || regexp.MustCompile(`(?m)^func `+test+`\(t \*testing\.T\)`).Match(text)
			}
			assert.True(t, found, "%s: there is no such test", name)
		}
		for _, language := range Languages {
			if elsewhere[c.Claim] == "" {
				assert.NotEmpty(t, wordsOf(language).claim[c.Claim], c.Claim)
			} else {
				assert.True(t, hasSection(documentOf(t, asIs), language, elsewhere[c.Claim]))
			}
		}
	}
}

func hasSection(d Document, language Language, id string) bool {
	for _, s := range d.Page(language).Sections {
		if s.ID == id {
			return true
		}
	}
	return false
}

// TestSchemaNamesEveryField: SCHEMA.md has a line for each field and each word of the JSON.
func TestSchemaNamesEveryField(t *testing.T) {
	schema, err := os.ReadFile("SCHEMA.md")
	require.NoError(t, err)
	var names []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, inner := range v {
				names = append(names, name)
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	d := documentOf(t, asIs)
	var decoded any
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, d)), &decoded))
	walk(decoded)
	for _, s := range d.Signals {
		for _, use := range s.Uses {
			names = append(names, string(use))
		}
	}
	for _, c := range d.Never {
		names = append(names, string(c.Claim))
	}
	for _, l := range d.Layers {
		names = append(names, l.Kept)
	}
	names = append(names, string(CountsPage), string(CountsLists), string(CountsVisit), untilTabCloses, untilRevoked)
	for _, name := range names {
		assert.Contains(t, string(schema), "`"+name+"`")
	}
}
