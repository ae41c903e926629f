package web_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web/browser"
)

const (
	panelBody = `<h1>%s</h1><nabij-control><p>later</p></nabij-control><nabij-suggestions slot-name="product"></nabij-suggestions>`
	hasPanel  = `!!document.querySelector("nabij-control").shadowRoot?.querySelector("[part=counted]")?.firstChild`
)

// counted returns the lines of what counts, in the panel's words.
func counted(b *browser.Browser) []string {
	var got []string
	b.EvalInto(&got, `[...document.querySelector("nabij-control").shadowRoot.querySelectorAll("[part=counted] li bdi, [part=counted] p")].map((e) => e.textContent)`)
	return got
}

func said(b *browser.Browser) (got string) {
	b.EvalInto(&got, `document.querySelector("nabij-control").shadowRoot.querySelector("[role=status]").textContent`)
	return got
}

// The panel says what counts in words, and what the visitor does in it works: a wish, a layer, a pause, forgetting.
func TestPanel(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		s.body = panelBody
		panel := func(page string) {
			open(b, r.URL+page)
			b.CollectErrors()
			b.Wait(hasPanel, limit)
		}
		panel("/p/item-3")
		assert.Equal(t, false, b.Eval(`() => !!document.querySelector("nabij-control").shadowRoot.querySelector("[part=policy]")`), "no page was named")
		assert.Equal(t, []string{"Suggestions stay general until page 2 of a visit.", "Viewed: Item 3 of the shop"}, counted(b)[:2])
		panel("/p/item-5")
		b.Eval(`() => nabij.observe({ signal: "basket-add", item: "item-5" })`)
		panel("/p/item-8")
		assert.Equal(t, "Viewed: ", counted(b)[0][:8])
		assert.Contains(t, strings.Join(counted(b), "\n"), "Into the basket: ")

		b.Click("nabij-control >>> summary")
		b.Click("nabij-control >>> [part=topics] input")
		b.Wait(`document.querySelector("nabij-control").shadowRoot.querySelector("[role=status]").textContent.startsWith("Noted: ")`, limit)
		assert.Contains(t, strings.Join(counted(b), "\n"), "You are looking for: ")
		panel("/p/item-9")
		b.Click("nabij-control >>> summary")
		b.Wait(`document.querySelector("nabij-control").shadowRoot.querySelector("[part=topics] input")?.checked`, limit)

		b.Click("nabij-control >>> label:nth-of-type(3) input")
		b.Wait(`nabij.layer === 3`, limit)
		assert.Equal(t, "Noted. It works from the next page on.", said(b))
		b.Click("nabij-control >>> [part=actions] input")
		b.Wait(`nabij.paused`, limit)
		assert.Equal(t, []string{"Nothing is added while this is on, and suggestions are general."}, counted(b))
		b.Click("nabij-control >>> [part=actions] input")
		b.Wait(`!nabij.paused`, limit)

		b.Click("nabij-control >>> [part=forget]")
		b.Wait(`document.querySelector("nabij-control").shadowRoot.querySelector("[role=status]").textContent.startsWith("Forgotten")`, limit)
		assert.Equal(t, "Nothing yet.", counted(b)[len(counted(b))-1])
		assert.Contains(t, keptBy(b).Local, "nabij=3..", "the choice stays")
		assert.Empty(t, complaints(b))
	})
}

// The panel's file is fetched by pages that have the panel, and by no others; without a visit the panel's own content stays.
func TestPanelIsFetchedForItsElement(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		s.cache = "no-store"
		fetched := func() (n int) {
			for _, request := range r.Requests() {
				if strings.Contains(string(request.Raw), "/nabij.1.js") {
					n++
				}
			}
			return n
		}
		open(b, r.URL+"/p/item-3")
		b.Eval(`() => document.body.append(document.createElement("nabij-control"))`)
		quiet(t, r)
		s.body = panelBody
		open(b, r.URL+"/p/item-5")
		b.Wait(hasPanel, limit)
		assert.Equal(t, 1, fetched())

		s.module = []byte("damaged")
		b.Navigate(r.URL + "/p/item-8")
		quiet(t, r)
		var text string
		b.EvalInto(&text, `document.querySelector("nabij-control").innerText`)
		assert.Equal(t, "later", strings.TrimSpace(text))
	})
}

// The panel speaks the language that its element is in, and links to what visitors may read of the policy, where the page says so.
func TestPanelInDutch(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.body = strings.Replace(panelBody, "<nabij-control>", `<nabij-control lang="nl-BE" policy="/nabij/policy.nl.html">`, 1)
	r := browser.NewRecorder(t, s)
	b := browser.Reuse(t, browser.Chromium)
	open(b, r.URL+"/p/item-3")
	b.Wait(hasPanel, limit)
	require.NotEmpty(t, counted(b))
	assert.Contains(t, counted(b)[1], "Bekeken: ")
	var link struct{ Path, Text string }
	b.EvalInto(&link, `(() => { const { pathname, textContent } = document.querySelector("nabij-control").shadowRoot.querySelector("[part=policy]"); return { path: pathname, text: textContent }; })()`)
	assert.Equal(t, "/nabij/policy.nl.html", link.Path)
	assert.Equal(t, "Hoe suggesties hier werken", link.Text)
}
