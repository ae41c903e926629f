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

// tick is how often a condition is looked at.
const tick = 20 * time.Millisecond

// observed is what the engine has of the visit, from what it saves: wasm/ABI.md, "The saved visit".
type observed struct {
	Pages  int
	Events []struct {
		Kind, Item string
		EngagedMs  int
	}
}

func visitOf(b *browser.Browser) (v observed) {
	b.EvalInto(&v, `(() => {
		const saved = nabij.save(), v = new DataView(saved.buffer, saved.byteOffset);
		const kinds = ["", "view", "engaged", "scroll", "search", "filter", "basket-add", "basket-remove", "purchase", "shown", "chosen", "dismissed", "preference"];
		return { pages: v.getUint32(20, true), events: Array.from({ length: saved[26] }, (_, k) => 31 + 24 * k).map((at) => ({
			engagedMs: v.getUint32(at + 12, true), kind: kinds[saved[at + 22]],
			item: v.getUint32(at + 16, true) === 0xffffffff ? "" : nabij.pack.item(v.getUint32(at + 16, true)).id })) };
	})()`)
	return v
}

// said lists the signals in the order in which they came.
func (v observed) said() (list []string) {
	for _, e := range v.Events {
		list = append(list, e.Kind+" "+e.Item)
	}
	return list
}

// noted is a script before ours that keeps what becomes of the page.
const noted = `window.shown = [];
addEventListener("pageshow", (e) => shown.push(e.persisted));
window.looks = { hiddenAtFirst: document.hidden, ms: 0, since: document.hidden ? undefined : performance.now() };
addEventListener("visibilitychange", () => {
	if (document.hidden) looks.ms += performance.now() - looks.since;
	else looks.since = performance.now();
});
`

// livingShop has pages that a browser may keep, and noted before our script.
func livingShop(t *testing.T, script string) *shop {
	s := newShop(t)
	s.head = `<script src="/noted.js"></script>`
	s.pages = "no-cache"
	s.files = map[string]func(http.ResponseWriter, *http.Request){
		"/noted.js": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, script)
		},
	}
	return s
}

// A page that comes back as it was, from the back/forward cache, goes on with the visit that other pages have added to. It is
// counted once more, as any page that is gone to, and what was suggested on it stays.
//
// In Firefox such a page has the sessionStorage that it was left with, whatever was written since, so that the visit goes on
// from there.
func TestBackForwardCache(t *testing.T) {
	t.Parallel()
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			t.Parallel()
			r := browser.NewRecorder(t, livingShop(t, noted))
			b := browser.Start(t, engine)
			open(b, r.URL+"/p/item-3")
			open(b, r.URL+"/p/item-5")
			b.Wait(pictured, limit) // Firefox keeps no page that waits for something
			b.Eval(`() => { window.before = true; }`)
			list := titles(b)
			open(b, r.URL+"/p/item-8")
			b.Eval(`() => nabij.observe({ signal: "basket-add", item: "item-40" })`)
			b.Back()
			b.Wait(`location.pathname === "/p/item-5" && shown.length > 1`, limit)
			require.Equal(t, []any{false, true}, b.Eval(`shown`))
			assert.Equal(t, true, b.Eval(`before`))
			assert.Equal(t, list, titles(b))

			want := []string{"view item-3", "view item-5", "view item-8", "basket-add item-40", "view item-5"}
			if engine == browser.Firefox {
				want = []string{"view item-3", "view item-5", "view item-5"}
			}
			assert.Eventually(t, func() bool { return slices.Equal(want, visitOf(b).said()) }, limit, tick, "%s", visitOf(b).said())
			open(b, r.URL+"/p/item-9")
			assert.Equal(t, append(want, "view item-9"), visitOf(b).said())
		})
	}
}

// A page that is loaded again, by going back without that cache or by the visitor, is counted once more, and has the list that
// it had.
func TestLoadedAgain(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		open(b, r.URL+"/p/item-3")
		open(b, r.URL+"/p/item-5")
		open(b, r.URL+"/p/item-8")
		list := titles(b)
		b.Reload()
		b.Wait(isFilled, limit)
		// Chromium may tell a page only later what the page before has kept.
		counts := func(want int) {
			assert.Eventually(t, func() bool { return visitOf(b).Pages == want }, limit, tick, want)
		}
		counts(4)
		assert.Equal(t, list, titles(b))
		open(b, r.URL+"/p/item-9")
		counts(5)
		b.Back()
		b.Wait(isFilled, limit)
		counts(6)
		assert.Equal(t, list, titles(b))
	})
}

