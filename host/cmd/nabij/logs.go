package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // for machines that have none

	"github.com/spf13/pflag"

	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn"
)

// logFlags say how logs are read.
type logFlags struct {
	gap                time.Duration
	zone, format, site string
	config             string
	catalogue          []string
	items              []catalogue.Item // what --catalogue has, once it was read
	intimate           map[string]bool  // the ids of what of it is sensitive, once that was marked
}

func (f *logFlags) register(fl *pflag.FlagSet) {
	f.registerReading(fl)
	fl.StringVar(&f.site, "site", "", "the site's address, which relative links of --catalogue are resolved against")
}

// registerReading registers all but --site, for a command that has one of its own; --config names the site, too.
func (f *logFlags) registerReading(fl *pflag.FlagSet) {
	fl.StringArrayVar(&f.catalogue, "catalogue", nil, "a FEED as \"nabij build\" takes it, which tells items by page, SKU or title; may be repeated")
	fl.StringVar(&f.config, "config", "", "the site's configuration, as \"nabij build\" takes it: its site, and its regions, which parts countries")
	fl.StringVar(&f.format, "format", "", "the LOG's format, if it is not recognised: "+strings.Join(formatNames(), ", "))
	fl.DurationVar(&f.gap, "gap", learn.DefaultGap, "how long a visitor is away before a new session begins")
	fl.StringVar(&f.zone, "zone", "", "the shop's time zone, such as Europe/Amsterdam: of its day, and of times that name none")
}

func formatNames() (names []string) {
	for _, f := range learn.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// options returns how logs are read, with the progress shown by a bar. It reads the catalogue, if there is one.
func (f *logFlags) options(ctx context.Context, bar *progress) (learn.ReadOptions, error) {
	show := func(done, total int64) { bar.show(reading, done, total) }
	opt := learn.ReadOptions{Gap: f.gap, Format: f.format, Progress: show}
	if f.gap < time.Second {
		return opt, usagef("--gap: got %s, want a second or more", f.gap)
	}
	if f.format != "" && !slices.Contains(formatNames(), f.format) {
		return opt, usagef("--format: got %q, want one of %s", f.format, strings.Join(formatNames(), ", "))
	}
	if f.zone != "" {
		zone, err := time.LoadLocation(f.zone)
		if err != nil || f.zone == "Local" {
			return opt, usagef("--zone: no time zone is called %q; want a name such as Europe/Amsterdam", f.zone)
		}
		opt.Zone = zone
	}
	if f.config != "" {
		cfg, err := readConfig(f.config)
		if err != nil {
			return opt, err
		}
		opt.Regions = cfg.RegionClasses()
		f.site = cmp.Or(f.site, cfg.Site)
	}
	if len(f.catalogue) > 0 && f.items == nil {
		var err error
		f.items, _, err = catalogue.ReadAll(ctx, f.catalogue, catalogue.Options{BaseURL: f.site, Progress: show})
		bar.end()
		if err != nil {
			return opt, fmt.Errorf("--catalogue: %w", err)
		}
	}
	if len(f.catalogue) > 0 {
		opt.Catalogue = learn.NewLookup(f.items)
	}
	return opt, nil
}

// markSensitive marks what of the catalogue is sensitive, as a build does.
func (f *logFlags) markSensitive() error {
	if f.items == nil {
		return nil
	}
	var cfg build.Config
	var err error
	if f.config != "" {
		if cfg, err = readConfig(f.config); err != nil {
			return err
		}
	}
	if f.items, err = build.MarkSensitive(f.items, cfg); err != nil {
		return err
	}
	f.intimate = map[string]bool{}
	for i := range f.items {
		if f.items[i].Sensitive {
			f.intimate[f.items[i].ID] = true
		}
	}
	return nil
}

// describedFormats lists the formats, a line each.
func describedFormats() string {
	var b strings.Builder
	for k, f := range learn.Formats() {
		if k > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "  %-12s %s", f.Name, f.What)
	}
	return b.String()
}

// recognised says of what formats logs are, where that says more than that they are tables.
func recognised(r *learn.Report) []string {
	if slices.Equal(r.Formats, []string{"table"}) {
		return nil
	}
	return []string{"read as " + strings.Join(r.Formats, " and ")}
}

// leftOut tells a person what of logs was left out, a line each.
func leftOut(r *learn.Report, unknown string) (lines []string) {
	add := func(n int, format string, args ...any) {
		if n > 0 {
			lines = append(lines, fmt.Sprintf(format, args...))
		}
	}
	add(r.Machines, "left out as machines': %s of %s", counted(r.Machines, "session"), counted(r.MachineEvents, "event"))
	add(r.Bots, "left out as machines', by the browser's name: %s", counted(r.Bots, "event"))
	add(r.Cancelled, "left out as cancelled or never paid: %s of orders", counted(r.Cancelled, "line"))
	add(r.Nameless, "left out as nobody's: %s, as of those who do not consent", counted(r.Nameless, "event"))
	add(r.Aside, "left out as no views: %s, for parts of pages, or that failed", counted(r.Aside, "request"))
	add(r.Repeats, "left out as repeats: %s of what the session had met already", counted(r.Repeats, "event"))
	add(r.Other.Events, "about no item: %s%s", counted(r.Other.Events, "event"), examples(&r.Other))
	add(r.Unknown.Events, "%s: %s of %s%s", unknown, counted(r.Unknown.Events, "event"), counted(r.UnknownItems, "item"), examples(&r.Unknown))
	return lines
}

// examples tells what words there are, behind a comma; nothing where there are none.
func examples(w *learn.Words) string {
	if len(w.Examples) == 0 {
		return ""
	}
	var texts []string
	for _, text := range w.Examples {
		texts = append(texts, shortened(printable(text), 60))
	}
	return ", such as " + strings.Join(texts, ", ")
}

// shortened returns a text of at most most characters.
func shortened(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}
