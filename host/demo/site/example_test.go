package site_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/nabij/nabij/host/demo/site"
)

func ExampleHandler() {
	mux := http.NewServeMux()
	mux.Handle("/nabij/", http.NotFoundHandler()) // the files of Nabij
	mux.Handle("/", site.Handler(site.Options{Head: `<script type="module" src="/nabij/nabij.js"></script>`}))

	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest("GET", "/en/city-bike-duinrand-28", nil))
	fmt.Println(w.Code, w.Header().Get("Content-Type"))
	// Output: 200 text/html; charset=utf-8
}
