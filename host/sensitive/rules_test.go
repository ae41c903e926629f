package sensitive_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn/content/words"
	"github.com/nabij/nabij/host/sensitive"
)

// Numbers and paths are those of Google's product taxonomy of 2021-09-21.
func TestTaxonomy(t *testing.T) {
	r := rules(t, sensitive.Site{})
	for _, c := range []struct {
		name string
		item catalogue.Item
		want string // "" for nothing
	}{
		{"a number of the list", catalogue.Item{TaxonomyID: 775}, "sexuality, by its Google product category 775 Health & Beauty > Health Care > Condoms"},
		{"a number below", catalogue.Item{TaxonomyID: 543680}, "pregnancy, by its Google product category 505822 Health & Beauty > Health Care > Biometric Monitors > Fertility Monitors and Ovulation Tests"},
		{"a container's own", catalogue.Item{TaxonomyID: 491}, "health, by its Google product category 491 Health & Beauty > Health Care"},
		{"a path that ends in a container", catalogue.Item{Topics: [][]string{{"Health & Beauty", "Health Care"}}}, "health, by its Google product category 491 Health & Beauty > Health Care"},
		{"harmless in a container", catalogue.Item{TaxonomyID: 500009, Topics: [][]string{{"Health & Beauty", "Health Care", "Biometric Monitors", "Activity Monitors"}}}, ""},
		{"harmless", catalogue.Item{TaxonomyID: 1239}, ""},
		{"no number", catalogue.Item{}, ""},
		{"a toddler's size", catalogue.Item{Attributes: []catalogue.Attribute{{Name: "age_group", Value: "Toddler"}}}, "children, by its age_group Toddler"},
		{"a child's size", catalogue.Item{Attributes: []catalogue.Attribute{{Name: "age_group", Value: "kids"}}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := r.Item(&c.item, words.English)
			require.Equal(t, c.want != "", v.Sensitive)
			if v.Sensitive {
				require.Equal(t, c.want, v.Rule.String())
			}
		})
	}
}

func TestTopics(t *testing.T) {
	r := rules(t, sensitive.Site{})
	for _, c := range []struct {
		path     []string
		language words.Language
		want     sensitive.Category
	}{
		{[]string{"Health & Beauty", "Health Care", "Condoms"}, words.English, sensitive.Sexuality},
		{[]string{"health & beauty", "HEALTH CARE", "Medicine & Drugs", "Of a site's own"}, words.English, sensitive.Health},
		{[]string{"Health & Beauty", "Health Care"}, words.English, ""}, // a container
		{[]string{"Health & Beauty"}, words.English, ""},
		{[]string{"Shop", "Health"}, words.English, sensitive.Health},
		{[]string{"Gezondheid en zorg"}, words.Dutch, ""},
		{[]string{"Gezondheid"}, words.Dutch, sensitive.Health},
		{[]string{"Religion & Spirituality"}, words.English, sensitive.Religion},
		{[]string{"Zwangerschap en geboorte"}, words.Dutch, sensitive.Pregnancy},
		{[]string{"Politique et société"}, words.French, sensitive.Politics},
		{[]string{"Children's bikes"}, words.English, ""},
		{[]string{"Kinder"}, words.German, ""},
		{[]string{"Baby & Toddler", "Diapering"}, words.English, sensitive.Children},
		{nil, words.English, ""},
	} {
		v := r.Topic(c.path, c.language)
		require.Equal(t, c.want != "", v.Sensitive, "%v: %s", c.path, v.Rule)
		require.Equal(t, c.want, v.Rule.Category, "%v", c.path)
	}
}

// Words are whole, in whatever case and with whatever accents; forms of a word count in its own language.
func TestWords(t *testing.T) {
	r := rules(t, sensitive.Site{Words: []string{"hush money", "secret*"}})
	for _, c := range []struct {
		text     string
		language words.Language
		want     bool
	}{
		{"DIABETES", words.English, true},
		{"Zwangerschapsband", words.Dutch, true},
		{"hemorroides", words.French, true}, // without its accents
		{"Hémorroïdes", words.Unknown, true},
		{"Sussex", words.English, false},
		{"Baby blue vest", words.English, false},
		{"Baby vest in baby blue", words.English, true},
		{"Urn", words.Dutch, true},
		{"Tea urn", words.English, false},
		{"Five hearts", words.English, false}, // "FIV" with a French ending
		{"Hush money", words.English, true},
		{"Hush, money", words.Unknown, true},
		{"Secretaire", words.Dutch, true},
		{"Top-secret", words.Unknown, true},
		{"", words.Unknown, false},
	} {
		require.Equal(t, c.want, r.Says(c.text, c.language), c.text)
	}
	v := r.Item(&catalogue.Item{Title: "Secret diary"}, words.English)
	require.Equal(t, `by "secret*" in its title`, v.Rule.String())
	require.Empty(t, v.Rule.Category)
}

