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

// freshnessOf reads headers of a response. What was spent of it on the way here counts.
func freshnessOf(h http.Header, now time.Time) (f freshness) {
	aged, shared := false, false
	for _, part := range strings.Split(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, argument, _ := strings.Cut(strings.TrimSpace(part), "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" {
			continue
		}
		f.directives = append(f.directives, name)
		seconds, _ := strconv.ParseUint(strings.Trim(strings.TrimSpace(argument), `"`), 10, 31) // 0 where it cannot be read
		age := time.Duration(seconds) * time.Second
		switch name {
		case "max-age":
			f.maxAge, aged = age, true
		case "s-maxage":
			f.lifetime, shared = age, true
		}
	}
	if expires, err := http.ParseTime(h.Get("Expires")); err == nil && !aged {
		f.maxAge = max(expires.Sub(now), 0)
	}
	if !shared {
		f.lifetime = f.maxAge
	}
	if spent, err := strconv.ParseUint(strings.TrimSpace(h.Get("Age")), 10, 31); err == nil {
		age := time.Duration(spent) * time.Second
		f.maxAge, f.lifetime = max(f.maxAge-age, 0), max(f.lifetime-age, 0)
	}
	return f
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
		keep := max(f.maxAge-age, 0)
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

// untrue are the headers of a page that no longer hold of it when something was added, and those by which a cache on the way could
// keep for all what is private now.
var untrue = []string{"Last-Modified", "Content-Length", "Accept-Ranges", "Content-Md5", "Digest", "Content-Digest", "Repr-Digest", "Content-Encoding",
	"Age", "Expires", "Pragma", "Surrogate-Control", "Cdn-Cache-Control", "Cloudflare-Cdn-Cache-Control"}

// personal makes the headers of an origin's page those of its variant, but for Cache-Control.
func personal(h http.Header, classes *moment.Config, class moment.Class, version string) {
	for _, name := range untrue {
		h.Del(name)
	}
	if tag := tagOf(h.Get("Etag"), class, version); tag != "" {
		h.Set("Etag", tag)
	} else {
		h.Del("Etag")
	}
	for _, name := range classes.Vary() {
		h.Add("Vary", name)
	}
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
	// variant says that upstream has the tag of a page whose variant of this class and pack the visitor has, as which mine is its tag.
	variant bool
	mine    string
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
			h.variant, h.mine = true, tag
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
