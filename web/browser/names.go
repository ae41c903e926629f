package browser

import "github.com/nabij/nabij/web/browser/driver"

// What tests name of package driver.
type (
	// Engine is a browser that tests run in.
	Engine = driver.Engine
	// Option is a way for Start to set up a browser. An engine that has no such way skips the test.
	Option = driver.Option
	// Key is a key, or several that are held together with the last: KeyShift + KeyTab. A letter is its own key.
	Key = driver.Key
	// Message is one line of the console.
	Message = driver.Message
	// Network is how good a connection is.
	Network = driver.Network
	// Scheme is a colour scheme, as the media feature prefers-color-scheme has it.
	Scheme = driver.Scheme
	// Tab names a tab, or a window that a page opened.
	Tab = driver.Tab
)

// The engines there are.
const (
	Chromium = driver.Chromium
	Firefox  = driver.Firefox
	WebKit   = driver.WebKit
)

// All lists the engines, for a test to range over.
var All = driver.All

// Options of Start.
var (
	NoJavaScript         = driver.NoJavaScript
	NoWebAssembly        = driver.NoWebAssembly
	NoStorage            = driver.NoStorage
	DarkMode             = driver.DarkMode
	ReducedMotion        = driver.ReducedMotion
	GlobalPrivacyControl = driver.GlobalPrivacyControl
)

// Connections of SetNetwork.
var (
	Slow4G = driver.Slow4G
	Slow3G = driver.Slow3G
)

// The colour schemes.
const (
	Light = driver.Light
	Dark  = driver.Dark
)

// Keys by name.
const (
	KeyBackspace = driver.KeyBackspace
	KeyTab       = driver.KeyTab
	KeyEnter     = driver.KeyEnter
	KeyShift     = driver.KeyShift
	KeyControl   = driver.KeyControl
	KeyAlt       = driver.KeyAlt
	KeyEscape    = driver.KeyEscape
	KeySpace     = driver.KeySpace
	KeyPageUp    = driver.KeyPageUp
	KeyPageDown  = driver.KeyPageDown
	KeyEnd       = driver.KeyEnd
	KeyHome      = driver.KeyHome
	KeyLeft      = driver.KeyLeft
	KeyUp        = driver.KeyUp
	KeyRight     = driver.KeyRight
	KeyDown      = driver.KeyDown
	KeyDelete    = driver.KeyDelete
)

// Arguments adds arguments to an engine's command line; other engines skip the test.
func Arguments(e Engine, args ...string) Option { return driver.Arguments(e, args...) }
