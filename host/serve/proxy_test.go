package serve

import (
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// raw sends bytes to a server and returns what it answers until it closes the connection.
func raw(t *testing.T, server *httptest.Server, request string) string {
	t.Helper()
	c, err := net.Dial("tcp", server.Listener.Addr().String())
	require.NoError(t, err)
	defer c.Close()
	_, err = io.WriteString(c, request)
	require.NoError(t, err)
	response, err := io.ReadAll(c)
	require.NoError(t, err)
	return string(response)
}

// Pages of the other server get the tags, whole and whatever the browser has; all else passes as it is.
func TestProxy(t *testing.T) {
	origin := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Etag", `"1"`)
		switch r.URL.Path {
		case "/page":
			if r.Header.Get("If-None-Match") != "" || r.Header.Get("Range") != "" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			if strings.Contains(r.Header.Get("Accept-Encoding"), "br") {
				w.Header().Set("Content-Encoding", "br")
			}
			fmt.Fprintf(w, "<body>%s</body>", r.URL.RawQuery)
		case "/packed":
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Encoding", r.URL.RawQuery)
			var z io.WriteCloser = gzip.NewWriter(w)
			if r.URL.RawQuery == "br" {
				z = brotli.NewWriter(w)
			}
			fmt.Fprint(z, "<body></body>")
			z.Close()
		default:
			w.Header().Set("Content-Type", "text/plain")
			body, _ := io.ReadAll(r.Body)
			fmt.Fprintf(w, "%s %s %s", r.Method, r.URL, body)
		}
	}))
	defer origin.Close()
	u, err := url.Parse(origin.URL)
	require.NoError(t, err)
	h := Proxy(u, "<t></t>")
	ask := func(method, path string, header http.Header, body string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(method, path, strings.NewReader(body))
		for name, values := range header {
			r.Header[name] = values
		}
		h.ServeHTTP(w, r)
		return w
	}
	w := ask(http.MethodGet, "/page?a=b", http.Header{
		"Sec-Fetch-Dest": {"document"}, "If-None-Match": {`"1"`}, "Range": {"bytes=0-1"}, "Accept-Encoding": {"br"},
	}, "")
	assert.Equal(t, "<body>a=b<t></t></body>", w.Body.String())
	assert.Empty(t, w.Header().Get("Etag"), "it is of another page")
	assert.Equal(t, "23", w.Header().Get("Content-Length"))

	assert.Equal(t, http.StatusNotModified, ask(http.MethodGet, "/page", http.Header{"If-None-Match": {`"1"`}}, "").Code)
	assert.Equal(t, "<body><t></t></body>", ask(http.MethodGet, "/packed?gzip", nil, "").Body.String())
	w = ask(http.MethodGet, "/packed?br", nil, "") // which nobody asked for
	plain, err := io.ReadAll(brotli.NewReader(w.Body))
	require.NoError(t, err)
	assert.Equal(t, "<body></body>", string(plain))
	w = ask(http.MethodPost, "/basket", nil, "item=1")
	assert.Equal(t, "POST /basket item=1", w.Body.String())
	assert.Equal(t, `"1"`, w.Header().Get("Etag"))

	origin.Close()
	w = ask(http.MethodGet, "/page", nil, "")
	assert.Equal(t, http.StatusBadGateway, w.Code)
	assert.Contains(t, w.Body.String(), origin.URL+" does not answer: ")
}
