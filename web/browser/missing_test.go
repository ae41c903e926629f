package browser

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/nabij/nabij/web/browser/driver"
)

// outcome is a test that keeps how it ended.
type outcome struct {
	testing.TB
	how string
}

func (o *outcome) Helper()      {}
func (o *outcome) Skip(...any)  { o.how = "skip"; runtime.Goexit() }
func (o *outcome) Fatal(...any) { o.how = "fatal"; runtime.Goexit() }

func TestStartWithoutTheEngine(t *testing.T) {
	if testing.Short() {
		t.Skip("left out by -short, which skips before engines are looked for")
	}
	t.Setenv("PATH", t.TempDir())
	for _, engine := range All {
		_, err := driver.Launch(engine)
		if !errors.Is(err, driver.ErrMissing) || !strings.Contains(err.Error(), engine.String()+" is not installed: no ") {
			t.Errorf("%s: got %v", engine, err)
		}
		for _, ci := range []string{"", "yes"} {
			t.Setenv("CI", ci)
			f := &outcome{}
			done := make(chan struct{})
			go func() {
				defer close(done)
				Start(f, engine)
			}()
			<-done
			if want := map[string]string{"": "skip", "yes": "fatal"}[ci]; f.how != want {
				t.Errorf("%s with CI=%q: %s, want %s", engine, ci, f.how, want)
			}
		}
	}
}
