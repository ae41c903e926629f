package build

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn"
	"github.com/nabij/nabij/host/policy"
	"github.com/nabij/nabij/host/sensitive"
)

// grow is plant for a site that configures nothing.
func grow(t *testing.T, items []catalogue.Item, report *Report) *forest {
	t.Helper()
	m, err := newMarker(items, Config{}, report)
	require.NoError(t, err)
	return plant(items, m, report)
}

// pharmacy is a shop of which half is intimate, by each of the ways to say so.
func pharmacy() []catalogue.Item {
	items := []catalogue.Item{
		item("meter", "Blood glucose meter", "Shop > Measuring"),
		item("scale", "Kitchen scale", "Shop > Measuring"),
		item("pram", "Pram Duin", "Shop > Baby"),
		item("bear", "Teddy bear", "Shop > Baby"),
		item("number", "Plain box", "Shop > Boxes"),
		item("tin", "Biscuit tin", "Shop > Boxes"),
		item("flagged", "Odd thing", "Shop > Boxes"),
		item("named", "Named thing", "Shop > Boxes"),
		item("secret", "Secret thing", "Shop > Boxes"),
		item("oil", "Love oil", "Shop > Quiet"),
		item("urn", "Keepsake urn", "Shop > Rest"),
	}
	items[4].TaxonomyID = 775
	items[6].Sensitive = true
	return items
}

// whys returns what was marked and why, a line each.
func whys(m Marks) string {
	var b strings.Builder
	for _, x := range m.Topics {
		b.WriteString(x.Name + ": " + x.Why() + "\n")
	}
	for _, x := range m.Items {
		b.WriteString(x.ID + ": " + x.Why() + "\n")
	}
	return b.String()
}

func TestMarks(t *testing.T) {
	cfg := Config{Language: "en", SensitiveTopics: [][]string{{"Shop", "Quiet"}}, SensitiveItems: []string{"named"}, SensitiveWords: []string{"secret"}}
	src, report := mustSource(t, pharmacy(), cfg)
	require.Equal(t, `Shop > Baby: children, by its name "Baby"
Shop > Quiet: by the configuration's sensitive_topics[0]
Shop > Rest: mourning, as all of its items are
meter: health, by "blood glucose" in its title
pram: children, by "pram" in its title
bear: as "Shop > Baby" is: children, by its name "Baby"
number: sexuality, by its Google product category 775 Health & Beauty > Health Care > Condoms
flagged: by its feed
named: by the configuration's sensitive_items[0]
secret: by "secret" in its title
oil: as "Shop > Quiet" is: by the configuration's sensitive_topics[0]
urn: mourning, by "keepsake urn" in its title
`, whys(report.Marks))
	require.Empty(t, report.Warnings)
	s := report.Sensitivity
	counts := map[sensitive.Category]SensitiveCount{}
	for _, c := range s.Categories {
		require.True(t, c.InForce)
		if c.SensitiveCount != (SensitiveCount{}) {
			counts[c.Category] = c.SensitiveCount
		}
	}
	require.Equal(t, map[sensitive.Category]SensitiveCount{"health": {1, 0}, "children": {2, 1}, "sexuality": {1, 0}, "mourning": {1, 1}}, counts)
	require.Equal(t, SensitiveAdditions{[]string{"Shop > Quiet"}, []string{"secret"}, 1, SensitiveCount{3, 1}}, s.Site)
	require.Equal(t, SensitiveCount{1, 0}, s.Feed)
	require.Empty(t, s.Exceptions)
	require.Equal(t, 9, report.Sensitive)
	n := 0
	for _, it := range src.Items {
		if it.Sensitive {
			n++
		}
	}
	require.Equal(t, 9, n)
}

func TestExceptionsOfABuild(t *testing.T) {
	const why = "we sell nothing else"
	cfg := Config{Language: "en", SensitiveExceptions: []sensitive.Exception{
		{Category: sensitive.Children, Reason: why},
		{Topic: []string{"Shop", "Measuring"}, Reason: why},
		{Item: "number", Reason: why},
		{Word: "keepsake urn", Reason: why},
		{Taxonomy: 537, Reason: why},   // nothing has it
		{Item: "flagged", Reason: why}, // its feed says so
		{Item: "flaged", Reason: why},
		{Topic: []string{"Measuring"}, Reason: why},
	}}
	_, report := mustSource(t, pharmacy(), cfg)
	require.Equal(t, "flagged: by its feed\n", whys(report.Marks))
	require.Equal(t, []SensitiveException{
		{"category", "children", why, SensitiveCount{2, 1}},
		{"topic", "Shop > Measuring", why, SensitiveCount{1, 0}},
		{"item", "number", why, SensitiveCount{1, 0}},
		{"word", "keepsake urn", why, SensitiveCount{1, 0}},
		{"taxonomy", "537", why, SensitiveCount{}},
		{"item", "flagged", why, SensitiveCount{}},
		{"item", "flaged", why, SensitiveCount{}},
		{"topic", "Measuring", why, SensitiveCount{}},
	}, report.Sensitivity.Exceptions)
	require.Equal(t, []Warning{
		{"took nothing out of what is sensitive", "sensitive_exceptions[4]", `the lists mark nothing for the taxonomy "537"; leave the exception out`},
		{"took nothing out of what is sensitive", "sensitive_exceptions[5]", `the lists mark nothing for the item "flagged"; leave the exception out`},
		{"took nothing out of what is sensitive", "sensitive_exceptions[6]", `no item has the id "flaged"`},
		{"took nothing out of what is sensitive", "sensitive_exceptions[7]", `no topic has the path "Measuring"; there is "Shop > Measuring"`},
	}, report.Warnings)
	for _, c := range report.Sensitivity.Categories {
		require.Equal(t, c.Category != sensitive.Children, c.InForce)
	}
}

