package build

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/sensitive"
)

func TestReadConfig(t *testing.T) {
	c, err := ReadConfig(strings.NewReader("\ufeff"+`{
		"site": "https://shop.example", "language": "NL", "currency": "EUR",
		"slots": [
			{"name": "home", "kinds": ["product", "guide"], "size": 6, "layer": 2, "repeats": false, "min_topics": 2},
			{"name": "basket", "repeats": true}
		],
		"policy": {"max_layer": 3, "faces": 4, "bits": 9, "first_pages": 1, "signals": ["view", "search"], "settle_ms": 1000,
			"half_life_ms": 0, "fatigue_shown": 0, "floor_permille": 10, "hop_permille": 500, "repeat_permille": 0,
			"face_visits": 20, "face_share_permille": 100, "recency": [200, 100], "repeat_recency": [],
			"topic_recency": 200, "kind_mix": {"leaving": {"help": 32}, "deciding": {}}},
		"sensitive_topics": ["Health > Care"], "sensitive_items": ["a1"], "sensitive_words": ["blood sugar", "hush*"],
		"sensitive_exceptions": [
			{"category": "children", "reason": " all are\n"}, {"word": "baby blue", "reason": "a colour"}, {"taxonomy": 537, "reason": "as above"},
			{"topic": "Bikes > Child seats", "reason": " for bikes\n"}, {"item": "a2", "reason": "a toy"}
		],
		"priors": [{"class": "evening", "topic": "Bikes>City bikes", "multiplier": 1.5}],
		"facets": {"most": 30, "attributes": ["colour", "brand"], "price_bands": 0, "kinds": false},
		"regions": [["NL", "BE"], ["DE", "AT", "CH"]]
	}`), "nabij.json")
	require.NoError(t, err)
	policy := pack.DefaultPolicy()
	policy.MaxLayer, policy.Faces, policy.Bits, policy.FirstPages = 3, 4, 9, 1
	policy.Signals = 1<<core.View | 1<<core.Search
	policy.SettleMs, policy.HalfLifeMs, policy.FatigueShown = 1000, 0, 0
	policy.FloorPermille, policy.HopPermille, policy.RepeatPermille = 10, 500, 0
	policy.FaceVisits, policy.FaceSharePermille = 20, 100
	policy.Recency, policy.RepeatRecency = [16]uint8{200, 100}, [16]uint8{}
	policy.Intent.TopicRecency, policy.Intent.KindMix[core.Leaving][pack.KindHelp] = 200, 32
	require.Equal(t, Config{
		Site: "https://shop.example", Language: "nl", Currency: "EUR",
		Slots: []pack.Slot{
			{Name: "home", Kinds: pack.KindsOf(pack.KindProduct, pack.KindGuide), Size: 6, Layer: 2, MinTopics: 2},
			{Name: "basket", Kinds: pack.AllKinds &^ pack.KindsOf(pack.KindHelp, pack.KindCategory), Size: 6, Layer: 3, Repeats: true, MinTopics: 1},
		},
		Policy:          &policy,
		SensitiveTopics: [][]string{{"Health", "Care"}}, SensitiveItems: []string{"a1"}, SensitiveWords: []string{"blood sugar", "hush*"},
		SensitiveExceptions: []sensitive.Exception{
			{Category: "children", Reason: "all are"}, {Word: "baby blue", Reason: "a colour"}, {Taxonomy: 537, Reason: "as above"},
			{Topic: []string{"Bikes", "Child seats"}, Reason: "for bikes"}, {Item: "a2", Reason: "a toy"},
		},
		Priors:  []ConfigPrior{{Class: pack.Evening, Topic: []string{"Bikes", "City bikes"}, Multiplier: 1.5}},
		Facets:  &Facets{Most: 30, Attributes: []string{"colour", "brand"}},
		Regions: [][]string{{"NL", "BE"}, {"DE", "AT", "CH"}},
	}, c)
	require.Equal(t, map[string]pack.Class{
		"NL": pack.Region1, "BE": pack.Region1, "DE": pack.Region1 + 1, "AT": pack.Region1 + 1, "CH": pack.Region1 + 1,
	}, c.RegionClasses())

	c, err = ReadConfig(strings.NewReader("{}"), "empty.json")
	require.NoError(t, err)
	require.Equal(t, Config{}, c)
}

