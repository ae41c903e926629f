package worker_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/edge/pagetest"
)

var additions = regexp.MustCompile(`<meta name="nabij-context" content="[\d ]*"><link rel="stylesheet" href="/nabij/nabij-suggestions.css">` +
	`|<template shadowrootmode="open"><slot name="nabij"></slot></template><ul slot="nabij".*?</ul>`)

// without takes out what the edge has put in.
func without(page string) string { return additions.ReplaceAllString(page, "") }

func slot(name string) string {
	return `<nabij-suggestions slot-name="` + name + `"><p>fallback</p></nabij-suggestions>`
}

func TestSlotsAreFilled(t *testing.T) {
	e := start(t, `{}`)
	for _, row := range []struct {
		name, page string
		filled     int
		head       bool
	}{
		{"a page", slotPage, 1, true},
		{"three slots", `<html><head></head><body>` + slot("next") + slot("also") + slot("next") + `</body></html>`, 3, false},
		{"no slot", `<html><head><script src="/nabij/nabij.js"></script></head><body></body></html>`, 0, true},
		{"a script of the same name elsewhere", `<head><script src="https://cdn.example/x/nabij.js" async></script></head>`, 0, true},
		{"another script", `<head><script src="/nabij/nabij.jsx"></script></head>` + slot("next"), 1, false},
		{"a slot that the pack has not, and one without a name", slot("none") + `<nabij-suggestions></nabij-suggestions>`, 0, false},
		{"a slot with nothing to suggest", slot("nothing"), 0, false},
		{"a fragment", slot("next"), 1, false},
		{"nothing but text", `Hello`, 0, false},
		{"an empty page", ``, 0, false},
		{"a slot that is not closed", `<main><nabij-suggestions slot-name=next><p>fallback</main><p>after</p>`, 0, false},
		{"a slot that is not closed at the page's end", `<nabij-suggestions slot-name=next><p>fallback`, 0, false},
		{"a slot that closes itself, which is not closed", `<main><nabij-suggestions slot-name=next /></main><p>after</p>`, 0, false},
		{"one that is not closed before one that is", `<main><nabij-suggestions slot-name=next></main>` + slot("also"), 1, false},
		{"a head that is not closed", `<html><head><script src=nabij.js></script><body>` + slot("next") + `</body></html>`, 1, true},
		{"what is no markup", `<!-- ` + slot("next") + ` --><script>"` + slot("next") + `"</script><textarea>` + slot("next") + `</textarea><title>` + slot("next") + `</title>`, 0, false},
		{"capitals, white space, quotation marks and none", "<NABIJ-SUGGESTIONS\n slot-name = 'next' ></Nabij-Suggestions >", 1, false},
		{"nested wrongly", `<b><i>` + slot("next") + `</b></i><table><tr>` + slot("also") + `</table>`, 2, false},
		{"bytes that are no UTF-8", "\xff\xfe<div title=\"\xe9\">" + slot("next") + "\xc3", 1, false},
		{"NUL", "a\x00b" + slot("next"), 1, false},
		{"two documents", slotPage + slotPage, 2, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			e.t = t
			e.html("/p/3", row.page)
			got := e.get("/p/3")
			require.NoError(t, got.err)
			assert.Equal(t, 200, got.StatusCode)
			assert.Equal(t, row.filled, strings.Count(got.body, `<ul slot="nabij"`), got.body)
			assert.Equal(t, row.head, strings.Contains(got.body, "nabij-context"), got.body)
			assert.Equal(t, row.page, without(got.body), "nothing of the origin's is changed")
		})
	}
}

