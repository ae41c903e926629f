package audit_test

import (
	"context"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/audit"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/wasm/abi/abitest"
	"github.com/nabij/nabij/web/browser/driver"
)

// site is pages with Nabij, and buttons that leak. Each name of leaks is a page, with the buttons whose names begin so.
func site(t *testing.T) http.Handler {
	files, err := build.Web(abitest.Pack("shop"), host.Module(), nil)
	require.NoError(t, err)
	mux := http.NewServeMux()
	for _, f := range files {
		mux.HandleFunc("/nabij/"+f.Name, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", map[string]string{".js": "text/javascript", ".wasm": "application/wasm"}[path.Ext(f.Name)])
			w.Write(f.Content)
		})
	}
	mux.HandleFunc("/favicon.ico", noContent)
	mux.HandleFunc("/leak", noContent)
	mux.HandleFunc("/socket", acceptSocket)
	mux.HandleFunc("/leak.js", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "text/javascript") })
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		fmt.Fprint(w, `<!doctype html><title>Shop</title><link rel=icon href="data:,"><script defer src="/nabij/nabij.js"></script>
			<style>nabij-suggestions { display: block; min-block-size: 20rem }</style>
			<nabij-suggestions slot-name="product"></nabij-suggestions><button id="nothing">Nothing</button>`)
		for _, l := range leaks {
			if l.page == r.URL.Path {
				fmt.Fprintf(w, "<button id=%q>Act</button><script>%s; document.querySelector(%q).onclick = () => { %s }</script>\n", l.id, l.before, "#"+l.id, l.script)
			}
		}
		fmt.Fprint(w, strings.Repeat("<p>text</p>", 100))
	})
	return mux
}

func noContent(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }

// acceptSocket opens a WebSocket and listens.
func acceptSocket(w http.ResponseWriter, r *http.Request) {
	sum := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	conn, in, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	fmt.Fprintf(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
		base64.StdEncoding.EncodeToString(sum[:]))
	io.Copy(io.Discard, in)
}

// link adds a link to the page's head.
func link(rel, href string) string {
	return fmt.Sprintf(`document.head.append(Object.assign(document.createElement("link"), {rel: %q, href: %q}))`, rel, href)
}

// leaks are pages' scripts that give away a click, each in its own way, and what the audit says of it.
var leaks = []struct{ page, id, before, script, says string }{
	{"/one", "beacon", "", `navigator.sendBeacon("/leak?beacon", "clicked")`, "added POST /leak?beacon: clicked"},
	{"/one", "image", "", `new Image().src = "/leak?image"`, "added GET /leak?image: "},
	{"/one", "keepalive", "", `fetch("/leak?keepalive", {method: "POST", keepalive: true, body: "kept"})`, "added POST /leak?keepalive: kept"},
	{"/one", "module", "", `import("/leak.js")`, "added GET /leak.js: "},
	{"/one", "socket", "", `new WebSocket(location.origin.replace("http", "ws") + "/socket?opened")`, "added GET /socket?opened: "},
	{"/one", "prefetch", "", link("dns-prefetch", "//looked-up.example"), "added  http://looked-up.example name lookup"},
	{"/one", "preconnect", "", link("preconnect", "https://connected.example"), "added  https://connected.example connection"},
	{"/one", "rtc", "", `const rtc = new RTCPeerConnection({iceServers: [{urls: "stun:192.0.2.1:3478"}]}); rtc.createDataChannel("x"); rtc.createOffer().then(o => rtc.setLocalDescription(o))`,
		"added  192.0.2.1:3478 UDP|added  a socket of WebRTC UDP"},
	{"/one", "third", "", `fetch("https://third.example/leak", {mode: "no-cors"}).catch(() => {})`, "added GET https://third.example/leak: "},
	{"/two", "message", `const ws = new WebSocket(location.origin.replace("http", "ws") + "/socket?always")`, `ws.send("clicked")`,
		"changed GET /socket?always message 1: nothing > clicked"},
	{"/two", "state", `let later = () => fetch("/leak?state")`, `history.replaceState(null, "", "?clicked"); later = () => {}; fetch("/leak?state")`,
		"added GET /leak?state: "},
	{"/three", "referer", `setTimeout(() => fetch("/leak?referer"), 2500)`, `history.replaceState(null, "", "?clicked")`,
		"changed GET /leak?referer header Referer, query clicked: nothing > |changed GET /leak?referer names"},
	{"/four", "cookie", `setTimeout(() => fetch("/leak?cookie"), 2500)`, `document.cookie = "clicked=1; path=/leak"`, "changed GET /leak?cookie cookie clicked: nothing > 1"},
}

// says returns a finding in one line, without the site's own address.
func says(f audit.Finding, site string) string {
	url := strings.TrimPrefix(f.URL, site)
	switch {
	case f.Change == "changed":
		value := func(s *string) string {
			if s == nil {
				return "nothing"
			}
			return *s
		}
		return fmt.Sprintf("changed %s %s %s: %s > %s", f.Method, url, f.Part, value(f.From), value(f.To))
	case f.Kind == audit.Request:
		return fmt.Sprintf("%s %s %s: %s", f.Change, f.Method, url, f.Body)
	}
	return fmt.Sprintf("%s %s %s %s", f.Change, f.Method, url, f.Kind)
}

// run audits a site, and leaves the test out where there is no Chromium.
func run(t *testing.T, o audit.Options) (*audit.Report, error) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out by -short: visits take seconds")
	}
	report, err := audit.Run(context.Background(), o)
	if errors.Is(err, driver.ErrMissing) && os.Getenv("CI") == "" {
		t.Skip("left out:", err)
	}
	return report, err
}

func click(id string) audit.Step { return audit.Step{Do: "click", What: "#" + id} }

