package worker_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/edge/workerd"
)

// plain is a Worker that puts the same bytes into the same page, and knows them beforehand.
const plain = `
const head = HEAD, slots = SLOTS;
export default { async fetch(request) {
	let k = 0;
	return new HTMLRewriter()
		.on("head", { element(e) { e.append(head, { html: true }); } })
		.on("nabij-suggestions", { element(e) { e.append(slots[k++], { html: true }); } })
		.transform(await fetch(request));
} };
`

// benchPage is a page of 20 kB with three slots.
func benchPage() string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Item 3</title><link rel="canonical" href="https://shop.example/p/3">` +
		`<link rel="stylesheet" href="/shop.css"><script src="/nabij/nabij.js" defer></script></head><body><header><nav><ul>`)
	for k := range 20 {
		fmt.Fprintf(&b, `<li><a class="nav-link" href="/c/%d">Category %d</a></li>`, k, k)
	}
	b.WriteString(`</ul></nav></header><main>`)
	for slot := range 3 {
		for b.Len() < 6500*(slot+1) {
			fmt.Fprintf(&b, `<section class="row"><h2>Heading %d</h2><p>A paragraph with <em>some</em> words in it, <a href="/p/%d">a link</a>, and more words to read.</p></section>`, b.Len(), slot)
		}
		fmt.Fprintf(&b, `<nabij-suggestions slot-name="%s"><p>Fallback</p></nabij-suggestions>`, []string{"next", "also", "next"}[slot])
	}
	b.WriteString(`</main><footer><p>The end.</p></footer></body></html>`)
	return b.String()
}

// cpu returns the processor time that a process has taken.
func cpu(t testing.TB, pid int) time.Duration {
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	require.NoError(t, err)
	if len(tasks) == 0 {
		t.Skip("left out: there is no /proc to tell a process's time")
	}
	var sum time.Duration
	for _, task := range tasks {
		if b, err := os.ReadFile(task); err == nil { // or it has ended
			ns, err := strconv.ParseInt(strings.Fields(string(b))[0], 10, 64)
			require.NoError(t, err)
			sum += time.Duration(ns)
		}
	}
	return sum
}

// load asks for a page so many times, over some connections, and returns how many answers had another length than the first.
func load(t testing.TB, url string, times, connections int, header ...string) {
	var work sync.WaitGroup
	for range connections {
		work.Go(func() {
			for range times / connections {
				r, err := http.NewRequest("GET", url, nil)
				require.NoError(t, err)
				r.Host = "shop.example"
				for k := 0; k < len(header); k += 2 {
					r.Header.Set(header[k], header[k+1])
				}
				response, err := client.Do(r)
				require.NoError(t, err)
				_, err = io.Copy(io.Discard, response.Body)
				require.NoError(t, err)
				response.Body.Close()
			}
		})
	}
	work.Wait()
}

// BenchmarkEdge measures the processor time that workerd takes for a page: the worker's, with what is not to be kept and with what is
// kept, and that of a Worker that puts the same bytes in and knows them beforehand. Rounds take turns; medians are told.
func BenchmarkEdge(b *testing.B) {
	page := benchPage()
	e := start(b, `{}`)
	e.html("/p/3", page, "Cache-Control", "private")
	e.html("/p/4", page, "Cache-Control", "max-age=3600")
	filled := e.get("/p/3").body
	require.Greater(b, len(filled), len(page)+5000)

	// What was put in, by what goes before and after it.
	var added []string
	rest := filled
	for _, part := range strings.SplitAfter(page, "</p></nabij-suggestions>") {
		_ = part
	}
	pieces := strings.SplitAfter(strings.ReplaceAll(strings.ReplaceAll(page, "</head>", "\x00</head>"), "</nabij-suggestions>", "\x00</nabij-suggestions>"), "\x00")
	for _, piece := range pieces {
		piece = strings.TrimSuffix(piece, "\x00")
		at := strings.Index(rest, piece)
		require.GreaterOrEqual(b, at, 0)
		added = append(added, rest[:at])
		rest = rest[at+len(piece):]
	}
	added = added[1:]
	require.Len(b, added, 4)
	script := strings.Replace(plain, "HEAD", strconv.QuoteToASCII(added[0]), 1)
	script = strings.Replace(script, "SLOTS", fmt.Sprintf("[%q,%q,%q]", added[1], added[2], added[3]), 1)
	other, err := workerd.Start(b.Context(), workerd.Config{Modules: []workerd.Module{{Name: "plain.mjs", Content: []byte(script)}}, Origin: strings.TrimPrefix(e.origin.URL, "http://")})
	require.NoError(b, err)
	defer other.Close()
	r, err := http.NewRequest("GET", other.URL+"/p/3", nil)
	require.NoError(b, err)
	response, err := client.Do(r)
	require.NoError(b, err)
	same, err := io.ReadAll(response.Body)
	require.NoError(b, err)
	response.Body.Close()
	require.Equal(b, filled, string(same))

	const times, connections = 1500, 4
	kinds := []struct {
		name, url string
		pid       int
		took      []float64
	}{
		{"plain", other.URL + "/p/3", other.PID(), nil},
		{"uncached", e.server.URL + "/p/3", e.server.PID(), nil},
		{"cached", e.server.URL + "/p/4", e.server.PID(), nil},
	}
	for k := range kinds {
		load(b, kinds[k].url, 2000, connections)
	}
	for b.Loop() {
		for k := range kinds {
			kind := &kinds[k]
			before := cpu(b, kind.pid)
			load(b, kind.url, times, connections)
			kind.took = append(kind.took, float64((cpu(b, kind.pid)-before).Microseconds())/times)
		}
	}
	median := func(k int) float64 {
		s := slices.Sorted(slices.Values(kinds[k].took))
		return s[len(s)/2]
	}
	for k, kind := range kinds {
		b.ReportMetric(median(k), kind.name+"-cpu-µs")
		b.Logf("%s: %.0f", kind.name, kind.took)
	}
	b.ReportMetric(median(1)/median(0), "uncached/plain")
	b.ReportMetric(median(2)/median(0), "cached/plain")
}
