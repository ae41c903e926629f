package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/demo"
)

func demoCommand() *cobra.Command {
	var name, language string
	var list bool
	c := &cobra.Command{
		Use:     "demo",
		Short:   "Play a visit to the demo shop, and see what changes after each signal",
		Example: "  nabij demo\n  nabij demo --visit needing-help-with-returns --lang nl\n  nabij demo --list",
		Args:    exactly(0, "flags alone"),
		RunE: func(c *cobra.Command, _ []string) error {
			if list {
				fmt.Fprintln(c.OutOrStdout(), strings.Join(demo.Visits(), "\n"))
				return nil
			}
			return playDemo(c.Context(), c.OutOrStdout(), language+"/"+name)
		},
	}
	c.Flags().StringVar(&name, "visit", "comparing-rain-jackets", "which visit")
	c.Flags().StringVar(&language, "lang", "en", "language of the shop, nl or en")
	c.Flags().BoolVar(&list, "list", false, "list the visits")
	return c
}

func demoPack(ctx context.Context) ([]byte, error) {
	items, err := demo.Items()
	if err != nil {
		return nil, err
	}
	cfg, err := build.ReadConfig(bytes.NewReader(demo.Config()), "the demo shop's configuration")
	if err != nil {
		return nil, err
	}
	src, _, err := build.Source(ctx, items, cfg, build.Options{})
	if err != nil {
		return nil, err
	}
	return pack.Write(src)
}

func playDemo(ctx context.Context, w io.Writer, name string) (err error) {
	script := demo.Visit(name)
	if script == nil {
		return fmt.Errorf("%w: no visit %q; nabij demo --list names them", errUsage, name)
	}
	data, err := demoPack(ctx)
	if err != nil {
		return err
	}
	e, err := host.Open(ctx, data)
	if err != nil {
		return err
	}
	defer closing(e, &err)
	events, err := host.ReadVisit(bytes.NewReader(script))
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "Wad & Weg, a shop that does not exist: %d items, a pack of %s.\n", e.Pack().Items(), kB(len(data)))
	fmt.Fprintf(w, "The visit %s, as nabij.wasm follows it at layer 2: a page can show a few public lists,\nand the visit picks one. + came, - went.\n", name)
	p := &player{w: w, e: e, visit: e.NewSession(), shown: map[uint32]bool{}}
	p.page = core.Request{Item: pack.NoItem, Topic: pack.NoTopic, Layer: 2}
	language, _, _ := strings.Cut(name, "/")
	p.page.Context.Language = e.FindLanguage(language)
	return p.play(ctx, events)
}

// player prints what each signal of a visit changes.
type player struct {
	w     io.Writer
	e     *host.Engine
	visit *host.Session
	page  core.Request
	shown map[uint32]bool
}

func (p *player) play(ctx context.Context, events []host.Event) error {
	for _, event := range events {
		signal, err := p.e.Signal(event)
		if err != nil {
			return err
		}
		outcomes, err := p.visit.Observe(ctx, signal)
		if err != nil {
			return err
		}
		if signal.Kind == core.View {
			p.page.Item, p.page.Topic = signal.Item, signal.Topic
		}
		fmt.Fprintf(p.w, "\n%6.1f s  %s", float64(event.AtMs)/1000, p.spell(event, signal))
		if outcomes[0] != core.Counted {
			fmt.Fprintf(p.w, "  [does not count: %s]", outcomes[0])
		}
		fmt.Fprintln(p.w)
		if err := p.tell(ctx, event.AtMs); err != nil {
			return err
		}
	}
	return nil
}

func (p *player) spell(event host.Event, s core.Signal) string {
	switch {
	case s.Item != pack.NoItem:
		return event.Signal + " " + p.e.Item(s.Item).Title
	case event.Text != "":
		return event.Signal + " “" + event.Text + "”"
	case s.Topic != pack.NoTopic:
		return event.Signal + " " + p.e.TopicPath(s.Topic)
	case s.Kind == core.Engaged:
		return fmt.Sprintf("%s for %.0f s", event.Signal, float64(event.Value)/1000)
	case s.Kind == core.Scroll:
		return fmt.Sprintf("%s to %d %%", event.Signal, event.Value)
	}
	return event.Signal
}

// tell prints the intent, and how the list differs from the one before.
func (p *player) tell(ctx context.Context, nowMs uint64) error {
	in, err := p.visit.Intent(ctx, nowMs)
	if err != nil {
		return err
	}
	p.page.NowMs = nowMs
	reply, err := p.visit.Suggest(ctx, p.page)
	if err != nil {
		return err
	}
	now := map[uint32]bool{}
	changed := len(reply.Suggestions) != len(p.shown)
	for _, s := range reply.Suggestions {
		now[s.Item] = true
		changed = changed || !p.shown[s.Item]
	}
	if in.Confidence > 0 {
		fmt.Fprintf(p.w, "          %s, %d %% sure", in.Mode, in.Confidence)
		for _, t := range in.Topics[:in.TopicCount] {
			fmt.Fprintf(p.w, "; %s %d %%", p.e.Pack().TopicName(t.Topic), t.Confidence)
		}
		fmt.Fprintln(p.w)
	}
	if !changed {
		return nil
	}
	fmt.Fprintf(p.w, "          layer %d, list %d of %d, %.1f of %d bits told\n", reply.Layer, reply.Face+1, reply.Faces,
		float64(reply.BitsSpent)/256, p.e.Pack().Policy().Bits)
	for _, s := range reply.Suggestions {
		mark := " "
		if !p.shown[s.Item] {
			mark = "+"
		}
		fmt.Fprintf(p.w, "        %s %s (%s)\n", mark, short(p.e.Item(s.Item).Title, 50), words(p.e, s.Reason))
	}
	for item := range p.e.Pack().Items() {
		if p.shown[item] && !now[item] {
			fmt.Fprintf(p.w, "        - %s\n", short(p.e.Item(item).Title, 50))
		}
	}
	p.shown = now
	return nil
}
