package driver

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"
)

// marionette speaks Firefox's own protocol over TCP, which is what geckodriver would translate WebDriver into. A message
// is its length in decimal, a colon, and JSON: [0, id, command, params] there, [1, id, error, value] back.
//
// https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
type marionette struct {
	tcp  net.Conn
	in   *bufio.Reader
	last int // the newest command's id
}

// dialMarionette connects and reads the greeting.
func dialMarionette(port string) (*marionette, error) {
	tcp, err := net.DialTimeout("tcp", "127.0.0.1:"+port, startLimit)
	if err != nil {
		return nil, err
	}
	m := &marionette{tcp: tcp, in: bufio.NewReader(tcp)}
	tcp.SetDeadline(time.Now().Add(startLimit))
	var greeting struct {
		MarionetteProtocol int
	}
	if err := m.receive(&greeting); err != nil || greeting.MarionetteProtocol != 3 {
		tcp.Close()
		return nil, fmt.Errorf("marionette greets with protocol %d, want 3: %v", greeting.MarionetteProtocol, err)
	}
	return m, nil
}

func (m *marionette) send(c command, p params) (json.RawMessage, error) {
	if p == nil {
		p = params{}
	}
	m.last++
	message, err := json.Marshal([]any{0, m.last, c.marionette, p})
	if err != nil {
		return nil, err
	}
	m.tcp.SetDeadline(time.Now().Add(commandLimit))
	if _, err := fmt.Fprintf(m.tcp, "%d:%s", len(message), message); err != nil {
		return nil, err
	}
	for {
		var id int
		var failed *driverError
		var value json.RawMessage
		if err := m.receive(&[4]any{new(int), &id, &failed, &value}); err != nil {
			return nil, err
		}
		if id != m.last {
			continue // the answer to a command that was given up
		}
		if failed != nil {
			return nil, failed
		}
		return unwrap(value), nil
	}
}

// unwrap returns what is in {"value": ...}, which some commands put around theirs.
func unwrap(value json.RawMessage) json.RawMessage {
	var fields map[string]json.RawMessage
	if json.Unmarshal(value, &fields) == nil && len(fields) == 1 && fields["value"] != nil {
		return fields["value"]
	}
	return value
}

// receive reads a message into v.
func (m *marionette) receive(v any) error {
	text, err := m.in.ReadString(':')
	if err != nil {
		return err
	}
	length, err := strconv.Atoi(text[:len(text)-1])
	if err != nil || length < 0 {
		return fmt.Errorf("marionette sent %.50q where a length must be", text)
	}
	message := make([]byte, length)
	if _, err := io.ReadFull(m.in, message); err != nil {
		return err
	}
	return json.Unmarshal(message, v)
}

func (m *marionette) close() { m.tcp.Close() }
