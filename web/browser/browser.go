package browser

import (
	"errors"
	"os"
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
	t.Cleanup(func() {
		if err := driven.Stop(); err != nil {
			t.Error(err)
		}
	})
	return &Browser{engine, t, driven}
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
