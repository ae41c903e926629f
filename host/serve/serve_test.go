package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

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

// A feed that changes is built again, in place or put in place; pages that change are loaded again without a build; hidden files
// and those beside a feed are nothing.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	write("feed.csv", "one")
	write("site/index.html", "one")
	var mu sync.Mutex
	builds, lines := 0, []string(nil)
	s := New(Options{
		Build: func(ctx context.Context) (Built, error) {
			mu.Lock()
			defer mu.Unlock()
			builds++
			if text, err := os.ReadFile(filepath.Join(dir, "feed.csv")); err != nil || string(text) == "broken" {
				return Built{}, errors.New("broken")
			}
			return built("shop")(ctx)
		},
		Watch: []string{filepath.Join(dir, "feed.csv")}, Pages: []string{filepath.Join(dir, "site")},
		Log: func(line string) {
			mu.Lock()
			defer mu.Unlock()
			lines = append(lines, line)
		},
	})
	require.NoError(t, s.Build(t.Context()))
	page := listen(t, s)
	last := page.next()
	ended := make(chan error)
	ctx, stop := context.WithCancel(t.Context())
	go func() { ended <- s.Watch(ctx) }()
	time.Sleep(settle) // it says nowhere that it watches

	changed := func(what string, wantBuilds int) {
		t.Helper()
		now := page.next()
		assert.NotEqual(t, last.Build, now.Build, what)
		last = now
		mu.Lock()
		defer mu.Unlock()
		assert.Equal(t, wantBuilds, builds, what)
	}
	write("feed.csv", "two")
	changed("written over", 2)
	write("new.csv", "three")
	require.NoError(t, os.Rename(filepath.Join(dir, "new.csv"), filepath.Join(dir, "feed.csv")))
	changed("put in place", 3)
	write("site/index.html", "two")
	changed("a page", 3)
	write("site/guides/new.html", "one")
	changed("a page in a new folder", 3)
	write("site/guides/new.html", "two")
	changed("a page in a folder that was new", 3)
	write("site/.hidden", "one")
	write("beside.txt", "one")
	write("feed.csv", "broken")
	now := page.next()
	assert.Equal(t, state{last.Build, "broken"}, now)
	write("feed.csv", "mended")
	changed("mended", 5)
	stop()
	require.NoError(t, <-ended)
	assert.Equal(t, "Not built, what is served is of before: broken", lines[len(lines)-2])
	assert.Regexp(t, `^Built again in .+: shop\.$`, lines[len(lines)-1])

	s = New(Options{Build: built("shop"), Watch: []string{filepath.Join(dir, "none")}})
	assert.ErrorContains(t, s.Watch(t.Context()), "none")
}

func TestFolder(t *testing.T) {
	h := Folder(fstest.MapFS{
		"index.html":         {Data: []byte("<body>home</body>")},
		"about.html":         {Data: []byte("about")},
		"shop/index.html":    {Data: []byte("shop")},
		"shop/a.b/index.htm": {Data: []byte("a.b")},
		"style.css":          {Data: []byte("a {}")},
		"empty/x.txt":        {Data: []byte("x")},
		"404.html":           {Data: []byte("lost")},
	}, "<t></t>")
	for _, test := range []struct {
		path     string
		status   int
		body     string
		location string
	}{
		{"/", 200, "<body>home<t></t></body>", ""},
		{"/index.html", 200, "<body>home<t></t></body>", ""},
		{"/about", 200, "about<t></t>", ""},
		{"/about.html", 200, "about<t></t>", ""},
		{"/about/", 404, "lost<t></t>", ""},
		{"/shop/", 200, "shop<t></t>", ""},
		{"/shop?a=b", 301, "", "/shop/?a=b"},
		{"/shop/a.b/", 200, "a.b<t></t>", ""},
		{"/style.css", 200, "a {}", ""},
		{"/empty/", 404, "lost<t></t>", ""},
		{"/empty", 404, "lost<t></t>", ""},
		{"/../about", 200, "about<t></t>", ""},
		{"/no%00thing", 404, "lost<t></t>", ""},
	} {
		t.Run(test.path, func(t *testing.T) {
			w := get(t, h, test.path)
			assert.Equal(t, test.status, w.Code)
			assert.Equal(t, test.location, w.Header().Get("Location"))
			if test.location == "" {
				assert.Equal(t, test.body, w.Body.String())
				assert.Equal(t, "no-cache", w.Header().Get("Cache-Control"))
			}
		})
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", nil))
	assert.Equal(t, http.StatusMethodNotAllowed, w.Code)
}

func TestInsert(t *testing.T) {
	const tags = "<script defer src=\"/nabij/nabij.js\"></script>\n<script defer src=\"/nabij/-/debug.js\"></script>"
	const debug = `<script defer src="/nabij/-/debug.js"></script>`
	for _, test := range []struct{ name, page, want string }{
		{"at the body's end", "<body>a</body></html>", "<body>a" + tags + "</body></html>"},
		{"at the last of two", "<!-- </body> --><body>a</BODY >", "<!-- </body> --><body>a" + tags + "</BODY >"},
		{"at the end of what has none", "a", "a" + tags},
		{"the overlay alone", `<script defer src="/nabij/nabij.js"></script><body>a</body>`, `<script defer src="/nabij/nabij.js"></script><body>a` + debug + `</body>`},
		{"in other words", `<SCRIPT SRC='https://shop.example/nabij/nabij.js' defer></SCRIPT>`, `<SCRIPT SRC='https://shop.example/nabij/nabij.js' defer></SCRIPT>` + debug},
		{"another's script", `<script src="/js/nabij.json"></script>`, `<script src="/js/nabij.json"></script>` + tags},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, string(insert([]byte(test.page), tags)))
		})
	}
	assert.Equal(t, "a", string(insert([]byte("a"), "")), "a page gets nothing where there is nothing")
	assert.Equal(t, `<script src="/nabij/nabij.js"></script>`,
		string(insert([]byte(`<script src="/nabij/nabij.js"></script>`), `<script defer src="/nabij/nabij.js"></script>`)), "nor twice the same")
}
