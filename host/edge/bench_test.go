package edge

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/nabij/nabij/host"
)

// longPage is of about 20 kB, with three slots.
var longPage = "<!doctype html><html lang=en><head>" + script + "</head><body>" +
	strings.Repeat(strings.Repeat(`<div class="card" data-x="1"><p>Some text that is neither long nor short.</p><a href="/p/1">a link</a></div>`, 62)+next, 3) + "</body></html>"

// silent is a listener that does nothing.
type silent struct{}

func (silent) pass([]byte)          {}
func (silent) script([]byte)        {}
func (silent) start(string, []byte) {}
func (silent) end(string, bool)     {}

// BenchmarkScan finds the tags of a page.
func BenchmarkScan(b *testing.B) {
	page := []byte(longPage)
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		s := newScanner(silent{})
		s.write(page)
		s.finish()
	}
}

// BenchmarkPage fills one, from the cache and otherwise.
func BenchmarkPage(b *testing.B) {
	for name, age := range map[string]string{"cached": "max-age=60", "uncached": "no-store"} {
		b.Run(name, func(b *testing.B) {
			e, _ := newEdge(b, Config{Engine: []host.Option{host.CacheDir(b.TempDir())}})
			h := e.Handler(origin(longPage, "Cache-Control", age))
			r := httptest.NewRequest("GET", "/p/shirt", nil)
			b.ReportAllocs()
			for b.Loop() {
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if w.Body.Len() <= len(longPage) {
					b.Fatal("it is not filled")
				}
			}
		})
	}
}
