package driver

import "time"

type size struct{ Width, Height int }

// Resize makes the page's viewport that many CSS pixels wide and high.
func (b *Browser) Resize(width, height int) error {
	if err := b.override(size{}); err != nil {
		return err
	}
	var around, got size // around is what a window has around its page; not all know it before they are resized
	if err := b.Eval(&around, `({width: outerWidth - innerWidth, height: outerHeight - innerHeight})`); err != nil {
		return err
	}
	want := size{width, height}
	outer := size{width + max(0, around.Width), height + max(0, around.Height)}
	for range 3 {
		_, err := b.send("resize", setRect, params{"width": outer.Width, "height": outer.Height})
		if err != nil {
			return err
		}
		if got, err = b.viewport(want); err != nil || got == want {
			return err
		}
		missing := size{want.Width - got.Width, want.Height - got.Height}
		if missing.Width <= 0 && missing.Height <= 0 {
			break // the window cannot be so small
		}
		outer.Width += max(0, missing.Width)
		outer.Height += max(0, missing.Height)
	}
	if err := b.override(want); err != nil {
		return err
	}
	got, err := b.viewport(want)
	if err == nil && got != want {
		return b.errorf("resize", "to %v: the viewport stays %v", want, got)
	}
	return err
}

// viewport measures until the size is the wanted one or a moment is over: windows resize when they like. Wanted nothing,
// it measures once. WebKit's windows become as large as they are asked to be, and are waited for longer.
func (b *Browser) viewport(want size) (got size, err error) {
	moment := 250 * time.Millisecond
	if b.Engine == WebKit {
		moment = 3 * time.Second
	}
	for end := time.Now().Add(moment); ; time.Sleep(20 * time.Millisecond) {
		err = b.Eval(&got, `({width: innerWidth, height: innerHeight})`)
		if err != nil || got == want || want == (size{}) || time.Now().After(end) {
			return got, err
		}
	}
}

// override gives the current tab another viewport than its window has: windows have a least width, where pages on a
// phone have none. The zero size ends it. WebKit needs none, as gtkStyle has it.
func (b *Browser) override(s size) (err error) {
	switch {
	case b.Engine == Chromium && s == size{}:
		_, err = b.CDP("Emulation.clearDeviceMetricsOverride", nil)
	case b.Engine == Chromium:
		_, err = b.CDP("Emulation.setDeviceMetricsOverride", map[string]any{
			"width": s.Width, "height": s.Height, "deviceScaleFactor": 1, "mobile": false,
		})
	case b.Engine == Firefox:
		_, err = b.privileged("resize", `
			const [width, height] = [...arguments].map(n => n ? n + "px" : "");
			const style = gBrowser.selectedBrowser.style;
			style.minWidth = style.maxWidth = width;
			style.minHeight = style.maxHeight = height;`, s.Width, s.Height)
	}
	return err
}
