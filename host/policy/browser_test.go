package policy

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

// TestInBrowser: in each language, on a phone and on a desk, in the light and in the dark, the page breaks no rule that axe knows, also
// with its settings open, is no wider than the window, has no script, asks for nothing, and the browser finds no fault with it.
func TestInBrowser(t *testing.T) {
	b := browser.Start(t, browser.Chromium)
	d := documentOf(t, asIs)
	var mu sync.Mutex
	asked := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked[r.URL.Path]++
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for _, language := range Languages {
			if r.URL.Path == "/"+HTMLName(language) {
				assert.NoError(t, d.WriteHTML(w, language))
			}
		}
	}))
	defer server.Close()
	want := map[string]int{}
	for _, test := range []struct {
		language Language
		width    int
		scheme   browser.Scheme
	}{
		{Dutch, 320, browser.Dark}, {Dutch, 1280, browser.Light}, {English, 320, browser.Light}, {English, 1280, browser.Dark},
	} {
		t.Run(fmt.Sprintf("%s/%d/%s", test.language, test.width, test.scheme), func(t *testing.T) {
			b := b.With(t)
			b.Resize(test.width, 800)
			b.ColourScheme(test.scheme)
			b.Navigate(server.URL + "/" + HTMLName(test.language))
			want["/"+HTMLName(test.language)]++
			b.Eval(`() => { document.querySelector("details").open = true; }`)
			found := axe.Run(t, b)
			assert.Empty(t, found.Violations)
			assert.Empty(t, found.Incomplete)
			assert.Subset(t, found.Passes, []string{"color-contrast", "definition-list", "html-has-lang", "link-name", "target-size"})
			var got struct {
				Wide     bool
				Scripts  int
				Language string
			}
			b.EvalInto(&got, `({ wide: document.documentElement.scrollWidth > innerWidth, scripts: document.scripts.length, language: document.documentElement.lang })`)
			assert.False(t, got.Wide, "it scrolls sideways")
			assert.Zero(t, got.Scripts)
			assert.Equal(t, string(test.language), got.Language)
			assert.Empty(t, b.Console())
		})
	}
	assert.Equal(t, want, asked)
}
