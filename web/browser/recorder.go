package browser

import (
	"net"
	"net/http"
	"sync"
	"testing"

	"github.com/nabij/nabij/web/browser/wire"
)

// Recorder is a web server that keeps every byte that it is sent, so that a test can compare what two visits gave away.
// It speaks HTTP/1.1 without TLS.
type Recorder struct {
	URL string // http://127.0.0.1:port, without a slash at the end

	wire.Log
	server http.Server
}

// Recorded is one request, as it came.
type Recorded = wire.Request

// given are the addresses of all Recorders so far.
var given sync.Map

// NewRecorder serves the handler until the test ends, at an address that no other Recorder of this process has had: a browser that knows an
// origin of before might have something of it.
func NewRecorder(t testing.TB, handler http.Handler) *Recorder {
	t.Helper()
	var listener net.Listener
	for listener == nil {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		if _, before := given.LoadOrStore(l.Addr().String(), true); before {
			l.Close()
			continue
		}
		listener = l
	}
	r := &Recorder{URL: "http://" + listener.Addr().String()}
	r.server.Handler = handler
	go r.server.Serve(r.Listen(listener))
	t.Cleanup(func() { r.server.Close() })
	return r
}
