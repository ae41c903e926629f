// Package pagetest has the cases that all who fill pages are tested on: host/edge and the worker, which so do the same. They are in
// wasm/edge/testdata/pages: cases.json has what an origin answers and what visitors ask, NAME.txt what they get, of which
//
//	UPDATE=1 go test ./host/edge -run Pages
//
// writes those that are missing or have changed.
package pagetest

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/edge/answer"
)

// Headers are names and values, in pairs.
type Headers [][2]string

func (h Headers) has(name string) bool {
	return slices.ContainsFunc(h, func(pair [2]string) bool { return strings.EqualFold(pair[0], name) })
}

// Case is a page, and what visitors ask for it one after the other. In headers {version} stands for the pack's version.
type Case struct {
	Name string `json:"name"`
	// Config is the name of a configuration, empty for the usual one.
	Config string `json:"config"`
	// Status is what the origin answers with, 0 for 200; 304 is its answer where If-None-Match has its ETag, whatever Status is.
	Status  int     `json:"status"`
	Headers Headers `json:"headers"`
	Body    string  `json:"body"`
	// Latin1 says that each character of Body is a byte.
	Latin1 bool `json:"latin1"`
	// Encoded is "gzip" or "br" for a body that the origin compresses.
	Encoded string `json:"encoded"`
	// Requests are one that asks for nothing particular where there are none.
	Requests []Request `json:"requests"`
}

// Request is what a visitor asks.
type Request struct {
	Method string `json:"method"` // empty is GET
	Path   string `json:"path"`   // empty is /p/shirt
	// Headers are those besides Accept, which is that of a browser that goes to a page.
	Headers Headers `json:"headers"`
	Zone    string  `json:"zone"`
	Country string  `json:"country"`
}

// Suite is all of the cases.
type Suite struct {
	// Now is the time at which they are asked.
	Now time.Time `json:"now"`
	// Configs are configurations by name, as edge.json has them.
	Configs map[string]json.RawMessage `json:"configs"`
	Cases   []Case                     `json:"cases"`
	// Pack is the pack of all cases.
	Pack []byte `json:"-"`

	version, dir string
}

// Load reads the cases, from the package's directory of the test to that of the repository by root.
func Load(t *testing.T, root string) *Suite {
	t.Helper()
	s := &Suite{dir: filepath.Join(root, "wasm/edge/testdata/pages")}
	data, err := os.ReadFile(filepath.Join(s.dir, "cases.json"))
	require.NoError(t, err)
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	require.NoError(t, d.Decode(s))
	s.Pack, err = os.ReadFile(filepath.Join(root, "wasm/edge/testdata/markup/test.pack"))
	require.NoError(t, err)
	p, err := pack.Open(s.Pack)
	require.NoError(t, err)
	s.version = answer.Version(p)
	return s
}

// Site is what fills pages, before an Origin.
type Site struct {
	URL string
	// Origin is the one that it is before.
	Origin *Origin
	// Ask changes a request so that it comes from a time zone and a country.
	Ask func(r *http.Request, zone, country string)
	// Kept is called where a page of a host must have been kept before the next request; nil where it has by then.
	Kept func(host string)
	// Golden says that UPDATE=1 writes what this one answers.
	Golden bool
}

// Run asks for the pages of a configuration. Each case has a host of its own, so that none is answered from another one's pages.
func (s *Suite) Run(t *testing.T, config string, site Site) {
	for k, c := range s.Cases {
		if c.Config != config {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			host := fmt.Sprintf("c%d.example", k)
			site.Origin.serve(host, c, s.body(t, c))
			want := s.golden(t, c)
			var got bytes.Buffer
			requests := c.Requests
			if len(requests) == 0 {
				requests = []Request{{}}
			}
			answers := strings.Split(want, separator)
			for n, r := range requests {
				if n > 0 {
					got.WriteString(separator)
				}
				got.WriteString(s.ask(t, site, host, r))
				if site.Kept != nil && n+1 < len(answers) && !strings.HasPrefix(answers[n], unasked) && strings.HasPrefix(answers[n+1], unasked) {
					site.Kept(host)
				}
			}
			if os.Getenv("UPDATE") != "" && site.Golden {
				require.NoError(t, os.WriteFile(s.file(c), got.Bytes(), 0o644))
				return
			}
			assert.Equal(t, want, got.String(), "%s; UPDATE=1 go test ./host/edge -run Pages rewrites it", s.file(c))
		})
	}
}

const (
	separator = "\n----\n"
	unasked   = "The origin is not asked.\n"
)

var noLetters = regexp.MustCompile(`[^a-z0-9]+`)

func (s *Suite) file(c Case) string {
	return filepath.Join(s.dir, strings.Trim(noLetters.ReplaceAllString(strings.ToLower(c.Name), "-"), "-")+".txt")
}

func (s *Suite) golden(t *testing.T, c Case) string {
	data, err := os.ReadFile(s.file(c))
	if os.Getenv("UPDATE") == "" {
		require.NoError(t, err)
	}
	return string(data)
}

