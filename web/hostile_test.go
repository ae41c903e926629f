package web_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/web/browser"
)

// hostileTitles are what a catalogue may hold by mistake or by intent.
var hostileTitles = []string{
	`<img src=x onerror="window.hacked=1">`,
	`"><script>window.hacked=1</script>`,
	"\u202egnp.exe \u2066and back\u2069",
	strings.Repeat("Long ", 2000),
	"${window.hacked=1} {{window.hacked=1}}",
	"\u200b\u0000\u0007zero",
}

// Titles are text, and stay where they belong: nothing runs, nothing overflows its box.
func TestHostileCatalogue(t *testing.T) {
	t.Parallel()
	src := pack.Source{
		Slots:  []pack.Slot{{Name: "product", Kinds: pack.AllKinds, Size: 6, Layer: 3}},
		Policy: pack.DefaultPolicy(),
	}
	for k, title := range append([]string{"A page"}, hostileTitles...) {
		id := "item-" + string(rune('a'+k))
		src.Items = append(src.Items, pack.Item{ID: id, URL: "/p/" + id, Title: title, Image: "/i/" + id + ".svg", Popularity: uint16(100 - k)})
	}
	data, err := pack.Write(src)
	require.NoError(t, err)
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		s.pack = data
		s.pins(t)
		b.Navigate(r.URL + "/p/item-a")
		b.CollectErrors()
		b.Wait(isFilled, limit)
		got := titles(b)
		require.Len(t, got, len(hostileTitles))
		for _, title := range hostileTitles {
			assert.Contains(t, got, title)
		}
		var found struct {
			Hacked   bool
			Elements int
			Height   float64
			Width    float64
		}
		b.EvalInto(&found, `() => {
			const titles = [...document.querySelector("nabij-suggestions").shadowRoot.querySelectorAll("[part=title]")];
			return { hacked: "hacked" in window, elements: titles.reduce((n, e) => n + e.childElementCount, 0),
				height: Math.max(...titles.map((e) => e.offsetHeight)), width: document.documentElement.scrollWidth - innerWidth };
		}`)
		assert.False(t, found.Hacked)
		assert.Zero(t, found.Elements, "a title has become markup")
		assert.Less(t, found.Height, 100.0, "a title takes more than its lines")
		assert.LessOrEqual(t, found.Width, 0.0, "the page has become wider than its window")
		assert.Empty(t, complaints(b))
	})
}
