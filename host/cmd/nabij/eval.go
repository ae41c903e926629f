package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/eval"
	"github.com/nabij/nabij/host/learn"
)

type evalFlags struct {
	pack, against, slot, layer, params, report string
	train                                      []string
	size                                       int
	logs                                       logFlags
	wasm, time, json                           bool
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
  coverage   the share of the pack's items that stand in a list
  Gini       how unevenly they stand in lists: 0 is all alike, 1 is one item in all
  diversity  how much of the topics of a list's items differs: 0 is nothing, 1 is all
  off topic  how far a list's topics are from the visit's so far: 0 is not at all
  surprise   how rare a list's items are in the log of --train, in bits

With --train, the log that the pack was learnt from, the figures stand beside those of
methods of the literature, which rank on a server with all of that log; and next items
are told apart by how often and for how long that log has met them. With --against, two
packs answer the same questions, and what differs is told with its interval.

With --report it writes a page to read, keep and pass on: one HTML file that fetches
nothing. With --train too, it shows what a pack's bytes and its threshold cost, by packs
that are learnt anew for it; --params has their other parameters.

Beside a figure is what 95 % of other visits of the kind would give. A slot that
welcomes repeats is asked on a page about nothing. Any other is asked on the item's
page, and only next items that the visit has not met count.`,
		Example: `  nabij eval --pack dist visits-of-last-week.csv
  nabij eval --pack dist visits.csv --slot related --layer 2
  nabij eval --pack dist visits.csv --wasm --json
  nabij eval --pack dist later.csv --train visits.csv
  nabij eval --pack dist --against dist-of-may later.csv
  nabij eval --pack dist later.csv --train visits.csv --report report.html`,
		Args: arguments(1, -1, "at least one LOG"),
		RunE: func(cmd *cobra.Command, args []string) error { return runEval(cmd, args, f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.pack, "pack", "", "a pack, or a folder made by nabij build")
	fl.StringVar(&f.against, "against", "", "another pack, or folder, to compare it with")
	fl.StringVar(&f.slot, "slot", "", "the slot to ask (default the first that welcomes repeats, or the first)")
	fl.StringVar(&f.layer, "layer", allLayers, `the highest layer to ask for, 1 to 3, or "all", side by side`)
	fl.IntVar(&f.size, "size", eval.Cutoffs[lastCutoff], "how many items to ask for; at layer 2 the slot's own number shows what visitors get")
	fl.StringArrayVar(&f.train, "train", nil, "the log that the pack was learnt from, to compare it with other methods; may be repeated")
	f.logs.register(fl)
	fl.BoolVar(&f.wasm, "wasm", false, "run nabij.wasm; without it the same code runs natively, with the same figures")
	fl.BoolVar(&f.time, "time", false, "time suggestions too, natively and in nabij.wasm, on this machine")
	fl.StringVar(&f.report, "report", "", "write a page with tables and plots to this file")
	fl.StringVar(&f.params, "params", "", `a file with the parameters that the pack was learnt with, for --report (default those of "nabij learn")`)
	fl.BoolVar(&f.json, "json", false, "print JSON")
	return cmd
}

// allLayers is the value of --layer that asks for each layer.
const allLayers = "all"

// layers returns the layers to ask for, the highest first.
func (f *evalFlags) layers() ([]uint8, error) {
	switch f.layer {
	case allLayers:
		return []uint8{3, 2, 1}, nil
	case "1", "2", "3":
		return []uint8{f.layer[0] - '0'}, nil
	}
	return nil, usagef("--layer: got %q, want 1, 2, 3 or %s", f.layer, allLayers)
}

func runEval(cmd *cobra.Command, logs []string, f evalFlags) error {
	if err := required("pack", f.pack, "a pack, or a folder made by nabij build"); err != nil {
		return err
	}
	layers, err := f.layers()
	if err != nil {
		return err
	}
	if most := eval.Cutoffs[lastCutoff]; f.size < 1 || f.size > most {
		return usagef("--size: got %d, want 1 to %d", f.size, most)
	}
	given, err := f.reportParams()
	if err != nil {
		return err
	}
	w := cmd.OutOrStdout()
	e := &evaluating{evalFlags: f, ctx: cmd.Context(), bar: progressOf(cmd.ErrOrStderr())}
	defer e.bar.end()
	if err := e.run(logs, layers, given); err != nil {
		return err
	}
	if f.report != "" {
		if err := e.writeReport(logs); err != nil {
			return fmt.Errorf("--report: %w", err)
		}
	}
	if f.json {
		text, err := json.MarshalIndent(&e.Summary, "", "  ")
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s\n", text)
		return err
	}
	return e.tell(w)
}

// evaluating is an evaluation at work.
type evaluating struct {
	evalFlags
	eval.Summary
	ctx context.Context
	bar *progress
	// pageSlot is a slot of the pack that is asked on pages of items, empty where there is none.
	pageSlot string
	// found is what was found in the logs, but for those of --train.
	found learn.Report
}

// run evaluates, with the parameters of a file for the report's curves, or nil.
func (e *evaluating) run(logs []string, layers []uint8, given []byte) error {
	data, p, err := checkedPack(e.pack, e.slot)
	if err != nil {
		return err
	}
	e.pageSlot = pageSlot(p)
	var other []byte
	if e.against != "" {
		if other, _, err = checkedPack(e.against, e.slot); err != nil {
			return fmt.Errorf("--against: %w", err)
		}
	}
	visits, found, err := e.read(logs)
	if err != nil {
		return err
	}
	e.found = found
	var train *learn.Visits
	var params learn.Params
	if len(e.train) > 0 {
		var report learn.Report
		if train, report, err = e.read(e.train); err != nil {
			return err
		}
		params = usualParams(report)
		if err := decodeParams(e.params, given, &params); err != nil {
			return err
		}
		if err := params.Check(); err != nil {
			return fmt.Errorf("--params: %s: %w", e.params, err)
		}
	}
	if err := e.play(data, visits, train, layers); err != nil {
		return err
	}
	if e.Size, err = eval.SizeOf(data); err != nil {
		return err
	}
	e.Intent, err = eval.Intent(e.ctx, data, visits, eval.Options{Wasm: e.wasm, Progress: e.shown("what visits are about")})
	e.bar.end()
	if err != nil {
		return err
	}
	if e.against != "" {
		if err := e.playAgainst(other, visits, train); err != nil {
			return fmt.Errorf("--against: %s: %w", e.against, err)
		}
	}
	if train != nil {
		if err := e.playMethods(visits, train); err != nil {
			return err
		}
	}
	if train != nil && e.report != "" {
		if e.Curves, err = eval.Curve(e.ctx, train, visits, params, eval.Options{Progress: e.shown("packs learnt anew")}); err != nil {
			return err
		}
		e.bar.end()
	}
	if e.time {
		times, err := eval.Time(e.ctx, data, visits, eval.Options{Slot: e.slot, Layer: e.Top().Layer, Size: e.size, Progress: e.shown("timing")})
		e.bar.end()
		if err != nil {
			return err
		}
		e.Times = &times
	}
	return nil
}

// pageSlot returns the first slot of a pack that does not welcome repeats, empty where there is none.
func pageSlot(p *pack.Pack) string {
	for slot := range p.Slots() {
		if !p.Slot(slot).Repeats {
			return string(p.SlotName(slot))
		}
	}
	return ""
}

func (e *evaluating) read(logs []string) (*learn.Visits, learn.Report, error) {
	opt, err := e.logs.options(e.ctx, e.bar)
	if err != nil {
		return nil, learn.Report{}, err
	}
	opt.KeepUnknown = true // as misses
	visits, report, err := learn.Read(e.ctx, logs, opt)
	e.bar.end()
	return visits, report, err
}

// shown returns a function that shows progress.
func (e *evaluating) shown(what string) func(done, total int) {
	return func(done, total int) { e.bar.show(what, int64(done), int64(total)) }
}

// play evaluates the pack at layers, the highest first, but for those above what slot and policy allow.
func (e *evaluating) play(data []byte, visits, train *learn.Visits, layers []uint8) error {
	for _, layer := range layers {
		if len(e.Layers) > 0 && layer >= e.Layers[len(e.Layers)-1].Layer {
			continue
		}
		r, err := eval.Pack(e.ctx, data, visits, eval.Options{
			Slot: e.slot, Layer: layer, Size: e.size, Wasm: e.wasm, Train: train, Progress: e.shown(fmt.Sprint("layer ", layer)),
		})
		e.bar.end()
		if err != nil {
			return err
		}
		e.Layers = append(e.Layers, r)
	}
	return nil
}

// playAgainst evaluates the other pack at the highest layer, in the slot of the same name.
func (e *evaluating) playAgainst(data []byte, visits, train *learn.Visits) error {
	top := e.Top()
	r, err := eval.Pack(e.ctx, data, visits, eval.Options{
		Slot: top.Slot, Layer: top.Layer, Size: e.size, Wasm: e.wasm, Train: train, Progress: e.shown("the other pack"),
	})
	e.bar.end()
	if err != nil {
		return err
	}
	e.Against = &eval.Against{Result: r}
	if e.Against.Size, err = eval.SizeOf(data); err != nil {
		return err
	}
	e.Against.Difference, err = eval.Pair(top, r)
	return err
}

func (e *evaluating) playMethods(visits, train *learn.Visits) error {
	for _, m := range eval.Methods() {
		r, err := eval.Compare(e.ctx, m, train, visits, e.Top().Repeats, eval.Options{Size: e.size, Progress: e.shown(m.Name)})
		e.bar.end()
		if err != nil {
			return err
		}
		e.Compared = append(e.Compared, eval.Compared{Method: m.Name, Result: r})
	}
	return nil
}
