package wire

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"strings"
	"time"
)

// Request is one request, as it came.
type Request struct {
	Raw    []byte      // all of it
	Method string      // empty unless Whole
	Target string      // what stands behind the method: path and query
	Header [][2]string // names and values in order, in the case they had
	Body   []byte      // decoded if it was chunked
	Whole  bool        // false for bytes that are no request, or not yet, or follow an upgrade
	Conn   int         // the same for requests of one connection
	At     time.Time   // when its first bytes came

	offset, at int // where in its connection's transcript, and when
}

// String returns the raw bytes, for a failure's message.
func (r Request) String() string { return string(r.Raw) }

// split cuts a connection's transcript into requests. What is left over is the last, not Whole.
func split(transcript []byte) []Request {
	var all []Request
	for offset := 0; offset < len(transcript); {
		request := first(transcript[offset:])
		request.offset = offset
		offset += len(request.Raw)
		all = append(all, request)
	}
	return all
}

// first returns the request that b begins with, or all of b as one that is not whole.
func first(b []byte) Request {
	rest := Request{Raw: b}
	head, _, ok := bytes.Cut(b, []byte("\r\n\r\n"))
	if !ok {
		return rest
	}
	left := bytes.NewReader(b)
	buffered := bufio.NewReader(left)
	parsed, err := http.ReadRequest(buffered)
	if err != nil {
		return rest
	}
	body, err := io.ReadAll(parsed.Body)
	if err != nil {
		return rest
	}
	lines := strings.Split(string(head), "\r\n")
	whole := Request{
		Raw:    b[:len(b)-left.Len()-buffered.Buffered()],
		Method: parsed.Method, Target: parsed.RequestURI, Body: body, Whole: true,
	}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ":")
		whole.Header = append(whole.Header, [2]string{name, strings.Trim(value, " \t")})
	}
	return whole
}
