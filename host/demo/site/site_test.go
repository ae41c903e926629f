package site

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// visitor is a browser without scripts: it keeps cookies and follows no redirect by itself.
type visitor struct {
	t       *testing.T
	handler http.Handler
	cookies map[string]string
}

func newVisitor(t *testing.T, options Options) *visitor {
	return &visitor{t, Handler(options), map[string]string{}}
}

func (v *visitor) send(r *http.Request) *http.Response {
	v.t.Helper()
	for name, value := range v.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	v.handler.ServeHTTP(w, r)
	response := w.Result()
	for _, c := range response.Cookies() {
		assert.True(v.t, c.HttpOnly && c.SameSite == http.SameSiteLaxMode && c.Path == "/", c.Name)
		if v.cookies[c.Name] = c.Value; c.MaxAge < 0 {
			delete(v.cookies, c.Name)
		}
	}
	return response
}

func (v *visitor) get(target string) *http.Response {
	return v.send(httptest.NewRequest("GET", target, nil))
}

func (v *visitor) post(target string, form url.Values) *http.Response {
	r := httptest.NewRequest("POST", target, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.send(r)
}

// open returns a page, which must be there.
func (v *visitor) open(target string) *document {
	v.t.Helper()
	response := v.get(target)
	require.Equal(v.t, http.StatusOK, response.StatusCode, target)
	return parse(v.t, response)
}

func TestRootAsksTheBrowser(t *testing.T) {
	v := newVisitor(t, Options{})
	for header, want := range map[string]string{
		"":                         "/en/",
		"nl":                       "/nl/",
		"nl-BE,nl;q=0.9,en;q=0.8":  "/nl/",
		"en-GB, nl;q=0.9":          "/en/",
		"fr, nl;q=0.4, en;q=0.3":   "/nl/",
		"de":                       "/en/",
		"nl;q=0, en;q=0.1":         "/en/",
		"nl;q=much,;;,=\x00, en-x": "/en/",
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Language", header)
		response := v.send(r)
		assert.Equal(t, http.StatusFound, response.StatusCode, header)
		assert.Equal(t, want, response.Header.Get("Location"), header)
	}
}

func TestMissing(t *testing.T) {
	v := newVisitor(t, Options{})
	for target, language := range map[string]string{
		"/nl/niets": "nl", "/nl/c/niets/": "nl", "/en/c/": "en", "/en/nothing": "en", "/pictures/en/nothing.svg": "en",
		"/en/stadsfiets-duinrand-28": "en", "/elsewhere": "en", "/pictures/nl/stadsfiets-duinrand-28": "en", "/en/a/b": "en",
	} {
		response := v.get(target)
		assert.Equal(t, http.StatusNotFound, response.StatusCode, target)
		page := parse(t, response)
		assert.Equal(t, language, attribute(page.all("html")[0], "lang"), target)
		assert.Empty(t, page.all("nabij-suggestions"), target)
		page.sound(t, target)
	}
}

func TestRedirects(t *testing.T) {
	v := newVisitor(t, Options{})
	for from, to := range map[string]string{
		"/en": "/en/", "/nl/c/kleding/regenkleding": "/nl/c/kleding/regenkleding/",
	} {
		response := v.get(from)
		assert.Equal(t, http.StatusMovedPermanently, response.StatusCode)
		assert.Equal(t, to, response.Header.Get("Location"))
	}
}

func TestHead(t *testing.T) {
	const script = `<script type="module" src="/nabij/nabij.js"></script>`
	v := newVisitor(t, Options{Head: script, Origin: "https://shop.example"})
	for _, target := range []string{"/en/", "/nl/c/fietsen/", "/en/city-bike-duinrand-28", "/nl/basket", "/en/your-visit"} {
		page := v.open(target)
		last := page.all("head")[0].LastChild
		for last.Type == html.TextNode {
			last = last.PrevSibling
		}
		assert.Equal(t, "/nabij/nabij.js", attribute(last, "src"), target)
	}
	page := v.open("/en/city-bike-duinrand-28")
	assert.Equal(t, "https://shop.example/en/city-bike-duinrand-28", attribute(page.find("link", "rel", "canonical")[0], "href"))
	assert.Equal(t, "https://shop.example/nl/stadsfiets-duinrand-28", attribute(page.find("link", "rel", "alternate")[0], "href"))
}

func TestCaching(t *testing.T) {
	v := newVisitor(t, Options{})
	for target, want := range map[string]string{
		"/en/":                       "no-cache",
		"/nl/stadsfiets-duinrand-28": "no-cache",
		"/pictures/nl/stadsfiets-duinrand-28.svg": "public, max-age=86400",
		"/favicon.svg": "public, max-age=86400",
		"/style.css":   "public, max-age=3600",
		styleURL:       "public, max-age=31536000, immutable",
	} {
		response := v.get(target)
		assert.Equal(t, http.StatusOK, response.StatusCode, target)
		assert.Equal(t, want, response.Header.Get("Cache-Control"), target)
		again := httptest.NewRequest("GET", target, nil)
		again.Header.Set("If-None-Match", response.Header.Get("ETag"))
		assert.Equal(t, http.StatusNotModified, v.send(again).StatusCode, target)
	}
	before := v.get("/en/").Header.Get("ETag")
	v.post("/en/basket", url.Values{"item": {"en/city-bike-duinrand-28"}, "do": {"add"}})
	assert.NotEqual(t, before, v.get("/en/").Header.Get("ETag"), "the header counts the basket")
}

func TestSecurityHeaders(t *testing.T) {
	const want = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; " +
		"img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
		"require-trusted-types-for 'script'; trusted-types nabij"
	v := newVisitor(t, Options{})
	for _, target := range []string{"/", "/en/", "/nl/niets", "/style.css", "/pictures/nl/stadsfiets-duinrand-28.svg"} {
		h := v.get(target).Header
		assert.Equal(t, want, h.Get("Content-Security-Policy"), target)
		assert.Equal(t, "nosniff", h.Get("X-Content-Type-Options"), target)
		assert.Equal(t, "same-origin", h.Get("Referrer-Policy"), target)
	}
}