// TestExceptionsArePublished: visitors read of each exception and its reason, and which categories are in force.
func TestExceptionsArePublished(t *testing.T) {
	cfg := Config{Language: "en", SensitiveExceptions: []sensitive.Exception{{Category: sensitive.Children, Reason: "we sell <prams>"}}}
	src, report := mustSource(t, pharmacy(), cfg)
	data, err := pack.Write(src)
	require.NoError(t, err)
	files, err := policyFiles(data, &report.Sensitivity)
	require.NoError(t, err)
	var said struct {
		Sensitive struct{ Lists policy.Lists }
	}
	require.NoError(t, json.Unmarshal(files[0].Content, &said))
	require.Equal(t, policy.Lists{
		Categories: []string{"sexuality", "pregnancy", "mourning", "addiction", "debt", "religion", "politics", "health"},
		Exceptions: []policy.Exception{{Of: "category", Name: "children", Reason: "we sell <prams>"}},
	}, said.Sensitive.Lists)
	for _, f := range files[1:] {
		require.Contains(t, string(f.Content), "we sell &lt;prams&gt;", f.Name)
	}
	require.Nil(t, (&Sensitivity{}).Lists())
	require.Nil(t, (*Sensitivity)(nil).Lists())
}

// What is below a sensitive topic cannot be taken out alone.
func TestAnExceptionBelowASensitiveTopic(t *testing.T) {
	items := []catalogue.Item{item("bear", "Teddy bear", "Baby > Newborn"), item("doll", "Doll", "Baby")}
	cfg := Config{Language: "en", SensitiveExceptions: []sensitive.Exception{{Topic: []string{"Baby", "Newborn"}, Reason: "bears are for all"}}}
	_, report := mustSource(t, items, cfg)
	require.Len(t, report.Marks.Items, 2)
	require.Equal(t, []Warning{{"took nothing out of what is sensitive", "sensitive_exceptions[0]",
		"what it is of is sensitive for another reason too: see sensitive.json"}}, report.Warnings)
}

func TestSourceRefusesExceptionsWithoutAReason(t *testing.T) {
	_, _, err := Source(context.Background(), pharmacy(), Config{SensitiveExceptions: []sensitive.Exception{{Category: "health"}}}, Options{})
	require.ErrorIs(t, err, sensitive.ErrReason)
}

func TestMarksGoThroughJSON(t *testing.T) {
	_, report := mustSource(t, pharmacy(), Config{})
	var b bytes.Buffer
	_, err := report.Marks.WriteTo(&b)
	require.NoError(t, err)
	again, err := ReadMarks(&b)
	require.NoError(t, err)
	require.Equal(t, report.Marks, again)
	_, err = ReadMarks(strings.NewReader(`{"topic": []}`))
	require.Error(t, err)
}

// TestNothingSensitiveIsLearnt: whatever was learnt of visits that met what is sensitive, the pack has it in no row, prior, term or popularity
// of others; it is the pack of a log that knows nothing of it.
func TestNothingSensitiveIsLearnt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := pharmacy()
		l := learn.Learned{Params: learn.DefaultParams()}
		for i := range items {
			l.Items = append(l.Items, learn.Item{ID: items[i].ID, Sessions: rapid.IntRange(5, 99).Draw(t, "sessions")})
		}
		for i := range l.Items {
			for j := range l.Items {
				if i != j && rapid.Bool().Draw(t, "go together") {
					l.Items[i].Row = append(l.Items[i].Row, pack.Neighbour{Item: uint32(j), Weight: rapid.Float64Range(0.01, 1).Draw(t, "weight")})
				}
			}
		}
		l.Priors = []learn.Prior{{Class: pack.Evening, Topic: []string{"Shop", "Baby"}, Sessions: 9, Multiplier: 3}, {Class: pack.Evening, Topic: []string{"Shop"}, Sessions: 9, Multiplier: 2}}
		src, report, err := Source(context.Background(), items, Config{Language: "en"}, Options{Learned: &l})
		require.NoError(t, err)
		_, err = pack.Write(src) // which refuses rows, terms and priors of what is sensitive
		require.NoError(t, err)
		marked := map[string]bool{}
		for _, m := range report.Marks.Items {
			marked[m.ID] = true
		}
		for i := range src.Items {
			require.Equal(t, marked[src.Items[i].ID], src.Items[i].Sensitive)
			for _, n := range src.Rows[i].Neighbours {
				require.False(t, src.Items[n.Item].Sensitive || src.Items[i].Sensitive)
			}
		}
		for k, row := range src.TopicRows {
			for _, n := range row.Neighbours {
				require.False(t, src.Items[n.Item].Sensitive || src.Topics[k].Sensitive)
			}
		}
		rules, err := sensitive.New(sensitive.Site{})
		require.NoError(t, err)
		for _, term := range src.Terms {
			require.False(t, rules.Says(term.Word, 0), term.Word)
		}
	})
}
