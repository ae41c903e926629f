package main

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web/browser"
	"github.com/nabij/nabij/web/browser/axe"
	"github.com/nabij/nabij/web/browser/sight"
)

// Every kind of page, filled by Nabij, breaks no rule that axe knows: in both languages and colour schemes, narrow and wide.
func TestDemoIsAccessible(t *testing.T) {
	t.Parallel()
	b := browser.Start(t, browser.Chromium)
	origin := demoOnTheWeb(t)
	looked := map[string]bool{}
	filled := 0
	for _, language := range []string{"en", "nl"} {
		pages := demoPages(t, language)
		answers(t, origin, pages)
		for _, width := range []int{390, 1280} {
			b.Resize(width, 800)
			for _, page := range pages {
				page.open(b, origin)
				filled += suggested(b)
				for _, scheme := range []browser.Scheme{browser.Light, browser.Dark} {
					t.Run(fmt.Sprintf("%s/%d/%s/%s", language, width, page.name, scheme), func(t *testing.T) {
						b := b.With(t)
						b.ColourScheme(scheme)
						looksAccessible(t, b, func(f axe.Finding) bool {
							key := fmt.Sprint(width, scheme, f.HTML)
							defer func() { looked[key] = true }()
							return !looked[key]
						})
					})
				}
			}
		}
	}
	assert.Greater(t, filled, 200, "or this was about the pages without Nabij")
	t.Logf("%d suggestions; contrast of %d elements by their pixels", filled, len(looked))
}

// The other engines compute names and styles of their own.
func TestDemoIsAccessibleElsewhere(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		engine  browser.Engine
		options []browser.Option
	}{
		{"firefox", browser.Firefox, nil},
		{"webkit", browser.WebKit, nil},
		{"firefox, dark", browser.Firefox, []browser.Option{browser.DarkMode}},
		{"webkit, dark", browser.WebKit, []browser.Option{browser.DarkMode}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := browser.Start(t, test.engine, test.options...)
			origin := demoOnTheWeb(t)
			b.Resize(1024, 800)
			filled := 0
			for _, page := range demoPages(t, "en") {
				switch page.name {
				case "home", "product", "guide", "basket", "your visit":
					t.Run(page.name, func(t *testing.T) {
						b := b.With(t)
						page.open(b, origin)
						filled += suggested(b)
						looksAccessible(t, b, nil)
					})
				}
			}
			assert.Positive(t, filled)
		})
	}
}

// suggested counts the suggestions of the page.
func suggested(b *browser.Browser) (n int) {
	b.EvalInto(&n, `[...document.querySelectorAll("nabij-suggestions")].reduce((n, e) => n + e.shadowRoot.querySelectorAll("li").length, 0)`)
	return n
}

// looksAccessible fails of what axe finds, and judges what axe cannot: contrast, as far as worthwhile says so, by pixels.
func looksAccessible(t *testing.T, b *browser.Browser, worthwhile func(axe.Finding) bool) {
	t.Helper()
	report := axe.Run(t, b)
	assert.Empty(t, report.Violations)
	assert.Contains(t, report.Passes, "color-contrast")
	for _, f := range report.Incomplete {
		switch f.Rule {
		case "color-contrast":
			if worthwhile == nil || worthwhile(f) {
				least, wanted := sight.Text(t, b, f.Target)
				assert.GreaterOrEqual(t, least, wanted, f)
			}
		case "label-content-name-mismatch":
			assert.Contains(t, f.HTML, ">×<", "only a sign may have another name than it shows: %s", f)
		default:
			t.Error("axe cannot tell: ", f)
		}
	}
}

// answers fails if a page is another than it should be.
func answers(t *testing.T, origin string, pages []demoPage) {
	t.Helper()
	for _, page := range pages {
		response, err := http.Get(origin + page.path)
		require.NoError(t, err)
		response.Body.Close()
		want := http.StatusOK
		if page.name == "missing" {
			want = http.StatusNotFound
		}
		assert.Equal(t, want, response.StatusCode, page.path)
	}
}
