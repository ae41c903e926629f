package site

import (
	"html/template"
	"net/http"
	"strings"
)

// Options say what a handler adds to the shop's pages. The zero value adds nothing.
type Options struct {
	// Head is put as it is at the end of every page's head; a script tag belongs here. The pages' security policy lets
	// it load scripts, modules and data of the same origin only, and runs nothing inline.
	Head template.HTML
	// Origin is what absolute links begin with, as in "https://shop.example", without a slash at the end. When it is
	// empty, canonical links and structured data have paths alone.
	Origin string
	// Policy is the address of the folder that has the policy's pages (package policy), as in "/nabij/". When it is empty, no page
	// links to them.
	Policy string
}

// Handler returns the shop. It answers every path, so what else a server has, such as the files that Head asks for under
// /nabij/, goes beside it in a mux of the caller's. The handler may be called concurrently.
func Handler(options Options) http.Handler {
	s := &server{options: options, shops: openShops()}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.root)
	mux.HandleFunc("GET /style.css", serveStyle)
	mux.HandleFunc("GET /favicon.svg", serveIcon)
	mux.HandleFunc("GET /pictures/{file...}", s.picture)
	mux.HandleFunc("/", s.missing)
	for language, shop := range s.shops {
		in := func(serve func(*visit)) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) { serve(s.visit(w, r, shop)) }
		}
		at := "/" + language
		mux.Handle("GET "+at, http.RedirectHandler(at+"/", http.StatusMovedPermanently))
		mux.HandleFunc("GET "+at+"/{$}", in(home))
		mux.HandleFunc("GET "+at+"/c/{path...}", in(category))
		mux.HandleFunc("GET "+at+"/search", in(search))
		mux.HandleFunc("GET "+at+"/basket", in(showBasket))
		mux.HandleFunc("POST "+at+"/basket", in(changeBasket))
		mux.HandleFunc("POST "+at+"/order", in(order))
		mux.HandleFunc("GET "+at+"/thanks", in(thanks))
		mux.HandleFunc("GET "+at+"/your-visit", in(yourVisit))
		mux.HandleFunc("GET "+at+"/{slug}", in(item))
	}
	return guarded(http.NewCrossOriginProtection().Handler(mux))
}

// server is what all requests share; nothing in it changes.
type server struct {
	options Options
	shops   map[string]*shop
}

// visit is a request to the shop in one language, and what answers it.
type visit struct {
	*server
	*shop
	w      http.ResponseWriter
	r      *http.Request
	basket basket
}

func (s *server) visit(w http.ResponseWriter, r *http.Request, shop *shop) *visit {
	return &visit{s, shop, w, r, readBasket(r, basketCookie)}
}

// root sends the visitor to the language that the browser asks for.
func (s *server) root(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Accept-Language")
	w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(w, r, "/"+preferred(r.Header.Get("Accept-Language"))+"/", http.StatusFound)
}

// missing answers whatever is nowhere, in the language of the path or else of the browser.
func (s *server) missing(w http.ResponseWriter, r *http.Request) {
	language, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	shop, ok := s.shops[language]
	if !ok {
		shop = s.shops[preferred(r.Header.Get("Accept-Language"))]
	}
	notFound(s.visit(w, r, shop))
}

func notFound(v *visit) {
	p := v.page(v.W.MissingTitle)
	p.NoIndex = true
	p.Slots = nil
	v.write(http.StatusNotFound, "missing", p)
}
