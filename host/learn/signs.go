package learn

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/nabij/nabij/core/pack"
)

// signs are what an event says of the context that it was in, as its log spells it; "" is not said.
type signs struct {
	device string // a category, such as "mobile"
	agent  string // the browser's User-Agent
	// country is an ISO 3166 code, or a name in English.
	country string
	// medium is by what the visit came, such as "organic" or "email", and source by whom.
	medium, source string
	// referrer is the URL of the page before, or its host. An empty one is none where the log has them.
	referrer string
	refers   bool
	// host is the page's own.
	host string
}

// context returns the classes of what an event says.
func (s *sessioniser) context(e *event, at moment) Context {
	var c Context
	c.Daypart, c.Day = s.clock.classes(at)
	if e.signs == (signs{}) {
		return c // as of most tables, with many sessions
	}
	if c.Device = deviceClass(e.device); c.Device == 0 && e.agent != "" {
		c.Device = s.agents.of(e.agent).device
	}
	c.Region = s.regions.of(e.country)
	c.Referrer = referrerClass(&e.signs, s.opt.Catalogue)
	return c
}

// deviceClass returns the class of what a log calls a category of devices, 0 for what is not known.
func deviceClass(name string) pack.Class {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "mobile", "phone", "smartphone", "feature phone", "mobile phone", "phablet":
		return pack.Phone
	case "tablet":
		return pack.Tablet
	case "desktop", "computer", "pc", "laptop":
		return pack.Desktop
	}
	return 0
}

// Hosts of referrers, as web/src/context.ts has them: what is learnt of a class must be of whom the browser calls so.
var (
	mailHosts   = regexp.MustCompile(`\bmail\.|^outlook\.`)
	searchHosts = regexp.MustCompile(`\b(google|bing|duckduckgo|ecosia|startpage|qwant|yahoo)\.`)
	socialHosts = regexp.MustCompile(`\b(facebook|instagram|t\.co|linkedin|pinterest|reddit|tiktok|youtube|bsky)\b`)
)

// hostClass returns the class of a referrer by its host.
func hostClass(host string) pack.Class {
	switch host = strings.ToLower(host); {
	case mailHosts.MatchString(host):
		return pack.ReferrerMail
	case searchHosts.MatchString(host):
		return pack.ReferrerSearch
	case socialHosts.MatchString(host):
		return pack.ReferrerSocial
	}
	return pack.ReferrerOther
}

// referrerClass returns the class of by what a visit came: the medium says it best, then the host of the page before. On the site's own
// pages it is not known, as the visit has come from elsewhere before.
func referrerClass(g *signs, own *Lookup) pack.Class {
	medium := strings.ToLower(strings.TrimSpace(g.medium))
	source := strings.ToLower(strings.TrimSpace(g.source))
	switch {
	case strings.Contains(medium, "mail") || medium == "newsletter":
		return pack.ReferrerMail
	case strings.Contains(medium, "social") || medium == "sm":
		return pack.ReferrerSocial
	case medium == "cpc" || medium == "ppc" || medium == "paid" || medium == "organic" || strings.Contains(medium, "search"):
		if socialHosts.MatchString(source) {
			return pack.ReferrerSocial
		}
		return pack.ReferrerSearch
	case medium == "(none)" || medium == "none" || medium == "direct":
		return pack.ReferrerNone
	}
	if g.referrer != "" && g.referrer != "-" {
		switch host := hostOf(g.referrer); {
		case host == "":
		case strings.EqualFold(host, g.host) || own.own(host) || own.pageOf(g.referrer):
			return 0
		default:
			return hostClass(host)
		}
	}
	switch medium {
	case "", "(not set)", "(data deleted)", "<other>", "unknown", "internal":
	default: // referral, affiliate, display, …
		if source != "" {
			return hostClass(source + ".") // "google" is one as well
		}
		return pack.ReferrerOther
	}
	if g.refers && (g.referrer == "" || g.referrer == "-") {
		return pack.ReferrerNone
	}
	return 0
}

// hostOf returns the host of a URL, or of what is a host already; "" where there is none.
func hostOf(ref string) string {
	ref = strings.TrimSpace(ref)
	if !strings.Contains(ref, "/") {
		if strings.Contains(ref, ".") {
			return ref
		}
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
