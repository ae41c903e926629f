package edge_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"

	"github.com/nabij/nabij/host/edge"
)

// A reverse proxy before a shop that knows nothing of it.
func Example() {
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, `<html lang="en"><h1>Ocean blue shirt</h1><nabij-suggestions slot-name="two"></nabij-suggestions></html>`)
	}))
	defer shop.Close()
	packBytes, err := os.ReadFile("../../wasm/edge/testdata/markup/test.pack")
	if err != nil {
		panic(err)
	}

	e, err := edge.New(packBytes, edge.Config{Zone: "Europe/Amsterdam"})
	if err != nil {
		panic(err)
	}
	defer e.Close()
	address, err := url.Parse(shop.URL)
	if err != nil {
		panic(err)
	}
	front := httptest.NewServer(e.Handler(httputil.NewSingleHostReverseProxy(address)))
	defer front.Close()

	response, err := http.Get(front.URL + "/p/shirt")
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	if err != nil {
		panic(err)
	}
	fmt.Println(strings.Count(string(page), `<li part="suggestion"`), "suggestions;", response.Header.Get("Cache-Control"))
	// Output: 2 suggestions; private, max-age=0
}
