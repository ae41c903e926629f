package answer_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/edge/answer"
	"github.com/nabij/nabij/host/edge/moment"
)

// noon is a Wednesday's.
var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

// site is one of the pack that markup is tested on.
func site(t testing.TB, classes ...string) *answer.Site {
	t.Helper()
	data, err := os.ReadFile("../../../wasm/edge/testdata/markup/test.pack")
	require.NoError(t, err)
	p, err := pack.Open(data)
	require.NoError(t, err)
	s, err := answer.NewSite(p, answer.NewNative(p), moment.Config{Classes: classes, Regions: [][]string{{"NL"}}})
	require.NoError(t, err)
	return s
}

func handler(s *answer.Site) *answer.Handler {
	return &answer.Handler{Current: func() *answer.Site { return s }, Now: func() time.Time { return noon }}
}

// get asks for an address with headers, a name and a value each.
func get(h http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", "http://shop.example"+address, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestSuggest(t *testing.T) {
	s := site(t, "moment", "device")
	h := handler(s)
	w := get(h, "/_nabij/suggest?slot=two&item=shirt&lang=en-GB&class=2.5.7.0.0.0")
	assert.Equal(t, 200, w.Code)
	assert.Equal(t, "application/json", w.Header().Get("Content-Type"))
	assert.Equal(t, "public, max-age=300", w.Header().Get("Cache-Control"))
	assert.Equal(t, `W/"2.5.7.0.0.0+`+s.Version()+`"`, w.Header().Get("ETag"))
	assert.JSONEq(t, `{"pack": "`+s.Version()+`", "class": "2.5.7.0.0.0", "slot": "two", "about": {"item": "shirt"}, "layer": 1, "suggestions": [
		{"id": "\"><script>alert(1)</script>", "kind": "product", "title": "</span><img src=x onerror=\"alert('1')\">&amp; & more", "url": "/p/hostile?a=1&b='2'",
			"image": "/i/'hostile'.svg", "price": 999, "currency": "USD", "price_words": "US$9.99", "language": "",
			"reason": {"code": "often-together", "item": "shirt", "words": "Often viewed with Ocean blue shirt"}},
		{"id": "mixed", "kind": "product", "title": "שלום shirt 襯衫 👕", "url": "/p/mixed", "image": "", "price": 1250, "currency": "JPY", "price_words": "JP¥1,250", "language": "",
			"reason": {"code": "often-together", "item": "shirt", "words": "Often viewed with Ocean blue shirt"}}
	]}`, w.Body.String())

	w = get(h, "/_nabij/suggest?slot=two&item=shirt&format=html&lang=en&class=0.0.0.0.0.0")
	want, err := os.ReadFile("../../../wasm/edge/testdata/markup/images-other.html")
	require.NoError(t, err)
	assert.Equal(t, string(want), w.Body.String())
	assert.Equal(t, "text/html; charset=utf-8", w.Header().Get("Content-Type"))
}

func TestSuggestAbout(t *testing.T) {
	h := handler(site(t))
	for query, want := range map[string]string{
		"": `{}`, "&item=shirt": `{"item":"shirt"}`, "&item=new": `{}`, "&url=/p/shirt?x=1": `{"item":"shirt"}`, "&url=https://other.example/p/shirt": `{"item":"shirt"}`, "&url=/new": `{}`,
		"&topic=Clothing": `{"topic":"Clothing"}`, "&topic=Clothing+%3E+Shirts+%26+%3Ctops%3E": `{"topic":"Clothing > Shirts & <tops>"}`, "&topic=Shirts": `{}`,
	} {
		var said struct{ About json.RawMessage }
		w := get(h, "/_nabij/suggest?slot=two"+query)
		require.Equal(t, 200, w.Code, query)
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &said))
		assert.JSONEq(t, want, string(said.About), query)
	}
}

