package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/edge/markup"
	"github.com/nabij/nabij/host/edge/moment"
	"github.com/nabij/nabij/web"
	"github.com/nabij/nabij/web/browser"
)

const (
	slotEnd   = "</nabij-suggestions>"
	scriptTag = `<script defer src="/nabij/nabij.js"`
	// spacer keeps what follows it out of the window.
	spacer = `<svg width="9" height="4000"></svg>`
	// edgeBody has a slot in view and one that is not.
	edgeBody = `<h1>%s</h1><nabij-suggestions slot-name="product"><p>Fallback</p></nabij-suggestions><p>below</p>` + spacer +
		`<nabij-suggestions slot-name="product"><p>Fallback</p></nabij-suggestions><p>the end</p>`
)

// watchEdge notes every change of the document and of shadow roots, what moves, and what is told to the visit, from before our script runs.
const watchEdge = `window.changes = [];
const observer = new MutationObserver((records) => { for (const r of records) changes.push(r.type + " " + (r.target.localName ?? r.target.nodeName) + " " + r.attributeName); });
const all = { subtree: true, childList: true, attributes: true, characterData: true };
observer.observe(document, all);
for (const e of document.querySelectorAll("nabij-suggestions")) if (e.shadowRoot) observer.observe(e.shadowRoot, all);
window.moved = 0;
if (PerformanceObserver.supportedEntryTypes.includes("layout-shift")) {
	new PerformanceObserver((list) => { for (const e of list.getEntries()) moved += e.value; }).observe({ type: "layout-shift", buffered: true });
}
window.told = [];
addEventListener("DOMContentLoaded", () => {
	if (!window.nabij) return;
	const { observe } = nabij;
	nabij.observe = (...signals) => { told.push(...signals.map((s) => s.signal + " " + s.item)); return observe.apply(nabij, signals); };
});
`

// lists tells whose list each slot shows.
const lists = `[...document.querySelectorAll("nabij-suggestions")].map((e) => (e.shadowRoot.querySelector("ul") ? "own" : "edge"))`

