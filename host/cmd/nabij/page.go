package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/learn"
)

// moment are the flags that say where and when suggestions are asked for.
type moment struct {
	slot, context, language string
	size, layer             int
}

func (m *moment) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&m.slot, "slot", "", "the slot to fill, by its name (default the pack's first)")
	f.IntVar(&m.size, "size", 0, fmt.Sprintf("how many suggestions, 1 to %d (default the slot's own)", pack.MaxSlotSize))
	f.IntVar(&m.layer, "layer", 0, "1 general, 2 mild or 3 opt-in (default the highest that the site allows)")
	f.StringVar(&m.context, "context", "", "classes of the request, such as evening,weekend,phone,region-1,referrer-search")
	f.StringVar(&m.language, "lang", "", "the page's language, such as nl (default that of the page's item)")
}

// request returns a request for no page yet.
func (m *moment) request(e *host.Engine) (core.Request, error) {
	r := core.Request{Item: pack.NoItem, Topic: pack.NoTopic, Layer: 3}
	if m.size < 0 || m.size > pack.MaxSlotSize {
		return r, usagef("--size: got %d, want 1 to %d", m.size, pack.MaxSlotSize)
	}
	r.Size = uint8(m.size)
	if m.layer < 0 || m.layer > 3 {
		return r, usagef("--layer: got %d, want 1, 2 or 3", m.layer)
	}
	if m.layer > 0 {
		r.Layer = uint8(m.layer)
	}
	var err error
	if r.Context, err = parseContext(m.context); err != nil {
		return r, err
	}
	if m.slot != "" {
		var ok bool
		if r.Slot, ok = e.FindSlot(m.slot); !ok {
			return r, noSlot(e.Pack(), "the pack", m.slot)
		}
	}
	if m.language != "" {
		if r.Context.Language = e.FindLanguage(m.language); r.Context.Language == 0 {
			return r, fmt.Errorf("--lang: the pack has nothing in %q; its languages: %s", m.language, languageNames(e.Pack()))
		}
	}
	return r, nil
}

// parseContext reads classes parted by commas, at most one of each dimension.
func parseContext(text string) (core.Context, error) {
	var c core.Context
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		class, ok := learn.ParseClass(name)
		if !ok {
			names := classNames()
			return c, usagef("--context: there is no class %q%s; the classes are %s", name, didYouMean(nearest(name, names)), strings.Join(names, ", "))
		}
		of := &c.Referrer
		switch {
		case class <= pack.Evening:
			of = &c.Daypart
		case class <= pack.Weekend:
			of = &c.Day
		case class <= pack.Desktop:
			of = &c.Device
		case class <= pack.Region8:
			of = &c.Region
		}
		if *of != 0 && *of != class {
			return c, usagef("--context: a request has one of %q and %q, not both", *of, class)
		}
		*of = class
	}
	return c, nil
}

func classNames() []string {
	var names []string
	for c := pack.Night; c < pack.ClassCount; c++ {
		names = append(names, c.String())
	}
	return names
}

// noSlot says that a pack, which is called so, has no slot of that name.
func noSlot(p *pack.Pack, called, name string) error {
	names := slotNames(p)
	return fmt.Errorf("--slot: %s has no slot %q%s; it has %s", called, name, didYouMean(nearest(name, names)), strings.Join(names, ", "))
}

func slotNames(p *pack.Pack) []string {
	var names []string
	for s := range p.Slots() {
		names = append(names, string(p.SlotName(s)))
	}
	return names
}

func languageNames(p *pack.Pack) string {
	var names []string
	for l := range p.Languages() {
		names = append(names, string(p.LanguageName(l)))
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// pageTitle says what page a request is for.
func pageTitle(e *host.Engine, r core.Request) string {
	switch {
	case r.Item != pack.NoItem:
		return printable(string(e.Pack().Title(r.Item)))
	case r.Topic != pack.NoTopic:
		return printable(e.TopicPath(r.Topic))
	}
	return "home, or a page of no item or topic"
}

// kindOf returns the kind of the page's item, or "" for another page.
func kindOf(e *host.Engine, r core.Request) string {
	if r.Item == pack.NoItem {
		return ""
	}
	return e.Pack().Kind(r.Item).String()
}

// allowedLayer returns the highest layer at which the request's slot may work.
func allowedLayer(e *host.Engine, r core.Request) uint8 {
	return min(e.Pack().Policy().MaxLayer, e.Pack().Slot(r.Slot).Layer)
}
