package edge

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/edge/moment"
)

// counting counts what reaches an origin.
type counting struct {
	http.Handler
	mu       sync.Mutex
	requests []*http.Request
}

func (c *counting) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	c.requests = append(c.requests, r)
	c.mu.Unlock()
	c.Handler.ServeHTTP(w, r)
}

func (c *counting) last() http.Header { return c.requests[len(c.requests)-1].Header }

func TestCache(t *testing.T) {
	e, clock := newEdge(t, Config{Zone: "UTC"})
	to := &counting{Handler: origin(product, "Cache-Control", "max-age=60, s-maxage=600", "ETag", `"x"`, "Date", "now")}
	h := e.Handler(to)
	first := get(h, "/p/shirt", "Sec-CH-UA-Mobile", "?1", "Cookie", "a=1")
	clock.now = clock.now.Add(45 * time.Second)
	second := get(h, "/p/shirt", "Sec-CH-UA-Mobile", "?1", "Cookie", "b=2", "User-Agent", "x")
	assert.Len(t, to.requests, 1, "one class, one fetch")
	assert.Equal(t, first.Body.String(), second.Body.String())
	want := first.Header().Clone()
	want.Set("Cache-Control", "private, max-age=15")
	want.Set("Content-Length", fmt.Sprint(first.Body.Len()))
	want.Del("Date")
	assert.Equal(t, want, second.Header())

	get(h, "/p/shirt", "Sec-CH-UA-Mobile", "?0")
	assert.Len(t, to.requests, 2, "another class")
	get(h, "/p/shirt?a=1", "Sec-CH-UA-Mobile", "?1")
	assert.Len(t, to.requests, 3, "another address")

	again := get(h, "/p/shirt", "Sec-CH-UA-Mobile", "?1", "If-None-Match", `"y", `+first.Header().Get("ETag"))
	assert.Equal(t, 304, again.Code)
	assert.Empty(t, again.Body.Bytes())
	assert.Equal(t, first.Header().Get("ETag"), again.Header().Get("ETag"))
	head := ask(h, "HEAD", "/p/shirt", "Sec-CH-UA-Mobile", "?1")
	assert.Equal(t, second.Header(), head.Header())
	assert.Empty(t, head.Body.Bytes())
	assert.Len(t, to.requests, 3)

	get(h, "/p/shirt", "Sec-CH-UA-Mobile", "?1", "Authorization", "Basic x")
	assert.Len(t, to.requests, 4, "who sends credentials is the origin's to answer")
	clock.now = clock.now.Add(601 * time.Second)
	get(h, "/p/shirt", "Sec-CH-UA-Mobile", "?1")
	assert.Len(t, to.requests, 5, "no longer fresh")

	require.NoError(t, e.Swap(otherPack(t)))
	w := get(h, "/p/shirt", "Sec-CH-UA-Mobile", "?1")
	assert.Len(t, to.requests, 6, "another pack")
	assert.NotContains(t, w.Body.String(), "shadowrootmode")
	require.Error(t, e.Swap([]byte("damaged")))
	assert.Equal(t, w.Body.String(), get(h, "/p/shirt", "Sec-CH-UA-Mobile", "?1").Body.String(), "the last good one stays")
}

// otherPack has a slot that no page has.
func otherPack(t *testing.T) []byte {
	data, err := pack.Write(pack.Source{Slots: []pack.Slot{{Name: "other", Kinds: pack.AllKinds, Size: 1, Layer: 1}}, Policy: pack.DefaultPolicy()})
	require.NoError(t, err)
	return data
}

func TestNeverKept(t *testing.T) {
	e, _ := newEdge(t, Config{Config: moment.Config{Classes: []string{"moment"}}})
	for _, c := range []struct {
		name    string
		headers []string // the origin's
		request []string
	}{
		{"nothing said", nil, nil},
		{"private", []string{"Cache-Control", "private, max-age=60"}, nil},
		{"private in capitals, s-maxage", []string{"Cache-Control", "PRIVATE", "Cache-Control", "s-maxage=60"}, nil},
		{"private for a field", []string{"Cache-Control", `private="x", max-age=60`}, nil},
		{"no-store", []string{"Cache-Control", "max-age=60,no-store"}, nil},
		{"no-cache", []string{"Cache-Control", "max-age=60, no-cache"}, nil},
		{"no age", []string{"Cache-Control", "public"}, nil},
		{"age 0", []string{"Cache-Control", "max-age=0"}, nil},
		{"shared age 0", []string{"Cache-Control", "s-maxage=0, max-age=60"}, nil},
		{"an age that is over", []string{"Cache-Control", "max-age=60", "Age", "60"}, nil},
		{"an age that is none", []string{"Cache-Control", "max-age=-1"}, nil},
		{"an end that was", []string{"Expires", "Wed, 04 Mar 2026 08:00:00 GMT"}, nil},
		{"a cookie", []string{"Cache-Control", "public, max-age=60", "Set-Cookie", "a=1"}, nil},
		{"varies by all", []string{"Cache-Control", "max-age=60", "Vary", "*"}, nil},
		{"varies by cookie", []string{"Cache-Control", "max-age=60", "Vary", "Accept-Encoding, Cookie"}, nil},
		{"varies by what does not count", []string{"Cache-Control", "max-age=60", "Vary", "Sec-CH-UA-Mobile"}, nil},
		{"credentials", []string{"Cache-Control", "max-age=60"}, []string{"Authorization", "Basic x"}},
		{"too long", []string{"Cache-Control", "max-age=60"}, nil},
	} {
		body := product
		if c.name == "too long" {
			body += strings.Repeat("x", maxVariantBytes)
		}
		to := &counting{Handler: origin(body, c.headers...)}
		for n := range 2 {
			assert.Equal(t, 200, get(e.Handler(to), "/"+url.PathEscape(c.name), c.request...).Code)
			assert.Len(t, to.requests, n+1, c.name)
		}
	}
	assert.Empty(t, e.cache.byKey)
	for _, headers := range [][]string{
		{"Cache-Control", "max-age=60", "Vary", "accept-encoding, Save-Data"}, {"Expires", "Wed, 04 Mar 2026 09:01:00 GMT"}, {"Cache-Control", "s-maxage=60"}, {"Cache-Control", "public,max-age=60", "Age", "59"},
	} {
		to := &counting{Handler: origin(product, headers...)}
		for range 2 {
			get(e.Handler(to), "/"+url.PathEscape(strings.Join(headers, "")))
		}
		assert.Len(t, to.requests, 1, "%s", headers)
	}
}