func TestExceptions(t *testing.T) {
	const reason = "because"
	item := func(title string) catalogue.Item {
		return catalogue.Item{ID: "a", Title: title, Topics: [][]string{{"Shop", "Things"}}}
	}
	pram := item("Pram")
	pram.TaxonomyID = 568
	for _, c := range []struct {
		name      string
		exception sensitive.Exception
		item      catalogue.Item
		sensitive bool
		excused   bool
	}{
		{"category", sensitive.Exception{Category: "children"}, pram, false, true},
		{"another category", sensitive.Exception{Category: "health"}, pram, true, false},
		{"a category of two", sensitive.Exception{Category: "health"}, item("Baby with diabetes"), true, true},
		{"word", sensitive.Exception{Word: "diabet*"}, item("Diabetes"), false, true},
		{"a longer phrase", sensitive.Exception{Word: "diabetes with owls"}, item("Let's explore diabetes with owls"), false, true},
		{"a phrase that is not there", sensitive.Exception{Word: "diabetes with owls"}, item("Diabetes"), true, false},
		{"a shorter phrase", sensitive.Exception{Word: "glucose"}, item("Blood glucose"), true, false},
		{"number above", sensitive.Exception{Taxonomy: 537}, catalogue.Item{TaxonomyID: 568}, false, true},
		{"number", sensitive.Exception{Taxonomy: 568}, catalogue.Item{TaxonomyID: 568}, false, true},
		{"another number", sensitive.Exception{Taxonomy: 547}, catalogue.Item{TaxonomyID: 568}, true, false},
		{"topic", sensitive.Exception{Topic: []string{"shop"}}, pram, false, true},
		{"another topic", sensitive.Exception{Topic: []string{"Shop", "Things", "Small"}}, pram, true, false},
		{"item", sensitive.Exception{Item: "a"}, pram, false, true},
		{"another item", sensitive.Exception{Item: "b"}, pram, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.exception.Reason = reason
			v := rules(t, sensitive.Site{Exceptions: []sensitive.Exception{c.exception}}).Item(&c.item, words.English)
			require.Equal(t, c.sensitive, v.Sensitive)
			require.Equal(t, c.excused, len(v.Excused) == 1)
		})
	}
	// What a site adds itself stays.
	r := rules(t, sensitive.Site{Words: []string{"pram"}, Exceptions: []sensitive.Exception{{Item: "a", Reason: reason}, {Word: "pram", Reason: reason}}})
	require.True(t, r.Item(&pram, words.English).Sensitive)
}

func TestNewRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		site sensitive.Site
		want error
	}{
		{"no reason", sensitive.Site{Exceptions: []sensitive.Exception{{Category: "health"}}}, sensitive.ErrReason},
		{"an empty reason", sensitive.Site{Exceptions: []sensitive.Exception{{Category: "health", Reason: " \n"}}}, sensitive.ErrReason},
		{"of nothing", sensitive.Site{Exceptions: []sensitive.Exception{{Reason: "so"}}}, sensitive.ErrException},
		{"of an empty topic", sensitive.Site{Exceptions: []sensitive.Exception{{Topic: []string{}, Reason: "so"}}}, sensitive.ErrException},
		{"of two", sensitive.Site{Exceptions: []sensitive.Exception{{Category: "health", Item: "a", Reason: "so"}}}, sensitive.ErrException},
		{"of no category", sensitive.Site{Exceptions: []sensitive.Exception{{Category: "sports", Reason: "so"}}}, sensitive.ErrException},
		{"of no word", sensitive.Site{Exceptions: []sensitive.Exception{{Word: "…", Reason: "so"}}}, sensitive.ErrWord},
		{"no word", sensitive.Site{Words: []string{"a*"}}, sensitive.ErrWord},
		{"a sign of the lists", sensitive.Site{Words: []string{"- baby blue"}}, sensitive.ErrWord},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := sensitive.New(c.site)
			require.ErrorIs(t, err, c.want)
		})
	}
}

func TestCategories(t *testing.T) {
	require.Len(t, sensitive.Categories(), 9)
	for _, c := range sensitive.Categories() {
		got, ok := sensitive.ParseCategory(string(c))
		require.True(t, ok)
		require.Equal(t, c, got)
	}
	_, ok := sensitive.ParseCategory("")
	require.False(t, ok)
}

func FuzzSays(f *testing.F) {
	f.Add("Baby blue bébé, 0-3 months")
	r, err := sensitive.New(sensitive.Site{})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, text string) {
		for l := words.Unknown; l <= words.Spanish; l++ {
			r.Says(text, l)
		}
	})
}

func BenchmarkItem(b *testing.B) {
	r := rules(b, sensitive.Site{})
	it := catalogue.Item{Title: "Zadel Zachtweg Ontlast met gel, 175 mm, voor stadsfietsen"}
	for b.Loop() {
		r.Item(&it, words.Dutch)
	}
}
