// Package report makes a page of an evaluation: one HTML file with tables and plots that fetches nothing, for a person to read, keep and
// pass on.
//
//	err := report.Write(w, report.Page{Pack: "dist", Logs: []string{"later.csv"}, Summary: summary})
//
// WriteRecognition does so of an audit of what lists give away.
package report

import (
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"strconv"

	"github.com/nabij/nabij/host/eval"
	"github.com/nabij/nabij/host/internal/figures"
)

// Page is what a report tells. Its texts are shown as they are, whatever they hold.
type Page struct {
	// Pack and Other name the pack and, where there is one, the pack that it was compared with.
	Pack, Other string
	// Logs are the names of what was played, Train those of what methods and curves learnt from.
	Logs, Train []string
	// ParamsFrom says where the parameters of the curves are from.
	ParamsFrom string
	eval.Summary
}

//go:embed page.html
var pageText string

//go:embed style.html
var styleText string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"figure":   figure,
	"signed":   func(x float64) string { return fmt.Sprintf("%+.4f", x) },
	"optional": optional,
	"percent":  func(x float64) string { return strconv.FormatFloat(100*x, 'f', 1, 64) + "\u00a0%" },
	"between":  func(i [2]float64) string { return fmt.Sprintf("%.3f–%.3f", i[0], i[1]) },
	"change":   func(i [2]float64) string { return fmt.Sprintf("%+.4f to %+.4f", i[0], i[1]) },
	"count":    count,
	"size":     figures.Bytes,
	"us":       func(x float64) string { return strconv.FormatFloat(x, 'f', 0, 64) + " µs" },
	"last":     func(all [len(eval.Cutoffs)]eval.At) eval.At { return all[len(all)-1] },
	"figures": func(all [len(eval.Cutoffs)]eval.At) []eval.At {
		return eval.Distinct(all[:], func(at eval.At) int { return at.Cutoff })
	},
	"lists": func(all [len(eval.Cutoffs)]eval.Lists) []eval.Lists {
		return eval.Distinct(all[:], func(l eval.Lists) int { return l.Cutoff })
	},
	"changes": func(all [len(eval.Cutoffs)]eval.Difference) []eval.Difference {
		return eval.Distinct(all[:], func(d eval.Difference) int { return d.Cutoff })
	},
	"plot":   plotOf,
	"parts":  groupsOf,
	"params": params,
}).Parse(styleText + pageText))

// Write writes the report. The error is that of w, or says what is missing.
func Write(w io.Writer, p Page) error {
	if len(p.Layers) == 0 {
		return errors.New("report: there is no result to tell of")
	}
	return page.Execute(w, &p)
}
