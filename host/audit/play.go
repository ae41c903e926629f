package audit

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/nabij/nabij/web/browser/driver"
)

// play is what left in one visit, by page.
type play struct {
	visit string
	pages [][]*Sent
}

// player plays visits. Each has a browser, a profile and a door of its own.
type player struct {
	site  *url.URL
	pages []string
	stay  []time.Duration // the least time on each page, the same in all visits

	out *http.Transport

	unanswered map[string]error
	nabij      bool // Nabij's script was on a page
}

// flags have Chromium look for every name at the door, keep a log, and ask nothing for itself.
func flags(d *door, log string) driver.Option {
	return driver.Arguments(driver.Chromium,
		"--host-resolver-rules=MAP * "+d.address,
		"--proxy-pac-url=data:application/x-ns-proxy-autoconfig;base64,"+base64.StdEncoding.EncodeToString([]byte(pac)),
		"--ignore-certificate-errors-spki-list="+d.hash,
		"--log-net-log="+log, "--net-log-capture-mode=Default",
		"--force-effective-connection-type=4G", // how far ahead pictures are loaded hangs on it
		"--disable-domain-reliability", "--disable-default-apps", "--disable-extensions", "--allow-browser-signin=false",
		"--disable-features=NetworkTimeServiceQuerying,OptimizationHints,MediaRouter,Translate,CertificateTransparencyComponentUpdater,"+
			"AutofillServerCommunication,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
	)
}

// play plays a visit.
func (p *player) play(ctx context.Context, visit Visit) (*play, error) {
	d, err := openDoor(p.out)
	if err != nil {
		return nil, err
	}
	defer d.close()
	dir, err := os.MkdirTemp("", "nabij-audit-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	log := filepath.Join(dir, "network.json")
	b, err := driver.Launch(driver.Chromium, flags(d, log))
	if err != nil {
		return nil, err
	}
	defer b.Stop()
	if err := d.quiet(ctx); err != nil { // of what a browser asks when it starts
		return nil, err
	}
	times := []time.Time{}
	for i, page := range p.pages {
		times = append(times, time.Now())
		if err := p.onPage(ctx, b, d, visit, i, page); err != nil {
			return nil, err
		}
	}
	if err := b.Quit(); err != nil {
		return nil, err
	}
	events, err := readNetLog(log)
	if err != nil {
		return nil, err
	}
	left := gather(visit.Name, d, events, times)
	for _, page := range left.pages {
		for _, s := range page {
			if err := d.failed(s.Origin); err != nil {
				p.unanswered[s.Origin] = err
			}
		}
	}
	return left, nil
}

// onPage loads a page, does the visit's steps, and leaves it.
func (p *player) onPage(ctx context.Context, b *driver.Browser, d *door, visit Visit, i int, page string) error {
	begin := time.Now()
	if err := b.Navigate(p.site.String() + page); err != nil {
		return fmt.Errorf("page %s: %w", page, err)
	}
	if err := d.failed(p.site.String()); err != nil {
		return fmt.Errorf("page %s: %w", page, err)
	}
	if err := p.loaded(b, page); err != nil {
		return err
	}
	if err := d.quiet(ctx); err != nil {
		return err
	}
	here, err := where(b)
	if err != nil {
		return err
	}
	p.nabij = p.nabij || here.Nabij
	for k, step := range visit.on(page) {
		at := fmt.Sprintf("visit %q, page %s, step %d (%s)", visit.Name, page, k+1, step)
		if step.where != "" {
			at = step.where + ": " + at
		}
		if err := step.play(b); err != nil {
			return fmt.Errorf("%w: %s: %w", ErrStep, at, err)
		}
		if err := here.still(b, at); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	select {
	case <-time.After(p.stay[i] - time.Since(begin)):
	case <-ctx.Done():
	}
	if err := d.quiet(ctx); err != nil {
		return err
	}
	if err := here.still(b, fmt.Sprintf("visit %q, page %s, after its steps", visit.Name, page)); err != nil {
		return err
	}
	// What a page sends when it is left belongs to it, not to the next.
	if err := b.Navigate("about:blank"); err != nil {
		return err
	}
	return d.quiet(ctx)
}

// loaded returns an error if the page is none, or has the overlay of "nabij serve": that listens to its server for as long as the
// page is open, which so is never quiet.
func (p *player) loaded(b *driver.Browser, page string) error {
	var got struct {
		Status  float64
		Overlay bool
	}
	err := b.Eval(&got, `({ status: performance.getEntriesByType("navigation")[0]?.responseStatus ?? 0,
		overlay: !!document.querySelector("nabij-debug") })`)
	switch {
	case err != nil:
		return err
	case got.Status >= 400:
		return fmt.Errorf("page %s: the site answers %.0f; take it out of the pages", page, got.Status)
	case got.Overlay:
		return fmt.Errorf("page %s: it has the overlay of \"nabij serve\" or \"nabij demo\", which no visitor gets; start that with --plain", page)
	}
	return nil
}

// place is the document that a tab shows.
type place struct {
	Origin  float64 // when its navigation began, as performance.timeOrigin has it
	Address string
	Nabij   bool
	tabs    int
}

func where(b *driver.Browser) (p place, err error) {
	err = b.Eval(&p, `({ origin: performance.timeOrigin, address: location.href, nabij: "nabij" in window })`)
	if err != nil {
		return p, err
	}
	tabs, err := b.Tabs()
	p.tabs = len(tabs)
	return p, err
}

// still returns an error if another document has come: visits with other page loads cannot be compared.
func (p place) still(b *driver.Browser, at string) error {
	now, err := where(b)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrStep, at, err)
	}
	const advice = `all visits must load the same pages: leave the step out, or put the address into "pages"`
	switch {
	case now.tabs > p.tabs:
		return fmt.Errorf("%w: %s: it opened another tab; %s", ErrStep, at, advice)
	case now.Origin != p.Origin:
		return fmt.Errorf("%w: %s: it left the page for %s; %s", ErrStep, at, now.Address, advice)
	}
	return nil
}

