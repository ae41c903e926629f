package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

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

// The demo shop is served with the script and all that the script fetches, until it is interrupted.
func TestDemoOnTheWeb(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var out, errs lockedBuffer
	ended := make(chan int)
	go func() {
		ended <- runContext(ctx, []string{"demo", "--web", "--address", "127.0.0.1:0"}, strings.NewReader(""), &out, &errs)
	}()
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)
	require.Eventually(t, func() bool { return address.MatchString(out.String()) }, 20*time.Second, 10*time.Millisecond)
	base := strings.TrimSuffix(address.FindString(out.String()), "/")
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
	assert.Contains(t, get("/en/", "text/html; charset=utf-8"), `<script defer src="/nabij/nabij.js"></script>`)
	script := get("/nabij/nabij.js", "text/javascript; charset=utf-8")
	files := regexp.MustCompile(`nabij-[0-9a-f]{10}\.(pack|wasm)`).FindAllString(script, -1)
	require.Len(t, files, 2)
	for _, file := range files {
		get("/nabij/"+file, map[bool]string{true: "application/wasm", false: "application/octet-stream"}[strings.HasSuffix(file, "wasm")])
	}
	stop()
	assert.Equal(t, exitFine, <-ended)
	assert.Empty(t, errs.String())
}
