package worker_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/edge/moment"
)

// Two visitors of one class: one question to the origin, and equal bytes. Of two classes: never each other's.
func TestVariants(t *testing.T) {
	e := start(t, `{"classes":["device"]}`)
	e.html("/p/3", slotPage, "Cache-Control", "max-age=600")
	e.html("/p/4", slotPage, "Cache-Control", "max-age=600")
	phone := e.get("/p/3", "Sec-CH-UA-Mobile", "?1")
	e.stored(1)
	again := e.get("/p/3", "Sec-CH-UA-Mobile", "?1", "Cookie", "a=b", "User-Agent", "another")
	assert.Equal(t, phone.body, again.body)
	assert.EqualValues(t, 1, e.asked.Load())
	desktop := e.get("/p/3", "Sec-CH-UA-Mobile", "?0")
	e.stored(2)
	assert.EqualValues(t, 2, e.asked.Load())
	assert.NotEqual(t, phone.body, desktop.body)
	assert.Equal(t, desktop.body, e.get("/p/3", "Sec-CH-UA-Mobile", "?0").body)
	assert.EqualValues(t, 2, e.asked.Load())
	for _, got := range []response{phone, again, desktop} {
		assert.Equal(t, "private, max-age=600", got.Header.Get("Cache-Control"))
		assert.Equal(t, "Sec-CH-UA-Mobile, Save-Data", got.Header.Get("Vary"))
	}
	e.get("/p/3?a", "Sec-CH-UA-Mobile", "?0")
	e.stored(3)
	assert.EqualValues(t, 3, e.asked.Load(), "another address")
	head := e.do("HEAD", "/p/3", "Sec-CH-UA-Mobile", "?1")
	assert.EqualValues(t, 3, e.asked.Load(), "HEAD is answered from what GET has had kept")
	assert.Equal(t, again.Header.Get("Vary"), head.Header.Get("Vary"))
	e.do("HEAD", "/p/4")
	assert.EqualValues(t, 4, e.asked.Load())
	time.Sleep(50 * time.Millisecond)
	assert.Equal(t, 3, e.cache.Len(), "and has nothing kept itself")
}

func TestWhatIsStored(t *testing.T) {
	e := start(t, `{"classes":["device"]}`)
	for k, row := range []struct {
		name    string
		request []string
		answer  []string
		stored  bool
		control string // what the visitor gets
	}{
		{"max-age", nil, []string{"Cache-Control", "max-age=60"}, true, "private, max-age=60"},
		{"s-maxage is not for the visitor", nil, []string{"Cache-Control", "s-maxage=60, max-age=5"}, true, "private, max-age=5"},
		{"s-maxage alone", nil, []string{"Cache-Control", "S-MaxAge=60"}, true, "private, max-age=0"},
		{"in the future", nil, []string{"Expires", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)}, true, ""},
		{"what is kept besides", nil, []string{"Cache-Control", "public, max-age=60, must-revalidate, no-transform, immutable"}, true, "private, max-age=60, must-revalidate, no-transform"},
		{"varying by what is not in the bytes", nil, []string{"Cache-Control", "max-age=60", "Vary", "Accept-Encoding, save-data", "Vary", "Sec-CH-UA-Mobile"}, true, "private, max-age=60"},
		{"a cookie that was sent", []string{"Cookie", "session=1"}, []string{"Cache-Control", "max-age=60"}, true, "private, max-age=60"},
		{"credentials, and for all the same", []string{"Authorization", "Basic eDp5"}, []string{"Cache-Control", "public, max-age=60"}, true, "private, max-age=60"},
		{"credentials", []string{"Authorization", "Basic eDp5"}, []string{"Cache-Control", "max-age=60"}, false, "private, max-age=60"},
		{"private", nil, []string{"Cache-Control", "private, max-age=60"}, false, "private, max-age=60"},
		{"private in capitals, of a field", nil, []string{"Cache-Control", `max-age=60, PRIVATE="x"`}, false, "private, max-age=60"},
		{"no-store", nil, []string{"Cache-Control", "no-store, max-age=60"}, false, "private, no-store"},
		{"no-cache", nil, []string{"Cache-Control", "max-age=60", "Cache-Control", "no-cache"}, false, "private, no-cache"},
		{"nothing said", nil, nil, false, "private, max-age=0"},
		{"nothing for shared caches", nil, []string{"Cache-Control", "s-maxage=0, max-age=60"}, false, "private, max-age=60"},
		{"an age that is none", nil, []string{"Cache-Control", "max-age=soon"}, false, "private, max-age=0"},
		{"long ago", nil, []string{"Expires", "0"}, false, "private, max-age=0"},
		{"setting a cookie", nil, []string{"Cache-Control", "public, s-maxage=60", "Set-Cookie", "a=b"}, false, "private, max-age=0"},
		{"varying by cookie", nil, []string{"Cache-Control", "max-age=60", "Vary", "Cookie"}, false, "private, max-age=60"},
		{"varying by user agent, among others", nil, []string{"Cache-Control", "max-age=60", "Vary", "accept-encoding,User-Agent"}, false, "private, max-age=60"},
		{"varying by everything", nil, []string{"Cache-Control", "max-age=60", "Vary", "*"}, false, "private, max-age=60"},
	} {
		t.Run(row.name, func(t *testing.T) {
			e.t = t
			e.cache.Clear()
			path := fmt.Sprintf("/p/%d", k) // what could not be kept is not looked for for a while
			e.html(path, slotPage, row.answer...)
			got := e.get(path, row.request...)
			assert.Contains(t, got.body, "<ul")
			if row.control != "" {
				assert.Equal(t, row.control, got.Header.Get("Cache-Control"))
			}
			assert.Equal(t, 1, len(got.Header["Cache-Control"]))
			before := e.asked.Load()
			if row.stored {
				e.stored(1)
				got = e.get(path)
				assert.Contains(t, got.body, "<ul")
				assert.Equal(t, before, e.asked.Load())
				return
			}
			got = e.get(path, row.request...)
			assert.Contains(t, got.body, "<ul")
			assert.Equal(t, before+1, e.asked.Load())
			assert.Zero(t, e.cache.Len())
		})
	}
}

