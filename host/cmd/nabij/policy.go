package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/host/policy"
)

type policyFlags struct {
	pack, language string
	json, html     bool
}

func newPolicy() *cobra.Command {
	var f policyFlags
	cmd := &cobra.Command{
		Use:   "policy --pack DIR",
		Short: "Say what suggestions do with a visit, as visitors may read it",
		Long: `Policy prints what a site's suggestions do with a visit: which signals count, for
what and for how long, what a page can show, who can change it, and what never
happens. It is read from the pack that the engine works by.

A build writes the same beside the script, for a site to link to: policy.en.html
and policy.nl.html, which fetch nothing, and policy.json.`,
		Example: `  nabij policy --pack dist
  nabij policy --pack dist --language nl
  nabij policy --pack dist --json | jq .signals`,
		Args: arguments(0, 0, "none: the pack is named by --pack"),
		RunE: func(cmd *cobra.Command, _ []string) error { return tellPolicy(cmd.OutOrStdout(), f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.pack, "pack", "", "a pack, or a folder made by nabij build")
	fl.StringVar(&f.language, "language", string(policy.English), "en or nl")
	fl.BoolVar(&f.json, "json", false, "print JSON (host/policy/SCHEMA.md)")
	fl.BoolVar(&f.html, "html", false, "print the page")
	return cmd
}

func tellPolicy(w io.Writer, f policyFlags) error {
	if err := required("pack", f.pack, "a pack, or a folder made by nabij build"); err != nil {
		return err
	}
	if f.json && f.html {
		return usagef("--json and --html: one of them")
	}
	language := policy.Language(f.language)
	if language != policy.English && language != policy.Dutch {
		return usagef("--language: got %q, want en or nl", f.language)
	}
	_, p, err := checkedPack(f.pack, "")
	if err != nil {
		return err
	}
	d := policy.Of(p)
	if d.Sensitive.Lists, err = listsOf(f.pack); err != nil {
		return err
	}
	switch {
	case f.json:
		return d.WriteJSON(w)
	case f.html:
		return d.WriteHTML(w, language)
	}
	var text strings.Builder
	if err := d.WriteText(&text, language); err != nil {
		return err
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(text.String(), "\n"), "\n") {
		if _, err := fmt.Fprintln(w, printable(line)); err != nil {
			return err
		}
	}
	return nil
}

// listsOf returns what the manifest of a built folder says of the default lists, nil of a pack alone.
func listsOf(path string) (*policy.Lists, error) {
	if !isFolder(path) {
		return nil, nil
	}
	m, err := readManifest(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return m.Sensitivity.Lists(), err
}
