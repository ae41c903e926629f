package audit

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strconv"
	"time"
)

// pac is the browser's proxy script. It sends nothing to a proxy, but Chromium asks it before it looks up a name for any
// reason, and writes its alerts into the log.
const pac = `function FindProxyForURL(url, host) { alert(url); return "DIRECT"; }`

// netEvent is what Chromium's own log says of something that has no bytes at the door.
type netEvent struct {
	kind   Kind
	origin string // scheme://host:port, or an address for UDP
	at     time.Time
}

// socket stands for the address of a socket that has sent nothing yet.
const socket = "a socket of WebRTC"

// errNoLog is what readNetLog fails with when the browser has not written its log.
var errNoLog = errors.New("the browser has written no log of its network")

// readNetLog reads Chromium's log, https://www.chromium.org/for-testers/providing-network-details/: a line of constants,
// then a line for each event. Its last lines may be missing.
func readNetLog(path string) ([]netEvent, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoLog, err)
	}
	defer f.Close()
	in := bufio.NewReader(f)
	head, err := in.ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoLog, err)
	}
	var c struct {
		Constants struct {
			TimeTickOffset json.Number
			LogEventTypes  map[string]int
		}
	}
	head = append(bytes.TrimRight(head, ",\n"), '}')
	if err := json.Unmarshal(head, &c); err != nil {
		return nil, fmt.Errorf("%w: %w", errNoLog, err)
	}
	types := map[int]string{}
	for _, name := range []string{"PAC_JAVASCRIPT_ALERT", "HTTP_STREAM_JOB_CONTROLLER", "UDP_BYTES_SENT",
		"UDP_LOCAL_ADDRESS", "UDP_CONNECT", "QUIC_SESSION_WEBTRANSPORT_CLIENT_ALIVE"} {
		number, ok := c.Constants.LogEventTypes[name]
		if !ok {
			return nil, fmt.Errorf("%w of which we can read everything: it has no %s", errNoLog, name)
		}
		types[number] = name
	}
	offset, err := strconv.ParseInt(c.Constants.TimeTickOffset.String(), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("%w: its times begin at %q", errNoLog, c.Constants.TimeTickOffset)
	}
	var events []netEvent
	connected := map[int]bool{} // sockets of UDP that have one address to send to, as those by which Chromium looks for routes
	for {
		line, err := in.ReadBytes('\n')
		var e logged
		// Lines end with what parts them, or closes the list; those that begin with neither are no events.
		if json.NewDecoder(bytes.NewReader(line)).Decode(&e) == nil {
			name := types[e.Type]
			connected[e.Source.ID] = connected[e.Source.ID] || name == "UDP_CONNECT"
			if event, ok := e.event(name); ok && !(event.kind == Datagram && connected[e.Source.ID]) {
				ms, _ := strconv.ParseInt(e.Time, 10, 64)
				event.at = time.UnixMilli(offset + ms)
				events = append(events, event)
			}
		}
		if err == io.EOF {
			return events, nil
		} else if err != nil {
			return nil, err
		}
	}
}

// logged is a line of the log.
type logged struct {
	Time   string
	Type   int
	Phase  int // 1 begins
	Source struct{ ID int }
	Params struct {
		Message      string
		URL          string
		IsPreconnect bool `json:"is_preconnect"`
		Address      string
	}
}

func (e logged) event(name string) (netEvent, bool) {
	switch {
	case name == "PAC_JAVASCRIPT_ALERT":
		return netEvent{kind: Lookup, origin: originOf(e.Params.Message)}, true
	case name == "HTTP_STREAM_JOB_CONTROLLER" && e.Phase == 1 && e.Params.IsPreconnect:
		return netEvent{kind: Preconnect, origin: originOf(e.Params.URL)}, true
	case name == "QUIC_SESSION_WEBTRANSPORT_CLIENT_ALIVE" && e.Phase == 1:
		return netEvent{kind: Transport, origin: originOf(e.Params.URL)}, true
	case name == "UDP_LOCAL_ADDRESS":
		return netEvent{kind: Datagram, origin: socket}, true
	case name == "UDP_BYTES_SENT" && e.Params.Address != "":
		return netEvent{kind: Datagram, origin: e.Params.Address}, true
	}
	return netEvent{}, false
}

// originOf returns scheme, host and port of an address; ws is http to all who look on.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	switch u.Scheme {
	case "ws":
		u.Scheme = "http"
	case "wss":
		u.Scheme = "https"
	}
	return u.Scheme + "://" + u.Host
}
