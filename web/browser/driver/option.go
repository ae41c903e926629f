package driver

import (
	"errors"
	"fmt"
	"maps"
)

// Option is a way to set up a browser. Launch fails with ErrOption where an engine has no such way.
type Option struct {
	name string
	by   map[Engine]settings
}

func (o Option) String() string { return o.name }

// ErrOption is what Launch fails with when an engine has no such option.
var ErrOption = errors.New("cannot do")

// Arguments adds arguments to an engine's command line; other engines do not have this option.
func Arguments(e Engine, args ...string) Option {
	return Option{"Arguments", map[Engine]settings{e: {args: args}}}
}

// settings are what an engine is started with. prefs are the preferences of the profile, for WebKit those of GTK.
type settings struct {
	args  []string
	prefs map[string]any
	env   []string
}

// What Launch can be given.
var (
	// NoJavaScript has pages run no scripts. Those of Eval run, but in Firefox without elements as globals named by id.
	NoJavaScript = Option{"NoJavaScript", map[Engine]settings{
		Chromium: {prefs: map[string]any{"profile.default_content_setting_values.javascript": 2}},
		Firefox:  {prefs: map[string]any{"javascript.enabled": false}},
		WebKit:   {args: []string{"--enable-javascript-markup=false"}},
	}}

	// NoWebAssembly leaves WebAssembly undefined, as Safari's lockdown mode does. Chromium then compiles nothing, so that
	// JavaScript is slow: its flag --noexpose_wasm no longer does anything.
	NoWebAssembly = Option{"NoWebAssembly", map[Engine]settings{
		Chromium: {args: []string{"--js-flags=--jitless"}},
		Firefox:  {prefs: map[string]any{"javascript.options.wasm": false}},
		WebKit:   {env: []string{"JSC_useWasm=0"}},
	}}

	// NoStorage refuses cookies, and with them localStorage and sessionStorage, whose getters throw. In WebKit the former's
	// is null, and the latter works.
	NoStorage = Option{"NoStorage", map[Engine]settings{
		Chromium: {prefs: map[string]any{"profile.default_content_setting_values.cookies": 2}},
		Firefox:  {prefs: map[string]any{"network.cookie.cookieBehavior": 2}},
		WebKit:   {args: []string{"--cookies-policy=never", "--enable-html5-local-storage=false"}},
	}}

	// DarkMode has pages prefer the dark colour scheme; without it they prefer the light one.
	DarkMode = Option{"DarkMode", map[Engine]settings{
		Chromium: {args: []string{"--blink-settings=preferredColorScheme=0"}},
		Firefox:  {prefs: map[string]any{"layout.css.prefers-color-scheme.content-override": 0}},
		WebKit:   {args: []string{"--dark-mode"}},
	}}

	// ReducedMotion has pages prefer reduced motion.
	ReducedMotion = Option{"ReducedMotion", map[Engine]settings{
		Chromium: {args: []string{"--force-prefers-reduced-motion"}},
		Firefox:  {prefs: map[string]any{"ui.prefersReducedMotion": 1}},
		WebKit:   {prefs: map[string]any{"gtk-enable-animations": 0}},
	}}

	// GlobalPrivacyControl has navigator.globalPrivacyControl be true, and sends Sec-GPC.
	GlobalPrivacyControl = Option{"GlobalPrivacyControl", map[Engine]settings{
		Firefox: {prefs: map[string]any{"privacy.globalprivacycontrol.enabled": true}},
	}}
)

// settingsFor adds up the options, or says which the engine cannot do.
func settingsFor(e Engine, options []Option) (settings, error) {
	sum := settings{prefs: map[string]any{}}
	for _, o := range options {
		s, ok := o.by[e]
		if !ok {
			return sum, fmt.Errorf("%s %w %s", e, ErrOption, o)
		}
		sum.args = append(sum.args, s.args...)
		sum.env = append(sum.env, s.env...)
		maps.Copy(sum.prefs, s.prefs)
	}
	return sum, nil
}
