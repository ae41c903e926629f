package site

import (
	"embed"
	"io/fs"
	"net/http"
	"strings"

	"github.com/nabij/nabij/host/demo"
)

//go:embed static/style
var styleFiles embed.FS

// style is one sheet made of the files, in the order of their names.
var style = func() []byte {
	names, err := fs.Glob(styleFiles, "static/style/*.css")
	if err != nil {
		panic(err) // of a pattern, which is right
	}
	var sheet []byte
	for _, name := range names {
		part, err := styleFiles.ReadFile(name)
		if err != nil {
			panic(err) // of a file that is embedded
		}
		sheet = append(sheet, part...)
	}
	return sheet
}()

//go:embed static/favicon.svg
var icon []byte

// styleURL changes with the style sheet, so that browsers may keep it.
var styleURL = "/style.css?v=" + digest(style)

func serveStyle(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	if r.URL.RequestURI() == styleURL {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	serve(w, r, style)
}

func serveIcon(w http.ResponseWriter, r *http.Request) { servePicture(w, r, icon) }

// picture serves an item's drawing at its Image.
func (s *server) picture(w http.ResponseWriter, r *http.Request) {
	id, isSVG := strings.CutSuffix(r.PathValue("file"), ".svg")
	drawing, ok := demo.Picture(id)
	if !ok || !isSVG {
		s.missing(w, r)
		return
	}
	servePicture(w, r, drawing)
}

func servePicture(w http.ResponseWriter, r *http.Request, drawing []byte) {
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Cache-Control", "public, max-age=86400")
	serve(w, r, drawing)
}
