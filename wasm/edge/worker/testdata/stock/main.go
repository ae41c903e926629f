// Command stock is a page's worker as github.com/syumai/workers has it, for the benchmark: each request starts the Go program anew, which
// fetches the page and puts the same bytes into it.
package main

import (
	"io"
	"net/http"
	"strings"
	"syscall/js"

	"github.com/syumai/workers"
	"github.com/syumai/workers/cloudflare/fetch"
)

func main() {
	workers.Serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request, err := fetch.NewRequest(r.Context(), http.MethodGet, r.URL.String(), nil)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		response, err := fetch.NewClient().Do(request, nil)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer response.Body.Close()
		page, err := io.ReadAll(response.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		added := js.Global().Get("added")
		head, rest, _ := strings.Cut(string(page), "<script")
		filled := head + added.Index(0).String() + "<script"
		for k := range added.Length() - 1 {
			before, after, _ := strings.Cut(rest, "</nabij-suggestions>")
			filled += before + added.Index(k+1).String() + "</nabij-suggestions>"
			rest = after
		}
		w.Header().Set("Content-Type", response.Header.Get("Content-Type"))
		_, _ = io.WriteString(w, filled+rest)
	}))
}
