package main

import (
	"fmt"
	"io"

	"github.com/nabij/nabij/host/eval"
)

// lastCutoff is the index of the longest list.
const lastCutoff = len(eval.Cutoffs) - 1

// tell prints what was found, what an owner needs first first.
func (e *evaluating) tell(w io.Writer) error {
	e.tellHead(w)
	if e.Top().Predictions == 0 {
		why := "no session goes on to an item that is new to it"
		if e.Top().Repeats {
			why = "no session has a second item"
		}
		fmt.Fprintf(w, "\nThere is nothing to tell how good it is by: %s.\n", why)
		return e.tellReport(w)
	}
	tables := []table{e.tableOfAll(), tableOfCutoffs(e.Top()), tableOfLists(e.Top()), tableOfParts(e.Top())}
	if e.Against != nil {
		tables = append(tables[:1], append([]table{tableOfDifference(e.Against.Difference)}, tables[1:]...)...)
	}
	for _, t := range tables {
		fmt.Fprintln(w)
		if err := t.write(w, "  ", widthOf(w), styleOf(w)); err != nil {
			return err
		}
	}
	if e.Against != nil {
		d := e.Against.Difference
		fmt.Fprintf(w, "\nOf %s the pack has %s in a better place than the other, %s in a worse,\nand %s in the same.%s\n",
			counted(d.Predictions, "next item"), grouped(d.Wins), grouped(d.Losses), grouped(d.Ties), chance(d))
	}
	return e.tellReport(w)
}

func (e *evaluating) tellReport(w io.Writer) error {
	if e.report == "" {
		return nil
	}
	_, err := fmt.Fprintf(w, "\n%s: open it in a browser.\n", styleOf(w).green("Wrote "+e.report))
	return err
}

func (e *evaluating) tellHead(w io.Writer) {
	st, r := styleOf(w), e.Top()
	line := func(label, format string, args ...any) {
		fmt.Fprintf(w, "%s  %s\n", st.faint(fmt.Sprintf("%-9s", label)), fmt.Sprintf(format, args...))
	}
	line("log", "%s in %s", counted(r.Predictions, "next item"), counted(r.Sessions, "session"))
	if r.Unknown > 0 {
		line("", "%s of items that the pack lacks, which count as misses", grouped(r.Unknown))
	}
	for _, text := range append(recognised(&e.found), leftOut(&e.found, "not in the catalogue")...) {
		line("", "%s", text)
	}
	asked := "asked on the item's page for what is new to the visit"
	if r.Repeats {
		asked = "asked on a page about nothing, repeats welcome"
	}
	line("slot", "%s, %s", printable(r.Slot), asked)
	if r.Repeats && len(e.Layers) > 1 && e.pageSlot != "" {
		line("", "which tells layers 1 and 2 little; see also --slot %s", quoted(e.pageSlot))
	}
	if e.layer == allLayers && r.Layer < 3 || e.layer != allLayers && e.layer != fmt.Sprint(r.Layer) {
		line("", "slot and policy allow layer %d at most", r.Layer)
	}
	part := func(label, name string, b eval.Bytes) {
		line(label, "%-7s  %s, brotli %d %s", name, size(b.Raw), e.Size.Effort, size(b.Brotli))
	}
	part("pack", "whole", e.Size.Whole)
	part("", "ranking", e.Size.Ranking)
	part("", "ids", e.Size.IDs)
	part("", "display", e.Size.Display)
	if in := e.Intent; in != nil {
		guessed := topicsGuessed(in)
		line("intent", "%s", guessed[0])
		line("", "%s", guessed[1])
	}
	if e.Times != nil {
		took := func(t eval.Took) string {
			return fmt.Sprintf("%.0f µs, 95 %% within %.0f µs", t.MedianUs, t.P95Us)
		}
		line("time", "a suggestion takes %s natively,", took(e.Times.Native))
		line("", "and %s in nabij.wasm, here and now", took(e.Times.Wasm))
	}
}

func figure(x float64) string               { return fmt.Sprintf("%.4f", x) }
func interval(i [2]float64) string          { return fmt.Sprintf("%.3f–%.3f", i[0], i[1]) }
func right(title string) column             { return column{title: title, right: true} }
func titled(format string, a ...any) column { return column{title: fmt.Sprintf(format, a...)} }

