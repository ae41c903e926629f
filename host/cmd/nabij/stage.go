package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
)

// stage plays a visit for a person to follow.
type stage struct {
	w        io.Writer
	st       style
	width    int
	engine   *host.Engine
	session  *host.Session
	language uint8
	intent   string // as it was last told
	spent    uint16
}

// say prints a paragraph in lines that fit, each after indent.
func (s *stage) say(indent, text string) {
	line := indent
	for word := range strings.FieldsSeq(text) {
		if line != indent && uniseg.StringWidth(line)+1+uniseg.StringWidth(word) > s.width {
			fmt.Fprintln(s.w, line)
			line = indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	fmt.Fprintln(s.w, line)
}

func (s *stage) play(ctx context.Context, name string, v *visit) error {
	p := s.engine.Pack()
	policy := p.Policy()
	fmt.Fprintf(s.w, "%s %s\n\n", s.st.bold(string(p.Site())+": "+name), s.st.faint(fmt.Sprintf("(%d items, %d topics, made up)", p.Items(), p.Topics())))
	s.say("", fmt.Sprintf("A visit, signal by signal, as nabij.wasm sees it on the visitor's own device. A page has at most %d lists, "+
		"the same ones for everyone; the visit only picks one of them. Below, + marks what the visit brought to a page "+
		"and - what stands there for everyone else; list 1 is the one for everyone. Nothing changes on a page that is being read, and what was done on it "+
		"counts from the next page on. The first %d pages do not look at the visit at all.", policy.Faces, policy.FirstPages))
	for _, signal := range v.signals {
		if err := s.signal(ctx, signal); err != nil {
			return err
		}
	}
	return s.close(ctx, v)
}

// signal plays one signal.
func (s *stage) signal(ctx context.Context, signal core.Signal) error {
	outcomes, err := s.session.Observe(ctx, signal)
	if err != nil {
		return err
	}
	if signal.Kind == core.View {
		fmt.Fprintln(s.w)
	}
	seconds := signal.AtMs / 1000
	fmt.Fprintf(s.w, "%s  %s\n", s.st.faint(fmt.Sprintf("%2d:%02d", seconds/60, seconds%60)), s.did(signal))
	if outcomes[0] != core.Counted {
		s.say("       ", s.st.yellow("not counted:")+" "+left(outcomes[0]))
	}
	if signal.Kind != core.View {
		return nil
	}
	intent, err := s.session.Intent(ctx, signal.AtMs)
	if err != nil {
		return err
	}
	if words := intentWords(s.engine, intent); words != s.intent {
		s.say("       ", s.st.cyan("intent")+" "+words)
		s.intent = words
	}
	return s.page(ctx, signal, outcomes[0] == core.Sensitive)
}

// did says what a signal is, without the visitor in it.
func (s *stage) did(signal core.Signal) string {
	about := ""
	switch {
	case signal.Item != pack.NoItem:
		about = string(s.engine.Pack().Title(signal.Item)) + " " + s.st.faint("("+kindOf(s.engine, core.Request{Item: signal.Item})+")")
	case signal.Topic != pack.NoTopic:
		about = s.engine.TopicPath(signal.Topic)
	case len(signal.Text) > 0:
		about = `"` + string(signal.Text) + `"`
	case signal.Kind == core.View:
		about = "the home page"
	}
	switch signal.Kind {
	case core.View:
		return s.st.bold("view " + about)
	case core.Engaged:
		return fmt.Sprintf("engaged for %d s", signal.Value/1000)
	case core.Scroll:
		return fmt.Sprintf("scrolled to %d %%", signal.Value)
	case core.Preference:
		if signal.Value == 0 {
			return "preference taken back: " + about
		}
		return fmt.Sprintf("preference declared: %s, %d %%", about, signal.Value)
	}
	return signal.Kind.String() + " " + about
}

// page shows what the slot of a page holds, beside what it holds for everyone.
func (s *stage) page(ctx context.Context, view core.Signal, sensitive bool) error {
	e := s.engine
	slot := demoSlot(e.Pack(), view.Item)
	index, ok := e.FindSlot(slot)
	if !ok {
		return fmt.Errorf("the demo shop has no slot %q", slot)
	}
	r := core.Request{NowMs: view.AtMs, Slot: index, Layer: 2, Item: view.Item, Topic: view.Topic}
	r.Context.Language = s.language
	reply, err := s.session.Suggest(ctx, r)
	if err != nil {
		return err
	}
	r.Layer = 1
	general, err := e.NewSession().Suggest(ctx, r)
	if err != nil {
		return err
	}
	s.say("       ", s.st.cyan("slot "+slot)+" "+s.listWords(reply, sensitive))
	s.spent = reply.BitsSpent
	t := table{columns: []column{{}, {title: "suggestion", shrinks: true}, {title: "reason", shrinks: true}}}
	for _, sug := range reply.Suggestions {
		mark := " "
		if !holds(general.Suggestions, sug.Item) {
			mark = "+"
		}
		t.add(mark, string(e.Pack().Title(sug.Item)), because(e, sug.Reason))
	}
	for _, sug := range general.Suggestions {
		if !holds(reply.Suggestions, sug.Item) {
			t.add("-", string(e.Pack().Title(sug.Item)), because(e, sug.Reason))
		}
	}
	if len(t.rows) == 0 {
		s.say("       ", "nothing to suggest; the slot keeps its own content")
		return nil
	}
	return s.rows(&t)
}

// rows prints a table without its heading, in the colours of its marks.
func (s *stage) rows(t *table) error {
	const indent = "       "
	widths := t.widths(s.width - len(indent))
	for _, row := range t.rows {
		title := shorten(row[1], widths[1])
		pad := strings.Repeat(" ", widths[1]-uniseg.StringWidth(title))
		line := row[0] + " " + title
		switch row[0] {
		case "+":
			line = s.st.green(line)
		case "-":
			line = s.st.faint(line)
		}
		if _, err := fmt.Fprintf(s.w, "%s%s%s%s%s\n", indent, line, pad, gap, s.st.faint(shorten(row[2], widths[2]))); err != nil {
			return err
		}
	}
	return nil
}

func holds(list []core.Suggestion, item uint32) bool {
	return slices.ContainsFunc(list, func(s core.Suggestion) bool { return s.Item == item })
}

// listWords says which of the page's lists is shown and what that tells.
func (s *stage) listWords(r core.Reply, sensitive bool) string {
	switch {
	case r.Layer == 1 && sensitive:
		return "the same list for everyone: on a sensitive page the visit has no say"
	case r.Layer == 1:
		return "the same list for everyone: the visit has no say here yet"
	case r.Faces < 2:
		return "the one list that the page has"
	case r.BitsSpent == s.spent:
		return fmt.Sprintf("list %d of %d, without further bits spent: %s in all, %s left", r.Face+1, r.Faces, bits(r.BitsSpent), bits(r.BitsLeft))
	}
	return fmt.Sprintf("list %d of %d, which tells %s at most: %s spent, %s left", r.Face+1, r.Faces,
		inBits(r.BitsSpent-s.spent), bits(r.BitsSpent), bits(r.BitsLeft))
}

func (s *stage) close(ctx context.Context, v *visit) error {
	saved, err := s.session.Save(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(s.w)
	s.say("", fmt.Sprintf("That is all there is of this visit: %d bytes on the device, which no request carries. All lists that were "+
		"shown tell %s of it at most. Other visits: nabij demo --list", len(saved), inBits(s.spent)))
	return nil
}
