package main

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/demo"
	"github.com/nabij/nabij/host/demo/site"
	"github.com/nabij/nabij/host/serve"
)

func newDemo() *cobra.Command {
	var name, language string
	var list, terminal bool
	var f serving
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Open a shop that is built in, to click through",
		Long: `Demo serves a bicycle and outdoor shop that exists here alone, in English and Dutch, on
this machine alone. An overlay on each page shows what Nabij does there, as that of
"nabij serve" does. With --terminal it plays a visit to the shop instead, through
nabij.wasm, and prints after each signal what changes and why.`,
		Example: `  nabij demo
  nabij demo --terminal
  nabij demo --list
  nabij demo --visit equipping-for-camping --lang nl`,
		Args: arguments(0, 0, "none: a visit is named by --visit"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch fl := cmd.Flags(); {
			case list:
				return listVisits(cmd.OutOrStdout())
			case terminal || fl.Changed("visit") || fl.Changed("lang"):
				return runDemo(cmd, name, language)
			}
			return serveDemo(cmd.Context(), cmd.OutOrStdout(), f)
		},
	}
	fl := cmd.Flags()
	fl.BoolVar(&terminal, "terminal", false, "play a visit here instead")
	fl.StringVar(&name, "visit", "comparing-rain-jackets", "the visit to play")
	fl.StringVar(&language, "lang", "en", "the language of the visit to play, en or nl")
	fl.BoolVar(&list, "list", false, "list the visits")
	f.register(fl)
	_ = cmd.RegisterFlagCompletionFunc("visit", cobra.FixedCompletions(visitNames(), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions([]string{"en", "nl"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// serveDemo serves the demo shop as web pages, on this machine alone, until ctx ends.
func serveDemo(ctx context.Context, w io.Writer, f serving) error {
	server := serve.New(serve.Options{Plain: f.plain, Build: func(ctx context.Context) (serve.Built, error) {
		data, err := packDemo(ctx)
		pages := func(tags template.HTML) http.Handler {
			return site.Handler(site.Options{Head: tags, Policy: serve.Base})
		}
		return serve.Built{Pack: data, Pages: pages}, err
	}})
	if err := server.Build(ctx); err != nil {
		return err
	}
	return f.listen(ctx, w, server, nil, "The shop Wad & Weg is open at %s until you interrupt this.\n")
}

// visitNames returns the names of the scripted visits, without a language.
func visitNames() []string {
	var names []string
	for _, name := range demo.Visits() {
		if name, ok := strings.CutPrefix(name, "en/"); ok {
			names = append(names, name)
		}
	}
	return names
}

func listVisits(w io.Writer) error {
	for _, name := range visitNames() {
		if _, err := fmt.Fprintln(w, name); err != nil {
			return err
		}
	}
	return nil
}

func runDemo(cmd *cobra.Command, name, language string) error {
	if language != "en" && language != "nl" {
		return usagef("--lang: got %q, want en or nl", language)
	}
	if l, rest, ok := strings.Cut(name, "/"); ok && (l == "en" || l == "nl") {
		language, name = l, rest
	}
	if names := visitNames(); !slices.Contains(names, name) {
		return usagef("--visit: there is no visit %q%s; there are %s", name, didYouMean(nearest(name, names)), strings.Join(names, ", "))
	}
	ctx := cmd.Context()
	e, err := openDemo(ctx)
	if err != nil {
		return err
	}
	defer e.Close(ctx)
	v, err := readVisit(e, name, bytes.NewReader(demo.Visit(language+"/"+name)))
	if err != nil {
		return err
	}
	w := cmd.OutOrStdout()
	s := &stage{w: w, st: styleOf(w), width: min(widthOf(w), 100), engine: e, session: e.NewSession(), language: e.FindLanguage(language)}
	return s.play(ctx, name, v)
}

// openDemo builds the demo shop in memory and opens it in the module.
func openDemo(ctx context.Context) (*host.Engine, error) {
	data, err := packDemo(ctx)
	if err != nil {
		return nil, err
	}
	return host.Open(ctx, data, host.Instances(1))
}

// packDemo builds the demo shop's pack.
func packDemo(ctx context.Context) ([]byte, error) {
	cfg, err := build.ReadConfig(bytes.NewReader(demo.Config()), "the demo shop")
	if err != nil {
		return nil, err
	}
	items, err := demo.Items()
	if err != nil {
		return nil, err
	}
	src, _, err := build.Source(ctx, items, cfg, build.Options{})
	if err != nil {
		return nil, err
	}
	return pack.Write(src)
}

// demoSlot returns the slot that the shop's pages of a kind have.
func demoSlot(p *pack.Pack, item uint32) string {
	if item == pack.NoItem {
		return "home"
	}
	switch p.Kind(item) {
	case pack.KindProduct:
		return "product"
	case pack.KindHelp:
		return "help"
	}
	return "article"
}