// What a page is about is found as in the browser.
func TestPageIsAbout(t *testing.T) {
	e := start(t, `{}`)
	list := func(head, path string) string {
		e.html(strings.Split(path, "?")[0], `<html lang="en"><head>`+head+`</head><body>`+slot("next")+`</body></html>`)
		return strings.Join(regexp.MustCompile(`data-nabij-item="([^"]*)"`).FindAllString(e.get(path).body, -1), " ")
	}
	three, none := list("", "/p/3"), list("", "/about")
	require.NotEmpty(t, three)
	require.NotEqual(t, three, none)
	for _, row := range []struct{ name, head, path, want string }{
		{"junk in the query", "", "/p/3?utm_source=mail&gclid=x", three},
		{"the canonical link", `<link rel="canonical" href="https://shop.example/p/3?a=1&amp;b=2">`, "/about", three},
		{"a canonical link without a host, in capitals", `<link REL=Canonical href=/p/3>`, "/p/7", three},
		{"a canonical link to what is not in the pack", `<link rel=canonical href="/nowhere">`, "/p/3", three},
		{"meta goes before all", `<link rel=canonical href="/p/7"><meta name="nabij-item" content="item-3">`, "/p/9", three},
		{"meta that is not in the pack", `<meta name="nabij-item" content="x">`, "/p/3", none},
		{"linked data", `<script type="application/ld+json">{"@type":"Product","sku":"item-3"}</script>`, "/about", three},
		{"linked data in a graph, by its address", `<script type="application/ld+json">[{"@graph":[{"@type":["Thing","Product"],"url":"https://shop.example/p/3"}]}]</script>` +
			`<script type="application/ld+json">{"@graph":[{"@type":"Product","url":"/p/3"}]}</script>`, "/about", three},
		{"linked data that cannot be read", `<script type="application/ld+json">{</script><script type="application/ld+json">{"@type":"Product","mpn":"item-3"}</script>`, "/about", three},
		{"the address goes before linked data", `<script type="application/ld+json">{"@type":"Product","sku":"item-9"}</script>`, "/p/3", three},
		{"linked data after the slot is too late, as it has gone by", ``, "/about", none},
	} {
		assert.Equal(t, row.want, list(row.head, row.path), row.name)
	}
	topic := list(`<meta name="nabij-topic" content="Clothing &gt; Rain &amp; wear">`, "/about")
	assert.NotEqual(t, none, topic)
}

func TestWhatIsNoPagePasses(t *testing.T) {
	e := start(t, `{}`)
	for _, row := range []struct {
		name   string
		method string
		header []string // of the request
		answer func(http.ResponseWriter)
	}{
		{"JSON", "GET", nil, func(w http.ResponseWriter) { w.Header().Set("Content-Type", "application/json") }},
		{"XHTML", "GET", nil, func(w http.ResponseWriter) { w.Header().Set("Content-Type", "application/xhtml+xml") }},
		{"UTF-16", "GET", nil, func(w http.ResponseWriter) { w.Header().Set("Content-Type", "text/html; charset=UTF-16LE") }},
		{"a charset that there is not", "GET", nil, func(w http.ResponseWriter) { w.Header().Set("Content-Type", `text/html;charset="x"`) }},
		{"no type", "GET", nil, func(w http.ResponseWriter) { w.Header()["Content-Type"] = nil }},
		{"an error's page", "GET", nil, func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(500)
		}},
		{"a page that is not there", "GET", nil, func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(404)
		}},
		{"POST", "POST", nil, func(w http.ResponseWriter) { w.Header().Set("Content-Type", "text/html") }},
		{"a frame of less data", "GET", []string{"Save-Data", "on"}, func(w http.ResponseWriter) { w.Header().Set("Content-Type", "text/html") }},
		{"what a script is fetched as", "GET", []string{"Sec-Fetch-Dest", "script"}, func(w http.ResponseWriter) { w.Header().Set("Content-Type", "text/html") }},
		{"a part", "GET", []string{"Range", "bytes=0-9"}, func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Range", "bytes 0-9/100")
			w.WriteHeader(206)
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			e.t = t
			body := slotPage + "\xff\x00é"
			e.page("/p/3", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("ETag", `"x"`)
				w.Header().Set("Cache-Control", "max-age=60")
				w.Header().Add("Set-Cookie", "a=b; Expires=Fri, 01 Jan 2100 00:00:00 GMT")
				w.Header().Add("Set-Cookie", "c=d")
				row.answer(w)
				io.WriteString(w, body)
			})
			got := e.do(row.method, "/p/3", row.header...)
			assert.Equal(t, body, got.body)
			assert.Equal(t, `"x"`, got.Header.Get("ETag"))
			assert.Equal(t, "max-age=60", got.Header.Get("Cache-Control"))
			assert.Len(t, got.Header["Set-Cookie"], 2)
		})
	}
	e.html("/p/3", slotPage)
	head := e.do("HEAD", "/p/3")
	assert.Equal(t, 200, head.StatusCode)
	assert.Empty(t, head.body)
	for _, status := range []int{204, 301, 304} {
		e.page("/p/3", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Location", "/p/4")
			w.WriteHeader(status)
		})
		got := e.get("/p/3", "If-None-Match", `"a"`)
		assert.Equal(t, status, got.StatusCode, "a null body")
		assert.Empty(t, got.body)
	}
}

