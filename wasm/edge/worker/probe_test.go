package worker_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/edge/pagetest"
	"github.com/nabij/nabij/host/edge/workerd"
	"github.com/nabij/nabij/host/edge/workerd/workerdtest"
	"github.com/nabij/nabij/wasm/edge/worker"
	"github.com/nabij/nabij/web"
)

// probe runs testdata/probe.ts with the pack of the vectors, and what a Worker knows of it that was made then, and returns what asks it.
func probe(t *testing.T) func(path string, question any) string {
	data := read(t, "../testdata/markup/test.pack")
	return probeWith(t, data, tables(t, data, time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)))
}

func probeWith(t *testing.T, data []byte, known worker.Tables) func(path string, question any) string {
	defined, err := worker.Defined(known)
	require.NoError(t, err)
	script, err := web.Module(os.DirFS("../../.."), "wasm/edge/worker/testdata/probe.ts", defined)
	require.NoError(t, err)
	s := workerdtest.Start(t, workerd.Config{Modules: []workerd.Module{
		{Name: "probe.mjs", Content: script},
		{Name: worker.ModuleName, Content: read(t, "../../../host/nabij.wasm")},
		{Name: worker.PackName, Content: data},
	}})
	return func(path string, question any) string {
		body, err := json.Marshal(question)
		require.NoError(t, err)
		response, err := http.Post(s.URL+path, "application/json", bytes.NewReader(body))
		require.NoError(t, err)
		defer response.Body.Close()
		answer, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		return string(answer)
	}
}

func read(t testing.TB, file string) []byte {
	b, err := os.ReadFile(file)
	require.NoError(t, err)
	return b
}

// The class of a request is the one that package host/edge/moment tells, on the vectors of both.
func TestClasses(t *testing.T) {
	ask := probe(t)
	var vectors struct {
		Configs map[string]json.RawMessage
		Cases   []map[string]json.RawMessage
	}
	require.NoError(t, json.Unmarshal(read(t, "../testdata/classes.json"), &vectors))
	require.NotEmpty(t, vectors.Cases)
	text := func(m json.RawMessage) (s string) {
		require.NoError(t, json.Unmarshal(m, &s))
		return s
	}
	for _, c := range vectors.Cases {
		var want, got struct{ Class, Vary string }
		config := vectors.Configs[text(c["config"])]
		require.NoError(t, json.Unmarshal(config, &want))
		c["config"] = config
		answer := ask("/class", c)
		require.NoError(t, json.Unmarshal([]byte(answer), &got), "%s: %s", c["name"], answer)
		assert.Equal(t, text(c["class"]), got.Class, string(c["name"]))
		assert.Equal(t, want.Vary, got.Vary, string(c["name"]))
	}
}

// question is a page for the probe.
type question struct {
	URL    string         `json:"url"`
	HTML   string         `json:"html"`
	Class  string         `json:"class"`
	Config map[string]any `json:"config,omitempty"`
}

// What is added to slots and heads is what package host/edge/markup makes, on the vectors of both: so suggestions are those of the engine
// that runs natively, too.
func TestMarkup(t *testing.T) {
	ask := probe(t)
	cases := pagetest.LoadMarkup(t, "../../..")
	for _, c := range cases.Slots {
		got := ask("/page", question{URL: "https://shop.example/", HTML: c.Page() + pagetest.SlotEnd, Class: c.Class})
		assert.Equal(t, c.Page()+c.Want+pagetest.SlotEnd, got, c.Name)
	}
	for _, c := range cases.Heads {
		config := map[string]any{"base": c.Base}
		if c.Preloads != nil {
			config["preload"] = c.Preloads
		}
		got := ask("/page", question{URL: "https://shop.example/", HTML: pagetest.HeadBegin + pagetest.HeadEnd, Class: c.Class, Config: config})
		assert.Equal(t, pagetest.HeadBegin+c.Want+pagetest.HeadEnd, got, c.Name)
	}
}
