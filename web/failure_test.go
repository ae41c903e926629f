package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web"
	"github.com/nabij/nabij/web/browser"
)

// watch is a script before ours: it counts what a page's visitor or developer would come to know of a failure.
const watch = `window.seen = { errors: [], events: 0, warnings: [] };
addEventListener("error", (e) => seen.errors.push(String(e.message)));
addEventListener("unhandledrejection", (e) => seen.errors.push(String(e.reason)));
document.addEventListener("nabij-error", () => seen.events++);
for (const level of ["log", "info", "warn", "error"]) {
	const say = console[level];
	console[level] = (...words) => { seen.warnings.push(words.join(" ")); say.apply(console, words); };
}
`

// trap makes the engine fail at the third time that it is asked for suggestions.
const trap = `const start = WebAssembly.instantiate;
let asked = 0;
WebAssembly.instantiate = async (...args) => {
	const { instance } = await start(...args);
	const suggest = (n) => { if (++asked > 2) throw new WebAssembly.RuntimeError("unreachable"); return instance.exports.suggest(n); };
	return { instance: { exports: { ...instance.exports, suggest } } };
};
`

type seen struct {
	Errors, Warnings []string
	Events           int
}

// Whatever fails, the slot's own content stays, and a developer is told once.
func TestFailures(t *testing.T) {
	t.Parallel()
	notFound := func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "gone", http.StatusNotFound) }
	failures := []failure{
		{"nothing fails", nil, func(*shop) {}, "", true},
		{"no module", nil, func(s *shop) { s.files["/nabij/nabij.1.wasm"] = notFound }, "nabij.1.wasm: missing, or of another build", false},
		{"no pack", nil, func(s *shop) { s.files["/nabij/nabij.1.pack"] = notFound }, "nabij.1.pack: missing, or of another build", false},
		{"another pack than the script was built with", nil, func(s *shop) { s.pack = append([]byte(nil), s.pack[:len(s.pack)-1]...) }, "nabij.1.pack: missing, or of another build", false},
		{"a damaged pack that was pinned so", nil, func(s *shop) {
			s.pack = append([]byte(nil), s.pack...)
			s.pack[len(s.pack)/2] ^= 1
			s.pins(t)
		}, `open: {"status":1`, false},
		{"another type than wasm", nil, func(s *shop) {
			s.files["/nabij/nabij.1.wasm"] = func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/octet-stream")
				w.Write(s.module)
			}
		}, "", true},
		{"one broken connection", nil, func(s *shop) {
			first := true
			s.files["/nabij/nabij.1.wasm"] = func(w http.ResponseWriter, _ *http.Request) {
				if first {
					first = false
					panic(http.ErrAbortHandler)
				}
				w.Header().Set("Content-Type", "application/wasm")
				w.Write(s.module)
			}
		}, "", true},
		{"no WebAssembly", []browser.Option{browser.NoWebAssembly}, func(*shop) {}, "", false},
		{"no storage", []browser.Option{browser.NoStorage}, func(*shop) {}, "", true},
		{"no scripts", []browser.Option{browser.NoJavaScript}, func(*shop) {}, "", false},
	}
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			t.Parallel()
			plain := browser.Reuse(t, engine)
			for _, test := range failures {
				t.Run(test.name, func(t *testing.T) {
					s := watchedShop(t, "")
					test.change(s)
					r := browser.NewRecorder(t, s) // a site of its own, so that the browser knows nothing of it
					b := plain.With(t)
					if test.options != nil {
						b = browser.Start(t, engine, test.options...)
					}
					b.Navigate(r.URL + "/p/item-3")
					b.Navigate(r.URL + "/p/item-5")
					check(t, b, test.fills, test.tells)
				})
			}
		})
	}
}

type failure struct {
	name    string
	options []browser.Option
	change  func(s *shop)
	tells   string // part of the one message; empty when nothing fails
	fills   bool
}

// A fault of the engine in the middle of a visit leaves the page as it is, and the visit without suggestions.
func TestTrap(t *testing.T) {
	t.Parallel()
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			t.Parallel()
			r := browser.NewRecorder(t, watchedShop(t, trap))
			b := browser.Reuse(t, engine)
			b.Navigate(r.URL + "/p/item-3")
			check(t, b, true, "")
			b.Eval(`() => { for (let k = 0; k < 4; k++) nabij.suggest({ slot: "home" }); }`)
			check(t, b, true, "unreachable")
		})
	}
}

// check looks at the one slot of the page, and at what was told.
func check(t *testing.T, b *browser.Browser, fills bool, tells string) {
	t.Helper()
	if fills {
		b.Wait(isFilled, limit)
	} else {
		if tells != "" {
			b.Wait(`seen.events > 0`, limit)
		}
		b.Wait(`(() => { const e = document.querySelector("nabij-suggestions li"); return document.readyState === "complete" && e.checkVisibility({ visibilityProperty: true }); })()`, limit)
		var text string
		b.EvalInto(&text, `(() => { const e = document.querySelector("nabij-suggestions li"); return e.checkVisibility({ visibilityProperty: true }) ? e.innerText : "hidden"; })()`)
		assert.Equal(t, "Fallback", text)
		if len(tells) == 0 {
			return // our script did not get so far
		}
	}
	var got seen
	b.EvalInto(&got, `seen`)
	assert.Empty(t, got.Errors)
	if tells == "" {
		assert.Empty(t, got.Warnings)
		assert.Zero(t, got.Events)
		return
	}
	require.Len(t, got.Warnings, 1)
	assert.Contains(t, got.Warnings[0], tells)
	assert.True(t, strings.HasPrefix(got.Warnings[0], "nabij: "))
	assert.Equal(t, 1, got.Events)
}

// watchedShop has a slot with a fallback below the window, which is filled before it is seen, and watch before our script.
func watchedShop(t *testing.T, before string) *shop {
	s := newShop(t)
	s.head = `<script src="/watch.js"></script>`
	s.body = `<h1>%s</h1>` + strings.Repeat("<p>text</p>", 100) + `<nabij-suggestions slot-name="product"><ul><li>Fallback</li></ul></nabij-suggestions>`
	s.files = map[string]func(http.ResponseWriter, *http.Request){
		"/watch.js": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/javascript")
			w.Write([]byte(watch + before))
		},
	}
	return s
}

// pins makes the script anew, for the pack and the module as they are.
func (s *shop) pins(t testing.TB) {
	var err error
	s.script, err = web.Script(web.Pins{
		Module: pin("nabij.1.wasm", s.module), Pack: pin("nabij.1.pack", s.pack), Control: pin("nabij.1.js", s.control),
	})
	require.NoError(t, err)
}
