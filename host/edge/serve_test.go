package edge

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/edge/markup"
	"github.com/nabij/nabij/host/edge/moment"
)

const product = "<!doctype html><html lang=en><head>" + script + `<meta name=nabij-item content=shirt></head><body>` + next + "</body></html>"

// clock is one that stands still.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

// newEdge opens the test's pack, natively unless options say otherwise. What fails is the test's failure unless config.Failed is set.
func newEdge(t testing.TB, config Config) (*Edge, *clock) {
	t.Helper()
	c := &clock{time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC)}
	config.Now = c.Now
	if config.Engine == nil {
		config.Engine = []host.Option{host.Native()}
	}
	if config.Failed == nil {
		config.Failed = func(err error) { t.Error(err) }
	}
	e, err := New(testPack(t), config)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, e.Close()) })
	return e, c
}

// origin answers with headers, a name and a value each, and a body.
func origin(body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for i := 0; i < len(headers); i += 2 {
			w.Header().Add(headers[i], headers[i+1])
		}
		io.WriteString(w, body)
	}
}

// get asks for an address as a browser that goes there, with further headers.
func get(h http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	return ask(h, "GET", address, headers...)
}

func ask(h http.Handler, method, address string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://shop.example"+address, nil)
	r.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	for i := 0; i < len(headers); i += 2 {
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
		} else {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// TestParity: under wazero as natively, pages are filled with what the cases of markup have.
func TestParity(t *testing.T) {
	e, _ := newEdge(t, Config{Engine: []host.Option{host.CacheDir(t.TempDir()), host.Instances(2)}})
	f := newFiller(t, Config{})
	for _, page := range []string{product, next + strings.ReplaceAll(next, "next", "two"), "<html lang=nl>" + next} {
		for _, mobile := range []string{"", "?0", "?1"} {
			class := e.config.Of(moment.Request{Header: func(string) string { return mobile }}, e.config.Now())
			want, added := f.fill(t, page, "http://shop.example/p/shirt", class)
			require.NotEmpty(t, added)
			w := get(e.Handler(origin(page)), "/p/shirt", "Sec-CH-UA-Mobile", mobile)
			assert.Equal(t, want, w.Body.String())
		}
	}
}

func TestHeaders(t *testing.T) {
	e, clock := newEdge(t, Config{Zone: "UTC", Config: moment.Config{Classes: []string{"moment", "device"}}})
	version := e.current.version
	tag := `W/"x+2.5.7.0.0.0+` + version + `"`
	vary := []string{"Sec-CH-UA-Mobile, Save-Data"}
	for _, c := range []struct {
		name   string
		origin []string
		want   map[string][]string
	}{
		{"nothing said", nil, map[string][]string{"Cache-Control": {"private, max-age=0"}, "Vary": vary}},
		{"a tag", []string{"ETag", `"x"`}, map[string][]string{"Cache-Control": {"private, max-age=0"}, "Vary": vary, "Etag": {tag}}},
		{"a weak tag", []string{"ETag", `W/"x"`}, map[string][]string{"Cache-Control": {"private, max-age=0"}, "Vary": vary, "Etag": {tag}}},
		{"a tag that is none", []string{"ETag", `x`}, map[string][]string{"Cache-Control": {"private, max-age=0"}, "Vary": vary}},
		{"an age", []string{"Cache-Control", "public, max-age=60, s-maxage=600"}, map[string][]string{"Cache-Control": {"private, max-age=60"}, "Vary": vary}},
		{"an age beyond the moment", []string{"Cache-Control", "max-age=86400"}, map[string][]string{"Cache-Control": {"private, max-age=10800"}, "Vary": vary}},
		{"an age that is partly over", []string{"Cache-Control", "max-age=60", "Age", "20"}, map[string][]string{"Cache-Control": {"private, max-age=40"}, "Vary": vary}},
		{"what must be kept", []string{"Cache-Control", `no-transform , Must-Revalidate, max-age="5"`}, map[string][]string{"Cache-Control": {"private, max-age=5, must-revalidate, no-transform"}, "Vary": vary}},
		{"not to be kept", []string{"Cache-Control", "no-store"}, map[string][]string{"Cache-Control": {"private, no-store"}, "Vary": vary}},
		{"an end", []string{"Expires", "Wed, 04 Mar 2026 09:01:40 GMT"}, map[string][]string{"Cache-Control": {"private, max-age=100"}, "Vary": vary}},
		{"an end that was", []string{"Expires", "0"}, map[string][]string{"Cache-Control": {"private, max-age=0"}, "Vary": vary}},
		{"what the origin varies by", []string{"Vary", "Accept-Encoding", "X-Other", "1", "Set-Cookie", "a=1", "Set-Cookie", "b=2"}, map[string][]string{"Cache-Control": {"private, max-age=0"}, "Vary": {"Accept-Encoding, " + vary[0]}, "X-Other": {"1"}, "Set-Cookie": {"a=1", "b=2"}}},
	} {
		w := get(e.Handler(origin(product, c.origin...)), "/"+url.PathEscape(c.name), "Sec-CH-UA-Mobile", "?1")
		c.want["Content-Type"] = []string{"text/html; charset=utf-8"}
		assert.Equal(t, http.Header(c.want), w.Header(), c.name)
	}
	w := get(e.Handler(origin(product, "Last-Modified", "x", "Content-MD5", "x", "Accept-Ranges", "bytes", "Digest", "x", "Content-Digest", "x", "CDN-Cache-Control", "max-age=60",
		"Surrogate-Control", "x", "Content-Length", fmt.Sprint(len(product)))), "/untrue")
	assert.Equal(t, http.Header{"Cache-Control": {"private, max-age=0"}, "Vary": vary, "Content-Type": {"text/html; charset=utf-8"}}, w.Header())
	clock.now = clock.now.Add(3*time.Hour - 7*time.Second)
	assert.Equal(t, "private, max-age=7", get(e.Handler(origin(product, "Cache-Control", "max-age=60")), "/late").Header().Get("Cache-Control"))
}

// TestPasses: what is no page, or is not to be filled, passes byte for byte and header for header.
func TestPasses(t *testing.T) {
	e, _ := newEdge(t, Config{})
	for _, c := range []struct {
		name    string
		status  int
		body    string
		headers []string // the origin's
		request []string
	}{
		{"a script", 200, "'" + next + "'", []string{"Content-Type", "text/javascript"}, nil},
		{"XHTML", 200, next, []string{"Content-Type", "application/xhtml+xml"}, nil},
		{"plain text", 200, next, []string{"Content-Type", "text/plain"}, nil},
		{"text that looks like a script", 200, "var a = 1", nil, nil},
		{"no type, and none wanted", 200, product, []string{"Content-Type", "-"}, nil},
		{"not found", 404, product, []string{"Content-Type", "text/html"}, nil},
		{"an error", 500, product, []string{"Content-Type", "text/html"}, nil},
		{"a part", 206, product, []string{"Content-Type", "text/html", "Content-Range", "bytes 0-1/2"}, []string{"Accept", "*/*", "Range", "bytes=0-1"}},
		{"a redirect", 301, product, []string{"Content-Type", "text/html", "Location", "/x"}, nil},
		{"nothing to send", 204, "", nil, nil},
		{"a download", 200, product, []string{"Content-Type", "text/html", "Content-Disposition", `Attachment; filename="x"`}, nil},
		{"UTF-16", 200, product, []string{"Content-Type", "text/html; charset=UTF-16LE"}, nil},
		{"a charset that there is not", 200, product, []string{"Content-Type", "text/html; charset=x"}, nil},
		{"ISO-2022", 200, product, []string{"Content-Type", `text/html; charset="iso-2022-jp"`}, nil},
		{"an encoding that is not known", 200, product, []string{"Content-Type", "text/html", "Content-Encoding", "zstd"}, nil},
		{"two encodings", 200, product, []string{"Content-Type", "text/html", "Content-Encoding", "gzip, br"}, nil},
		{"what is not gzip", 200, product, []string{"Content-Type", "text/html", "Content-Encoding", "gzip"}, nil},
		{"less data", 200, product, []string{"Content-Type", "text/html"}, []string{"Save-Data", "on"}},
		{"another protocol", 200, product, []string{"Content-Type", "text/html"}, []string{"Upgrade", "websocket"}},
	} {
		h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			for i := 0; i < len(c.headers); i += 2 {
				if c.headers[i+1] == "-" {
					w.Header()[c.headers[i]] = nil
					continue
				}
				w.Header().Add(c.headers[i], c.headers[i+1])
			}
			w.Header().Set("ETag", `"x"`)
			w.Header().Set("Cache-Control", "public, max-age=60")
			if c.status != 200 {
				w.WriteHeader(c.status)
			}
			for piece := range slices.Chunk([]byte(c.body), 10) {
				w.Write(piece)
			}
		})
		want := get(h, "/"+url.PathEscape(c.name), c.request...)
		for range 2 {
			got := get(e.Handler(h), "/"+url.PathEscape(c.name), c.request...)
			assert.Equal(t, want.Code, got.Code, c.name)
			assert.Equal(t, want.Header(), got.Header(), c.name)
			assert.Equal(t, want.Body.String(), got.Body.String(), c.name)
		}
	}
	want := ask(origin(product), "POST", "/")
	got := ask(e.Handler(origin(product)), "POST", "/")
	assert.Equal(t, want.Body.String(), got.Body.String())
	assert.Empty(t, e.cache.byKey)

	require.NoError(t, e.Close())
	w := get(e.Handler(origin(product)), "/")
	assert.Equal(t, product, w.Body.String(), "closed")
	assert.Equal(t, 503, get(e.Handler(origin(product)), "/_nabij/health").Code)
}

