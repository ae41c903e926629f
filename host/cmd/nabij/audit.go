package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/host/audit"
)

type auditFlags struct {
	site, script string
	json         bool
}

func newAudit() *cobra.Command {
	var f auditFlags
	cmd := &cobra.Command{
		Use:   "audit --site URL",
		Short: "Prove on a site's own pages that behaviour stays in the browser",
		Long: `Audit plays visits to a site in Chromium: some that do nothing, and some that load the
same pages and do something on them. It records every byte that leaves the browser, to
any host, and compares. What only visits send that do something tells what the visitor
does.

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

With --json the output is one object:

  {"site", "pages", "visits", "requests", "hosts", "nabij",
   "findings", "once": [{"visit", "page", "kind", "method", "url", "change", "part", "from", "to", "body"}],
   "varies": [{"kind", "method", "origin", "path", "part", "one", "two"}],
   "unanswered": [{"origin", "error"}]}

The exit code is 0 when nothing depends on behaviour, 1 when something does, and 2 when
the audit could not be made.`,
		Example: `  nabij audit --site http://127.0.0.1:8080
  nabij audit --site https://shop.example --script visit.json
  nabij audit --site https://shop.example --json`,
		Args: arguments(0, 0, "none: the site is named by --site"),
		RunE: func(cmd *cobra.Command, _ []string) error { return runAudit(cmd, &f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.site, "site", "", "the site, as in https://shop.example")
	fl.StringVar(&f.script, "script", "", "the pages to load, and what to do on them")
	fl.BoolVar(&f.json, "json", false, "print JSON")
	return cmd
}

// errDepends is what an audit ends with that found something.
var errDepends = errors.New("what leaves the browser depends on what the visitor does")

// cannotError is a command that could not do what it is for, where exit code 1 means that it found something.
type cannotError struct{ error }

func (e cannotError) Unwrap() error { return e.error }

func runAudit(cmd *cobra.Command, f *auditFlags) error {
	if err := required("site", f.site, "scheme and host, as in https://shop.example"); err != nil {
		return err
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
