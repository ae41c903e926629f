package browser_test

import (
	"net/http"
	"testing"

	"github.com/nabij/nabij/web/browser"
)

func TestMain(m *testing.M) { browser.Main(m) }

// Nothing of a test shows in the next one's browser, though it is the same.
func TestReuse(t *testing.T) {
	page := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte(`<!doctype html><title>Page</title><link rel=icon href="data:,">`))
	})
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			started := map[string]bool{}
			for _, name := range []string{"one", "two", "three"} {
				t.Run(name, func(t *testing.T) {
					r := browser.NewRecorder(t, page)
					b := browser.Reuse(t, engine)
					b.Navigate(r.URL)
					b.CollectErrors()
					started[string(b.Tab())] = true
					is(t, b, `[document.cookie, sessionStorage.length, localStorage.length, innerWidth, innerHeight, matchMedia("(prefers-color-scheme: dark)").matches]`,
						[]any{"", 0.0, 0.0, 1280.0, 800.0, false})
					if n := len(b.Tabs()); n != 1 {
						t.Errorf("%d tabs", n)
					}
					if got := b.Console(); len(got) > 0 {
						t.Errorf("the console has %v", got)
					}
					b.Eval(`() => { document.cookie = "seen=yes; max-age=3600"; sessionStorage.a = localStorage.a = 1; console.error("wrong") }`)
					if engine != browser.WebKit {
						b.ColourScheme(browser.Dark)
					}
					b.Resize(400, 600)
					b.Open(r.URL + "/two")
					b.CollectErrors()
					b.Eval(`() => { console.error("wrong again") }`)
				})
			}
			if len(started) != 3 {
				t.Errorf("tabs of before: %v", started)
			}
		})
	}
}
