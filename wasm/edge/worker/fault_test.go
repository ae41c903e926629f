package worker_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/websocket"

	"github.com/nabij/nabij/host/edge/workerd"
	"github.com/nabij/nabij/host/edge/workerd/workerdtest"
	"github.com/nabij/nabij/wasm/edge/worker"
)

func TestOriginIsDown(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	nobody := l.Addr().String()
	require.NoError(t, l.Close())
	e := start(t, `{}`, func(c *workerd.Config) { c.Origin = nobody })
	for _, method := range []string{"GET", "POST", "HEAD"} {
		got := e.do(method, "/p/3")
		assert.Equal(t, 502, got.StatusCode)
		assert.Equal(t, "no-store", got.Header.Get("Cache-Control"))
		if method != "HEAD" {
			assert.Contains(t, got.body, "does not answer")
		}
	}
}

func TestOriginsErrors(t *testing.T) {
	e := start(t, `{}`)
	for _, status := range []int{400, 403, 429, 500, 503} {
		e.page("/p/3", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Retry-After", "1")
			w.Header().Set("Cache-Control", "max-age=60")
			w.WriteHeader(status)
			io.WriteString(w, slotPage)
		})
		got := e.get("/p/3")
		assert.Equal(t, []any{status, slotPage, "1"}, []any{got.StatusCode, got.body, got.Header.Get("Retry-After")})
	}
	assert.Zero(t, e.cache.Len())
	// A reset before anything was said.
	e.page("/p/3", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	assert.Equal(t, 502, e.get("/p/3").StatusCode)
}

// What has come of a page that breaks off is passed on, and it is not kept. (workerd ends chunked bodies as if they were whole, also those
// that it only passes.)
func TestOriginBreaksOff(t *testing.T) {
	e := start(t, `{}`)
	before := strings.TrimSuffix(slotPage, "</body></html>")
	for _, length := range []string{"", fmt.Sprint(len(slotPage))} {
		e.page("/p/3", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Cache-Control", "max-age=60")
			if length != "" {
				w.Header().Set("Content-Length", length)
			}
			io.WriteString(w, before)
			w.(http.Flusher).Flush()
			time.Sleep(50 * time.Millisecond)
			panic(http.ErrAbortHandler)
		})
		got := e.get("/p/3")
		assert.Equal(t, 200, got.StatusCode)
		assert.Contains(t, got.body, "<ul")
		assert.Equal(t, before, without(got.body))
	}
	time.Sleep(100 * time.Millisecond)
	assert.Zero(t, e.cache.Len())
	e.html("/p/3", slotPage)
	assert.Contains(t, e.get("/p/3").body, "<ul", "and then it goes on")
}

// What says that it is compressed and cannot be read goes to the browser as it is, which says so. What breaks off later breaks off.
func TestBrokenGzip(t *testing.T) {
	e := start(t, `{}`)
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	io.WriteString(w, slotPage)
	require.NoError(t, w.Close())
	for name, body := range map[string][]byte{
		"not compressed": []byte(slotPage), "damaged": append(zipped.Bytes()[:20:20], bytes.Repeat([]byte{0xff}, 200)...), "cut": zipped.Bytes()[:zipped.Len()/2],
	} {
		e.html("/p/3", string(body), "Content-Encoding", "gzip", "Cache-Control", "max-age=60")
		done := make(chan response, 1)
		go func() { done <- e.get("/p/3", "Accept-Encoding", "gzip") }()
		select {
		case got := <-done:
			if name == "cut" {
				assert.NotEmpty(t, got.body)
				assert.True(t, strings.HasPrefix(slotPage, without(got.body)), got.body)
				continue
			}
			assert.Equal(t, string(body), got.body, name)
			assert.Equal(t, "gzip", got.Header.Get("Content-Encoding"), name)
		case <-time.After(20 * time.Second):
			t.Fatal("it hangs: ", name)
		}
	}
	time.Sleep(100 * time.Millisecond)
	assert.Zero(t, e.cache.Len())
	e.html("/p/3", slotPage)
	assert.Contains(t, e.get("/p/3").body, "<ul")
}

// A cache that fails, or none, costs time alone.
func TestCacheFails(t *testing.T) {
	for name, cache := range map[string]http.Handler{
		"none": nil,
		"errors": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(500)
		}),
		"resets": http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }),
	} {
		t.Run(name, func(t *testing.T) {
			e := start(t, `{}`, func(c *workerd.Config) { c.Cache = cache })
			e.html("/p/3", slotPage, "Cache-Control", "max-age=60")
			for range 3 {
				got := e.get("/p/3")
				assert.NoError(t, got.err)
				assert.Contains(t, got.body, "<ul")
				assert.Equal(t, slotPage, without(got.body))
			}
		})
	}
}

// store serves a pack as KV or R2 does; nothing, an error or damaged bytes too.
type store struct {
	content atomic.Pointer[[]byte]
	asked   atomic.Int64
	slow    time.Duration
	held    chan struct{} // KV's answers wait until it is closed; nil for not at all
}

