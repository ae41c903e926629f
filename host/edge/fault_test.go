package edge

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/edge/moment"
)

// serve serves a handler, and returns its address and a client.
func serve(t *testing.T, h http.Handler) (string, *http.Client) {
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = nil
	s.Start()
	t.Cleanup(s.Close)
	return s.URL, s.Client()
}

// TestFaults: what goes wrong at the origin is passed on, never as a whole page, and never kept; what goes wrong here, nobody sees.
func TestFaults(t *testing.T) {
	var mu sync.Mutex
	var told []string
	e, _ := newEdge(t, Config{Failed: func(err error) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, err.Error())
	}})
	half := func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Cache-Control", "max-age=60")
		io.WriteString(w, product[:len(product)/2])
		w.(http.Flusher).Flush()
	}
	down := httptest.NewServer(nil)
	down.Close()
	at, err := url.Parse(down.URL)
	require.NoError(t, err)
	proxy := httputil.NewSingleHostReverseProxy(at)
	proxy.ErrorHandler = func(w http.ResponseWriter, r *http.Request, err error) { w.WriteHeader(502) }
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	io.WriteString(z, strings.Repeat(product, 100))
	z.Close()
	mux := http.NewServeMux()
	mux.HandleFunc("/reset", func(w http.ResponseWriter, r *http.Request) { half(w); panic(http.ErrAbortHandler) })
	mux.HandleFunc("/short", func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Length", "1000"); half(w) })
	mux.HandleFunc("/gzip", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Cache-Control", "max-age=60")
		broken := bytes.Clone(zipped.Bytes())
		for i := len(broken) / 2; i < len(broken); i++ {
			broken[i] ^= 0x55
		}
		w.Write(broken)
	})
	mux.HandleFunc("/gzip-short", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", "text/html")
		w.Write(zipped.Bytes()[:zipped.Len()/2])
	})
	mux.Handle("/down", proxy)
	mux.HandleFunc("/page", origin(product, "Cache-Control", "max-age=60"))
	base, client := serve(t, e.Handler(mux))
	for _, path := range []string{"/reset", "/short", "/gzip", "/gzip-short"} {
		response, err := client.Get(base + path)
		if err == nil {
			_, err = io.ReadAll(response.Body)
			response.Body.Close()
		}
		assert.Error(t, err, path)
	}
	response, err := client.Get(base + "/down")
	require.NoError(t, err)
	response.Body.Close()
	assert.Equal(t, 502, response.StatusCode)
	assert.Empty(t, e.cache.byKey)
	assert.Len(t, told, 3, "%s", told)

	// The engine fails, then panics, then works again.
	told = nil
	works := e.current.Suggester
	for _, s := range []func() (core.Reply, error){
		func() (core.Reply, error) { return core.Reply{}, errors.New("trapped") },
		func() (core.Reply, error) { panic("broken") },
	} {
		e.current.Suggester = suggester(s)
		response, err := client.Get(base + "/page?" + fmt.Sprint(len(told)))
		require.NoError(t, err)
		body, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		response.Body.Close()
		assert.Equal(t, product, strings.Replace(string(body), `<meta name="nabij-context" content="0 0 0 0 0"><link rel="stylesheet" href="/nabij/nabij-suggestions.css">`, "", 1))
	}
	assert.Equal(t, []string{"edge: slot next: trapped", "edge: page: broken"}, told)
	e.current.Suggester = works
	assert.Contains(t, get(e.Handler(mux), "/page?3").Body.String(), "shadowrootmode")
}

// TestTrap: an instance that traps is asked once more, as another one.
func TestTrap(t *testing.T) {
	e, _ := newEdge(t, Config{})
	calls := 0
	asked := engine(func(ctx context.Context, r core.Request) (core.Reply, error) {
		if calls++; calls == 1 {
			return core.Reply{}, fmt.Errorf("suggest: %w", host.ErrTrap)
		}
		return e.current.engine.NewSession().Suggest(ctx, r)
	})
	reply, err := asked.Suggest(t.Context(), core.Request{Layer: 1, Item: pack.NoItem, Topic: pack.NoTopic})
	assert.NoError(t, err)
	assert.NotEmpty(t, reply.Suggestions)
	assert.Equal(t, 2, calls)
}

