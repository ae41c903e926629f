package web_test

import (
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/wasm/abi/abitest"
	"github.com/nabij/nabij/web"
	"github.com/nabij/nabij/web/browser"
)

// policyHeader is the strictest policy that a site can have with Nabij.
const policyHeader = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; img-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types nabij"

// shop serves pages on which suggestions are shown. Its fields may be changed before the first request.
type shop struct {
	pack, module []byte
	script       []byte
	control      []byte
	explain      []byte
	css          string // keeps room for the slots
	head         string // before the script's tag
	tag          string // further attributes of it
	body         string // of every page; %s is its title
	cache        string // of files whose names change with their content
	pages        string // Cache-Control of pages; no-store keeps them out of the back/forward cache
	pictures     int    // the status that they are answered with, if not 200
	files        map[string]func(w http.ResponseWriter, r *http.Request)
	edge         func(path, page string) string // what stands before the shop and changes its pages; nil for nothing
}

func pin(file string, content []byte) web.Pin {
	sum := sha512.Sum384(content)
	return web.Pin{File: file, Integrity: "sha384-" + base64.StdEncoding.EncodeToString(sum[:])}
}

func newShop(t testing.TB) *shop {
	s := &shop{
		pack: abitest.Pack("shop"), module: host.Module(),
		css:   "nabij-suggestions { display: block; min-block-size: 20rem }",
		cache: "max-age=31536000, immutable", pages: "no-store",
		body: `<h1>%s</h1><nabij-suggestions slot-name="product"></nabij-suggestions><p>below</p>`,
	}
	var err error
	s.control, err = web.Control()
	require.NoError(t, err)
	s.explain, err = web.Explain()
	require.NoError(t, err)
	s.pins(t)
	return s
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if serve := s.files[r.URL.Path]; serve != nil {
		serve(w, r)
		return
	}
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	switch path := r.URL.Path; {
	case path == "/nabij/nabij.js":
		h.Set("Content-Type", "text/javascript")
		w.Write(s.script)
	case path == "/nabij/nabij.1.js":
		h.Set("Content-Type", "text/javascript")
		h.Set("Cache-Control", s.cache)
		w.Write(s.control)
	case path == "/nabij/"+web.ExplainName:
		h.Set("Content-Type", "text/javascript")
		h.Set("Cache-Control", s.cache)
		w.Write(s.explain)
	case path == "/nabij/nabij.1.wasm":
		h.Set("Content-Type", "application/wasm")
		h.Set("Cache-Control", s.cache)
		w.Write(s.module)
	case path == "/nabij/nabij.1.pack":
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Cache-Control", s.cache)
		w.Write(s.pack)
	case strings.HasPrefix(path, "/i/") && s.pictures != 0:
		w.WriteHeader(s.pictures)
	case strings.HasPrefix(path, "/i/"):
		h.Set("Content-Type", "image/svg+xml")
		h.Set("Cache-Control", s.cache)
		fmt.Fprint(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>`)
	case path == "/site.css":
		h.Set("Content-Type", "text/css")
		fmt.Fprint(w, s.css)
	case path == "/favicon.ico":
		w.WriteHeader(http.StatusNoContent)
	default:
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", policyHeader)
		h.Set("Cache-Control", s.pages)
		title := html.EscapeString(strings.Trim(path, "/"))
		page := fmt.Sprintf(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s</title><link rel="stylesheet" href="/site.css">%s<script defer src="/nabij/nabij.js"%s></script></head><body>`, title, s.head, s.tag) +
			fmt.Sprintf(s.body, title)
		if s.edge != nil {
			page = s.edge(path, page)
		}
		io.WriteString(w, page)
	}
}

func TestMain(m *testing.M) { browser.Main(m) }

// each runs a test in every engine, against a shop of its own.
func each(t *testing.T, test func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop)) {
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			r := browser.NewRecorder(t, s)
			test(t, browser.Reuse(t, engine), r, s)
		})
	}
}
