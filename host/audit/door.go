package audit

import (
	"bufio"
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nabij/nabij/web/browser/wire"
)

// door is the one server that the browser finds behind every name. It records what comes and passes it on to where it was
// going, as the Host header has it.
type door struct {
	address string // 127.0.0.1:port
	hash    string // of the certificate's key

	plain, secure wire.Log // what came over http and ws, and over https and wss

	listener net.Listener
	servers  [2]*http.Server // plain and secure
	open     atomic.Int64    // requests whose answer is not whole yet
	out      *http.Transport

	mu         sync.Mutex
	unanswered map[string]error // by scheme and host
}

// openDoor opens a door, which close closes. out is for what it passes on.
func openDoor(out *http.Transport) (*door, error) {
	certificate, hash, err := newCertificate()
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	out = out.Clone()
	out.DisableCompression = true // the browser asks for what it can read
	d := &door{
		address: listener.Addr().String(), hash: hash, listener: listener,
		out: out, unanswered: map[string]error{},
	}
	// The browser has no ALPN to find but this: what it sends over HTTP/2 would be harder to compare.
	secure := &tls.Config{Certificates: []tls.Certificate{certificate}, NextProtos: []string{"http/1.1"}}
	lanes := [2]*lane{newLane(listener.Addr()), newLane(listener.Addr())}
	for i, scheme := range []string{"http", "https"} {
		d.servers[i] = &http.Server{
			Handler: d.counted(d.pass(scheme)), ErrorLog: log.New(io.Discard, "", 0), MaxHeaderBytes: 16 << 20,
		}
		go d.servers[i].Serve(lanes[i])
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go d.sort(conn, secure, lanes)
		}
	}()
	return d, nil
}

// sort hands a connection to the server that speaks what it begins with. One that never begins has nothing to record: that
// it was opened stands in the browser's log.
func (d *door) sort(conn net.Conn, secure *tls.Config, lanes [2]*lane) {
	peeked := &peekedConn{Conn: conn, r: bufio.NewReader(conn)}
	first, err := peeked.r.Peek(1)
	if err != nil {
		conn.Close()
		return
	}
	const handshake = 22 // the type of a TLS record, RFC 8446, section 5.1
	if first[0] == handshake {
		lanes[1].give(d.secure.Record(tls.Server(peeked, secure)))
		return
	}
	lanes[0].give(d.plain.Record(peeked))
}

// pass passes requests on. What the answer is does not matter to an audit, as long as the page works.
func (d *door) pass(scheme string) http.Handler {
	return &httputil.ReverseProxy{
		Transport: d.out, FlushInterval: -1, ErrorLog: log.New(io.Discard, "", 0),
		Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.URL.Scheme, r.Out.URL.Host, r.Out.Host = scheme, r.In.Host, r.In.Host
			// Compressed messages could not be compared, as each depends on those before.
			r.Out.Header.Del("Sec-Websocket-Extensions")
		},
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			if r.Context().Err() == nil { // else it is the browser that gave up
				d.mu.Lock()
				d.unanswered[scheme+"://"+r.Host] = err
				d.mu.Unlock()
			}
			w.WriteHeader(http.StatusBadGateway)
		},
	}
}

// counted counts the requests that are not answered. An upgraded connection has had its answer.
func (d *door) counted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") == "" {
			d.open.Add(1)
			defer d.open.Add(-1)
		}
		next.ServeHTTP(w, r)
	})
}

// Times of quiet. A page that never becomes quiet, as one that asks for news again and again, is left after the longest.
const (
	quietFor     = 600 * time.Millisecond
	patientFor   = 5 * time.Second // with answers that do not end, as those of an event stream
	quietLongest = 20 * time.Second
)

// quiet waits until nothing has come for a while.
func (d *door) quiet(ctx context.Context) error {
	begin := time.Now()
	last, since := -1, begin
	for {
		if n := d.plain.Reads() + d.secure.Reads(); n != last {
			last, since = n, time.Now()
		}
		still := time.Since(since)
		if still >= patientFor || still >= quietFor && d.open.Load() == 0 || time.Since(begin) >= quietLongest {
			return ctx.Err()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// failed returns why a host gave no answer, if it did not.
func (d *door) failed(origin string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.unanswered[origin]
}

func (d *door) close() {
	d.listener.Close()
	for _, s := range d.servers {
		s.Close()
	}
	d.out.CloseIdleConnections()
}

// peekedConn is a connection of which the first byte was looked at.
type peekedConn struct {
	net.Conn
	r *bufio.Reader
}

func (c *peekedConn) Read(p []byte) (int, error) { return c.r.Read(p) }

// lane is a listener that is given its connections.
type lane struct {
	address net.Addr
	conns   chan net.Conn
	closed  chan struct{}
	once    sync.Once
}

func newLane(address net.Addr) *lane {
	return &lane{address: address, conns: make(chan net.Conn), closed: make(chan struct{})}
}

func (l *lane) give(conn net.Conn) {
	select {
	case l.conns <- conn:
	case <-l.closed:
		conn.Close()
	}
}

func (l *lane) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *lane) Close() error   { l.once.Do(func() { close(l.closed) }); return nil }
func (l *lane) Addr() net.Addr { return l.address }
