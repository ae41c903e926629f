package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web/browser"
	"github.com/nabij/nabij/web/browser/axe"
	"github.com/nabij/nabij/web/browser/sight"
)

const (
	overlayPart = `document.querySelector("nabij-debug").shadowRoot.querySelector`
	overlayText = overlayPart + `("[part=panel]").innerText`
)

// openOverlay opens the overlay of the page, if it is not open already.
func openOverlay(b *browser.Browser) {
	b.Eval(`() => { const toggle = ` + overlayPart + `("[part=toggle]"); if (toggle.ariaExpanded === "false") toggle.click(); }`)
	b.Wait(overlayText+`.includes("Sent by this page")`, limit)
}

// The overlay tells what Nabij does on the page: the visit, what it is about, what each slot holds and why, what counts and what
// does not, and what the page has sent. What behaviour sends shows there.
func TestOverlay(t *testing.T) {
	t.Parallel()
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			t.Parallel()
			b := browser.Start(t, engine)
			origin := demoWithOverlay(t)
			for _, path := range []string{"/en/rain-jacket-miezer-bui", "/en/rain-jacket-miezer-stortregen"} {
				b.Navigate(origin + path)
				b.Wait(settled, limit)
			}
			b.Wait(overlayPart+`("[part=toggle]").textContent === "Nabij · layer 2 · 0 B because of behaviour"`, limit)
			openOverlay(b)
			var text string
			b.EvalInto(&text, overlayText)
			for _, heading := range []string{"Visit", "Intent", "Slot product", "Slot advice", "Signals that count", "Sent by this page"} {
				assert.Contains(t, text, heading+"\n")
			}
			assert.Contains(t, text, "2 pages so far.")
			assert.Contains(t, text, "view Rain jacket Miezer Bui")
			assert.Contains(t, text, "similar: Rain jacket Miezer Stortregen")
			assert.Contains(t, text, "Because of behaviour: 0 B in 0 requests")
			assert.Regexp(t, `By its markup: \d{3,} B in \d+ requests?\. By Nabij, for any visit the same: \d{3,} B in \d+ requests?\.`, text)
			var told, shown []string
			b.EvalInto(&told, `[...`+overlayPart+`All("tbody td:first-child span[dir]")].map((e) => e.firstChild.data)`)
			b.EvalInto(&shown, `[...document.querySelectorAll("nabij-suggestions")].flatMap((e) => [...e.shadowRoot.querySelectorAll("[part=title]")].map((e) => e.textContent))`)
			assert.Equal(t, shown, told, "it tells of the lists that the page shows")

			b.Eval(`() => { try { nabij.observe({ signal: "basket-add", item: "no such item" }); } catch {} fetch("/en/?leak"); }`)
			b.Wait(overlayText+`.includes("basket-add no such item: refused")`, limit)
			b.Wait(overlayText+`.includes("/en/?leak")`, limit)
			assert.Regexp(t, `Because of behaviour: [1-9]\d+ B in 1 request\n`, b.Eval(overlayText))

			b.Eval(`() => [...` + overlayPart + `All("button")].find((e) => e.textContent === "Forget the visit").click()`)
			b.Wait(overlayText+`.includes("0 pages so far.")`, limit)
			b.Navigate(origin + "/en/your-visit")
			b.Wait(`!`+overlayPart+`("[part=panel]").hidden && `+overlayText+`.includes("No slot\n")`, limit)
		})
	}
}

// The overlay breaks no rule that axe knows, open or not, in a window of any width; it is open by keyboard, and Escape closes it.
func TestOverlayIsAccessible(t *testing.T) {
	t.Parallel()
	b := browser.Start(t, browser.Chromium)
	origin := demoWithOverlay(t)
	for _, width := range []int{320, 1280} {
		b.Resize(width, 640)
		pageNamed(t, "product").open(b, origin)
		assert.Empty(t, axe.Run(t, b).Violations)
		b.Key(browser.KeyShift + browser.KeyTab) // the last stop of the page
		require.Equal(t, "toggle", b.Eval(`document.activeElement.shadowRoot?.activeElement?.getAttribute("part")`))
		sight.Focus(t, b)
		b.Key(browser.KeyEnter)
		b.Wait(overlayText+`.includes("Sent by this page")`, limit)
		assert.Empty(t, axe.Run(t, b).Violations)
		assert.Equal(t, float64(width), b.Eval(`Math.max(innerWidth, document.documentElement.scrollWidth)`))
		assert.Empty(t, sight.Clipped(b))
		b.Eval(`() => ` + overlayPart + `("[part=panel]").focus()`)
		b.Key(browser.KeyEscape)
		b.Wait(overlayPart+`("[part=panel]").hidden && document.activeElement.localName === "nabij-debug"`, limit)
	}
}

// Where there can be no visit the overlay says why.
func TestOverlayWithoutVisit(t *testing.T) {
	t.Parallel()
	b := browser.Start(t, browser.Firefox, browser.NoWebAssembly)
	b.Navigate(demoWithOverlay(t) + "/en/")
	b.Eval(`() => ` + overlayPart + `("[part=toggle]").click()`)
	b.Wait(overlayText+`.includes("There is no window.nabij")`, limit)
}

// A page that is open loads again when the feed has changed, and says what is wrong when that cannot be read.
func TestServeReloads(t *testing.T) {
	b := browser.Start(t, browser.Chromium)
	feed := filepath.Join(t.TempDir(), "feed.csv")
	write := func(text string) { require.NoError(t, os.WriteFile(feed, []byte("id,title,url\n"+text), 0o644)) }
	write("a,Blue shirt,/a\nb,Red shirt,/b\n")
	b.Navigate(start(t, "serve", feed, "--address", "127.0.0.1:0") + "/a")
	const (
		listed = `document.querySelector("nabij-suggestions")?.shadowRoot?.textContent`
		fault  = overlayPart + `("[part=fault]")`
	)
	b.Wait(listed+`?.includes("Red shirt")`, limit)
	assert.Equal(t, true, b.Eval(fault+`.hidden`))

	write("a,Blue shirt,/a\nb,Green shirt,/b\n")
	b.Wait(listed+`?.includes("Green shirt")`, limit)
	require.NoError(t, os.WriteFile(feed, []byte("\x00"), 0o644))
	b.Wait(fault+`.checkVisibility()`, limit)
	assert.Contains(t, b.Eval(fault+`.textContent`), "Not built, this is of before: catalogue: "+feed)
	assert.Contains(t, b.Eval(listed), "Green shirt")
	write("a,Blue shirt,/a\nb,White shirt,/b\n")
	b.Wait(listed+`?.includes("White shirt")`, limit)
	assert.Equal(t, true, b.Eval(fault+`.hidden`))
}
