package demo

import (
	"fmt"
	"hash/fnv"
	"math"
	"strconv"
	"strings"
)

// palette holds every colour that pictures are made of, besides their shades and tints.
var palette = map[string]string{
	"ink": "#2b3940", "graphite": "#48565c", "slate": "#5f7079", "grey": "#8d9aa0", "cloud": "#c3cccd",
	"pearl": "#fffaf0", "cream": "#f7f0e2", "sand": "#d9bd8b", "ochre": "#dea33a", "rust": "#c4603c", "brick": "#ae4038",
	"raspberry": "#b5476b", "plum": "#74517d", "navy": "#34507a", "denim": "#4d78a6", "sky": "#7db0cf", "sea": "#3d7f9c",
	"teal": "#2f7f7f", "turquoise": "#46a69f", "mint": "#9bcbb4", "sage": "#9aae8a", "moss": "#657f4b", "olive": "#7f7d4d",
	"pine": "#3a6150", "green": "#5b9a58", "lime": "#c6cf4b", "brown": "#7c543a",
}

const (
	ink   = "#2b3940" // tyres, handles, outlines of nothing else
	steel = "#95a2a7"
	cloud = "#c3cccd"
	cream = "#f7f0e2"
	glow  = "#f5d989"
	red   = "#c9463c"
	hide  = "#8a5a3b" // leather
	floor = 244.0     // where things stand
)

// colour is a base with a darker and a lighter neighbour, for the sides that light does and does not fall on.
type colour struct{ base, dark, light string }

func colourOf(name string) colour {
	base := palette[name]
	return colour{base, mix(base, "#1d2a33", 0.3), mix(base, "#fdf6e8", 0.38)}
}

// mix returns the colour that lies part of the way, 0 to 1, from a to b.
func mix(a, b string, part float64) string {
	out := "#"
	for i := 1; i < 7; i += 2 {
		x, _ := strconv.ParseUint(a[i:i+2], 16, 8)
		y, _ := strconv.ParseUint(b[i:i+2], 16, 8)
		out += fmt.Sprintf("%02x", int(math.Round(float64(x)+(float64(y)-float64(x))*part)))
	}
	return out
}

// canvas collects the shapes of a picture, the ones behind first.
type canvas struct{ strings.Builder }