// TestSniffed: a page whose origin does not say what it is.
func TestSniffed(t *testing.T) {
	e, _ := newEdge(t, Config{})
	w := get(e.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, product) })), "/")
	assert.Contains(t, w.Body.String(), "shadowrootmode")
	assert.Equal(t, "text/html; charset=utf-8", w.Header().Get("Content-Type"))
}

// TestNoBehaviour: nothing of a request but the page's address and its class changes a byte of what is added.
func TestNoBehaviour(t *testing.T) {
	e, _ := newEdge(t, Config{Config: moment.Config{Classes: []string{"device", "referrer"}}, CacheBytes: -1})
	h := e.Handler(origin(product))
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	want := get(h, "/p/shirt", "Sec-CH-UA-Mobile", "?1", "Referer", "https://google.com/")
	for range 200 {
		junk := fmt.Sprint(random.Uint64())
		r := httptest.NewRequest("GET", "http://shop.example/p/shirt?utm_source="+junk+"&_="+junk, nil)
		for _, header := range []string{"Cookie", "Authorization", "User-Agent", "X-Forwarded-For", "CF-Connecting-IP", "Accept-Language", "DNT", "Sec-CH-UA", "X-" + junk, "From", "CF-IPCountry"} {
			r.Header.Set(header, junk)
		}
		r.RemoteAddr = fmt.Sprintf("192.0.2.%d:%d", random.IntN(256), random.IntN(1<<16))
		r.Header.Set("Sec-CH-UA-Mobile", "?1")
		r.Header.Set("Referer", "https://google.com/search?q="+junk)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		require.Equal(t, want.Body.String(), w.Body.String(), "seed %d", seed)
		require.Equal(t, want.Header(), w.Header(), "seed %d", seed)
	}
	assert.NotEqual(t, want.Body.String(), get(h, "/p/shirt", "Sec-CH-UA-Mobile", "?0").Body.String(), "the class does")
	assert.Contains(t, get(h, "/p/shirt", "Sec-GPC", "1", "Referer", "https://google.com/").Body.String(), `content="0 0 0 0 0"`)
}