func TestReadConfigRefuses(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "not JSON: it ends too soon"},
		{"a list", "[]", "got [], want an object in braces"},
		{"broken", "{\n \"site\": x}", "line 2, column 10: not JSON"},
		{"cut off", `{"site": "a"`, "not JSON: it ends too soon"},
		{"two documents", "{} {}", "line 1, column 4: not JSON: invalid character '{' after top-level value"},
		{"unknown field", `{"slot": []}`, "slot: unknown field, want one of site, language, currency, slots, policy"},
		{"a mix beyond its range", `{"policy": {"kind_mix": {"leaving": {"help": 33}}}}`, "policy.kind_mix.leaving.help: got 33, want a whole number from 0 to 32"},
		{"an unknown mode", `{"policy": {"kind_mix": {"left": {}}}}`, "policy.kind_mix.left: unknown field, want one of exploring, comparing, deciding, needing-help, leaving"},
		{"unknown field inside", `{"policy": {"max_layers": 2}}`, "policy.max_layers: unknown field, want one of max_layer, faces"},
		{"unknown field of a slot", `{"slots": [{"name": "a", "sice": 3}]}`, "slots[0].sice: unknown field, want one of name, kinds, size"},
		{"twice", `{"site": "a", "site": "b"}`, "site: stands twice"},
		{"number for text", `{"site": 3}`, "site: got 3, want a string"},
		{"currency", `{"currency": "eur"}`, `currency: got "eur", want three capital letters`},
		{"slots no list", `{"slots": {}}`, "slots: got {}, want a list in brackets"},
		{"slot no object", `{"slots": ["home"]}`, `slots[0]: got "home", want an object in braces`},
		{"slot without name", `{"slots": [{}]}`, "slots[0].name: want a name"},
		{"slot twice", `{"slots": [{"name": "a"}, {"name": "a"}]}`, `slots[1].name: "a" is the name of an earlier slot`},
		{"slot kind", `{"slots": [{"name": "a", "kinds": ["product", "blog"]}]}`, `slots[0].kinds[1]: got "blog", want one of product, article, guide`},
		{"slot without kinds", `{"slots": [{"name": "a", "kinds": []}]}`, "slots[0].kinds: want at least one of"},
		{"slot size", `{"slots": [{"name": "a", "size": 21}]}`, "slots[0].size: got 21, want a whole number from 1 to 20"},
		{"slot size no integer", `{"slots": [{"name": "a", "size": 2.5}]}`, "slots[0].size: got 2.5, want a whole number"},
		{"slot layer", `{"slots": [{"name": "a", "layer": "2"}]}`, `slots[0].layer: got "2", want a whole number from 1 to 3`},
		{"slot repeats", `{"slots": [{"name": "a", "repeats": 1}]}`, "slots[0].repeats: got 1, want true or false"},
		{"slot topics", `{"slots": [{"name": "a", "size": 3, "min_topics": 4}]}`, "slots[0].min_topics: got 4, more than the 3"},
		{"faces", `{"policy": {"faces": 3}}`, "policy.faces: got 3, want 1, 2, 4 or 8"},
		{"signal", `{"policy": {"signals": ["view", "hover"]}}`, `policy.signals[1]: got "hover", want one of view, engaged`},
		{"huge", `{"policy": {"settle_ms": 1e300}}`, "policy.settle_ms: got 1e300, want a whole number from 0 to 4294967295"},
		{"negative", `{"policy": {"bits": -1}}`, "policy.bits: got -1, want a whole number from 0 to 32"},
		{"recency", `{"policy": {"recency": [0]}}`, "policy.recency: the first weight"},
		{"recency too long", `{"policy": {"recency": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}}`, "policy.recency: got 17 entries, want at most 16"},
		{"recency entry", `{"policy": {"recency": [1, null]}}`, "policy.recency[1]: got null, want a whole number"},
		{"no host", `{"site": "https://"}`, `site: got "https://", want an address such as "https://shop.example"`},
		{"no address", `{"site": "https://shop example"}`, `site: got "https://shop example", want an address`},
		{"path", `{"sensitive_topics": ["Health > "]}`, `sensitive_topics[0]: got "Health > ", want a path`},
		{"id", `{"sensitive_items": [7]}`, "sensitive_items[0]: got 7, want a string"},
		{"word", `{"sensitive_words": ["a*"]}`, `sensitive_words[0]: got "a*", want words such as`},
		{"exception without a reason", `{"sensitive_exceptions": [{"category": "health"}]}`, "sensitive_exceptions[0].reason: want a reason in words"},
		{"empty reason", `{"sensitive_exceptions": [{"item": "a", "reason": " "}]}`, "sensitive_exceptions[0].reason: want a reason in words"},
		{"exception of nothing", `{"sensitive_exceptions": [{"reason": "so"}]}`, "sensitive_exceptions[0]: names 0 of category, word, taxonomy, topic and item, want one"},
		{"exception of two", `{"sensitive_exceptions": [{"item": "a", "word": "baby", "reason": "so"}]}`, "sensitive_exceptions[0]: names 2 of"},
		{"exception of no category", `{"sensitive_exceptions": [{"category": "sport", "reason": "so"}]}`,
			`sensitive_exceptions[0].category: got "sport", want one of sexuality, pregnancy`},
		{"exception of no word", `{"sensitive_exceptions": [{"word": "*", "reason": "so"}]}`, `sensitive_exceptions[0].word: got "*", want words`},
		{"exception of no path", `{"sensitive_exceptions": [{"topic": ">", "reason": "so"}]}`, `sensitive_exceptions[0].topic: got ">", want a path`},
		{"exception of no item", `{"sensitive_exceptions": [{"item": "", "reason": "so"}]}`, "sensitive_exceptions[0].item: want the id"},
		{"exception of no number", `{"sensitive_exceptions": [{"taxonomy": 0, "reason": "so"}]}`, "sensitive_exceptions[0].taxonomy: got 0, want a whole number"},
		{"class", `{"priors": [{"class": "dusk", "topic": "a"}]}`, `priors[0].class: got "dusk", want one of night, morning`},
		{"multiplier", `{"priors": [{"class": "night", "topic": "a", "multiplier": 0}]}`, "priors[0].multiplier: got 0, want a number from 0.0667 to 15"},
		{"too many facets", `{"facets": {"most": 256}}`, "facets.most: got 256, want a whole number from 0 to 255"},
		{"too many price bands", `{"facets": {"price_bands": 13}}`, "facets.price_bands: got 13, want a whole number from 0 to 12"},
		{"attribute no name", `{"facets": {"attributes": [3]}}`, "facets.attributes[0]: got 3, want a string"},
		{"unknown field of facets", `{"facets": {"off": true}}`, "facets.off: unknown field, want one of most, attributes, price_bands, kinds"},
		{"facets off by false", `{"facets": false}`, "facets: got false, want an object in braces"},
		{"region no list", `{"regions": ["NL"]}`, `regions[0]: got "NL", want a list of countries`},
		{"empty region", `{"regions": [["NL"], []]}`, "regions[1]: got [], want a list of countries"},
		{"country in small letters", `{"regions": [["nl"]]}`, `regions[0][0]: got "nl", want the two capital letters of a country`},
		{"no country", `{"regions": [["NL", "QQ"]]}`, `regions[0][1]: got "QQ", want the two capital letters`},
		{"continent", `{"regions": [["150"]]}`, `regions[0][0]: got "150", want the two capital letters`},
		{"country twice", `{"regions": [["NL"], ["DE", "NL"]]}`, "regions[1][1]: NL is in regions[0] already"},
		{"regions", `{"regions": [[],[],[],[],[],[],[],[],[]]}`, "regions: got 9 entries, want at most 8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadConfig(strings.NewReader(c.text), "nabij.json")
			require.ErrorIs(t, err, ErrConfig)
			require.ErrorContains(t, err, c.want)
			require.ErrorContains(t, err, "nabij.json")
		})
	}
}

func TestReadConfigNamesEveryFault(t *testing.T) {
	_, err := ReadConfig(strings.NewReader(`{"site": 1, "policy": {"faces": 5, "bits": 99}, "what": 0}`), "x")
	require.ErrorContains(t, err, "site:")
	require.ErrorContains(t, err, "policy.faces:")
	require.ErrorContains(t, err, "policy.bits:")
	require.ErrorContains(t, err, "what:")
}

// Whatever is read makes a pack, or is refused.
func TestReadConfigNeverPanics(t *testing.T) {
	piece := rapid.SampledFrom(strings.Fields(`{ } [ ] : , "slots" "policy" "name" "kinds" "priors" "a" 1 -3 1.5 null true "signals" "recency" "view"`))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(piece).Draw(t, "pieces"), " ")
		_, _ = ReadConfig(strings.NewReader(text), "x")
	})
}

func TestDefaultSlots(t *testing.T) {
	slots := DefaultSlots()
	require.Equal(t, "suggestions", slots[0].Name)
	for _, s := range slots {
		require.False(t, s.Kinds.Has(pack.KindCategory), s.Name)
		require.Equal(t, s.Name == "basket" || s.Name == "continue", s.Repeats, s.Name)
	}
}
