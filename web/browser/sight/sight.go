// Package sight tests what can be seen of a page, by its pixels: contrast of text over pictures, where the focus is, and text that is
// cut off. Its figures are those of WCAG 2.2.
package sight

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"

	"github.com/nabij/nabij/web/browser"
)

// painted waits until what scripts have changed is on the screen.
const painted = `new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))`

// Ratio returns the contrast of two colours, from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
func Ratio(a, b color.Color) float64 {
	l, m := luminance(a), luminance(b)
	return (max(l, m) + 0.05) / (min(l, m) + 0.05)
}

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

// Text returns the least contrast of an element's text with any pixel behind it, and what WCAG wants: 3 of large text and
// 4.5 of other. In the selector, " >>> " leads into an open shadow root. The element is scrolled to.
func Text(t testing.TB, b *browser.Browser, selector string) (least, wanted float64) {
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
		await `+painted+`;
		return { left: Math.ceil(left), top: Math.ceil(top), right: Math.floor(right), bottom: Math.floor(bottom), colour: color,
			large: parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24) };
	}`, selector)
	behind := shot(t, b)
	b.Eval(`() => { bare.style.color = ""; }`)
	of := color.RGBA{A: 255}
	if _, err := fmt.Sscanf(text.Colour, "rgb(%d, %d, %d)", &of.R, &of.G, &of.B); err != nil {
		t.Fatalf("%s: colour %s: %v", selector, text.Colour, err)
	}
	area := image.Rect(text.Left, text.Top, text.Right, text.Bottom).Intersect(behind.Bounds())
	if area.Empty() {
		t.Fatalf("%s: out of view", selector)
	}
	least = math.Inf(1)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			least = min(least, Ratio(of, behind.At(x, y)))
		}
	}
	return least, map[bool]float64{true: 3, false: 4.5}[text.Large]
}

// Focus fails the test unless the focused element is in the window and looks other than without the focus: in pixels of a
// contrast of 3, as many as half of a line around it has. around are selectors of what has that line in an element's stead,
// as a card around its link.
func Focus(t testing.TB, b *browser.Browser, around ...string) {
	t.Helper()
	var at struct {
		Name                     string
		Left, Top, Right, Bottom int
	}
	b.EvalInto(&at, `async (around) => {
		let e = document.activeElement;
		while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
		window.focused = e;
		await `+painted+`;
		const { left, top, right, bottom } = ((around && e.closest(around)) || e).getBoundingClientRect();
		return { name: e.outerHTML.slice(0, 80), left: Math.max(0, Math.floor(left)), top: Math.max(0, Math.floor(top)),
			right: Math.min(innerWidth, Math.ceil(right)), bottom: Math.min(innerHeight, Math.ceil(bottom)) };
	}`, strings.Join(around, ","))
	area := image.Rectangle{image.Pt(at.Left, at.Top), image.Pt(at.Right, at.Bottom)}
	if min(area.Dx(), area.Dy()) < 15 {
		t.Errorf("%s: %s has the focus out of view", b.Engine, at.Name)
		return
	}
	with := shot(t, b)
	b.Eval(`async () => { focused.blur(); await ` + painted + `; }`)
	without := shot(t, b)
	b.Eval(`() => focused.focus({ preventScroll: true })`)
	const beside = 8 // pixels at which a line may stand off
	changed := 0
	line := area.Inset(-beside).Intersect(with.Bounds())
	for y := line.Min.Y; y < line.Max.Y; y++ {
		for x := line.Min.X; x < line.Max.X; x++ {
			if Ratio(with.At(x, y), without.At(x, y)) >= 3 {
				changed++
			}
		}
	}
	if want := area.Dx() + area.Dy(); changed < want {
		t.Errorf("%s: the focus on %s shows in %d pixels, want %d", b.Engine, at.Name, changed, want)
	}
}

// Clipped returns the start of each element of the page and its open shadow trees whose text does not fit and is cut off. What
// is there for ears alone, a pixel wide, is left out.
func Clipped(b *browser.Browser) []string {
	var elements []string
	b.EvalInto(&elements, `(() => {
		const all = (root) => [...root.querySelectorAll("*")].flatMap((e) => e.shadowRoot ? [e, ...all(e.shadowRoot)] : [e]);
		const cut = (overflow, inner, outer) => /hidden|clip/.test(overflow) && inner > outer + 1;
		return all(document.body).filter((e) => {
			const { overflowX, overflowY } = getComputedStyle(e);
			const { width, height } = e.getBoundingClientRect();
			return width > 1 && height > 1 && e.innerText?.trim() &&
				(cut(overflowX, e.scrollWidth, e.clientWidth) || cut(overflowY, e.scrollHeight, e.clientHeight));
		}).map((e) => e.outerHTML.slice(0, 200));
	})()`)
	return elements
}

func shot(t testing.TB, b *browser.Browser) image.Image {
	t.Helper()
	decoded, err := png.Decode(bytes.NewReader(b.Screenshot()))
	if err != nil {
		t.Fatal(err)
	}
	return decoded
}
