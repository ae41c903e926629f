package edge

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nabij/nabij/host/edge/moment"
)

// freshness is what an origin has said of keeping a response.
type freshness struct {
	// directives are those of Cache-Control, in small letters, without their arguments.
	directives []string
	// maxAge is for how long browsers may keep it, lifetime for how long a shared cache may.
	maxAge, lifetime time.Duration
}

func (f *freshness) has(directive string) bool { return slices.Contains(f.directives, directive) }

// freshnessOf reads headers of a response. Of a directive that stands twice the first counts, and what was spent on the way here does.
func freshnessOf(h http.Header, now time.Time) (f freshness) {
	for _, part := range strings.Split(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, argument, _ := strings.Cut(strings.TrimSpace(part), "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" || f.has(name) {
			continue
		}
		f.directives = append(f.directives, name)
		switch age := secondsOf(strings.Trim(strings.TrimSpace(argument), `"`)); name {
		case "max-age":
			f.maxAge = age
		case "s-maxage":
			f.lifetime = age
		}
	}
	if expires, err := http.ParseTime(h.Get("Expires")); err == nil && !f.has("max-age") {
		if sent, err := http.ParseTime(h.Get("Date")); err == nil {
			now = sent
		}
		f.maxAge = max(expires.Sub(now), 0)
	}
	if !f.has("s-maxage") {
		f.lifetime = f.maxAge
	}
	spent := secondsOf(strings.TrimSpace(h.Get("Age")))
	f.maxAge, f.lifetime = max(f.maxAge-spent, 0), max(f.lifetime-spent, 0)
	return f
}

// secondsOf reads a number of seconds (RFC 9111, 1.2.2): 0 where it is none, and no more than fit in 31 bits.
func secondsOf(digits string) time.Duration {
	if strings.HasPrefix(digits, "+") {
		return 0
	}
	seconds, _ := strconv.ParseUint(digits, 10, 31) // the most where it is too many
	return time.Duration(seconds) * time.Second
}

// storable reports whether a variant of a page may be kept, by its request and the headers that the origin has given it.
func (f *freshness) storable(r *http.Request, h http.Header, classes *moment.Config) bool {
	if r.Method != http.MethodGet || f.lifetime <= 0 || f.has("private") || f.has("no-store") || f.has("no-cache") ||
		len(h.Values("Set-Cookie")) > 0 || len(h.Values("Trailer")) > 0 || len(r.Header.Values("Authorization")) > 0 && !f.public() {
		return false
	}
	for _, name := range strings.Split(strings.Join(h.Values("Vary"), ","), ",") {
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "", "accept-encoding", "save-data": // the origin is asked for no encoding, and never with Save-Data: on
		case "sec-ch-ua-mobile":
			if !classes.Counts(moment.Device) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// public reports whether what is kept may go to who sends credentials too (RFC 9111, 3.5).
func (f *freshness) public() bool { return f.has("public") || f.has("s-maxage") }

// control returns what browsers are told of keeping a variant: at most as long as its moment lasts, where left is not 0, and age of its
// time is over.
func (f *freshness) control(age, left time.Duration) string {
	said := []string{"private"}
	switch {
	case f.has("no-store"):
		said = append(said, "no-store")
	case f.has("no-cache"):
		said = append(said, "no-cache")
	default:
		keep := max(f.maxAge-age.Truncate(time.Second), 0)
		if left > 0 {
			keep = min(keep, left)
		}
		said = append(said, "max-age="+strconv.Itoa(int(keep/time.Second)))
	}
	for _, directive := range []string{"must-revalidate", "no-transform"} {
		if f.has(directive) {
			said = append(said, directive)
		}
	}
	return strings.Join(said, ", ")
}

// untrue reports whether a header of a page no longer holds of it when something was added, or is one by which a cache on the way could
// keep for all what is private now.
func untrue(name string) bool {
	switch name = strings.ToLower(name); name {
	case "last-modified", "content-length", "accept-ranges", "content-md5", "digest", "content-digest", "repr-digest", "content-encoding",
		"age", "expires", "pragma", "surrogate-control", "edge-control", "x-accel-expires":
		return true
	}
	return strings.HasSuffix(name, "cdn-cache-control")
}

// personal makes the headers of an origin's page those of its variant, but for Cache-Control.
func personal(h http.Header, classes *moment.Config, class moment.Class, version string) {
	for name := range h {
		if untrue(name) {
			delete(h, name)
		}
	}
	if tag := tagOf(h.Get("Etag"), class, version); tag != "" {
		h.Set("Etag", tag)
	} else {
		h.Del("Etag")
	}
	h.Set("Vary", varying(h.Values("Vary"), classes.Vary()))
}

// varying returns Vary with more names in it.
func varying(vary, more []string) string {
	var names []string
	for _, name := range append(strings.Split(strings.Join(vary, ","), ","), more...) {
		name = strings.TrimSpace(name)
		if name != "" && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

var opaque = regexp.MustCompile(`^(?:W/)?"([^"]*)"$`)

// tagOf returns the tag of a variant, from that of the page; empty where the page has none.
func tagOf(tag string, class moment.Class, version string) string {
	m := opaque.FindStringSubmatch(strings.TrimSpace(tag))
	if m == nil {
		return ""
	}
	return `W/"` + m[1] + "+" + class.String() + "+" + version + `"`
}

// varied is a tag that tagOf may have made.
var varied = regexp.MustCompile(`^(?:W/)?"([^"]*)\+([0-9]+(?:\.[0-9]+){5}\+[0-9a-f]{16})"$`)

// have is what a visitor has of a page, by If-None-Match.
type have struct {
	// tags are what it says; upstream is what the origin is asked with instead, empty where it is not asked whether.
	tags     []string
	upstream string
	// mine is the tag of that variant of this class and pack which the visitor has, the first where there are more: upstream has the tag
	// of its page. Empty is none.
	mine string
}

var tagPattern = regexp.MustCompile(`(?:W/)?"[^"]*"|\*`)

// haveOf reads If-None-Match. Variants of other classes or packs than the request's are as good as nothing, and so is a page that was not
// filled, where one is asked for.
func haveOf(r *http.Request, class moment.Class, version string) (h have) {
	var upstream []string
	for _, tag := range tagPattern.FindAllString(strings.Join(r.Header.Values("If-None-Match"), ","), -1) {
		h.tags = append(h.tags, tag)
		m := varied.FindStringSubmatch(tag)
		switch {
		case m == nil && isNavigation(r):
		case m == nil:
			upstream = append(upstream, tag)
		case m[2] == class.String()+"+"+version:
			// Weak or strong was not kept, and some origins compare them letter by letter.
			upstream = append(upstream, `"`+m[1]+`"`, `W/"`+m[1]+`"`)
			if h.mine == "" {
				h.mine = tagOf(`"`+m[1]+`"`, class, version)
			}
		}
	}
	h.upstream = strings.Join(upstream, ", ")
	return h
}

// matches reports whether the visitor has what a tag is of.
func (h *have) matches(tag string) bool {
	weak := func(t string) string { return strings.TrimPrefix(t, "W/") }
	return tag != "" && slices.ContainsFunc(h.tags, func(t string) bool { return t == "*" || weak(t) == weak(tag) })
}
