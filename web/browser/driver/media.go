package driver

// Scheme is a colour scheme, as the media feature prefers-color-scheme has it.
type Scheme string

// The colour schemes.
const (
	Light Scheme = "light"
	Dark  Scheme = "dark"
)

// ColourScheme has pages prefer a colour scheme from now on; Chromium's only the current tab's. WebKit has none but what
// it was started with, DarkMode or light.
func (b *Browser) ColourScheme(s Scheme) (err error) {
	switch b.Engine {
	case Chromium:
		_, err = b.CDP("Emulation.setEmulatedMedia", map[string]any{
			"features": []any{map[string]any{"name": "prefers-color-scheme", "value": s}},
		})
	case Firefox:
		_, err = b.privileged("set the colour scheme",
			`Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", arguments[0] === "dark" ? 0 : 1)`, s)
		if err == nil {
			err = b.Wait(`matchMedia("(prefers-color-scheme: `+string(s)+`)").matches`, elementLimit)
		}
	default:
		err = b.errorf("set the colour scheme", "it cannot be changed, only started with: DarkMode")
	}
	return err
}
