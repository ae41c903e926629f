package driver

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// webDriver speaks WebDriver over HTTP, with chromedriver and WebKitWebDriver.
type webDriver struct {
	address string // http://127.0.0.1:port
	session string // empty until there is one
	client  http.Client
}

func newWebDriver(port string) *webDriver {
	return &webDriver{address: "http://127.0.0.1:" + port, client: http.Client{Transport: &http.Transport{}}}
}

// open begins the session.
func (w *webDriver) open(capabilities params) error {
	value, err := w.send(newSession, params{"capabilities": params{"alwaysMatch": capabilities}})
	if err != nil {
		return err
	}
	var session struct{ SessionID string }
	if err := json.Unmarshal(value, &session); err != nil || session.SessionID == "" {
		return fmt.Errorf("the driver opened no session: %s", value)
	}
	w.session = session.SessionID
	return nil
}

func (w *webDriver) send(c command, p params) (json.RawMessage, error) {
	url := w.address + "/session"
	if w.session != "" {
		url += "/" + w.session
		if c.path != "" {
			url += "/" + c.path
		}
	}
	var body io.Reader
	if c.method == "POST" {
		if p == nil {
			p = params{} // drivers want an object, even of nothing
		}
		if id, ok := p["id"].(string); ok {
			url = strings.Replace(url, "{id}", id, 1)
		}
		encoded, err := json.Marshal(p)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(encoded)
	}
	limit := commandLimit
	if w.session == "" {
		limit = startLimit
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, c.method, url, body)
	if err != nil {
		return nil, err
	}
	response, err := w.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	var value struct{ Value json.RawMessage }
	if err := json.Unmarshal(answer, &value); err != nil {
		return nil, fmt.Errorf("the driver answered %s: %.200q", response.Status, answer)
	}
	if response.StatusCode != http.StatusOK {
		var failed driverError
		if err := json.Unmarshal(value.Value, &failed); err != nil {
			return nil, fmt.Errorf("the driver answered %s: %.200q", response.Status, answer)
		}
		return nil, &failed
	}
	return value.Value, nil
}

func (w *webDriver) close() { w.client.CloseIdleConnections() }