// gather makes of what the door and the log have recorded what left on each page.
func gather(visit string, d *door, events []netEvent, times []time.Time) *play {
	p := &play{visit: visit, pages: make([][]*Sent, len(times))}
	add := func(s *Sent, at time.Time) {
		for i := len(times) - 1; i >= 0; i-- {
			if !at.Before(times[i].Add(-time.Millisecond)) { // the log has whole milliseconds
				p.pages[i] = append(p.pages[i], s)
				return
			}
		}
	}
	plain, plainTimes := sentBy("http", d.plain.Requests())
	secure, secureTimes := sentBy("https", d.secure.Requests())
	ownHosts := map[string]bool{}
	for i, s := range append(plain, secure...) {
		if s.own {
			ownHosts[s.Origin] = true
			continue
		}
		add(s, append(plainTimes, secureTimes...)[i])
	}
	// Of what the log says, each is told once a page: how often Chromium looks up a name depends on how busy it is.
	for _, e := range events {
		if ownHosts[e.origin] {
			continue
		}
		add(&Sent{Kind: e.kind, Origin: e.origin}, e.at)
	}
	for i := range p.pages {
		p.pages[i] = once(p.pages[i])
	}
	return p
}

// once leaves out what the log has said before of a page, and lookups for requests that are recorded themselves.
func once(page []*Sent) (kept []*Sent) {
	seen, asked := map[string]bool{}, map[string]bool{}
	for _, s := range page {
		if s.Kind == Request || s.Kind == Bytes || s.Kind == Preconnect || s.Kind == Transport {
			asked[s.Origin] = true
		}
	}
	for _, s := range page {
		if s.Kind == Lookup && asked[s.Origin] {
			continue
		}
		if s.Kind == Request || s.Kind == Bytes || !seen[s.key()] {
			kept = append(kept, s)
		}
		seen[s.key()] = true
	}
	return kept
}

func joined(segments []string) string { return strings.Join(segments, "/") }

// siteOf reads the address of a site, of which only scheme and host count.
func siteOf(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return nil, errors.New("want an address such as https://shop.example")
	}
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("want the site alone, such as %s://%s; its pages stand in the script", u.Scheme, u.Host)
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
}
