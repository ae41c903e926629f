package build

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn"
	"github.com/nabij/nabij/host/learn/content"
)

// Options says how a source is built. The zero value is what most sites want.
type Options struct {
	// Content says what the rows made from the catalogue are like. Its Progress and Language are set by Source.
	Content content.Options
	// Learned is what was learnt of visits, whose rows go before those of content, and whose popularity goes before that of the
	// items. May be nil.
	Learned *learn.Learned
	// Progress, if set, is called now and then with the phase at work and how much of it is done; never twice at once.
	Progress func(phase Phase, done, total int)
}

// Phase is a part of the work, for a progress bar.
type Phase string

const (
	PhaseTopics Phase = "topics"
	PhaseRows   Phase = "rows"
)

// Source builds what pack.Write lays out from a catalogue and a configuration. Items that a pack cannot hold are left out
// or mended, and the report says so. Topics or items that the configuration names and the catalogue lacks are warnings.
//
// The items are not changed. The error is the context's, a limit that the whole catalogue is beyond, or a word or an exception of the
// configuration that host/sensitive refuses; ReadConfig lets none of these through.
func Source(ctx context.Context, items []catalogue.Item, cfg Config, opt Options) (pack.Source, Report, error) {
	var report Report
	items = admit(items, cfg, &report)
	m, err := newMarker(items, cfg, &report)
	if err != nil {
		return pack.Source{}, report, err
	}
	forest := plant(items, m, &report) // marks what is sensitive
	if opt.Learned != nil {
		items = byVisits(items, opt.Learned)
	}
	order, popularity := rank(items)
	items = inOrder(items, order)
	forest.reorder(order)
	if opt.Progress != nil {
		opt.Progress(PhaseTopics, len(items), len(items))
	}

	src := pack.Source{Site: cfg.Site, Slots: cfg.Slots, Policy: pack.DefaultPolicy()}
	if len(src.Slots) == 0 {
		src.Slots = DefaultSlots()
	}
	if cfg.Policy != nil {
		src.Policy = *cfg.Policy
	}
	if opt.Learned != nil {
		tune(&src.Policy, &opt.Learned.Params)
	}
	src.Topics = forest.topics
	src.Items = make([]pack.Item, len(items))
	var languages, currencies codes
	for i := range items {
		it := &items[i]
		src.Items[i] = pack.Item{
			ID: it.ID, URL: it.URL, Title: it.Title, Image: it.Image, Kind: it.Kind, Topics: forest.items[i],
			Language: languages.number(it.Language), Availability: it.Availability, Sensitive: it.Sensitive,
			Popularity: popularity[i],
		}
		if it.Price.Minor > 0 {
			src.Items[i].Price = uint32(it.Price.Minor)
			src.Items[i].Currency = currencies.number(it.Price.Currency)
		}
	}
	src.Languages, src.Currencies = languages.names, currencies.names

	rows := opt.Content
	rows.Language = cfg.Language
	if opt.Progress != nil {
		rows.Progress = func(done, total int) { opt.Progress(PhaseRows, done, total) }
	}
	if src.Rows, err = content.Rows(ctx, items, rows); err != nil {
		return pack.Source{}, report, err
	}
	src.TopicRows = topicRows(&src, forest)
	if opt.Learned != nil {
		src.TopicRows = followedRows(&src, forest, opt.Learned.Topics)
		src.Rows = learnedRows(&src, opt.Learned, cmp.Or(opt.Content.Neighbours, content.DefaultNeighbours), &report)
	}
	src.Terms = terms(items, forest, cfg.Language, m.rules)
	src.Priors = priors(cfg, forest, &report)
	if opt.Learned != nil {
		src.Priors = append(src.Priors, learnedPriors(src.Priors, opt.Learned.Priors, forest, &report)...)
	}
	chooseFacets(&src, items, cfg, m.rules, &report)
	report.count(&src)
	return src, report, nil
}

// count fills in the report's numbers.
func (r *Report) count(src *pack.Source) {
	r.Items, r.Topics, r.Terms, r.Priors, r.Slots = len(src.Items), len(src.Topics), len(src.Terms), len(src.Priors), len(src.Slots)
	r.Languages, r.Currencies = src.Languages, src.Currencies
	r.Facets = make([]int, len(src.FacetGroups))
	for _, f := range src.Facets {
		r.Facets[f.Group]++
	}
	r.FacetGroups = src.FacetGroups
	for i := range src.Items {
		it := &src.Items[i]
		r.Kinds[it.Kind]++
		if it.Sensitive {
			r.Sensitive++
		}
		if len(it.Topics) == 0 {
			r.WithoutTopic++
		}
		r.Neighbours += len(src.Rows[i].Neighbours)
		if len(src.Rows[i].Neighbours) == 0 && !it.Sensitive {
			r.WithoutRow++
		}
	}
	for _, row := range src.TopicRows {
		r.TopicNeighbours += len(row.Neighbours)
	}
}

