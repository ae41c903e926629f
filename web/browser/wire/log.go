// Package wire keeps what came over connections, byte for byte, and finds the requests in it.
package wire

import (
	"net"
	"slices"
	"sync"
	"time"
)

// Log keeps a transcript of each connection that it is given, below net/http, and splits it into requests only when
// Requests asks. So nothing is lost that no handler sees: header order and case, requests that are refused, what follows
// an upgrade to a WebSocket, connections over which nothing came. It knows HTTP/1.1. The zero Log is ready, and any
// number of goroutines may use it.
type Log struct {
	mu    sync.Mutex
	conns []*conn // those with something to tell since the last Reset
	clock int     // counts reads on all connections, to order requests
}

// Listen returns a listener whose connections are recorded.
func (l *Log) Listen(under net.Listener) net.Listener { return listener{under, l} }

// Record returns a connection that is recorded: over TLS, one whose bytes are plain.
func (l *Log) Record(under net.Conn) net.Conn {
	c := &conn{Conn: under, log: l}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conns = append(l.conns, c)
	return c
}

// Requests returns what was received since the start or the last Reset, in the order of their first bytes. A request
// that is still being received is in it as far as it goes, without Whole.
func (l *Log) Requests() []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []Request
	for i, c := range l.conns {
		for _, request := range split(c.bytes) {
			read := c.readAt(request.offset)
			request.Conn, request.At, request.at = i, read.when, read.at
			all = append(all, request)
		}
	}
	slices.SortStableFunc(all, func(a, b Request) int { return a.at - b.at })
	return all
}

// Connections returns how many connections were opened since the start or the last Reset, or were open then. A browser
// that expects to need one opens it before it has anything to send.
func (l *Log) Connections() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.conns)
}

// Reads returns how many times something was received, since ever.
func (l *Log) Reads() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.clock
}

// Reset forgets what was received. Of a request that is being received it forgets only the beginning, so call it when
// the browser is idle.
func (l *Log) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conns = slices.DeleteFunc(l.conns, func(c *conn) bool { return c.closed })
	for _, c := range l.conns {
		c.bytes, c.reads = nil, nil
	}
}

type listener struct {
	net.Listener
	log *Log
}

func (l listener) Accept() (net.Conn, error) {
	under, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return l.log.Record(under), nil
}

// conn is a connection with its transcript; the log's mutex guards it.
type conn struct {
	net.Conn
	log    *Log
	bytes  []byte
	reads  []read
	closed bool
}

// read notes when the bytes up to end came: at counts reads.
type read struct {
	end, at int
	when    time.Time
}

func (c *conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.log.mu.Lock()
	defer c.log.mu.Unlock()
	if n > 0 {
		c.log.clock++
		c.bytes = append(c.bytes, p[:n]...)
		c.reads = append(c.reads, read{len(c.bytes), c.log.clock, time.Now()})
	}
	return n, err
}

func (c *conn) Close() error {
	c.log.mu.Lock()
	c.closed = true
	c.log.mu.Unlock()
	return c.Conn.Close()
}

// readAt returns the read that brought the byte at an offset.
func (c *conn) readAt(offset int) read {
	for _, r := range c.reads {
		if offset < r.end {
			return r
		}
	}
	return read{}
}
