package web_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/nabij/nabij/web/browser"
)

// watchShifts adds up what moves under the visitor's eye, from before the page's first paint.
const watchShifts = `window.moved = 0;
new PerformanceObserver((list) => { for (const e of list.getEntries()) moved += e.value; }).observe({ type: "layout-shift", buffered: true });
`

// pictured says that what is shown has its pictures: they come once all of the slot's have.
const pictured = `[...` + shownRoot + `.querySelectorAll("img")].every((i) => i.src && i.complete)`

// Nothing moves when suggestions come, be the slot empty, with a fallback that is smaller or larger, or out of view.
func TestNothingMoves(t *testing.T) {
	t.Parallel()
	b := browser.Reuse(t, browser.Chromium)
	b.CPUThrottle(4)
	const room = "nabij-suggestions { display: block; min-block-size: 20rem }"
	for _, test := range []struct{ name, css, body string }{
		{"an empty slot", room, `<h1>%s</h1><nabij-suggestions slot-name="product"></nabij-suggestions><p>below</p>`},
		{"an empty slot without room", "", `<h1>%s</h1><nabij-suggestions slot-name="product"></nabij-suggestions><p>below</p>`},
		{"a small fallback", "", `<h1>%s</h1><nabij-suggestions slot-name="product"><p>Something</p><p>to read</p></nabij-suggestions><p>below</p>`},
		{"a large fallback", "", `<h1>%s</h1><nabij-suggestions slot-name="product"><svg width="600" height="500"></svg></nabij-suggestions><p>below</p>`},
		{"a slot out of view", "", `<h1>%s</h1><svg width="9" height="2000"></svg><nabij-suggestions slot-name="product"><p>Something</p></nabij-suggestions><p>below</p>`},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := b.With(t)
			s := watchedShop(t, watchShifts)
			s.css, s.body = test.css, test.body
			r := browser.NewRecorder(t, s)
			for _, page := range []string{"/p/item-3", "/p/item-5"} {
				b.Navigate(r.URL + page)
				b.Wait(`typeof nabij === "object" && nabij.ready.then(() => true)`, limit)
				b.Wait(pictured, limit)
				// What the last frames have moved is told after them.
				b.Eval(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 200))))`)
				var got struct{ Moved, Filled float64 }
				b.EvalInto(&got, `({ moved, filled: document.querySelector("nabij-suggestions").shadowRoot.querySelectorAll("li").length })`)
				assert.Zero(t, got.Moved)
				t.Logf("%v suggestions", got.Filled)
			}
		})
	}
}
