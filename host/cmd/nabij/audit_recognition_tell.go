package main

import (
	"fmt"
	"io"

	"github.com/nabij/nabij/host/eval/recognition"
)

// tell prints what an audit of a pack found, what the pack's visitors get first.
func (r *recognising) tell(w io.Writer) error {
	st, f := styleOf(w), r.found
	line := func(label, format string, args ...any) {
		fmt.Fprintf(w, "%s  %s\n", st.faint(fmt.Sprintf("%-9s", label)), fmt.Sprintf(format, args...))
	}
	made := ""
	if f.Generated {
		made = "made up: "
	}
	line("visits", "%s%s of %s, from %s of which the next item is predicted", made, counted(f.Sessions, "visit"), counted(f.Views, "page view"),
		counted(f.Settings[0].Relevance.Predictions, "view"))
	if !f.Generated {
		for _, text := range append(recognised(&r.read), leftOut(&r.read, "not in the catalogue")...) {
			line("", "%s", text)
		}
	}
	line("adversary", "knows the pack, the code, the page, and how people walked in %s others", grouped(f.Studied))
	line("slot", "%s, %s, on the page of the item viewed", printable(f.Slot), counted(f.Size, "item"))
	line("policy", "%s a page, %d bits a visit, from page view %d", counted(int(f.Faces), "face"), f.Bits, f.FirstPages+1)
	for _, t := range []table{tableOfWorth(f), tableOfLeaks(f), tableOfVisits(f), tableOfTempo(f)} {
		fmt.Fprintln(w)
		if err := t.write(w, "  ", widthOf(w), st); err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "\n%s\n", r.conclusion())
	if r.report != "" {
		_, err := fmt.Fprintf(w, "\n%s: open it in a browser.\n", st.green("Wrote "+r.report))
		return err
	}
	return nil
}

// conclusion says in words what visitors get.
func (r *recognising) conclusion() string {
	f := r.found
	alone, full := f.Of(f.Alone()), f.Of(recognition.Setting{Layer: 3, Repeats: true})
	text := fmt.Sprintf("One list of layer 2 tells this adversary %s bits of the %s that it lacks about the item before; the whole\nvisit at work would tell %s. It becomes certain of that item on %.1f %% of pages, and would on %.1f %%.",
		bitsIn(alone.Leaks.Before.Net.Value), bitsIn(alone.Leaks.Before.Unknown), bitsIn(full.Leaks.Before.Net.Value), 100*alone.Leaks.Before.Certain, 100*full.Leaks.Before.Certain)
	if kept, ok := f.Kept(f.Alone()); ok {
		text += fmt.Sprintf("\nLayer 2 keeps %.0f %% of what the whole visit adds to the hit rate.", 100*kept)
	}
	return text
}

// interval2 is an interval of bits.
func interval2(i [2]float64) string { return bitsIn(i[0]) + "–" + bitsIn(i[1]) }

func tableOfWorth(f *recognition.Report) table {
	t := table{columns: []column{titled("lists of %d", f.Size), right("hit rate"), {}, right("gain"), right("new items"), right("MRR"), right("echo"), right("diversity")}}
	for _, m := range f.Settings {
		r := &m.Relevance
		diversity := "–"
		if m.Lists.Diversity != nil {
			diversity = figure(m.Lists.Diversity.Value)
		}
		t.add(m.Setting.String(), figure(r.HitRate.Value), interval(r.HitRate.Interval), fmt.Sprintf("%+.4f", r.Gain.Value), figure(r.NovelHitRate.Value), figure(r.MRR.Value),
			fmt.Sprintf("%.1f %%", 100*m.Lists.Echo.Value), diversity)
	}
	return t
}

func tableOfLeaks(f *recognition.Report) table {
	t := table{columns: []column{{title: "bits that one list tells"}, right("item before"), {}, right("any earlier"), right("topic"), right("exactly"), right("certain")}}
	for _, m := range f.Settings {
		if m.Leaks == nil {
			continue
		}
		l := m.Leaks.Before
		topic := "–"
		if m.Leaks.Topic != nil {
			topic = bitsIn(m.Leaks.Topic.Net.Value)
		}
		t.add(m.Setting.String(), bitsIn(l.Net.Value), interval2(l.Net.Interval), bitsIn(m.Leaks.Earlier.Net.Value), topic,
			bitsIn(m.Exact.Walked), fmt.Sprintf("%.1f %%", 100*l.Certain))
	}
	return t
}

func tableOfVisits(f *recognition.Report) table {
	t := table{columns: []column{{title: "bits that a whole visit tells"}, right("item before it"), {}, right("certain")}}
	for _, m := range f.Settings {
		if m.Visits != nil {
			t.add(m.Setting.String(), bitsIn(m.Visits.Net.Value), interval2(m.Visits.Net.Interval), fmt.Sprintf("%.1f %%", 100*m.Visits.Certain))
		}
	}
	return t
}

// tableOfTempo has how fast and how long what was viewed shows.
func tableOfTempo(f *recognition.Report) table {
	t := table{columns: []column{{title: "an item that was viewed"}, right("shows at all"), right("after"), right("soonest"), right("first page"), right("last page"), right("topic pursued"), right("tires after")}}
	optional := func(x *float64, unit string) string {
		if x == nil {
			return "–"
		}
		return decimal(*x) + unit
	}
	seconds := func(n *int) string {
		if n == nil {
			return "–"
		}
		return fmt.Sprint(*n, " s")
	}
	for _, m := range f.Settings {
		if m.Tempo == nil {
			continue
		}
		t.add(m.Setting.String(), fmt.Sprintf("%.0f %%", 100*m.Tempo.Shows), seconds(m.Tempo.AfterS), seconds(m.Tempo.SoonestS), optional(m.Tempo.FirstPage, ""), optional(m.Tempo.LastPage, ""),
			optional(m.Tempo.Pursued, " pages"), optional(m.Tempo.TiredAfter, " pages"))
	}
	return t
}

// bitsIn returns bits with two decimals, and no sign of nothing.
func bitsIn(x float64) string {
	if s := fmt.Sprintf("%.2f", x); s != "-0.00" {
		return s
	}
	return "0.00"
}
