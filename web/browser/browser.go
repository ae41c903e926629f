package browser

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/nabij/nabij/web/browser/driver"
)

// Browser is a running browser with a profile of its own. It is for one goroutine, the test's: a method that fails ends
// the test, and says which engine failed at what and in which words.
type Browser struct {
	Engine Engine

	t      testing.TB
	driven *driver.Browser
}

// Start starts a browser with a fresh profile and one empty tab, and ends it with the test. It skips the test if the
// engine is not installed, unless CI is set in the environment: there that is a failure.
func Start(t testing.TB, engine Engine, options ...Option) *Browser {
	t.Helper()
	driven := launch(t, engine, options...)
	t.Cleanup(func() { stop(t, driven) })
	return &Browser{engine, t, driven}
}

// idle are the browsers that Reuse is to go on with.
var idle = struct {
	sync.Mutex
	of map[Engine][]*driver.Browser
}{of: map[Engine][]*driver.Browser{}}

// Reuse is Start without options, but for that it goes on with a browser that a test which has ended left, if there is one: in a tab of its
// own, without the other test's cookies and with all that is kept by origin out of sight, as no Recorder has the address of another. It is for
// tests whose sites are Recorders. Firefox so takes a tenth of the seconds that it takes to start; WebKit starts as fast, and is
// always a new one. The package's TestMain calls Main, which ends them.
func Reuse(t testing.TB, engine Engine) *Browser {
	t.Helper()
	if engine == WebKit {
		return Start(t, engine)
	}
	idle.Lock()
	var driven *driver.Browser
	if left := idle.of[engine]; len(left) > 0 {
		driven, idle.of[engine] = left[0], left[1:]
	}
	idle.Unlock()
	if driven == nil {
		driven = launch(t, engine)
	}
	b := &Browser{engine, t, driven}
	t.Cleanup(func() {
		if t.Failed() {
			stop(t, driven)
			return
		}
		if err := driven.Renew(); err != nil {
			t.Error(err)
			stop(t, driven)
			return
		}
		idle.Lock()
		defer idle.Unlock()
		idle.of[engine] = append(idle.of[engine], driven)
	})
	b.Console() // of the test before
	return b
}

// Main runs the tests of a package, and ends the browsers that are left of Reuse.
func Main(m *testing.M) {
	code := m.Run()
	for _, left := range idle.of {
		for _, driven := range left {
			if err := driven.Stop(); err != nil {
				fmt.Fprintln(os.Stderr, err)
				code = max(code, 1)
			}
		}
	}
	os.Exit(code)
}

func stop(t testing.TB, driven *driver.Browser) {
	if err := driven.Stop(); err != nil {
		t.Error(err)
	}
}

// launch launches a browser, or skips the test.
func launch(t testing.TB, engine Engine, options ...Option) *driver.Browser {
	t.Helper()
	if testing.Short() {
		t.Skipf("left out by -short: a start of %s takes seconds", engine)
	}
	driven, err := driver.Launch(engine, options...)
	missing := errors.Is(err, driver.ErrMissing) && os.Getenv("CI") == ""
	if missing || errors.Is(err, driver.ErrOption) {
		t.Skip("left out:", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return driven
}

// With returns the same browser for a subtest: what fails then ends t.
func (b *Browser) With(t testing.TB) *Browser {
	with := *b
	with.t = t
	return &with
}

// must ends the test if there is an error.
func (b *Browser) must(err error) {
	if err != nil {
		b.t.Helper()
		b.t.Fatalf("%v", err)
	}
}

// got returns a value, and ends the test if there is an error beside it.
func got[T any](b *Browser, value T, err error) T {
	b.t.Helper()
	b.must(err)
	return value
}
