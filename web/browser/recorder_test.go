package browser_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/nabij/nabij/web/browser"
)

// exchange sends bytes over a new connection and returns it when the last answer has come.
func exchange(t *testing.T, r *browser.Recorder, sent string, answers int) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(r.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(30 * time.Second))
	if _, err := io.WriteString(conn, sent); err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for strings.Count(got.String(), "HTTP/1.1 ") < answers {
		if _, err := io.CopyN(&got, conn, 1); err != nil {
			t.Fatalf("%v after %q", err, &got)
		}
	}
	return conn
}

func TestRecorder(t *testing.T) {
	const (
		get     = "GET /a?b=%20c HTTP/1.1\r\nhost: x\r\nX-Twice: 1\r\nx-tWICE:2 \r\n\r\n"
		post    = "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n\r\n\r\n"
		chunked = "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
		broken  = "what is this"
	)
	r := browser.NewRecorder(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
	}))
	exchange(t, r, get+post+chunked+get, 4)
	exchange(t, r, broken+"\r\n\r\n", 1) // which net/http answers without a handler
	exchange(t, r, "", 0)

	var got strings.Builder
	for _, request := range r.Requests() {
		fmt.Fprintf(&got, "%d %v %s %s %q %q\n%q\n", request.Conn, request.Whole, request.Method, request.Target,
			request.Header, request.Body, request)
	}
	want := fmt.Sprintf(`0 true GET /a?b=%%20c [["host" "x"] ["X-Twice" "1"] ["x-tWICE" "2"]] ""
%q
0 true POST /p [["Host" "x"] ["Content-Length" "4"]] "\r\n\r\n"
%q
0 true POST /c [["Host" "x"] ["Transfer-Encoding" "chunked"]] "abcde"
%q
0 true GET /a?b=%%20c [["host" "x"] ["X-Twice" "1"] ["x-tWICE" "2"]] ""
%q
1 false   [] ""
"what is this\r\n\r\n"
`, get, post, chunked, get)
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &got, want)
	}
}

func TestRecorderConnectionsAndReset(t *testing.T) {
	r := browser.NewRecorder(t, http.NotFoundHandler())
	for range 3 {
		exchange(t, r, "", 0)
	}
	conn := exchange(t, r, "GET / HTTP/1.1\r\nHost: x\r\n\r\n", 1)
	if n := r.Connections(); n != 4 {
		t.Errorf("got %d connections, want those without a request too", n)
	}
	r.Reset()
	if left := r.Requests(); left != nil {
		t.Errorf("after Reset there is still %q", left)
	}
	const second = "GET /second HTTP/1.1\r\nHost: x\r\n\r\n"
	io.WriteString(conn, second)
	for range 500 {
		if len(r.Requests()) > 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if got := r.Requests(); len(got) != 1 || got[0].String() != second || !got[0].Whole {
		t.Errorf("got %q, want one request on the connection that stayed", got)
	}
}