// settled waits until the visit is ready, its pictures are there, and what the last frames have moved is told.
func settled(b *browser.Browser) {
	b.Wait(`nabij.ready.then(() => true)`, limit)
	b.Eval(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 300))))`)
}

// edgeShop is a shop behind an edge, whose visitors are at a desktop on a working day's afternoon. Its pages first load /watch.js.
func edgeShop(t testing.TB) *shop {
	s := newShop(t)
	var err error
	s.script, err = web.Script(web.Pins{
		Module: pin("nabij.1.wasm", s.module), Pack: pin("nabij.1.pack", s.pack), Control: pin("nabij.1.js", s.control),
	})
	require.NoError(t, err)
	style, err := web.Style()
	require.NoError(t, err)
	s.css, s.body = "", edgeBody
	s.head = `<script defer src="/watch.js"></script>`
	s.files = map[string]func(http.ResponseWriter, *http.Request){
		"/watch.js": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, watchEdge)
		},
		"/nabij/" + web.StyleName: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/css")
			w.Write(style)
		},
	}
	s.edge = filler(t, s.pack)
	return s
}

// filler adds to a page what an edge does, at layer 1.
func filler(t testing.TB, data []byte) func(path, page string) string {
	p, err := pack.Open(data)
	require.NoError(t, err)
	class, err := moment.Parse("3.5.9.0.18.0")
	require.NoError(t, err)
	return func(path, page string) string {
		slot, ok := p.FindSlot([]byte("product"))
		require.True(t, ok)
		item, ok := p.FindID([]byte(filepath.Base(path)))
		if !ok {
			item = pack.NoItem
		}
		request := core.Request{Layer: 1, Slot: slot, Item: item, Topic: pack.NoTopic, Context: class.Context()}
		request.Context.Language = 2 // pages are in the second of the pack's, English
		reply, refused := core.NewEngine(p).Suggest(new(core.Session), &request)
		require.Nil(t, refused)
		var template []byte
		if _, after, ok := strings.Cut(page, "<template>"); ok {
			before, _, _ := strings.Cut(after, "</template>")
			template = []byte(before)
		}
		list := markup.Suggestions(nil, p, reply.Suggestions, markup.Slot{Language: "en", Images: true, Template: template})
		page = strings.ReplaceAll(page, slotEnd, string(list)+slotEnd)
		return strings.Replace(page, scriptTag, string(markup.Head(nil, class, "/nabij/", nil))+scriptTag, 1)
	}
}

// eachEdge runs a test in every engine, against a shop of its own that is behind an edge.
func eachEdge(t *testing.T, test func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop)) {
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			t.Parallel()
			s := edgeShop(t)
			r := browser.NewRecorder(t, s)
			test(t, browser.Reuse(t, engine), r, s)
		})
	}
}

// lateScript comes once the page can be seen; scripts that are to follow it wait.
func lateScript(w http.ResponseWriter, _ *http.Request) {
	time.Sleep(700 * time.Millisecond)
	w.Header().Set("Content-Type", "text/javascript")
}

// On the first page of a visit that an edge has filled nothing changes, in the document or in shadow roots, and nothing moves: whatever the
// visitor does there, at the highest layer. What is done with suggestions counts.
func TestEdgeHandOver(t *testing.T) {
	t.Parallel()
	eachEdge(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		open(b, r.URL+"/p/item-3")
		b.CollectErrors()
		settled(b)
		b.Eval(`() => {
			addEventListener("click", (e) => e.preventDefault());
			nabij.choose(2);
			nabij.observe({ signal: "basket-add", item: "item-40" });
		}`)
		const shown = `told.filter((t) => t.startsWith("shown")).length`
		b.Wait(shown+` > 3`, limit) // of a window that may be too narrow for all
		before := b.Eval(shown)
		b.Eval(`() => scrollTo(0, document.documentElement.scrollHeight)`)
		b.Wait(shown+` > `+fmt.Sprint(before), limit)
		b.Eval(`() => scrollTo(0, 0)`)
		b.Eval(`() => document.querySelector("[part=link]").click()`)
		settled(b)
		assert.Empty(t, b.Eval(`changes`))
		assert.Zero(t, b.Eval(`moved`))
		assert.Empty(t, complaints(b))

		var items []string
		b.EvalInto(&items, `[...document.querySelectorAll("[data-nabij-item]")].map((e) => e.dataset.nabijItem)`)
		require.Len(t, items, 12)
		assert.Equal(t, true, b.Eval(`(item) => told.includes("chosen " + item)`, items[0]))
		b.Click("nabij-suggestions [part=dismiss]")
		assert.Equal(t, true, b.Eval(`(item) => told.includes("dismissed " + item)`, items[0]))
		assert.Equal(t, []any{items[1], "link"}, b.Eval(`[document.activeElement.closest("li").dataset.nabijItem, document.activeElement.getAttribute("part")]`))
		b.Wait(`document.querySelector("nabij-suggestions").shadowRoot.querySelector("output").textContent === "Removed."`, limit)
		assert.Equal(t, 1.0, b.Eval(`document.querySelector("nabij-suggestions").shadowRoot.querySelectorAll("output").length`))
		assert.Equal(t, true, b.Eval(`(item) => nabij.suggest({ slot: "product" }).suggestions.every((s) => s.id !== item)`, items[0]), "the visit has heard it")
	})
}

// A script that runs while the page still comes, between a slot's start and the edge's list, goes on with the list as well.
func TestEdgeAsync(t *testing.T) {
	t.Parallel()
	eachEdge(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		s.tag = ` async`
		s.body = strings.Replace(edgeBody, "<p>Fallback</p>", `<p>Fallback</p><script src="/late.js"></script>`, 1)
		s.files["/late.js"] = func(w http.ResponseWriter, r *http.Request) {
			lateScript(w, r)
			fmt.Fprint(w, `window.early = [!!window.nabij, document.querySelectorAll("[data-nabij-item]").length];`)
		}
		open(b, r.URL+"/p/item-3")
		b.CollectErrors()
		settled(b)
		if b.Engine == browser.Chromium { // others may have it run later
			assert.Equal(t, []any{true, 0.0}, b.Eval(`early`), "the script has run before the list was there")
		}
		assert.Equal(t, []any{"edge", "edge"}, b.Eval(lists))
		assert.Equal(t, []any{6.0, 6.0}, b.Eval(`[...document.querySelectorAll("nabij-suggestions")].map((e) => [...e.querySelectorAll("li")].filter((e) => e.getClientRects().length).length)`))
		assert.Empty(t, b.Eval(`changes`))
		assert.Zero(t, b.Eval(`moved`))
		assert.Empty(t, complaints(b))
		first := b.Eval(`document.querySelector("[data-nabij-item]").dataset.nabijItem`)
		b.Click("nabij-suggestions [part=dismiss]")
		b.Wait(`document.querySelector("nabij-suggestions").shadowRoot.querySelector("output").textContent === "Removed."`, limit)
		assert.Equal(t, true, b.Eval(`(item) => nabij.suggest({ slot: "product" }).suggestions.every((s) => s.id !== item)`, first), "the visit has heard it")
	})
}

// On later pages the visit picks the list where the edge's was not seen; where it was, and at layer 1, it stays.
func TestEdgeLaterPages(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, tag string
		want      []any
	}{
		{"layer 2", "", []any{"edge", "own"}},
		{"layer 1", ` data-layer="1"`, []any{"edge", "edge"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			eachEdge(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
				// The script runs once the page has been painted.
				s.head = `<script defer src="/late.js"></script>` + s.head
				s.files["/late.js"] = lateScript
				s.tag = test.tag
				open(b, r.URL+"/p/item-3")
				settled(b)
				assert.Equal(t, []any{"edge", "edge"}, b.Eval(lists))
				open(b, r.URL+"/p/item-5")
				settled(b)
				b.Wait(`[...document.querySelectorAll("nabij-suggestions")].every((e) => [...e.shadowRoot.querySelectorAll("img")].every((i) => i.src))`, limit)
				assert.Equal(t, test.want, b.Eval(lists))
				assert.Zero(t, b.Eval(`moved`))
				if test.tag != "" {
					assert.Empty(t, b.Eval(`changes`))
				}
			})
		})
	}
}

// The site's own markup is gone on with, too, and filled anew on a later page.
func TestEdgeTemplates(t *testing.T) {
	t.Parallel()
	eachEdge(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		const shown = `[...document.querySelectorAll("article")].filter((e) => e.getClientRects().length).length`
		s.body = `<h1>%s</h1>` + spacer + `<nabij-suggestions slot-name="product"><p>Fallback</p><template><article><a data-nabij="link"><b data-nabij="title"></b></a><button data-nabij="dismiss">×</button></article></template></nabij-suggestions>`
		b.Navigate(r.URL + "/p/item-3")
		settled(b)
		assert.Equal(t, 6.0, b.Eval(shown))
		assert.Empty(t, b.Eval(`changes`))
		b.Eval(`() => document.querySelector("article button").click()`)
		assert.Equal(t, 5.0, b.Eval(shown))
		b.Navigate(r.URL + "/p/item-5")
		settled(b)
		assert.Equal(t, 6.0, b.Eval(shown))
		assert.Equal(t, false, b.Eval(`!!document.querySelector("[data-nabij-item]")`))
	})
}

// A browser that makes no root of the template shows the list as well, and the element goes on with it.
func TestEdgeWithoutDeclarativeRoots(t *testing.T) {
	t.Parallel()
	eachEdge(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		fill := s.edge
		s.edge = func(path, page string) string {
			return strings.ReplaceAll(fill(path, page), `shadowrootmode="open"`, `shadowrootmode="none"`)
		}
		const seen = `[...document.querySelectorAll("nabij-suggestions > *")].filter((e) => e.getClientRects().length).map((e) => e.localName)`
		s.files["/nabij/nabij.js"] = http.NotFound
		b.Navigate(r.URL + "/p/item-3")
		assert.Equal(t, []any{"ul", "ul"}, b.Eval(seen))
		delete(s.files, "/nabij/nabij.js")
		b.Navigate(r.URL + "/p/item-3")
		settled(b)
		assert.Equal(t, []any{"ul", "ul"}, b.Eval(seen))
		b.Click("nabij-suggestions [part=dismiss]")
		assert.Equal(t, 5.0, b.Eval(shownRoot+`.querySelectorAll("li").length`))
		b.Navigate(r.URL + "/p/item-5")
		settled(b)
		assert.Equal(t, 6.0, b.Eval(`document.querySelectorAll("nabij-suggestions")[1].shadowRoot.querySelectorAll("li").length`), "the visit's own")
	})
}

// What takes a suggestion away is not there where nobody listens to it.
func TestEdgeWithoutScript(t *testing.T) {
	t.Parallel()
	eachEdge(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		const visibility = `getComputedStyle(document.querySelector("[part=dismiss]")).visibility`
		s.files["/nabij/nabij.js"] = http.NotFound
		b.Navigate(r.URL + "/p/item-3")
		assert.Equal(t, "hidden", b.Eval(visibility))
		assert.Len(t, titles(b), 6)
		delete(s.files, "/nabij/nabij.js")
		b.Navigate(r.URL + "/p/item-3")
		settled(b)
		assert.Equal(t, "visible", b.Eval(visibility))
	})
}

// A list that an edge has put in looks as the element's own, whatever the site's style sheet says of lists, links and buttons, and takes what it says
// of the parts.
func TestEdgeLooks(t *testing.T) {
	t.Parallel()
	eachEdge(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		s.css = `* { letter-spacing: 1px } ul { padding: 9px 40px; list-style: square } main ul li { margin: 9px; font-weight: 700 } a { color: red; padding: 3px } a:visited { padding: 5px }
			img { max-width: 50px; height: auto; border: 3px solid } button { padding: 9px; background: red; min-width: 99px } span { display: inline-block; margin: 3px }
			nabij-suggestions { --nabij-gap: 2rem; --nabij-column: 12rem; font-size: 18px }
			nabij-suggestions::part(reason), nabij-suggestions [part=reason] { font-style: italic; font-size: 12px; }`
		s.body = `<main><h1>%s</h1>` + spacer + `<nabij-suggestions slot-name="product"></nabij-suggestions></main>`
		s.tag = ` data-layer="1"`
		looks := func() (of []any) {
			b.Navigate(r.URL + "/p/item-3")
			settled(b)
			b.Wait(isFilled, limit)
			b.Eval(`() => document.querySelector("nabij-suggestions").scrollIntoView()`)
			b.Wait(pictured, limit)
			b.EvalInto(&of, `(() => {
				const host = document.querySelector("nabij-suggestions").getBoundingClientRect();
				return [`+shownRoot+`].flatMap((root) => [root.querySelector("[part=list]") ?? root, ...root.querySelectorAll("[part=list] *, li, li *")]).map((e) => {
					const { x, y, width, height } = e.getBoundingClientRect();
					const style = getComputedStyle(e);
					const properties = ["display", "margin", "padding", "border", "color", "backgroundColor", "font", "textDecoration", "letterSpacing", "listStyle", "minWidth", "maxWidth", "visibility", "overflow"];
					return [e.getAttribute("part"), x - host.x, y - host.y, width, height, ...properties.map((p) => style[p])].join(" ");
				});
			})()`)
			return of
		}
		light := looks()
		fill := s.edge
		s.edge = func(path, page string) string {
			return strings.ReplaceAll(fill(path, strings.ReplaceAll(page, slotEnd, "</>")), "</>", slotEnd) // the head alone
		}
		shadow := looks()
		require.Greater(t, len(light), 40)
		assert.Equal(t, shadow, light)
	})
}

// The element makes what the edge does: the same elements, attributes and texts.
func TestEdgeMarkupIsTheElements(t *testing.T) {
	t.Parallel()
	const dir = "../wasm/edge/testdata/markup"
	var cases struct {
		Slots []struct {
			Name, File, PageLang, Item, Topic, Class, Slot string
			Lang, Label, Images, Template                  *string
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "cases.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &cases))
	eachEdge(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		var err error
		s.pack, err = os.ReadFile(filepath.Join(dir, "test.pack"))
		require.NoError(t, err)
		s.script, err = web.Script(web.Pins{Module: pin("nabij.1.wasm", s.module), Pack: pin("nabij.1.pack", s.pack), Control: pin("nabij.1.js", s.control)})
		require.NoError(t, err)
		s.tag = ` data-layer="1"`
		s.files["/watch.js"] = func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/javascript")
			// Pictures that do not come keep their address.
			fmt.Fprint(w, `Object.defineProperty(HTMLElement.prototype, "onerror", { set() {} });`)
		}
		for _, c := range cases.Slots {
			want, err := os.ReadFile(filepath.Join(dir, c.File+".html"))
			require.NoError(t, err)
			if len(want) == 0 {
				continue // nothing to suggest, or a template that only a browser can read
			}
			t.Run(c.Name, func(t *testing.T) {
				b := b.With(t)
				s.edge = func(string, string) string {
					escape := func(text string) string { return string(markup.AppendText(nil, text)) }
					slot := `<nabij-suggestions slot-name="` + c.Slot + `"`
					for name, value := range map[string]*string{"lang": c.Lang, "label": c.Label, "images": c.Images} {
						if value != nil {
							slot += " " + name + `="` + escape(*value) + `"`
						}
					}
					slot += ">"
					if c.Template != nil {
						slot += "<template>" + *c.Template + "</template>"
					}
					class, err := moment.Parse(c.Class)
					require.NoError(t, err)
					head := string(markup.Head(nil, class, "/nabij/", nil))
					for name, value := range map[string]string{"nabij-item": c.Item, "nabij-topic": c.Topic} {
						if value != "" {
							head += `<meta name="` + name + `" content="` + escape(value) + `">`
						}
					}
					return fmt.Sprintf(`<!doctype html><html lang="%s"><head><meta charset="utf-8"><title>Page</title>%s%s<script defer src="/nabij/nabij.js"%s></script></head><body>%s%s%s<template id="edge">%s</template>`,
						c.PageLang, head, s.head, s.tag, spacer, slot, slotEnd, bytes.TrimPrefix(want, []byte(`<template shadowrootmode="open"><slot name="nabij"></slot></template>`)))
				}
				b.Navigate(r.URL + "/page")
				settled(b)
				var got struct{ Own, Edge []any }
				b.EvalInto(&got, `((chrome) => {
					// A button in a shadow root is of no form of the page's, so it need not say that it sends none.
					const edges = ["slot", "data-nabij-item", "type"];
					// Each browser's Intl has its own idea of some currencies and languages.
					const price = (n) => chrome || !n.matches("[part=price],[data-nabij=price]") ? [...n.childNodes].map(tell) : "";
					const tell = (n) => n.nodeType !== 1 ? n.data : [n.localName, ...[...n.attributes].filter((a) => !edges.includes(a.name)).map((a) => a.name + "=" + a.value).sort(), price(n)];
					const slot = document.querySelector("nabij-suggestions");
					const own = slot.querySelector("template") ? [...slot.children].slice(1) : [slot.shadowRoot.querySelector("ul")];
					return { own: own.map(tell), edge: [...document.querySelector("#edge").content.children].map(tell) };
				})(`+fmt.Sprint(b.Engine == browser.Chromium)+`)`)
				assert.Equal(t, got.Edge, got.Own)
			})
		}
	})
}

// What visitors do on pages that an edge has filled changes no request.
func TestEdgeBehaviourStaysHere(t *testing.T) {
	t.Parallel()
	s, long := edgeShop(t), longShop(t, new(string))
	s.body = spacer + long.body // the visit picks lists of what was not seen
	for path, serve := range long.files {
		s.files[path] = serve
	}
	behaviourStaysHere(t, s)
}
