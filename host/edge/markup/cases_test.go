package markup_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/edge/markup"
	"github.com/nabij/nabij/host/edge/moment"
)

// A slotCase is a slot of a page, and FILE.html what goes before its end tag: what the engine suggests there at layer 1 is its list.
type slotCase struct {
	Name string `json:"name"`
	File string `json:"file"`
	// PageLang is html's lang; Item and Topic what the page is about, the topic by its path.
	PageLang string `json:"pageLang"`
	Item     string `json:"item,omitempty"`
	Topic    string `json:"topic,omitempty"`
	Class    string `json:"class"`
	// Slot is slot-name; the following are the element's attributes, null where it has none.
	Slot   string  `json:"slot"`
	Lang   *string `json:"lang,omitempty"`
	Label  *string `json:"label,omitempty"`
	Images *string `json:"images,omitempty"`
	// Template is what stands in the element's <template>, null where it has none.
	Template *string `json:"template,omitempty"`
	List     []entry `json:"list"`
}

// An entry is a suggestion: items by their ids, topics by their names.
type entry struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
	Item   string `json:"item,omitempty"`
	Topic  string `json:"topic,omitempty"`
}

// A headCase is a page's head, and FILE.html what goes before its end tag.
type headCase struct {
	Name     string           `json:"name"`
	File     string           `json:"file"`
	Class    string           `json:"class"`
	Base     string           `json:"base"`
	Preloads []markup.Preload `json:"preloads"`
}

const (
	plain = "0.0.0.0.0.0"
	card  = `
<!-- of the site --><article class="card" data-x='a "b"'><a data-nabij="link" class=c href="/none"><h3 data-nabij="title" hidden>Title <b>here</b></h3></a>
  <p data-nabij="price">€ 0</p><p data-nabij="reason" dir="ltr">why</p><button data-nabij="dismiss" title="no">×</button></article>
<article>not this one</article>`
)

func text(s string) *string { return &s }

func cases() []slotCase {
	shirt := func(c slotCase) slotCase {
		c.Item, c.Class = "shirt", plain
		if c.PageLang == "" {
			c.PageLang = "en"
		}
		if c.Slot == "" {
			c.Slot = "two"
		}
		return c
	}
	return []slotCase{
		{Name: "a product's page", File: "product", PageLang: "en", Item: "shirt", Class: plain, Slot: "next"},
		{Name: "without an item, in all languages", File: "all", Class: plain, Slot: "next"},
		{Name: "in Dutch", File: "dutch", PageLang: "nl", Item: "overhemd", Class: plain, Slot: "next"},
		{Name: "in Dutch of Belgium, of a topic", File: "topic", PageLang: "nl-BE", Topic: "Clothing > Shirts & <tops>", Class: plain, Slot: "next"},
		{Name: "in Arabic, whose item has a neighbour by content", File: "arabic", PageLang: "ar-EG", Item: "قميص", Class: plain, Slot: "next"},
		{Name: "in a language that has no words", File: "chinese", PageLang: "zh-Hant", Item: "襯衫", Class: plain, Slot: "next"},
		{Name: "a hostile page", File: "hostile", PageLang: "en", Item: `"><script>alert(1)</script>`, Class: plain, Slot: "next"},
		{Name: "a language tag that is none", File: "tag", PageLang: "en_US", Item: "shirt", Class: plain, Slot: "two"},
		{Name: "an evening on a phone", File: "evening", PageLang: "en", Class: "4.5.7.0.0.0", Slot: "next"},
		{Name: "guides, one of them without a picture", File: "guides", Class: plain, Slot: "guides"},
		{Name: "nothing to suggest", File: "nothing", PageLang: "en", Class: plain, Slot: "nothing"},
		shirt(slotCase{Name: "a label of its own", File: "label", Label: text(`"You" & <me>`)}),
		shirt(slotCase{Name: "an empty label", File: "label-empty", Label: text("")}),
		shirt(slotCase{Name: "a language of its own", File: "lang", Lang: text("nl")}),
		shirt(slotCase{Name: "a language of its own that is empty", File: "lang-empty", PageLang: "nl", Lang: text("")}),
		shirt(slotCase{Name: "no pictures", File: "images-none", Images: text("none")}),
		shirt(slotCase{Name: "pictures, said otherwise", File: "images-other", Images: text("yes")}),
		shirt(slotCase{Name: "a template", File: "template", Slot: "next", Template: text(card)}),
		shirt(slotCase{Name: "a template with a picture and its frame", File: "template-picture", Slot: "next", Template: text(
			`<div part="suggestion" slot="other"><span part=frame><img data-nabij="image" class="p" alt="A picture" src="/blank.gif" width=80></span><a part="link"><span part="title"></span></a></div>`)}),
		shirt(slotCase{Name: "a template with a picture that says when to load, and no frame", File: "template-loading", Slot: "next", Template: text(
			`<a data-nabij=link><picture data-nabij=image loading="eager"><i>none</i></picture><b data-nabij=title></b></a>`)}),
		shirt(slotCase{Name: "a template that is a link alone", File: "template-link", Template: text(`<a data-nabij="link">to it</a>`)}),
		shirt(slotCase{Name: "a link that is none", File: "template-button", Template: text(`<p><button data-nabij="link"><span data-nabij="title"></span></button></p>`)}),
		shirt(slotCase{Name: "a hook in a hook", File: "template-nested", Template: text(`<p data-nabij="title">a<b data-nabij="price">b</b></p>`)}),
		shirt(slotCase{Name: "a hook twice", File: "template-twice", Template: text(`<p><b data-nabij="title"></b><i part="title">as it is</i></p>`)}),
		shirt(slotCase{Name: "a template with a drawing, a style and references", File: "template-raw", Template: text(
			`<div title='&quot;"&lt;' hidden><style>a > b {}</style><svg viewBox="0 0 1 1"><path d="M0 0"/></svg><br/><hr>&nbsp;&copy; 2 < 3 <b data-nabij="title"></b></div>`)}),
		shirt(slotCase{Name: "a template whose elements do not end", File: "template-untidy", Template: text(`<li><p data-nabij="title">a<p data-nabij="price">b</li>`)}),
		shirt(slotCase{Name: "a template that has ended before", File: "template-unclosed", Template: text(`<div><span data-nabij="title"></span>`)}),
		shirt(slotCase{Name: "a template without an element", File: "template-empty", Template: text(" nothing ")}),
		shirt(slotCase{Name: "a template in a template", File: "template-in-template", Template: text(`<div><template><b data-nabij="title"></b></template></div>`)}),
		shirt(slotCase{Name: "a template after an end tag of nothing", File: "template-stray", Template: text(`</p><p data-nabij="title"></p>`)}),
	}
}