// Whole checks that there is a file for each case, and no other.
func (s *Suite) Whole(t *testing.T) {
	want := []string{filepath.Join(s.dir, "cases.json")}
	for _, c := range s.Cases {
		require.NotContains(t, want, s.file(c), "a name twice")
		require.Contains(t, s.Configs, c.Config, c.Name)
		want = append(want, s.file(c))
	}
	got, err := filepath.Glob(filepath.Join(s.dir, "*"))
	require.NoError(t, err)
	assert.ElementsMatch(t, want, got)
}

func (s *Suite) body(t *testing.T, c Case) []byte {
	body := []byte(c.Body)
	if c.Latin1 {
		body = body[:0]
		for _, r := range c.Body {
			require.Less(t, r, rune(256))
			body = append(body, byte(r))
		}
	}
	var b bytes.Buffer
	var w io.WriteCloser
	switch c.Encoded {
	case "":
		return body
	case "gzip":
		w = gzip.NewWriter(&b)
	case "br":
		w = brotli.NewWriter(&b)
	}
	_, err := w.Write(body)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

var client = &http.Client{
	Transport:     &http.Transport{DisableCompression: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// ask returns what a visitor gets, and what their request had the origin be asked.
func (s *Suite) ask(t *testing.T, site Site, host string, asked Request) string {
	method, path := asked.Method, asked.Path
	if method == "" {
		method = "GET"
	}
	if path == "" {
		path = "/p/shirt"
	}
	r, err := http.NewRequest(method, site.URL+path, nil)
	require.NoError(t, err)
	r.Host = host
	if !asked.Headers.has("Accept") {
		r.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	}
	for _, h := range asked.Headers {
		r.Header.Add(h[0], strings.ReplaceAll(h[1], "{version}", s.version))
	}
	site.Ask(r, asked.Zone, asked.Country)
	response, err := client.Do(r)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)

	var b strings.Builder
	if upstream := site.Origin.seen(host); upstream != nil {
		fmt.Fprintf(&b, "The origin is asked: %s %s\n", upstream.Method, upstream.URL.RequestURI())
		write(&b, upstream.Header, func(name string) bool { return slices.Contains(conditions, name) })
	} else {
		b.WriteString(unasked)
	}
	fmt.Fprintf(&b, "\n%d\n", response.StatusCode)
	write(&b, response.Header, func(name string) bool {
		return !slices.Contains(ofConnection, name) && !(response.StatusCode == http.StatusNotModified && name == "Content-Type") // which net/http leaves out
	})
	return strings.ReplaceAll(b.String(), s.version, "{version}") + "\n" + string(body)
}

// conditions are the headers of a request that an edge changes, or tells its origin of.
var conditions = []string{"If-None-Match", "If-Modified-Since", "If-Range", "Range", "Save-Data", "Sec-Gpc"}

// ofConnection are headers that say nothing of a page.
var ofConnection = []string{"Connection", "Content-Length", "Date", "Keep-Alive", "Transfer-Encoding"}

func write(b *strings.Builder, h http.Header, wanted func(name string) bool) {
	for name := range h {
		if !wanted(name) {
			h.Del(name)
		}
	}
	_ = h.Write(lines{b}) // to memory
}

// lines drops what ends lines of HTTP beside their end.
type lines struct{ to *strings.Builder }

func (l lines) Write(p []byte) (int, error) {
	l.to.Write(bytes.ReplaceAll(p, []byte("\r"), nil))
	return len(p), nil
}

// Origin is a server of the cases' pages.
type Origin struct {
	mu    sync.Mutex
	pages map[string]*origin
}

type origin struct {
	Case
	body []byte
	last *http.Request
}

// NewOrigin returns one that has no page yet.
func NewOrigin() *Origin { return &Origin{pages: map[string]*origin{}} }

func (o *Origin) serve(host string, c Case, body []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.pages[host] = &origin{Case: c, body: body}
}

// seen returns the request that has come since it was called last, nil where none has.
func (o *Origin) seen(host string) *http.Request {
	o.mu.Lock()
	defer o.mu.Unlock()
	page := o.pages[host]
	last := page.last
	page.last = nil
	return last
}

func (o *Origin) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	page := o.pages[r.Host]
	if page == nil {
		o.mu.Unlock()
		http.NotFound(w, r)
		return
	}
	page.last = r.Clone(r.Context())
	o.mu.Unlock()
	h := w.Header()
	for _, pair := range page.Headers {
		h.Add(pair[0], pair[1])
	}
	if !page.Headers.has("Content-Type") {
		h.Set("Content-Type", "text/html; charset=utf-8")
	}
	if page.Encoded != "" {
		h.Set("Content-Encoding", page.Encoded)
	}
	if tag := h.Get("ETag"); tag != "" && strings.Contains(r.Header.Get("If-None-Match"), tag) {
		h.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if page.Status != 0 {
		w.WriteHeader(page.Status)
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(page.body)
	}
}