// n writes a coordinate to a tenth.
func n(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

// d fills the numbers into a path: "M$ $L$ $".
func d(path string, at ...float64) string {
	var b strings.Builder
	for i, part := range strings.Split(path, "$") {
		if i > 0 {
			b.WriteString(n(at[i-1]))
		}
		b.WriteString(part)
	}
	return b.String()
}

// fill paints a path's inside.
func (c *canvas) fill(path, colour string) {
	c.WriteString(`<path d="` + path + `" fill="` + colour + `"/>`)
}

// faint paints a path's inside so that what is behind shows through.
func (c *canvas) faint(path, colour string, opacity float64) {
	c.WriteString(`<path d="` + path + `" fill="` + colour + `" opacity="` + strconv.FormatFloat(opacity, 'g', 3, 64) + `"/>`)
}

// stroke draws along a path with round ends.
func (c *canvas) stroke(path, colour string, width float64) {
	c.WriteString(`<path d="` + path + `" fill="none" stroke="` + colour + `" stroke-width="` + n(width) +
		`" stroke-linecap="round" stroke-linejoin="round"/>`)
}

// dashed draws along a path with gaps.
func (c *canvas) dashed(path, colour string, width float64, dashes string) {
	c.WriteString(`<path d="` + path + `" fill="none" stroke="` + colour + `" stroke-width="` + n(width) +
		`" stroke-dasharray="` + dashes + `"/>`)
}

func (c *canvas) line(x1, y1, x2, y2 float64, colour string, width float64) {
	c.stroke(d("M$ $L$ $", x1, y1, x2, y2), colour, width)
}

func (c *canvas) circle(x, y, r float64, colour string) {
	c.WriteString(`<circle cx="` + n(x) + `" cy="` + n(y) + `" r="` + n(r) + `" fill="` + colour + `"/>`)
}

func (c *canvas) ring(x, y, r float64, colour string, width float64) {
	c.WriteString(`<circle cx="` + n(x) + `" cy="` + n(y) + `" r="` + n(r) + `" fill="none" stroke="` + colour +
		`" stroke-width="` + n(width) + `"/>`)
}

func (c *canvas) ellipse(x, y, rx, ry float64, colour string) {
	c.WriteString(`<ellipse cx="` + n(x) + `" cy="` + n(y) + `" rx="` + n(rx) + `" ry="` + n(ry) + `" fill="` + colour + `"/>`)
}

func (c *canvas) rect(x, y, w, h, r float64, colour string) {
	c.WriteString(`<rect x="` + n(x) + `" y="` + n(y) + `" width="` + n(w) + `" height="` + n(h) + `" rx="` + n(r) +
		`" fill="` + colour + `"/>`)
}

// within draws what inner draws, moved, turned or made smaller.
func (c *canvas) within(transform string, inner func()) {
	c.WriteString(`<g transform="` + transform + `">`)
	inner()
	c.WriteString(`</g>`)
}

// scaled draws what inner draws at a scale around the middle of the floor, with its floor's middle at x, y.
func (c *canvas) scaled(x, y, scale float64, inner func()) {
	c.within(fmt.Sprintf("translate(%s %s) scale(%s) translate(-200 -%s)", n(x), n(y),
		strconv.FormatFloat(scale, 'g', 3, 64), n(floor)), inner)
}

// shadow lies on the floor under a thing from x1 to x2.
func (c *canvas) shadow(x1, x2 float64) {
	c.faint(d("M$ $a$ 7 0 1 0 $ 0a$ 7 0 1 0 -$ 0z", x1, floor+2, (x2-x1)/2, x2-x1, (x2-x1)/2, x2-x1), "#22313a", 0.16)
}

// grounds are the backgrounds of the products of each root topic: a wall, and what is behind the thing.
var grounds = map[string][2]string{
	"bikes":    {"#d9e5e4", "#c6d7d4"},
	"parts":    {"#e4e2e6", "#d3d1d9"},
	"gear":     {"#ebe1cd", "#decfb2"},
	"clothing": {"#e8dcd5", "#dac7bd"},
	"workshop": {"#dde1e3", "#c9d0d4"},
	"camping":  {"#dfe6d3", "#cbd6b9"},
	"hiking":   {"#e6e3d0", "#d5d0b3"},
	"care":     {"#dfe5e2", "#ccd7d2"},
}

// backdrop paints what is behind a product: a landscape for what stands outdoors, a plain wall with a disc for the rest.
func backdrop(c *canvas, p parameters, topic string) {
	g, ok := grounds[topic]
	if !ok {
		g = grounds["parts"]
	}
	c.rect(0, 0, 400, 300, 0, g[0])
	shift := float64(hash(p.key)%7) * 14
	switch {
	case p.family == "bike" || p.family == "tent" || p.family == "trailer" || p.family == "towbar":
		c.circle(88+shift*2.5, 84, 30, mix(g[0], cream, 0.75))
		c.fill(d("M0 $C70 $ 120 $ 190 $S320 $ 400 $V300H0z", 206-shift/4, 168+shift/3, 176+shift/3, 200-shift/5, 176, 206+shift/6),
			mix(g[0], g[1], 0.75))
		c.fill("M0 236C110 228 280 230 400 236V300H0z", g[1])
	default:
		c.circle(200, 146, 112, mix(g[0], cream, 0.42))
		c.rect(0, floor, 400, 60, 0, g[1])
	}
}

func hash(s string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s))
	return h.Sum32()
}

// around returns the point at a distance and an angle, in degrees clockwise from the right, from x, y.
func around(x, y, r, degrees float64) (float64, float64) {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return x + r*cos, y + r*sin
}
