package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/andybalholm/brotli"
	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn/content"
	"github.com/nabij/nabij/wasm/abi"
)

// Names of the files of a built folder, beside build.ManifestName.
const (
	packName   = "nabij.pack"
	moduleName = "nabij.wasm"
)

// shownProblems is how many problems of a source are printed; all are counted.
const shownProblems = 10

type builder struct {
	out, configFile, site, currency, language string
	neighbours                                int
	strict                                    bool
}

func buildCommand() *cobra.Command {
	b := &builder{}
	c := &cobra.Command{
		Use:   "build FEED... --out DIR",
		Short: "Make a pack from feeds, exports or a built site",
		Long: "Reads Google Merchant feeds, Shopify and WooCommerce exports, JSON Lines, CSV tables, RSS and Atom, and folders or\n" +
			"sitemaps of built pages, recognised by content, and writes " + packName + ", " + moduleName + " and " + build.ManifestName + " to DIR.\nWhat was in DIR stays until all of it is written.",
		Example: "  nabij build feed.xml --out dist\n  nabij build products.csv public/ --config nabij.json --currency EUR --out dist",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 || b.out == "" {
				return fmt.Errorf("%w: want at least one feed, and --out", errUsage)
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			return b.run(c.Context(), args, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	f := c.Flags()
	f.StringVar(&b.out, "out", "", "folder to write to")
	f.StringVar(&b.configFile, "config", "", "slots, policy and sensitive topics, as JSON")
	f.StringVar(&b.site, "site", "", "the site's origin, for relative links")
	f.StringVar(&b.currency, "currency", "", "currency of prices that name none, as in EUR")
	f.StringVar(&b.language, "language", "", "language of items that name none, as in nl")
	f.IntVar(&b.neighbours, "neighbours", 30, "most neighbours of an item")
	f.BoolVar(&b.strict, "strict", false, "fail on what is otherwise a warning")
	return c
}

func (b *builder) run(ctx context.Context, feeds []string, stdout, stderr io.Writer) error {
	cfg := build.Config{}
	if b.configFile != "" {
		f, err := os.Open(b.configFile)
		if err != nil {
			return err
		}
		defer f.Close()
		if cfg, err = build.ReadConfig(f, b.configFile); err != nil {
			return err
		}
	}
	if b.site != "" {
		cfg.Site = b.site
	}
	if b.currency != "" {
		cfg.Currency = b.currency
	}
	if b.language != "" {
		cfg.Language = b.language
	}
	bar := newProgress(stderr)
	items, sources, err := catalogue.ReadAll(ctx, feeds, catalogue.Options{
		Currency: cfg.Currency, Language: cfg.Language, BaseURL: cfg.Site, Strict: b.strict,
		Progress: func(done, total int64) { bar.at("reading", int(done), int(total)) },
	})
	bar.end()
	for _, s := range sources {
		printProblems(stderr, s)
	}
	if err != nil {
		return err
	}
	src, report, err := build.Source(ctx, items, cfg, build.Options{
		Content:  content.Options{Neighbours: b.neighbours, Language: cfg.Language},
		Progress: func(phase build.Phase, done, total int) { bar.at(string(phase), done, total) },
	})
	bar.end()
	if err != nil {
		return err
	}
	for i, w := range report.Warnings {
		if i == shownProblems {
			fmt.Fprintf(stderr, "... and %d more warnings\n", len(report.Warnings)-i+report.Unlisted)
			break
		}
		fmt.Fprintf(stderr, "warning: %s\n", w)
	}
	data, err := pack.Write(src)
	if err != nil {
		return err
	}
	if err := b.write(ctx, data, report); err != nil {
		return err
	}
	return b.summary(stdout, report, data)
}

// write puts the three files in place together.
func (b *builder) write(ctx context.Context, data []byte, report build.Report) error {
	if err := os.MkdirAll(b.out, 0o777); err != nil {
		return err
	}
	staging, err := build.Stage(b.out)
	if err != nil {
		return err
	}
	defer staging.Discard()
	manifest := build.NewManifest(b.site, 1, abi.Version, report)
	for _, f := range []struct {
		name string
		data []byte
	}{{packName, data}, {moduleName, host.Module()}} {
		if err := staging.Write(ctx, f.name, func(w io.Writer) error { _, err := w.Write(f.data); return err }); err != nil {
			return err
		}
		if err := manifest.Add(f.name, bytes.NewReader(f.data)); err != nil {
			return err
		}
	}
	if err := staging.Write(ctx, build.ManifestName, func(w io.Writer) error { _, err := manifest.WriteTo(w); return err }); err != nil {
		return err
	}
	return staging.Commit(ctx)
}

func (b *builder) summary(w io.Writer, r build.Report, data []byte) error {
	fmt.Fprintf(w, "%d items:", r.Items)
	for k, n := range r.Kinds {
		if n > 0 {
			fmt.Fprintf(w, " %d %s", n, pack.Kind(k))
		}
	}
	fmt.Fprintf(w, "; %d sensitive, never suggested\n", r.Sensitive)
	fmt.Fprintf(w, "%d topics, %d neighbours, %d search terms, %d slots\n", r.Topics, r.Neighbours, r.Terms, r.Slots)
	fmt.Fprintf(w, "%s: %s, %s compressed\n", filepath.Join(b.out, packName), kB(len(data)), kB(compressed(data)))
	fmt.Fprintf(w, "%s: %s, %s compressed\n", filepath.Join(b.out, moduleName), kB(len(host.Module())), kB(compressed(host.Module())))
	fmt.Fprintf(w, "\nTry it: nabij suggest --pack %s --visit visit.jsonl\n", b.out)
	_, err := fmt.Fprintf(w, "where visit.jsonl has lines such as {\"at_ms\":0,\"signal\":\"view\",\"item\":\"an item's id\"}\n")
	return err
}

func kB(n int) string { return fmt.Sprintf("%.1f kB", float64(n)/1000) }

// compressed returns the size after brotli at its default quality: close to what a server sends.
func compressed(data []byte) int {
	var b bytes.Buffer
	w := brotli.NewWriter(&b)
	_, _ = w.Write(data) // a buffer takes all
	_ = w.Close()
	return b.Len()
}

func printProblems(w io.Writer, r catalogue.Report) {
	for i, p := range r.Problems {
		if i == shownProblems {
			break
		}
		fmt.Fprintln(w, p)
	}
	total := 0
	for _, t := range r.Totals {
		total += t.Count
	}
	if total > shownProblems {
		fmt.Fprintf(w, "... and %d more in %s\n", total-shownProblems, r.Name)
	}
}

// progress is a bar on a terminal, and nothing elsewhere.
type progress struct {
	w     io.Writer
	quiet bool
	title string
	bar   *progressbar.ProgressBar
}

func newProgress(w io.Writer) *progress {
	f, ok := w.(*os.File)
	return &progress{w: w, quiet: !ok || !term.IsTerminal(int(f.Fd()))}
}

func (p *progress) at(title string, done, total int) {
	if p.quiet {
		return
	}
	if p.bar == nil || p.title != title {
		p.end()
		p.title = title
		p.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(p.w), progressbar.OptionSetDescription(title),
			progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100_000_000), progressbar.OptionShowCount())
	}
	_ = p.bar.Set(done)
}

func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
		p.bar = nil
	}
}