func (s *store) set(content []byte) { s.content.Store(&content) }

func (s *store) kv(w http.ResponseWriter, _ *http.Request) {
	s.asked.Add(1)
	time.Sleep(s.slow)
	if s.held != nil {
		<-s.held
	}
	content := s.content.Load()
	if content == nil {
		http.NotFound(w, nil)
		return
	}
	w.Write(*content)
}

// r2 speaks as R2 does: the object's description in front of its bytes.
func (s *store) r2(w http.ResponseWriter, _ *http.Request) {
	s.asked.Add(1)
	content := s.content.Load()
	if content == nil {
		w.Header().Set("CF-R2-Error", `{"version":0,"v4code":10007,"message":"The specified key does not exist."}`)
		w.WriteHeader(404)
		return
	}
	about := fmt.Sprintf(`{"name":"a.pack","version":"1","etag":"e","size":"%d","uploaded":"0","httpFields":{},"customFields":[],"checksums":{}}`, len(*content))
	w.Header().Set("CF-R2-Metadata-Size", strconv.Itoa(len(about)))
	io.WriteString(w, about)
	w.Write(*content)
}

func TestPacks(t *testing.T) {
	good := shop(t)
	damaged := bytes.Clone(good)
	damaged[len(damaged)/2] ^= 1
	renumbered := bytes.Clone(damaged)
	renumbered[16] ^= 1 // another pack by its header
	other := shopOf(t, 20)
	for kind, config := range map[string]string{"kv": `{"pack":{"kv":"a.pack"}}`, "r2": `{"pack":{"r2":"a.pack"}}`} {
		for _, bundled := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, bundled %t", kind, bundled), func(t *testing.T) {
				s := &store{}
				e := start(t, config, func(c *workerd.Config) {
					c.KV = map[string]http.Handler{"NABIJ_KV": http.HandlerFunc(s.kv)}
					c.R2 = map[string]http.Handler{"NABIJ_R2": http.HandlerFunc(s.r2)}
					if !bundled {
						c.Modules[2].Content = nil
					}
				})
				e.html("/p/3", slotPage, "ETag", `"a"`)
				version := func() string {
					time.Sleep(150 * time.Millisecond) // until it is looked for again
					asked := s.asked.Load()
					e.get("/p/3")
					require.Eventually(t, func() bool { return s.asked.Load() > asked }, 30*time.Second, time.Millisecond)
					time.Sleep(100 * time.Millisecond) // until it is read
					got := e.get("/p/3")
					assert.Equal(t, slotPage, without(got.body))
					_, version, _ := strings.Cut(strings.TrimPrefix(got.Header.Get("ETag"), `W/"a+`), "+")
					assert.Equal(t, version != "", strings.Contains(got.body, "<ul"))
					return strings.TrimSuffix(version, `"`)
				}
				of := func(pack []byte) string { return fmt.Sprintf("%016x", binary.LittleEndian.Uint64(pack[16:])) }
				first := ""
				if bundled {
					first = of(good)
				}
				assert.Equal(t, first, version(), "there is none yet")
				s.set([]byte("no pack"))
				assert.Equal(t, first, version())
				s.set(damaged)
				assert.Equal(t, first, version())
				s.set(good)
				if !bundled && version() != of(good) {
					// The damaged one says that it is this one, and is not read again.
					s.set(renumbered)
					assert.Equal(t, first, version())
					s.set(good)
				}
				assert.Equal(t, of(good), version())
				s.set(renumbered)
				assert.Equal(t, of(good), version(), "the last good one stays")
				s.set(other)
				assert.Equal(t, of(other), version(), "swapped as a whole")
				s.content.Store(nil)
				assert.Equal(t, of(other), version(), "it is gone")
			})
		}
	}
}

// The first page waits for the first pack, for a while; those that come meanwhile do not.
func TestFirstPack(t *testing.T) {
	const config = `{"pack":{"kv":"a.pack"}}`
	s := &store{held: make(chan struct{})}
	s.set(shop(t))
	e := start(t, config, func(c *workerd.Config) {
		c.KV = map[string]http.Handler{"NABIJ_KV": http.HandlerFunc(s.kv)}
		c.Modules[2].Content = nil
		var err error // a script that does not look for it again meanwhile
		c.Modules[0].Content, err = worker.ScriptFresh([]byte(config), tables(t, shop(t), time.Now()), time.Minute)
		require.NoError(t, err)
	})
	e.html("/p/3", slotPage)
	bodies := make(chan string, 2)
	go func() { bodies <- e.get("/p/3").body }()
	require.Eventually(t, func() bool { return s.asked.Load() == 1 }, 30*time.Second, time.Millisecond)
	assert.Equal(t, slotPage, e.get("/p/3").body)
	close(s.held)
	assert.Contains(t, <-bodies, "<ul")
	assert.EqualValues(t, 1, s.asked.Load())

	slow := &store{slow: 5 * time.Second}
	slow.set(shop(t))
	e = start(t, config, func(c *workerd.Config) {
		c.KV = map[string]http.Handler{"NABIJ_KV": http.HandlerFunc(slow.kv)}
		c.Modules[2].Content = nil
	})
	e.html("/p/3", slotPage)
	began := time.Now()
	assert.Equal(t, slotPage, e.get("/p/3").body)
	assert.Less(t, time.Since(began), 3*time.Second)
}

