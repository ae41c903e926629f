package report

import (
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot/plotter"

	"github.com/nabij/nabij/host/eval/recognition"
)

// RecognitionPage is what a report of an audit tells. Its texts are shown as they are, whatever they hold.
type RecognitionPage struct {
	// Pack names the pack.
	Pack string
	// Logs are the names of what was played, Train those of what the adversary studied. Without Logs visits were made up.
	Logs, Train []string
	*recognition.Report
}

//go:embed recognition.html
var recognitionText string

var recognitionPage = template.Must(template.Must(page.Clone()).New("recognition").Funcs(template.FuncMap{
	"bits":     bitsOf,
	"pointsIn": func(i [2]float64) string { return fmt.Sprintf("%+.2f to %+.2f", 100*i[0], 100*i[1]) },
	"bitsIn":   func(i [2]float64) string { return bitsOf(i[0]) + "–" + bitsOf(i[1]) },
	"points":   func(x float64) string { return fmt.Sprintf("%+.2f", 100*x) },
	"leak":     drawLeak,
	"certain":  drawCertain,
	"visits":   drawVisits,
	"pages":    pagesOf,
	"few":      func(n uint8, noun string) string { return count(int(n), noun) },
	"less":     func(x, y float64) float64 { return x - y },
	"log2":     func(n uint8) float64 { return math.Log2(float64(n)) },
}).Parse(recognitionText))

// WriteRecognition writes the report of an audit: a page for someone who answers for privacy. The error is that of w, or says what is missing.
func WriteRecognition(w io.Writer, p RecognitionPage) error {
	if p.Report == nil || len(p.Settings) == 0 {
		return errors.New("report: there is no audit to tell of")
	}
	return recognitionPage.Execute(w, &p)
}

// One returns what was measured of one list of layer 2, as the pack's policy has it; Served the same as visits go.
func (p *RecognitionPage) One() *recognition.Measured { return p.Of(p.Alone()) }

// Visit returns what was measured of visits as they go, by the pack's policy.
func (p *RecognitionPage) Visit() *recognition.Measured { return p.Of(p.Served()) }

// Repeats returns what was measured of layer 3 with repeats welcome.
func (p *RecognitionPage) Repeats() *recognition.Measured {
	return p.Of(recognition.Setting{Layer: 3, Repeats: true})
}

// KeptShare returns what share of layer 3's gain layer 2 keeps, empty where that gain is not clear.
func (p *RecognitionPage) KeptShare() string {
	if kept, ok := p.Kept(p.Alone()); ok {
		return strconv.FormatFloat(100*kept, 'f', 0, 64) + "\u00a0%"
	}
	return ""
}

// pagesOf writes a mean number of pages, or a dash where there is none.
func pagesOf(x *float64) string {
	if x == nil {
		return "–"
	}
	return strconv.FormatFloat(*x, 'f', 1, 64)
}

// bitsOf writes bits with two decimals, and no sign of nothing.
func bitsOf(x float64) string {
	if s := strconv.FormatFloat(x, 'f', 2, 64); s != "-0.00" {
		return s
	}
	return "0.00"
}

// drawLeak draws what settings gain against what one list of theirs gives away.
func drawLeak(p *RecognitionPage) (template.HTML, error) {
	var faces, full series
	var words strings.Builder
	for k := range p.Settings {
		m := &p.Settings[k]
		if m.Leaks == nil || m.Setting.Repeats { // what gains by repeats is no gain of this kind
			continue
		}
		of, name := &full, "layer 3"
		if m.Setting.Layer == 2 {
			of, name = &faces, fmt.Sprint("G=", m.Setting.Faces)
		}
		at := plotter.XY{X: max(0, math.Round(1000*m.Leaks.Before.Net.Value)/1000), Y: 100 * m.Relevance.Gain.Value}
		of.values, of.labels = append(of.values, at), append(of.labels, name)
		fmt.Fprintf(&words, "%s: %s bits, %+.2f points. ", m.Setting, bitsOf(at.X), at.Y)
	}
	return drawLines("Relevance gained against bits given", words.String(), "bits that one list tells", nil, faces, full)
}

// drawCertain draws on how many pages the adversary becomes certain.
func drawCertain(p *RecognitionPage) (template.HTML, error) {
	var all []bar
	var words strings.Builder
	add := func(name string, share float64, ours bool) {
		all = append(all, bar{name: name, value: 100 * share, ours: ours})
		fmt.Fprintf(&words, "%s %.1f %%. ", name, 100*share)
	}
	add("no list", p.One().Leaks.Before.CertainWithout, true)
	for k := range p.Settings {
		if m := &p.Settings[k]; m.Leaks != nil {
			add(short(m.Setting), m.Leaks.Before.Certain, m.Setting.Layer == 2)
		}
	}
	return drawBars("Pages on which the adversary becomes certain", words.String(), "% of pages", all)
}

// drawVisits draws what the lists of whole visits give away.
func drawVisits(p *RecognitionPage) (template.HTML, error) {
	var all []bar
	var words strings.Builder
	for k := range p.Settings {
		m := &p.Settings[k]
		if m.Visits == nil {
			continue
		}
		net := m.Visits.Net
		all = append(all, bar{short(m.Setting), max(0, net.Value), [2]float64{max(0, net.Interval[0]), max(0, net.Interval[1])}, m.Setting.Layer == 2})
		fmt.Fprintf(&words, "%s %s bits. ", short(m.Setting), bitsOf(net.Value))
	}
	return drawBars("What the lists of a whole visit tell", words.String(), "bits", all)
}

// short is a setting in few words.
func short(s recognition.Setting) string {
	switch {
	case s.Layer == 2:
		return fmt.Sprintf("layer 2, G=%d", s.Faces)
	case s.Repeats:
		return "layer 3, repeats"
	}
	return fmt.Sprint("layer ", s.Layer)
}