func TestRefusals(t *testing.T) {
	h := handler(site(t, "moment"))
	for address, want := range map[string]string{
		"/_nabij/":                                   `404 only suggest, policy and health are here`,
		"/_nabij/suggest/":                           `404 only suggest, policy and health are here`,
		"/suggest":                                   `404 only suggest, policy and health are here`,
		"/_nabij/suggest":                            `400 slot: got "", want one of next, two, guides, nothing, again`,
		"/_nabij/suggest?slot=x%22":                  `400 slot: got "x\"", want one of next, two, guides, nothing, again`,
		"/_nabij/suggest?slot=%zz":                   `400 the query cannot be read`,
		"/_nabij/suggest?slot=two&size=0":            `400 size: got "0", want 1 to 20`,
		"/_nabij/suggest?slot=two&size=21":           `400 size: got "21", want 1 to 20`,
		"/_nabij/suggest?slot=two&format=xml":        `400 format: got "xml", want json or html`,
		"/_nabij/suggest?slot=two&class=1.5":         `400 class: got "1.5", want six numbers such as 2.5.7.0.0.0`,
		"/_nabij/suggest?slot=two&item=a&url=b":      `400 item, topic, url: only one of them can be what a page is about`,
		"/_nabij/suggest?slot=two&class=1.5.7.0.0.0": `400 class: no request is of class 1.5.7.0.0.0 here`,
	} {
		w := get(h, address)
		var said struct{ Error string }
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &said), address)
		assert.Equal(t, want, fmt.Sprint(w.Code, " ", said.Error), address)
		assert.Equal(t, "no-store", w.Header().Get("Cache-Control"), address)
	}
	r := httptest.NewRequest("POST", "/_nabij/suggest?slot=two", strings.NewReader("x"))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	assert.Equal(t, 405, w.Code)
	assert.Equal(t, "GET, HEAD", w.Header().Get("Allow"))
}

func TestWithoutClass(t *testing.T) {
	h := handler(site(t, "moment", "device", "region"))
	h.Request = func(r *http.Request) moment.Request { return moment.Of(r, "Europe/Amsterdam", "NL") }
	w := get(h, "/_nabij/suggest?slot=two", "Sec-CH-UA-Mobile", "?1")
	assert.Contains(t, w.Body.String(), `"class":"3.5.7.10.0.0"`)
	assert.Equal(t, "private, max-age=300", w.Header().Get("Cache-Control"))
	assert.Equal(t, []string{"Sec-CH-UA-Mobile", "Sec-GPC"}, w.Header().Values("Vary"))
	h.Now = func() time.Time { return noon.Add(5*time.Hour - 10*time.Second) } // an hour ahead
	w = get(h, "/_nabij/suggest?slot=two", "Sec-GPC", "1")
	assert.Contains(t, w.Body.String(), `"class":"3.5.0.0.0.0"`)
	assert.Equal(t, "private, max-age=10", w.Header().Get("Cache-Control"), "until the evening")
}

// A class may leave its language to Accept-Language.
func TestClassWithoutLanguage(t *testing.T) {
	h := handler(site(t, "device", "language"))
	w := get(h, "/_nabij/suggest?slot=two&class=0.0.7.0.0", "Accept-Language", "ar, nl;q=0.5", "Sec-CH-UA-Mobile", "?0")
	assert.Contains(t, w.Body.String(), `"class":"0.0.7.0.0.3"`)
	assert.Equal(t, "private, max-age=300", w.Header().Get("Cache-Control"))
	assert.Contains(t, w.Header().Values("Vary"), "Accept-Language")
	assert.Contains(t, get(h, "/_nabij/suggest?slot=two&class=0.0.7.0.0").Body.String(), `"class":"0.0.7.0.0.0"`)
	assert.Contains(t, get(handler(site(t, "device")), "/_nabij/suggest?slot=two&class=0.0.7.0.0", "Accept-Language", "nl").Body.String(), `"class":"0.0.7.0.0.0"`)
	assert.Equal(t, 400, get(h, "/_nabij/suggest?slot=two&class=2.5.7.0.0").Code, "moments do not count here")
}

func TestUnchanged(t *testing.T) {
	h := handler(site(t))
	for _, address := range []string{"/_nabij/suggest?slot=two&class=0.0.0.0.0.0", "/_nabij/policy", "/_nabij/policy.json"} {
		tag := get(h, address).Header().Get("ETag")
		require.NotEmpty(t, tag)
		for _, have := range []string{tag, strings.TrimPrefix(tag, "W/"), `"x", ` + tag, "*"} {
			w := get(h, address, "If-None-Match", have)
			assert.Equal(t, 304, w.Code, "%s %s", address, have)
			assert.Empty(t, w.Body.String())
			assert.Equal(t, tag, w.Header().Get("ETag"))
		}
		assert.Equal(t, 200, get(h, address, "If-None-Match", `W/"other"`).Code)
	}
}

func TestHead(t *testing.T) {
	h := handler(site(t))
	for _, address := range []string{"/_nabij/suggest?slot=two", "/_nabij/policy", "/_nabij/health"} {
		r := httptest.NewRequest("HEAD", address, nil)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		whole := get(h, address)
		assert.Equal(t, 200, w.Code)
		assert.Empty(t, w.Body.Bytes())
		assert.Equal(t, whole.Header(), w.Header())
	}
}

