package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/eval/recognition"
	"github.com/nabij/nabij/host/eval/report"
	"github.com/nabij/nabij/host/learn"

	"github.com/spf13/cobra"
)

// recognitionFlags are those of an audit of a pack.
type recognitionFlags struct {
	pack, slot, report string
	demo, wasm         bool
	train              []string
	sessions           int
	maxLeak, minKept   float64
	logs               logFlags
}

func (f *recognitionFlags) register(cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.StringVar(&f.pack, "pack", "", "audit what a pack's lists give away: a pack, or a folder made by nabij build")
	fl.BoolVar(&f.demo, "demo", false, "the same of the demo shop")
	fl.StringVar(&f.slot, "slot", "", "the slot to ask (default the first that does not welcome repeats)")
	fl.StringArrayVar(&f.train, "train", nil, "a log that the adversary has studied, such as the one the pack was learnt from; may be repeated")
	fl.IntVar(&f.sessions, "sessions", usualSessions, "how many visits to play at most, evenly spread")
	fl.BoolVar(&f.wasm, "wasm", false, "play visits through nabij.wasm; without it the same code runs natively, with the same figures")
	fl.StringVar(&f.report, "report", "", "write a page with tables and plots to this file")
	fl.Float64Var(&f.maxLeak, "max-leak", 0, "fail if layer 2 gives away more bits than that of what was viewed, on a page or over a visit")
	fl.Float64Var(&f.minKept, "min-kept", 0, "fail if layer 2 keeps less than that share of what the whole visit would add to the hit rate")
	f.logs.registerReading(fl)
}

// demoSlotOfProducts is the slot on pages of products of the demo shop.
const demoSlotOfProducts = "product"

// How many visits are played, and made up for the adversary to study.
const (
	usualSessions   = 3_000
	studiedSessions = 20_000
)

// errGivesAway is what an audit ends with that found more than it may.
var errGivesAway = errors.New("the audit failed")

func runRecognition(cmd *cobra.Command, logs []string, f *auditFlags) error {
	switch fl := cmd.Flags(); {
	case f.site != "" || f.script != "":
		return usagef("--site and --script are for what leaves the browser, --pack and --demo for what lists give away: give one of these")
	case f.pack != "" && f.demo:
		return usagef("--pack and --demo: give one of these")
	case f.demo && len(logs) > 0:
		return usagef("--demo: the demo shop has no log")
	case len(f.train) > 0 && len(logs) == 0:
		return usagef("--train: without a LOG visits are made up, and so are those that the adversary studies")
	case f.sessions < 1:
		return usagef("--sessions: got %d, want 1 or more", f.sessions)
	case fl.Changed("max-leak") && !(f.maxLeak >= 0):
		return usagef("--max-leak: got %v, want bits, 0 or more", f.maxLeak)
	case fl.Changed("min-kept") && !(f.minKept >= 0 && f.minKept <= 1):
		return usagef("--min-kept: got %v, want a share, 0 to 1", f.minKept)
	}
	if err := reportable(f.report); err != nil {
		return cannotError{err}
	}
	r := &recognising{recognitionFlags: f.recognitionFlags, ctx: cmd.Context(), bar: progressOf(cmd.ErrOrStderr())}
	defer r.bar.end()
	if err := r.run(logs); err != nil {
		return cannotError{err}
	}
	failed, err := r.failed(cmd.Flags().Changed("max-leak"), cmd.Flags().Changed("min-kept"))
	if err != nil {
		return cannotError{err}
	}
	w := cmd.OutOrStdout()
	if f.json {
		text, err := json.MarshalIndent(struct {
			*recognition.Report
			Failed []string `json:"failed"`
		}{r.found, failed}, "", "  ")
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s\n", text); err != nil {
			return err
		}
	} else if err := r.tell(w); err != nil {
		return err
	}
	if len(failed) > 0 {
		return fmt.Errorf("%w: %s", errGivesAway, strings.Join(failed, "; "))
	}
	return nil
}

// recognising is an audit of a pack at work.
type recognising struct {
	recognitionFlags
	ctx   context.Context
	bar   *progress
	found *recognition.Report
	read  learn.Report
}

