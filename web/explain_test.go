package web_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web"
	"github.com/nabij/nabij/web/browser"
)

// explained is what nabij.explain says of a suggestion.
type explained struct {
	Slot, ID, Title      string
	Layer, List, Lists   int
	Share                float64
	Shown, Why, Language string
	Reason               struct{ Code, Item, Topic string }
	Changes              []struct{ Code, Words string }
}

// codes are those of what would change it.
func (e explained) codes() string {
	var codes []string
	for _, c := range e.Changes {
		codes = append(codes, c.Code)
	}
	return strings.Join(codes, " ")
}

// explain calls nabij.explain with the options, a JavaScript expression, as a person in the console would.
func explain(t *testing.T, b *browser.Browser, options string) (got []explained) {
	t.Helper()
	b.EvalInto(&got, `() => nabij.explain(`+options+`)`)
	require.NotEmpty(t, got)
	return got
}

// TestExplain: it says of each suggestion on the page which list it is of, how many get that, why it is there, and what would change it, at
// each layer; and it changes nothing.
func TestExplain(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		open(b, r.URL+"/p/item-3")
		first := explain(t, b, "")
		require.Len(t, first, len(titles(b)))
		for k, got := range first {
			assert.Equal(t, titles(b)[k], got.Title)
			assert.Equal(t, "product", got.Slot)
			assert.Equal(t, []int{1, 1, 1}, []int{got.Layer, got.List, got.Lists})
			assert.Equal(t, 1.0, got.Share)
			assert.Equal(t, "The list that everyone gets here at this moment.", got.Shown)
			assert.NotEmpty(t, got.Why)
			assert.NotContains(t, got.Why, "{")
			assert.Equal(t, "first-pages page dismiss", got.codes())
			assert.Equal(t, "From page 2 of the visit on, the visit may pick another list.", got.Changes[0].Words)
		}

		open(b, r.URL+"/p/item-5")
		open(b, r.URL+"/p/item-8")
		var before, after, reply struct {
			Saved                     string
			Layer, Face, Faces, Share float64
		}
		const state = `(() => { const { layer, face, faces, share } = nabij.suggest({ slot: "product" }); return { saved: nabij.save().join(), layer, face, faces, share }; })()`
		b.EvalInto(&before, state)
		second := explain(t, b, "")
		b.EvalInto(&after, state)
		assert.Equal(t, before, after, "to ask changes nothing")
		b.EvalInto(&reply, state)
		require.Len(t, second, len(titles(b)))
		require.Greater(t, reply.Faces, 1.0, "or this shows nothing")
		for k, got := range second {
			assert.Equal(t, titles(b)[k], got.Title)
			assert.Equal(t, []int{2, int(reply.Face) + 1, int(reply.Faces)}, []int{got.Layer, got.List, got.Lists})
			assert.Equal(t, reply.Share, got.Share)
			assert.Greater(t, got.Share, 0.0)
			assert.Less(t, got.Share, 1.0)
			assert.Regexp(t, `^List \d of the \d that anyone can get here; \d+ % of plausible visits would\.$`, got.Shown)
			assert.Equal(t, "visit page dismiss less forget", got.codes())
		}

		b.Eval(`() => { nabij.paused = true }`)
		assert.Equal(t, "page dismiss more", explain(t, b, "")[0].codes())
		assert.Contains(t, explain(t, b, "")[0].Changes[2].Words, "paused")
		b.Eval(`() => { nabij.paused = false }`)
		dutch := explain(t, b, `{ slot: "product", language: "nl-BE" }`)[0]
		assert.Contains(t, dutch.Shown, "van de denkbare bezoeken")
		assert.Equal(t, "Met ‘Vergeet dit bezoek’ begint het opnieuw.", dutch.Changes[len(dutch.Changes)-1].Words)
	})
}

// TestExplainInFull: at layer 3 it says what was declared and which kinds of signals count, and recites nothing that was done.
func TestExplainInFull(t *testing.T) {
	t.Parallel()
	r := browser.NewRecorder(t, newShop(t))
	b := browser.Reuse(t, browser.Chromium)
	visited := []string{"/p/item-3", "/p/item-5", "/p/item-8"}
	for _, page := range visited {
		open(b, r.URL+page)
	}
	b.Eval(`() => { const e = document.createElement("button"); e.id = "three"; e.onclick = () => nabij.choose(3); e.textContent = "3"; document.body.append(e); }`)
	b.Click("#three")
	b.Eval(`() => nabij.observe({ signal: "search", text: "word1" })`)
	open(b, r.URL+"/p/item-12")
	b.Eval(`() => { const now = Date.now; Date.now = () => now() + 20_000; }`) // signals rest before they count
	wished, raised := 0, 0
	got := explain(t, b, "")
	b.Eval(declare)
	for _, e := range append(got, explain(t, b, "")...) {
		assert.Equal(t, []int{3, 0, 0}, []int{e.Layer, e.List, e.Lists})
		assert.Zero(t, e.Share)
		assert.Equal(t, "A list for this visit, as you chose.", e.Shown)
		assert.True(t, strings.HasSuffix(e.codes(), "page dismiss less forget"), e.codes())
		for _, c := range e.Changes {
			switch c.Code {
			case "wish":
				wished++
				assert.Equal(t, "you-asked", e.Reason.Code)
				assert.Contains(t, c.Words, "Topic 2")
			case "visit":
				raised++
				assert.Contains(t, c.Words, "pages opened")
			}
			for _, title := range []string{"Item 3", "Item 5 ", "Item 8", "word1"} {
				assert.NotContains(t, c.Words, title, "no history")
			}
		}
	}
	assert.Positive(t, wished)
	assert.Positive(t, raised)
}

