package pagetest

import (
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/edge/markup"
)

// Markup are the cases of what is added to slots and heads, which package markup writes: in wasm/edge/testdata/markup.
type Markup struct {
	Slots []Slot
	Heads []Head
}

// Slot is a page with a slot.
type Slot struct {
	Name, File, PageLang, Item, Topic, Class, Slot string
	Lang, Label, Images, Template                  *string
	// Want is what is added before SlotEnd.
	Want string `json:"-"`
}

// SlotEnd ends a page with a slot, of which Slot.Page is what comes before.
const SlotEnd = "</nabij-suggestions\n></body></html>"

// Head is what is added to the head of a page.
type Head struct {
	Name, File, Class, Base string
	Preloads                []markup.Preload
	// Want is what is added between HeadBegin and HeadEnd.
	Want string `json:"-"`
}

// HeadBegin and HeadEnd are a page with a script.
const (
	HeadBegin = "<html><head>"
	HeadEnd   = "<script src=https://cdn.example/nabij.js?v=1#x defer></script></head><p>"
)

// LoadMarkup reads the cases, from the package's directory of the test to that of the repository by root.
func LoadMarkup(t *testing.T, root string) (m Markup) {
	t.Helper()
	dir := filepath.Join(root, "wasm/edge/testdata/markup")
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		return data
	}
	require.NoError(t, json.Unmarshal(read("cases.json"), &m))
	require.NotEmpty(t, m.Slots)
	for k, c := range m.Slots {
		m.Slots[k].Want = string(read(c.File + ".html"))
	}
	for k, c := range m.Heads {
		m.Heads[k].Want = string(read(c.File + ".html"))
	}
	return m
}

// Page returns the page up to the slot's end tag.
func (c Slot) Page() string {
	var b strings.Builder
	attribute := func(name string, value *string) {
		if value != nil {
			b.WriteString(" " + name + `="` + html.EscapeString(*value) + `"`)
		}
	}
	b.WriteString("<!doctype html><html")
	attribute("lang", &c.PageLang)
	b.WriteString("><head><title>x</title><meta name=nabij-item")
	attribute("content", &c.Item)
	b.WriteString("><meta name='nabij-topic'")
	attribute("content", &c.Topic)
	b.WriteString("></head><body><NABIJ-suggestions")
	attribute("slot-name", &c.Slot)
	attribute("lang", c.Lang)
	attribute("label", c.Label)
	attribute("images", c.Images)
	b.WriteString("><p>fallback</p>")
	if c.Template != nil {
		b.WriteString("<template>" + *c.Template + "</template><template>another</template>")
	}
	return b.String()
}
