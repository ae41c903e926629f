package driver

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// startChromium starts chromedriver, which starts the browser.
func startChromium(g *group, p programs, o settings) (conn, error) {
	port, err := startChromedriver(g, p)
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

// startChromedriver starts chromedriver and returns its port. It takes one that is free for IPv6, and gives up when that one
// is taken for IPv4: then another is as good.
func startChromedriver(g *group, p programs) (port string, err error) {
	for range 10 {
		driver, err := g.start(p.driver, []string{"--port=0", "--log-level=WARNING"}, nil)
		if err != nil {
			return "", err
		}
		port, err = driver.announced(driver.output, regexp.MustCompile(`started successfully on port (\d+)`))
		if err == nil || !strings.Contains(g.said(), "Address already in use") {
			return port, err
		}
	}
	return "", errors.New("chromedriver finds no free port")
}
