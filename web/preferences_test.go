package web_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/nabij/nabij/web/browser"
)

// wishes are what the panel lists as declared, and what it says of each.
func wishes(b *browser.Browser) (got []string) {
	b.EvalInto(&got, `[...document.querySelector("nabij-control").shadowRoot.querySelectorAll("[part=declared] li")].map((li) => [
		li.querySelector("bdi").textContent, li.querySelector("input").value, li.textContent.includes("not on this page") ? "elsewhere" : ""].join(" ").trim())`)
	return got
}

// What is declared in the panel leads the slots of the page at once, is listed, changed, kept as a file, taken back, and gone on the next
// page at layer 2, though it is still told.
func TestPreferences(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		s.body = panelBody
		const asked = `document.querySelector("nabij-suggestions").shadowRoot?.textContent.includes("You are looking for")`
		panel := func(page string) {
			open(b, r.URL+page)
			b.CollectErrors()
			b.Wait(hasPanel, limit)
			b.Click("nabij-control >>> summary")
			b.Wait(`!!document.querySelector("nabij-control").shadowRoot.querySelector("[part=facets]")`, limit)
		}
		tick := func(facet string) {
			b.Eval(`(facet) => [...document.querySelector("nabij-control").shadowRoot.querySelectorAll("[part=facets] label")]
				.find((l) => l.textContent === facet).querySelector("input").click()`, facet)
		}
		panel("/p/item-3")
		var groups []string
		b.EvalInto(&groups, `[...document.querySelector("nabij-control").shadowRoot.querySelectorAll("[part=facets]")].map((f) => f.innerText.trim().replace(/\n+/g, " "))`)
		assert.Equal(t, []string{"Price €0–300 €300+", "Colour red blue green", "Size S L"}, groups)

		quiet(t, r)
		tick("blue")
		b.Wait(asked, limit)
		tick("S")
		assert.Equal(t, []string{"blue 100", "S 100"}, wishes(b))
		var reasons []string
		b.EvalInto(&reasons, `[...document.querySelector("nabij-suggestions").shadowRoot.querySelectorAll("[part=reason]")].map((e) => e.textContent)`)
		assert.Contains(t, reasons, "You are looking for blue")

		b.Eval(`() => { const s = document.querySelector("nabij-control").shadowRoot.querySelector("[type=range]"); s.value = 50; s.dispatchEvent(new Event("change")); }`)
		assert.Equal(t, []string{"S 100", "blue 50"}, wishes(b), "what was declared last comes last")
		var kept string
		b.EvalInto(&kept, `(async () => {
			const make = URL.createObjectURL;
			let text;
			URL.createObjectURL = (blob) => ((text = blob.text()), make.call(URL, blob));
			document.querySelector("nabij-control").shadowRoot.querySelector("[part=export]").click();
			URL.createObjectURL = make;
			return JSON.stringify(JSON.parse(await text));
		})()`)
		assert.Equal(t, `[{"facet":"size: S","strength":100},{"facet":"colour: blue","strength":50}]`, kept)
		assert.Empty(t, quiet(t, r), "nothing is fetched for it")

		panel("/p/item-5")
		assert.Equal(t, []string{"S 100 elsewhere", "blue 50 elsewhere"}, wishes(b))
		assert.Equal(t, false, b.Eval(asked))
		assert.NotContains(t, strings.Join(counted(b), "\n"), "You are looking for")
		b.Eval(`() => nabij.prefer({ topic: "Topic 2", strength: 100 })`)
		b.Click("nabij-control >>> [part=remove]")
		assert.Equal(t, []string{"blue 50 elsewhere", "Topic 2 100"}, wishes(b))
		b.Click("nabij-control >>> [part=clear]")
		assert.Empty(t, wishes(b))
		assert.Equal(t, `[]`, b.Eval(`JSON.stringify(nabij.preferences())`))
		var refused string
		b.EvalInto(&refused, `(() => { try { nabij.prefer({ facet: "colour: purple", strength: 100 }); return "" } catch (e) { return e.message } })()`)
		assert.Contains(t, refused, "signal.topic: none")
		assert.Empty(t, complaints(b))
	})
}
