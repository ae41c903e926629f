package words

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func split(text string) string {
	var out []string
	Split(text, func(t Token) { out = append(out, t.Text+[]string{"", "~", "#", "="}[t.Form]) })
	return strings.Join(out, " ")
}

// A word stands as it is; ~ marks a part, # a number, = a measure.
func TestSplit(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"plain", "Ocean Blue Shirt", "ocean blue shirt"},
		{"inches by a sign", `City bike 28"`, "city bike 28in="},
		{"inches by a typographic sign", "Stadsfiets 28”", "stadsfiets 28in="},
		{"inches by a word", "26 inch wheel", "26in= wheel"},
		{"a spaced in is no inch", "2 in 1 jacket", "2# in 1# jacket"},
		{"spaced unit", "frame 50 cm", "frame 50cm="},
		{"glued unit", "frame 50cm", "frame 50cm="},
		{"decimals in two styles", "1,5 liter 1.50 l", "1.5l= 1.5l="},
		{"percent", "100% wol", "100%= wol"},
		{"degrees", "tot -10 °C", "tot 10c="},
		{"sizes crossed", "10x15 cm", "10x15 cm"},
		{"number of a series", "(Harry Potter, #2)", "harry potter 2#"},
		{"fraction of a set", "S/12 VANILLA", "s 12# vanilla"},
		{"hyphen", "T-Light Holder", "tlight light~ holder"},
		{"hyphens in a row", "all-in-one", "allinone all~ in~ one~"},
		{"dangling hyphen", "heren- en damesfiets", "heren en damesfiets"},
		{"genitive", "Men's shirt", "men shirt"},
		{"Dutch plural", "foto’s en auto's", "foto en auto"},
		{"French elision", "huile d'olive, l’eau", "huile d olive l eau"},
		{"accents stay until stemming", "Crème Brûlée", "crème brûlée"},
		{"combining accents", "Cre\u0301me", "créme"},
		{"capital sharp s", "STRAẞE", "straße"},
		{"Greek", "Ποδήλατο ΠΟΛΗΣ", "ποδήλατο πολησ"},
		{"empty", "", ""},
		{"signs alone", "--- !? ' \"", ""},
		{"broken UTF-8", "a\xffb", "a b"},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, split(c.text)) })
	}
}

func TestSplitYieldsWordsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		Split(text, func(tok Token) {
			require.NotEmpty(t, tok.Text)
			require.True(t, utf8.ValidString(tok.Text))
			require.NotContains(t, tok.Text, " ")
		})
	})
}

func TestStem(t *testing.T) {
	for _, c := range []struct {
		language Language
		same     []string
	}{
		{Dutch, []string{"regenjas", "regenjassen"}},
		{Dutch, []string{"fiets", "fietsen"}},
		{Dutch, []string{"bal", "ballen"}},
		{Dutch, []string{"brief", "brieven"}},
		{Dutch, []string{"huis", "huizen"}},
		{Dutch, []string{"schoen", "schoenen"}},
		{English, []string{"earring", "earrings"}},
		{English, []string{"hiking", "hike", "hikes"}},
		{German, []string{"jacke", "jacken"}},
		{German, []string{"größe", "größen"}},
		{French, []string{"veste", "vestes"}},
		{Spanish, []string{"bicicleta", "bicicletas"}},
		{Unknown, []string{"élan", "elan"}},
	} {
		for _, w := range c.same[1:] {
			require.Equal(t, Stem(c.language, c.same[0]), Stem(c.language, w), "%s and %s", c.same[0], w)
		}
	}
	require.NotEqual(t, Stem(Dutch, "fiets"), Stem(Dutch, "fietstas"))
}

func TestFold(t *testing.T) {
	require.Equal(t, "strasse coeur lodz smorrebrod", Fold("Straße Cœur Łódź Smørrebrød"))
}

func TestLanguage(t *testing.T) {
	for text, want := range map[string]Language{
		"een lichte jas voor als het regent, met capuchon en zakken": Dutch,
		"a light jacket for when it rains, with a hood and pockets":  English,
		"eine leichte Jacke für den Regen, mit Kapuze und Taschen":   German,
		"une veste légère pour la pluie, avec une capuche":           French,
		"una chaqueta ligera para la lluvia, con capucha y los":      Spanish,
		"Ocean Blue Shirt": Unknown,
		"":                 Unknown,
	} {
		var e Evidence
		Split(text, func(t Token) { e.Add(t.Text) })
		require.Equal(t, want, e.Language(), text)
	}
	require.Equal(t, Dutch, ParseLanguage("nl-BE"))
	require.Equal(t, English, ParseLanguage("eng"))
	require.Equal(t, Unknown, ParseLanguage("sv"))
	require.Equal(t, Unknown, ParseLanguage(""))
}

func TestIsStop(t *testing.T) {
	require.True(t, IsStop(Dutch, "voor"))
	require.False(t, IsStop(English, "voor"))
	require.True(t, IsStop(Unknown, "de"), "an article in several languages")
	require.False(t, IsStop(Unknown, "light"))
}

// Whatever the word, stemming ends, gives valid text, and stays put when done again in a language without one.
func TestStemTakesAnyWord(t *testing.T) {
	letters := rapid.StringOf(rapid.RuneFrom([]rune("aeiouyéèêïöüßñç'sntrkdlvzœæbcfgхя中́")))
	rapid.Check(t, func(t *rapid.T) {
		word := letters.Draw(t, "word")
		for l := Unknown; l < languageCount; l++ {
			require.True(t, utf8.ValidString(Stem(l, word)))
		}
		require.Equal(t, Stem(Unknown, word), Stem(Unknown, Stem(Unknown, word)))
	})
}