// An engine that traps costs suggestions, and nothing else: slots stay as they are, and where it works again they are filled.
func TestEngineTraps(t *testing.T) {
	for _, row := range []struct{ name, export, config string }{{"suggest", "suggest", `{}`}, {"open", "open", `{}`}, {"reserve", "reserve", `{}`}} {
		t.Run(row.name, func(t *testing.T) {
			e := start(t, row.config, func(c *workerd.Config) { c.Modules[1].Content = trapping(t, c.Modules[1].Content, row.export) })
			e.html("/p/3", slotPage)
			for _, path := range []string{"/p/3", "/p/3", "/p/3?a", "/p/3"} {
				got := e.get(path)
				if path != "/p/3" {
					e.html("/p/3", slotPage)
				}
				assert.Equal(t, 200, got.StatusCode)
				assert.Equal(t, slotPage, without(got.body))
				assert.NotContains(t, got.body, "<ul")
			}
			assert.Contains(t, e.server.Output(), "nabij:", "the log says so")
		})
	}
}

// trapping returns a module whose export does nothing but trap.
func trapping(t *testing.T, module []byte, export string) []byte {
	m := bytes.Clone(module)
	number := func(at *int) int {
		n, size := binary.Uvarint(m[*at:])
		*at += size
		return int(n)
	}
	imported, index := 0, -1
	for at := 8; at < len(m); {
		id := m[at]
		at++
		size := number(&at)
		end := at + size
		switch id {
		case 2:
			t.Fatal("the module imports something")
		case 7:
			for range number(&at) {
				length := number(&at)
				name := string(m[at : at+length])
				at += length
				kind := m[at]
				at++
				k := number(&at)
				if kind == 0 && name == export {
					index = k
				}
			}
		case 10:
			require.GreaterOrEqual(t, index, 0)
			for k := range number(&at) {
				size := number(&at)
				if k == index-imported {
					body := m[at : at+size]
					for i := range body {
						body[i] = 1 // nop
					}
					body[0], body[1], body[size-1] = 0, 0, 0x0b // no locals, unreachable, end
				}
				at += size
			}
		}
		at = end
	}
	return m
}

// Static assets are the origin where there are some; a configured origin goes before.
func TestOrigins(t *testing.T) {
	assets := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, "%s %s", r.URL, slot("next"))
	})
	e := start(t, `{}`, func(c *workerd.Config) { c.Fetchers = map[string]http.Handler{"ASSETS": assets} })
	got := e.get("/p/3?a=b")
	assert.Contains(t, got.body, "/p/3?a=b ")
	assert.Contains(t, got.body, "<ul")
	assert.Zero(t, e.asked.Load())

	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, "%s %s %s", r.Method, r.Host, r.URL)
	}))
	defer other.Close()
	e = start(t, `{"origin":"https://origin.example/ignored"}`, func(c *workerd.Config) {
		c.Fetchers = map[string]http.Handler{"ASSETS": assets}
		c.Origin = strings.TrimPrefix(other.URL, "http://")
	})
	assert.Equal(t, "GET origin.example /p/3?a=b", e.get("/p/3?a=b").body)
	assert.Equal(t, "POST origin.example /p/3", e.do("POST", "/p/3").body)
}

// A WebSocket passes, whatever a browser says that it is for, also where there is a page at its address.
func TestWebSockets(t *testing.T) {
	e := start(t, `{}`)
	echo := websocket.Handler(func(c *websocket.Conn) { io.Copy(c, c) })
	e.page("/p/3", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") != "" {
			echo.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Cache-Control", "max-age=60")
		io.WriteString(w, slotPage)
	})
	page, _ := workerdtest.Get(t, e.server.URL+"/p/3")
	assert.Contains(t, page, "<ul")
	e.stored(1)
	for _, to := range []string{"", "empty", "websocket"} {
		config, err := websocket.NewConfig("ws"+strings.TrimPrefix(e.server.URL, "http")+"/p/3", "http://shop.example/")
		require.NoError(t, err)
		if to != "" {
			config.Header.Set("Sec-Fetch-Dest", to)
		}
		socket, err := config.DialContext(t.Context())
		require.NoError(t, err, to)
		defer socket.Close()
		for _, word := range []string{"one", "two"} {
			_, err = io.WriteString(socket, word)
			require.NoError(t, err)
			got := make([]byte, 10)
			n, err := socket.Read(got)
			require.NoError(t, err)
			assert.Equal(t, word, string(got[:n]))
		}
	}
}
