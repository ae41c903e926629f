package serve

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long nothing must change before it is looked at: editors and generators write in several steps.
const settle = 200 * time.Millisecond

// Watch builds again whenever something of Options.Watch changes, and has pages load again when something of Options.Pages
// does, until ctx ends. It returns an error if that cannot be watched.
func (s *Server) Watch(ctx context.Context) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	defer w.Close()
	for _, name := range slices.Concat(s.options.Watch, s.options.Pages) {
		if err := watch(w, name); err != nil {
			return fmt.Errorf("serve: watch %s: %w", name, err)
		}
	}
	settled := time.NewTimer(0)
	<-settled.C
	rebuild := false
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-w.Errors:
			s.options.Log(fmt.Sprintf("changes may go unseen: %v", err))
		case event := <-w.Events:
			if event.Op == fsnotify.Chmod || strings.HasPrefix(filepath.Base(event.Name), ".") {
				continue
			}
			feed, page := below(event.Name, s.options.Watch), below(event.Name, s.options.Pages)
			if !feed && !page {
				continue
			}
			if event.Has(fsnotify.Create) {
				_ = watch(w, event.Name) // what is gone again need not be watched
			}
			rebuild = rebuild || feed
			settled.Reset(settle)
		case <-settled.C:
			s.again(ctx, rebuild)
			rebuild = false
		}
	}
}

// again builds, or only has pages load again.
func (s *Server) again(ctx context.Context, rebuild bool) {
	if !rebuild {
		s.tell(func() {
			if s.built.Pages != nil {
				s.next()
			}
		})
		s.options.Log("A page has changed.")
		return
	}
	begin := time.Now()
	if err := s.Build(ctx); err != nil && ctx.Err() != nil {
		return
	} else if err != nil {
		s.options.Log(fmt.Sprintf("Not built, what is served is of before: %v", err))
		return
	}
	s.mu.Lock()
	about := s.built.About
	s.mu.Unlock()
	s.options.Log(fmt.Sprintf("Built again in %s: %s.", time.Since(begin).Round(time.Millisecond), about))
}

// watch watches a folder and those below it, or the folder that a file is in: editors put a new file in a file's place.
func watch(w *fsnotify.Watcher, name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return w.Add(filepath.Dir(name))
	}
	return filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return nil
		}
		if base := d.Name(); path != name && (strings.HasPrefix(base, ".") || base == "node_modules") {
			return fs.SkipDir
		}
		return w.Add(path)
	})
}

// below reports whether a file is one of the names, or in a folder that is.
func below(file string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		rest, err := filepath.Rel(name, file)
		return err == nil && rest != ".." && !strings.HasPrefix(rest, ".."+string(filepath.Separator))
	})
}
