package browser_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nabij/nabij/web/browser"
)

// Starts are slow, so options that do not touch each other share one.
func TestOptions(t *testing.T) {
	each(t, func(t *testing.T, b *browser.Browser, url string) {
		b.Navigate(url + "/second")
		is(t, b, `typeof WebAssembly`, "undefined")
		is(t, b, `matchMedia("(prefers-color-scheme: dark)").matches`, true)
		is(t, b, `matchMedia("(prefers-reduced-motion: reduce)").matches`, true)
		is(t, b, `() => { document.cookie = "a=1"; return document.cookie }`, "")
		for _, storage := range []string{"localStorage", "sessionStorage"} {
			want := "refused"
			if b.Engine == browser.WebKit && storage == "sessionStorage" {
				want = "kept"
			}
			is(t, b, `() => { try { `+storage+`.a = 1; return "kept" } catch { return "refused" } }`, want)
		}
	}, browser.NoWebAssembly, browser.NoStorage, browser.DarkMode, browser.ReducedMotion)
}

func TestNoJavaScript(t *testing.T) {
	each(t, func(t *testing.T, b *browser.Browser, url string) {
		b.Navigate(url + "/")
		is(t, b, `document.title`, "Shop")
		is(t, b, `typeof keys`, "undefined")
		b.Click("#far")
		is(t, b, `document.querySelector("#far").textContent`, "Far")
	}, browser.NoJavaScript)
}

func TestFirefoxOnly(t *testing.T) {
	server := site(t)
	b := browser.Start(t, browser.Firefox, browser.GlobalPrivacyControl)
	b.Navigate(server.URL + "/second")
	is(t, b, `navigator.globalPrivacyControl`, true)
	if sent := server.Requests()[0].String(); !strings.Contains(strings.ToLower(sent), "\r\nsec-gpc: 1\r\n") {
		t.Errorf("no Sec-GPC in %q", sent)
	}
	b.ColourScheme(browser.Dark)
	is(t, b, `matchMedia("(prefers-color-scheme: dark)").matches`, true)
	b.ColourScheme(browser.Light)
	is(t, b, `matchMedia("(prefers-color-scheme: dark)").matches`, false)
}

func TestChromiumOnly(t *testing.T) {
	url := site(t).URL
	b := browser.Start(t, browser.Chromium)
	b.Navigate(url + "/")
	b.ColourScheme(browser.Dark)
	is(t, b, `matchMedia("(prefers-color-scheme: dark)").matches`, true)
	b.ColourScheme(browser.Light)
	is(t, b, `matchMedia("(prefers-color-scheme: dark)").matches`, false)

	b.SetNetwork(browser.Network{LatencyMs: 500})
	start := time.Now()
	b.Eval(`async () => { await fetch("/second") }`)
	if took := time.Since(start); took < 500*time.Millisecond {
		t.Errorf("a request takes %v", took)
	}
	b.SetNetwork(browser.Network{Offline: true})
	if err := b.TryEval(nil, `async () => { await fetch("/second") }`); err == nil {
		t.Error("a request succeeds offline")
	}
	b.SetNetwork(browser.Network{})
	is(t, b, `async () => (await fetch("/second")).status`, 200.0)

	const work = `() => { const start = performance.now(); for (let i = 0, x = 1; i < 3e7; i++) x = x * i | 1; return performance.now() - start }`
	var most float64 // of how much slower it is: the machine may be busy with others, now more and now less
	for range 5 {
		var full, slow float64
		b.EvalInto(&full, work)
		b.CPUThrottle(10)
		b.EvalInto(&slow, work)
		b.CPUThrottle(1)
		most = max(most, slow/full)
	}
	if most < 3 {
		t.Errorf("at a tenth of the speed the work takes %v times as long", most)
	}
}

func TestOptionThatIsNotThere(t *testing.T) {
	if testing.Short() {
		t.Skip("left out by -short, which skips before options are looked at")
	}
	t.Run("skipped", func(t *testing.T) {
		t.Cleanup(func() {
			if !t.Skipped() {
				t.Error("WebKit started with an option that it does not have")
			}
		})
		browser.Start(t, browser.WebKit, browser.GlobalPrivacyControl)
	})
}
