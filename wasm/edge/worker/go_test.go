package worker_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/edge/workerd"
	"github.com/nabij/nabij/wasm/edge/worker"
)

// goPart compiles what answers /_nabij/, once, and returns the modules that it is.
var goPart = sync.OnceValues(func() ([]workerd.Module, error) {
	dir, err := os.MkdirTemp("", "nabij-edge-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	app := filepath.Join(dir, worker.AppName)
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", app, "github.com/nabij/nabij/wasm/edge")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	binary, err := os.ReadFile(app)
	if err != nil {
		return nil, err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	glue, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, err
	}
	script, err := worker.Go(glue)
	return []workerd.Module{{Name: worker.GoName, Content: script}, {Name: worker.AppName, Content: binary}}, err
})

func withGo(t testing.TB) func(*workerd.Config) {
	modules, err := goPart()
	require.NoError(t, err)
	return func(c *workerd.Config) { c.Modules = append(c.Modules, modules...) }
}

func TestAnswers(t *testing.T) {
	e := start(t, `{"classes":["device","language"]}`, withGo(t))
	var health struct {
		OK    bool
		Pack  string
		Items int
	}
	got := e.get("/_nabij/health")
	require.NoError(t, json.Unmarshal([]byte(got.body), &health), got.body)
	assert.True(t, health.OK)
	assert.Equal(t, 40, health.Items)

	const about = "/_nabij/suggest?slot=next&item=item-3"
	got = e.get(about, "Sec-CH-UA-Mobile", "?1", "Accept-Language", "de, nl;q=0.9")
	assert.Contains(t, got.body, `"class":"0.0.7.0.0.2"`)
	assert.Equal(t, "private, no-cache", got.Header.Get("Cache-Control"), "it is of the visitor's class")
	told := e.get(about + "&class=0.0.7.0.0.2")
	assert.Equal(t, got.body, told.body)
	assert.True(t, strings.HasPrefix(told.Header.Get("Cache-Control"), "public"))
	assert.Equal(t, 304, e.get(about+"&class=0.0.7.0.0.2", "If-None-Match", told.Header.Get("ETag")).StatusCode, "a null body")
	assert.Equal(t, 200, e.do("HEAD", about).StatusCode)
	assert.Equal(t, 405, e.do("POST", about).StatusCode)
	assert.Equal(t, 400, e.get("/_nabij/suggest?slot=none").StatusCode)
	assert.Equal(t, 404, e.get("/_nabij/other").StatusCode)

	// The page has what the answer has.
	e.html("/p/3", slotPage)
	fragment := e.get(about+"&format=html&lang=en", "Sec-CH-UA-Mobile", "?0").body
	assert.Contains(t, fragment, "<ul")
	assert.Contains(t, e.get("/p/3", "Sec-CH-UA-Mobile", "?0").body, fragment)

	assert.Contains(t, e.get("/_nabij/policy", "Accept", "text/html,*/*;q=0.8", "Accept-Language", "nl,en;q=0.5").body, `lang="nl"`)
	assert.True(t, json.Valid([]byte(e.get("/_nabij/policy", "Accept", "application/json").body)))
	assert.EqualValues(t, 1, e.asked.Load(), "only the page has reached the origin")
}

// An instance of the Go part is kept, and another takes its place before it has taken too much.
func TestGoPartIsKept(t *testing.T) {
	e := start(t, `{}`, withGo(t))
	want := e.get("/_nabij/suggest?slot=next&item=item-3&class=0.0.0.0.0.0").body
	var work sync.WaitGroup
	for range 8 {
		work.Go(func() {
			for range 250 {
				if got := e.get("/_nabij/suggest?slot=next&item=item-3&class=0.0.0.0.0.0").body; got != want {
					t.Errorf("got %q", got)
					return
				}
			}
		})
	}
	work.Wait()
	assert.Less(t, rss(t, e.server.PID()), 400<<20)
}

// rss returns the bytes of memory that a process has.
func rss(t testing.TB, pid int) int {
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

func TestWithoutTheGoPart(t *testing.T) {
	e := start(t, `{}`)
	assert.Equal(t, 503, e.get("/_nabij/health").StatusCode)
	e.html("/p/3", slotPage)
	assert.Contains(t, e.get("/p/3").body, "<ul")
}
