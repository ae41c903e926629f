package main

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/demo"
	"github.com/nabij/nabij/web/browser"
)

const limit = 60 * time.Second

// demoOnTheWeb serves the demo shop without the overlay, as visitors would get it, until the test ends, and returns its origin.
func demoOnTheWeb(t *testing.T) string {
	t.Helper()
	return start(t, "demo", "--plain", "--address", "127.0.0.1:0")
}

// demoWithOverlay is demoOnTheWeb with the overlay.
func demoWithOverlay(t *testing.T) string {
	t.Helper()
	return start(t, "demo", "--address", "127.0.0.1:0")
}

// start carries out a command that serves until the test ends, and returns the origin that it says.
func start(t *testing.T, args ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	var out, errs lockedBuffer
	ended := make(chan int, 1)
	go func() { ended <- runContext(ctx, args, strings.NewReader(""), &out, &errs) }()
	t.Cleanup(func() {
		stop()
		assert.Equal(t, exitFine, <-ended, errs.String())
	})
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	require.Eventually(t, func() bool { return address.MatchString(out.String()) }, limit, 10*time.Millisecond)
	return address.FindString(out.String())
}

// demoPages are each kind of page of the demo shop, in an order in which a basket is filled and emptied.
func demoPages(t *testing.T, language string) []demoPage {
	t.Helper()
	in := func(en, nl string) string {
		return "/" + language + "/" + map[string]string{"en": en, "nl": nl}[language]
	}
	item := func(id string) string {
		if language == "nl" {
			var ok bool
			id, ok = demo.Translation(id)
			require.True(t, ok, id)
		}
		return "/" + id
	}
	return []demoPage{
		{"home", in("", ""), ""},
		{"department", in("c/clothing", "c/kleding"), ""},
		{"part of a department", in("c/clothing/rainwear", "c/kleding/regenkleding"), ""},
		{"service", in("c/customer-service", "c/klantenservice"), ""},
		{"product", item("en/rain-jacket-miezer-bui"), ""},
		{"product on order", item("en/trekking-pack-zwerfkei-langeweg-65"), ""},
		{"product out of stock", item("en/childrens-hiking-shoe-strandloper-klauter"), ""},
		{"guide", item("en/locking-your-bike-well"), ""},
		{"comparison", item("en/air-mat-self-inflating-or-foam"), ""},
		{"review", item("en/tested-a-year-with-the-tureluur-bak-e"), ""},
		{"article", item("en/an-afternoon-in-our-workshop"), ""},
		{"help", item("en/contact-and-opening-hours"), ""},
		{"search", in("search?q=lamp", "search?q=lamp"), ""},
		{"search without results", in("search?q=piano", "search?q=piano"), ""},
		{"search for nothing", in("search", "search"), ""},
		{"empty basket", in("basket", "basket"), ""},
		{"no order", in("thanks", "thanks"), ""},
		{"basket", item("en/trekking-pack-zwerfkei-langeweg-65"), ".offer button"},
		{"thanks", in("basket", "basket"), ".order button"},
		{"missing", in("no-such-page", "geen-pagina"), ""},
		{"your visit", in("your-visit", "your-visit"), ""},
	}
}

// demoPage is a page at a path, or where a click on what act selects leads from there.
type demoPage struct{ name, path, act string }

// open loads a page and waits until what Nabij does on it is done.
func (p demoPage) open(b *browser.Browser, origin string) {
	b.Navigate(origin + p.path)
	if p.act != "" {
		b.Eval(`() => { window.left = true; }`)
		b.Click(p.act)
		b.Wait(`!window.left && document.readyState === "complete"`, limit)
	}
	b.Wait(settled, limit)
}

// settled says that slots and panel have what they are to have, with its pictures. Once the visit is ready, what waits for it
// goes first.
const settled = `typeof nabij === "object" && nabij.ready.then(() => new Promise((done) => setTimeout(done))).then(() =>
	[...document.querySelectorAll("nabij-suggestions")].every((e) => [...e.shadowRoot.querySelectorAll("img")].every((i) => i.src && i.complete)) &&
	[...document.querySelectorAll("nabij-control")].every((e) => e.shadowRoot))`
