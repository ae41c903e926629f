package main

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web/browser"
	"github.com/nabij/nabij/web/browser/sight"
)

// No page scrolls sideways or cuts text off in a window of 320 pixels, nor with text of twice the size.
func TestDemoReflows(t *testing.T) {
	t.Parallel()
	large := browser.Arguments(browser.Chromium, "--blink-settings=defaultFontSize=32")
	for _, test := range []struct {
		name    string
		options []browser.Option
		widths  []int
	}{{"narrow", nil, []int{320}}, {"large text", []browser.Option{large}, []int{320, 640, 1280}}} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := browser.Start(t, browser.Chromium, test.options...)
			origin := demoOnTheWeb(t)
			for _, page := range demoPages(t, "nl") { // whose words are the longer ones
				page.open(b, origin)
				for _, width := range test.widths {
					b.Resize(width, 640)
					what := fmt.Sprintf("%s, %d pixels", page.name, width)
					assert.Equal(t, float64(width), b.Eval(`Math.max(innerWidth, document.documentElement.scrollWidth)`), what)
					assert.Empty(t, sight.Clipped(b), what)
				}
			}
		})
	}
}

// set emulates what a visitor has set up in the system. Chromium only.
func set(b *browser.Browser, feature, value string) {
	b.CDP("Emulation.setEmulatedMedia", map[string]any{"features": []any{map[string]any{"name": feature, "value": value}}})
}

// With forced colours the focus shows on every stop of the home page's main part.
func TestDemoInForcedColours(t *testing.T) {
	t.Parallel()
	b := browser.Start(t, browser.Chromium)
	origin := demoOnTheWeb(t)
	b.Resize(1280, 800)
	set(b, "forced-colors", "active")
	pageNamed(t, "home").open(b, origin)
	require.Equal(t, true, b.Eval(`matchMedia("(forced-colors: active)").matches`))
	tab(b)
	b.Key(browser.KeyEnter) // skips to the content
	n := 0
	for at := tab(b); at != nil && at.In != "footer"; at = tab(b) {
		sight.Focus(t, b, cards)
		n++
	}
	assert.Greater(t, n, 20)
}

// A visitor who wants more contrast gets that of WCAG's level AAA for what is muted, in both colour schemes.
func TestDemoWithMoreContrast(t *testing.T) {
	t.Parallel()
	b := browser.Start(t, browser.Chromium)
	origin := demoOnTheWeb(t)
	for _, scheme := range []string{"light", "dark"} {
		b.CDP("Emulation.setEmulatedMedia", map[string]any{"features": []any{
			map[string]any{"name": "prefers-contrast", "value": "more"}, map[string]any{"name": "prefers-color-scheme", "value": scheme},
		}})
		pageNamed(t, "product").open(b, origin)
		for _, selector := range []string{".brandname", ".stock", "th", "nabij-suggestions >>> [part=reason]", ".sea strong"} {
			least, _ := sight.Text(t, b, selector)
			assert.GreaterOrEqual(t, least, 7.0, "%s, %s", selector, scheme)
		}
	}
}

// What moves under the pointer stays where it is for visitors who want less motion.
func TestDemoWithoutMotion(t *testing.T) {
	t.Parallel()
	const moving = `[...document.querySelectorAll("*")].filter((e) => {
		const { transitionDuration, animationDuration } = getComputedStyle(e);
		return parseFloat(transitionDuration) || parseFloat(animationDuration);
	}).length`
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			t.Parallel()
			origin := demoOnTheWeb(t)
			b := browser.Start(t, engine)
			pageNamed(t, "home").open(b, origin)
			assert.NotZero(t, b.Eval(moving), "or the rest shows nothing")
			b = browser.Start(t, engine, browser.ReducedMotion)
			pageNamed(t, "home").open(b, origin)
			assert.Zero(t, b.Eval(moving))
		})
	}
}
