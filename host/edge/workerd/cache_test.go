package workerd

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func ask(c *Cache, method, url, body string) (status int, cacheStatus, got string) {
	w, r := httptest.NewRecorder(), httptest.NewRequest(method, url, strings.NewReader(body))
	r.Header.Set(protoHeader, "http")
	c.ServeHTTP(w, r)
	b, _ := io.ReadAll(w.Result().Body)
	return w.Code, w.Header().Get("CF-Cache-Status"), string(b)
}

func TestCacheKeepsWhatMayBeKept(t *testing.T) {
	const url = "http://shop.example/a?b"
	for _, row := range []struct {
		name, head string
		kept       bool
	}{
		{"max-age", "Cache-Control: max-age=60", true},
		{"s-maxage goes before", "Cache-Control: max-age=0, S-MaxAge=60", true},
		{"s-maxage of none", "Cache-Control: max-age=60, s-maxage=0", false},
		{"private", "Cache-Control: private, max-age=60", false},
		{"in two headers", "Cache-Control: max-age=60\r\nCache-Control: no-store", false},
		{"no-cache", "Cache-Control: max-age=60, no-cache", false},
		{"nothing said", "Server: x", false},
		{"a body that is not chunked though it is said to be, as workerd writes it", "Cache-Control: max-age=60\r\nTransfer-Encoding: chunked", true},
		{"Expires", "Expires: Fri, 01 Jan 2100 00:00:00 GMT", true},
		{"expired", "Expires: Fri, 01 Jan 2010 00:00:00 GMT", false},
		{"a cookie", "Cache-Control: max-age=60\r\nSet-Cookie: a=b", false},
		{"varies by everything", "Cache-Control: max-age=60\r\nVary: *", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := NewCache(100)
			status, _, _ := ask(c, "PUT", url, "HTTP/1.1 200 OK\r\n"+row.head+"\r\n\r\nbody")
			if !row.kept {
				assert.Equal(t, http.StatusRequestEntityTooLarge, status)
				assert.Zero(t, c.Len())
				return
			}
			assert.Equal(t, http.StatusNoContent, status)
			status, found, body := ask(c, "GET", url, "")
			assert.Equal(t, []any{200, "HIT", "body"}, []any{status, found, body})
		})
	}
}

func TestCacheForgets(t *testing.T) {
	now := time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)
	c := NewCache(10)
	c.now = func() time.Time { return now }
	put := func(url, body string) {
		ask(c, "PUT", url, "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n\r\n"+body)
	}
	found := func(url string) string {
		_, status, _ := ask(c, "GET", url, "")
		return status
	}
	put("http://a/1", "12345")
	put("http://a/2", "12345")
	put("http://a/3", "1")
	assert.Equal(t, []string{"http://a/2", "http://a/3"}, c.Keys(), "the oldest went")
	put("http://a/4", "12345678901")
	assert.Equal(t, "MISS", found("http://a/4"), "larger than the whole cache")
	now = now.Add(time.Minute)
	assert.Equal(t, "MISS", found("http://a/2"), "too old")
	status, _, _ := ask(c, "PURGE", "http://a/3", "")
	assert.Equal(t, 200, status)
	status, _, _ = ask(c, "PURGE", "http://a/3", "")
	assert.Equal(t, 404, status)
	assert.Zero(t, c.Len())
}
