package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/nabij/nabij/host/audit"
)

// tellAudit prints what an audit found.
func tellAudit(w io.Writer, r *audit.Report) error {
	st, width := styleOf(w), widthOf(w)
	line := func(label, text string) {
		fmt.Fprintf(w, "%s  %s\n", st.faint(fmt.Sprintf("%-6s", label)), printable(text))
	}
	line("site", r.Site)
	line("pages", strings.Join(r.Pages, ", "))
	line("visits", audit.Control+" (twice), "+strings.Join(r.Visits, ", "))
	line("sent", fmt.Sprintf("%s to %s in a visit that does nothing", counted(r.Requests, "request"), counted(r.Hosts, "host")))
	if !r.Nabij {
		line("nabij", "is on none of these pages: this is about the site's own scripts")
	}
	tellFindings(w, st, width, "depends on what the visitor does", "depend on what the visitor does", r.Findings)
	tellFindings(w, st, width, "came in one of two plays of a visit: it may vary by itself, and cannot be judged",
		"came in one of two plays of a visit: they may vary by themselves, and cannot be judged", r.Once)
	tellVaries(w, st, width, r.Varies)
	if len(r.Unanswered) > 0 {
		fmt.Fprintf(w, "\n%s\n", st.yellow(counted(len(r.Unanswered), "host")+" gave no answer, so pages may have done less than they do elsewhere"))
		for _, u := range r.Unanswered {
			fmt.Fprintf(w, "  %s  %s\n", printable(u.Origin), st.faint(shorten(printable(u.Error), max(20, width-len(u.Origin)-4))))
		}
	}
	if len(r.Findings) > 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "\n%s\n", st.green(fmt.Sprintf("Nothing that left depends on what the visitor did: the same %s on %s in %s.",
		counted(r.Requests, "request"), counted(len(r.Pages), "page"), counted(len(r.Visits)+2, "visit"))))
	return err
}

// tellFindings prints findings under a heading, by visit and page.
func tellFindings(w io.Writer, st style, width int, one, more string, all []audit.Finding) {
	if len(all) == 0 {
		return
	}
	heading := "1 thing " + one
	if len(all) > 1 {
		heading = counted(len(all), "thing") + " " + more
	}
	fmt.Fprintf(w, "\n%s\n", st.bold(heading))
	before := ""
	for _, f := range all {
		if at := fmt.Sprintf("%s, on %s", f.Visit, f.Page); at != before {
			fmt.Fprintf(w, "\n  %s\n", st.cyan(printable(at)))
			before = at
		}
		what := string(f.Kind)
		if f.Kind == audit.Request {
			what = f.Method
		}
		mark := map[string]string{"added": "+", "missing": "-", "changed": "~"}[f.Change]
		fmt.Fprintf(w, "    %s %s\n", mark, shorten(printable(what+" "+f.URL), width-6))
		cut := func(s string) string { return shorten(printable(s), width-10) }
		if f.Body != "" {
			fmt.Fprintf(w, "        %s\n", cut(f.Body))
		}
		if f.Change == "changed" {
			fmt.Fprintf(w, "      %s\n", st.faint(printable(f.Part)))
			if f.From != nil {
				fmt.Fprintf(w, "      %s\n", st.yellow("- "+cut(*f.From)))
			}
			if f.To != nil {
				fmt.Fprintf(w, "      %s\n", st.green("+ "+cut(*f.To)))
			}
		}
	}
}

// mostVaries is how many places are listed for a person; --json has them all.
const mostVaries = 12

func tellVaries(w io.Writer, st style, width int, all []audit.Place) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", st.bold(counted(len(all), "place")+" differed between visits that do nothing: what else is sent there cannot be judged"))
	t := table{columns: []column{{title: "part"}, {title: "of", shrinks: true}, {title: "was", shrinks: true}, {title: "and", shrinks: true}}}
	value := func(s *string) string {
		if s == nil {
			return "nothing"
		}
		return *s
	}
	for i, p := range all {
		if i == mostVaries {
			break
		}
		of, part, one, two := p.Method+" "+p.Origin+p.Path, p.Part, value(p.One), value(p.Two)
		if p.Kind != audit.Request {
			of = string(p.Kind) + " " + p.Origin
		}
		if part == "" {
			part, one, two = "all of it", "sent", "not sent"
		}
		t.add(part, of, one, two)
	}
	_ = t.write(w, "  ", width, st) // the last line tells whether w can be written to
	if len(all) > mostVaries {
		fmt.Fprintf(w, "  and %s, which --json lists\n", counted(len(all)-mostVaries, "more place"))
	}
}
