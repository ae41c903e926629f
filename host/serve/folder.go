package serve

import (
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// Folder returns a site that is built already, with the tags on its pages. A path without an extension is that of a page: as
// hosts of such sites do, it looks for PATH.html and PATH/index.html. What is not there is answered with 404.html, if the
// folder has that.
func Folder(fsys fs.FS, tags template.HTML) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "this is a folder of files: it can only be read", http.StatusMethodNotAllowed)
			return
		}
		name, slash := find(fsys, r.URL.Path)
		switch {
		case slash:
			u := *r.URL
			u.Path += "/"
			http.Redirect(w, r, u.RequestURI(), http.StatusMovedPermanently)
		case name == "":
			page, err := fs.ReadFile(fsys, "404.html")
			if err != nil {
				http.NotFound(w, r)
				return
			}
			servePage(w, http.StatusNotFound, page, tags)
		case strings.HasPrefix(mime.TypeByExtension(path.Ext(name)), "text/html"):
			page, err := fs.ReadFile(fsys, name)
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			servePage(w, http.StatusOK, page, tags)
		default:
			w.Header().Set("Cache-Control", "no-cache")
			http.ServeFileFS(w, r, fsys, name)
		}
	})
}

func servePage(w http.ResponseWriter, status int, page []byte, tags template.HTML) {
	w.Header().Set("Content-Type", http.DetectContentType([]byte("<!doctype html>")))
	page = insert(page, tags)
	changed(w.Header(), len(page))
	w.WriteHeader(status)
	_, _ = w.Write(page) // to a browser that left
}

// find returns the name of the file at a path, empty if there is none, or that the path is a folder's and lacks its slash: the
// page's links are relative to that.
func find(fsys fs.FS, urlPath string) (name string, slash bool) {
	p := strings.Trim(path.Clean(urlPath), "/")
	if strings.HasSuffix(urlPath, "/") || p == "" {
		return first(fsys, path.Join(p, "index.html"), path.Join(p, "index.htm")), false
	}
	if name := first(fsys, p, p+".html", p+".htm"); name != "" {
		return name, false
	}
	return "", first(fsys, p+"/index.html", p+"/index.htm") != ""
}

// first returns the first of the names that is a file.
func first(fsys fs.FS, names ...string) string {
	for _, name := range names {
		if info, err := fs.Stat(fsys, name); err == nil && info.Mode().IsRegular() {
			return name
		}
	}
	return ""
}
