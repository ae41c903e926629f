package web_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web/browser"
	"github.com/nabij/nabij/web/browser/axe"
	"github.com/nabij/nabij/web/browser/sight"
)

const (
	// elementPage has the element in the middle of text, and the panel.
	elementPage = `<main><h1>%s</h1><nabij-suggestions slot-name="product"></nabij-suggestions><p>below <a href="/p/item-9">a link</a></p><h2>Your visit</h2><nabij-control policy="/nabij/policy.en.html"></nabij-control></main>`
	// templatePage has the site's own markup.
	templatePage = `<main><h1>%s</h1><nabij-suggestions slot-name="product"><template><article><a data-nabij="link"><h2 data-nabij="title"></h2></a>
		<p data-nabij="price"></p><p data-nabij="reason"></p><img data-nabij="image" alt="" width="90" height="90"><button data-nabij="dismiss">×</button></article></template></nabij-suggestions></main>`
	templateCSS = "nabij-suggestions { display: block; min-block-size: 20rem } button { width: 44px; height: 44px }"
)

// The element breaks no rule that axe knows, as a list in shadow DOM, as the site's own markup, and with its panel.
func TestElementIsAccessible(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		for _, test := range []struct{ name, css, body, filled string }{
			{"shadow list", s.css, elementPage, isFilled + ` && ` + hasPanel},
			{"template", templateCSS, templatePage, `document.querySelectorAll("nabij-suggestions article").length === 6`},
		} {
			t.Run(test.name, func(t *testing.T) {
				b := b.With(t)
				s.css, s.body = test.css, test.body
				b.Navigate(r.URL + "/p/item-3")
				b.Wait(test.filled, limit)
				b.Wait(`[document, ...[...document.querySelectorAll("nabij-suggestions")].map((e) => e.shadowRoot)].every((r) => [...r.querySelectorAll("img")].every((i) => i.src && i.complete))`, limit)
				report := axe.Run(t, b)
				assert.Empty(t, report.Violations)
				for _, f := range report.Incomplete {
					assert.Equal(t, "label-content-name-mismatch", f.Rule, f) // that of a sign, ×
				}
				assert.Subset(t, report.Passes, []string{"button-name", "link-name", "target-size", "image-alt"})
			})
		}
	})
}

// The panel with what was declared in it, and all that can be, breaks no rule that axe knows.
func TestPreferencesAreAccessible(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		s.body = elementPage
		open(b, r.URL+"/p/item-3")
		b.Wait(hasPanel, limit)
		b.Click("nabij-control >>> summary")
		b.Wait(`!!document.querySelector("nabij-control").shadowRoot.querySelector("[part=facets]")`, limit)
		b.Eval(`() => { nabij.prefer({ facet: "colour: blue", strength: 75 }); nabij.prefer({ topic: "Topic 2", strength: 100 }) }`)
		b.Click("nabij-control >>> [part=facets] input")
		b.Wait(`document.querySelector("nabij-control").shadowRoot.querySelectorAll("[part=declared] li").length === 3`, limit)
		report := axe.Run(t, b)
		assert.Empty(t, report.Violations)
		assert.Subset(t, report.Passes, []string{"button-name", "label", "target-size"})
	})
}

// focused is the innermost focused element's part, or its name.
const focused = `(() => { let e = document.activeElement; while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement; return e?.getAttribute("part") ?? e?.localName; })()`

// The focus shows on links and buttons of an element that the site has not styled, in pixels of three times the contrast.
func TestElementShowsItsFocus(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		s.body = elementPage
		open(b, r.URL+"/p/item-3")
		b.Wait(hasPanel, limit)
		tabToSuggestion(t, b)
		sight.Focus(t, b)
		b.Key(browser.KeyTab)
		require.Equal(t, "dismiss", b.Eval(focused))
		sight.Focus(t, b)
	})
}

// tabToSuggestion presses Tab until the first suggestion's link has the focus. Firefox first stops at a list that scrolls.
func tabToSuggestion(t *testing.T, b *browser.Browser) {
	t.Helper()
	for range 5 {
		if b.Key(browser.KeyTab); b.Eval(focused) == "link" {
			return
		}
	}
	require.Fail(t, "the focus does not get to a suggestion")
}
