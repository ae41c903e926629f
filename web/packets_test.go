//go:build linux

package web_test

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web/browser"
)

// insideNetwork is set in the process that runs in a network of its own.
const insideNetwork = "NABIJ_TEST_INSIDE_NETWORK"

// What a server's recorder cannot see shows in packets: names that are looked up, connections that are opened, WebRTC. Two
// visits with the same page loads and different behaviour look up and connect to the same, in Chromium, as its packets say
// in a network namespace that has nothing else in it.
func TestPackets(t *testing.T) {
	t.Parallel()
	if os.Getenv(insideNetwork) != "" {
		testPackets(t)
		return
	}
	if testing.Short() {
		t.Skip("left out by -short: visits take seconds")
	}
	cannot := t.Skipf
	if os.Getenv("CI") != "" && os.Getuid() == 0 {
		cannot = t.Fatalf
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestPackets$", "-test.v", "-test.count=1")
	cmd.Env = append(os.Environ(), insideNetwork+"=yes")
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	output, err := cmd.CombinedOutput()
	if output == nil && err != nil {
		cannot("no network namespace is to be had: %v", err)
	}
	t.Logf("in a network of its own:\n%s", output)
	require.NoError(t, err)
	if strings.Contains(string(output), "--- SKIP") {
		cannot("it was left out there")
	}
	require.Contains(t, string(output), "--- PASS: TestPackets")
}

// quietBrowser keeps Chromium from asking for its own maker's services, whose names would come when they like.
var quietBrowser = browser.Arguments(browser.Chromium, "--disable-features=NetworkTimeServiceQuerying,OptimizationHints,MediaRouter",
	"--host-resolver-rules=MAP *.google.com ^NOTFOUND, MAP *.googleapis.com ^NOTFOUND, MAP *.gvt1.com ^NOTFOUND, MAP *.duckduckgo.com ^NOTFOUND")

func testPackets(t *testing.T) {
	n, err := newNetwork(t)
	if err != nil {
		t.Skipf("a network cannot be made: %v", err)
	}
	leak := ""
	r := browser.NewRecorder(t, longShop(t, &leak))
	n.site = strings.TrimPrefix(r.URL, "http://")
	load := func(b *browser.Browser, page string) {
		b.Navigate(r.URL + page)
		b.Wait(isFilled, limit)
		b.Wait(`[...document.querySelectorAll("nabij-control")].every((panel) => panel.shadowRoot?.querySelector("[part=counted]")?.firstChild)`, limit)
	}
	visit := func(act func(b *browser.Browser, page int)) map[string]bool {
		b := browser.Start(t, browser.Chromium, quietBrowser)
		n.packets(t) // of its start
		for k, page := range walk {
			load(b, page)
			act(b, k)
			quiet(t, r)
		}
		return n.packets(t)
	}
	one, two, busied := visit(idle), visit(idle), visit(busy)
	for packet := range busied {
		assert.True(t, one[packet] || two[packet], "only a visitor who does something sends %s", packet)
	}
	for packet := range one {
		assert.True(t, busied[packet] || !two[packet], "only a visitor who does nothing sends %s", packet)
	}
	require.True(t, busied["TCP "+n.site], "the site's own connections are among %v", busied)
	t.Logf("visits send %s", strings.Join(sorted(busied), ", "))

	b := browser.Start(t, browser.Chromium, quietBrowser)
	for _, l := range []struct{ name, script, shows string }{
		{"nothing", ``, ""},
		{"a DNS prefetch", link("dns-prefetch", "//prefetched.example"), "DNS prefetched.example A"},
		{"a preconnect", link("preconnect", "http://"+outside+":8081"), "TCP " + outside + ":8081"},
		{"a preconnect to a name", link("preconnect", "https://connected.example"), "TCP " + outside + ":443"},
		{"WebRTC", `const rtc = new RTCPeerConnection({ iceServers: [{ urls: "stun:stun.example:3478" }] }); rtc.createDataChannel("x");
			rtc.createOffer().then((offer) => rtc.setLocalDescription(offer))`, "UDP " + outside + ":3478"},
		{"WebRTC without a server", `const rtc = new RTCPeerConnection(); rtc.createDataChannel("x");
			rtc.createOffer().then((offer) => rtc.setLocalDescription(offer))`, "UDP 224.0.0.251:5353"},
	} {
		leak = l.script
		load(b, walk[0])
		quiet(t, r)
		n.packets(t)
		b.Eval(`() => document.querySelector("#act").click()`)
		if l.shows == "" {
			assert.Empty(t, n.packets(t), "a click that gives nothing away")
			continue
		}
		seen := map[string]bool{}
		for end := time.Now().Add(limit); !seen[l.shows] && time.Now().Before(end); {
			for packet := range n.packets(t) {
				seen[packet] = true
			}
		}
		assert.True(t, seen[l.shows], "%s went unseen: there is no %s in %v", l.name, l.shows, sorted(seen))
	}
}

// link is a script that adds a link to the page's head.
func link(rel, href string) string {
	return fmt.Sprintf(`document.head.append(Object.assign(document.createElement("link"), { rel: %q, href: %q }))`, rel, href)
}

func sorted(set map[string]bool) []string {
	var all []string
	for s := range set {
		all = append(all, s)
	}
	slices.Sort(all)
	return all
}