// Pages in other charsets keep their bytes; what is added is ASCII.
func TestCharsets(t *testing.T) {
	e := start(t, `{}`)
	for charset, text := range map[string]string{"iso-8859-1": "caf\xe9", "shift_jis": "\x83\x65\x83\x5c", "GBK": "\xd6\xd0", "windows-1252": "\x80\x93"} {
		page := `<html lang="en"><head><title>` + text + `</title></head><body>` + text + slot("next") + text
		e.page("/p/3", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", `text/html; charset="`+charset+`"`)
			io.WriteString(w, page)
		})
		got := e.get("/p/3").body
		assert.Equal(t, page, without(got), charset)
		assert.Contains(t, got, "Item 24 &#8211; &#8220;blue&#8221;", charset)
	}
}

func TestCompressedOrigin(t *testing.T) {
	e := start(t, `{}`)
	var zipped, brotlied bytes.Buffer
	w := gzip.NewWriter(&zipped)
	io.WriteString(w, slotPage)
	require.NoError(t, w.Close())
	b := brotli.NewWriter(&brotlied)
	io.WriteString(b, slotPage)
	require.NoError(t, b.Close())
	for encoding, body := range map[string][]byte{"gzip": zipped.Bytes(), "br": brotlied.Bytes()} {
		e.html("/p/3", string(body), "Content-Encoding", encoding, "Content-Length", fmt.Sprint(len(body)), "Cache-Control", "max-age=60")
		for range 2 { // from the origin, and from the cache
			got := e.get("/p/3", "Accept-Encoding", encoding)
			require.NoError(t, got.err)
			assert.Equal(t, slotPage, without(got.body), encoding)
			assert.Contains(t, got.body, "<ul", encoding)
			assert.Empty(t, got.Header.Get("Content-Encoding"))
			e.stored(1)
		}
		e.cache.Clear()
		// What passes keeps its encoding.
		got := e.get("/p/3", "Accept-Encoding", encoding, "Save-Data", "on")
		assert.Equal(t, encoding, got.Header.Get("Content-Encoding"))
		assert.Equal(t, string(body), got.body)
	}
}

// A page arrives as its origin sends it: what stands before a pause is there before it ends.
func TestStreams(t *testing.T) {
	e := start(t, `{}`)
	goOn := make(chan bool)
	before, after := strings.Replace(slotPage, "</body></html>", strings.Repeat("<p>more</p>", 2000), 1), "<p>last</p></body></html>"
	e.page("/p/3", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, before)
		w.(http.Flusher).Flush()
		<-goOn
		io.WriteString(w, after)
	})
	r, err := http.NewRequest("GET", e.server.URL+"/p/3", nil)
	require.NoError(t, err)
	response, err := client.Do(r)
	require.NoError(t, err)
	defer response.Body.Close()
	late := time.AfterFunc(10*time.Second, func() { response.Body.Close() })
	defer late.Stop()
	first := make([]byte, len(before))
	_, err = io.ReadFull(response.Body, first)
	require.NoError(t, err, "the page came only when its origin had finished")
	assert.Contains(t, string(first), "<ul")
	close(goOn)
	rest, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	assert.Equal(t, before+after, without(string(first)+string(rest)))
}

// A page of 100 MB passes through without being held.
func TestLargePage(t *testing.T) {
	if testing.Short() {
		t.Skip("left out by -short: 100 MB take seconds")
	}
	e := start(t, `{}`)
	chunk := strings.Repeat("<p>A paragraph of text.</p>\n", 1<<16/28)
	const chunks = 1600
	e.page("/p/3", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Cache-Control", "max-age=60") // too large to be kept
		io.WriteString(w, slotPage)
		for range chunks {
			if _, err := io.WriteString(w, chunk); err != nil {
				return
			}
		}
	})
	r, err := http.NewRequest("GET", e.server.URL+"/p/3", nil)
	require.NoError(t, err)
	response, err := client.Do(r)
	require.NoError(t, err)
	defer response.Body.Close()
	head := make([]byte, 2*len(slotPage))
	_, err = io.ReadFull(response.Body, head)
	require.NoError(t, err)
	time.Sleep(500 * time.Millisecond) // a visitor who is slow
	n, err := io.Copy(io.Discard, response.Body)
	require.NoError(t, err)
	assert.Greater(t, int(n), chunks*len(chunk))
	assert.Less(t, pagetest.Resident(t, e.server.PID()), 300<<20)
	assert.Zero(t, e.cache.Len())
}
