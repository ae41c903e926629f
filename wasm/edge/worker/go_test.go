package worker_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/edge/pagetest"
	"github.com/nabij/nabij/host/edge/workerd"
	"github.com/nabij/nabij/wasm/edge/worker"
)

// goPart compiles what answers /_nabij/, once, and returns the modules that are written in Go.
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

// withAnswers binds what answers /_nabij/, with a configuration.
func withAnswers(t testing.TB, config string) func(*workerd.Config) {
	modules, err := goPart()
	require.NoError(t, err)
	script, err := worker.AnswersFresh([]byte(config), fresh)
	require.NoError(t, err)
	return func(c *workerd.Config) {
		answers := append([]workerd.Module{{Name: worker.AnswersName, Content: script}}, c.Modules[1:]...)
		c.Workers = map[string][]workerd.Module{worker.AnswersBinding: append(answers, modules...)}
	}
}

// An instance of the Go part is kept, and another takes its place before it has taken too much.
func TestGoPartIsKept(t *testing.T) {
	e := start(t, `{}`, withAnswers(t, `{}`))
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
	assert.Less(t, pagetest.Resident(t, e.server.PID()), 400<<20)
}
