package driver

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// Engine is a kind of browser.
type Engine int

// The engines there are.
const (
	Chromium Engine = iota
	Firefox
	WebKit // WebKitGTK's MiniBrowser, the nearest to Safari that runs on Linux
)

// All lists the engines.
var All = []Engine{Chromium, Firefox, WebKit}

func (e Engine) String() string { return [...]string{"Chromium", "Firefox", "WebKit"}[e] }

// ErrMissing is what Launch fails with when a program of the engine is not to be found.
var ErrMissing = errors.New("is not installed")

// programs are the paths of what an engine runs with; only WebKit has a display, only Firefox has no driver.
type programs struct{ browser, driver, display string }

// find looks for the engine's programs. Its error says which is missing.
func (e Engine) find() (programs, error) {
	var p programs
	var missing []string
	need := func(into *string, names ...string) {
		for _, name := range names {
			if path, err := exec.LookPath(name); err == nil {
				*into = path
				return
			}
		}
		missing = append(missing, names[0])
	}
	switch e {
	case Chromium:
		need(&p.browser, "chromium", "google-chrome")
		need(&p.driver, "chromedriver")
	case Firefox:
		need(&p.browser, "firefox-esr", "firefox")
	case WebKit:
		need(&p.driver, "WebKitWebDriver")
		need(&p.display, "Xvfb")
		// Not a program for people, so not on PATH. Of several the last has the newest API.
		found, _ := filepath.Glob("/usr/lib*/*/webkit*gtk-*/MiniBrowser")
		if more, _ := filepath.Glob("/usr/lib*/webkit*gtk-*/MiniBrowser"); found == nil {
			found = more
		}
		if len(found) == 0 {
			missing = append(missing, "MiniBrowser")
		} else {
			p.browser = found[len(found)-1]
		}
	}
	if missing != nil {
		return p, fmt.Errorf("%s %w: no %s; scripts/install installs it", e, ErrMissing, strings.Join(missing, ", no "))
	}
	return p, nil
}

// start starts the engine in the group and opens a session with it.
func (e Engine) start(g *group, p programs, o settings) (conn, error) {
	switch e {
	case Chromium:
		return startChromium(g, p, o)
	case Firefox:
		return startFirefox(g, p, o)
	default:
		return startWebKit(g, p, o)
	}
}