// untilSent has every visit stay on a page until it has sent what it sends by itself after 2.5 seconds, which a click comes before even on a
// busy machine.
var untilSent = audit.Step{Do: "wait_ms", Wait: 2 * time.Second}

// Each way to give away a click is found and named, and a visit that gives nothing away is not blamed.
func TestLeaks(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(site(t))
	defer server.Close()
	clean := audit.Visit{Name: "looks", Steps: map[string][]audit.Step{audit.EveryPage: {{Do: "scroll", What: "end"}, click("nothing"),
		{Do: "eval", What: `async () => { await nabij.ready; nabij.observe({signal: "search", text: "word1"}); document.querySelector("nabij-suggestions").shadowRoot.querySelector("button").click() }`}}}}
	leaky := audit.Visit{Name: "clicks", Steps: map[string][]audit.Step{}}
	script := audit.Script{Visits: []audit.Visit{clean, leaky}}
	for _, l := range leaks {
		if len(leaky.Steps[l.page]) == 0 {
			script.Pages = append(script.Pages, l.page)
		}
		leaky.Steps[l.page] = append(leaky.Steps[l.page], click(l.id))
	}
	for _, page := range []string{"/three", "/four"} {
		leaky.Steps[page] = append(leaky.Steps[page], untilSent)
	}
	report, err := run(t, audit.Options{Site: server.URL, Script: script})
	require.NoError(t, err)
	assert.True(t, report.Nabij)
	got := map[string]bool{}
	for _, f := range report.Findings {
		assert.Equal(t, "clicks", f.Visit)
		got[f.Page+" "+says(f, server.URL)] = true
	}
	for _, l := range leaks {
		found := false
		for want := range strings.SplitSeq(l.says, "|") {
			found = found || got[l.page+" "+want]
			delete(got, l.page+" "+want)
		}
		assert.True(t, found, "%s is not found", l.id)
	}
	assert.Empty(t, got, "nothing else is")
	assert.Empty(t, report.Once)
	for _, p := range report.Varies {
		assert.Equal(t, "header Sec-WebSocket-Key", p.Part, "the site varies by nothing else: %v", p)
	}
	if t.Failed() {
		for _, f := range report.Findings {
			t.Log(f.Visit, f.Page, says(f, server.URL))
		}
	}
}

// What a site varies by itself is not blamed on behaviour, over TLS too; what behaviour changes beside it is found.
func TestNoise(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("/favicon.ico", noContent)
	mux.HandleFunc("/hit/", noContent)
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "id", Value: fmt.Sprint(rand.Uint64())})
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<!doctype html><title>Noisy</title><button id=act>Act</button><script>
			let clicked = false; act.onclick = () => { clicked = true };
			fetch("/hit/one?at=" + performance.now() + "&page=1");
			fetch("/hit/" + Math.random() + "/two", {headers: {"X-Nonce": String(Math.random())}});
			setTimeout(() => fetch("/hit/three", {method: "POST", body: JSON.stringify({at: Math.random(), events: [{type: "view", clicked}]})}), 2500);
		</script>`)
	})
	server := httptest.NewTLSServer(mux)
	defer server.Close()
	report, err := run(t, audit.Options{
		Site: server.URL, Transport: server.Client().Transport.(*http.Transport),
		Script: audit.Script{Pages: []string{"/page"}, Visits: []audit.Visit{
			{Name: "waits", Steps: map[string][]audit.Step{"/page": {{Do: "eval", What: `1`}, untilSent}}},
			{Name: "clicks", Steps: map[string][]audit.Step{"/page": {click("act")}}},
		}},
	})
	require.NoError(t, err)
	var findings, varies []string
	for _, f := range report.Findings {
		findings = append(findings, f.Visit+" "+says(f, server.URL))
	}
	for _, p := range report.Varies {
		varies = append(varies, p.Path+" "+p.Part)
	}
	assert.Equal(t, []string{"clicks changed POST /hit/three body field events[0].clicked: false > true"}, findings)
	assert.Empty(t, report.Once)
	assert.ElementsMatch(t, []string{
		"/hit/one query at", "/hit/one cookie id", "/hit/*/two path segment 2", "/hit/*/two header X-Nonce", "/hit/*/two cookie id",
		"/hit/three body field at", "/hit/three cookie id", "/favicon.ico cookie id",
	}, varies)
	assert.False(t, report.Nabij)
	_, err = json.Marshal(report)
	require.NoError(t, err)
}

// Visits that load other pages cannot be compared, nor can pages that are not there.
func TestWhatCannotBeAudited(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/gone" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<!doctype html><title>Page</title><link rel=icon href="data:,"><a id=away href="/other">Away</a> <a id=tab target=_blank href="/other">Tab</a>
			<button id=later onclick="setTimeout(() => location.href = '/other', 300)">Later</button>`)
	}))
	t.Cleanup(server.Close)
	for _, test := range []struct{ page, id, says string }{
		{"/page", "away", `visit "clicks", page /page, step 1 (click "#away"): it left the page for ` + server.URL + `/other; all visits must load the same pages`},
		{"/page", "tab", `it opened another tab`},
		{"/page", "later", `it left the page for`},
		{"/page", "nosuch", `no such element`},
		{"/gone", "away", `page /gone: the site answers 404`},
	} {
		t.Run(test.id+test.page, func(t *testing.T) {
			t.Parallel()
			_, err := run(t, audit.Options{Site: server.URL, Script: audit.Script{Pages: []string{test.page}, Visits: []audit.Visit{
				{Name: "clicks", Steps: map[string][]audit.Step{audit.EveryPage: {click(test.id)}}},
			}}})
			require.ErrorContains(t, err, test.says)
		})
	}
}
