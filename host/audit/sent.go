package audit

import (
	"fmt"
	"strings"
	"time"

	"github.com/nabij/nabij/web/browser/wire"
)

// Kind is what kind of thing left the browser.
type Kind string

// What can leave.
const (
	Request    Kind = "request"      // over HTTP; a WebSocket's messages belong to the request that opened it
	Bytes      Kind = "bytes"        // over a connection to a name, but no HTTP
	Preconnect Kind = "connection"   // opened in advance, nothing sent yet
	Lookup     Kind = "name lookup"  // of a host that was not asked for anything
	Datagram   Kind = "UDP"          // WebRTC's, or whoever else's
	Transport  Kind = "WebTransport" // a session over QUIC
)

// Sent is one thing that left on a page.
type Sent struct {
	Kind   Kind
	Method string // of a request, else empty
	Origin string // scheme://host:port; of UDP an address
	Path   string // without the query

	query string
	raw   string
	own   bool // the browser's, not the page's
	parts []part
	// masked says that bytes are random which mean nothing: a WebSocket's masks, the boundary between a form's fields.
	masked bool
}

// URL returns the address with its query.
func (s *Sent) URL() string {
	if s.query != "" {
		return s.Origin + s.Path + "?" + s.query
	}
	return s.Origin + s.Path
}

// sentBy makes of a connection's requests what was sent, with times. What follows an upgrade becomes part of the request.
func sentBy(scheme string, requests []wire.Request) (all []*Sent, at []time.Time) {
	upgraded := map[int]*Sent{} // by connection
	last := map[int]string{}    // the host that a connection was for
	for _, r := range requests {
		if !r.Whole {
			if opened := upgraded[r.Conn]; opened != nil {
				opened.raw, opened.masked = opened.raw+string(r.Raw), true
				opened.parts = append(opened.parts, messages(r.Raw)...)
				continue
			}
			s := &Sent{Kind: Bytes, Origin: scheme + "://" + last[r.Conn], raw: string(r.Raw)}
			s.parts = []part{{"bytes", fmt.Sprintf("%q", r.Raw)}}
			all, at = append(all, s), append(at, r.At)
			continue
		}
		s := requestSent(scheme, r)
		last[r.Conn] = strings.TrimPrefix(s.Origin, scheme+"://")
		delete(upgraded, r.Conn)
		if header(r, "Upgrade") != "" {
			upgraded[r.Conn] = s
		}
		all, at = append(all, s), append(at, r.At)
	}
	return all, at
}

func requestSent(scheme string, r wire.Request) *Sent {
	path, query, asked := strings.Cut(r.Target, "?")
	s := &Sent{Kind: Request, Method: r.Method, Origin: scheme + "://" + header(r, "Host"), Path: path, query: query, raw: string(r.Raw)}
	for i, segment := range strings.Split(strings.TrimPrefix(path, "/"), "/") {
		s.parts = append(s.parts, part{fmt.Sprintf("path segment %d", i+1), segment})
	}
	if asked {
		s.parts = append(s.parts, pairs("query", query, "&")...)
	}
	s.parts = append(s.parts, headerParts(r)...)
	if len(r.Body) > 0 {
		s.parts = append(s.parts, bodyParts(header(r, "Content-Type"), r.Body)...)
	}
	s.parts = numbered(s.parts)
	s.own = own(r, s)
	s.masked = strings.HasPrefix(header(r, "Content-Type"), "multipart/")
	return s
}

// body returns what a request carries beside its head, as far as a line of a report needs it.
func (s *Sent) body() string {
	var all []string
	for _, p := range s.parts {
		for _, of := range []string{"body", "message", "binary message", "bytes"} {
			if p.place == of || strings.HasPrefix(p.place, of+" ") {
				all = append(all, p.value)
			}
		}
	}
	return strings.Join(all, " ")
}

func header(r wire.Request, name string) string {
	for _, h := range r.Header {
		if strings.EqualFold(h[0], name) {
			return h[1]
		}
	}
	return ""
}
