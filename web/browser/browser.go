package browser

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"testing"
)

// Browser is a running browser with a profile of its own. It is for one goroutine, the test's: a method that fails ends
// the test, and says which engine failed at what and in which words.
type Browser struct {
	Engine Engine

	t     testing.TB
	conn  conn
	group *group
}

// The viewport in CSS pixels of every tab until Resize.
const viewportWidth, viewportHeight = 1280, 800

// Start starts a browser with a fresh profile and one empty tab, and ends it with the test. It skips the test if the
// engine is not installed, unless CI is set in the environment: there that is a failure.
func Start(t testing.TB, engine Engine, options ...Option) *Browser {
	t.Helper()
	if testing.Short() {
		t.Skipf("left out by -short: a start of %s takes seconds", engine)
	}
	set, err := settingsFor(engine, options)
	if err != nil {
		t.Skip("left out:", err)
	}
	found, err := engine.find()
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("left out:", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	group, err := newGroup()
	if err != nil {
		t.Fatalf("%s: start: %v", engine, err)
	}
	b := &Browser{Engine: engine, t: t, group: group}
	t.Cleanup(func() {
		if b.conn != nil {
			b.conn.close()
		}
		if err := group.stop(); err != nil {
			t.Errorf("%s: stop: %v", engine, err)
		}
	})
	b.conn, err = engine.start(group, found, set)
	if err != nil {
		b.fail("start", err)
	}
	b.must("set timeouts", setTimeouts, params{
		"script": scriptLimit.Milliseconds(), "pageLoad": loadLimit.Milliseconds(), "implicit": 0,
	})
	b.Resize(viewportWidth, viewportHeight)
	return b
}

// With returns the same browser for a subtest: what fails then ends t.
func (b *Browser) With(t testing.TB) *Browser {
	with := *b
	with.t = t
	return &with
}

// must runs a command, what names it in an error, and returns its value.
func (b *Browser) must(what string, c command, p params) json.RawMessage {
	b.t.Helper()
	value, err := b.conn.send(c, p)
	if err != nil {
		b.fail(what, err)
	}
	return value
}

// into decodes a command's value.
func (b *Browser) into(v any, what string, c command, p params) {
	b.t.Helper()
	value := b.must(what, c, p)
	if err := json.Unmarshal(value, v); err != nil {
		b.t.Fatalf("%s: %s: %v in %.200s", b.Engine, what, err, value)
	}
}

// fail ends the test. If the error is not in the browser's words, what its processes printed may say why.
func (b *Browser) fail(what string, err error) {
	b.t.Helper()
	var own *driverError
	if errors.As(err, &own) {
		b.t.Fatalf("%s: %s: %v", b.Engine, what, err)
	}
	if os.IsTimeout(err) {
		err = fmt.Errorf("no answer, the page or the browser may be stuck: %w", err)
	}
	b.t.Fatalf("%s: %s: %v\n%s", b.Engine, what, err, b.group.said())
}
