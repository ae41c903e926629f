package policy

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// TestPageOfPolicies: a page says what is so on the site, and nothing of what is not.
func TestPageOfPolicies(t *testing.T) {
	signals := func(kinds ...core.SignalKind) (set uint16) {
		for _, k := range kinds {
			set |= 1 << k
		}
		return set
	}
	const everything = "short signals time layers shown sensitive never visible questions settings"
	const general = "short signals layers sensitive never visible questions settings"
	for _, test := range []struct {
		name     string
		change   func(*pack.Source)
		sections string
		says     []string // in English
		saysNot  []string
	}{
		{"the default", asIs, everything, []string{
			"How suggestions work on shop.example", "rests for 8 seconds, and until the next page", "general until page 3 of a visit, but at level 3 and for what you ask for.",
			"After 30 minutes a signal weighs half, after 4 hours nothing.", "the last 7 count", "at most 8 lists", "than 3 yes-or-no answers",
			"tell no more than 12. Then", "on 3 pages", "This site has marked 1 item.", "3. This visit, in full", "At level 3, and where you ask for something, that can tell more.",
			"A list made for one visit, but at level 3 and for what you ask for.",
			"bring back any item",
		}, []string{"Does not count here", "goes no further", "%"}},
		{"context alone", func(src *pack.Source) { src.Policy.MaxLayer = 1 }, general, []string{
			"Nothing else of your visit counts.", "Of the visit itself nothing counts but what you say:", "“Not for me”", "1. Nothing of mine", "This site goes no further.", "There is nothing to forget",
		}, []string{"level 2", "level 3", "2. This visit", "Pages opened", "What you say you look for", "a few lists", "close the tab", "the panel", "Pause", "Does not count here"}},
		{"context alone, and no dismissals", func(src *pack.Source) { src.Policy.MaxLayer, src.Policy.Signals = 1, signals(core.View) }, general, []string{
			"Of the visit itself nothing counts.", "Nothing of your visit counts.",
		}, []string{"Not for me", "Pages opened", "but what you say"}},
		{"lists alone", func(src *pack.Source) { src.Policy.MaxLayer = 2 }, everything, []string{
			"It is gone when you close the tab.", "at most 8 lists", "2. This visit", "This site goes no further.", "A list made for one visit, but for what you ask for.", "general until page 3 of a visit, but for what you ask for.",
			"It leads the lists of that page.",
			"Closing the tab does so too.",
		}, []string{"level 3", "in full", "on this device", "bring back"}},
		{"one list a page", func(src *pack.Source) { src.Policy.MaxLayer, src.Policy.Faces = 2, 1 }, general, []string{
			"Nothing else of your visit counts.", "Forget this visit", "What you say you look for\nIt leads the lists of that page.",
		}, []string{"a few lists", "Pages opened", "yes-or-no"}},
		{"no budget", func(src *pack.Source) { src.Policy.MaxLayer, src.Policy.Bits = 2, 0 }, general, []string{"Nothing else of your visit counts."}, []string{"yes-or-no"}},
		{"one list a page, or all of it", func(src *pack.Source) { src.Policy.Faces = 1 }, "short signals time layers sensitive never visible questions settings", []string{
			"It counts only if you choose so.", "3. This visit, in full", "At level 3, and where you ask for something, that can tell more.",
		}, []string{"yes-or-no", "general until", "which list", "It is gone"}},
		{"slots at layer 2", func(src *pack.Source) {
			for k := range src.Slots {
				src.Slots[k].Layer = 2
			}
		}, everything, []string{"Only if you choose so does it stay on this device", "A list made for one visit, but for what you ask for.", "That a script chooses level 3 for you."},
			[]string{"counts in full", "bring back", "level 3, and"}},
		{"slots at layer 1", func(src *pack.Source) {
			for k := range src.Slots {
				src.Slots[k].Layer = 1
			}
		}, general, []string{"Nothing else of your visit counts."}, []string{"Pages opened", "What you say you look for"}},
		{"no views", func(src *pack.Source) { src.Policy.Signals &^= signals(core.View) }, "short signals time layers sensitive never visible questions settings",
			[]string{"Does not count here: Pages opened."}, []string{"yes-or-no", "between a few lists"}},
		{"no fatigue", func(src *pack.Source) { src.Policy.FatigueShown = 0 }, everything, []string{"Does not count here: Suggestions in view."}, []string{"steps back"}},
		{"at once, and for ever", func(src *pack.Source) { src.Policy.SettleMs, src.Policy.HalfLifeMs, src.Policy.FirstPages = 0, 0, 0 }, everything, []string{
			"A signal rests until the next page before it counts.", "does not grow weaker",
		}, []string{"weighs half", "general until"}},
		{"other numbers", func(src *pack.Source) {
			p := &src.Policy
			p.SettleMs, p.HalfLifeMs, p.FirstPages, p.Faces, p.Bits, p.FatigueShown = 1500, 45_000, 1, 2, 1, 1
			p.Recency = [16]uint8{9, 0, 3}
		}, everything, []string{"rests for 1.5 seconds", "After 45 seconds a signal weighs half, after 6 minutes nothing.", "until page 2", "at most 2 lists",
			"than 1 yes-or-no answer; all of its pages together tell no more than 1.", "on 1 page and", "the last 3 count"}, nil},
		{"the last view alone", func(src *pack.Source) { src.Policy.Recency = [16]uint8{255} }, everything, []string{"Of the items opened, the last counts.\n"}, nil},
		{"no search", func(src *pack.Source) { src.Policy.Signals &^= signals(core.Search, core.Filter) }, everything, nil, []string{"words of a search"}},
		{"nothing sensitive", func(src *pack.Source) { src.Items[1].Sensitive, src.Topics[2].Sensitive = false, false }, everything,
			[]string{"This site has marked none."}, []string{"as a whole"}},
		{"sensitive topics", func(src *pack.Source) {
			for k := range topicsNamed + 2 {
				src.Topics = append(src.Topics, pack.Topic{Name: "T" + string(rune('a'+k)), Parent: 0, Sensitive: true})
			}
		}, everything, []string{"These topics as a whole:\nHealth > Care\nBikes > Ta\n", "Bikes > Tk\nand 3 more"}, []string{"Bikes > Tl"}},
		{"a site without a name", func(src *pack.Source) { src.Site = "" }, everything, []string{"How suggestions work on this site"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := documentOf(t, test.change)
			text := prose(d, English)
			for _, words := range test.says {
				assert.Contains(t, text, words)
			}
			for _, words := range test.saysNot {
				assert.NotContains(t, text, words)
			}
			var ids []string
			for _, s := range d.Page(English).Sections {
				ids = append(ids, s.ID)
				assert.NotEmpty(t, s.Heading)
				assert.NotZero(t, len(s.Paragraphs)+len(s.Rows)+len(s.Points), s.ID)
			}
			assert.Equal(t, strings.Fields(test.sections), ids)
			sameShape(t, d.Page(English), d.Page(Dutch))
		})
	}
}