var heads = []headCase{
	{"a head", "head", "2.5.7.0.0.0", "/nabij/", nil},
	{"a head with preloads", "head-preloads", "4.6.9.10.22.2", "https://cdn.example/a'b/", []markup.Preload{
		{Href: "/nabij/nabij-1234.wasm", As: "fetch", Type: "application/wasm", Integrity: "sha256-AbC+/="},
		{Href: "/nabij/nabij-5678.pack?a=1&b=2", As: "fetch"}, {Href: "/nabij/nabij.js", As: "script"},
	}},
}

const dir = "../../../wasm/edge/testdata/markup"

// golden compares a file with what it should be; UPDATE=1 writes it instead.
func golden(t *testing.T, name string, content []byte) {
	t.Helper()
	file := filepath.Join(dir, name)
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.MkdirAll(dir, 0o755))
		require.NoError(t, os.WriteFile(file, content, 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "UPDATE=1 go test writes it")
	assert.Equal(t, string(want), string(content), "UPDATE=1 go test rewrites %s", file)
}

func TestCases(t *testing.T) {
	data, err := pack.Write(shop())
	require.NoError(t, err)
	golden(t, "test.pack", data)
	p, err := pack.Open(data)
	require.NoError(t, err)
	engine := core.NewEngine(p)
	files := map[string]bool{"test.pack": true, "cases.json": true}
	all := struct {
		Slots []slotCase `json:"slots"`
		Heads []headCase `json:"heads"`
	}{cases(), heads}
	for i := range all.Slots {
		c := &all.Slots[i]
		t.Run(c.Name, func(t *testing.T) {
			list := suggest(t, engine, c)
			c.List = []entry{}
			for _, s := range list {
				e := entry{ID: string(p.ItemID(s.Item)), Reason: s.Reason.Code.String()}
				if s.Reason.Item != pack.NoItem {
					e.Item = string(p.ItemID(s.Reason.Item))
				}
				if s.Reason.Topic != pack.NoTopic {
					e.Topic = string(p.TopicName(s.Reason.Topic))
				}
				c.List = append(c.List, e)
			}
			slot := markup.Slot{Language: c.PageLang, Images: c.Images == nil || *c.Images != "none"}
			if c.Lang != nil {
				slot.Language = *c.Lang
			}
			if c.Label != nil {
				slot.Label, slot.Labelled = *c.Label, true
			}
			if c.Template != nil {
				slot.Template = []byte(*c.Template)
			}
			before := []byte("before")
			got := markup.Suggestions(bytes.Clone(before), p, list, slot)
			require.True(t, bytes.HasPrefix(got, before))
			files[c.File+".html"] = true
			golden(t, c.File+".html", got[len(before):])
			assert.Equal(t, got, markup.Suggestions(before, p, list, slot), "the same again")
			for _, b := range got {
				if c.Template == nil {
					assert.Less(t, b, byte(127))
				}
			}
		})
	}
	for _, c := range heads {
		class, err := moment.Parse(c.Class)
		require.NoError(t, err)
		files[c.File+".html"] = true
		golden(t, c.File+".html", markup.Head(nil, class, c.Base, c.Preloads))
	}
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	require.NoError(t, enc.Encode(all))
	golden(t, "cases.json", text.Bytes())
	there, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, f := range there {
		assert.True(t, files[f.Name()], "%s is of no case", f.Name())
	}
}

func suggest(t *testing.T, engine *core.Engine, c *slotCase) []core.Suggestion {
	p := engine.Pack()
	class, err := moment.Parse(c.Class)
	require.NoError(t, err)
	request := core.Request{Layer: 1, Item: pack.NoItem, Topic: pack.NoTopic, Context: class.Context()}
	slot, ok := p.FindSlot([]byte(c.Slot))
	require.True(t, ok)
	request.Slot = slot
	if c.Item != "" {
		request.Item, ok = p.FindID([]byte(c.Item))
		require.True(t, ok)
	}
	if c.Topic != "" {
		require.Equal(t, "Clothing > Shirts & <tops>", c.Topic)
		request.Topic = 1
	}
	config := moment.Config{}
	for l := range p.Languages() {
		config.Languages = append(config.Languages, string(p.LanguageName(l)))
	}
	request.Context.Language = config.FindLanguage(c.PageLang)
	reply, refused := engine.Suggest(new(core.Session), &request)
	require.Nil(t, refused)
	return slices.Clone(reply.Suggestions)
}