func TestUpstream(t *testing.T) {
	e, _ := newEdge(t, Config{})
	version := e.current.version
	mine, old, other := `W/"x+0.0.7.0.0.0+`+version+`"`, `W/"x+0.0.7.0.0.0+0123456789abcdef"`, `W/"x+0.0.9.0.0.0+`+version+`"`
	to := &counting{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Cache-Control", "max-age=60, private")
		w.Header().Set("ETag", `"x"`)
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(product))
	})}
	h := e.Handler(to)
	for _, c := range []struct {
		name, have, asked string
		status            int
	}{
		{"nothing", "", "", 200},
		{"the variant", mine, `"x", W/"x"`, 304},
		{"the variant, strong", strings.TrimPrefix(mine, "W/"), `"x", W/"x"`, 304},
		{"that of another pack", old, "", 200},
		{"that of another class", other, "", 200},
		{"several", other + ", " + mine + ", " + old, `"x", W/"x"`, 304},
		{"that of a page that has changed", strings.Replace(mine, `"x+`, `"y+`, 1), `"y", W/"y"`, 200},
		{"the page as it was not filled", `"x"`, "", 200},
		{"anything", "*", "", 200},
	} {
		w := get(h, "/", "Sec-CH-UA-Mobile", "?1", "If-None-Match", c.have, "If-Modified-Since", "Wed, 04 Mar 2026 08:00:00 GMT", "Range", "bytes=0-3", "If-Range", `"x"`, "Accept-Encoding", "gzip, br")
		assert.Equal(t, c.status, w.Code, c.name)
		assert.Equal(t, c.asked, to.last().Get("If-None-Match"), c.name)
		for _, header := range []string{"If-Modified-Since", "Range", "If-Range"} {
			assert.Empty(t, to.last().Get(header), c.name)
		}
		assert.Equal(t, "identity", to.last().Get("Accept-Encoding"), c.name)
		if strings.Contains(c.have, mine[2:]) {
			assert.Equal(t, strings.TrimPrefix(mine, "W/"), strings.TrimPrefix(w.Header().Get("ETag"), "W/"), c.name)
			assert.Equal(t, "private, max-age=60", w.Header().Get("Cache-Control"), c.name)
			assert.Empty(t, w.Body.Bytes())
		}
	}
	get(h, "/", "Accept", "*/*", "Range", "bytes=0-3", "Accept-Encoding", "gzip", "Cookie", "a=1", "If-None-Match", `"x"`)
	assert.Equal(t, `"x"`, to.last().Get("If-None-Match"))
	assert.Equal(t, "bytes=0-3", to.last().Get("Range"), "what is no navigation")
	assert.Equal(t, "gzip", to.last().Get("Accept-Encoding"))
	assert.Equal(t, "a=1", to.last().Get("Cookie"))
}

