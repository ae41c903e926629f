package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/build"
)

// view is what the flags say of a page and its moment.
type view struct {
	slot, page, topic, context, language string
	size, layer                          int
}

// request returns the request for the view. item and topic are the page's unless a flag says otherwise.
func (v *view) request(e *host.Engine, item uint32, topic uint16) (core.Request, error) {
	q := core.Request{Item: item, Topic: topic, Explain: true}
	if v.layer < 1 || v.layer > 3 {
		return q, fmt.Errorf("%w: --layer %d: want 1, 2 or 3", errUsage, v.layer)
	}
	if v.size < 0 || v.size > pack.MaxSlotSize {
		return q, fmt.Errorf("%w: --size %d: want 1 to %d", errUsage, v.size, pack.MaxSlotSize)
	}
	q.Layer, q.Size = uint8(v.layer), uint8(v.size)
	if v.slot != "" {
		slot, ok := e.FindSlot(v.slot)
		if !ok {
			return q, fmt.Errorf("--slot %q: no such slot; the pack has %s", v.slot, strings.Join(slotNames(e), ", "))
		}
		q.Slot = slot
	}
	if v.page != "" {
		found, ok := e.FindItem(v.page)
		if !ok {
			return q, fmt.Errorf("--page %q: no such item", v.page)
		}
		q.Item = found
	}
	if v.topic != "" {
		found, ok := e.FindTopic(v.topic)
		if !ok {
			return q, fmt.Errorf("--topic %q: no such topic, or several of that name", v.topic)
		}
		q.Item, q.Topic = pack.NoItem, found
	}
	if v.language != "" {
		if q.Context.Language = e.FindLanguage(v.language); q.Context.Language == 0 {
			return q, fmt.Errorf("--lang %q: the pack has no such language", v.language)
		}
	}
	return q, v.classes(&q.Context)
}

func (v *view) classes(c *core.Context) error {
	if v.context == "" {
		return nil
	}
	for _, name := range strings.Split(v.context, ",") {
		class, ok := build.ParseClass(strings.TrimSpace(name))
		if !ok {
			return fmt.Errorf("%w: --context %q: no such class; want such as evening, weekend, phone, region-1, referrer-search", errUsage, name)
		}
		switch {
		case class <= pack.Evening:
			c.Daypart = class
		case class <= pack.Weekend:
			c.Day = class
		case class <= pack.Desktop:
			c.Device = class
		case class <= pack.Region8:
			c.Region = class
		default:
			c.Referrer = class
		}
	}
	return nil
}

func slotNames(e *host.Engine) []string {
	var names []string
	for s := range e.Pack().Slots() {
		names = append(names, string(e.Pack().SlotName(s)))
	}
	return names
}

func openEngine(ctx context.Context, path string, options ...host.Option) (*host.Engine, error) {
	if path == "" {
		return nil, fmt.Errorf("%w: --pack is missing", errUsage)
	}
	data, err := host.ReadPack(path)
	if err != nil {
		return nil, err
	}
	e, err := host.Open(ctx, data, options...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return e, nil
}

// closing joins what Close says to err.
func closing(e *host.Engine, err *error) { *err = errors.Join(*err, e.Close(context.Background())) }

// words says a reason in words that never recite what a visitor did.
func words(e *host.Engine, r core.Reason) string {
	title := func() string { return short(e.Item(r.Item).Title, 40) }
	name := func() string { return string(e.Pack().TopicName(r.Topic)) }
	switch r.Code {
	case core.SameTopic:
		return "also about " + name()
	case core.Similar:
		return "like " + title()
	case core.OftenTogether:
		return "often together with " + title()
	case core.InTopic:
		return "from " + name()
	case core.YouAsked:
		return "looking for " + name()
	case core.PickUp:
		return "to go on with"
	}
	return "popular at the moment"
}

// short cuts text to n characters.
func short(text string, n int) string {
	r := []rune(text)
	if len(r) <= n {
		return text
	}
	return string(r[:n-1]) + "…"
}
