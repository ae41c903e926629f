package report

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/nabij/nabij/web/browser"
	"github.com/nabij/nabij/web/browser/axe"
)

// TestInBrowser: on a phone and on a desk, in the light and in the dark, reports break no rule that axe knows, are no wider than the
// window, fetch nothing, and the browser finds no fault with them.
func TestInBrowser(t *testing.T) {
	b := browser.Start(t, browser.Chromium)
	t.Run("evaluation", func(t *testing.T) {
		looksRight(t, b, written(t, Page{Pack: "dist", Other: "dist-of-may", Logs: []string{"later.csv"}, Train: []string{"visits.csv"}, ParamsFrom: "the defaults", Summary: summarised(t)}))
	})
	t.Run("audit", func(t *testing.T) {
		looksRight(t, b, writtenAudit(t, RecognitionPage{Pack: "dist", Logs: []string{"later.csv"}, Train: []string{"visits.csv"}, Report: audited(t)}))
	})
}

func looksRight(t *testing.T, b *browser.Browser, text string) {
	var mu sync.Mutex
	asked := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked[r.URL.Path]++
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(text))
	}))
	defer server.Close()
	opened := 0
	for _, width := range []int{390, 1280} {
		for _, scheme := range []browser.Scheme{browser.Light, browser.Dark} {
			t.Run(fmt.Sprintf("%d/%s", width, scheme), func(t *testing.T) {
				b := b.With(t)
				b.Resize(width, 800)
				b.ColourScheme(scheme)
				b.Navigate(server.URL + "/report.html")
				opened++
				found := axe.Run(t, b)
				assert.Empty(t, found.Violations)
				assert.Contains(t, found.Passes, "color-contrast")
				for _, f := range found.Incomplete {
					assert.Equal(t, "color-contrast", f.Rule, "axe cannot tell: %s", f)
				}
				// It cannot tell of plots, and of what is scrolled away. All text is in one of these colours.
				var faint map[string]float64
				b.EvalInto(&faint, contrast)
				assert.Len(t, faint, 4)
				for name, ratio := range faint {
					assert.GreaterOrEqual(t, ratio, 4.5, name)
				}
				var wide bool
				b.EvalInto(&wide, `document.documentElement.scrollWidth > innerWidth`)
				assert.False(t, wide, "only tables scroll sideways")
				var outside []string // text of plots that is cut off
				b.EvalInto(&outside, `[...document.querySelectorAll("svg text")].filter(text => {
					const t = text.getBoundingClientRect(), s = text.closest("svg").getBoundingClientRect();
					return t.left < s.left - 1 || t.right > s.right + 1 || t.top < s.top - 1 || t.bottom > s.bottom + 1;
				}).map(text => text.textContent)`)
				assert.Empty(t, outside)
				for _, m := range b.Console() {
					assert.Contains(t, m.Text, "favicon.ico", m)
				}
			})
		}
	}
	delete(asked, "/favicon.ico")
	assert.Equal(t, map[string]int{"/report.html": opened}, asked)
}

// contrast returns the contrast of the page's colours of text with its background, as WCAG 2.2 has it.
const contrast = `(() => {
	const style = getComputedStyle(document.documentElement);
	const luminance = name => {
		const [r, g, b] = style.getPropertyValue(name).trim().replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3").match(/[0-9a-f]{2}/gi).map(x => parseInt(x, 16) / 255)
			.map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	return Object.fromEntries(["--ink", "--faint", "--first", "--other"].map(name => {
		const [a, b] = [luminance(name), luminance("--paper")].sort((a, b) => b - a);
		return [name, (a + 0.05) / (b + 0.05)];
	}));
})()`
