package worker_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/edge/deploy"
	"github.com/nabij/nabij/host/edge/workerd"
	"github.com/nabij/nabij/host/edge/workerd/workerdtest"
	"github.com/nabij/nabij/wasm/edge/worker"
)

// shop is a pack of forty items in two topics, with a row each.
func shop(t testing.TB) []byte { return shopOf(t, 40) }

func shopOf(t testing.TB, items int) []byte {
	src := pack.Source{
		Site: "https://shop.example", Languages: []string{"en", "nl"}, Currencies: []string{"EUR"},
		Topics: []pack.Topic{{Name: "Clothing", Parent: pack.NoTopic}, {Name: "Rain & wear", Parent: 0}},
		Slots: []pack.Slot{
			{Name: "next", Kinds: pack.AllKinds, Size: 4, Layer: 2}, {Name: "also", Kinds: pack.AllKinds, Size: 3, Layer: 2},
			{Name: "nothing", Kinds: pack.KindsOf(pack.KindComparison), Size: 3, Layer: 2},
		},
		Policy:    pack.DefaultPolicy(),
		TopicRows: []pack.Row{1: {Neighbours: []pack.Neighbour{{Item: 12, Weight: 3}, {Item: 14, Weight: 2}, {Item: 16, Weight: 1}}}},
		Priors: []pack.Prior{
			{Class: pack.Night, Topic: 1, Multiplier: 4}, {Class: pack.Phone, Topic: 0, Multiplier: 3}, {Class: pack.Region1, Topic: 1, Multiplier: 3},
		},
	}
	for k := range items {
		src.Items = append(src.Items, pack.Item{
			ID: fmt.Sprint("item-", k), URL: fmt.Sprint("/p/", k), Title: fmt.Sprintf("Item %d – “blue” & <b>", k), Image: fmt.Sprintf("/i/%d.svg", k),
			Topics: []uint16{uint16(k % 2)}, Language: uint8(k%2 + 1), Currency: 1, Price: uint32(995 + 100*k),
			Popularity: uint16(60_000 - 1000*k), Availability: pack.InStock,
		})
		var row pack.Row
		for n := range 8 {
			if other := (k*7 + n*11 + 3) % items; other != k {
				row.Neighbours = append(row.Neighbours, pack.Neighbour{Item: uint32(other), Weight: float64(9 - n)})
			}
		}
		src.Rows = append(src.Rows, row)
	}
	data, err := pack.Write(src)
	require.NoError(t, err)
	return data
}

// tables are what a Worker that is made at a time knows of a pack.
func tables(t testing.TB, data []byte, now time.Time) worker.Tables {
	p, err := pack.Open(data)
	require.NoError(t, err)
	return deploy.Tables(p, now)
}

// edge is a worker before an origin.
type edge struct {
	t      testing.TB
	server *workerd.Server
	origin *httptest.Server
	cache  *workerd.Cache
	asked  atomic.Int64 // requests that have reached the origin

	mu    sync.Mutex
	pages map[string]http.HandlerFunc
	last  *http.Request
}

// fresh is how long a pack is not looked for again.
const fresh = 100 * time.Millisecond

// start starts a worker before an origin whose pages are set by page. Change, if any, may change what is run.
func start(t testing.TB, config string, change ...func(*workerd.Config)) *edge {
	t.Helper()
	workerdtest.Need(t)
	e := &edge{t: t, cache: workerd.NewCache(64 << 20), pages: map[string]http.HandlerFunc{}}
	e.origin = httptest.NewServer(e)
	t.Cleanup(e.origin.Close)
	data := shop(t)
	script, err := worker.ScriptFresh([]byte(config), tables(t, data, time.Now()), fresh)
	require.NoError(t, err)
	module, err := os.ReadFile("../../../host/nabij.wasm")
	require.NoError(t, err)
	c := workerd.Config{
		Modules: []workerd.Module{
			{Name: "worker.mjs", Content: script}, {Name: worker.ModuleName, Content: module}, {Name: worker.PackName, Content: data},
		},
		Origin: strings.TrimPrefix(e.origin.URL, "http://"), Cache: e.cache, CFHeader: true,
	}
	for _, change := range change {
		change(&c)
	}
	e.server = workerdtest.Start(t, c)
	return e
}

func (e *edge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.asked.Add(1)
	e.mu.Lock()
	e.last = r
	h := e.pages[r.URL.Path]
	e.mu.Unlock()
	if h == nil {
		h = http.NotFound
	}
	h(w, r)
}

// page sets what the origin answers at a path.
func (e *edge) page(path string, h http.HandlerFunc) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.pages[path] = h
}

// html sets a page, with headers by pairs.
func (e *edge) html(path, body string, header ...string) {
	e.page(path, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for k := 0; k < len(header); k += 2 {
			w.Header().Add(header[k], header[k+1])
		}
		io.WriteString(w, body)
	})
}

// seen is the last request that has reached the origin.
func (e *edge) seen() *http.Request {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.last
}

type response struct {
	*http.Response
	body string
	err  error // of reading the body
}

var client = &http.Client{
	Transport:     &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 64},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// do asks the worker, with headers by pairs.
func (e *edge) do(method, path string, header ...string) response {
	e.t.Helper()
	r, err := http.NewRequest(method, e.server.URL+path, nil)
	require.NoError(e.t, err)
	r.Host = "shop.example"
	for k := 0; k < len(header); k += 2 {
		r.Header.Add(header[k], header[k+1])
	}
	got, err := client.Do(r)
	require.NoError(e.t, err)
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	return response{got, string(body), err}
}

func (e *edge) get(path string, header ...string) response {
	e.t.Helper()
	return e.do("GET", path, header...)
}

const (
	slotPage = `<!doctype html><html lang="en"><head><title>A page</title><script src="/nabij/nabij.js" defer></script></head><body><main>` +
		`<nabij-suggestions slot-name="next"><p>fallback</p></nabij-suggestions></main><p>after</p></body></html>`
)

// stored waits until the cache has so many responses: a page is stored after it was sent.
func (e *edge) stored(n int) {
	e.t.Helper()
	require.Eventually(e.t, func() bool { return e.cache.Len() == n }, 30*time.Second, 5*time.Millisecond)
}
