package driver

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// Browser is a running browser with a profile of its own. It is for one goroutine. Every error of its methods says which
// engine failed at what and in which words.
type Browser struct {
	Engine Engine

	conn  conn
	group *group
}

// The viewport in CSS pixels of every tab until Resize.
const viewportWidth, viewportHeight = 1280, 800

// Launch starts a browser with a fresh profile and one empty tab. Stop ends it; it also ends with this process, however
// that ends. ErrMissing and ErrOption are what Launch may fail with on a machine where nothing is wrong.
func Launch(engine Engine, options ...Option) (*Browser, error) {
	set, err := settingsFor(engine, options)
	if err != nil {
		return nil, err
	}
	found, err := engine.find()
	if err != nil {
		return nil, err
	}
	b := &Browser{Engine: engine}
	if b.group, err = newGroup(); err != nil {
		return nil, fmt.Errorf("%s: start: %w", engine, err)
	}
	if err := b.begin(found, set); err != nil {
		b.Stop() // the error that came first says more
		return nil, err
	}
	return b, nil
}

func (b *Browser) begin(found programs, set settings) (err error) {
	if b.conn, err = b.Engine.start(b.group, found, set); err != nil {
		return b.failed("start", err)
	}
	_, err = b.send("set timeouts", setTimeouts, params{
		"script": scriptLimit.Milliseconds(), "pageLoad": loadLimit.Milliseconds(), "implicit": 0,
	})
	if err != nil {
		return err
	}
	return b.Resize(viewportWidth, viewportHeight)
}

// Renew leaves of the browser one empty tab, of the size that tabs have at first, and no cookie: for who goes on with other sites in it, that
// is as good as a fresh profile, and takes a tenth of the time. What it has of sites that it was at, in storage and caches, it keeps. WebKit's
// driver cannot do it.
func (b *Browser) Renew() error {
	const what = "renew"
	before, err := b.Tabs()
	if err != nil {
		return err
	}
	if _, err = b.NewTab(); err != nil {
		return err
	}
	fresh, err := b.Tab()
	if err != nil {
		return err
	}
	for _, tab := range before {
		if err := b.Switch(tab); err != nil {
			return err
		}
		if _, err := b.send(what, closeWindow, nil); err != nil {
			return err
		}
	}
	if err := b.Switch(fresh); err != nil {
		return err
	}
	switch b.Engine {
	case Chromium:
		_, err = b.CDP("Network.clearBrowserCookies", nil)
	case Firefox:
		_, err = b.privileged(what, `Services.cookies.removeAll(); Services.prefs.clearUserPref("layout.css.prefers-color-scheme.content-override")`)
	default:
		err = b.errorf(what, "only a new one is new")
	}
	if err != nil {
		return err
	}
	return b.Resize(viewportWidth, viewportHeight)
}

// Quit has the browser end itself, as a person would: what it writes when it ends is written. Stop must follow.
func (b *Browser) Quit() error {
	_, err := b.send("quit", quit, nil)
	return err
}

// Stop ends every process of the browser and removes all that they wrote.
func (b *Browser) Stop() error {
	if b.conn != nil {
		b.conn.close()
	}
	if err := b.group.stop(); err != nil {
		return fmt.Errorf("%s: stop: %w", b.Engine, err)
	}
	return nil
}

// send runs a command, what names it in an error, and returns its value.
func (b *Browser) send(what string, c command, p params) (json.RawMessage, error) {
	value, err := b.conn.send(c, p)
	if err != nil {
		return nil, b.failed(what, err)
	}
	return value, nil
}

// into decodes a command's value.
func (b *Browser) into(v any, what string, c command, p params) error {
	value, err := b.send(what, c, p)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(value, v); err != nil {
		return fmt.Errorf("%s: %s: %w in %.200s", b.Engine, what, err, value)
	}
	return nil
}

// errorf returns an error that names the engine and what it failed at.
func (b *Browser) errorf(what, format string, args ...any) error {
	return fmt.Errorf("%s: %s: "+format, append([]any{b.Engine, what}, args...)...)
}

// failed wraps an error. If it is not in the browser's words, what its processes printed may say why.
func (b *Browser) failed(what string, err error) error {
	var own *driverError
	if errors.As(err, &own) {
		return b.errorf(what, "%w", err)
	}
	if os.IsTimeout(err) {
		err = fmt.Errorf("no answer, the page or the browser may be stuck: %w", err)
	}
	return b.errorf(what, "%w\n%s", err, b.group.said())
}
