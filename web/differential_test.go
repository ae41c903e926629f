package web_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web/browser"
)

// walk is the pages of both visits that are compared.
var walk = []string{"/p/item-3", "/p/item-5", "/p/item-8", "/topics", "/p/item-12"}

// quiet waits until no request has come for a while, and returns those since the last call, sorted: connections race.
func quiet(t *testing.T, r *browser.Recorder) []string {
	begin := time.Now()
	for seen, since := 0, begin; time.Since(since) < 700*time.Millisecond; time.Sleep(tick) {
		if n := len(r.Requests()); n != seen {
			seen, since = n, time.Now()
		}
		require.Less(t, time.Since(begin), limit, "requests do not end")
	}
	var raw []string
	for _, request := range r.Requests() {
		raw = append(raw, string(request.Raw))
	}
	r.Reset()
	slices.Sort(raw)
	return raw
}

// play walks in a fresh browser, does what act does on each page, and returns the requests and the lists shown by page.
func play(t *testing.T, engine browser.Engine, r *browser.Recorder, act func(b *browser.Browser, page int)) (requests [][]string, shown [][]string) {
	t.Helper()
	t.Run("visit", func(t *testing.T) {
		b := browser.Start(t, engine)
		r.Reset()
		for k, page := range walk {
			b.Navigate(r.URL + page)
			b.Wait(isFilled, limit)
			b.Wait(hasPanel, limit)
			shown = append(shown, titles(b))
			act(b, k)
			b.Wait(pictured, limit)
			requests = append(requests, quiet(t, r))
		}
	})
	return requests, shown
}

// idle is a visitor who reads the pages and does nothing.
func idle(*browser.Browser, int) {}

// busy scrolls, waits, dismisses, fills the basket, searches, says what is wanted, and uses the panel.
func busy(b *browser.Browser, page int) {
	b.Eval(`() => window.scrollTo(0, document.documentElement.scrollHeight)`)
	b.Eval(`() => new Promise((done) => setTimeout(done, 1300))`)
	b.Eval(`(page) => {
		nabij.observe({ signal: "search", text: "word1 word2" });
		nabij.observe({ signal: "basket-add", item: "item-" + (40 + page) });
		nabij.observe({ signal: "preference", topic: "Topic 2", value: 100 });
		nabij.observe({ signal: "engaged", value: 60000 });
		`+shownRoot+`.querySelector("[part=dismiss]").click();
		nabij.intent();
		nabij.prefer({ facet: "colour: blue", strength: 80 });
		const panel = document.querySelector("nabij-control").shadowRoot;
		panel.querySelector("summary").click();
		setTimeout(() => {
			panel.querySelectorAll("[part=topics] input")[page].click();
			panel.querySelectorAll("[part=facets] input")[page].click();
			const strength = panel.querySelector("[type=range]");
			strength.value = 50;
			strength.dispatchEvent(new Event("change"));
			if (page !== 1) panel.querySelector("[part=export]").click();
			if (page === 2) panel.querySelector("[part=remove]").click();
			if (page === 3) panel.querySelector("[part=forget]").click();
		}, 200);
		nabij.suggest({ slot: "home" }, true);
	}`, page)
}

// Two visits with the same page loads and different behaviour send the same bytes, whatever is shown.
func TestBehaviourStaysHere(t *testing.T) {
	t.Parallel()
	behaviourStaysHere(t, longShop(t, new(string)))
}

func behaviourStaysHere(t *testing.T, s *shop) {
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			t.Parallel()
			r := browser.NewRecorder(t, s)
			one, shownOne := play(t, engine, r, idle)
			two, shownTwo := play(t, engine, r, busy)
			if t.Skipped() || len(one) == 0 {
				t.Skip("left out: " + engine.String() + " did not start")
			}
			require.Len(t, two, len(walk))
			total := 0
			for k := range walk {
				assert.Equal(t, one[k], two[k], "page %s", walk[k])
				total += len(one[k])
			}
			assert.NotEqual(t, shownOne, shownTwo, "the behaviour must matter, or the test shows nothing")
			t.Logf("%d requests of %d pages are the same", total, len(walk))
		})
	}
}

// leaks are pages' scripts that give away a click, each in its own way; the cookie stays, so it is the last.
var leaks = []struct{ name, script string }{
	{"a beacon", `navigator.sendBeacon("/leak", "clicked")`},
	{"an image's query", `new Image().src = "/leak.svg?clicked"`},
	{"replaceState", `history.replaceState(null, "", "?clicked"); fetch("/leak")`},
	{"a lazy import", `import("/leak.js")`},
	{"a WebSocket", `new WebSocket(location.origin.replace("http", "ws") + "/leak")`},
	{"a cookie", `document.cookie = "clicked=1; path=/"`},
}

// Each planted leak is caught, in a browser in which two idle visits are the same: the test above would have seen it.
func TestLeaksAreCaught(t *testing.T) {
	t.Parallel()
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			t.Parallel()
			leak := ""
			shop := longShop(t, &leak)
			shop.cache = "no-store" // one browser for all visits
			r := browser.NewRecorder(t, shop)
			b := browser.Reuse(t, engine)
			visit := func(click bool) []string {
				var requests []string
				for _, page := range walk[:2] {
					b.Navigate(r.URL + page)
					b.Wait(isFilled, limit)
					if click {
						b.Eval(`() => document.querySelector("#act").click()`)
					}
					b.Wait(pictured, limit)
					if click && strings.Contains(leak, "/leak") {
						seen := func() bool {
							return slices.ContainsFunc(r.Requests(), func(q browser.Recorded) bool { return strings.Contains(string(q.Raw), "/leak") })
						}
						assert.Eventually(t, seen, limit, tick, leak)
					}
					requests = append(requests, quiet(t, r)...)
				}
				return requests
			}
			visit(false)
			clean := visit(false)
			require.Equal(t, clean, visit(true), "a click that gives nothing away")
			for _, l := range leaks {
				leak = l.script
				assert.NotEqual(t, clean, visit(true), "%s went unseen", l.name)
			}
		})
	}
}

// longShop has pages that are longer than the window, and a script that leaks when a button is clicked.
func longShop(t *testing.T, leak *string) *shop {
	s := newShop(t)
	s.body = `<h1>%s</h1><nabij-suggestions slot-name="product"></nabij-suggestions><button id="act">Act</button><nabij-control></nabij-control>` +
		strings.Repeat("<p>text</p>", 100) + `<script src="/page.js"></script>`
	s.files = map[string]func(http.ResponseWriter, *http.Request){
		"/page.js": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprintf(w, `document.querySelector("#act").addEventListener("click", () => { %s });`, *leak)
		},
		"/leak": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
	}
	return s
}
