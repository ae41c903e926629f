package markup

import (
	"strings"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	words "github.com/nabij/nabij/web/src/strings"
)

// Slot is what an element <nabij-suggestions> says of itself.
type Slot struct {
	// Language is what the nearest lang attribute says: the element's own, or one around it. Empty where there is none.
	Language string
	// Label is the element's own, and Labelled says that it has one. Otherwise the list is labelled in its language.
	Label    string
	Labelled bool
	// Images says that pictures are shown: images is not "none".
	Images bool
	// Template is what stands between the tags of the first <template> among the element's children, as the page has it; nil without one.
	Template []byte
}

// shadow is the declarative shadow root that shows the list in place of the fallback.
const shadow = `<template shadowrootmode="open"><slot name="nabij"></slot></template>`

// own is the element's own markup of a suggestion, as skeleton makes it in web/src/suggestions.ts.
var own, _ = parse([]byte(`<li part="suggestion"><a part="link"><span part="frame"><img part="image"></span><span part="title"></span>` +
	`<span part="price"></span></a><span part="reason"></span><button part="dismiss" type="button">&#215;</button></li>`))

// Suggestions appends to a page what goes before the end tag of a slot whose list this is: nothing where that is empty, or where the slot's
// template is not one that can be used here, as in the browser it may. It keeps nothing.
func Suggestions(to []byte, p *pack.Pack, list []core.Suggestion, slot Slot) []byte {
	if len(list) == 0 {
		return to
	}
	entry := own
	if slot.Template != nil {
		var ok bool
		if entry, ok = parse(slot.Template); !ok {
			return to
		}
	}
	w := words.Of(slot.Language)
	to = append(to, shadow...)
	if slot.Template == nil {
		label := slot.Label
		if !slot.Labelled {
			label = w["suggestions"]
		}
		to = append(to, `<ul slot="nabij" part="list" role="list" aria-label="`...)
		to = AppendText(to, label)
		to = append(to, `">`...)
	}
	for i := range list {
		box := entry.clone()
		fill(box, p, &list[i], &slot, w)
		if slot.Template != nil {
			box.set("slot", "nabij")
		}
		box.set("data-nabij-item", escaped(string(p.ItemID(list[i].Item))))
		to = box.append(to)
	}
	if slot.Template == nil {
		to = append(to, "</ul>"...)
	}
	return to
}

func escaped(text string) string { return string(AppendText(nil, text)) }

// fill fills a suggestion's markup, as fill and show do in web/src/suggestions.ts.
func fill(box *node, p *pack.Pack, s *core.Suggestion, slot *Slot, w words.Words) {
	title := string(p.Title(s.Item))
	if link := box.hook("link"); link != nil {
		if url := reference(p.URL(s.Item)); url != "" && (link.name == "a" || link.name == "area") {
			link.set("href", url)
		}
	}
	for _, part := range []struct{ name, text string }{
		{"title", title}, {"price", Price(p, s.Item, slot.Language)}, {"reason", Reason(p, s.Reason, slot.Language)},
	} {
		n := box.hook(part.name)
		if n == nil {
			continue
		}
		n.children = []*node{{text: escaped(part.text)}}
		n.unset("hidden")
		if part.text == "" {
			n.children = nil
			n.set("hidden", "")
		}
		n.set("dir", "auto")
		if l := p.Language(s.Item); l != 0 && part.name == "title" {
			n.set("lang", escaped(string(p.LanguageName(l-1))))
		}
	}
	if n := box.hook("dismiss"); n != nil {
		words := escaped(w["dismiss"] + ": " + title)
		n.set("title", words)
		n.set("aria-label", words)
	}
	src := ""
	if slot.Images {
		src = reference(p.Image(s.Item))
	}
	if src == "" {
		if frame := box.hook("frame"); frame != nil {
			box.remove(frame)
		}
	} else if blank := box.hook("image"); blank != nil {
		picture(blank, src)
	}
}

// picture makes of the element that stands for a picture the picture itself, with what attributes it had.
func picture(n *node, src string) {
	had := n.attributes
	n.name, n.children, n.closed = "img", nil, false
	n.attributes = nil
	n.set("part", "image")
	n.set("alt", "")
	n.set("src", src)
	for _, a := range had {
		if a.Name != "src" {
			n.set(a.Name, a.Value)
		}
	}
}

// reference returns what may be linked to as it stands in quotes; empty where it may not.
func reference(ref []byte) string {
	if !pack.SafeReference(ref) {
		return ""
	}
	return escaped(string(ref))
}

// Reason says why an item is suggested, in the words of a language.
func Reason(p *pack.Pack, r core.Reason, language string) string {
	about := ""
	switch {
	case r.Item != pack.NoItem:
		about = string(p.Title(r.Item))
	case r.Topic == pack.NoTopic:
	case r.Topic >= pack.FirstFacet:
		about = string(p.FacetName(uint8(r.Topic - pack.FirstFacet)))
	default:
		about = string(p.TopicName(r.Topic))
	}
	return strings.Replace(words.Of(language)[r.Code.String()], "{0}", about, 1)
}
