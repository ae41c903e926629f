package driver

import "encoding/json"

// CDP runs a command of the Chrome DevTools Protocol in the current tab and returns its result; see
// https://chromedevtools.github.io/devtools-protocol/. Only Chromium has it.
func (b *Browser) CDP(method string, parameters map[string]any) (json.RawMessage, error) {
	if b.Engine != Chromium {
		return nil, b.errorf(method, "only Chromium has the DevTools protocol")
	}
	if parameters == nil {
		parameters = map[string]any{}
	}
	return b.send(method, command{"POST", "goog/cdp/execute", ""}, params{"cmd": method, "params": parameters})
}

// CPUThrottle makes the current tab's main thread slower by a factor; 1 is full speed. Chromium only.
func (b *Browser) CPUThrottle(factor float64) error {
	_, err := b.CDP("Emulation.setCPUThrottlingRate", map[string]any{"rate": factor})
	return err
}

// Network is how good a connection is.
type Network struct {
	Offline   bool
	LatencyMs float64 // added to each request
	Down, Up  float64 // bytes a second; 0 is no limit
}

// Connections, as DevTools knows them under these names. The zero Network is as fast as the machine.
var (
	Slow4G = Network{LatencyMs: 562.5, Down: 180e3, Up: 84375}
	Slow3G = Network{LatencyMs: 2000, Down: 50e3, Up: 50e3}
)

// SetNetwork makes the current tab's connection as good as that. Chromium only. Workers are not slowed down.
func (b *Browser) SetNetwork(n Network) error {
	unlimited := func(rate float64) float64 {
		if rate == 0 {
			return -1
		}
		return rate
	}
	if _, err := b.CDP("Network.enable", nil); err != nil {
		return err
	}
	_, err := b.CDP("Network.emulateNetworkConditions", map[string]any{
		"offline": n.Offline, "latency": n.LatencyMs,
		"downloadThroughput": unlimited(n.Down), "uploadThroughput": unlimited(n.Up),
	})
	return err
}
