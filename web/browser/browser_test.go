package browser_test

import (
	"bytes"
	_ "embed"
	"fmt"
	"image/png"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/nabij/nabij/web/browser"
)

// site serves pages by path, with the header Content-Security-Policy that a page's path has in policies.
func site(t *testing.T) *browser.Recorder {
	return browser.NewRecorder(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if strings.HasSuffix(r.URL.Path, ".js") {
			w.Header().Set("Content-Type", "text/javascript")
		}
		if r.URL.Path == "/strict" {
			w.Header().Set("Content-Security-Policy", policy)
		}
		fmt.Fprint(w, page)
	}))
}

// policy is the strictest under which a page with wasm works in all engines.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; " +
	"img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types nabij"

var pages = map[string]string{
	"/": `<!doctype html><title>Shop</title>
		<style>body { margin: 0; height: 3000px } #far { position: absolute; top: 2000px } #menu:hover { color: rgb(1, 2, 3) }</style>
		<input id=query><button id=far>Far</button><div id=menu>Menu</div><div id=host></div>
		<script>
			keys = [];
			addEventListener("keydown", e => keys.push((e.shiftKey ? "+" : "") + e.key));
			far.onclick = () => far.textContent = "clicked";
			host.attachShadow({mode: "open"}).innerHTML = "<button>Deep</button>";
			host.shadowRoot.querySelector("button").onclick = () => host.title = "clicked";
			setTimeout(() => document.body.dataset.ready = "yes", 100);
		</script>`,
	"/second": `<!doctype html><title>Second</title>`,
	"/strict": `<!doctype html><title>Strict</title><script src=/strict.js></script>`,
	// (module (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
	"/strict.js": `
		const module = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 127, 127, 1, 127, 3, 2, 1, 0,
			7, 7, 1, 3, 97, 100, 100, 0, 0, 10, 9, 1, 7, 0, 32, 0, 32, 1, 106, 11]);
		window.evaluated = (() => { try { return eval("1") } catch (e) { return e.name } })();
		window.sum = WebAssembly.instantiate(module).then(({instance}) => instance.exports.add(40, 2));`,
	"/noisy": `<!doctype html><title>Noisy</title>`,
}

// each runs a test in every engine.
func each(t *testing.T, test func(t *testing.T, b *browser.Browser, url string), options ...browser.Option) {
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			url := site(t).URL
			test(t, browser.Start(t, engine, options...), url)
		})
	}
}

// is compares what a page evaluates to with what it should.
func is(t *testing.T, b *browser.Browser, script string, want any) {
	t.Helper()
	if got := b.Eval(script); !reflect.DeepEqual(got, want) {
		t.Errorf("%s is %#v, want %#v", script, got, want)
	}
}

func TestBrowser(t *testing.T) {
	each(t, func(t *testing.T, b *browser.Browser, url string) {
		for _, part := range []struct {
			name string
			test func(*testing.T, *browser.Browser, string)
		}{
			{"pages", testPages}, {"eval", testEval}, {"input", testInput}, {"viewport", testViewport}, {"tabs", testTabs},
			{"strict policy", testStrict}, {"console", testConsole}, {"errors", testErrors},
		} {
			t.Run(part.name, func(t *testing.T) { part.test(t, b.With(t), url) })
		}
	})
}

func testPages(t *testing.T, b *browser.Browser, url string) {
	b.Navigate(url + "/")
	b.Navigate(url + "/second")
	if got := b.Title(); got != "Second" {
		t.Errorf("title %q", got)
	}
	b.Back()
	if got := b.URL(); got != url+"/" {
		t.Errorf("back to %q", got)
	}
	b.Wait(`document.body?.dataset.ready`, 30*time.Second)
	b.Forward()
	is(t, b, `document.title`, "Second")
	b.Eval(`() => { window.left = 1 }`)
	b.Reload()
	is(t, b, `typeof left`, "undefined")
}

