package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/websocket"

	"github.com/nabij/nabij/host/edge/workerd/workerdtest"
)

// The Worker before a site names the one that answers, where there is one; what people have edited is theirs to bring up to date.
func TestEdgeInitAnswers(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it compiles what answers /_nabij/")
	}
	dist, dir := buildShop(t), filepath.Join(t.TempDir(), "edge")
	initialise := func(flag ...string) string {
		said, _ := nabij(t, exitFine, "", append([]string{"edge", "init", dir, "--pack", dist}, flag...)...)
		return said
	}
	app, config := filepath.Join(dir, "answers", "worker", "app.wasm"), filepath.Join(dir, "wrangler.jsonc")
	said := initialise()
	assert.Contains(t, said, "answers   answers.mjs ")
	assert.Contains(t, said, "npx wrangler deploy --config answers/wrangler.jsonc && npx wrangler deploy\n")
	assert.NotContains(t, said, "to do")
	assert.FileExists(t, app)

	said = initialise("--no-app")
	assert.Contains(t, said, "wrangler.jsonc names what answers /_nabij/, which is left out: take NABIJ_ANSWERS out of it\n")
	assert.NoFileExists(t, app)
	assert.FileExists(t, filepath.Join(dir, "answers", "wrangler.jsonc"))

	require.NoError(t, os.WriteFile(config, []byte("{}"), 0o666))
	assert.NotContains(t, initialise("--no-app"), "to do")
	said = initialise()
	assert.Contains(t, said, `"services": [{ "binding": "NABIJ_ANSWERS", "service": "nabij-edge-answers" }]`)
	assert.Contains(t, said, "kept      answers/wrangler.jsonc, edge.json, wrangler.jsonc, README.md\n")
	assert.FileExists(t, app)
}

// A Worker runs before a folder of pages and before a server: slots are filled, the overlay is there, /_nabij/ is answered, and a change
// of edge.json counts from then on.
func TestEdgeDev(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it compiles what answers /_nabij/")
	}
	workerdtest.Need(t)
	dist, root, dir := buildShop(t), t.TempDir(), filepath.Join(t.TempDir(), "edge")
	const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shirt</title><meta name="nabij-item" content="ocean-blue-shirt">` +
		`<script defer src="/nabij/nabij.js"></script></head><body><nabij-suggestions slot-name="related"><p>Fallback</p></nabij-suggestions></body></html>`
	require.NoError(t, os.WriteFile(filepath.Join(root, "shirt.html"), []byte(page), 0o666))
	nabij(t, exitFine, "", "edge", "init", dir, "--pack", dist)

	get := func(url string, header ...string) (string, http.Header) {
		t.Helper()
		return workerdtest.Get(t, url, header...)
	}
	check := func(t *testing.T, base, overlay string) {
		body, header := get(base+"/shirt.html", "Sec-CH-UA-Mobile", "?1")
		assert.Contains(t, body, `<li part="suggestion"`)
		assert.Regexp(t, `<meta name="nabij-context" content="[1-4] [56] 7 0 0">`, body)
		assert.Equal(t, overlay != "", strings.Contains(body, "/nabij/-/debug.js"))
		assert.Contains(t, header.Get("Vary"), "Sec-CH-UA-Mobile")
		body, _ = get(base + "/_nabij/health")
		assert.Contains(t, body, `"ok":true`)
		script, _ := get(base + "/nabij/nabij.js")
		body, _ = get(base + "/shirt.html")
		for _, pin := range strings.Split(body, `rel="preload" href="/nabij/nabij-`)[1:] {
			name, _, _ := strings.Cut(pin, `"`)
			assert.Contains(t, script, name, "what is fetched early is what the script fetches")
		}
	}
	base := start(t, "edge", "dev", dir, "--root", root, "--zone", "Europe/Amsterdam", "--address", "127.0.0.1:0")
	check(t, base, "overlay")

	require.NoError(t, os.WriteFile(filepath.Join(dir, "edge.json"), []byte(`{"classes": ["device"]}`), 0o666))
	require.Eventually(t, func() bool {
		body, _ := get(base + "/shirt.html")
		return strings.Contains(body, `<meta name="nabij-context" content="0 0 0 0 0">`)
	}, limit, 100*time.Millisecond)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "edge.json"), []byte(`{}`), 0o666))

	origin := start(t, "serve", root, "--plain", "--address", "127.0.0.1:0")
	check(t, start(t, "edge", "dev", dir, "--origin", origin, "--plain", "--address", "127.0.0.1:0"), "")

	live := httptest.NewServer(websocket.Handler(func(c *websocket.Conn) { _, _ = io.Copy(c, c) }))
	defer live.Close()
	for _, plain := range []string{"--plain", "--plain=false"} {
		base = start(t, "edge", "dev", dir, "--origin", live.URL, plain, "--address", "127.0.0.1:0")
		socket, err := websocket.Dial("ws"+strings.TrimPrefix(base, "http")+"/live", "", base)
		require.NoError(t, err, "WebSockets pass")
		_, err = io.WriteString(socket, "hello")
		require.NoError(t, err)
		heard := make([]byte, 9)
		n, err := socket.Read(heard)
		require.NoError(t, err)
		assert.Equal(t, "hello", string(heard[:n]))
		require.NoError(t, socket.Close())
	}

	alone := filepath.Join(t.TempDir(), "edge")
	nabij(t, exitFine, "", "edge", "init", alone, "--pack", dist, "--no-app")
	base = start(t, "edge", "dev", alone, "--origin", origin, "--plain", "--address", "127.0.0.1:0")
	body, _ := get(base + "/shirt.html")
	assert.Contains(t, body, `<li part="suggestion"`)
	body, _ = get(base + "/_nabij/health")
	assert.Equal(t, "There is no answer.\n", body)
}
