package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	tone "github.com/nabij/nabij/host/copy"
)

type lintFlags struct {
	format, language, config, stdinName string
	classes                             []string
	rules                               bool
}

// stdinNameDefault is what standard input is taken for.
const stdinNameDefault = "stdin.txt"

func newLint() *cobra.Command {
	var f lintFlags
	cmd := &cobra.Command{
		Use:   "lint [PATH...]",
		Short: "Find texts that sound as if the visitor were watched, pressed or courted",
		Long: `Lint reads texts, templates and translations, and finds in them what gives visitors the
feeling of being watched ("because you viewed"), pressed ("only 2 left") or courted
("we missed you"), in Dutch, English, German, French and Spanish. Each finding has its
place, why it is felt so, and a neutral wording.

A PATH is a file, a folder with all below it that can be read, or - for standard input.
Of a folder tests and configuration of programs are passed over, and folders of what
others wrote or programs made: node_modules, vendor, dist, build, target, testdata, and
those that begin with a dot. The end of a name tells the format:

  text         .txt .md .mdx
  pages        .html .vue .svelte .astro .php .erb .ejs, and templates of Go, Liquid,
               Handlebars, Twig, Jinja, Nunjucks
  code         .js .ts .jsx .tsx .go: strings and text of elements
  translations .json .arb .yaml .po .pot .xliff .xlf .properties .strings .ftl,
               Android's strings.xml, and .csv .tsv with a column of texts

The language is told by the file (lang, a header), by its name or folders (nl.json,
fr/shop.yaml), by --language, or by its words. Texts in others are told, and not checked.

What may stay is allowed where it stands, in a comment on the same line or the one
before, or in a configuration ("lint": {"allow": [{"rule", "reason", "files", "text"}]}):

  nabij-lint: allow countdown the shop closes for good on that day

A reason is required. "files" is a pattern of paths, as in "texts/*.json" or "texts/**".
Allowances that nothing needs are told.

The exit code is 0 when nothing was found, 1 when something was, and 2 when a file could
not be read or understood; others are looked at all the same.`,
		Example: `  nabij lint texts
  nabij lint --class recognition locales/*.json
  nabij lint --format sarif web > tone.sarif
  nabij lint --rules`,
		Args: arguments(0, -1, "files or folders"),
		RunE: func(cmd *cobra.Command, args []string) error { return runLint(cmd, &f, args) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.format, "format", "text", "text, json, or sarif (2.1.0)")
	fl.StringSliceVar(&f.classes, "class", nil, "only findings of these classes: "+strings.Join(tone.Classes(), ", "))
	fl.StringVar(&f.language, "language", "", "of files that do not say theirs: "+strings.Join(tone.Languages, ", "))
	fl.StringVar(&f.config, "config", "", "the site's configuration, for what it allows")
	fl.StringVar(&f.stdinName, "stdin-name", stdinNameDefault, "a name for standard input, which tells its format and language")
	fl.BoolVar(&f.rules, "rules", false, "list the rules")
	return cmd
}

// errOutOfTone is what a lint ends with that found something.
var errOutOfTone = errors.New("texts are out of tone")

// errUnread is what it ends with where it could not read all.
var errUnread = errors.New("not all could be read")

// lintReport is what was found in all files.
type lintReport struct {
	findings       []tone.Finding
	faults         []error
	unused         []string
	files, texts   int
	foreign        int // texts in languages that there are no rules for
	allowed        int
	inAllLanguages []string // files of no known language
	withForeign    []string // files with such texts
}

func runLint(cmd *cobra.Command, f *lintFlags, paths []string) error {
	if f.rules {
		return tellRules(cmd.OutOrStdout())
	}
	options, err := f.options()
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		return usagef("no PATH is given: want files, folders, or - for standard input")
	}
	write, ok := lintFormats[f.format]
	if !ok {
		return usagef("--format: got %q, want text, json or sarif", f.format)
	}
	report, err := lintAll(cmd, f, paths, options)
	if err != nil {
		return cannotError{err}
	}
	if err := write(cmd.OutOrStdout(), report); err != nil {
		return cannotError{err}
	}
	tellFaults(cmd.ErrOrStderr(), report)
	switch {
	case len(report.faults) > 0:
		return cannotError{errUnread}
	case len(report.findings) > 0:
		return errOutOfTone
	}
	return nil
}

var lintFormats = map[string]func(io.Writer, *lintReport) error{"text": tellLint, "json": writeLintJSON, "sarif": writeLintSARIF}

// options returns how files are to be looked at.
func (f *lintFlags) options() (tone.Options, error) {
	o := tone.Options{Language: f.language}
	if f.language != "" && !slices.Contains(tone.Languages, f.language) {
		return o, usagef("--language: got %q, want one of %s", f.language, strings.Join(tone.Languages, ", "))
	}
	for _, name := range f.classes {
		class, ok := tone.ClassOf(name)
		if !ok {
			return o, usagef("--class: got %q, want one of %s", name, strings.Join(tone.Classes(), ", "))
		}
		o.Classes = append(o.Classes, class)
	}
	if f.config != "" {
		cfg, err := readConfig(f.config)
		if err != nil {
			return o, cannotError{err}
		}
		o.Allowances = cfg.LintAllow
	}
	return o, nil
}

// lintAll looks at all paths.
func lintAll(cmd *cobra.Command, f *lintFlags, paths []string, o tone.Options) (*lintReport, error) {
	l, r := tone.New(), &lintReport{}
	for _, path := range paths {
		if path == "-" {
			data, err := io.ReadAll(cmd.InOrStdin())
			if err != nil {
				return nil, fmt.Errorf("standard input: %w", err)
			}
			r.look(l, f.stdinName, data, o)
			continue
		}
		none := true
		err := textFiles(path, func(name string, err error) error {
			none = false
			if err := cmd.Context().Err(); err != nil {
				return err
			}
			var data []byte
			if err == nil {
				data, err = os.ReadFile(name)
			}
			if err != nil {
				r.faults = append(r.faults, err)
				return nil
			}
			r.look(l, name, data, o)
			return nil
		})
		if err != nil {
			return nil, err
		}
		if none {
			r.faults = append(r.faults, fmt.Errorf("%s: no file in it has a format that is read; nabij lint --help lists them", path))
		}
	}
	if o.Classes == nil {
		for _, a := range o.Allowances {
			if a.Used == 0 {
				r.unused = append(r.unused, fmt.Sprintf("%s: nothing needs the allowance of %s", f.config, a))
			}
		}
	}
	return r, nil
}

func (r *lintReport) look(l *tone.Linter, name string, data []byte, o tone.Options) {
	res, err := l.File(name, data, o)
	if err != nil {
		r.faults = append(r.faults, fmt.Errorf("%w; nabij lint --help lists them", err))
		return
	}
	r.files++
	r.texts += res.Texts
	r.foreign += res.Foreign
	if res.Foreign > 0 {
		r.withForeign = append(r.withForeign, name)
	}
	r.allowed += res.Allowed
	r.findings = append(r.findings, res.Findings...)
	for _, fault := range res.Faults {
		r.faults = append(r.faults, fault)
	}
	for _, u := range res.Unused {
		r.unused = append(r.unused, fmt.Sprintf("%s:%d: nothing here needs the allowance of %s", u.File, u.Line, u.Rule))
	}
	if res.AllLanguages {
		r.inAllLanguages = append(r.inAllLanguages, name)
	}
}
