package worker_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/edge/workerd"
)

// TestSoak asks for NABIJ_SOAK mixed pages over 32 connections (2,000 unless it is set): no errors, no wrong bodies, and memory that stays flat.
func TestSoak(t *testing.T) {
	times := 2000
	if text := os.Getenv("NABIJ_SOAK"); text != "" {
		var err error
		times, err = strconv.Atoi(text)
		require.NoError(t, err)
	}
	store := &store{}
	store.set(shop(t))
	const config = `{"classes":["device","region"],"regions":[["NL"],["DE"]],"pack":{"kv":"a.pack"}}`
	e := start(t, config, withAnswers(t, config), func(c *workerd.Config) {
		c.KV = map[string]http.Handler{"NABIJ_KV": http.HandlerFunc(store.kv)}
	})
	page := benchPage()
	for k := range 40 {
		e.html(fmt.Sprint("/p/", k), page, "Cache-Control", []string{"private", "max-age=3600", "max-age=1", "no-store"}[k%4])
	}
	e.html("/plain", "<p>Nothing to fill</p>")
	e.page("/style.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		w.Write(bytes.Repeat([]byte("a{}"), 20_000))
	})
	e.page("/error", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusServiceUnavailable) })
	paths := []string{"/plain", "/style.css", "/error", "/missing", "/_nabij/health", "/_nabij/suggest?slot=next&item=item-5&class=0.0.7.0.0.0"}

	var wants sync.Map // bodies by what they depend on
	var wrong atomic.Int64
	var settled int
	ask := func(random *rand.Rand) error {
		path := paths[random.IntN(len(paths))]
		if random.IntN(10) > 0 {
			path = fmt.Sprintf("/p/%d", random.IntN(40))
			if random.IntN(4) == 0 {
				path += fmt.Sprintf("?q=%d", random.IntN(1_000_000))
			}
		}
		mobile, country := []string{"?0", "?1", ""}[random.IntN(3)], []string{"NL", "DE", "FR"}[random.IntN(3)]
		r, err := http.NewRequest("GET", e.server.URL+path, nil)
		if err != nil {
			return err
		}
		r.Host = "shop.example"
		r.Header.Set("Sec-CH-UA-Mobile", mobile)
		r.Header.Set("cf-blob", fmt.Sprintf(`{"country":%q}`, country))
		r.Header.Set("Cookie", fmt.Sprint("visitor=", random.Int()))
		response, err := client.Do(r)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			return err
		}
		path, _, _ = strings.Cut(path, "?q")
		got := fmt.Sprint(response.StatusCode, " ", string(body))
		if want, _ := wants.LoadOrStore(path+mobile+country, got); want != got {
			wrong.Add(1)
		}
		return nil
	}
	began := time.Now()
	for part := range 4 { // memory is looked at after the first, when all is warm, and at the end
		var work sync.WaitGroup
		for connection := range 32 {
			work.Go(func() {
				random := rand.New(rand.NewPCG(uint64(part), uint64(connection)))
				for range times / 4 / 32 {
					if err := ask(random); err != nil {
						t.Errorf("%v", err)
						return
					}
				}
			})
		}
		work.Wait()
		memory := rss(t, e.server.PID())
		t.Logf("%d requests in %.0f s: %d MB, %d wrong, %d kept, %d to the origin", (part+1)*times/4, time.Since(began).Seconds(), memory>>20, wrong.Load(), e.cache.Len(), e.asked.Load())
		if part == 0 {
			settled = memory
		}
	}
	assert.Zero(t, wrong.Load())
	if times >= 100_000 {
		assert.Less(t, rss(t, e.server.PID()), settled+settled/5+32<<20)
	}
}
