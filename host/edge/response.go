package edge

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// response is what the origin writes to. What is no page passes as it is.
type response struct {
	http.ResponseWriter
	visit *visit
	// before are the headers that were there before the origin's.
	before http.Header
	status int
	// decided says that the headers have been sent; page is the page that they were of, nil where they were of none.
	decided bool
	page    *page
	broken  bool     // the page's scanner has failed, and the rest passes by it
	decoder *decoder // of an encoded page
	// declared is the length that the origin has declared, -1 where it has not; written what it has written.
	declared, written int64
	whole             bool  // the origin has ended
	err               error // of the visitor's connection

	kept *variant // what is to be kept, nil where nothing is; its body grows
}

func (s *response) WriteHeader(status int) {
	switch {
	case s.status != 0:
	case status < 200 && status != http.StatusSwitchingProtocols:
		s.ResponseWriter.WriteHeader(status) // more are to come
	default:
		s.status = status
		if kind := s.Header().Get("Content-Type"); status != http.StatusOK || kind != "" && !isHTML(kind) {
			s.decide(nil)
		}
	}
}

func (s *response) Write(b []byte) (int, error) {
	if s.status == 0 {
		s.WriteHeader(http.StatusOK)
	}
	if !s.decided {
		s.decide(b)
	}
	s.written += int64(len(b))
	switch {
	case s.page == nil:
		return s.ResponseWriter.Write(b)
	case s.visit.request.Method == http.MethodHead:
		return len(b), nil
	case s.decoder != nil:
		return s.decoder.write(b)
	}
	return len(b), s.fill(b)
}

// Flush sends on what there is.
func (s *response) Flush() {
	if s.status == 0 {
		s.WriteHeader(http.StatusOK)
	}
	if !s.decided {
		s.decide(nil)
	}
	if s.decoder != nil {
		s.decoder.mu.Lock()
		defer s.decoder.mu.Unlock()
	}
	_ = http.NewResponseController(s.ResponseWriter).Flush() // a writer that cannot does so at the end
}

// ReadFrom lets files that are no pages go the short way.
func (s *response) ReadFrom(from io.Reader) (n int64, err error) {
	if to, ok := s.ResponseWriter.(io.ReaderFrom); ok && s.decided && s.page == nil {
		n, err = to.ReadFrom(from)
		s.written += n
		return n, err
	}
	return io.Copy(writer{s}, from)
}

// writer is a response that io.Copy can do no more with than write.
type writer struct{ io.Writer }

// Unwrap is for http.ResponseController.
func (s *response) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// decide sends the headers on, as those of a page or as they are. first are the body's first bytes, where they are known.
func (s *response) decide(first []byte) {
	s.decided = true
	h := s.Header()
	if s.status == http.StatusNotModified && s.visit.have.mine != "" {
		s.begin(h)
		return
	}
	if _, said := h["Content-Type"]; !said && len(first) > 0 && h.Get("Content-Encoding") == "" {
		h.Set("Content-Type", http.DetectContentType(first)) // as the server would
	}
	if s.status != http.StatusOK || !isPage(h, first) {
		s.ResponseWriter.WriteHeader(s.status)
		return
	}
	s.page = s.visit.page(s.pass)
	if s.visit.request.Method == http.MethodGet {
		if n, err := strconv.ParseInt(h.Get("Content-Length"), 10, 64); err == nil {
			s.declared = n
		}
		if encoding := encodingOf(h); encoding != "" {
			s.decoder = newDecoder(encoding, s.fill)
		}
	}
	s.begin(h)
}

// begin sends the headers of a page that is filled, or of one that has not changed since the visitor got it filled.
func (s *response) begin(h http.Header) {
	v := s.visit
	now := v.edge.config.Now()
	fresh := freshnessOf(h, now)
	told := s.page != nil || len(h.Values("Cache-Control"))+len(h.Values("Expires")) > 0 // else what was said with the page still holds
	storable := s.page != nil && fresh.storable(v.request, h, &v.site.Classes)
	personal(h, &v.site.Classes, v.class, v.site.version)
	if s.page == nil && h.Get("Etag") == "" {
		h.Set("Etag", v.have.mine)
	}
	if storable {
		s.kept = &variant{header: h.Clone(), fresh: fresh, stored: now}
		for _, name := range []string{"Cache-Control", "Connection", "Date", "Keep-Alive", "Transfer-Encoding"} {
			s.kept.header.Del(name)
		}
		for name, values := range s.before { // they are of who serves this request
			if slices.Equal(values, s.kept.header[name]) {
				delete(s.kept.header, name)
			}
		}
	}
	if told {
		h.Set("Cache-Control", fresh.control(0, v.left))
	}
	s.ResponseWriter.WriteHeader(s.status)
}

