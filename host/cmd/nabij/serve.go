package main

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net"
	"net/http"
	"path"
	"time"

	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/demo/site"
)

// serveDemo serves the demo shop as web pages, on this machine alone, until ctx ends.
func serveDemo(ctx context.Context, w io.Writer, address string) error {
	data, err := packDemo(ctx)
	if err != nil {
		return err
	}
	files, err := build.Web(data, host.Module())
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	for _, f := range files {
		mux.Handle("GET /nabij/"+f.Name, fileHandler(f))
	}
	mux.Handle("/", site.Handler(site.Options{Head: template.HTML(`<script defer src="/nabij/` + build.ScriptName + `"></script>`)}))
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("--address: %w", err)
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	fmt.Fprintf(w, "The shop Wad & Weg is open at http://%s/ until you interrupt this.\n", listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// fileHandler serves a file of a build: for ever where its name changes with its content, checked each time where not.
func fileHandler(f build.WebFile) http.Handler {
	types := map[string]string{".js": "text/javascript; charset=utf-8", ".wasm": "application/wasm", ".pack": "application/octet-stream"}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Type", types[path.Ext(f.Name)])
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "max-age=31536000, immutable")
		if f.Name == build.ScriptName {
			h.Set("Cache-Control", "no-cache")
		}
		w.Write(f.Content)
	})
}
