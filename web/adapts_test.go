package web_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web/browser"
	"github.com/nabij/nabij/web/browser/sight"
)

// On a page that is written from right to left the list begins at the right, and what takes a suggestion away stands left. A
// title has its own direction.
func TestRightToLeft(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		s.head = `<script src="/rtl.js"></script>`
		s.files = map[string]func(http.ResponseWriter, *http.Request){"/rtl.js": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/javascript")
			w.Write([]byte(`document.documentElement.lang = "ar"; document.documentElement.dir = "rtl";`))
		}}
		open(b, r.URL+"/p/item-3")
		type box struct{ Left, Right float64 }
		var got struct {
			List, First, Second, Link, Dismiss box
			Title, Isolates                    string
			Overflows                          bool
		}
		b.EvalInto(&got, `(() => {
			const root = document.querySelector("nabij-suggestions").shadowRoot;
			const box = (selector, k = 0) => { const { left, right } = root.querySelectorAll(selector)[k].getBoundingClientRect(); return { left, right }; };
			const { direction, unicodeBidi } = getComputedStyle(root.querySelector("[part=title]"));
			return { list: box("ul"), first: box("li"), second: box("li", 1), link: box("a"), dismiss: box("button"), title: direction, isolates: unicodeBidi,
				overflows: document.documentElement.scrollWidth > innerWidth };
		})()`)
		assert.InDelta(t, got.List.Right, got.First.Right, 1)
		assert.Less(t, got.Second.Right, got.First.Left)
		assert.InDelta(t, got.First.Left, got.Dismiss.Left, 1)
		assert.Less(t, got.Dismiss.Right, got.First.Right-1)
		assert.Equal(t, "ltr", got.Title, "an English title stays as it is")
		assert.Equal(t, "isolate", got.Isolates)
		assert.False(t, got.Overflows)
	})
}

// With forced colours everything can still be seen and told apart, the focus too.
func TestForcedColours(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.body = elementPage
	r := browser.NewRecorder(t, s)
	b := browser.Reuse(t, browser.Chromium)
	for _, scheme := range []string{"light", "dark"} {
		b.CDP("Emulation.setEmulatedMedia", map[string]any{"features": []any{
			map[string]any{"name": "forced-colors", "value": "active"}, map[string]any{"name": "prefers-color-scheme", "value": scheme},
		}})
		open(b, r.URL+"/p/item-3")
		require.Equal(t, true, b.Eval(`matchMedia("(forced-colors: active)").matches`))
		var colours []string
		b.EvalInto(&colours, `(() => {
			const { borderTopColor, backgroundColor } = getComputedStyle(document.querySelector("nabij-suggestions").shadowRoot.querySelector("button"));
			return [borderTopColor, backgroundColor];
		})()`)
		assert.NotContains(t, colours, "rgba(0, 0, 0, 0)")
		assert.NotEqual(t, colours[0], colours[1], "the button has a line around it")
		tabToSuggestion(t, b)
		sight.Focus(t, b)
		b.Key(browser.KeyTab)
		sight.Focus(t, b)
	}
}

// Nothing of ours moves by itself, whatever the visitor prefers, so there is nothing to reduce.
func TestNoMotion(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		s.body = elementPage
		open(b, r.URL+"/p/item-3")
		b.Wait(hasPanel, limit)
		var moving []string
		b.EvalInto(&moving, `["nabij-suggestions", "nabij-control"].flatMap((tag) => [...document.querySelector(tag).shadowRoot.querySelectorAll("*")]).filter((e) => {
			const s = getComputedStyle(e);
			return s.transitionDuration !== "0s" || s.animationName !== "none" || s.scrollBehavior !== "auto";
		}).map((e) => e.outerHTML)`)
		assert.Empty(t, moving)
	})
}

// In a window of 320 pixels, and with text of twice the size, the page does not scroll sideways, no text is cut off, and targets
// are large enough.
func TestReflow(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		s.head = `<meta name="viewport" content="width=device-width">`
		s.body = elementPage
		for _, test := range []struct {
			name, size string
			width      int
		}{
			{"narrow", "100%", 320}, {"large text", "200%", 640}, {"narrow, large text", "200%", 320},
		} {
			t.Run(test.name, func(t *testing.T) {
				b := b.With(t)
				b.Resize(test.width, 640)
				s.css = "html { font-size: " + test.size + " } nabij-suggestions { display: block; min-block-size: 20rem }"
				open(b, r.URL+"/p/item-3")
				b.Wait(hasPanel, limit)
				assert.Equal(t, float64(test.width), b.Eval(`innerWidth`))
				assert.Equal(t, false, b.Eval(`document.documentElement.scrollWidth > innerWidth`))
				assert.Empty(t, sight.Clipped(b))
				var least float64
				b.EvalInto(&least, `Math.min(...["nabij-suggestions", "nabij-control"].flatMap((tag) => [...document.querySelector(tag).shadowRoot.querySelectorAll("a, button, label, summary")])
					.filter((e) => e.getClientRects().length) // what is folded away is no target yet
					.flatMap((e) => { const { width, height } = e.getBoundingClientRect(); return [width, height]; }))`)
				assert.GreaterOrEqual(t, least, 24.0)
			})
		}
	})
}
