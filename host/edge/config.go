package edge

import (
	"fmt"
	"net/http"
	"time"

	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/edge/markup"
	"github.com/nabij/nabij/host/edge/moment"
)

// Config is how pages are filled. The zero value counts moment and device, and knows of no time zone, so of no moment.
type Config struct {
	moment.Config
	// Base is the address of the folder with the script and its files; empty is "/nabij/".
	Base string
	// Preload are files that pages are told to fetch early.
	Preload []markup.Preload
	// Everywhere adds what a page's head needs to each page that has one; otherwise it goes to those that load nabij.js in it.
	Everywhere bool
	// Zone is the time zone of visitors by its IANA name, where they share one.
	Zone string
	// CountryHeader is a header in which a proxy before this one tells the visitor's country, such as "CF-IPCountry"; empty is none.
	CountryHeader string

	// ZoneOf tells the time zone of a request; nil is Zone for all.
	ZoneOf func(*http.Request) string
	// CacheBytes is how much memory variants of pages may take; 0 is 64 MiB, and less than 0 keeps none.
	CacheBytes int64
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Failed is told what went wrong, of which visitors see nothing. No part of a request is in it. It may be called by any number of
	// goroutines; nil is told nothing.
	Failed func(error)
	// Engine are options of the engine.
	Engine []host.Option
}

const (
	defaultBase       = "/nabij/"
	defaultCacheBytes = 64 << 20
)

// check returns what is wrong with a configuration whatever the pack.
func (c *Config) check() error {
	if err := c.Config.Check(); err != nil {
		return err
	}
	if c.Zone != "" && !moment.KnowsZone(c.Zone) {
		return fmt.Errorf("zone: no time zone %q; where the system knows none, import time/tzdata", c.Zone)
	}
	for i, p := range c.Preload {
		if p.Href == "" || p.As == "" {
			return fmt.Errorf("preload[%d]: href and as are needed", i)
		}
	}
	return nil
}

// request returns what counts of a request.
func (c *Config) request(r *http.Request) moment.Request {
	zone, country := c.Zone, ""
	if c.ZoneOf != nil {
		zone = c.ZoneOf(r)
	}
	if c.CountryHeader != "" && c.Counts(moment.Region) {
		country = r.Header.Get(c.CountryHeader)
	}
	return moment.Of(r, zone, country)
}