// run audits, and writes the report.
func (r *recognising) run(logs []string) error {
	name, data, p, err := r.open()
	if err != nil {
		return err
	}
	opt := recognition.Options{Slot: r.slot, Sessions: r.sessions, Wasm: r.wasm}
	visits, err := r.visits(p, logs, &opt)
	if err != nil {
		return err
	}
	opt.Progress = func(what string, done, total int) { r.bar.show(what, int64(done), int64(total)) }
	r.found, err = recognition.Audit(r.ctx, data, visits, opt)
	r.bar.end()
	if err != nil {
		return err
	}
	r.found.Generated = len(logs) == 0
	if r.report == "" {
		return nil
	}
	page := report.RecognitionPage{Pack: name, Logs: allNamed(logs), Train: allNamed(r.train), Report: r.found}
	return build.WriteFile(r.ctx, r.report, func(w io.Writer) error { return report.WriteRecognition(w, page) })
}

// open reads the pack, or builds the demo shop's, whose slot is that of products unless another is named.
func (r *recognising) open() (name string, data []byte, p *pack.Pack, err error) {
	if !r.demo {
		data, p, err = checkedPack(r.pack, r.slot)
		return named(r.pack), data, p, err
	}
	if r.slot == "" {
		r.slot = demoSlotOfProducts
	}
	name = "the demo shop"
	if data, err = packDemo(r.ctx); err == nil {
		p, err = opened(data, name, r.slot)
	}
	return name, data, p, err
}

// visits returns those to play, and lets the adversary study others: of logs, or made up.
func (r *recognising) visits(p *pack.Pack, logs []string, opt *recognition.Options) (*learn.Visits, error) {
	if len(logs) == 0 {
		if p.Items() == 0 {
			return nil, errors.New("the pack has no items")
		}
		opt.Train = recognition.Generate(p, studiedSessions, 1)
		return recognition.Generate(p, r.sessions, 2), nil
	}
	reading, err := r.logs.options(r.ctx, r.bar)
	if err != nil {
		return nil, err
	}
	read := func(paths []string) (*learn.Visits, learn.Report, error) {
		v, found, err := learn.Read(r.ctx, paths, reading)
		r.bar.end()
		return v, found, err
	}
	if len(r.train) > 0 {
		if opt.Train, _, err = read(r.train); err != nil {
			return nil, err
		}
	}
	visits, found, err := read(logs)
	r.read = found
	return visits, err
}

// failed says which figures are not within what is asked for.
func (r *recognising) failed(maxLeak, minKept bool) ([]string, error) {
	failed := []string{}
	alone, served := r.found.Of(r.found.Alone()), r.found.Of(r.found.Served())
	if maxLeak && served.Visits == nil {
		return nil, errors.New("--max-leak: no visit has an item before its last pages, so what the lists of a whole visit give away cannot be told; play longer visits")
	}
	if maxLeak {
		for _, leak := range []struct {
			of string
			*recognition.Leak
		}{
			{"one page's list about the item viewed before", alone.Leaks.Before},
			{"one page's list about any item viewed earlier", alone.Leaks.Earlier},
			{"one page's list about the topic viewed before", alone.Leaks.Topic},
			{"the lists of a whole visit about an item viewed before them", served.Visits},
		} {
			if leak.Leak != nil && leak.Net.Value > r.maxLeak {
				failed = append(failed, fmt.Sprintf("%s gives away %.2f bits, and --max-leak is %v", leak.of, leak.Net.Value, r.maxLeak))
			}
		}
	}
	if minKept {
		kept, ok := r.found.Kept(r.found.Alone())
		if !ok {
			return nil, errors.New("--min-kept: on these visits the whole visit adds nothing clear to the hit rate of layer 1, so there is nothing to keep a share of; play more of them, or real ones")
		}
		if kept < r.minKept {
			failed = append(failed, fmt.Sprintf("layer 2 keeps %.0f %% of what the whole visit adds to the hit rate, and --min-kept is %v", 100*kept, r.minKept))
		}
	}
	return failed, nil
}
