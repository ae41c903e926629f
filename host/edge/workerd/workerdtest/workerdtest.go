// Package workerdtest starts workerd for tests, and asks it.
package workerdtest

import (
	"io"
	"net/http"
	"os"
	"testing"

	"github.com/nabij/nabij/host/edge/workerd"
)

// Start starts a Worker that ends with the test. It skips the test where workerd is not installed, unless CI is set in the
// environment: there that is a failure. What the Worker has written is shown where the test fails.
func Start(t testing.TB, c workerd.Config) *workerd.Server {
	t.Helper()
	Need(t)
	s, err := workerd.Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("workerd: %s", s.Output())
		}
		s.Close()
	})
	return s
}

// Get asks for a URL, with headers by pairs, and returns the body and the headers of what comes.
func Get(t testing.TB, url string, header ...string) (string, http.Header) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for k := 0; k < len(header); k += 2 {
		r.Header.Set(header[k], header[k+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body), response.Header
}

// Need skips the test where workerd is not installed, as Start does.
func Need(t testing.TB) {
	t.Helper()
	if _, err := workerd.Find(); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("left out:", err)
	}
}
