package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web/browser"
)

// contrast returns the least contrast of an element's text with what is painted behind it, as WCAG defines it, and what is
// wanted: 3 of large text and 4.5 of other.
func contrast(t *testing.T, b *browser.Browser, selector string) (least, wanted float64) {
	t.Helper()
	var text struct {
		Left, Top, Right, Bottom int
		Colour                   string
		Large                    bool
	}
	b.EvalInto(&text, `async (selector) => {
		const e = window.bare = selector.split(" >>> ").reduce((in_, s) => (in_.shadowRoot ?? in_).querySelector(s), document);
		e.scrollIntoView({ behavior: "instant", block: "center", inline: "center" });
		const { color, fontSize, fontWeight } = getComputedStyle(e);
		const range = document.createRange();
		range.selectNodeContents(e);
		const { left, top, right, bottom } = range.getBoundingClientRect();
		e.style.setProperty("color", "transparent", "important"); // over what the page says of parts
		await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
		return { left: Math.ceil(left), top: Math.ceil(top), right: Math.floor(right), bottom: Math.floor(bottom), colour: color,
			large: parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24) };
	}`, selector)
	behind := screenshot(t, b)
	b.Eval(`() => { bare.style.color = ""; }`)
	least = math.Inf(1)
	area := image.Rect(text.Left, text.Top, text.Right, text.Bottom).Intersect(behind.Bounds())
	require.False(t, area.Empty(), selector)
	of := luminance(cssColour(t, text.Colour))
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			least = min(least, ratio(of, luminance(behind.At(x, y))))
		}
	}
	return least, map[bool]float64{true: 3, false: 4.5}[text.Large]
}

func screenshot(t *testing.T, b *browser.Browser) image.Image {
	t.Helper()
	shot, err := png.Decode(bytes.NewReader(b.Screenshot()))
	require.NoError(t, err)
	return shot
}

// cssColour reads a colour as getComputedStyle writes it, which must be opaque.
func cssColour(t *testing.T, text string) color.Color {
	t.Helper()
	c := color.RGBA{A: 255}
	_, err := fmt.Sscanf(text, "rgb(%d, %d, %d)", &c.R, &c.G, &c.B)
	require.NoError(t, err, text)
	return c
}

// ratio is the contrast of two luminances: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
func ratio(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }

// luminance is https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
