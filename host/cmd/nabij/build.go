package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn"
	"github.com/nabij/nabij/host/learn/content"
	"github.com/nabij/nabij/wasm/abi"
)

// Files of a built folder, besides build.ManifestName.
const (
	packName   = "nabij" + host.PackExtension
	moduleName = "nabij.wasm"
)

// reading is what the first part of a build does, for its progress; the others are build's phases.
const reading = "reading"

type buildFlags struct {
	out, config, site, currency, language, learned string
	neighbours                                     int
	strict                                         bool
}

func newBuild() *cobra.Command {
	var f buildFlags
	cmd := &cobra.Command{
		Use:   "build FEED... --out DIR",
		Short: "Build a pack from product feeds, tables and pages",
		Long: `Build reads what a site offers and writes DIR/nabij.pack, DIR/nabij.wasm and
DIR/manifest.json, which has the sha256 of both; and in DIR/web what a site serves: a
script, and the pack and the module that it fetches, under names that change with
their content; and for visitors policy.en.html and policy.nl.html (see "nabij policy").
They appear whole or not at all: a build that fails or is interrupted leaves DIR as it
was.

A FEED is a file or folder, recognised by its content: a Google Merchant feed (XML
or table), a Shopify or WooCommerce product export, JSON Lines, a table with a
header row, a sitemap or folder of built HTML pages, or a feed of articles. Several
make one catalogue; of two items with one id the first counts.

Items, warnings and sizes are summed up at the end. Warnings go to standard error.`,
		Example: `  nabij build feed.xml --out dist
  nabij build products.csv public/guides --out dist --site https://shop.example --currency EUR --language nl
  nabij build feed.xml --out dist --config nabij.json --strict`,
		Args: arguments(1, -1, "at least one FEED"),
		RunE: func(cmd *cobra.Command, args []string) error { return runBuild(cmd, args, f) },
	}
	cmd.Flags().StringVarP(&f.out, "out", "o", "", "the folder to write to")
	f.register(cmd.Flags())
	return cmd
}

// register adds the flags of whatever makes a pack of feeds.
func (f *buildFlags) register(fl *pflag.FlagSet) {
	fl.StringVar(&f.config, "config", "", "the site's configuration: slots, policy, sensitive topics, priors")
	fl.StringVar(&f.site, "site", "", "the site's address, such as https://shop.example, which relative links are resolved against")
	fl.StringVar(&f.currency, "currency", "", "of prices that name none, such as EUR")
	fl.StringVar(&f.language, "language", "", "of items that name none, such as nl")
	fl.IntVar(&f.neighbours, "neighbours", content.DefaultNeighbours, "how many neighbours an item has at most")
	fl.StringVar(&f.learned, "learned", "", "what \"nabij learn\" made of visits: rows, popularity and priors")
	fl.BoolVar(&f.strict, "strict", false, "let warnings fail the build")
}

// built is what a build made, before it is written.
type built struct {
	pack    []byte
	reports []catalogue.Report
	report  build.Report
	site    string
	popular string // the most popular item's id
	slot    string // the first slot's name
	learnt  bool   // rows were learnt of visits
}

func runBuild(cmd *cobra.Command, feeds []string, f buildFlags) error {
	start := time.Now()
	if err := f.check(); err != nil {
		return err
	}
	cfg, err := f.configuration()
	if err != nil {
		return err
	}
	stderr := cmd.ErrOrStderr()
	bar := progressOf(stderr)
	b, err := makePack(cmd.Context(), feeds, cfg, f, bar)
	bar.end()
	if interrupted := cmd.Context().Err(); interrupted != nil {
		return interrupted // what was read until then tells nothing of the feeds
	}
	tellProblems(stderr, b.reports, b.report)
	if err != nil {
		return err
	}
	served, err := build.Web(b.pack, host.Module(), &b.report.Sensitivity)
	if err != nil {
		return err
	}
	if err := b.write(cmd.Context(), f.out, served); err != nil {
		return err
	}
	bar.show("compressing, to tell sizes", 0, 0)
	sizes := []fileSize{sizeOf(packName, b.pack), sizeOf(moduleName, host.Module()), sizeOf(build.WebFolder+"/"+build.ScriptName, served[len(served)-1].Content)}
	bar.end()
	return b.summarise(cmd.OutOrStdout(), f.out, sizes, time.Since(start))
}

// check looks at what can be wrong before anything is read.
func (f *buildFlags) check() error {
	if err := required("out", f.out, "the folder to write to"); err != nil {
		return err
	}
	if err := f.checkNeighbours(); err != nil {
		return err
	}
	if info, err := os.Stat(f.out); err == nil && !info.IsDir() {
		return fmt.Errorf("--out: %s is a file; want a folder", f.out)
	}
	others, err := filepath.Glob(filepath.Join(f.out, "*"+host.PackExtension))
	if err != nil {
		return usagef("--out: %q: %w", f.out, err)
	}
	for _, other := range others {
		if filepath.Base(other) != packName {
			return fmt.Errorf("--out: %s holds another pack, %s; a built folder has one", f.out, filepath.Base(other))
		}
	}
	return nil
}

func (f *buildFlags) checkNeighbours() error {
	if f.neighbours < 1 || f.neighbours > pack.MaxNeighbours {
		return usagef("--neighbours: got %d, want 1 to %d", f.neighbours, pack.MaxNeighbours)
	}
	return nil
}

