package browser

import (
	"bytes"
	"encoding/base64"
	"image/png"
)

// Navigate loads a page in the current tab, as if its address was typed, and waits for its load event.
func (b *Browser) Navigate(url string) {
	b.t.Helper()
	what := "navigate to " + url
	if b.Engine != WebKit {
		b.must(what, navigate, params{"url": url})
		return
	}
	// WebKit's driver says that all is well when nothing was loaded. Then there is a page that says why, at no address.
	b.must(what, navigate, params{"url": url})
	if b.Eval(`location.href`) == "about:blank" && url != "about:blank" {
		b.t.Fatalf("%s: %s: nothing was loaded: %s", b.Engine, what, b.Eval(`document.body.innerText`))
	}
}

// Back goes back in the tab's history, and waits for the page.
func (b *Browser) Back() { b.t.Helper(); b.must("back", back, nil) }

// Forward goes forward in the tab's history, and waits for the page.
func (b *Browser) Forward() { b.t.Helper(); b.must("forward", forward, nil) }

// Reload loads the page again, and waits for it.
func (b *Browser) Reload() { b.t.Helper(); b.must("reload", refresh, nil) }

// URL returns the address of the current tab.
func (b *Browser) URL() string {
	b.t.Helper()
	var url string
	b.into(&url, "get the URL", getURL, nil)
	return url
}

// Title returns the title of the current tab.
func (b *Browser) Title() string {
	b.t.Helper()
	var title string
	b.into(&title, "get the title", getTitle, nil)
	return title
}

// Screenshot returns what the current tab shows, without the browser around it, as a PNG.
func (b *Browser) Screenshot() []byte {
	b.t.Helper()
	var encoded string
	b.into(&encoded, "take a screenshot", screenshot, params{"full": false}) // which Marionette's is else
	decoded, err := base64.StdEncoding.DecodeString(encoded)
	if err == nil {
		_, err = png.DecodeConfig(bytes.NewReader(decoded))
	}
	if err != nil {
		b.t.Fatalf("%s: take a screenshot: %v", b.Engine, err)
	}
	return decoded
}