// fill passes bytes of the page through its scanner, or past it, should that fail.
func (s *response) fill(b []byte) (err error) {
	if s.broken {
		s.pass(b)
		return s.err
	}
	scan := s.page.scan
	held := bytes.Clone(scan.tag[scan.passed:])
	missing := s.page.count + int64(len(held)+len(b)) // once these were passed as well
	defer func() {
		if fault := recover(); fault != nil {
			s.broken, s.kept, err = true, nil, s.err
			s.visit.edge.config.Failed(fmt.Errorf("edge: page: %v", fault))
			all := append(held, b...)
			s.pass(all[len(all)-int(missing-s.page.count):])
		}
	}()
	scan.write(b)
	return s.err
}

// pass sends bytes to the visitor, and to what is kept.
func (s *response) pass(b []byte) {
	if s.err != nil {
		return
	}
	if s.kept != nil {
		if len(s.kept.body)+len(b) > maxVariantBytes {
			s.kept = nil
		} else {
			s.kept.body = append(s.kept.body, b...)
		}
	}
	_, s.err = s.ResponseWriter.Write(b)
}

// ended is called when the origin has returned, or has failed.
func (s *response) ended() {
	if s.whole && s.status == 0 {
		s.WriteHeader(http.StatusOK) // as the server would
	}
	if s.whole && !s.decided {
		s.decide(nil)
	}
	if s.page == nil {
		return
	}
	var err error
	if s.decoder != nil {
		if err = s.decoder.close(s.whole); s.written == 0 {
			err = nil // nothing at all is not an encoding of anything
		}
	}
	if !s.broken {
		s.page.scan.finish()
	}
	if s.declared >= 0 && s.written != s.declared {
		err = fmt.Errorf("the origin has sent %d bytes of %d", s.written, s.declared)
	}
	switch {
	case !s.whole || s.err != nil: // the origin has failed, or nobody is there
	case err != nil:
		s.visit.edge.config.Failed(fmt.Errorf("edge: page: %w", err))
		panic(http.ErrAbortHandler) // what the visitor has is not all, and must not look so
	case s.kept != nil:
		s.visit.edge.cache.put(s.visit.key, s.kept)
	}
}

// charsetIn finds the charset in a Content-Type.
var charsetIn = regexp.MustCompile(`(?i);\s*charset\s*=\s*"?([^\s;"]+)`)

// isPage reports whether a response of status 200 is HTML that can be added to: in a charset in which ASCII is itself, and in no encoding
// or one that can be undone. first are its first bytes, where they are known.
func isPage(h http.Header, first []byte) bool {
	kind := h.Get("Content-Type")
	if !isHTML(kind) || h.Get("Content-Range") != "" {
		return false
	}
	if disposition, _, _ := strings.Cut(h.Get("Content-Disposition"), ";"); strings.EqualFold(strings.TrimSpace(disposition), "attachment") {
		return false
	}
	if label := charsetIn.FindStringSubmatch(kind); label != nil {
		charset, err := htmlindex.Get(label[1])
		if err != nil {
			return false
		}
		switch name, _ := htmlindex.Name(charset); name {
		case "utf-16le", "utf-16be", "iso-2022-jp", "replacement":
			return false
		}
	}
	switch encodingOf(h) {
	case "", "br":
		return true
	case "gzip":
		return len(first) == 0 || bytes.HasPrefix(first, []byte("\x1f\x8b")) || len(first) == 1 && first[0] == 0x1f
	}
	return false
}

func encodingOf(h http.Header) string {
	encoding := strings.ToLower(strings.TrimSpace(strings.Join(h.Values("Content-Encoding"), ",")))
	if encoding == "identity" {
		return ""
	}
	return encoding
}

// isHTML reports whether a Content-Type is that of HTML.
func isHTML(kind string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	return strings.EqualFold(strings.TrimSpace(kind), "text/html")
}
