package driver

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// firefox is the connection to a Firefox and where Firefox prints.
type firefox struct {
	*marionette
	output string
	read   int // how much of output Console has given
	// Where content has no JavaScript, scripts of drivers would have no promises. The system's have.
	system bool
}

func (f *firefox) send(c command, p params) (json.RawMessage, error) {
	if _, script := p["script"].(string); script && f.system {
		p["sandbox"] = "system"
	}
	return f.marionette.send(c, p)
}

// firefoxPrefs are for every profile. Marionette adds the many that it recommends for tests.
var firefoxPrefs = map[string]any{
	"marionette.port":                            0,
	"browser.startup.page":                       0,
	"browser.shell.checkDefaultBrowser":          false,
	"browser.aboutwelcome.enabled":               false,
	"datareporting.policy.dataSubmissionEnabled": false,
	"network.captive-portal-service.enabled":     false,
	"network.connectivity-service.enabled":       false,
	"network.proxy.type":                         0,
	// What Console reads: console.* and uncaught errors go to the standard output.
	"devtools.console.stdout.content": true,
	"browser.dom.window.dump.enabled": true,
}

// startFirefox starts Firefox and connects to it: there is no driver between.
func startFirefox(g *group, p programs, o settings) (conn, error) {
	profile := filepath.Join(g.dir, "profile")
	if err := os.Mkdir(profile, 0o700); err != nil {
		return nil, err
	}
	prefs := maps.Clone(firefoxPrefs)
	maps.Copy(prefs, o.prefs)
	var js strings.Builder
	for _, name := range slices.Sorted(maps.Keys(prefs)) {
		value, err := json.Marshal(prefs[name])
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&js, "user_pref(%q, %s);\n", name, value)
	}
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(js.String()), 0o600); err != nil {
		return nil, err
	}
	args := []string{"--headless", "--no-remote", "--profile", profile, "--marionette"}
	args = append(args, "--remote-allow-system-access") // for privileged
	process, err := g.start(p.browser, append(args, o.args...), append(o.env,
		"MOZ_CRASHREPORTER_DISABLE=1", "MOZ_HEADLESS_WIDTH=1600", "MOZ_HEADLESS_HEIGHT=1200")) // the screen
	if err != nil {
		return nil, err
	}
	port, err := process.announced(filepath.Join(profile, "MarionetteActivePort"), regexp.MustCompile(`^(\d+)`))
	if err != nil {
		return nil, err
	}
	m, err := dialMarionette(port)
	if err != nil {
		return nil, err
	}
	f := &firefox{marionette: m, output: process.output, system: prefs["javascript.enabled"] == false}
	_, err = m.send(newSession, nil)
	return f, err
}

// privileged runs the body of a function in Firefox's own window, where it may do anything.
func (b *Browser) privileged(what, script string, args ...any) (json.RawMessage, error) {
	setContext := command{marionette: "Marionette:SetContext"}
	if _, err := b.send(what, setContext, params{"value": "chrome"}); err != nil {
		return nil, err
	}
	if args == nil {
		args = []any{}
	}
	value, err := b.send(what, execute, params{"script": script, "args": args})
	if _, back := b.send(what, setContext, params{"value": "content"}); err == nil {
		err = back
	}
	return value, err
}
