package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"mime"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/wasm/abi/abitest"
)

// page is a site of one page, which shows its tags.
func page(tags template.HTML) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<!doctype html>", tags)
	})
}

// built returns a build of one of the packs that tests have.
func built(name string) func(context.Context) (Built, error) {
	return func(context.Context) (Built, error) {
		return Built{Pack: abitest.Pack(name), Pages: page, About: name}, nil
	}
}

func get(t *testing.T, h http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

var (
	scriptSource = regexp.MustCompile(`src="([^"]+)"`)
	packFile     = regexp.MustCompile(`nabij-[0-9a-f]{10}\.pack`)
)

// A page names the script and the overlay; the script names files that are there, as are those of the build before.
func TestServer(t *testing.T) {
	name := "shop"
	s := New(Options{Build: func(ctx context.Context) (Built, error) { return built(name)(ctx) }})
	require.NoError(t, s.Build(t.Context()))
	var scripts []string
	for _, found := range scriptSource.FindAllStringSubmatch(get(t, s, "/").Body.String(), -1) {
		scripts = append(scripts, found[1])
	}
	require.Equal(t, []string{"/nabij/nabij.js", "/nabij/-/debug.js"}, scripts)
	for _, script := range scripts {
		w := get(t, s, script)
		assert.Equal(t, http.StatusOK, w.Code, script)
		assert.Equal(t, "text/javascript; charset=utf-8", w.Header().Get("Content-Type"))
		assert.Equal(t, "no-cache", w.Header().Get("Cache-Control"))
		assert.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"))
		r := httptest.NewRequest(http.MethodGet, script, nil)
		r.Header.Set("If-None-Match", w.Header().Get("ETag"))
		again := httptest.NewRecorder()
		s.ServeHTTP(again, r)
		assert.Equal(t, http.StatusNotModified, again.Code, "it travels once")
	}
	pack := func() string { return packFile.FindString(get(t, s, "/nabij/nabij.js").Body.String()) }
	first := pack()
	w := get(t, s, "/nabij/"+first)
	assert.Equal(t, abitest.Pack("shop"), w.Body.Bytes())
	assert.Equal(t, "application/octet-stream", w.Header().Get("Content-Type"))
	assert.Equal(t, "max-age=31536000, immutable", w.Header().Get("Cache-Control"))

	name = abitest.Packs[0]
	if name == "shop" {
		name = abitest.Packs[1]
	}
	require.NoError(t, s.Build(t.Context()))
	assert.NotEqual(t, first, pack())
	assert.Equal(t, http.StatusOK, get(t, s, "/nabij/"+first).Code, "a page that is open still finds what it asks for")
	assert.Equal(t, http.StatusOK, get(t, s, "/nabij/"+pack()).Code)
	assert.Equal(t, http.StatusNotFound, get(t, s, "/nabij/nabij-0000000000.pack").Code)
}

// What suggestions do with a visit is there to read, and anew with each build.
// A browser takes nothing whose type it is not told.
func TestEachFileHasAType(t *testing.T) {
	s := New(Options{Build: built("shop")})
	require.NoError(t, s.Build(t.Context()))
	require.NotEmpty(t, s.files)
	for name := range s.files {
		kind, _, err := mime.ParseMediaType(get(t, s, Base+name).Header().Get("Content-Type"))
		assert.NoError(t, err, name)
		if path.Ext(name) != ".pack" {
			assert.NotEqual(t, "application/octet-stream", kind, name)
		}
	}
}

func TestPolicyIsServed(t *testing.T) {
	s := New(Options{Build: built("shop")})
	require.NoError(t, s.Build(t.Context()))
	for name, contentType := range map[string]string{
		"policy.en.html": "text/html; charset=utf-8", "policy.nl.html": "text/html; charset=utf-8", "policy.json": "application/json",
	} {
		w := get(t, s, "/nabij/"+name)
		assert.Equal(t, http.StatusOK, w.Code, name)
		assert.Equal(t, contentType, w.Header().Get("Content-Type"))
		assert.Equal(t, "no-cache", w.Header().Get("Cache-Control"))
	}
}

// Without the overlay a page has the script alone, and there is nothing to listen to.
func TestPlain(t *testing.T) {
	s := New(Options{Build: built("shop"), Plain: true})
	require.NoError(t, s.Build(t.Context()))
	assert.Equal(t, `<!doctype html><script defer src="/nabij/nabij.js"></script>`, get(t, s, "/").Body.String())
	assert.Equal(t, http.StatusNotFound, get(t, s, "/nabij/-/debug.js").Code)
	assert.Equal(t, http.StatusNotFound, get(t, s, "/nabij/-/events").Code)
}

// A response says how many bytes its request took on the wire.
func TestSentBytes(t *testing.T) {
	s := New(Options{Build: built("shop")})
	require.NoError(t, s.Build(t.Context()))
	server := httptest.NewServer(s)
	defer server.Close()
	request := "POST /page?q=1 HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 5\r\nConnection: close\r\nCookie: a=b\r\n\r\nhello"
	response := raw(t, server, request)
	assert.Contains(t, response, fmt.Sprintf("Server-Timing: nabij-sent;dur=%d\r\n", len(request)))
}

// listening is a page that hears of changes.
type listening struct {
	t      *testing.T
	events *bufio.Scanner
}

func listen(t *testing.T, s *Server) *listening {
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/nabij/-/events", nil)
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	t.Cleanup(func() { response.Body.Close() })
	require.Equal(t, "text/event-stream", response.Header.Get("Content-Type"))
	return &listening{t, bufio.NewScanner(response.Body)}
}

func (l *listening) next() (now state) {
	l.t.Helper()
	for l.events.Scan() {
		if data, ok := strings.CutPrefix(l.events.Text(), "data: "); ok {
			require.NoError(l.t, json.Unmarshal([]byte(data), &now))
			return now
		}
	}
	require.Fail(l.t, "the events have ended", l.events.Err())
	return now
}

// Pages that are open hear of builds and of failures; after one, what there was is still served.
func TestEvents(t *testing.T) {
	var failure error
	s := New(Options{Build: func(ctx context.Context) (Built, error) {
		b, _ := built("shop")(ctx)
		return b, failure
	}})
	require.NoError(t, s.Build(t.Context()))
	page := listen(t, s)
	first := page.next()
	assert.Empty(t, first.Error)
	assert.Contains(t, get(t, s, "/").Body.String(), `data-build="`+first.Build+`"`)

	failure = errors.New("feed.xml:3: no title")
	require.ErrorIs(t, s.Build(t.Context()), failure)
	assert.Equal(t, state{first.Build, "feed.xml:3: no title"}, page.next())
	assert.Equal(t, http.StatusOK, get(t, s, "/nabij/nabij.js").Code)

	failure = nil
	require.NoError(t, s.Build(t.Context()))
	second := page.next()
	assert.NotEqual(t, first.Build, second.Build)
	assert.Empty(t, second.Error)
	assert.Contains(t, get(t, s, "/").Body.String(), `data-build="`+second.Build+`"`)
}
