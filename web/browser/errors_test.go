package browser_test

import (
	"fmt"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/nabij/nabij/web/browser"
)

// failing is a test that keeps what it fails of.
type failing struct {
	testing.TB
	said string
}

func (f *failing) Helper() {}
func (f *failing) Fatalf(format string, args ...any) {
	f.said = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// failure returns how a use of the browser fails its test.
func failure(b *browser.Browser, use func(b *browser.Browser)) string {
	f := &failing{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		use(b.With(f))
	}()
	<-done
	return f.said
}

func testErrors(t *testing.T, b *browser.Browser, url string) {
	refusing := httptest.NewServer(nil)
	refusing.Close()
	b.Navigate(url + "/")
	for _, test := range []struct {
		want string // in the error, behind the engine's name
		use  func(b *browser.Browser)
	}{
		{"eval nosuch: ", func(b *browser.Browser) { b.Eval(`nosuch`) }},
		{"navigate to " + refusing.URL + ": ", func(b *browser.Browser) { b.Navigate(refusing.URL) }},
		{"wait until document.title === 'x': after 100ms it is still false", func(b *browser.Browser) {
			b.Wait(`document.title === 'x'`, 100*time.Millisecond)
		}},
		{"click #nosuch: no such element at ", func(b *browser.Browser) { b.Click("#nosuch") }},
	} {
		if got := failure(b, test.use); !strings.HasPrefix(got, b.Engine.String()+": "+test.want) {
			t.Errorf("got %q, want %q", got, test.want)
		}
		b.Navigate(url + "/")
	}
}
