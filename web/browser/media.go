package browser

// Scheme is a colour scheme, as the media feature prefers-color-scheme has it.
type Scheme string

// The colour schemes.
const (
	Light Scheme = "light"
	Dark  Scheme = "dark"
)

// ColourScheme has pages prefer a colour scheme from now on; Chromium's only the current tab's. WebKit has none but what
// it was started with, DarkMode or light: for it this fails the test.
func (b *Browser) ColourScheme(s Scheme) {
	b.t.Helper()
	switch b.Engine {
	case Chromium:
		b.CDP("Emulation.setEmulatedMedia", map[string]any{
			"features": []any{map[string]any{"name": "prefers-color-scheme", "value": s}},
		})
	case Firefox:
		b.privileged("set the colour scheme",
			`Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", arguments[0] === "dark" ? 0 : 1)`, s)
		b.Wait(`matchMedia("(prefers-color-scheme: `+string(s)+`)").matches`, elementLimit)
	default:
		b.t.Fatalf("%s: its colour scheme cannot be changed, only started with: DarkMode", b.Engine)
	}
}
