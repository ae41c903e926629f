package edge

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/host/edge/answer"
	"github.com/nabij/nabij/host/edge/moment"
)

// visit is a request for what may be a page.
type visit struct {
	edge    *Edge
	site    *site
	request *http.Request
	class   moment.Class
	key     variantKey
	have    have
	// left is how long the class's moment lasts; 0 is for ever.
	left time.Duration
}

func (e *Edge) serve(w http.ResponseWriter, r *http.Request, next http.Handler) {
	if strings.HasPrefix(r.URL.Path, answer.Prefix) {
		if s := e.enter(); s != nil {
			defer e.leaving(s)
		}
		e.answers.ServeHTTP(w, r)
		return
	}
	if !mayBePage(r) {
		next.ServeHTTP(w, r)
		return
	}
	s := e.enter()
	if s == nil {
		next.ServeHTTP(w, r)
		return
	}
	defer e.leaving(s)
	v := e.visit(s, r)
	if len(r.Header.Values("Authorization")) == 0 { // whose answer is the origin's to give
		if kept := e.cache.get(v.key, e.config.Now()); kept != nil {
			v.serveKept(w, kept)
			return
		}
	}
	response := &response{ResponseWriter: w, visit: v, before: w.Header().Clone(), declared: -1}
	defer response.ended()
	next.ServeHTTP(response, v.upstream())
	response.whole = true
}

// mayBePage leaves out what is asked for as something else than a page, and visitors who want less.
func mayBePage(r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || r.Header.Get("Upgrade") != "" || strings.EqualFold(strings.TrimSpace(r.Header.Get("Save-Data")), "on") {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Dest") {
	case "", "document", "iframe", "frame", "empty":
		return true
	}
	return false
}

func (e *Edge) leaving(s *site) {
	if err := e.leave(s); err != nil {
		e.config.Failed(err)
	}
}

func (e *Edge) visit(s *site, r *http.Request) *visit {
	now := e.config.Now()
	asked := e.config.request(r)
	v := &visit{edge: e, site: s, request: r, class: s.Classes.Of(asked, now)}
	v.key = variantKey{r.TLS != nil, r.Host + r.URL.RequestURI(), v.class, s.version}
	if v.class.Daypart != 0 {
		v.left = moment.Left(asked.Zone, now)
	}
	v.have = haveOf(r, v.class, s.version)
	return v
}

// isNavigation reports whether a request is for a page to go to.
func isNavigation(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "text/html") || r.Header.Get("Sec-Fetch-Dest") == "document"
}

// upstream returns the request as the origin gets it: of a page that may be filled the whole is asked for, as it is.
func (v *visit) upstream() *http.Request {
	r := v.request.Clone(v.request.Context())
	if isNavigation(r) {
		for _, name := range []string{"Range", "If-Range", "If-Modified-Since"} {
			r.Header.Del(name)
		}
		r.Header.Set("Accept-Encoding", "identity")
	}
	if r.Header.Del("If-None-Match"); v.have.upstream != "" {
		r.Header.Set("If-None-Match", v.have.upstream)
	}
	return r
}

// serveKept answers from a variant.
func (v *visit) serveKept(w http.ResponseWriter, kept *variant) {
	h := w.Header()
	for name, values := range kept.header {
		h[name] = append([]string(nil), values...)
	}
	h.Set("Cache-Control", kept.fresh.control(v.edge.config.Now().Sub(kept.stored), v.left))
	if v.have.matches(h.Get("Etag")) {
		h.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", fmt.Sprint(len(kept.body)))
	w.WriteHeader(http.StatusOK)
	if v.request.Method == http.MethodGet {
		_, _ = w.Write(kept.body) // who does not wait for it does not want it
	}
}

// page returns the page that the visit is answered with, for its bytes to be written to.
func (v *visit) page(write func([]byte)) *page {
	address := url.URL{Scheme: "https", Host: v.request.Host, Path: v.request.URL.Path, RawPath: v.request.URL.RawPath, RawQuery: v.request.URL.RawQuery, ForceQuery: v.request.URL.ForceQuery}
	return newPage(page{write: write, suggest: v.suggest, pack: v.site.Pack, config: &v.edge.config, classes: &v.site.Classes, class: v.class, address: &address})
}

// suggest asks the engine, which may fail: then the slot stays as it is.
func (v *visit) suggest(request core.Request) ([]core.Suggestion, bool) {
	// A page that was begun is worth ending, for who comes next.
	reply, err := v.site.Suggest(context.WithoutCancel(v.request.Context()), request)
	if err != nil {
		v.edge.config.Failed(fmt.Errorf("edge: slot %s: %w", v.site.Pack.SlotName(request.Slot), err))
		return nil, false
	}
	return reply.Suggestions, true
}
