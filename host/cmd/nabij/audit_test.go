package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/audit"
	"github.com/nabij/nabij/web/browser"
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
	t.Parallel()
	needChromium(t)
	address := demoOnTheWeb(t)
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
	t.Parallel()
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
	stdout, stderr := nabij(t, exitFailed, "", "audit", "--site", server.URL, "--script", script, "--json")
	assert.Equal(t, "nabij: what leaves the browser depends on what the visitor does\n", stderr)
	var got auditJSON
	require.NoError(t, json.Unmarshal([]byte(stdout), &got))
	assert.Equal(t, []findingJSON{{
		Visit: "buys", Page: "/page", Kind: audit.Request, Method: "POST", URL: server.URL + "/hit", Change: "added", Body: "bought",
	}}, got.Findings)
	require.Len(t, got.Varies, 1)
	assert.Equal(t, "query n", got.Varies[0].Part)
}

// The report is short, and names visit, page, request and part.
func TestTellAudit(t *testing.T) {
	text := func(s string) *string { return &s }
	report := &audit.Report{
		Site: "https://shop.example", Pages: []string{"/", "/shirts"}, Visits: []string{"reads", "buys"}, Requests: 41, Hosts: 2,
		Findings: []audit.Finding{
			{Visit: "reads", Page: "/", Kind: audit.Lookup, URL: "https://cdn.example", Change: "added"},
			{Visit: "buys", Page: "/shirts", Kind: audit.Request, Method: "POST", URL: "https://stats.example/hit", Change: "added", Body: "bought\x1bnow"},
			{Visit: "buys", Page: "/shirts", Kind: audit.Request, Method: "GET", URL: "https://shop.example/later.svg", Change: "missing"},
			{Visit: "buys", Page: "/shirts", Kind: audit.Request, Method: "GET", URL: "https://shop.example/stock?n=1", Change: "changed",
				Part: "query n", From: text("1"), To: text("2")},
			{Visit: "buys", Page: "/shirts", Kind: audit.Request, Method: "GET", URL: "https://shop.example/stock?n=1", Change: "changed",
				Part: "cookie seen", To: text("yes")},
		},
		Once: []audit.Finding{{Visit: "reads", Page: "/", Kind: audit.Request, Method: "GET", URL: "https://shop.example/ad", Change: "added"}},
		Varies: []audit.Place{
			{Kind: audit.Request, Method: "POST", Origin: "https://stats.example", Path: "/*/load", Part: "body field at", One: text("12.5"), Two: text("13")},
			{Kind: audit.Preconnect, Origin: "https://fonts.example"},
		},
		Unanswered: []audit.Unanswered{{Origin: "https://ads.example", Error: "no such host"}},
	}
	var b strings.Builder
	require.NoError(t, tellAudit(&b, report))
	assert.Equal(t, `site    https://shop.example
pages   /, /shirts
visits  nothing (twice), reads, buys
sent    41 requests to 2 hosts in a visit that does nothing
nabij   is on none of these pages: this is about the site's own scripts

5 things depend on what the visitor does

  reads, on /
    + name lookup https://cdn.example

  buys, on /shirts
    + POST https://stats.example/hit
        bought now
    - GET https://shop.example/later.svg
    ~ GET https://shop.example/stock?n=1
      query n
      - 1
      + 2
    ~ GET https://shop.example/stock?n=1
      cookie seen
      + yes

1 thing came in one of two plays of a visit: it may vary by itself, and cannot be judged

  reads, on /
    + GET https://shop.example/ad

2 places differed between visits that do nothing: what else is sent there cannot be judged
  part           of                                 was   and
  body field at  POST https://stats.example/*/load  12.5  13
  all of it      connection https://fonts.example   sent  not sent

1 host gave no answer, so pages may have done less than they do elsewhere
  https://ads.example  no such host
`, b.String())
	b.Reset()
	require.NoError(t, writeJSON(&b, auditOf(&audit.Report{Site: "https://shop.example", Pages: []string{"/"}, Visits: []string{"reads"}})))
	assert.JSONEq(t, `{"site": "https://shop.example", "pages": ["/"], "visits": ["reads"], "requests": 0, "hosts": 0, "nabij": false,
		"findings": [], "once": [], "varies": [], "unanswered": []}`, b.String())
}

// What no visitor gets is not audited: the overlay asks its server for more than a page does.
func TestAuditOfTheOverlay(t *testing.T) {
	t.Parallel()
	browser.Start(t, browser.Chromium) // or the test is left out
	_, stderr := nabij(t, exitUsage, "", "audit", "--site", demoWithOverlay(t))
	assert.Contains(t, stderr, "start that with --plain")
}

// An audit that cannot be made is no answer: neither that something leaves, nor that nothing does.
func TestAuditWithoutChromium(t *testing.T) {
	script := write(t, "visit.json", `{"pages": ["/"], "visits": [{"name": "reads", "steps": {"*": [{"scroll": "end"}]}}]}`)
	t.Setenv("PATH", t.TempDir())
	_, stderr := nabij(t, exitUsage, "", "audit", "--site", "http://127.0.0.1:1", "--script", script)
	assert.Equal(t, "nabij: Chromium is not installed: no chromium, no chromedriver; scripts/install installs it\n", stderr)
}