// TestCacheIsBounded: it takes no more memory than it may, and lets go of what was used longest ago.
func TestCacheIsBounded(t *testing.T) {
	c := newCache(10 * (overheadBytes + 1000))
	now := time.Now()
	key := func(n int) variantKey { return variantKey{address: fmt.Sprintf("%04d", n)} }
	for n := range 1000 {
		c.put(key(n), &variant{body: make([]byte, 900), stored: now, fresh: freshness{lifetime: time.Hour}})
		c.get(key(0), now)
		assert.LessOrEqual(t, c.bytes, c.most)
		assert.Equal(t, len(c.byKey), c.used.Len())
	}
	assert.NotNil(t, c.get(key(0), now))
	assert.Nil(t, c.get(key(1), now))
	assert.Nil(t, c.get(key(999), now.Add(time.Hour)), "no longer fresh")
	c.put(key(0), &variant{body: make([]byte, 100_000), stored: now, fresh: freshness{lifetime: time.Hour}})
	assert.Nil(t, c.get(key(0), now), "too large for it")
	for k := range c.byKey {
		c.drop(c.byKey[k])
	}
	assert.Zero(t, c.bytes)
}

// TestNoMoreVariants: a thousand mixes of headers make no more variants than there are classes, each the same for all of its class.
func TestNoMoreVariants(t *testing.T) {
	for _, classes := range [][]string{nil, {"referrer", "region", "device"}, {"language", "device", "referrer"}, {}} {
		e, clock := newEdge(t, Config{
			Config:        moment.Config{Classes: classes, Regions: [][]string{{"NL", "BE"}}},
			CountryHeader: "CF-IPCountry",
			ZoneOf:        func(r *http.Request) string { return r.Header.Get("X-Zone") },
		})
		to := &counting{Handler: origin(product, "Cache-Control", "max-age=86400")}
		h := e.Handler(to)
		seed := uint64(time.Now().UnixNano())
		random := rand.New(rand.NewPCG(seed, 0))
		one := func(of ...string) string { return of[random.IntN(len(of))] }
		bodies := map[moment.Class]string{}
		distinct := map[string]bool{}
		for range 1000 {
			clock.now = time.Date(2026, 3, 4+random.IntN(7), random.IntN(24), 0, 0, 0, time.UTC)
			headers := []string{
				"Sec-CH-UA-Mobile", one("", "?0", "?1", "x"), "Sec-GPC", one("", "1"), "CF-IPCountry", one("", "NL", "DE", "XX"), "X-Zone", one("", "UTC", "Asia/Tokyo", "x"),
				"Referer", one("", "https://google.com/", "https://t.co/", "https://x.example/"+fmt.Sprint(random.Uint64())), "Accept-Language", one("", "nl", "en;q=0.5", "zh-hant", fmt.Sprint(random.Uint64())),
				"User-Agent", fmt.Sprint(random.Uint64()), "Cookie", fmt.Sprint(random.Uint64()), "X-Forwarded-For", fmt.Sprint(random.Uint64()), "Save-Data", one("", "off"),
			}
			r := httptest.NewRequest("GET", "http://shop.example/p", nil)
			for i := 0; i < len(headers); i += 2 {
				if headers[i+1] != "" {
					r.Header.Set(headers[i], headers[i+1])
				}
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			class := e.current.Classes.Of(e.config.request(r), clock.now)
			if before, ok := bodies[class]; ok {
				require.Equal(t, before, w.Body.String(), "%s, seed %d", class, seed)
			}
			bodies[class] = w.Body.String()
			distinct[w.Body.String()] = true
		}
		most := e.current.Classes.Variants()
		assert.LessOrEqual(t, len(distinct), most, "seed %d", seed)
		assert.LessOrEqual(t, len(e.cache.byKey), most, "seed %d", seed)
		assert.LessOrEqual(t, most, moment.MaxVariants)
		for key := range e.cache.byKey {
			assert.True(t, e.current.Classes.Has(key.class), "%s, seed %d", key.class, seed)
		}
	}
}
