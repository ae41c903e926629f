package site

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"time"
)

// policy lets a page load styles, pictures, scripts and data of its own origin, and nothing else. No script or style runs
// inline.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; " +
	"img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types nabij"

// guarded sets the headers that every response has.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

//go:embed templates
var templateFiles embed.FS

// templates holds a set for each kind of page: the layout, what pages share, and its own main part.
var templates = func() map[string]*template.Template {
	layout := template.Must(template.ParseFS(templateFiles, "templates/layout.html", "templates/parts.html"))
	sets := map[string]*template.Template{}
	for _, name := range []string{
		"home", "category", "product", "text", "search", "basket", "thanks", "your-visit", "missing",
	} {
		set := template.Must(layout.Clone())
		sets[name] = template.Must(set.ParseFS(templateFiles, "templates/"+name+".html"))
	}
	return sets
}()

// write renders a page and sends it, or says that the browser has it already.
func (v *visit) write(status int, name string, p *page) {
	var b bytes.Buffer
	if err := templates[name].ExecuteTemplate(&b, "layout", p); err != nil {
		http.Error(v.w, "the page cannot be shown", http.StatusInternalServerError)
		return
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", v.Language)
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", "Cookie") // the header counts what is in the basket
	if status != http.StatusOK {
		v.w.WriteHeader(status)
		_, _ = v.w.Write(b.Bytes()) // to a visitor who left
		return
	}
	serve(v.w, v.r, b.Bytes())
}

// serve sends content whose type and caching are set, unless the browser has it already.
func serve(w http.ResponseWriter, r *http.Request, content []byte) {
	w.Header().Set("ETag", `"`+digest(content)+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}