// declare says what is looked for, as the panel does.
const declare = `() => nabij.observe({ signal: "preference", topic: "Topic 2", value: 100 })`

// TestExplainDeclared: at layer 2 a list that follows a declaration is nobody else's, and says so.
func TestExplainDeclared(t *testing.T) {
	t.Parallel()
	r := browser.NewRecorder(t, newShop(t))
	b := browser.Reuse(t, browser.Chromium)
	for _, page := range []string{"/p/item-3", "/p/item-5", "/p/item-8"} {
		open(b, r.URL+page)
	}
	b.Eval(declare)
	got := explain(t, b, "")[0]
	assert.Equal(t, []int{2, 0, 0}, []int{got.Layer, got.List, got.Lists})
	assert.Zero(t, got.Share)
	assert.Equal(t, "A list for what you declared on this page.", got.Shown)
	assert.Equal(t, "wish page dismiss less forget", got.codes())
	assert.Equal(t, "“Topic 2” is declared as looked for. Without that it comes less.", got.Changes[0].Words)
}

// TestExplainWishForAFacet: the wish is named with its group, as the value of a facet alone may be a number.
func TestExplainWishForAFacet(t *testing.T) {
	t.Parallel()
	r := browser.NewRecorder(t, newShop(t))
	b := browser.Reuse(t, browser.Chromium)
	open(b, r.URL+"/p/item-3")
	b.Eval(`() => nabij.observe({ signal: "preference", topic: 0xff00 + 3, value: 100 })`)
	got := explain(t, b, "")[0]
	assert.Equal(t, "you-asked", got.Reason.Code)
	assert.Equal(t, "“colour: blue” is declared as looked for. Without that it comes less.", got.Changes[0].Words)
}

// TestExplainSpentBudget: once lists have told of a visit what they may, it is said instead of that the visit may pick another.
func TestExplainSpentBudget(t *testing.T) {
	t.Parallel()
	r := browser.NewRecorder(t, newShop(t))
	b := browser.Reuse(t, browser.Chromium)
	codes := map[string]int{}
	for page := 1; codes["budget"] < 2; page++ {
		require.Less(t, page, 30, "the budget is never spent")
		open(b, fmt.Sprintf("%s/p/item-%d", r.URL, page))
		got := explain(t, b, "")[0]
		if got.Layer < 2 || got.Lists == 1 {
			continue
		}
		var left float64
		b.EvalInto(&left, `nabij.suggest({ slot: "product" }).bitsLeft`)
		codes[got.Changes[0].Code]++
		if left < math.Log2(float64(got.Lists)) {
			assert.Equal(t, "budget", got.Changes[0].Code)
			assert.Contains(t, got.Changes[0].Words, "Lists may tell 12 bits of one visit, and these are used up")
		} else {
			assert.Equal(t, "visit", got.Changes[0].Code)
		}
		if codes["budget"] == 2 {
			assert.Equal(t, 1, got.List, "what is not paid for is the first list")
		}
	}
	assert.Positive(t, codes["visit"])
}

// TestExplainIsFetchedForACallAlone: no page load and nothing else that a visitor does asks for the file.
func TestExplainIsFetchedForACallAlone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		s.body, s.cache = panelBody, "no-store"
		fetched := func() (n int) {
			for _, raw := range quiet(t, r) {
				if strings.Contains(raw, "/"+web.ExplainName) {
					n++
				}
			}
			return n
		}
		for k, page := range walk[:2] {
			b.Navigate(r.URL + page)
			b.Wait(isFilled, limit)
			b.Wait(hasPanel, limit)
			busy(b, k)
		}
		assert.Zero(t, fetched())
		explain(t, b, "")
		explain(t, b, "")
		assert.Equal(t, 1, fetched())

		s.explain = []byte("damaged (")
		open(b, r.URL+"/p/item-9")
		b.CollectErrors()
		assert.Error(t, b.TryEval(nil, `() => nabij.explain()`), "who asks is told")
	})
}