// A page that is prerendered fetches neither module nor pack and counts nothing until the visitor goes to it.
func TestPrerendering(t *testing.T) {
	t.Parallel()
	s := livingShop(t, `addEventListener("load", () => document.prerendering && fetch("/loaded"));`)
	s.cache = "no-store"
	s.files["/start"] = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<!doctype html><title>Start</title><a href="/p/item-5">on</a><script type="speculationrules">{"prerender": [{"urls": ["/p/item-5"]}]}</script>`)
	}
	s.files["/loaded"] = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }
	r := browser.NewRecorder(t, s)
	b := browser.Start(t, browser.Chromium)
	open(b, r.URL+"/p/item-3")
	r.Reset()
	b.Navigate(r.URL + "/start")
	require.Eventually(t, func() bool { return slices.Contains(fetched(r), "/loaded") }, limit, tick)
	assert.Contains(t, fetched(r), "/nabij/nabij.js")
	assert.NotContains(t, fetched(r), "/nabij/nabij.1.wasm")
	assert.NotContains(t, fetched(r), "/nabij/nabij.1.pack")
	assert.Equal(t, 1.0, pages(b))
	b.Click("a")
	b.Wait(`location.pathname === "/p/item-5"`, limit)
	b.Wait(isFilled, limit)
	assert.Equal(t, true, b.Eval(`performance.getEntriesByType("navigation")[0].activationStart > 0`))
	assert.Contains(t, fetched(r), "/nabij/nabij.1.wasm")
	assert.Equal(t, 2, visitOf(b).Pages)
}

// fetched returns the paths of the requests so far.
func fetched(r *browser.Recorder) (paths []string) {
	for _, request := range r.Requests() {
		_, path, _ := strings.Cut(string(request.Raw), " ")
		path, _, _ = strings.Cut(path, " ")
		paths = append(paths, path)
	}
	return paths
}

// A visitor who saves data keeps the page as it is: nothing of ours is fetched but the script.
func TestSavingData(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		set  func(b *browser.Browser)
		says string
	}{
		{"Save-Data", func(b *browser.Browser) {
			b.CDP("Emulation.setDataSaverOverride", map[string]any{"dataSaverEnabled": true})
		}, `navigator.connection.saveData`},
		{"prefers-reduced-data", func(b *browser.Browser) {
			b.CDP("Emulation.setEmulatedMedia", map[string]any{"features": []any{map[string]any{"name": "prefers-reduced-data", "value": "reduce"}}})
		}, `matchMedia("(prefers-reduced-data: reduce)").matches`},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := livingShop(t, `addEventListener("load", () => fetch("/loaded"));`)
			s.body = `<h1>%s</h1><nabij-suggestions slot-name="product"><p>Fallback</p></nabij-suggestions><nabij-control></nabij-control>`
			s.files["/loaded"] = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }
			r := browser.NewRecorder(t, s)
			b := browser.Start(t, browser.Chromium, browser.Arguments(browser.Chromium, "--enable-experimental-web-platform-features"))
			test.set(b)
			for _, page := range []string{"/p/item-3", "/p/item-5"} {
				r.Reset()
				b.Navigate(r.URL + page)
				require.Equal(t, true, b.Eval(test.says))
				require.Eventually(t, func() bool { return slices.Contains(fetched(r), "/loaded") }, limit, tick)
				ours := slices.DeleteFunc(fetched(r), func(path string) bool { return !strings.HasPrefix(path, "/nabij/") && !strings.HasPrefix(path, "/i/") })
				assert.Equal(t, []string{"/nabij/nabij.js"}, ours)
				assert.Equal(t, "Fallback", b.Eval(`document.querySelector("nabij-suggestions").innerText`))
				assert.Zero(t, keptBy(b))
			}
		})
	}
}

// Time counts while a page is visible, and not while another tab is in front of it.
func TestHiddenTab(t *testing.T) {
	for _, engine := range []browser.Engine{browser.Chromium, browser.Firefox} { // WebKit's driver has no tabs, only windows
		t.Run(engine.String(), func(t *testing.T) {
			t.Parallel()
			r := browser.NewRecorder(t, livingShop(t, noted))
			b := browser.Start(t, engine)
			open(b, r.URL+"/p/item-3")
			first := b.Tab()
			other := b.NewTab()
			b.Eval(`new Promise((done) => setTimeout(done, 2000))`)
			b.Switch(first)
			b.Wait(`!document.hidden`, limit)
			b.Switch(other)
			b.Switch(first)
			b.Wait(`!document.hidden`, limit)
			var visible float64
			b.EvalInto(&visible, `looks.ms`)
			engaged := visitOf(b).Events[0].EngagedMs
			assert.Positive(t, engaged)
			assert.LessOrEqual(t, float64(engaged), visible+100, "of two seconds and more since")
			assert.GreaterOrEqual(t, b.Eval(`performance.now()`), visible+2000)
		})
	}
}

// A page that is opened behind another one is filled, and its time counts from when it is seen.
func TestOpenedInTheBackground(t *testing.T) {
	r := browser.NewRecorder(t, livingShop(t, noted))
	b := browser.Start(t, browser.Chromium)
	open(b, r.URL+"/p/item-3")
	first := b.Tab()
	b.CDP("Target.createTarget", map[string]any{"url": r.URL + "/p/item-5", "background": true})
	var behind browser.Tab
	require.Eventually(t, func() bool {
		for _, tab := range b.Tabs() {
			if tab != first {
				behind = tab
			}
		}
		return behind != "" && slices.Contains(fetched(r), "/p/item-5")
	}, limit, tick)
	b.Eval(`new Promise((done) => setTimeout(done, 2000))`)
	b.Switch(behind)
	b.Wait(isFilled, limit)
	b.Wait(`!document.hidden`, limit)
	require.Equal(t, true, b.Eval(`looks.hiddenAtFirst`))
	b.Switch(first)
	b.Switch(behind)
	b.Wait(`!document.hidden`, limit)
	var visible float64
	b.EvalInto(&visible, `looks.ms`)
	v := visitOf(b)
	assert.Equal(t, 1, v.Pages, "a visit of its own")
	assert.LessOrEqual(t, float64(v.Events[0].EngagedMs), visible+100)
}

// A site that allows layer 2 as soon as it can, on each page, has the visit go on.
func TestAllowedEarly(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		early := livingShop(t, `addEventListener("DOMContentLoaded", () => nabij.allow(2));`)
		s.head, s.files, s.tag = early.head, early.files, ` data-layer="1"`
		open(b, r.URL+"/p/item-3")
		open(b, r.URL+"/p/item-5")
		open(b, r.URL+"/p/item-8")
		assert.Equal(t, 3, visitOf(b).Pages)
	})
}
