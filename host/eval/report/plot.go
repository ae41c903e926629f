package report

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"image/color"
	"math"
	"regexp"
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
	markRadius = 3
	labelApart = 5 // from what it names
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
	var labels []label
	var points plotter.XYs // and some of the lines between them
	for k, s := range all {
		look := color.Color(first)
		shape := draw.GlyphDrawer(draw.CircleGlyph{})
		var dashes []vg.Length
		if k > 0 {
			look, shape, dashes = other, draw.PyramidGlyph{}, []vg.Length{4, 3}
		}
		line, marks, err := plotter.NewLinePoints(s.values)
		if err != nil {
			return "", fmt.Errorf("report: %s: %w", title, err)
		}
		line.Color, line.Width, line.Dashes = look, 1.5, dashes
		marks.Color, marks.Shape, marks.Radius = look, shape, markRadius
		p.Add(line, marks)
		if s.intervals != nil {
			bars, err := plotter.NewYErrorBars(spans(s))
			if err != nil {
				return "", fmt.Errorf("report: %s: %w", title, err)
			}
			bars.Color, bars.CapWidth = look, 4
			p.Add(bars)
		}
		for k, text := range s.labels {
			at := s.values[k]
			l := label{text: text, x: at.X, low: at.Y, high: at.Y}
			if s.intervals != nil {
				l.low, l.high = s.intervals[k][0], s.intervals[k][1]
			}
			labels = append(labels, l)
		}
		points = append(points, s.values...)
		for k := range max(0, len(s.values)-1) {
			from, to := s.values[k], s.values[k+1]
			for part := 0.1; part < 0.95; part += 0.1 {
				points = append(points, plotter.XY{X: from.X + part*(to.X-from.X), Y: from.Y + part*(to.Y-from.Y)})
			}
		}
	}
	if names != nil {
		p.X.Min, p.X.Max = -0.4, float64(len(names))-0.6
	}
	p.Y.Min = math.Min(0, p.Y.Min)
	p.Y.Max += 0.1 * (p.Y.Max - p.Y.Min) // room for labels
	if err := place(p, labels, points); err != nil {
		return "", fmt.Errorf("report: %s: %w", title, err)
	}
	return svg(p, title, about, plotHeight)
}

// label is a text by a point, or by its interval.
type label struct {
	text         string
	x, low, high float64
}

// place adds labels to a plot that has all else: each above what it names, or else below or beside it, where it stands on the fewest of the
// labels before it, of the points that are drawn, and of what is not the plot's own.
func place(p *plot.Plot, labels []label, points plotter.XYs) error {
	area := p.DataCanvas(draw.New(vgsvg.New(plotWidth, plotHeight)))
	toX, toY := p.Transforms(&area)
	var taken []vg.Rectangle
	for _, at := range points {
		x, y := toX(at.X), toY(at.Y)
		taken = append(taken, vg.Rectangle{Min: vg.Point{X: x - markRadius, Y: y - markRadius}, Max: vg.Point{X: x + markRadius, Y: y + markRadius}})
	}
	for _, l := range labels {
		drawn, err := plotter.NewLabels(plotter.XYLabels{XYs: plotter.XYs{{X: l.x}}, Labels: []string{l.text}})
		if err != nil {
			return err
		}
		style := &drawn.TextStyle[0]
		dress(style)
		width, middle := style.Width(l.text), (l.low+l.high)/2
		above, below := vg.Point{Y: labelApart}, vg.Point{Y: -labelApart}
		fewest := math.MaxInt
		var best vg.Rectangle
		for _, try := range []struct {
			y     float64
			apart vg.Point
			h     draw.XAlignment
			v     draw.YAlignment
		}{
			{l.high, above, draw.XCenter, draw.YBottom}, {l.high, above, draw.XRight, draw.YBottom}, {l.high, above, draw.XLeft, draw.YBottom},
			{l.low, below, draw.XCenter, draw.YTop}, {l.low, below, draw.XRight, draw.YTop}, {l.low, below, draw.XLeft, draw.YTop},
			{middle, vg.Point{X: labelApart}, draw.XLeft, draw.YCenter}, {middle, vg.Point{X: -labelApart}, draw.XRight, draw.YCenter},
		} {
			least := vg.Point{X: toX(l.x) + try.apart.X + vg.Length(try.h)*width, Y: toY(try.y) + try.apart.Y + vg.Length(try.v)*textSize}
			box := vg.Rectangle{Min: least, Max: least.Add(vg.Point{X: width, Y: textSize})}
			on := 0
			for _, other := range taken {
				if box.Min.X < other.Max.X && other.Min.X < box.Max.X && box.Min.Y < other.Max.Y && other.Min.Y < box.Max.Y {
					on++
				}
			}
			if box.Min.X < area.Min.X || box.Max.X > area.Max.X || box.Min.Y < area.Min.Y || box.Max.Y > area.Max.Y {
				on++
			}
			if on < fewest {
				fewest, best = on, box
				drawn.XYs[0].Y, drawn.Offset, style.XAlign, style.YAlign = try.y, try.apart, try.h, try.v
			}
		}
		taken = append(taken, best)
		p.Add(drawn)
	}
	return nil
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
	interval [2]float64 // of zeros for none
	ours     bool
}

// drawBars plots bars that lie, the first at the top: names need no turning of the head.
func drawBars(title, about, x string, all []bar) (template.HTML, error) {
	p := newPlot(x)
	names := make([]string, len(all))
	ours, others := make(plotter.Values, len(all)), make(plotter.Values, len(all))
	var at plotter.XYs // those with an interval
	var around plotter.XErrors
	for k, b := range all {
		row := len(all) - 1 - k
		names[row] = b.name
		if b.ours {
			ours[row] = b.value
		} else {
			others[row] = b.value
		}
		if b.interval != [2]float64{} {
			at = append(at, plotter.XY{X: b.value, Y: float64(row)})
			around = append(around, struct{ Low, High float64 }{b.interval[0] - b.value, b.interval[1] - b.value})
		}
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
	if len(at) > 0 {
		whiskers, err := plotter.NewXErrorBars(struct {
			plotter.XYs
			plotter.XErrors
		}{at, around})
		if err != nil {
			return "", fmt.Errorf("report: %s: %w", title, err)
		}
		whiskers.Color, whiskers.CapWidth = ink, 5
		p.Add(whiskers)
	}
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

// ticks are three to eight multiples of 1, 2 or 5 and a power of ten, so that 0 is among them where the axis has it, and one between two.
func ticks(least, most float64) (all []plot.Tick) {
	span := most - least
	if !(span > 0) {
		return []plot.Tick{{Value: least, Label: tickLabel(least)}}
	}
	const fewest = 3
	step := math.Pow(10, math.Floor(math.Log10(span/fewest)))
	for _, larger := range []float64{5, 2} {
		if span >= fewest*larger*step {
			step *= larger
			break
		}
	}
	for half := math.Ceil(2 * least / step); half <= math.Floor(2*most/step); half++ {
		tick := plot.Tick{Value: half * step / 2}
		if math.Mod(half, 2) == 0 {
			tick.Label = tickLabel(tick.Value)
		}
		all = append(all, tick)
	}
	return all
}

// tickLabel writes a number with no more digits than it needs.
func tickLabel(x float64) string { return strconv.FormatFloat(x+0, 'g', 6, 64) } // + 0, as -0 is 0

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
