package report

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"image/color"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Plots are drawn in colours that stand for variables of the page's style, which are other ones in the dark.
var (
	ink   = color.RGBA{0x00, 0x00, 0x00, 0xff}
	grid  = color.RGBA{0x01, 0x01, 0x01, 0xff}
	first = color.RGBA{0x02, 0x02, 0x02, 0xff}
	other = color.RGBA{0x03, 0x03, 0x03, 0xff}

	variables = strings.NewReplacer("#000000", "var(--ink)", "#010101", "var(--line)", "#020202", "var(--first)", "#030303", "var(--other)",
		"font-family:Liberation Sans", "font-family:inherit")
)

// Sizes in points, of which a phone shows about as many across as a plot has.
const (
	plotWidth  = 340
	plotHeight = 230
	rowHeight  = 30 // of a bar chart
	textSize   = 10
	over       = 5 // on each side
)

// series is a row of values, some with intervals.
type series struct {
	values    plotter.XYs
	intervals [][2]float64 // nil for none
	labels    []string     // of each value, nil for none
}

// drawLines plots two series over a common axis, told apart by colour, dashes and shape: names of ticks, or nil for numbers.
func drawLines(title, about, x string, names []string, all ...series) (template.HTML, error) {
	p := newPlot(x)
	if names != nil {
		p.NominalX(names...)
	}
	back := plotter.NewGrid()
	back.Vertical.Color = nil
	back.Horizontal.Color, back.Horizontal.Width = grid, 1
	p.Add(back)
	for k, s := range all {
		look := color.Color(first)
		shape := draw.GlyphDrawer(draw.CircleGlyph{})
		var dashes []vg.Length
		if k > 0 {
			look, shape, dashes = other, draw.PyramidGlyph{}, []vg.Length{4, 3}
		}
		line, points, err := plotter.NewLinePoints(s.values)
		if err != nil {
			return "", fmt.Errorf("report: %s: %w", title, err)
		}
		line.Color, line.Width, line.Dashes = look, 1.5, dashes
		points.Color, points.Shape, points.Radius = look, shape, 3
		p.Add(line, points)
		if s.intervals != nil {
			bars, err := plotter.NewYErrorBars(spans(s))
			if err != nil {
				return "", fmt.Errorf("report: %s: %w", title, err)
			}
			bars.Color, bars.CapWidth = look, 4
			p.Add(bars)
		}
		if s.labels != nil {
			above := slices.Clone(s.values)
			for k := range s.intervals {
				above[k].Y = s.intervals[k][1]
			}
			labels, err := plotter.NewLabels(plotter.XYLabels{XYs: above, Labels: s.labels})
			if err != nil {
				return "", fmt.Errorf("report: %s: %w", title, err)
			}
			for k := range labels.TextStyle {
				dress(&labels.TextStyle[k])
				labels.TextStyle[k].XAlign = draw.XCenter
				if above[k].X >= p.X.Max {
					labels.TextStyle[k].XAlign = draw.XRight // there is no room beside it
				}
			}
			labels.Offset = vg.Point{Y: 5}
			p.Add(labels)
		}
	}
	if names != nil {
		p.X.Min, p.X.Max = -0.4, float64(len(names))-0.6
	}
	p.Y.Min = math.Min(0, p.Y.Min)
	p.Y.Max += 0.1 * (p.Y.Max - p.Y.Min) // room for labels
	return svg(p, title, about, plotHeight)
}

// spans are the intervals of a series about its values.
func spans(s series) interface {
	plotter.XYer
	plotter.YErrorer
} {
	around := make(plotter.YErrors, len(s.values))
	for k, i := range s.intervals {
		around[k].Low, around[k].High = i[0]-s.values[k].Y, i[1]-s.values[k].Y
	}
	return struct {
		plotter.XYs
		plotter.YErrors
	}{s.values, around}
}

// bar is a bar of a chart.
type bar struct {
	name     string
	value    float64
	interval [2]float64
	ours     bool
}