// admit returns a copy of the items that a pack can hold, each mended to fit.
func admit(items []catalogue.Item, cfg Config, report *Report) []catalogue.Item {
	out := make([]catalogue.Item, 0, len(items))
	ids, urls := make(map[string]bool, len(items)), make(map[string]bool, len(items))
	drop := func(it *catalogue.Item, why string, args ...any) {
		report.Dropped++
		report.warn("left out the item", place(it), why, args...)
	}
	for i := range items {
		it := items[i]
		it.ID = strings.ToValidUTF8(it.ID, "\ufffd")
		it.Title = strings.ToValidUTF8(it.Title, "\ufffd")
		switch {
		case len(out) == pack.MaxItems:
			drop(&it, "a pack holds at most %d items", pack.MaxItems)
			continue
		case it.ID == "":
			drop(&it, "it has no id")
			continue
		case it.Title == "":
			drop(&it, "it has no title")
			continue
		case len(it.ID) > pack.MaxString:
			drop(&it, "its id has %d bytes, at most %d fit", len(it.ID), pack.MaxString)
			continue
		case ids[it.ID]:
			drop(&it, "its id %q is taken by an earlier item", it.ID)
			continue
		case it.Kind >= pack.KindCount:
			drop(&it, "its kind %d is not known", it.Kind)
			continue
		}
		ids[it.ID] = true
		if len(it.Title) > pack.MaxString {
			report.warn("cut the title", place(&it), "it has %d bytes, at most %d fit", len(it.Title), pack.MaxString)
			it.Title = cut(it.Title, pack.MaxString)
		}
		if why := unfit(it.URL); why != "" {
			report.warn("left out the URL", place(&it), "%s", why)
			it.URL = ""
		} else if it.URL != "" && urls[it.URL] {
			report.warn("left out the URL", place(&it), "%q is taken by an earlier item", it.URL)
			it.URL = ""
		}
		urls[it.URL] = true
		if why := unfit(it.Image); why != "" {
			report.warn("left out the image", place(&it), "%s", why)
			it.Image = ""
		}
		if it.Price.Minor < 0 || it.Price.Minor > math.MaxUint32 {
			report.warn("left out the price", place(&it), "%d is not 0 to %d", it.Price.Minor, uint32(math.MaxUint32))
			it.Price = catalogue.Price{}
		}
		if it.Price.Minor > 0 && it.Price.Currency == "" {
			it.Price.Currency = cfg.Currency
		}
		if it.Language == "" {
			it.Language = cfg.Language
		}
		if !(it.Popularity > 0) || math.IsInf(it.Popularity, 1) {
			it.Popularity = 0
		}
		if it.Availability > pack.OnOrder {
			it.Availability = pack.AvailabilityUnknown
		}
		out = append(out, it)
	}
	return out
}

// unfit says why a pack cannot hold a reference, or "".
func unfit(ref string) string {
	switch {
	case len(ref) > pack.MaxString:
		return "it is too long"
	case !utf8.ValidString(ref):
		return "it is not UTF-8"
	case !pack.SafeReference([]byte(ref)):
		return "it is neither http(s) nor a path: " + cut(ref, 80)
	}
	return ""
}

// cut returns the first most bytes of s at most, whole runes alone.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// place names where an item was read, for a person.
func place(it *catalogue.Item) string {
	p := it.Place.File
	if it.Place.Line > 0 {
		p += ":" + itoa(it.Place.Line)
	}
	id := cut(it.ID, 80)
	switch {
	case p == "" && id == "":
		return "an item"
	case p == "":
		return "item " + id
	case id == "":
		return p
	}
	return p + ": item " + id
}

// codes numbers names from 1 in the order of their coming; 0 is none, and what comes when 255 have come.
type codes struct{ names []string }

func (c *codes) number(name string) uint8 {
	if name == "" {
		return 0
	}
	at := slices.Index(c.names, name)
	if at < 0 {
		if len(c.names) == math.MaxUint8 {
			return 0
		}
		at = len(c.names)
		c.names = append(c.names, name)
	}
	return uint8(at + 1)
}