func TestPolicy(t *testing.T) {
	h := handler(site(t, "moment", "referrer"))
	for _, c := range []struct{ name, address, accept, language, kind, holds string }{
		{"for people", "/_nabij/policy", "text/html,*/*", "fr, en;q=0.5", "text/html; charset=utf-8", "at most 54 variants"},
		{"for people, by default", "/_nabij/policy", "", "", "text/html; charset=utf-8", "where a visit comes from"},
		{"in Dutch", "/_nabij/policy", "text/html", "nl-BE", "text/html; charset=utf-8", "Voordat een pagina wordt verstuurd"},
		{"in Dutch, by address", "/_nabij/policy?lang=nl", "text/html", "en", "text/html; charset=utf-8", "Voordat een pagina wordt verstuurd"},
		{"in Dutch, by name", "/_nabij/policy.nl.html", "", "", "text/html; charset=utf-8", "54 varianten"},
		{"for programs", "/_nabij/policy", "application/json", "", "application/json", `"variants_max": 54`},
		{"for programs, by name", "/_nabij/policy.json", "text/html", "nl", "application/json", `"classes": [`},
	} {
		w := get(h, c.address, "Accept", c.accept, "Accept-Language", c.language)
		assert.Equal(t, 200, w.Code, c.name)
		assert.Equal(t, c.kind, w.Header().Get("Content-Type"), c.name)
		assert.Contains(t, w.Body.String(), c.holds, c.name)
	}
}

func TestHealth(t *testing.T) {
	s := site(t)
	w := get(handler(s), "/_nabij/health")
	assert.JSONEq(t, `{"ok": true, "pack": "`+s.Version()+`", "items": 13, "abi": 1}`, w.Body.String())
	assert.Regexp(t, `^[0-9a-f]{16}$`, s.Version())
	w = get(handler(nil), "/_nabij/health")
	assert.Equal(t, 503, w.Code)
	assert.JSONEq(t, `{"ok": false, "items": 0, "abi": 1}`, w.Body.String())
	assert.Equal(t, 503, get(handler(nil), "/_nabij/suggest?slot=two").Code)
}

// faulty is a suggester that fails, or panics.
type faulty struct{ err error }

func (f faulty) Suggest(context.Context, core.Request) (core.Reply, error) {
	if f.err == nil {
		panic("broken")
	}
	return core.Reply{}, f.err
}

func TestFaults(t *testing.T) {
	s := *site(t)
	var told []string
	h := handler(&s)
	h.Failed = func(err error) { told = append(told, err.Error()) }
	s.Suggester = faulty{errors.New("trapped")}
	w := get(h, "/_nabij/suggest?slot=two&class=0.0.0.0.0.0")
	assert.Equal(t, 503, w.Code)
	assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	assert.Empty(t, w.Header().Get("ETag"))
	w = get(h, "/_nabij/suggest?slot=two&format=html")
	assert.Equal(t, 200, w.Code, "an include must not be an error")
	assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	assert.Empty(t, w.Body.String())
	s.Suggester = faulty{}
	assert.Equal(t, 500, get(h, "/_nabij/suggest?slot=two").Code)
	assert.Equal(t, []string{"suggest: trapped", "suggest: trapped", "answer: broken"}, told)
}

// TestNoBehaviour: nothing changes an answer but its address, the class and what is accepted.
func TestNoBehaviour(t *testing.T) {
	h := handler(site(t, "moment", "device"))
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	for _, address := range []string{"/_nabij/suggest?slot=next&item=shirt", "/_nabij/policy", "/_nabij/health"} {
		want := get(h, address)
		for range 100 {
			junk := fmt.Sprint(random.Uint64())
			w := get(h, address, "Cookie", "id="+junk, "Authorization", "Bearer "+junk, "User-Agent", junk, "X-Forwarded-For", junk, "CF-Connecting-IP", junk,
				"Sec-CH-UA", junk, "Referer", "https://google.com/?q="+junk, "X-"+junk, junk, "If-Modified-Since", junk)
			assert.Equal(t, want.Body.String(), w.Body.String(), "%s, seed %d", address, seed)
			assert.Equal(t, want.Header(), w.Header(), "%s, seed %d", address, seed)
		}
	}
}

func TestNewSite(t *testing.T) {
	s := site(t)
	_, err := answer.NewSite(s.Pack, s.Suggester, moment.Config{Classes: []string{"moment", "device", "language"}})
	assert.EqualError(t, err, "classes: moment 9 × device 3 × language 5 makes 135 variants of a page, and at most 96 are allowed")
}
