package main

import (
	"fmt"
	"html"
	"io"
	"strings"
	"time"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/internal/compressed"
)

// fewest is how many warnings of one kind are printed.
const fewest = 3

// tellProblems prints what is wrong with sources and what a build had to change: the first few of each kind, and how
// many more there are.
func tellProblems(w io.Writer, reports []catalogue.Report, report build.Report) {
	for _, r := range reports {
		for _, total := range r.Totals {
			fmt.Fprintf(w, "%s: %s: %s\n", printable(r.Name), counted(total.Count, total.Severity.String()), total.Kind)
			if total.Severity == catalogue.Note {
				continue
			}
			told := 0
			for _, p := range r.Problems {
				if p.Kind == total.Kind && told < fewest {
					fmt.Fprintf(w, "  %s\n", printable(p.String()))
					told++
				}
			}
			tellMore(w, total.Count-told)
		}
	}
	var kinds []string
	of := map[string][]build.Warning{}
	for _, warning := range report.Warnings {
		if _, seen := of[warning.What]; !seen {
			kinds = append(kinds, warning.What)
		}
		of[warning.What] = append(of[warning.What], warning)
	}
	for _, what := range kinds {
		fmt.Fprintf(w, "%s: %s\n", counted(len(of[what]), "warning"), what)
		for _, warning := range of[what][:min(fewest, len(of[what]))] {
			fmt.Fprintf(w, "  %s\n", printable(strings.TrimPrefix(warning.Where+": "+warning.Why, ": ")))
		}
		tellMore(w, len(of[what])-fewest)
	}
	if report.Unlisted > 0 {
		fmt.Fprintf(w, "%s more, of any kind\n", counted(report.Unlisted, "warning"))
	}
}

func tellMore(w io.Writer, n int) {
	if n > 0 {
		fmt.Fprintf(w, "  … and %s more\n", grouped(n))
	}
}

// fileSize is how large a file is, as it is and as browsers fetch it.
type fileSize struct {
	name         string
	raw, packed  int
	brotliEffort int
}

func sizeOf(name string, data []byte) fileSize {
	effort := compressed.Effort(len(data))
	return fileSize{name: name, raw: len(data), packed: compressed.Brotli(data, effort), brotliEffort: effort}
}

// summarise prints what was built and what to do next.
func (b *built) summarise(w io.Writer, dir string, sizes []fileSize, took time.Duration) error {
	st, r := styleOf(w), &b.report
	line := func(label, format string, args ...any) {
		fmt.Fprintf(w, "%s  %s\n", st.faint(fmt.Sprintf("%-9s", label)), fmt.Sprintf(format, args...))
	}
	for _, source := range b.reports {
		line("source", "%s: %s, %s", printable(source.Name), source.Format, madeOf(source))
	}
	line("items", "%s", itemsWords(r))
	line("topics", "%s", topicsWords(r))
	for k, words := range sensitiveWords(&r.Sensitivity) {
		line([]string{"sensitive", ""}[min(k, 1)], "%s", words)
	}
	line("facets", "%s", facetsWords(r))
	line("rows", "%s of items, %s of topics%s", counted(r.Neighbours, "neighbour"), grouped(r.TopicNeighbours), without(r.WithoutRow, "row"))
	if b.learnt {
		line("learnt", "%s", learntWords(r))
	}
	if len(r.Languages) > 0 {
		line("languages", "%s", strings.Join(r.Languages, ", "))
	}
	if len(r.Currencies) > 0 {
		line("prices", "in %s", strings.Join(r.Currencies, ", "))
	}
	line("warnings", "%s", grouped(b.warnings()))
	widest := 0
	for _, s := range sizes {
		widest = max(widest, len(s.name))
	}
	for i, s := range sizes {
		label := ""
		if i == 0 {
			label = "files"
		}
		line(label, "%-*s  %s, brotli %d %s", widest, s.name, size(s.raw), s.brotliEffort, size(s.packed))
	}
	fmt.Fprintf(w, "\n%s in %s. See what a visitor gets:\n\n", st.green("Built "+dir), took.Round(100*time.Millisecond))
	fmt.Fprintf(w, "  echo %s | nabij suggest --pack %s --visit -\n",
		quoted(`{"at_ms": 0, "signal": "view", "item": `+jsonText(b.popular)+`}`), quoted(dir))
	_, err := fmt.Fprintf(w, `
Serve what is in %s as /nabij/ on your site, and put this on its pages, with what
is to stay where there is nothing better to suggest:

  <script defer src="/nabij/%s"></script>
  <nabij-suggestions slot-name="%s"> … </nabij-suggestions>
`, dir+"/"+build.WebFolder, build.ScriptName, html.EscapeString(b.slot))
	return err
}

// warnings counts what was found wrong, notes aside.
func (b *built) warnings() int {
	n := len(b.report.Warnings) + b.report.Unlisted
	for _, r := range b.reports {
		for _, t := range r.Totals {
			if t.Severity != catalogue.Note {
				n += t.Count
			}
		}
	}
	return n
}

func madeOf(r catalogue.Report) string {
	words := counted(r.Items, "item")
	if r.Records != r.Items {
		words += " of " + counted(r.Records, "record")
	}
	return words
}

func itemsWords(r *build.Report) string {
	words := counted(r.Items, "product")
	if r.Items != r.Kinds[pack.KindProduct] {
		words = grouped(r.Items)
		var kinds []string
		for k, n := range r.Kinds {
			if n > 0 {
				kinds = append(kinds, grouped(n)+" "+pack.Kind(k).String())
			}
		}
		words += ": " + strings.Join(kinds, ", ")
	}
	if r.Sensitive > 0 {
		words += "; " + grouped(r.Sensitive) + " sensitive"
	}
	if r.Dropped > 0 {
		words += "; " + grouped(r.Dropped) + " left out"
	}
	return words
}

func topicsWords(r *build.Report) string {
	if r.Topics == 0 {
		return "none: suggestions follow titles and attributes alone"
	}
	words := grouped(r.Topics) + without(r.WithoutTopic, "topic")
	if r.FoldedTopics > 0 {
		words += "; " + grouped(r.FoldedTopics) + " folded into their parents"
	}
	return words
}

// facetsWords says how many facets of which groups there are.
func facetsWords(r *build.Report) string {
	if len(r.Facets) == 0 {
		return "none"
	}
	total, words := 0, make([]string, len(r.Facets))
	for k, n := range r.Facets {
		total += n
		words[k] = r.FacetGroups[k] + " " + grouped(n)
	}
	return printable(grouped(total) + ": " + strings.Join(words, ", "))
}

func learntWords(r *build.Report) string {
	words := "rows of " + counted(r.Learnt, "item")
	if r.Filled > 0 {
		words += ", " + grouped(r.Filled) + " of them filled up from the catalogue"
	}
	if r.LearntPriors > 0 {
		words += "; " + counted(r.LearntPriors, "prior") + " of topics in contexts"
	}
	if r.UnknownPriors > 0 {
		words += "; " + counted(r.UnknownPriors, "prior") + " of topics that no feed has, or that were folded"
	}
	if r.Unknown > 0 {
		words += "; " + counted(r.Unknown, "item") + " that no feed has"
	}
	return words
}

func without(n int, what string) string {
	if n == 0 {
		return ""
	}
	return "; " + counted(n, "item") + " without a " + what
}
