package driver

import (
	"bytes"
	"encoding/base64"
	"image/png"
)

// Navigate loads a page in the current tab, as if its address was typed, and waits for its load event.
func (b *Browser) Navigate(url string) error {
	what := "navigate to " + url
	_, err := b.send(what, navigate, params{"url": url})
	if err != nil || b.Engine != WebKit || url == "about:blank" {
		return err
	}
	// WebKit's driver says that all is well when nothing was loaded. Then there is a page that says why, at no address.
	var page struct{ Address, Text string }
	if err := b.Eval(&page, `({address: location.href, text: document.body?.innerText ?? ""})`); err != nil {
		return err
	}
	if page.Address == "about:blank" {
		return b.errorf(what, "nothing was loaded: %s", page.Text)
	}
	return nil
}

// Back goes back in the tab's history, and waits for the page.
func (b *Browser) Back() error { _, err := b.send("back", back, nil); return err }

// Forward goes forward in the tab's history, and waits for the page.
func (b *Browser) Forward() error { _, err := b.send("forward", forward, nil); return err }

// Reload loads the page again, and waits for it.
func (b *Browser) Reload() error { _, err := b.send("reload", refresh, nil); return err }

// URL returns the address of the current tab.
func (b *Browser) URL() (url string, err error) {
	err = b.into(&url, "get the URL", getURL, nil)
	return url, err
}

// Title returns the title of the current tab.
func (b *Browser) Title() (title string, err error) {
	err = b.into(&title, "get the title", getTitle, nil)
	return title, err
}

// Screenshot returns what the current tab shows, without the browser around it, as a PNG.
func (b *Browser) Screenshot() ([]byte, error) {
	const what = "take a screenshot"
	var encoded string
	if err := b.into(&encoded, what, screenshot, params{"full": false}); err != nil { // which Marionette's is else
		return nil, err
	}
	decoded, err := base64.StdEncoding.DecodeString(encoded)
	if err == nil {
		_, err = png.DecodeConfig(bytes.NewReader(decoded))
	}
	if err != nil {
		return nil, b.errorf(what, "%w", err)
	}
	return decoded, nil
}
