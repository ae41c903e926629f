package catalogue

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzPrice(f *testing.F) {
	for _, s := range []string{"12.34 EUR", "€ 1.234,50", "12,-", "1'299.00 CHF", "US$5", "kr 1 299", "-4", "1,234", "0.005", "٣"} {
		f.Add(s, "EUR")
	}
	f.Fuzz(func(t *testing.T, s, fallback string) {
		if code, ok := currencyCode(fallback); ok {
			fallback = code
		} else {
			fallback = ""
		}
		p, err := parsePrice(s, fallback)
		if err != nil && p != (Price{}) {
			t.Fatalf("%q: both %v and %v", s, p, err)
		}
		if p.Minor < 0 || p.Minor > maxMinor || (p.Minor == 0 && p.Currency != "") {
			t.Fatalf("%q: %v", s, p)
		}
		if code, ok := currencyCode(p.Currency); p.Currency != "" && (!ok || code != p.Currency) {
			t.Fatalf("%q: currency %q", s, p.Currency)
		}
	})
}

func FuzzReference(f *testing.F) {
	for _, s := range []string{"https://a.example/b?c#d", "/x", "x/y", "//cdn.example/z", "javascript:alert(1)", "\tjava\nscript:x",
		"/\\evil.example", "https://u:p@h/", "https:/x", "http:x", "?q", "#f", "https://[::1]:80/", "https://bücher.example/ä b", "/%zz", "..//x"} {
		f.Add(s, "https://shop.example/a/b")
		f.Add(s, "")
		f.Add(s, "/guides/x/")
	}
	f.Fuzz(func(t *testing.T, s, at string) {
		var base *url.URL
		if u, err := url.Parse(at); err == nil && at != "" {
			switch {
			case (u.Scheme == "http" || u.Scheme == "https") && u.Host != "":
				base = u
			case u.Scheme == "" && u.Host == "" && strings.HasPrefix(u.Path, "/"):
				base = &url.URL{Path: u.Path}
			}
		}
		ref, err := reference(s, base)
		if err != nil {
			if ref != "" {
				t.Fatalf("%q: both %q and %v", s, ref, err)
			}
			return
		}
		if ref == "" {
			return
		}
		u, err := url.Parse(ref)
		if err != nil || len(ref) > maxText {
			t.Fatalf("%q gave %q: %v", s, ref, err)
		}
		safe := (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" || u.Scheme == "" && u.Host == "" && ref[0] == '/' && !strings.HasPrefix(ref, "//")
		if !safe || u.User != nil || strings.ContainsAny(ref, "\\\"<> \t\n") {
			t.Fatalf("%q gave %q", s, ref)
		}
		again, err := reference(ref, base)
		if err != nil || again != ref {
			t.Fatalf("%q gave %q, and that %q, %v", s, ref, again, err)
		}
	})
}

func FuzzPlain(f *testing.F) {
	for _, s := range []string{"a", "<b>x</b>", "&amp;lt;b&amp;gt;", "a < b", "<<b>script>x", "a\u202eb", "\xff", "&amp;amp;amp;amp;amp;amp;lt;b>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := plain(s)
		if !utf8.ValidString(p) || strings.ContainsFunc(p, unseen) || p != strings.Join(strings.Fields(p), " ") {
			t.Fatalf("%q gave %q", s, p)
		}
		for i := range len(p) - 1 {
			if p[i] == '<' && (isLetter(p[i+1]) || strings.IndexByte("/!?", p[i+1]) >= 0) {
				t.Fatalf("%q gave %q", s, p)
			}
		}
	})
}