// drawBars plots bars that lie, the first at the top: names need no turning of the head.
func drawBars(title, about, x string, all []bar) (template.HTML, error) {
	p := newPlot(x)
	names := make([]string, len(all))
	ours, others := make(plotter.Values, len(all)), make(plotter.Values, len(all))
	at := series{values: make(plotter.XYs, len(all)), intervals: make([][2]float64, len(all))}
	for k, b := range all {
		row := len(all) - 1 - k
		names[row] = b.name
		if b.ours {
			ours[row] = b.value
		} else {
			others[row] = b.value
		}
		at.values[row] = plotter.XY{X: b.value, Y: float64(row)}
		at.intervals[row] = b.interval
	}
	back := plotter.NewGrid()
	back.Horizontal.Color = nil
	back.Vertical.Color, back.Vertical.Width = grid, 1
	p.Add(back)
	for k, values := range []plotter.Values{ours, others} {
		chart, err := plotter.NewBarChart(values, 14)
		if err != nil {
			return "", fmt.Errorf("report: %s: %w", title, err)
		}
		chart.Horizontal, chart.LineStyle.Width, chart.Color = true, 0, first
		if k > 0 {
			chart.Color = other
		}
		p.Add(chart)
	}
	around := make(plotter.XErrors, len(all))
	for k, i := range at.intervals {
		around[k].Low, around[k].High = i[0]-at.values[k].X, i[1]-at.values[k].X
	}
	whiskers, err := plotter.NewXErrorBars(struct {
		plotter.XYs
		plotter.XErrors
	}{at.values, around})
	if err != nil {
		return "", fmt.Errorf("report: %s: %w", title, err)
	}
	whiskers.Color, whiskers.CapWidth = ink, 5
	p.Add(whiskers)
	p.NominalY(names...)
	p.X.Min = 0
	p.X.Max *= 1.02
	return svg(p, title, about, vg.Length(60+rowHeight*len(all)))
}

func newPlot(x string) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	p.X.Label.Text = x
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		dress(&axis.Label.TextStyle)
		dress(&axis.Tick.Label)
		axis.LineStyle.Color, axis.Tick.LineStyle.Color = ink, ink
		axis.Tick.Marker = plot.TickerFunc(ticks)
	}
	return p
}

// ticks are the usual ones, with no more digits than they need.
func ticks(least, most float64) []plot.Tick {
	all := plot.DefaultTicks{}.Ticks(least, most)
	for k := range all {
		if !all[k].IsMinor() {
			all[k].Label = strconv.FormatFloat(all[k].Value, 'g', 6, 64)
		}
	}
	return all
}

// dress gives a text its font and colour.
func dress(s *draw.TextStyle) {
	s.Color = ink
	s.Font.Variant, s.Font.Size = "Sans", textSize
}

var (
	svgHead = regexp.MustCompile(`(?s)^.*?<svg[^>]*>`)
	svgText = regexp.MustCompile(`(?s)<text ([^>]*)>([^<]*)</text>`)
)

// svg draws a plot as an element for a page. title, and about in words, are for those who do not see it.
//
// Text is in the page's font, and is told how wide it is in the font that the plot was laid out with, so that it fits whatever font that is.
func svg(p *plot.Plot, title, about string, height vg.Length) (template.HTML, error) {
	canvas := vgsvg.New(plotWidth, height)
	p.Draw(draw.New(canvas))
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return "", fmt.Errorf("report: %s: %w", title, err)
	}
	body := variables.Replace(svgHead.ReplaceAllString(b.String(), ""))
	body = svgText.ReplaceAllStringFunc(body, func(element string) string {
		m := svgText.FindStringSubmatch(element)
		width := p.X.Tick.Label.Width(html.UnescapeString(m[2]))
		return fmt.Sprintf(`<text %s textLength="%.2f" lengthAdjust="spacingAndGlyphs">%s</text>`, m[1], width.Points(), m[2])
	})
	// What stands at an axis' very end reaches a little over the plot.
	head := fmt.Sprintf(`<svg viewBox="-%d -%d %d %d" role="img" aria-label="%s">`, over, over, plotWidth+2*over, int(height)+2*over, html.EscapeString(title+". "+about))
	return template.HTML(head + body), nil
}