// sameShape fails unless two languages say the same things, and each of them something.
func sameShape(t *testing.T, one, other Page) {
	t.Helper()
	require.Len(t, other.Sections, len(one.Sections))
	for k, s := range one.Sections {
		o := other.Sections[k]
		assert.Equal(t, s.ID, o.ID)
		assert.Len(t, o.Paragraphs, len(s.Paragraphs), s.ID)
		assert.Len(t, o.Rows, len(s.Rows), s.ID)
		assert.Len(t, o.Points, len(s.Points), s.ID)
		for _, text := range slices.Concat(o.Paragraphs, o.Points) {
			assert.NotEmpty(t, text, s.ID)
			assert.NotContains(t, text, "%", s.ID)
		}
	}
}

// TestEveryWordIsTranslated: no text of a language is missing, and none is another language's.
func TestEveryWordIsTranslated(t *testing.T) {
	verbs := regexp.MustCompile(`%[sd]`)
	en, nl := textsOf(english), textsOf(dutch)
	require.Equal(t, len(en), len(nl))
	for name, text := range en {
		assert.NotEmpty(t, text, name)
		assert.NotEmpty(t, nl[name], name)
		assert.Equal(t, verbs.FindAllString(text, -1), verbs.FindAllString(nl[name], -1), name)
		assert.NotEqual(t, text, nl[name], name)
	}
}

// TestPageIsShort: a visitor reads the longest page in about three minutes, at 250 words a minute.
func TestPageIsShort(t *testing.T) {
	for _, language := range Languages {
		words := strings.Fields(prose(documentOf(t, asIs), language))
		t.Logf("%s: %d words, %d bytes", language, len(words), len(htmlOf(t, documentOf(t, asIs), language)))
		assert.LessOrEqual(t, len(words), 760)
		assert.LessOrEqual(t, len(htmlOf(t, documentOf(t, asIs), language)), 12_000)
	}
}

// TestHostileNames: what a site calls things is text, not markup.
func TestHostileNames(t *testing.T) {
	d := documentOf(t, func(src *pack.Source) {
		src.Site, src.Topics[2].Name, src.Slots[0].Name = "<script>alert(1)</script>", "<img src=x>", `"><b>`
	})
	for _, language := range Languages {
		html := htmlOf(t, d, language)
		for _, markup := range []string{"<script", "<img", "<b>"} {
			assert.NotContains(t, html, markup)
		}
	}
}

func TestGolden(t *testing.T) {
	d := documentOf(t, asIs)
	var text bytes.Buffer
	require.NoError(t, d.WriteText(&text, English))
	for name, got := range map[string]string{
		JSONName: jsonOf(t, d), HTMLName(English): htmlOf(t, d, English), HTMLName(Dutch): htmlOf(t, d, Dutch), "policy.en.txt": text.String(),
	} {
		path := filepath.Join("testdata", name)
		if os.Getenv("UPDATE") != "" {
			require.NoError(t, os.MkdirAll("testdata", 0o755))
			require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, string(want), got, name)
	}
}

func TestDuration(t *testing.T) {
	for _, test := range []struct {
		ms     uint64
		en, nl string
	}{
		{1, "1 millisecond", "1 milliseconde"}, {40, "40 milliseconds", "40 milliseconden"}, {0, "0 milliseconds", "0 milliseconden"},
		{1000, "1 second", "1 seconde"}, {1500, "1.5 seconds", "1,5 seconden"}, {8000, "8 seconds", "8 seconden"}, {59_999, "1 minute", "1 minuut"},
		{90_000, "1.5 minutes", "1,5 minuten"}, {3_600_000, "1 hour", "1 uur"}, {14_400_000, "4 hours", "4 uur"}, {86_400_000, "1 day", "1 dag"},
		{8 * (1<<32 - 1), "397.7 days", "397,7 dagen"},
	} {
		assert.Equal(t, test.en, english.duration(test.ms))
		assert.Equal(t, test.nl, dutch.duration(test.ms))
	}
}
