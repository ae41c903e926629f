package worker_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/edge/pagetest"
	"github.com/nabij/nabij/host/edge/workerd"
	"github.com/nabij/nabij/host/edge/workerd/workerdtest"
)

// plain is a Worker that puts the same bytes into the same page, and knows them beforehand. Like ours it puts them before a slot's own end tag:
// into a slot that is not closed it would put what hides the rest of the page.
const plain = `
const [head, ...slots] = ADDED;
export default { async fetch(request) {
	let k = 0;
	return new HTMLRewriter()
		.on("head > script", { element(e) { e.before(head, { html: true }); } })
		.on("nabij-suggestions", { element(e) {
			const slot = slots[k++];
			e.onEndTag((tag) => { if (tag.name === "nabij-suggestions") tag.before(slot, { html: true }); });
		} })
		.transform(await fetch(request));
} };
`

// benchPage is a page of 20 kB with three slots.
func benchPage() string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Item 3</title><link rel="canonical" href="http://shop.example/p/3">` +
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

// load asks for a page so many times, over some connections, with headers by pairs.
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

// bench is the Worker, and those that it is compared with, before one origin with benchPage.
type bench struct {
	*edge
	plain, stock []workerd.Module
}

func newBench(b *testing.B, change ...func(*workerd.Config)) bench {
	page := benchPage()
	e := start(b, `{}`, change...)
	e.html("/p/3", page, "Cache-Control", "private")
	e.html("/p/4", page, "Cache-Control", "max-age=3600")
	e.page("/slow", func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(400 * time.Millisecond)
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, page)
	})
	rest := e.get("/p/3").body
	var added []string
	mark := strings.NewReplacer(`<script src="/nabij/nabij.js"`, "\x00<script src=\"/nabij/nabij.js\"", "</nabij-suggestions>", "\x00</nabij-suggestions>")
	for _, part := range strings.Split(mark.Replace(page), "\x00") {
		at := strings.Index(rest, part)
		require.GreaterOrEqual(b, at, 0)
		added = append(added, rest[:at])
		rest = rest[at+len(part):]
	}
	require.Len(b, added, 5)
	list, err := json.Marshal(added[1:])
	require.NoError(b, err)
	return bench{e, []workerd.Module{{Name: "plain.mjs", Content: []byte(strings.Replace(plain, "ADDED", string(list), 1))}}, stock(b, list)}
}

// stock compiles testdata/stock, with the library's own shim.
func stock(b *testing.B, added []byte) []workerd.Module {
	app := filepath.Join(b.TempDir(), "app.wasm")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", app, "./testdata/stock")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := cmd.CombinedOutput()
	require.NoError(b, err, string(out))
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/syumai/workers").Output()
	require.NoError(b, err)
	assets := filepath.Join(strings.TrimSpace(string(dir)), "cmd", "workers-assets-gen", "assets")
	script := append([]byte("globalThis.added = "), added...)
	script = append(append(script, ";\n"...), read(b, filepath.Join(assets, "common", "worker.mjs"))...)
	return []workerd.Module{
		{Name: "worker.mjs", Content: script},
		{Name: "runtime.mjs", Content: read(b, filepath.Join(assets, "runtime", "cloudflare.mjs"))},
		{Name: "wasm_exec.js", Content: read(b, filepath.Join(assets, "wasm_exec_go.js"))},
		{Name: "app.wasm", Content: read(b, app)},
	}
}

// other starts another Worker before the same origin.
func (b bench) other(t testing.TB, modules []workerd.Module) *workerd.Server {
	return workerdtest.Start(t, workerd.Config{Modules: modules, Origin: strings.TrimPrefix(b.origin.URL, "http://")})
}

// BenchmarkEdge measures the processor time that workerd takes for a page: the Worker's, with what is not to be kept and with what is
// kept, that of plain, and that of the library's stock shim. Rounds take turns; medians are told, and of ratios to plain's round.
func BenchmarkEdge(b *testing.B) {
	e := newBench(b)
	const times, connections = 120, 2
	kinds := []struct {
		name, path string
		server     *workerd.Server
		times      int
		took       []float64
	}{
		{"plain", "/p/3", e.other(b, e.plain), times, nil},
		{"uncached", "/p/3", e.server, times, nil},
		{"cached", "/p/4", e.server, times, nil},
		{"stock", "/p/3", e.other(b, e.stock), times / 10, nil},
	}
	want := e.get("/p/3").body
	for _, kind := range kinds {
		r, err := http.Get(kind.server.URL + "/p/3")
		require.NoError(b, err)
		got, err := io.ReadAll(r.Body)
		require.NoError(b, err)
		require.NoError(b, r.Body.Close())
		require.Equal(b, want, string(got), kind.name)
		load(b, kind.server.URL+kind.path, 10*kind.times, connections)
	}
	for b.Loop() {
		for k := range kinds {
			kind := &kinds[k]
			before := cpu(b, kind.server.PID())
			load(b, kind.server.URL+kind.path, kind.times, connections)
			took := cpu(b, kind.server.PID()) - before
			kind.took = append(kind.took, float64(took.Microseconds())/float64(kind.times))
		}
	}
	for k, kind := range kinds {
		b.ReportMetric(median(kind.took), kind.name+"-cpu-µs")
		if k > 0 {
			b.ReportMetric(median(ratios(kind.took, kinds[0].took)), kind.name+"/plain")
		}
	}
	b.ReportMetric(median(ratios(kinds[1].took, kinds[3].took)), "uncached/stock")
}

// BenchmarkEdgeStart measures the time from workerd's start to the end of the first page, and the processor time that workerd takes for it: of the
// Worker before a site, which is what starts at Cloudflare when a page is asked for, and of workerd with both, of which the other has 8 MB to be read.
// The visitor is in some time zone, as Cloudflare tells one of all.
func BenchmarkEdgeStart(b *testing.B) {
	var own workerd.Config
	e := newBench(b, func(c *workerd.Config) { own = *c })
	both := own
	withAnswers(b, `{}`)(&both)
	kinds := []struct {
		name string
		workerd.Config
		took, cpu []float64
	}{{"plain", workerd.Config{Modules: e.plain, Origin: own.Origin, CFHeader: true}, nil, nil}, {"ours", own, nil, nil}, {"both", both, nil, nil}}
	for b.Loop() {
		for k := range kinds {
			began := time.Now()
			s, err := workerd.Start(b.Context(), kinds[k].Config)
			require.NoError(b, err)
			load(b, s.URL+"/p/3", 1, 1, "CF-Blob", `{"timezone":"Europe/Amsterdam"}`)
			kinds[k].took = append(kinds[k].took, float64(time.Since(began).Microseconds())/1000)
			kinds[k].cpu = append(kinds[k].cpu, float64(cpu(b, s.PID()).Microseconds())/1000)
			require.NoError(b, s.Close())
		}
	}
	for k, kind := range kinds {
		b.ReportMetric(median(kind.took), kind.name+"-start-ms")
		b.ReportMetric(median(kind.cpu), kind.name+"-start-cpu-ms")
		if k > 0 {
			b.ReportMetric(median(ratios(kind.took, kinds[0].took)), kind.name+"/plain")
			b.ReportMetric(median(ratios(kind.cpu, kinds[0].cpu)), kind.name+"-cpu/plain")
		}
	}
}

// BenchmarkEdgeMemory measures how much more memory workerd has, while 64 visitors wait for an origin that takes 400 ms, than one that has answered
// one visitor of plain: before anything was answered under /_nabij/, and after that, in the process that has both Workers.
func BenchmarkEdgeMemory(b *testing.B) {
	e := newBench(b, withAnswers(b, `{}`))
	idle := e.other(b, e.plain)
	load(b, idle.URL+"/p/3", 1, 1)
	peak := func() (most int) {
		done := make(chan bool)
		go func() {
			load(b, e.server.URL+"/slow", 256, 64)
			close(done)
		}()
		for {
			select {
			case <-done:
				return most
			case <-time.After(20 * time.Millisecond):
				most = max(most, pagetest.Resident(b, e.server.PID()))
			}
		}
	}
	var pages, both int
	for b.Loop() {
		pages = max(pages, peak())
		load(b, e.server.URL+"/_nabij/health", 1, 1)
		both = max(both, peak())
	}
	base := pagetest.Resident(b, idle.PID())
	b.ReportMetric(float64(base)/(1<<20), "plain-MB")
	b.ReportMetric(float64(pages-base)/(1<<20), "more-MB")
	b.ReportMetric(float64(both-base)/(1<<20), "both-more-MB")
}

func ratios(of, to []float64) []float64 {
	r := make([]float64, len(of))
	for k := range of {
		r[k] = of[k] / to[k]
	}
	return r
}

func median(of []float64) float64 {
	s := slices.Sorted(slices.Values(of))
	return s[len(s)/2]
}
