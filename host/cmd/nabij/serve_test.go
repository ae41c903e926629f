package main

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// lockedBuffer is written to by a command and read by its test.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// The demo shop is served with the script and all that the script fetches, until it is interrupted; with the overlay, or plain.
func TestDemoOnTheWeb(t *testing.T) {
	base := demoWithOverlay(t)
	get := func(path, contentType string) string {
		response, err := http.Get(base + path)
		require.NoError(t, err)
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		assert.Equal(t, http.StatusOK, response.StatusCode, path)
		assert.Equal(t, contentType, response.Header.Get("Content-Type"), path)
		return string(body)
	}
	const html, overlay = "text/html; charset=utf-8", `src="/nabij/-/debug.js"`
	home := get("/en/", html)
	assert.Contains(t, home, `<script defer src="/nabij/nabij.js"></script>`)
	assert.Contains(t, home, overlay)
	script := get("/nabij/nabij.js", "text/javascript; charset=utf-8")
	files := regexp.MustCompile(`nabij-[0-9a-f]{10}\.(pack|wasm)`).FindAllString(script, -1)
	require.Len(t, files, 2)
	for _, file := range files {
		get("/nabij/"+file, map[bool]string{true: "application/wasm", false: "application/octet-stream"}[strings.HasSuffix(file, "wasm")])
	}
	base = demoOnTheWeb(t)
	assert.NotContains(t, get("/en/", html), overlay)
}

// The default address is taken by whoever is first; the next gets another. One that was asked for must be free.
func TestDefaultAddress(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: left out, as the same test may run beside it, and the address is one")
	}
	if first, err := net.Listen("tcp", defaultAddress); err == nil {
		defer first.Close()
	}
	assert.NotContains(t, start(t, "demo"), defaultAddress)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	_, stderr := nabij(t, exitFailed, "", "demo", "--address", taken.Addr().String(), "--plain")
	assert.Contains(t, stderr, "nabij: --address: ")
}
