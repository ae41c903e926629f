package pagetest

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Soak asks what fills pages for mixed ones, many times.
type Soak struct {
	// URL is that of what fills pages, before Origin.
	URL    string
	Origin *Mixed
	// Ask changes a request so that it comes from a country.
	Ask func(r *http.Request, country string)
	// Suggest is an address of suggestions.
	Suggest string
	// Memory returns the bytes of memory that what fills pages has.
	Memory func() int
}

// Mixed is a server of pages and of what is none, whose pages may be kept for long, shortly, by the visitor alone, or not at all.
type Mixed struct {
	// Page is what all pages are.
	Page  string
	asked atomic.Int64
}

// mixedPages is how many pages there are.
const mixedPages = 40

func (m *Mixed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.asked.Add(1)
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	switch path := r.URL.Path; path {
	case "/plain":
		_, _ = io.WriteString(w, "<p>Nothing to fill</p>")
	case "/style.css":
		header.Set("Content-Type", "text/css")
		_, _ = w.Write(bytes.Repeat([]byte("a{}"), 20_000))
	case "/error":
		http.Error(w, "no", http.StatusServiceUnavailable)
	default:
		k, err := strconv.Atoi(strings.TrimPrefix(path, "/p/"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		header.Set("Cache-Control", []string{"private", "max-age=3600", "max-age=1", "no-store"}[k%4])
		_, _ = io.WriteString(w, m.Page)
	}
}

// Run asks NABIJ_SOAK times (2,000 unless it is set) over 32 connections: no errors, no wrong bodies, and memory that stays flat.
func (s Soak) Run(t *testing.T) {
	times := 2000
	if text := os.Getenv("NABIJ_SOAK"); text != "" {
		var err error
		times, err = strconv.Atoi(text)
		require.NoError(t, err)
	}
	const connections, parts = 32, 4
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: connections}}
	defer client.CloseIdleConnections()
	var bodies sync.Map // checksums by what bodies depend on
	var wrong atomic.Int64
	ask := func(random *rand.Rand) error {
		path, query := s.path(random), ""
		if random.IntN(4) == 0 && !strings.Contains(path, "?") {
			query = fmt.Sprintf("?q=%d", random.IntN(1_000_000))
		}
		mobile, country := []string{"?0", "?1", ""}[random.IntN(3)], []string{"NL", "DE", "FR"}[random.IntN(3)]
		r, err := http.NewRequest("GET", s.URL+path+query, nil)
		if err != nil {
			return err
		}
		r.Host = "shop.example"
		r.Header.Set("Sec-CH-UA-Mobile", mobile)
		r.Header.Set("Cookie", fmt.Sprint("visitor=", random.Int()))
		s.Ask(r, country)
		response, err := client.Do(r)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			return err
		}
		got := fmt.Sprint(response.StatusCode, sha256.Sum256(body))
		if want, _ := bodies.LoadOrStore(path+mobile+country, got); want != got {
			wrong.Add(1)
		}
		return nil
	}
	began := time.Now()
	var settled, memory int
	for part := range parts { // memory is looked at after the first, when all is warm, and at the end
		var work sync.WaitGroup
		for connection := range connections {
			work.Go(func() {
				random := rand.New(rand.NewPCG(uint64(part), uint64(connection)))
				for range times / parts / connections {
					if err := ask(random); err != nil {
						t.Errorf("%v", err)
						return
					}
				}
			})
		}
		work.Wait()
		memory = s.Memory()
		t.Logf("%d requests in %.1f s: %d MB, %d wrong, %d to the origin", (part+1)*times/parts, time.Since(began).Seconds(), memory>>20, wrong.Load(), s.Origin.asked.Load())
		if part == 0 {
			settled = memory
		}
	}
	assert.Zero(t, wrong.Load())
	if times >= 100_000 {
		assert.Less(t, memory, settled+settled/5+32<<20)
	}
}

// path returns the address of a page, mostly.
func (s Soak) path(random *rand.Rand) string {
	if random.IntN(10) > 0 {
		return fmt.Sprint("/p/", random.IntN(mixedPages))
	}
	paths := []string{"/plain", "/style.css", "/error", "/missing", "/_nabij/health", s.Suggest}
	return paths[random.IntN(len(paths))]
}

// Resident returns the bytes of memory that a process has; the test is left out where the system does not tell.
func Resident(t testing.TB, pid int) int {
	if runtime.GOOS != "linux" {
		t.Skip("left out: only Linux tells a process's memory here")
	}
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	require.NoError(t, err)
	var total, resident int
	_, err = fmt.Sscan(string(b), &total, &resident)
	require.NoError(t, err)
	return resident * os.Getpagesize()
}
