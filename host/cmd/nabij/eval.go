package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/host/eval"
	"github.com/nabij/nabij/host/learn"
)

type evalFlags struct {
	pack, slot string
	train      []string
	layer      uint8
	logs       logFlags
	wasm, json bool
}

func newEval() *cobra.Command {
	var f evalFlags
	cmd := &cobra.Command{
		Use:   "eval --pack DIR LOG...",
		Short: "Tell how good a pack is, on visits it was not learnt from",
		Long: `Eval plays the visits of a log to the engine. After each item but the last it asks for
a list, and looks where the next item stands in it. A LOG is as "nabij learn" reads it,
and should be of later days than what the pack was learnt from.

  hit rate   the share of lists that have the next item
  MRR        the mean of one over its place, 0 where it is not there
  NDCG       the same with places discounted by their logarithm

With --train, the log that the pack was learnt from, the figures stand beside those of
methods of the literature, which rank on a server with all of that log.

In brackets is what 95 % of other visits of the kind would give. A slot that welcomes
repeats is asked on a page about nothing. Any other is asked on the item's page, and
only next items that the visit has not met count.`,
		Example: `  nabij eval --pack dist visits-of-last-week.csv
  nabij eval --pack dist visits.csv --slot related --layer 2
  nabij eval --pack dist visits.csv --wasm --json
  nabij eval --pack dist later.csv --train visits.csv`,
		Args: arguments(1, -1, "at least one LOG"),
		RunE: func(cmd *cobra.Command, args []string) error { return runEval(cmd, args, f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.pack, "pack", "", "a pack, or a folder made by nabij build")
	fl.StringVar(&f.slot, "slot", "", "the slot to ask (default the first that welcomes repeats, or the first)")
	fl.Uint8Var(&f.layer, "layer", 3, "the highest layer to ask for, 1 to 3")
	fl.StringArrayVar(&f.train, "train", nil, "the log that the pack was learnt from, to compare it with other methods; may be repeated")
	f.logs.register(fl)
	fl.BoolVar(&f.wasm, "wasm", false, "run nabij.wasm; without it the same code runs natively, with the same figures")
	fl.BoolVar(&f.json, "json", false, "print JSON")
	return cmd
}

func runEval(cmd *cobra.Command, logs []string, f evalFlags) error {
	if err := required("pack", f.pack, "a pack, or a folder made by nabij build"); err != nil {
		return err
	}
	if f.layer < 1 || f.layer > 3 {
		return usagef("--layer: got %d, want 1, 2 or 3", f.layer)
	}
	data, err := readPack(f.pack)
	if err != nil {
		return err
	}
	ctx, w := cmd.Context(), cmd.OutOrStdout()
	bar := progressOf(cmd.ErrOrStderr())
	defer bar.end()
	read, err := f.logs.options(bar)
	if err != nil {
		return err
	}
	visits, _, err := learn.Read(ctx, logs, read)
	bar.end()
	if err != nil {
		return err
	}
	r, err := eval.Pack(ctx, data, visits, eval.Options{
		Slot: f.slot, Layer: f.layer, Wasm: f.wasm,
		Progress: func(done, total int) { bar.show("playing", int64(done), int64(total)) },
	})
	bar.end()
	if err != nil {
		return err
	}
	var others []compared
	if len(f.train) > 0 {
		train, _, err := learn.Read(ctx, f.train, read)
		bar.end()
		if err != nil {
			return err
		}
		for _, m := range eval.Methods() {
			other, err := eval.Compare(ctx, m, train, visits, r.Repeats, eval.Options{
				Progress: func(done, total int) { bar.show(m.Name, int64(done), int64(total)) },
			})
			bar.end()
			if err != nil {
				return err
			}
			others = append(others, compared{m.Name, other})
		}
	}
	if f.json {
		text, err := json.MarshalIndent(evaluationJSON{r, others}, "", "  ")
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s\n", text)
		return err
	}
	if err := tellEvaluation(w, r); err != nil || len(others) == 0 {
		return err
	}
	return tellCompared(w, r, others)
}

// compared is the result of another method.
type compared struct {
	Method string `json:"method"`
	*eval.Result
}

// evaluationJSON is what --json prints.
type evaluationJSON struct {
	*eval.Result
	Compared []compared `json:"compared,omitempty"`
}

// tellCompared prints the pack's figures beside those of other methods.
func tellCompared(w io.Writer, r *eval.Result, others []compared) error {
	last := len(eval.Cutoffs) - 1
	t := table{columns: []column{{title: fmt.Sprintf("lists of %d", eval.Cutoffs[last])}, {title: "hit rate", right: true}, {title: "MRR", right: true}, {title: "NDCG", right: true}}}
	add := func(name string, r *eval.Result) {
		t.add(name, fmt.Sprintf("%.4f", r.At[last].HitRate), fmt.Sprintf("%.4f", r.At[last].MRR), fmt.Sprintf("%.4f", r.At[last].NDCG))
	}
	add("this pack", r)
	for _, o := range others {
		add(o.Method, o.Result)
	}
	fmt.Fprintln(w)
	return t.write(w, "  ", widthOf(w), styleOf(w))
}

// tellEvaluation prints a result as tables.
func tellEvaluation(w io.Writer, r *eval.Result) error {
	st := styleOf(w)
	line := func(label, format string, args ...any) {
		fmt.Fprintf(w, "%s  %s\n", st.faint(fmt.Sprintf("%-9s", label)), fmt.Sprintf(format, args...))
	}
	line("log", "%s in %s", counted(r.Predictions, "next item"), counted(r.Sessions, "session"))
	if r.Unknown > 0 {
		line("", "%s of items that the pack lacks, which count as misses", grouped(r.Unknown))
	}
	asked := "on the item's page, for items that are new to the visit"
	if r.Repeats {
		asked = "on a page about nothing, repeats welcome"
	}
	line("slot", "%s at layer %d, %s", printable(r.Slot), r.Layer, asked)
	line("coverage", "%s of the pack's items stand in a list of %d", percentOf(uint32(r.Coverage*1_000_000)), eval.Cutoffs[len(eval.Cutoffs)-1])
	fmt.Fprintln(w)
	figures := table{columns: []column{{title: "list of", right: true}, {title: "hit rate", right: true}, {}, {title: "MRR", right: true}, {}, {title: "NDCG", right: true}}}
	interval := func(i [2]float64) string { return fmt.Sprintf("[%.3f, %.3f]", i[0], i[1]) }
	for _, at := range r.At {
		figures.add(fmt.Sprint(at.Cutoff), fmt.Sprintf("%.4f", at.HitRate), interval(at.HitRateInterval), fmt.Sprintf("%.4f", at.MRR), interval(at.MRRInterval), fmt.Sprintf("%.4f", at.NDCG))
	}
	figures.write(w, "  ", widthOf(w), st)
	fmt.Fprintln(w)
	lengths := table{columns: []column{{title: "met so far", right: true}, {title: "next items", right: true}, {title: "hit rate", right: true}, {title: "MRR", right: true}}}
	for _, l := range r.ByLength {
		met := fmt.Sprint(l.Least)
		switch {
		case l.Most == 0:
			met += " or more"
		case l.Most > l.Least:
			met += fmt.Sprint(" to ", l.Most)
		}
		lengths.add(met, grouped(l.Predictions), fmt.Sprintf("%.4f", l.HitRate), fmt.Sprintf("%.4f", l.MRR))
	}
	return lengths.write(w, "  ", widthOf(w), st)
}
