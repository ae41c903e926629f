package worker_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestVisitorsBesideOneAnother: pages of one address, about other things and for other classes, that are on their way at the same time
// get nothing of each other's, also where visitors leave in the middle: the worker keeps what fills a page for the next one.
func TestVisitorsBesideOneAnother(t *testing.T) {
	e := start(t, `{}`)
	e.page("/p/x", func(w http.ResponseWriter, r *http.Request) {
		item := r.Header.Get("X-Item")
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Cache-Control", "private")
		page := fmt.Sprintf(`<!doctype html><html lang="%s"><head><meta name="nabij-item" content="item-%s"><script src="/nabij/nabij.js"></script></head><body>`,
			[]string{"en", "nl"}[len(item)%2], item)
		for _, name := range []string{"next", "also", "next"} {
			page += "<p>Some words.</p>" + slot(name)
		}
		page += "</body></html>"
		for len(page) > 0 {
			n := min(len(page), 1+rand.IntN(200))
			io.WriteString(w, page[:n])
			page = page[n:]
			if r.Header.Get("X-Pause") != "" {
				w.(http.Flusher).Flush()
				time.Sleep(time.Duration(rand.IntN(2000)) * time.Microsecond)
			}
		}
	})
	type visitor struct{ item, device string }
	want := map[visitor]string{}
	var visitors []visitor
	for _, item := range []string{"3", "4", "12", "13", "27"} {
		for _, device := range []string{"?1", "?0", ""} {
			v := visitor{item, device}
			visitors = append(visitors, v)
			want[v] = e.get("/p/x", "X-Item", item, "Sec-CH-UA-Mobile", device).body
		}
	}
	assert.NotEqual(t, want[visitor{"3", ""}], want[visitor{"3", "?1"}])

	visit := func(v visitor) {
		ctx, leave := context.WithCancel(t.Context())
		defer leave()
		r, err := http.NewRequestWithContext(ctx, "GET", e.server.URL+"/p/x", nil)
		if !assert.NoError(t, err) {
			return
		}
		r.Host = "shop.example"
		r.Header = http.Header{"X-Item": {v.item}, "Sec-Ch-Ua-Mobile": {v.device}, "X-Pause": {"yes"}}
		response, err := client.Do(r)
		if !assert.NoError(t, err) {
			return
		}
		defer response.Body.Close()
		if rand.IntN(4) == 0 {
			io.CopyN(io.Discard, response.Body, rand.Int64N(2000))
			return
		}
		body, err := io.ReadAll(response.Body)
		assert.NoError(t, err)
		assert.Equal(t, want[v], string(body), v)
	}
	var work sync.WaitGroup
	for range 24 {
		work.Go(func() {
			for range 20 {
				visit(visitors[rand.IntN(len(visitors))])
			}
		})
	}
	work.Wait()
	for v, page := range want {
		require.Equal(t, page, e.get("/p/x", "X-Item", v.item, "Sec-CH-UA-Mobile", v.device).body)
	}
}
