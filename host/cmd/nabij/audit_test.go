package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func needChromium(t *testing.T) {
	if testing.Short() {
		t.Skip("left out by -short: visits take seconds")
	}
	if _, err := exec.LookPath("chromedriver"); err != nil && os.Getenv("CI") == "" {
		t.Skip("left out:", err)
	}
}

// The demo shop gives nothing away, whatever is done on it.
func TestAuditOfTheDemoShop(t *testing.T) {
	needChromium(t)
	address := serveShop(t)
	script := write(t, "visit.json", `{"pages": ["/en/four-rain-jackets-compared", "/en/rain-jacket-miezer-bui"], "visits": [{"name": "acts", "steps": {"*": [
		{"scroll": "end"}, {"wait_ms": 500}, {"hover": "main a"}, {"key": "Tab"},
		{"eval": "async () => { await nabij.ready; nabij.observe({signal: 'search', text: 'rain jacket'}) }"},
		{"click": "nabij-suggestions >>> button"}
	]}}]}`)
	stdout, stderr := nabij(t, exitFine, "", "audit", "--site", address, "--script", script)
	assert.Empty(t, stderr)
	assert.Contains(t, stdout, "visits  nothing (twice), acts\n")
	assert.Contains(t, stdout, "\nNothing that left depends on what the visitor did: the same ")
}

// What a page's script tells of a click is told, and the exit code says so.
func TestAuditFindsALeak(t *testing.T) {
	needChromium(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/page" {
			fmt.Fprint(w, `<!doctype html><title>Page</title><link rel=icon href="data:,"><button>Buy</button><script>
				fetch("/hit?n=" + Math.random());
				document.querySelector("button").onclick = () => navigator.sendBeacon("/hit", "bought");
			</script>`)
		}
	}))
	defer server.Close()
	script := write(t, "visit.json", `{"pages": ["/page"], "visits": [{"name": "buys", "steps": {"/page": [{"click": "button"}]}}]}`)
	stdout, stderr := nabij(t, exitFailed, "", "audit", "--site", server.URL, "--script", script)
	assert.Equal(t, "nabij: what leaves the browser depends on what the visitor does\n", stderr)
	number := `0\.\d+(e-\d+)?`
	assert.Regexp(t, strings.ReplaceAll(`^site    SITE
pages   /page
visits  nothing \(twice\), buys
sent    2 requests to 1 host in a visit that does nothing
nabij   is on none of these pages: this is about the site's own scripts

1 thing depends on what the visitor does

  buys, on /page
    \+ POST SITE/hit
        bought

1 place differed between visits that do nothing: what else is sent there cannot be judged
  part     of            +was +and
  query n  GET SITE/hit  `+number+` +`+number+`
$`, "SITE", server.URL), stdout)

	stdout, _ = nabij(t, exitFailed, "", "audit", "--site", server.URL, "--script", script, "--json")
	var got auditJSON
	require.NoError(t, json.Unmarshal([]byte(stdout), &got))
	assert.Equal(t, []findingJSON{{
		Visit: "buys", Page: "/page", Kind: "request", Method: "POST", URL: server.URL + "/hit", Change: "added", Body: "bought",
	}}, got.Findings)
}

// An audit that cannot be made is no answer: neither that something leaves, nor that nothing does.
func TestAuditWithoutChromium(t *testing.T) {
	script := write(t, "visit.json", `{"pages": ["/"], "visits": [{"name": "reads", "steps": {"*": [{"scroll": "end"}]}}]}`)
	t.Setenv("PATH", t.TempDir())
	_, stderr := nabij(t, exitUsage, "", "audit", "--site", "http://127.0.0.1:1", "--script", script)
	assert.Equal(t, "nabij: Chromium is not installed: no chromium, no chromedriver; scripts/install installs it\n", stderr)
}

// serveShop serves the demo shop until the test ends, and returns its address.
func serveShop(t *testing.T) string {
	ctx, stop := context.WithCancel(context.Background())
	var out lockedBuffer
	ended := make(chan int)
	go func() {
		ended <- runContext(ctx, []string{"demo", "--web", "--address", "127.0.0.1:0"}, strings.NewReader(""), &out, io.Discard)
	}()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	require.Eventually(t, func() bool { return address.MatchString(out.String()) }, 20*time.Second, 10*time.Millisecond)
	return address.FindString(out.String())
}
