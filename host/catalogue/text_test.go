package catalogue

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

func TestPlain(t *testing.T) {
	for raw, want := range map[string]string{
		"  A \n\t title ":                       "A title",
		"<p>One</p><p>Two</p>":                  "One Two",
		"<b>bold</b>ly":                         "boldly",
		"Fish &amp; chips":                      "Fish & chips",
		"Fish &amp;amp; chips":                  "Fish & chips",
		"&lt;script&gt;alert(1)&lt;/script&gt;": "",
		"3 < 5 and 5 > 3":                       "3 < 5 and 5 > 3",
		"Jack &nbsp; Wolf":                      "Jack Wolf",
		"caf\u0065\u0301":                       "café",
		"left\u202eright\u2066":                 "leftright",
		"nul\x00 and bell\x07":                  "nul and bell",
		"soft\u00adhyphen\ufeff":                "softhyphen",
		"x<br/>y":                               "x y",
		"שלום\u200f":                            "שלום\u200f", // marks of direction that text needs stay
		"<style>p{}</style>Text":                "Text",
		"R&D":                                   "R&D",
	} {
		assert.Equal(t, want, plain(raw), "%q", raw)
	}
}

func TestSplitPath(t *testing.T) {
	assert.Equal(t, []string{"A", "B & C"}, splitPath(" A &gt; B &amp; C > "))
	assert.Equal(t, []string{"A", "B"}, splitPath("A › B"))
	assert.Nil(t, splitPath(" > "))
}

func TestReference(t *testing.T) {
	base, err := url.Parse("https://shop.example/en/index.html")
	require.NoError(t, err)
	for _, test := range []struct {
		raw        string
		bare, full string // without and with a base
		wrong      string
	}{
		{"https://a.example/b?c=d#e", "https://a.example/b?c=d#e", "https://a.example/b?c=d#e", ""},
		{"HTTP://A.Example:80", "http://a.example/", "http://a.example/", ""},
		{"/p/1", "/p/1", "https://shop.example/p/1", ""},
		{"p/1", "/p/1", "https://shop.example/en/p/1", ""},
		{"../p/1", "/p/1", "https://shop.example/p/1", ""},
		{"//cdn.example/i.jpg", "https://cdn.example/i.jpg", "https://cdn.example/i.jpg", ""},
		{"www.shop.example/p", "https://www.shop.example/p", "https://www.shop.example/p", ""},
		{"https://bücher.example/ä ö?q=ü", "https://xn--bcher-kva.example/%C3%A4%20%C3%B6?q=%C3%BC", "https://xn--bcher-kva.example/%C3%A4%20%C3%B6?q=%C3%BC", ""},
		{"", "", "", ""},
		{"javascript:alert(1)", "", "", "scheme"},
		{" JavaScript:alert(1)", "", "", "scheme"},
		{"java\nscript:alert(1)", "", "", "cannot be seen"},
		{"data:text/html,x", "", "", "scheme"},
		{"mailto:a@b.example", "", "", "scheme"},
		{"/\\evil.example", "", "", "backslash"},
		{"https:evil.example", "", "", "host"},
		{"https://", "", "", "host"},
		{"https://user:pass@shop.example/", "", "", "password"},
		{"https://[2001:DB8:0::1]:443/x", "https://[2001:db8::1]/x", "https://[2001:db8::1]/x", ""},
		{"//[::1]:8080/x", "https://[::1]:8080/x", "https://[::1]:8080/x", ""},
		{"//::", "", "", "no valid host"},
		{"//fe80::1/x", "", "", "no valid host"},
		{"https://[fe80::1%25eth0]/x", "", "", "no valid host"},
		{"/" + strings.Repeat("x", pack.MaxString), "", "", "bytes long"},
	} {
		for at, want := range map[*url.URL]string{nil: test.bare, base: test.full} {
			got, err := reference(test.raw, at)
			assert.Equal(t, want, got, test.raw)
			if test.wrong != "" {
				assert.ErrorContains(t, err, test.wrong, test.raw)
			} else {
				assert.NoError(t, err, test.raw)
			}
		}
	}
}

func TestLanguageTag(t *testing.T) {
	for raw, want := range map[string]string{"eng": "en", "en-US": "en-us", "nl_NL.UTF-8": "nl-nl", "NL": "nl", "zh-Hant": "zh-hant", "mul": "",
		"sr-Latn-RS": "sr-latn-rs", "es-419": "es-419"} {
		got, ok := languageTag(raw)
		assert.True(t, ok, raw)
		assert.Equal(t, want, got, raw)
	}
	for _, raw := range []string{"", "english", "x", "12"} {
		_, ok := languageTag(raw)
		assert.False(t, ok, raw)
	}
}