// configuration returns the site's configuration, over which flags go.
func (f *buildFlags) configuration() (build.Config, error) {
	var cfg build.Config
	if f.config != "" {
		var err error
		if cfg, err = readConfig(f.config); err != nil {
			return cfg, err
		}
	}
	if f.site != "" {
		if !isOrigin(f.site) || len(f.site) > pack.MaxSite {
			return cfg, usagef("--site: got %q, want an address such as https://shop.example", f.site)
		}
		cfg.Site = f.site
	}
	if f.currency != "" {
		if cfg.Currency = strings.ToUpper(f.currency); len(cfg.Currency) != 3 {
			return cfg, usagef("--currency: got %q, want three letters such as EUR", f.currency)
		}
	}
	if f.language != "" {
		cfg.Language = strings.ToLower(f.language)
	}
	return cfg, nil
}

// readConfig reads what --config names.
func readConfig(name string) (build.Config, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return build.Config{}, fmt.Errorf("--config: %w", err)
	}
	return build.ReadConfig(bytes.NewReader(text), name)
}

func isOrigin(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// makePack reads the feeds and lays out the pack. What was found until an error comes with it.
func makePack(ctx context.Context, feeds []string, cfg build.Config, f buildFlags, bar *progress) (b built, err error) {
	items, reports, err := readFeeds(ctx, feeds, cfg, f, bar)
	if err != nil {
		return built{site: cfg.Site, reports: reports}, err
	}
	b, err = packItems(ctx, items, cfg, f, bar)
	b.reports = reports
	return b, err
}

// readFeeds reads the feeds. What was found until an error comes with it.
func readFeeds(ctx context.Context, feeds []string, cfg build.Config, f buildFlags, bar *progress) ([]catalogue.Item, []catalogue.Report, error) {
	opt := catalogue.Options{
		Currency: cfg.Currency, Language: cfg.Language, Strict: f.strict, Now: time.Now(),
		Progress: func(done, total int64) { bar.show(reading, done, total) },
	}
	if isOrigin(cfg.Site) {
		opt.BaseURL = strings.TrimSuffix(cfg.Site, "/") + "/"
	}
	defer bar.end()
	return catalogue.ReadAll(ctx, feeds, opt)
}

// readLearned reads what was learnt of visits, if there is a file of that.
func (f *buildFlags) readLearned() (*learn.Learned, error) {
	if f.learned == "" {
		return nil, nil
	}
	file, err := os.Open(f.learned)
	if err != nil {
		return nil, fmt.Errorf("--learned: %w", err)
	}
	defer file.Close()
	return learn.ReadLearned(file, f.learned)
}

// packItems lays out the pack of a catalogue. What was found until an error comes with it.
func packItems(ctx context.Context, items []catalogue.Item, cfg build.Config, f buildFlags, bar *progress) (b built, err error) {
	b.site = cfg.Site
	learned, err := f.readLearned()
	if err != nil {
		return b, err
	}
	src, report, err := build.Source(ctx, items, cfg, build.Options{
		Content:  content.Options{Neighbours: f.neighbours},
		Learned:  learned,
		Progress: func(phase build.Phase, done, total int) { bar.show(string(phase), int64(done), int64(total)) },
	})
	b.report, b.learnt = report, learned != nil
	if err != nil {
		return b, err
	}
	bar.end()
	if n := len(report.Warnings) + report.Unlisted; f.strict && n > 0 {
		return b, fmt.Errorf("%s, and --strict was asked for: nothing was built", counted(n, "warning"))
	}
	b.slot = src.Slots[0].Name
	if len(src.Items) == 0 {
		return b, errors.New("none of the items fits in a pack; the warnings say why")
	}
	b.popular = src.Items[0].ID
	for _, it := range src.Items {
		if !it.Sensitive {
			b.popular = it.ID
			break
		}
	}
	b.pack, err = pack.Write(src)
	return b, err
}

// write puts the files in place, all or none; the manifest, which names the others, last. What a site serves comes first:
// no name of an earlier build is written over but the script's.
func (b *built) write(ctx context.Context, dir string, served []build.WebFile) (err error) {
	s, err := build.Stage(dir)
	if err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	defer func() { err = errors.Join(err, s.Discard()) }()
	front, err := build.Stage(filepath.Join(dir, build.WebFolder))
	if err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	defer func() { err = errors.Join(err, front.Discard()) }()
	for _, f := range served {
		if err := front.Write(ctx, f.Name, func(w io.Writer) error { _, err := w.Write(f.Content); return err }); err != nil {
			return err
		}
	}
	m := build.NewManifest(b.site, packFormat, abi.Version, b.report)
	for _, f := range served {
		if err := m.AddWeb(f.Name, bytes.NewReader(f.Content)); err != nil {
			return err
		}
	}
	var marks bytes.Buffer
	if _, err := b.report.Marks.WriteTo(&marks); err != nil {
		return err
	}
	for _, f := range []struct {
		name    string
		content []byte
	}{{packName, b.pack}, {moduleName, host.Module()}, {build.SensitiveName, marks.Bytes()}} {
		if err := s.Write(ctx, f.name, func(w io.Writer) error { _, err := w.Write(f.content); return err }); err != nil {
			return err
		}
		if err := m.Add(f.name, bytes.NewReader(f.content)); err != nil {
			return err
		}
	}
	if err := s.Write(ctx, build.ManifestName, func(w io.Writer) error { _, err := m.WriteTo(w); return err }); err != nil {
		return err
	}
	if err := front.Commit(ctx); err != nil {
		return err
	}
	return s.Commit(ctx)
}
