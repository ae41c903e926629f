package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web/browser"
	"github.com/nabij/nabij/web/browser/sight"
)

// cards have the focus around them when it is on their link.
const cards = ".card, .tile"

// stop is an element at which the Tab key stops.
type stop struct {
	// Name is its text or label; In names what it stands in: a slot, or else header, main or footer.
	Name, In                 string
	Left, Top, Right, Bottom float64 // on the page
}

// atStop describes the focused element, at whatever depth of shadow trees; it is null where the focus is nowhere.
const atStop = `() => {
	let e = document.activeElement;
	const host = e;
	while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
	if (!e || e === document.body || e === document.documentElement) return null;
	const { left, top, right, bottom } = e.getBoundingClientRect();
	const label = e.ariaLabel || e.labels?.[0]?.textContent || e.querySelector("[part=title]")?.textContent || e.textContent;
	return { name: label.trim().replace(/\s+/g, " "), in: host.getAttribute("slot-name") ?? e.closest("header.top, main, footer")?.localName ?? "",
		left: left + scrollX, top: top + scrollY, right: right + scrollX, bottom: bottom + scrollY };
}`

// follows reports whether the stop is right of another one, below it, or on top of it as a button in a field.
func (s *stop) follows(o *stop) bool {
	inside := s.Left >= o.Left && s.Top >= o.Top && s.Right <= o.Right+1 && s.Bottom <= o.Bottom+1
	return inside || s.Left >= o.Right-1 || s.Top >= o.Bottom-1
}

// tab presses Tab and returns where it stops; nothing where the page ends.
func tab(b *browser.Browser) *stop {
	b.Key(browser.KeyTab)
	var at *stop
	b.EvalInto(&at, atStop)
	return at
}

// tabTo presses Tab until the element of that name has the focus, which must come before the page's end, and be visible.
func tabTo(t *testing.T, b *browser.Browser, in, name string) stop {
	t.Helper()
	for range 150 {
		at := tab(b)
		require.NotNil(t, at, "%q is nowhere", name)
		if at.In == in && at.Name == name {
			sight.Focus(t, b, cards)
			return *at
		}
	}
	require.Fail(t, "the focus does not get out", "on the way to %q", name)
	return stop{}
}

// A visitor without a mouse sees where the focus is on every stop of a page, in the order in which the page reads, and gets
// to its end.
func TestEveryStop(t *testing.T) {
	t.Parallel()
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			t.Parallel()
			b := browser.Start(t, engine)
			origin := demoOnTheWeb(t)
			b.Resize(1280, 800)
			pageNamed(t, "product").open(b, origin)
			before := tab(b)
			require.NotNil(t, before)
			assert.Equal(t, "Skip to content", before.Name)
			sight.Focus(t, b, cards)
			names := map[string]int{}
			for n := 1; ; n++ {
				at := tab(b)
				if at == nil || at.Name == "Skip to content" {
					break // or the first again, where a browser has nothing around its page
				}
				require.Less(t, n, 100, "the focus does not get out")
				names[at.In]++
				sight.Focus(t, b, cards)
				if before.Name != "Skip to content" { // which is not there without the focus
					assert.True(t, at.follows(before), "%+v is not after %+v", at, before)
				}
				before = at
			}
			assert.Equal(t, map[string]int{"header": 14, "main": 5, "product": 8, "advice": 6, "footer": 16}, names)
		})
	}
}

// pageNamed returns an English page.
func pageNamed(t *testing.T, name string) demoPage {
	t.Helper()
	for _, page := range demoPages(t, "en") {
		if page.name == name {
			return page
		}
	}
	require.Fail(t, "no such page", name)
	return demoPage{}
}

// A visit without a mouse: past the menu, through department, product and suggestions into the basket, and a search.
func TestVisitByKeyboard(t *testing.T) {
	t.Parallel()
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			t.Parallel()
			b := browser.Start(t, engine)
			origin := demoOnTheWeb(t)
			b.Resize(1280, 800)
			pageNamed(t, "home").open(b, origin)
			enter := func(want string) {
				t.Helper()
				b.Eval(`() => { window.left = true; }`)
				b.Key(browser.KeyEnter)
				b.Wait(`!window.left && document.readyState === "complete"`, limit)
				b.Wait(settled, limit)
				assert.Equal(t, want, b.Eval(`document.querySelector("h1").textContent`))
			}

			tabTo(t, b, "", "Skip to content")
			b.Key(browser.KeyEnter)
			b.Wait(`document.activeElement.id === "content"`, limit)
			tabTo(t, b, "main", "Look at bicycles")

			b.Navigate(origin + "/en/")
			b.Wait(settled, limit)
			tabTo(t, b, "header", "Search the shop")
			b.Key("b", "u", "i")
			enter("Results for ‘bui’")

			tabTo(t, b, "header", "Clothing")
			enter("Clothing")
			tabTo(t, b, "main", "Rainwear")
			enter("Rainwear")
			tabTo(t, b, "main", "Rain jacket Miezer Stortregen")
			enter("Rain jacket Miezer Stortregen")

			// Each suggestion is a link and then what takes it away. The focus goes on where one was taken.
			titles := func() (got []string) {
				b.EvalInto(&got, `[...document.querySelector("[slot-name=product]").shadowRoot.querySelectorAll("[part=title]")].map((e) => e.textContent)`)
				return got
			}
			list := titles()
			require.Len(t, list, 4)
			tabTo(t, b, "product", list[0])
			assert.Equal(t, "Not for me: "+list[0], tab(b).Name)
			assert.Equal(t, list[1], tab(b).Name)
			assert.Equal(t, "Not for me: "+list[1], tab(b).Name)
			b.Key(browser.KeySpace)
			assert.Equal(t, []string{list[0], list[2], list[3]}, titles())
			var at *stop
			b.EvalInto(&at, atStop)
			require.NotNil(t, at, "the focus is lost with what was dismissed")
			assert.Equal(t, list[2], at.Name)
			sight.Focus(t, b, cards)
			b.Wait(`document.querySelector("[slot-name=product]").shadowRoot.querySelector("output")?.textContent === "Removed."`, limit)
			enter(list[2])

			tabTo(t, b, "main", "Add to basket")
			enter("Basket")
			assert.Equal(t, list[2], b.Eval(`document.querySelector(".line a").textContent`))
			tabTo(t, b, "main", list[2])
			tabTo(t, b, "main", "Remove: "+list[2])
			tabTo(t, b, "main", "Place order")
			enter("Thank you for your order")
		})
	}
}
