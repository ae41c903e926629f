package main

import (
	"encoding/binary"
	"encoding/json"
	"net/http"
	"strings"
	"sync"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/edge/answer"
	"github.com/nabij/nabij/host/edge/moment"
)

// source is where pack and configuration come from.
type source struct {
	// pack returns what is at hand: whole bytes where read is true, or else the header's at least; nothing where there is no pack. The
	// bytes are the caller's own.
	pack func(read bool) []byte
	// config returns the text of edge.json.
	config func() string
}

// sites keeps the site of the pack at hand.
type sites struct {
	source
	mu   sync.Mutex
	seen uint64 // the checksum of the pack that was looked at last
	site *answer.Site
}

// handler returns what answers requests. It opens a pack when a request finds another at hand; one that does not open changes nothing.
func handler(s source) http.Handler {
	kept := &sites{source: s}
	h := &answer.Handler{Current: kept.current}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, joined(r))
	})
}

// The checksum's place in a pack's header (core/pack/FORMAT.md).
const checksumAt, headerSize = 16, 24

func (s *sites) current() *answer.Site {
	s.mu.Lock()
	defer s.mu.Unlock()
	header := s.pack(false)
	if len(header) < headerSize {
		return s.site
	}
	id := binary.LittleEndian.Uint64(header[checksumAt:])
	if s.site != nil && id == s.site.Pack.ID() || id == s.seen {
		return s.site
	}
	s.seen = id
	if site := s.open(); site != nil {
		s.site = site
	}
	return s.site
}

// open returns the site of the pack at hand, or nil where pack or configuration are not right, as who deploys them has been told.
func (s *sites) open() *answer.Site {
	p, err := pack.Open(s.pack(true))
	if err != nil {
		return nil
	}
	var classes moment.Config
	if json.Unmarshal([]byte(s.config()), &classes) != nil {
		return nil
	}
	site, err := answer.NewSite(p, answer.NewNative(p), classes)
	if err != nil {
		return nil
	}
	return site
}

// joined returns a request whose headers have one value each. github.com/syumai/workers splits them at commas.
func joined(r *http.Request) *http.Request {
	whole := *r
	whole.Header = make(http.Header, len(r.Header))
	for name, values := range r.Header {
		whole.Header[name] = []string{strings.Join(values, ",")}
	}
	return &whole
}
