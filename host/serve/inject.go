package serve

import (
	"bytes"
	"html/template"
	"mime"
	"net/http"
	"regexp"
	"strconv"
)

// ownTag finds the script's tag on pages that have it already.
var ownTag = regexp.MustCompile(`(?i)<script\b[^>]*\bsrc\s*=\s*["']?[^"'>\s]*/nabij\.js\b`)

var (
	bodyEnd   = regexp.MustCompile(`(?i)</body\s*>`)
	scriptTag = regexp.MustCompile(`(?is)<script\b.*?</script>\n?`)
)

// insert returns a page with the tags at the end of its body: the script's only if it has none itself.
func insert(page []byte, tags template.HTML) []byte {
	added := []byte(tags)
	if ownTag.Match(page) {
		added = added[len(scriptTag.Find(added)):]
	}
	at := len(page)
	if ends := bodyEnd.FindAllIndex(page, -1); len(ends) > 0 {
		at = ends[len(ends)-1][0]
	}
	return bytes.Join([][]byte{page[:at], added, page[at:]}, nil)
}

// isPage reports whether a response is a page by its headers, which may be compressed or in parts: then it cannot be changed.
func isPage(h http.Header) bool {
	kind, _, _ := mime.ParseMediaType(h.Get("Content-Type"))
	return kind == "text/html" && h.Get("Content-Encoding") == "" && h.Get("Content-Range") == ""
}

// changed takes from the headers of a page what no longer holds of it.
func changed(h http.Header, length int) {
	for _, name := range []string{"Etag", "Last-Modified", "Accept-Ranges", "Content-Md5", "Digest"} {
		h.Del(name)
	}
	h.Set("Content-Length", strconv.Itoa(length))
	h.Set("Cache-Control", "no-cache")
}

// unconditional takes from a request for a page what would have it answered with less than the whole page.
func unconditional(r *http.Request) {
	for _, name := range []string{"If-None-Match", "If-Modified-Since", "If-Range", "Range", "Accept-Encoding"} {
		r.Header.Del(name)
	}
}
