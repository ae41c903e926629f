package axe_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/nabij/nabij/web/browser"
	"github.com/nabij/nabij/web/browser/axe"
)

// strict is a page that lets nothing run, and has faults in and out of a shadow root.
const strict = `<!doctype html><html lang="en"><head><title>Faults</title></head><body><main><h1>Faults</h1>
<p style="color: #ccc; background: #fff">faint</p>
<div><template shadowrootmode="open"><button></button></template></div>
<p style="background: linear-gradient(#fff, #000)">over a picture</p></main></body></html>`

// Faults are found in every engine, through a policy under which the page could not load axe.
func TestFaultsAreFound(t *testing.T) {
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			r := browser.NewRecorder(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types 'none'")
				w.Write([]byte(strict))
			}))
			b := browser.Start(t, engine)
			b.Navigate(r.URL)
			for range 2 {
				report := axe.Run(t, b)
				var found []string
				for _, f := range report.Violations {
					found = append(found, f.Rule+" "+f.Target)
				}
				assert.ElementsMatch(t, []string{"color-contrast p:nth-child(2)", "button-name div >>> button"}, found)
				if assert.Len(t, report.Incomplete, 1) {
					assert.Equal(t, "color-contrast", report.Incomplete[0].Rule)
				}
				assert.Contains(t, report.Passes, "target-size")
			}
		})
	}
}
