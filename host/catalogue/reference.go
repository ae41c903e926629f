package catalogue

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// reference checks a link to a page or picture and makes it absolute, resolving it against base, or a path that starts
// with a single slash when base is nil. An empty link is an empty reference.
//
// Only http and https get through: a link from a catalogue ends up in a page, where "javascript:" is code. What browsers
// read differently from how it looks is refused as well: backslashes, control characters, names and passwords.
func reference(raw string, base *url.URL) (string, error) {
	s := strings.TrimFunc(raw, func(c rune) bool { return unicode.IsSpace(c) || c == 0 || c == 0xfeff })
	if s == "" {
		return "", nil
	}
	if len(s) > maxText {
		return "", fmt.Errorf("is %d bytes long; at most %d are allowed", len(s), maxText)
	}
	if !utf8.ValidString(s) {
		return "", fmt.Errorf("%s is not UTF-8", quoteShort(s))
	}
	if i := strings.IndexFunc(s, func(c rune) bool { return c == '\\' || c < ' ' || unseen(c) }); i >= 0 {
		return "", fmt.Errorf("%s has a backslash or a character that cannot be seen; write it percent-encoded", quoteShort(s))
	}
	if strings.HasPrefix(strings.ToLower(s), "www.") {
		s = "https://" + s
	}
	u, err := url.Parse(strings.ReplaceAll(s, " ", "%20"))
	if err != nil {
		return "", fmt.Errorf("%s cannot be read as a URL; write it as https://… or /…", quoteShort(s))
	}
	if u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("%s has the scheme %q; only http, https and relative links are allowed", quoteShort(s), shorten(u.Scheme))
	}
	if u.Opaque != "" {
		return "", fmt.Errorf("%s has no host; write it as https://host/path", quoteShort(s))
	}
	if base == nil {
		base = &url.URL{Path: "/"}
	}
	if u = base.ResolveReference(u); u.Scheme == "" && u.Host != "" {
		u.Scheme = "https"
	}
	if u.User != nil || u.Opaque != "" || (u.Scheme != "" && u.Host == "") {
		return "", fmt.Errorf("%s has a name, password or no host; write it as https://host/path", quoteShort(s))
	}
	return written(u, s)
}

// written spells a resolved URL so that every reader of it sees the same.
func written(u *url.URL, s string) (string, error) {
	path := u.EscapedPath()
	for strings.HasPrefix(path, "//") {
		path = path[1:]
	}
	if path == "" || path[0] != '/' {
		path = "/" + path
	}
	var b strings.Builder
	if u.Scheme != "" {
		host, err := asciiHost(u)
		if err != nil {
			return "", fmt.Errorf("%s has no valid host; write it as https://host/path", quoteShort(s))
		}
		b.WriteString(u.Scheme + "://" + host)
	}
	b.WriteString(encodeRest(path))
	if u.RawQuery != "" {
		b.WriteString("?" + encodeRest(u.RawQuery))
	}
	if f := u.EscapedFragment(); f != "" {
		b.WriteString("#" + encodeRest(f))
	}
	if b.Len() > maxText {
		return "", fmt.Errorf("is %d bytes long when encoded; at most %d are allowed", b.Len(), maxText)
	}
	return b.String(), nil
}

// asciiHost returns the host in lower case, in ASCII, with its port unless that is the scheme's own.
func asciiHost(u *url.URL) (string, error) {
	name, port := u.Hostname(), u.Port()
	if name == "" {
		return "", fmt.Errorf("no host")
	}
	// Brackets alone make an address: without a scheme net/url lets "//fe80::1" through, as host "fe80:" and port 1.
	if strings.HasPrefix(u.Host, "[") {
		addr, err := netip.ParseAddr(name)
		if err != nil || !addr.Is6() || addr.Zone() != "" {
			return "", fmt.Errorf("not an IPv6 address")
		}
		name = "[" + addr.String() + "]"
	} else {
		ascii := name
		if strings.ContainsFunc(name, func(c rune) bool { return c > unicode.MaxASCII }) {
			var err error
			if ascii, err = idna.Lookup.ToASCII(name); err != nil {
				return "", err
			}
		}
		for i := range len(ascii) {
			if c := ascii[i]; !isLetter(c) && !isDigit(c) && c != '-' && c != '.' && c != '_' {
				return "", fmt.Errorf("not a host name")
			}
		}
		name = strings.ToLower(ascii)
	}
	if name == "" || strings.Trim(name, ".") == "" {
		return "", fmt.Errorf("no host")
	}
	if port == "" || (u.Scheme == "https" && port == "443") || (u.Scheme == "http" && port == "80") {
		return name, nil
	}
	return name + ":" + port, nil
}

// encodeRest percent-encodes what must not stand in a URL as it is.
func encodeRest(s string) string {
	clean := true
	for i := range len(s) {
		clean = clean && allowedInURL(s[i])
	}
	if clean {
		return s
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; allowedInURL(c) {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
		}
	}
	return b.String()
}

func allowedInURL(c byte) bool {
	return c > ' ' && c < 0x7f && !strings.ContainsRune("\"<>`\\^{|}", rune(c))
}

// identifier checks an item's ID: it must reach pages and logs unchanged, so nothing in it is repaired.
func identifier(raw string) (string, error) {
	s := strings.TrimSpace(raw)
	switch {
	case len(s) > maxText:
		return "", fmt.Errorf("is %d bytes long; at most %d are allowed", len(s), maxText)
	case !utf8.ValidString(s):
		return "", fmt.Errorf("%s is not UTF-8", quoteShort(s))
	case strings.ContainsFunc(s, func(c rune) bool { return unseen(c) || c == 0x2028 || c == 0x2029 }):
		return "", fmt.Errorf("%s has characters that cannot be seen; take them out: an id must be the same wherever it is written", quoteShort(s))
	}
	return s, nil
}
