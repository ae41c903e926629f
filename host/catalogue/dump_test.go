package catalogue_test

import (
	"fmt"
	"strings"

	"github.com/nabij/nabij/host/catalogue"
)

// dump writes items and report as text for golden files: one line a fact, nothing that is the zero value.
func dump(items []catalogue.Item, report catalogue.Report, err error) string {
	var b strings.Builder
	fmt.Fprintf(&b, "format: %s\nrecords: %d\nitems: %d\n", report.Format, report.Records, report.Items)
	if err != nil {
		fmt.Fprintf(&b, "error: %v\n", err)
	}
	for _, it := range items {
		b.WriteString("\n" + dumpItem(it))
	}
	if len(report.Problems) > 0 {
		b.WriteString("\n")
	}
	for _, p := range report.Problems {
		fmt.Fprintf(&b, "%s [%s]\n", p, p.Kind)
	}
	for _, t := range report.Totals {
		fmt.Fprintf(&b, "total: %d %s %s\n", t.Count, t.Kind, t.Severity)
	}
	return b.String()
}

func dumpItem(it catalogue.Item) string {
	var b strings.Builder
	fmt.Fprintf(&b, "item %s (%s), %s\n", it.ID, it.Kind, it.Place)
	line := func(name, value string) {
		if value != "" && value != "0" && value != "unknown" && value != "false" {
			fmt.Fprintf(&b, "  %s: %s\n", name, value)
		}
	}
	line("url", it.URL)
	line("title", it.Title)
	line("description", it.Description)
	line("image", it.Image)
	for _, t := range it.Topics {
		line("topic", strings.Join(t, " > "))
	}
	line("taxonomy", fmt.Sprint(it.TaxonomyID))
	line("brand", it.Brand)
	for _, a := range it.Attributes {
		line("attribute", a.Name+" = "+a.Value)
	}
	if it.Price != (catalogue.Price{}) {
		line("price", fmt.Sprintf("%d %s", it.Price.Minor, it.Price.Currency))
	}
	line("availability", it.Availability.String())
	line("language", it.Language)
	line("sensitive", fmt.Sprint(it.Sensitive))
	line("popularity", fmt.Sprint(it.Popularity))
	line("aliases", strings.Join(it.Aliases, ", "))
	return b.String()
}
