package driver

import (
	"os"
	"path/filepath"
	"regexp"
)

// startChromium starts chromedriver, which starts the browser.
func startChromium(g *group, p programs, o settings) (conn, error) {
	driver, err := g.start(p.driver, []string{"--port=0", "--log-level=WARNING"}, nil)
	if err != nil {
		return nil, err
	}
	port, err := driver.announced(driver.output, regexp.MustCompile(`started successfully on port (\d+)`))
	if err != nil {
		return nil, err
	}
	args := []string{
		"--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-crash-reporter", "--disable-dev-shm-usage",
		"--hide-scrollbars", "--force-device-scale-factor=1", "--user-data-dir=" + filepath.Join(g.dir, "profile"),
	}
	if os.Getuid() == 0 {
		args = append(args, "--no-sandbox") // which does not work for root
	}
	w := newWebDriver(port)
	err = w.open(params{
		"browserName": "chrome",
		"goog:chromeOptions": params{
			"binary": p.browser, "args": append(args, o.args...), "prefs": o.prefs,
		},
		"goog:loggingPrefs": params{"browser": "ALL"},
	})
	if err == nil { // Its own first tab is full of scripts.
		_, err = w.send(navigate, params{"url": "about:blank"})
	}
	return w, err
}
