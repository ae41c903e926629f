package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/nabij/nabij/web/browser"
)

const (
	// shownRoot is where the list stands that the page shows: in the element's shadow root, or where an edge has put it.
	shownRoot = `((e) => (e.shadowRoot?.querySelector("slot[name=nabij]") ? e.querySelector("[slot=nabij]") : e.shadowRoot))(document.querySelector("nabij-suggestions"))`
	isFilled  = shownRoot + `?.querySelectorAll("li").length > 0`
	limit     = 30 * time.Second
)

// titles returns what the page suggests.
func titles(b *browser.Browser) []string {
	var got []string
	b.EvalInto(&got, `[...`+shownRoot+`.querySelectorAll("[part=title]")].map((e) => e.textContent)`)
	return got
}

// complaints returns what the page's console has, but for what Firefox says of services of its own.
func complaints(b *browser.Browser) []browser.Message {
	return slices.DeleteFunc(b.Console(), func(m browser.Message) bool { return strings.HasPrefix(m.Text, "RSLoader") })
}

// A visit of three pages: suggestions on each, at layer 1 on the first and at layer 2 from then on, and no error.
func TestVisit(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, _ *shop) {
		for k, page := range []string{"/p/item-3", "/p/item-5", "/p/item-8"} {
			b.Navigate(r.URL + page)
			b.CollectErrors()
			b.Wait(isFilled, limit)
			assert.Len(t, titles(b), 6)
			var layer float64
			b.EvalInto(&layer, `nabij.suggest({ slot: "product" }).layer`)
			assert.Equal(t, float64(min(k+1, 2)), layer)
			assert.Empty(t, complaints(b))
		}
	})
}

// A picture that does not come leaves its place empty; without a picture nothing lies on the title.
func TestMissingPictures(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		const covered = `() => [...document.querySelector("nabij-suggestions").shadowRoot.querySelectorAll("li")].some((li) => {
			const range = document.createRange();
			range.selectNodeContents(li.querySelector("[part=title]"));
			const { left, right, top, bottom } = li.querySelector("button").getBoundingClientRect();
			return [...range.getClientRects()].some((line) => line.left < right && line.right > left && line.top < bottom && line.bottom > top);
		})`
		s.pictures = http.StatusNotFound
		b.Navigate(r.URL + "/p/item-3")
		b.Wait(isFilled, limit)
		b.Wait(`(() => {
			const images = [...document.querySelector("nabij-suggestions").shadowRoot.querySelectorAll("img")];
			return images.length === 6 && images.every((image) => !image.hasAttribute("src"));
		})()`, limit)
		assert.Equal(t, false, b.Eval(covered))
		s.body = strings.Replace(s.body, `slot-name="product"`, `slot-name="product" images="none"`, 1)
		b.Navigate(r.URL + "/p/item-5")
		b.Wait(isFilled, limit)
		assert.Equal(t, false, b.Eval(covered))
	})
}
