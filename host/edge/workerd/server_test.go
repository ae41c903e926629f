package workerd_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/edge/workerd"
	"github.com/nabij/nabij/host/edge/workerd/workerdtest"
)

const script = `
import data from "./some.data";
import json from "./some.json";
export default { async fetch(request, env, context) {
	const url = new URL(request.url);
	switch (url.pathname) {
	case "/origin": return fetch(request);
	case "/put":
		await caches.default.put("http://shop.example/x?y", new Response("kept", { headers: { "cache-control": "max-age=60" } }));
		return new Response("put");
	case "/match": return (await caches.default.match("http://shop.example/x?y")) ?? new Response("none");
	case "/delete": return new Response(String(await caches.default.delete("http://shop.example/x?y")));
	case "/log": console.log("said so"); return new Response("");
	}
	return Response.json({
		cf: request.cf, data: new TextDecoder().decode(data), json, value: env.VALUE, kv: await env.KV.get("a key"),
		asked: await (await env.OTHER.fetch("http://x/asked")).json(),
		fetched: await (await env.ASSETS.fetch("http://x/asset")).text(),
	});
} };
`

// other is what the first Worker reaches as OTHER.
const other = `export default { async fetch(request, env) {
	const fetched = await fetch("http://shop.example/").then((r) => r.text(), () => "none");
	return Response.json({ url: request.url, bound: Object.keys(env), kv: await env.KV.get("theirs"), fetched });
} };`

func get(t *testing.T, url string, header ...string) string {
	t.Helper()
	body, _ := workerdtest.Get(t, url, header...)
	return body
}

func path(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Host+" "+r.URL.String()) }

func TestRunsAWorker(t *testing.T) {
	origin := httptest.NewServer(http.HandlerFunc(path))
	defer origin.Close()
	cache := workerd.NewCache(1 << 20)
	s := workerdtest.Start(t, workerd.Config{
		Modules: []workerd.Module{
			{Name: "worker.mjs", Content: []byte(script)}, {Name: "some.data", Content: []byte("bytes")}, {Name: "some.json", Content: []byte(`{"a":1}`)},
		},
		Origin: strings.TrimPrefix(origin.URL, "http://"), Cache: cache, CFHeader: true,
		KV:       map[string]http.Handler{"KV": http.HandlerFunc(path)},
		Fetchers: map[string]http.Handler{"ASSETS": http.HandlerFunc(path)},
		JSON:     map[string]string{"VALUE": `["\"1\\"]`},
		Workers:  map[string][]workerd.Module{"OTHER": {{Name: "other.mjs", Content: []byte(other)}}},
	})
	var got struct {
		CF      struct{ Timezone string }
		JSON    struct{ A int }
		Data    string
		Value   []string
		KV      string
		Fetched string
		Asked   struct {
			URL, KV, Fetched string
			Bound            []string
		}
	}
	require.NoError(t, json.Unmarshal([]byte(get(t, s.URL, "cf-blob", `{"timezone":"Asia/Tokyo"}`)), &got))
	assert.Equal(t, "Asia/Tokyo", got.CF.Timezone)
	assert.Equal(t, 1, got.JSON.A)
	assert.Equal(t, "bytes", got.Data)
	assert.Equal(t, []string{`"1\`}, got.Value)
	assert.Contains(t, got.KV, "/a%20key")
	assert.Equal(t, "x /asset", got.Fetched)
	assert.Equal(t, "http://x/asked", got.Asked.URL)
	assert.Equal(t, []string{"KV"}, got.Asked.Bound)
	assert.Contains(t, got.Asked.KV, "/theirs")
	assert.Equal(t, "none", got.Asked.Fetched, "the origin is not theirs")

	assert.Contains(t, get(t, s.URL+"/origin"), "/origin")
	assert.Equal(t, "none", get(t, s.URL+"/match"))
	assert.Equal(t, "put", get(t, s.URL+"/put"))
	assert.Equal(t, []string{"http://shop.example/x?y"}, cache.Keys())
	assert.Equal(t, "kept", get(t, s.URL+"/match"))
	assert.Equal(t, "true", get(t, s.URL+"/delete"))
	assert.Equal(t, "false", get(t, s.URL+"/delete"))
	get(t, s.URL+"/log")
	assert.Eventually(t, func() bool { return strings.Contains(s.Output(), "said so") }, 30*time.Second, 10*time.Millisecond)
}

func TestStartSaysWhatIsWrongWithTheScript(t *testing.T) {
	workerdtest.Need(t)
	_, err := workerd.Start(t.Context(), workerd.Config{Modules: []workerd.Module{{Name: "w.mjs", Content: []byte("export default {}; nothing.at.all;")}}})
	assert.ErrorContains(t, err, "nothing is not defined")
	_, err = workerd.Start(t.Context(), workerd.Config{})
	assert.ErrorContains(t, err, "no modules")
}

func TestEndsWithItsContext(t *testing.T) {
	workerdtest.Need(t)
	ctx, cancel := context.WithCancel(t.Context())
	s, err := workerd.Start(ctx, workerd.Config{Modules: []workerd.Module{{Name: "w.mjs", Content: []byte("export default {};")}}})
	require.NoError(t, err)
	defer s.Close()
	cancel()
	select {
	case <-s.Exited():
	case <-time.After(30 * time.Second):
		t.Fatal("workerd goes on")
	}
}

func TestWithoutAnOrigin(t *testing.T) {
	const script = `export default { fetch: (request) => fetch("http://" + new URL(request.url).searchParams.get("of")).then((r) => r, () => new Response("not reached")) };`
	here := httptest.NewServer(http.HandlerFunc(path))
	defer here.Close()
	s := workerdtest.Start(t, workerd.Config{Modules: []workerd.Module{{Name: "worker.mjs", Content: []byte(script)}}})
	for _, host := range []string{strings.TrimPrefix(here.URL, "http://"), "192.0.2.1"} {
		assert.Equal(t, "not reached", get(t, s.URL+"?of="+host), host)
	}
}
