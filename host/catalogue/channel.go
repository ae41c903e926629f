package catalogue

import (
	"net/url"
	"regexp"
	"strings"
)

var (
	channelLanguage = regexp.MustCompile(`<language>\s*([A-Za-z0-9_-]+)\s*</language>|xml:lang\s*=\s*["']([A-Za-z0-9_-]+)["']`)
	channelLink     = regexp.MustCompile(`<link>\s*(https?://[^<\s]+)\s*</link>|<link\s[^>]*href\s*=\s*["'](https?://[^"'\s]+)["']`)
)

// channel takes from what a feed says of itself, before its first item, what its items leave unsaid: the site that
// relative links belong to, and the language. What the options say comes first.
func (x *xmlElements) channel() {
	if m := channelLanguage.FindSubmatch(x.prelude); m != nil && x.r.language == "" {
		x.r.language, _ = languageTag(string(m[1]) + string(m[2]))
	}
	if m := channelLink.FindSubmatch(x.prelude); m != nil && x.r.base == nil {
		link := strings.ReplaceAll(string(m[1])+string(m[2]), "&amp;", "&")
		if u, err := url.Parse(link); err == nil && u.Host != "" && u.User == nil {
			x.r.base = u
		}
	}
}