// What could not be kept is kept as soon as it can be.
func TestKeptLater(t *testing.T) {
	e := start(t, `{}`)
	e.html("/p/3", slotPage, "Cache-Control", "private")
	e.get("/p/3")
	e.html("/p/3", slotPage, "Cache-Control", "max-age=60")
	e.get("/p/3")
	e.stored(1)
	e.get("/p/3")
	assert.EqualValues(t, 2, e.asked.Load())
}

func TestConditions(t *testing.T) {
	e := start(t, `{"classes":["device"]}`)
	for _, control := range []string{"max-age=600", "private, max-age=600"} {
		t.Run(control, func(t *testing.T) {
			e.t = t
			stored := !strings.HasPrefix(control, "private")
			path := "/p/" + fmt.Sprint(len(control))
			e.page(path, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("ETag", `"v1"`)
				w.Header().Set("Cache-Control", control)
				w.Header().Set("Last-Modified", "Fri, 27 Nov 2026 21:00:00 GMT")
				w.Header().Set("Content-Type", "text/html")
				w.Header().Set("Accept-Ranges", "bytes")
				if strings.Contains(r.Header.Get("If-None-Match"), `"v1"`) || r.Header.Get("If-Modified-Since") != "" {
					w.WriteHeader(304)
					return
				}
				io.WriteString(w, slotPage)
			})
			const navigation = "text/html,application/xhtml+xml,*/*;q=0.8"
			ask := func(header ...string) response {
				return e.get(path, append(header, "Accept", navigation)...)
			}
			first := ask("Sec-CH-UA-Mobile", "?1")
			tag := first.Header.Get("ETag")
			assert.Regexp(t, `^W/"v1\+0\.0\.7\.0\.0\.0\+[0-9a-f]{16}"$`, tag)
			for _, name := range []string{"Last-Modified", "Accept-Ranges", "Content-Length"} {
				assert.Empty(t, first.Header.Get(name))
			}
			if stored {
				e.stored(1)
			}
			before := e.asked.Load()
			for _, tags := range []string{tag, `"x", ` + tag} {
				same := ask("Sec-CH-UA-Mobile", "?1", "If-None-Match", tags)
				assert.Equal(t, 304, same.StatusCode)
				assert.Equal(t, tag, same.Header.Get("ETag"))
				assert.Equal(t, "private, max-age=600", same.Header.Get("Cache-Control"))
				assert.Equal(t, "Sec-CH-UA-Mobile, Save-Data", same.Header.Get("Vary"))
			}
			if stored {
				assert.Equal(t, before, e.asked.Load(), "answered at once")
			} else {
				assert.Equal(t, before+2, e.asked.Load())
				assert.Equal(t, `"v1", W/"v1"`, e.seen().Header.Get("If-None-Match"))
			}
			// Of another class or another pack it is another page.
			for _, other := range []string{strings.Replace(tag, "0.0.7", "0.0.9", 1), tag[:len(tag)-2] + `x"`, `"v1"`, `W/"v1"`} {
				assert.Equal(t, 200, ask("Sec-CH-UA-Mobile", "?1", "If-None-Match", other).StatusCode, other)
			}
			assert.Equal(t, 200, ask("Sec-CH-UA-Mobile", "?0", "If-None-Match", tag).StatusCode)
			assert.Equal(t, 200, ask("Sec-CH-UA-Mobile", "?1", "If-Modified-Since", "Fri, 27 Nov 2026 21:00:00 GMT").StatusCode)
			e.cache.Clear()
			ask("Range", "bytes=0-9", "If-Range", `"v1"`)
			assert.Empty(t, e.seen().Header["Range"], "a page is asked for as a whole")
			assert.Empty(t, e.seen().Header["If-Range"])
		})
	}
	// What is no page is asked for as the visitor asks.
	e.page("/a.css", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"c"`)
		w.WriteHeader(304)
	})
	got := e.get("/a.css", "If-None-Match", `"c"`, "Range", "bytes=1-2", "Accept", "text/css", "Sec-Fetch-Dest", "style")
	assert.Equal(t, 304, got.StatusCode)
	assert.Equal(t, `"c"`, got.Header.Get("ETag"))
	assert.Equal(t, `"c"`, e.seen().Header.Get("If-None-Match"))
	assert.Equal(t, "bytes=1-2", e.seen().Header.Get("Range"))
}

// A browser keeps a page no longer than its moment lasts.
func TestMomentEnds(t *testing.T) {
	e := start(t, `{}`)
	e.html("/p/3", slotPage, "Cache-Control", "max-age=86400")
	for range 2 {
		left := moment.Left("Asia/Tokyo", time.Now()).Seconds()
		var age float64
		control := e.get("/p/3", "cf-blob", `{"timezone":"Asia/Tokyo"}`).Header.Get("Cache-Control")
		_, err := fmt.Sscanf(control, "private, max-age=%g", &age)
		require.NoError(t, err, control)
		assert.InDelta(t, left, age, 5)
		e.stored(1)
	}
}

// Whatever a thousand visitors send, there are no variants but those of the classes, and what each gets is that of their class.
func TestNoOtherVariants(t *testing.T) {
	for _, row := range []struct {
		config string
		moment.Config
	}{
		{`{}`, moment.Config{}},
		{`{"classes":["device","referrer","region"],"regions":[["NL","BE"],["DE"]]}`,
			moment.Config{Classes: []string{"device", "referrer", "region"}, Regions: [][]string{{"NL", "BE"}, {"DE"}}}},
		{`{"classes":["moment","language"]}`, moment.Config{Classes: []string{"moment", "language"}, Languages: []string{"en", "nl"}}},
	} {
		t.Run(row.config, func(t *testing.T) {
			require.NoError(t, row.Check())
			require.LessOrEqual(t, row.Variants(), moment.MaxVariants)
			e := start(t, row.config)
			e.html("/p/3", slotPage, "Cache-Control", "max-age=600")
			seed := uint64(time.Now().UnixNano())
			random := rand.New(rand.NewPCG(seed, 0))
			one := func(of ...string) string { return of[random.IntN(len(of))] }
			bodies := map[string]string{}
			for range 1000 {
				zone, country := one("", "UTC", "Asia/Tokyo", "America/New_York", "Mars/X", "Pacific/Kiritimati"), one("", "NL", "de", "XX", "T1")
				r, err := http.NewRequest("GET", "http://shop.example/p/3", nil)
				require.NoError(t, err)
				header := []string{"cf-blob", fmt.Sprintf(`{"timezone":%q,"country":%q,"city":%q}`, zone, country, one("a", "b"))}
				for name, values := range map[string][]string{
					"Sec-CH-UA-Mobile": {"", "?0", "?1", "?2", "1"}, "Sec-GPC": {"", "", "1", "0"},
					"Referer":         {"", "https://www.google.com/", "https://t.co/x", "https://mail.example/", "https://shop.example/p", "x:y", "https://other.example/"},
					"Accept-Language": {"", "nl", "en;q=0.1,nl;q=0.2", "fr", "*"}, "User-Agent": {"a", "iPhone Mobile"}, "Cookie": {"", "nabij=1", "class=4.5.7.0.0.0"},
					"CF-Connecting-IP": {"", "192.0.2.1"}, "Accept": {"", "*/*", "text/html"}, "Accept-Encoding": {"", "gzip", "br, gzip"}, "Save-Data": {"", "off"},
					"X-Nabij-Class": {"", "9.9.9.9.9.9"}, "Cache-Control": {"", "no-cache"}, "Sec-Fetch-Dest": {"", "document", "iframe", "empty"},
				} {
					if v := one(values...); v != "" {
						header = append(header, name, v)
						r.Header.Set(name, v)
					}
				}
				asked := moment.Of(r, zone, country)
				class := row.Of(asked, time.Now()).String()
				got := e.get("/p/3", header...)
				require.Equal(t, 200, got.StatusCode)
				if class != row.Of(asked, time.Now()).String() {
					continue // the moment has just ended
				}
				if body, ok := bodies[class]; ok {
					require.Equal(t, body, got.body, "class %s, seed %d, %q", class, seed, header)
				}
				bodies[class] = got.body
				numbers := strings.ReplaceAll(class[:strings.LastIndexByte(class, '.')], ".", " ")
				require.Contains(t, got.body, `content="`+numbers+`"`, "seed %d, %q", seed, header)
			}
			time.Sleep(200 * time.Millisecond)
			assert.LessOrEqual(t, e.cache.Len(), row.Variants())
			assert.LessOrEqual(t, len(bodies), row.Variants())
			for _, key := range e.cache.Keys() {
				u, err := url.Parse(key)
				require.NoError(t, err)
				parts := strings.Split(u.EscapedPath(), "/")
				require.Len(t, parts, 6, key)
				class, err := moment.Parse(parts[4])
				require.NoError(t, err)
				assert.True(t, row.Has(class), key)
				assert.Equal(t, "http%3A%2F%2Fshop.example%2Fp%2F3", parts[5])
			}
			t.Logf("%d variants of %d, %d questions to the origin", e.cache.Len(), row.Variants(), e.asked.Load())
		})
	}
}

// No behaviour: neither cookies nor credentials nor addresses nor junk in the query change a byte of what is added.
func TestNoBehaviour(t *testing.T) {
	e := start(t, `{"classes":["device","referrer","region"],"regions":[["NL"]]}`)
	e.html("/p/3", slotPage, "Cache-Control", "private")
	added := func(path string, header ...string) string {
		return strings.Join(additions.FindAllString(e.get(path, header...).body, -1), "\n")
	}
	want := added("/p/3", "cf-blob", `{"country":"NL"}`, "Sec-CH-UA-Mobile", "?1")
	require.Contains(t, want, `content="0 0 7 10 18"`)
	for _, row := range [][]string{
		{"Cookie", "session=1; nabij=2"}, {"Authorization", "Bearer x"}, {"CF-Connecting-IP", "192.0.2.7"}, {"X-Forwarded-For", "192.0.2.7"}, {"X-Real-IP", "::1"},
		{"User-Agent", "Mozilla/5.0 (Windows NT 10.0)"}, {"Sec-CH-UA", `"Chromium";v="140"`}, {"Sec-CH-UA-Platform", `"Windows"`}, {"Accept-Language", "nl"},
		{"DNT", "1"}, {"Viewport-Width", "400"}, {"Downlink", "0.1"}, {"X-Requested-With", "a"}, {"Sec-Fetch-Site", "cross-site"}, {"Purpose", "prefetch"},
	} {
		assert.Equal(t, want, added("/p/3", append(row, "cf-blob", `{"country":"NL"}`, "Sec-CH-UA-Mobile", "?1")...), row[0])
	}
	for _, query := range []string{"?utm_source=mail&gclid=1", "?user=7", "?item=item-9", "?class=1.5.9.0.0.0", "?%00", "?"} {
		assert.Equal(t, want, added("/p/3"+query, "cf-blob", `{"country":"NL"}`, "Sec-CH-UA-Mobile", "?1"), query)
	}
	blob := `{"country":"NL","city":"Utrecht","postalCode":"3511","latitude":"52.1","asn":1,"tlsCipher":"x","botManagement":{"score":9}}`
	assert.Equal(t, want, added("/p/3", "cf-blob", blob, "Sec-CH-UA-Mobile", "?1"), "what else Cloudflare knows")

	// With GPC neither where a visitor is nor where from they came counts; the origin is told of it too.
	gpc := added("/p/3", "cf-blob", `{"country":"NL"}`, "Sec-CH-UA-Mobile", "?1", "Sec-GPC", "1", "Referer", "https://www.google.com/")
	assert.Contains(t, gpc, `content="0 0 7 0 0"`)
	assert.Equal(t, "1", e.seen().Header.Get("Sec-GPC"))
	assert.Equal(t, slotPage, e.get("/p/3", "Save-Data", "on").body)
	assert.Equal(t, "on", e.seen().Header.Get("Save-Data"))
	assert.NotContains(t, e.server.Output(), "utm_source", "and nothing of a request is logged")
}
