package audit_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/audit"
)

// Without a script the pages are those of the sitemap, or else those that the start page links to.
func TestDefaultScript(t *testing.T) {
	sitemap := false
	page := func(w http.ResponseWriter, links string) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<!doctype html><title>Page</title>", links)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/en/", http.StatusFound)
			return
		}
		page(w, `<a href="#top">Top</a><a href="one">One</a><a href="https://else.example/">Else</a><a href="/file.pdf">File</a>
			<a href="?page=2">More</a><a href="/gone">Gone</a><a href="/two">Two</a><a href="two">Two</a>`)
	})
	mux.HandleFunc("/gone", http.NotFound)
	mux.HandleFunc("/file.pdf", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "application/pdf") })
	mux.HandleFunc("/sitemap.xml", func(w http.ResponseWriter, r *http.Request) {
		if !sitemap {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/xml")
		fmt.Fprint(w, `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
		for _, path := range []string{"/", "/a", "/b", "/c", "/d", "/e"} {
			fmt.Fprintf(w, "<url><loc>https://shop.example%s</loc></url>", path)
		}
		fmt.Fprint(w, "</urlset>")
	})
	server := httptest.NewServer(mux)
	defer server.Close()

	script, err := audit.DefaultScript(t.Context(), server.Client(), server.URL)
	require.NoError(t, err)
	assert.Equal(t, []string{"/en/", "/two", "/en/two"}, script.Pages)
	assert.Equal(t, audit.DefaultVisits(), script.Visits)

	sitemap = true
	script, err = audit.DefaultScript(t.Context(), server.Client(), server.URL)
	require.NoError(t, err)
	assert.Equal(t, []string{"/en/", "/b", "/d"}, script.Pages)
}