func TestHead(t *testing.T) {
	e, _ := newEdge(t, Config{})
	for _, body := range []string{product, ""} {
		h := e.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Length", fmt.Sprint(len(product)))
			w.Header().Set("ETag", `"x"`)
			w.WriteHeader(200)
			if r.Method == "GET" {
				body = product
			}
			io.WriteString(w, body)
		}))
		head := ask(h, "HEAD", "/")
		whole := get(h, "/")
		assert.Equal(t, whole.Header(), head.Header())
		assert.Contains(t, whole.Body.String(), "shadowrootmode")
	}
}

func TestEncodings(t *testing.T) {
	e, _ := newEdge(t, Config{})
	want := get(e.Handler(origin(product)), "/").Body.String()
	pack := func(encoding string) []byte {
		var b bytes.Buffer
		var w io.WriteCloser = gzip.NewWriter(&b)
		if encoding == "br" {
			w = brotli.NewWriter(&b)
		}
		io.WriteString(w, product)
		w.Close()
		return b.Bytes()
	}
	for _, encoding := range []string{"gzip", "br"} {
		body := pack(encoding)
		for _, size := range []int{1, 7, 1 << 20} {
			w := get(e.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				w.Header().Set("Content-Encoding", encoding)
				w.Header().Set("Content-Length", fmt.Sprint(len(body)))
				for piece := range slices.Chunk(body, size) {
					w.Write(piece)
					w.(http.Flusher).Flush()
				}
			})), "/")
			assert.Equal(t, want, w.Body.String(), "%s by %d", encoding, size)
			assert.Empty(t, w.Header().Get("Content-Encoding"))
		}
	}
	w := get(e.Handler(origin("", "Content-Encoding", "gzip")), "/")
	assert.Equal(t, 200, w.Code, "nothing at all")
	assert.Empty(t, w.Body.Bytes())
}

// TestFiles: a folder of files, of which pages are filled.
func TestFiles(t *testing.T) {
	e, _ := newEdge(t, Config{})
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(dir+"/a.html", []byte(product), 0o644))
	require.NoError(t, os.WriteFile(dir+"/a.txt", []byte(strings.Repeat("x", 100_000)), 0o644))
	base, client := serve(t, e.Handler(http.FileServer(http.Dir(dir))))
	for _, name := range []string{"a.html", "a.txt"} {
		response, err := client.Get(base + "/" + name)
		require.NoError(t, err)
		body, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		response.Body.Close()
		file, err := os.ReadFile(dir + "/" + name)
		require.NoError(t, err)
		assert.Equal(t, name == "a.txt", string(file) == string(body))
		assert.Equal(t, name == "a.txt", response.ContentLength == int64(len(file)))
	}
}

func TestConfigs(t *testing.T) {
	for want, c := range map[string]Config{
		`zone: no time zone "Mars"; where the system knows none, import time/tzdata`:  {Zone: "Mars"},
		`classes[0]: got "x", want one of moment, device, region, referrer, language`: {Config: moment.Config{Classes: []string{"x"}}},
		`preload[0]: href and as are needed`:                                          {Preload: []markup.Preload{{Href: "x"}}},
	} {
		_, err := New(testPack(t), c)
		assert.EqualError(t, err, "edge: "+want)
	}
	_, err := New(testPack(t), Config{Config: moment.Config{Classes: []string{"moment", "device", "language"}}, Engine: []host.Option{host.Native()}})
	assert.EqualError(t, err, "edge: classes: moment 9 × device 3 × language 5 makes 135 variants of a page, and at most 96 are allowed")
	_, err = New([]byte("x"), Config{})
	assert.Error(t, err)
}

func TestAnswers(t *testing.T) {
	e, _ := newEdge(t, Config{Zone: "UTC", CountryHeader: "X-Country", Config: moment.Config{Classes: []string{"moment", "region"}, Regions: [][]string{{"NL"}}}})
	h := e.Handler(origin("never"))
	assert.Contains(t, get(h, "/_nabij/suggest?slot=two", "X-Country", "NL").Body.String(), `"class":"2.5.0.10.0.0"`)
	assert.Contains(t, get(h, "/_nabij/health").Body.String(), `"ok":true`)
	assert.Equal(t, 404, get(h, "/_nabij/x").Code)
}
