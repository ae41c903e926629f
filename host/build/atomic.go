package build

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Staging holds files of one folder that are written but not yet in place. Each is a temporary file in the same folder,
// so that putting it in place is a rename on one file system. Either Commit or Discard must be called; it is not for
// concurrent use.
type Staging struct {
	dir     string
	made    bool // dir was made by the staging
	staged  []staged
	settled bool
}

type staged struct{ name, temporary string }

// Stage returns an empty staging of a folder, which it makes when it is not there.
func Stage(dir string) (*Staging, error) {
	s := &Staging{dir: dir}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		s.made = true
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return s, nil
}

// Write stages a file that is to be served: write is given what to write to, and the file is synced to disk. name is a plain file name. When
// write fails, or ctx is cancelled before it is done, nothing of the file is left, and earlier files stay staged.
func (s *Staging) Write(ctx context.Context, name string, write func(io.Writer) error) error {
	return s.write(ctx, name, 0o644, write)
}

// WritePrivate stages a file as Write does, for its owner's eyes alone.
func (s *Staging) WritePrivate(ctx context.Context, name string, write func(io.Writer) error) error {
	return s.write(ctx, name, 0o600, write)
}

func (s *Staging) write(ctx context.Context, name string, mode fs.FileMode, write func(io.Writer) error) (err error) {
	if name == "" || name != filepath.Base(name) || name == "." || name == ".." {
		return fmt.Errorf("build: %q is no plain file name", name)
	}
	for _, f := range s.staged {
		if f.name == name {
			return fmt.Errorf("build: %s was staged before", name)
		}
	}
	f, err := os.CreateTemp(s.dir, temporaryName(name))
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	b := bufio.NewWriterSize(contextWriter{ctx, f}, 1<<16)
	if err = write(b); err != nil {
		return err
	}
	if err = b.Flush(); err != nil {
		return err
	}
	if err = ctx.Err(); err != nil {
		return err
	}
	if err = f.Chmod(mode); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	s.staged = append(s.staged, staged{name, f.Name()})
	return nil
}

// Commit puts the staged files in place, over files of the same names, in the order in which they were staged. Each
// appears whole or not at all; stage last what names the others, such as a manifest. On an error those that are not in
// place are removed.
func (s *Staging) Commit(ctx context.Context) error {
	if s.settled {
		return errors.New("build: the staging is settled")
	}
	if err := ctx.Err(); err != nil {
		return errors.Join(err, s.Discard())
	}
	for len(s.staged) > 0 {
		f := s.staged[0]
		if err := os.Rename(f.temporary, filepath.Join(s.dir, f.name)); err != nil {
			return errors.Join(err, s.Discard())
		}
		s.made = false
		s.staged = s.staged[1:]
	}
	s.settled = true
	return syncFolder(s.dir)
}

// Discard removes what is staged and not in place, and the folder when the staging made it and it is empty. After Commit
// it does nothing, so it can be deferred.
func (s *Staging) Discard() error {
	if s.settled {
		return nil
	}
	s.settled = true
	var errs []error
	for _, f := range s.staged {
		errs = append(errs, os.Remove(f.temporary))
	}
	s.staged = nil
	if s.made {
		os.Remove(s.dir) // fails when somebody else put something there: then it stays
	}
	return errors.Join(errs...)
}

// WriteFile writes one file so that path has either what it had before or all of the new content.
func WriteFile(ctx context.Context, path string, write func(io.Writer) error) error {
	s, err := Stage(filepath.Dir(path))
	if err != nil {
		return err
	}
	if err := s.Write(ctx, filepath.Base(path), write); err != nil {
		return errors.Join(err, s.Discard())
	}
	return s.Commit(ctx)
}

// temporaryName is the pattern of the temporary files that a file is written to first.
func temporaryName(name string) string { return "." + name + ".*.tmp" }

// Abandoned is the age at which RemoveUnfinished may take a file for one that nobody writes any more: writing takes minutes.
const Abandoned = 24 * time.Hour

// RemoveUnfinished removes what writers of path that were killed have left, of which nothing was written for that long. At 0 nobody may be
// writing path.
func RemoveUnfinished(path string, age time.Duration) error {
	dir, name := filepath.Split(path)
	entries, err := os.ReadDir(filepath.Clean(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	before, after, _ := strings.Cut(temporaryName(name), "*")
	for _, e := range entries {
		middle, ok := strings.CutPrefix(e.Name(), before)
		middle, ends := strings.CutSuffix(middle, after)
		if ok && ends && e.Type().IsRegular() && strings.Trim(middle, "0123456789") == "" { // CreateTemp puts digits there
			if info, err := e.Info(); err != nil || age > 0 && time.Since(info.ModTime()) < age {
				continue // it is in place, or may be written
			}
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

// contextWriter refuses to write once its context is cancelled.
type contextWriter struct {
	ctx context.Context
	w   io.Writer
}

func (c contextWriter) Write(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(p)
}

// syncFolder makes renames last, where the system can sync a folder at all.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrInvalid) && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}
