package serve

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A feed that changes is built again, in place or put in place; pages that change are loaded again without a build; hidden files
// and those beside a feed are nothing.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	write("feed.csv", "one")
	write("site/index.html", "one")
	var mu sync.Mutex
	builds, lines := 0, []string(nil)
	s := New(Options{
		Build: func(ctx context.Context) (Built, error) {
			mu.Lock()
			defer mu.Unlock()
			builds++
			if text, err := os.ReadFile(filepath.Join(dir, "feed.csv")); err != nil || string(text) == "broken" {
				return Built{}, errors.New("broken")
			}
			return built("shop")(ctx)
		},
		Watch: []string{filepath.Join(dir, "feed.csv")}, Pages: []string{filepath.Join(dir, "site")},
		Log: func(line string) {
			mu.Lock()
			defer mu.Unlock()
			lines = append(lines, line)
		},
	})
	require.NoError(t, s.Build(t.Context()))
	page := listen(t, s)
	last := page.next()
	ended := make(chan error)
	ctx, stop := context.WithCancel(t.Context())
	go func() { ended <- s.Watch(ctx) }()
	time.Sleep(settle) // it says nowhere that it watches

	changed := func(what string, wantBuilds int) {
		t.Helper()
		now := page.next()
		assert.NotEqual(t, last.Build, now.Build, what)
		last = now
		mu.Lock()
		defer mu.Unlock()
		assert.Equal(t, wantBuilds, builds, what)
	}
	write("feed.csv", "two")
	changed("written over", 2)
	write("new.csv", "three")
	require.NoError(t, os.Rename(filepath.Join(dir, "new.csv"), filepath.Join(dir, "feed.csv")))
	changed("put in place", 3)
	write("site/index.html", "two")
	changed("a page", 3)
	write("site/guides/new.html", "one")
	changed("a page in a new folder", 3)
	write("site/guides/new.html", "two")
	changed("a page in a folder that was new", 3)
	write("site/.hidden", "one")
	write("beside.txt", "one")
	write("feed.csv", "broken")
	now := page.next()
	assert.Equal(t, state{last.Build, "broken"}, now)
	write("feed.csv", "mended")
	changed("mended", 5)
	stop()
	require.NoError(t, <-ended)
	assert.Equal(t, "Not built, what is served is of before: broken", lines[len(lines)-2])
	assert.Regexp(t, `^Built again in .+: shop\.$`, lines[len(lines)-1])

	s = New(Options{Build: built("shop"), Watch: []string{filepath.Join(dir, "none")}})
	assert.ErrorContains(t, s.Watch(t.Context()), "none")
}