type suggester func() (core.Reply, error)

func (s suggester) Suggest(context.Context, core.Request) (core.Reply, error) { return s() }

// TestScannerFails: at whatever byte it does, all bytes of the page come, in order.
func TestScannerFails(t *testing.T) {
	e, _ := newEdge(t, Config{Failed: func(error) {}})
	e.current.Suggester = suggester(func() (core.Reply, error) { panic("broken") })
	page := "<p>1" + next + "<p>2" + next + "</p"
	for size := 1; size < len(page); size++ {
		w := get(e.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			for piece := range slices.Chunk([]byte(page), size) {
				w.Write(piece)
			}
		})), "/")
		assert.Equal(t, page, w.Body.String(), "by %d", size)
	}
}

// TestStreams: what the origin has sent arrives before it sends more, in order, filled.
func TestStreams(t *testing.T) {
	e, _ := newEdge(t, Config{})
	goOn := make(chan bool)
	pieces := []string{"<!doctype html><p>one", "<b>two</b><nabij-sugg", `estions slot-name="next">`, "x</nabij-suggestions><p>three", "<!-- four", " --></html>"}
	base, client := serve(t, e.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		for _, piece := range pieces {
			io.WriteString(w, piece)
			w.(http.Flusher).Flush()
			<-goOn
		}
	})))
	response, err := client.Get(base)
	require.NoError(t, err)
	defer response.Body.Close()
	sent := ""
	for i, piece := range pieces {
		sent += piece
		want := sent
		if i >= 3 {
			want, _ = newFiller(t, Config{}).fill(t, sent, "/", moment.Class{})
		}
		before := 0
		if i > 0 {
			before = len(sent) - len(piece)
			if i >= 4 {
				all, _ := newFiller(t, Config{}).fill(t, sent[:before], "/", moment.Class{})
				before = len(all)
			}
		}
		got := make([]byte, len(want)-before)
		_, err := io.ReadFull(response.Body, got)
		require.NoError(t, err)
		assert.Equal(t, want[before:], string(got))
		goOn <- true
	}
	rest, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	assert.Empty(t, rest)
}

// TestLongPage: a page of 100 MB passes in little memory.
func TestLongPage(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: 100 MB take seconds")
	}
	e, _ := newEdge(t, Config{})
	piece := []byte(strings.Repeat("<div class=x><p>text <b>bold</b><li>item</div><br>"+next+"<!-- c -->", 100))
	pieces := 100 << 20 / len(piece)
	base, client := serve(t, e.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Cache-Control", "max-age=60")
		for range pieces {
			w.Write(piece)
		}
		io.WriteString(w, "</html>")
	})))
	e.current.Suggester = suggester(func() (core.Reply, error) { return core.Reply{}, nil }) // what it takes to suggest is not asked here
	response, err := client.Get(base)
	require.NoError(t, err)
	defer response.Body.Close()
	buffer := make([]byte, 1<<20)
	var n, most int64
	for {
		got, err := response.Body.Read(buffer)
		n += int64(got)
		if n>>24 != (n-int64(got))>>24 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, int64(m.HeapAlloc))
		}
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
	}
	assert.Equal(t, int64(pieces*len(piece)+len("</html>")), n)
	assert.Less(t, most, int64(48<<20), "bytes of heap")
	assert.Empty(t, e.cache.byKey)
}

// TestSwapUnderLoad: each page is filled to its end, whatever packs come.
func TestSwapUnderLoad(t *testing.T) {
	e, _ := newEdge(t, Config{})
	h := e.Handler(origin(product))
	filled := get(h, "/").Body.Len()
	var group sync.WaitGroup
	stop := make(chan bool)
	for range 4 {
		group.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					assert.Equal(t, filled, get(h, "/").Body.Len())
				}
			}
		})
	}
	for range 20 {
		assert.NoError(t, e.Swap(testPack(t)))
	}
	close(stop)
	group.Wait()
}
