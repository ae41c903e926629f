// Package workerdtest starts workerd for tests.
package workerdtest

import (
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
