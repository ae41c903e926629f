package browser

import (
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
)

// Recorder is a web server that keeps every byte that it is sent, so that a test can compare what two visits gave away.
//
// It keeps a transcript of each connection below net/http, and splits it into requests only when Requests asks. So
// nothing is lost that no handler sees: header order and case, requests that are refused, what follows an upgrade to a
// WebSocket, connections over which nothing came. It speaks HTTP/1.1 without TLS.
type Recorder struct {
	URL string // http://127.0.0.1:port, without a slash at the end

	server http.Server
	mu     sync.Mutex
	conns  []*recordedConn // those with something to tell since the last Reset
	clock  int             // counts reads on all connections, to order requests
}

// NewRecorder serves the handler until the test ends.
func NewRecorder(t testing.TB, handler http.Handler) *Recorder {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &Recorder{URL: "http://" + listener.Addr().String()}
	r.server.Handler = handler
	go r.server.Serve(recordingListener{listener, r})
	t.Cleanup(func() { r.server.Close() })
	return r
}

// Requests returns what was received since the start or the last Reset, in the order of their first bytes. A request
// that is still being received is in it as far as it goes, without Whole.
func (r *Recorder) Requests() []Recorded {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []Recorded
	for i, c := range r.conns {
		for _, request := range split(c.bytes) {
			request.Conn, request.at = i, c.readAt(request.offset)
			all = append(all, request)
		}
	}
	slices.SortStableFunc(all, func(a, b Recorded) int { return a.at - b.at })
	return all
}

// Connections returns how many connections were opened since the start or the last Reset, or were open then. A browser
// that expects to need one opens it before it has anything to send.
func (r *Recorder) Connections() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.conns)
}

// Reset forgets what was received. Of a request that is being received it forgets only the beginning, so call it when
// the browser is idle.
func (r *Recorder) Reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conns = slices.DeleteFunc(r.conns, func(c *recordedConn) bool { return c.closed })
	for _, c := range r.conns {
		c.bytes, c.reads = nil, nil
	}
}

type recordingListener struct {
	net.Listener
	r *Recorder
}

func (l recordingListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &recordedConn{Conn: conn, r: l.r}
	l.r.mu.Lock()
	defer l.r.mu.Unlock()
	l.r.conns = append(l.r.conns, c)
	return c, nil
}

// recordedConn is a connection with its transcript; the recorder's mutex guards it.
type recordedConn struct {
	net.Conn
	r      *Recorder
	bytes  []byte
	reads  []read
	closed bool
}

// read notes when the bytes up to end came.
type read struct{ end, at int }

func (c *recordedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.r.mu.Lock()
	defer c.r.mu.Unlock()
	if n > 0 {
		c.r.clock++
		c.bytes = append(c.bytes, p[:n]...)
		c.reads = append(c.reads, read{len(c.bytes), c.r.clock})
	}
	return n, err
}

func (c *recordedConn) Close() error {
	c.r.mu.Lock()
	c.closed = true
	c.r.mu.Unlock()
	return c.Conn.Close()
}

// readAt returns when the byte at an offset came.
func (c *recordedConn) readAt(offset int) int {
	for _, r := range c.reads {
		if offset < r.end {
			return r.at
		}
	}
	return 0
}
