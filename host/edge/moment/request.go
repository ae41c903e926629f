package moment

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nabij/nabij/core/pack"
)

// Request is all of a request that a class is made of.
type Request struct {
	// Header returns the value of a header, empty where there is none. It is asked for Sec-CH-UA-Mobile, Sec-GPC, Referer and
	// Accept-Language alone, and for these only where they count.
	Header func(name string) string
	// Host is the name of the page's own host, without its port.
	Host string
	// Zone is the visitor's time zone by its IANA name; empty where it is not known.
	Zone string
	// Country is the visitor's by ISO 3166-1, two letters; empty where it is not known.
	Country string
}

// Of returns what counts of a request of net/http, which knows neither zone nor country.
func Of(r *http.Request, zone, country string) Request {
	host := url.URL{Host: r.Host}
	if r.Host == "" { // on Workers it stands in the address alone
		host.Host = r.URL.Host
	}
	return Request{Header: r.Header.Get, Host: host.Hostname(), Zone: zone, Country: country}
}

// Of returns the class of a request at a time.
func (c *Config) Of(r Request, now time.Time) Class {
	var class Class
	header := func(name string) string { return strings.TrimSpace(r.Header(name)) }
	if c.Counts(Moment) {
		if zone := location(r.Zone); zone != nil {
			local := now.In(zone)
			class.Daypart = pack.Night + pack.Class(local.Hour()/daypartHours)
			class.Day = pack.Weekday
			if d := local.Weekday(); d == time.Saturday || d == time.Sunday {
				class.Day = pack.Weekend
			}
		}
	}
	if c.Counts(Device) {
		switch header("Sec-CH-UA-Mobile") {
		case "?1":
			class.Device = pack.Phone
		case "?0":
			class.Device = pack.Desktop
		}
	}
	if c.Counts(Region) || c.Counts(Referrer) {
		if header("Sec-GPC") != "1" {
			class.Region, class.Referrer = c.region(r.Country), 0
			if c.Counts(Referrer) {
				class.Referrer = referrer(header("Referer"), r.Host)
			}
		}
	}
	if c.Counts(Language) {
		class.Language = c.language(header("Accept-Language"))
	}
	return class
}

func (c *Config) region(country string) pack.Class {
	if !c.Counts(Region) || country == "" {
		return 0
	}
	for k, group := range c.Regions {
		if slices.Contains(group, strings.ToUpper(country)) {
			return pack.Region1 + pack.Class(k)
		}
	}
	return 0
}

var (
	mail   = regexp.MustCompile(`\bmail\.|^outlook\.`)
	search = regexp.MustCompile(`\b(google|bing|duckduckgo|ecosia|startpage|qwant|yahoo)\.`)
	social = regexp.MustCompile(`\b(facebook|instagram|t\.co|linkedin|pinterest|reddit|tiktok|youtube|bsky)\b`)
)

// referrer looks at the host alone, by the rules of web/src/context.ts. One that cannot be read says nothing.
func referrer(address, own string) pack.Class {
	from, err := url.Parse(address)
	if err != nil || from.Hostname() == "" {
		return pack.ReferrerNone
	}
	host := strings.ToLower(from.Hostname())
	switch {
	case host == strings.ToLower(own):
		return 0
	case mail.MatchString(host):
		return pack.ReferrerMail
	case search.MatchString(host):
		return pack.ReferrerSearch
	case social.MatchString(host):
		return pack.ReferrerSocial
	}
	return pack.ReferrerOther
}

// quality is the weight of a language in Accept-Language (RFC 9110, 12.4.2).
var quality = regexp.MustCompile(`^q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$`)

// language returns 1 + the index of that language of the pack's which the header prefers, the first one of those that it likes as much.
// A tag is found as it is, or by what stands before its first hyphen; what cannot be read counts for nothing.
func (c *Config) language(accept string) uint8 {
	found, best := 0, 0.0
	for entry := range strings.SplitSeq(strings.ToLower(accept), ",") {
		tag, parameter, weighed := strings.Cut(entry, ";")
		q := 1.0
		if weighed {
			m := quality.FindStringSubmatch(strings.TrimSpace(parameter))
			if m == nil {
				continue
			}
			q, _ = strconv.ParseFloat(m[1], 64) // which the pattern has seen to
		}
		if n := c.FindLanguage(strings.TrimSpace(tag)); n > 0 && q > best {
			found, best = int(n), q
		}
	}
	return uint8(found)
}

// FindLanguage returns 1 + the index of a language by its tag, as a page or a browser has it, or by what stands before the tag's first
// hyphen; 0 where there is neither.
func (c *Config) FindLanguage(tag string) uint8 {
	tag = strings.ToLower(tag)
	primary, _, _ := strings.Cut(tag, "-")
	n := max(slices.Index(c.Languages, tag), slices.Index(c.Languages, primary))
	return uint8(n + 1)
}
