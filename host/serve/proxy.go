package serve

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
)

// Proxy returns the pages of another server, such as the one that a site is developed with, with the tags on them.
func Proxy(origin *url.URL, tags template.HTML) http.Handler {
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(origin)
			r.Out.Header.Del("Accept-Encoding") // what is compressed cannot be changed
			if r.In.Header.Get("Sec-Fetch-Dest") == "document" {
				unconditional(r.Out)
			}
		},
		ModifyResponse: func(response *http.Response) error {
			if !isPage(response.Header) || response.Request.Method == http.MethodHead || response.StatusCode == http.StatusNotModified {
				return nil
			}
			page, err := io.ReadAll(response.Body)
			if err != nil {
				return err
			}
			response.Body.Close()
			page = insert(page, tags)
			response.Body = io.NopCloser(bytes.NewReader(page))
			response.ContentLength = int64(len(page))
			changed(response.Header, len(page))
			return nil
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			http.Error(w, fmt.Sprintf("%s does not answer: %v", origin, err), http.StatusBadGateway)
		},
		ErrorLog: log.New(io.Discard, "", 0), // ErrorHandler says it
	}
}
