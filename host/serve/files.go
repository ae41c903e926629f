package serve

import (
	"net/http"
	"path"

	"github.com/nabij/nabij/host/build"
)

// contentTypes are those of the files that a build makes.
var contentTypes = map[string]string{
	".js": "text/javascript; charset=utf-8", ".json": "application/json",
	".wasm": "application/wasm", ".pack": "application/octet-stream",
}

// serveBuilt serves a file of a build: for ever where its name changes with its content, checked each time where not.
func serveBuilt(w http.ResponseWriter, f build.WebFile) {
	w.Header().Set("Cache-Control", "max-age=31536000, immutable")
	switch f.Name {
	case build.ScriptName, build.PinsName, build.DataLayerName:
		w.Header().Set("Cache-Control", "no-cache")
	}
	serveFile(w, path.Ext(f.Name), f.Content)
}

func serveFile(w http.ResponseWriter, extension string, content []byte) {
	w.Header().Set("Content-Type", contentTypes[extension])
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(content) // to a browser that left
}
