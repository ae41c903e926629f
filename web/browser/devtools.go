package browser

import "encoding/json"

// CDP runs a command of the Chrome DevTools Protocol in the current tab and returns its result; see
// https://chromedevtools.github.io/devtools-protocol/. Only Chromium has it: for the others this fails the test.
func (b *Browser) CDP(method string, parameters map[string]any) json.RawMessage {
	b.t.Helper()
	value, err := b.driven.CDP(method, parameters)
	return got(b, value, err)
}

// CPUThrottle makes the current tab's main thread slower by a factor; 1 is full speed. Chromium only.
func (b *Browser) CPUThrottle(factor float64) {
	b.t.Helper()
	b.must(b.driven.CPUThrottle(factor))
}

// SetNetwork makes the current tab's connection as good as that. Chromium only. Workers are not slowed down.
func (b *Browser) SetNetwork(n Network) {
	b.t.Helper()
	b.must(b.driven.SetNetwork(n))
}
