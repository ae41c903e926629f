package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/nabij/nabij/host/audit"
)

type auditFlags struct {
	site, script string
	json         bool
	recognitionFlags
}

func newAudit() *cobra.Command {
	var f auditFlags
	cmd := &cobra.Command{
		Use:   "audit (--site URL | --pack DIR [LOG...])",
		Short: "Prove that behaviour stays in the browser, and measure what suggestions give away",
		Long: `With --site, audit plays visits to a site in Chromium: some that do nothing, and some
that load the same pages and do something on them. It records every byte that leaves the
browser, to any host, and compares. What only visits send that do something tells what
the visitor does.

What differs between two visits that do nothing, such as the time or a random number,
varies by itself: it is listed, and nothing can be said of it. What is found is played
once more before it is told. When something is sent is not compared, only what, and on
which page.

A script names the pages, and what visits do on each of them, or on every page ("*"):

  {
    "pages": ["/", "/shirts"],
    "visits": [
      {"name": "reads", "steps": {"*": [{"scroll": "end"}, {"wait_ms": 2000}]}},
      {"name": "dismisses", "steps": {"/shirts": [{"click": "nabij-suggestions >>> button"}]}}
    ]
  }

Steps are scroll ("end" or pixels), wait_ms, click and hover (a selector, whose part
after >>> is in a shadow root), type with into, key, and eval (JavaScript). None may
leave the page. Without a script three pages of the site are loaded, and visits read
them, and do what Nabij offers there; that takes about a minute.

With --pack, audit plays visits to a pack at each layer and with each number of faces G,
and lets an adversary guess from the lists that are shown what was viewed before. It
knows the pack, the code, the page and how other visitors walk, and is trained twice, with
the lists and without: what it learns from them is the net leak, in bits. It attacks
one page's list, and the lists of a whole visit. A LOG is as "nabij learn" reads it, of
later days than what the pack was learnt from, which --train names; without --train half
of the LOG is studied. Without a LOG visits are made up along the pack's own rows.

  hit rate     the share of lists that have the item viewed next; new items: of those not
               viewed before in the visit
  bits         what a list tells of the item viewed before, of any item viewed earlier, and
               of the topic before; exactly: what it tells if one item was viewed before
  certain      the share of pages on which the adversary gives the truth 50 % or more
  echo         the share of suggestions that were viewed before in the visit
  shows        the share of views that change a later list of the visit; after how many
               seconds, as a median and at the soonest, and on which page first and last
               (after 0 s it is the place of the viewed item itself, which is neither
               pushed nor hidden from then on)
  pursued      for how many pages lists have more of a topic, once it is left
  tires        on how many pages a topic is shown in vain before lists have less of it
  kept         of what the whole visit adds to the hit rate of layer 1 (layer 3 in the same
               slot), the share that layer 2 adds

--max-leak and --min-kept are held against layer 2 as the pack's policy has it. With
--report it writes a page to read, keep and pass on, for someone who answers for privacy.

With --json the output is one object, with --site:

  {"site", "pages", "visits", "requests", "hosts", "nabij",
   "findings", "once": [{"visit", "page", "kind", "method", "url", "change", "part", "from", "to", "body"}],
   "varies": [{"kind", "method", "origin", "path", "part", "one", "two"}],
   "unanswered": [{"origin", "error"}]}

The exit code is 0 when nothing depends on behaviour, or gives away more than it may, 1
when something does, and 2 when the audit could not be made.`,
		Example: `  nabij audit --site http://127.0.0.1:8080
  nabij audit --site https://shop.example --script visit.json
  nabij audit --demo --report report.html
  nabij audit --pack dist later.csv --train visits.csv --slot related --report report.html
  nabij audit --pack dist later.csv --max-leak 0.65 --min-kept 0.6`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.pack != "" || f.demo {
				return runRecognition(cmd, args, &f)
			}
			return runAudit(cmd, args, &f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.site, "site", "", "the site, as in https://shop.example")
	fl.StringVar(&f.script, "script", "", "the pages to load, and what to do on them")
	fl.BoolVar(&f.json, "json", false, "print JSON")
	f.recognitionFlags.register(cmd)
	return cmd
}

// errDepends is what an audit ends with that found something.
var errDepends = errors.New("what leaves the browser depends on what the visitor does")

// cannotError is a command that could not do what it is for, where exit code 1 means that it found something.
type cannotError struct{ error }

func (e cannotError) Unwrap() error { return e.error }

func runAudit(cmd *cobra.Command, args []string, f *auditFlags) error {
	switch {
	case f.site == "" && len(args) > 0:
		return usagef("--pack is missing: the pack to play %s to", args[0])
	case f.site == "":
		return usagef("--site or --pack is missing: a site, as in https://shop.example, or a pack, or --demo")
	case len(args) > 0:
		return usagef("got %s, want none: the site is named by --site", counted(len(args), "argument"))
	}
	var others []string
	cmd.Flags().Visit(func(fl *pflag.Flag) {
		if !isOneOf(fl.Name, []string{"site", "script", "json"}) {
			others = append(others, "--"+fl.Name)
		}
	})
	if len(others) > 0 {
		return usagef("%s: only an audit with --pack or --demo knows of that; leave it out, or leave out --site", strings.Join(others, ", "))
	}
	report, err := makeAudit(cmd.Context(), cmd, f)
	if err != nil {
		return cannotError{err}
	}
	w := cmd.OutOrStdout()
	if f.json {
		err = writeJSON(w, auditOf(report))
	} else {
		err = tellAudit(w, report)
	}
	if err == nil && len(report.Findings) > 0 {
		err = errDepends
	}
	return err
}

func makeAudit(ctx context.Context, cmd *cobra.Command, f *auditFlags) (*audit.Report, error) {
	o := audit.Options{Site: f.site}
	if f.script != "" {
		data, err := os.ReadFile(f.script)
		if err != nil {
			return nil, fmt.Errorf("--script: %w", err)
		}
		if o.Script, err = audit.ReadScript(f.script, data); err != nil {
			return nil, err
		}
	}
	bar := progressOf(cmd.ErrOrStderr())
	defer bar.end()
	o.Progress = func(visit string, done, total int) {
		bar.show("playing a visit that does "+visit, int64(done), int64(total))
	}
	return audit.Run(ctx, o)
}