// tableOfAll has the pack at each layer, and other methods.
func (e *evaluating) tableOfAll() table {
	t := table{columns: []column{titled("lists of %d", e.size), right("hit rate"), {}, right("MRR"), {}, right("NDCG")}}
	add := func(name string, r *eval.Result) {
		at := &r.At[lastCutoff]
		t.add(name, figure(at.HitRate), interval(at.HitRateInterval), figure(at.MRR), interval(at.MRRInterval), figure(at.NDCG))
	}
	for _, r := range e.Layers {
		add(fmt.Sprint("layer ", r.Layer), r)
	}
	if e.Against != nil {
		add("the other pack", e.Against.Result)
	}
	for _, c := range e.Compared {
		add(c.Method, c.Result)
	}
	return t
}

// chance says what a question mark in the table of differences means, where there is one.
func chance(p *eval.Paired) string {
	for _, at := range p.At {
		if !at.HitRate.Clear || !at.MRR.Clear {
			return " A difference with a question mark may be chance."
		}
	}
	return ""
}

// tableOfDifference has by how much the pack is better than another.
func tableOfDifference(p *eval.Paired) table {
	t := table{columns: []column{titled("layer %d less the other", p.Layer), right("hit rate"), {}, right("MRR"), {}}}
	for _, at := range eval.Distinct(p.At[:], func(d eval.Difference) int { return d.Cutoff }) {
		change := func(c eval.Change) (string, string) {
			words := fmt.Sprintf("%+.3f to %+.3f", c.Interval[0], c.Interval[1])
			if !c.Clear {
				words += " ?"
			}
			return fmt.Sprintf("%+.4f", c.Difference), words
		}
		hits, hitsIn := change(at.HitRate)
		mrr, mrrIn := change(at.MRR)
		t.add(fmt.Sprint("lists of ", at.Cutoff), hits, hitsIn, mrr, mrrIn)
	}
	return t
}

// tableOfCutoffs has lists of each length.
func tableOfCutoffs(r *eval.Result) table {
	t := table{columns: []column{titled("layer %d", r.Layer), right("hit rate"), {}, right("MRR"), {}, right("NDCG")}}
	for _, at := range eval.Distinct(r.At[:], func(at eval.At) int { return at.Cutoff }) {
		t.add(fmt.Sprint("lists of ", at.Cutoff), figure(at.HitRate), interval(at.HitRateInterval), figure(at.MRR), interval(at.MRRInterval), figure(at.NDCG))
	}
	return t
}

// tableOfLists has what lists of each length are like, as far as it can be told.
func tableOfLists(r *eval.Result) table {
	t := table{columns: []column{titled("layer %d", r.Layer), right("coverage"), right("Gini")}}
	of := []func(l *eval.Lists) string{
		func(l *eval.Lists) string { return fmt.Sprint("lists of ", l.Cutoff) },
		func(l *eval.Lists) string { return percentOf(uint32(l.Coverage * 1_000_000)) },
		func(l *eval.Lists) string { return figure(l.Gini) },
	}
	for _, more := range []struct {
		title string
		of    func(l *eval.Lists) *float64
	}{
		{"diversity", func(l *eval.Lists) *float64 { return l.Diversity }},
		{"off topic", func(l *eval.Lists) *float64 { return l.Miscalibration }},
		{"surprise", func(l *eval.Lists) *float64 { return l.Novelty }},
	} {
		if more.of(&r.Lists[0]) == nil {
			continue
		}
		t.columns = append(t.columns, right(more.title))
		of = append(of, func(l *eval.Lists) string { return figure(*more.of(l)) })
	}
	for _, l := range eval.Distinct(r.Lists[:], func(l eval.Lists) int { return l.Cutoff }) {
		var cells []string
		for _, cell := range of {
			cells = append(cells, cell(&l))
		}
		t.add(cells...)
	}
	return t
}

// tableOfParts has figures of some of the next items.
func tableOfParts(r *eval.Result) table {
	t := table{columns: []column{titled("layer %d, lists of %d", r.Layer, r.Size), {}, right("next items"), right("hit rate"), right("MRR"), right("NDCG")}}
	if r.Novel != nil {
		at := &r.Novel.At[lastCutoff]
		t.add("new to the visit", "", grouped(r.Novel.Predictions), figure(at.HitRate), figure(at.MRR), figure(at.NDCG))
	}
	for _, group := range []struct {
		name  string
		parts []eval.Part
	}{
		{"events before it", r.ByLength},
		{"popularity in the pack", r.ByPopularity},
		{"sessions of --train", r.BySupport},
		{"days since its first", r.ByAge},
	} {
		for k, p := range group.parts {
			name := ""
			if k == 0 {
				name = group.name
			}
			t.add(name, p.Name, grouped(p.Predictions), figure(p.HitRate), figure(p.MRR), figure(p.NDCG))
		}
	}
	return t
}
