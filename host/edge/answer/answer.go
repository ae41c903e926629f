// Package answer serves what the edge answers itself, under /_nabij/: suggestions for whoever includes them in pages of their own, what is
// used and what never happens, and whether all is well.
//
//	http.Handle(answer.Prefix, &answer.Handler{Current: func() *answer.Site { return site }})
//
// It reads of a request its address and the headers that classes are made of, Accept and Accept-Language where a choice of formats or
// languages is asked for, and If-None-Match; nothing else, so no cookie, no address of the visitor and no name of a browser.
package answer

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/edge/moment"
	"github.com/nabij/nabij/wasm/abi"
)

// Prefix is what the addresses of all answers begin with.
const Prefix = "/_nabij/"

// Suggester fills slots for a visit in which nothing was observed. It may be asked by any number of goroutines.
type Suggester interface {
	Suggest(ctx context.Context, request core.Request) (core.Reply, error)
}

// Site is what answers are made of. It does not change: another pack is another Site.
type Site struct {
	Pack *pack.Pack
	Suggester
	Classes moment.Config
}

// NewSite returns a site of a pack, whose languages it gives to the classes; or what is wrong with these.
func NewSite(p *pack.Pack, s Suggester, classes moment.Config) (*Site, error) {
	classes.Languages = nil
	for l := range p.Languages() {
		classes.Languages = append(classes.Languages, string(p.LanguageName(l)))
	}
	if err := classes.Check(); err != nil {
		return nil, err
	}
	return &Site{p, s, classes}, nil
}

// Version returns what tells the site's pack from others: its checksum, as 16 hexadecimal digits.
func (s *Site) Version() string { return Version(s.Pack) }

// Version returns a pack's checksum as 16 hexadecimal digits, the most significant first.
func Version(p *pack.Pack) string { return fmt.Sprintf("%016x", p.ID()) }

// Handler answers what begins with Prefix, and nothing else.
type Handler struct {
	// Current returns the site as it is now, or nil when there is none yet.
	Current func() *Site
	// Request tells zone and country of a request, for one that does not say its class; nil knows neither.
	Request func(*http.Request) moment.Request
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Failed is told what went wrong where the answer does not say; nil is told nothing.
	Failed func(error)
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if fault := recover(); fault != nil {
			h.failed(fmt.Errorf("answer: %v", fault))
			refuse(w, http.StatusInternalServerError, "internal error")
		}
	}()
	w.Header().Set("X-Content-Type-Options", "nosniff")
	name, ours := strings.CutPrefix(r.URL.Path, Prefix)
	serve := map[string]func(http.ResponseWriter, *http.Request, *Site){
		"suggest": h.suggest, "policy": h.policy, "policy.json": h.policy, "policy.en.html": h.policy, "policy.nl.html": h.policy, "health": h.health,
	}[name]
	switch {
	case !ours || serve == nil:
		refuse(w, http.StatusNotFound, "only suggest, policy and health are here")
		return
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed, "only GET and HEAD are allowed")
		return
	}
	site := h.Current()
	if site == nil && name != "health" {
		refuse(w, http.StatusServiceUnavailable, "there is no pack yet")
		return
	}
	if r.Method == http.MethodHead {
		w = bodiless{w}
	}
	serve(w, r, site)
}

func (h *Handler) now() time.Time {
	if h.Now == nil {
		return time.Now()
	}
	return h.Now()
}

func (h *Handler) failed(err error) {
	if h.Failed != nil {
		h.Failed(err)
	}
}

// bodiless answers without a body, as HEAD does.
type bodiless struct{ http.ResponseWriter }

func (b bodiless) Write(p []byte) (int, error) { return len(p), nil }

// health says whether suggestions can be had.
func (h *Handler) health(w http.ResponseWriter, _ *http.Request, site *Site) {
	w.Header().Set("Cache-Control", "no-store")
	said := struct {
		OK    bool   `json:"ok"`
		Pack  string `json:"pack,omitempty"`
		Items uint32 `json:"items"`
		ABI   uint32 `json:"abi"`
	}{ABI: abi.Version}
	status := http.StatusServiceUnavailable
	if site != nil {
		status = http.StatusOK
		said.OK, said.Pack, said.Items = true, site.Version(), site.Pack.Items()
	}
	writeJSON(w, status, said)
}

// refuse says in JSON why there is no answer.
func refuse(w http.ResponseWriter, status int, why string) {
	w.Header().Set("Cache-Control", "no-store")
	writeJSON(w, status, struct {
		Error string `json:"error"`
	}{why})
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	body, err := json.Marshal(value)
	if err != nil { // none of the values here has what JSON cannot say
		panic(err)
	}
	write(w, status, "application/json", append(body, '\n'))
}

func write(w http.ResponseWriter, status int, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // who does not wait for it does not want it
}

// unchanged answers a request that has this version already, and reports that it did.
func unchanged(w http.ResponseWriter, r *http.Request, tag string) bool {
	w.Header().Set("ETag", tag)
	for _, have := range strings.Split(r.Header.Get("If-None-Match"), ",") {
		if have = strings.TrimSpace(have); have == "*" || have != "" && strings.TrimPrefix(have, "W/") == strings.TrimPrefix(tag, "W/") {
			w.WriteHeader(http.StatusNotModified)
			return true
		}
	}
	return false
}