func testEval(t *testing.T, b *browser.Browser, url string) {
	b.Navigate(url + "/")
	is(t, b, `1 + 1 // a comment`, 2.0)
	is(t, b, `undefined`, nil)
	is(t, b, `new Promise(done => setTimeout(done, 50, [1, "two", {three: null}]))`,
		[]any{1.0, "two", map[string]any{"three": nil}})
	is(t, b, `async () => (await fetch("/second")).status`, 200.0)
	var sum struct{ Sum int }
	b.EvalInto(&sum, `(a, b) => ({sum: a.n + b[0]})`, map[string]int{"n": 40}, []int{2})
	if sum.Sum != 42 {
		t.Errorf("got %+v", sum)
	}
	for _, script := range []string{`nosuch.name`, `Promise.reject(new Error("nosuch"))`, `() => { throw "nosuch" }`} {
		if err := b.TryEval(nil, script); err == nil || !strings.Contains(err.Error(), "nosuch") {
			t.Errorf("%s: got %v", script, err)
		}
	}
	if err := b.TryEval(nil, `return 1`); err == nil {
		t.Error("a syntax error is no error")
	}
}

func testInput(t *testing.T, b *browser.Browser, url string) {
	b.Navigate(url + "/")
	b.Click("#far")
	is(t, b, `far.textContent`, "clicked")
	b.Click("#host >>> button")
	is(t, b, `host.title`, "clicked")
	b.Type("#query", "jas")
	b.Eval(`() => { keys.length = 0 }`)
	b.Key("s", browser.KeyLeft, browser.KeyDown, browser.KeyEscape, browser.KeyTab)
	is(t, b, `document.activeElement.id`, "far")
	b.Key(browser.KeyEnter, browser.KeyShift+browser.KeyTab)
	is(t, b, `document.activeElement.id + query.value`, "queryjass")
	is(t, b, `keys.slice(0, -1).join()`, "s,ArrowLeft,ArrowDown,Escape,Tab,Enter,+Shift") // the last is Unidentified in WebKit
	b.Hover("#menu")
	is(t, b, `getComputedStyle(menu).color`, "rgb(1, 2, 3)")
}

func testViewport(t *testing.T, b *browser.Browser, url string) {
	b.Navigate(url + "/")
	for _, want := range [][2]int{{1280, 800}, {320, 568}, {1024, 700}} {
		b.Resize(want[0], want[1])
		is(t, b, `matchMedia("(width < 600px)").matches`, want[0] < 600)
		shot, err := png.Decode(bytes.NewReader(b.Screenshot()))
		if err != nil {
			t.Fatal(err)
		}
		// Beside the page there may be a scrollbar.
		if size := shot.Bounds().Size(); size.X > want[0] || size.X < want[0]-20 || size.Y != want[1] {
			t.Errorf("a screenshot of %v has %v", want, size)
		}
	}
}

func testTabs(t *testing.T, b *browser.Browser, url string) {
	b.Navigate(url + "/")
	first := b.Tab()
	b.Eval(`() => { localStorage.a = 1; sessionStorage.b = 2 }`)
	second := b.Open(url + "/second")
	if b.Tab() != second || len(b.Tabs()) != 2 {
		t.Errorf("current is %s of %s", b.Tab(), b.Tabs())
	}
	is(t, b, `[localStorage.a, sessionStorage.b]`, []any{"1", nil})
	is(t, b, `document.visibilityState`, "visible")
	is(t, b, `[innerWidth, innerHeight]`, []any{1024.0, 700.0}) // of testViewport
	b.Switch(first)
	is(t, b, `[document.title, sessionStorage.b]`, []any{"Shop", "2"})
	b.Switch(second)
	b.Close()
	is(t, b, `document.title`, "Shop")
}

func testStrict(t *testing.T, b *browser.Browser, url string) {
	b.Navigate(url + "/strict")
	is(t, b, `sum`, 42.0)
	is(t, b, `evaluated`, "EvalError")
}

func testConsole(t *testing.T, b *browser.Browser, url string) {
	b.Navigate(url + "/noisy")
	b.CollectErrors()
	b.Console()
	b.Eval(`() => {
		console.log("a remark"); console.warn("a warning"); console.error("an error", {of: 1});
		setTimeout(() => { throw new Error("uncaught") });
		Promise.reject(new Error("unhandled"));
	}`)
	b.Eval(`new Promise(done => setTimeout(done, 100))`)
	levels := map[string]string{"a remark": "info", "a warning": "warning", "an error": "error", "uncaught": "error", "unhandled": "error"}
	messages := b.Console()
	for text, level := range levels {
		found := 0
		for _, m := range messages {
			if strings.Contains(m.Text, text) && m.Level == level {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%d messages have %q and level %s", found, text, level)
		}
	}
	if len(messages) != len(levels) {
		t.Errorf("got %d messages: %s", len(messages), messages)
	}
	if again := b.Console(); len(again) > 0 {
		t.Errorf("these come again: %s", again)
	}
}
