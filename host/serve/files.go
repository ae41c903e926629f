package serve

import (
	"bytes"
	"fmt"
	"net/http"
	"path"
	"time"

	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/web"
)

// contentTypes are those of the files that a build makes.
var contentTypes = map[string]string{
	".js": "text/javascript; charset=utf-8", ".json": "application/json",
	".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".wasm": "application/wasm", ".pack": "application/octet-stream",
}

// serveBuilt serves a file of a build: for ever where its name changes with its content, checked each time where not.
func serveBuilt(w http.ResponseWriter, r *http.Request, f build.WebFile) {
	caching := "max-age=31536000, immutable"
	if build.Fixed(f.Name) {
		caching = "no-cache"
	}
	serveFile(w, r, f, caching)
}

func serveFile(w http.ResponseWriter, r *http.Request, f build.WebFile, caching string) {
	h := w.Header()
	h.Set("Content-Type", contentTypes[path.Ext(f.Name)])
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", caching)
	h.Set("ETag", fmt.Sprintf("%q", web.PinOf("", f.Content).Integrity))
	http.ServeContent(w, r, f.Name, time.Time{}, bytes.NewReader(f.Content))
}
