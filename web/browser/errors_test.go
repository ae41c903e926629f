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
	fails := func(want string, use func(b *browser.Browser)) {
		t.Helper()
		if got := failure(b, use); !strings.HasPrefix(got, b.Engine.String()+": "+want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	fails("eval nosuch: ", func(b *browser.Browser) { b.Eval(`nosuch`) })
	fails("wait until document.title === 'x': after 100ms it is still false", func(b *browser.Browser) {
		b.Wait(`document.title === 'x'`, 100*time.Millisecond)
	})
	fails("close the tab: it is the last one", func(b *browser.Browser) { b.Close() })
	if b.Engine == browser.Chromium { // once, for it waits for some seconds
		fails("click #nosuch: no such element at ", func(b *browser.Browser) { b.Click("#nosuch") })
	} else {
		fails("Page.enable: only Chromium", func(b *browser.Browser) { b.CDP("Page.enable", nil) })
	}
	fails("navigate to "+refusing.URL+": ", func(b *browser.Browser) { b.Navigate(refusing.URL) })
}
