package learn

import (
	"fmt"
	"io"
	"os"
)

// temporary is a file for what does not fit in memory, for its owner's eyes alone. Where the system lets a file go that is open, it is in no
// folder, so that nothing is left of it even when the process is killed.
type temporary struct {
	*os.File
	dir  string
	gone bool
	size int64
}

// newTemporary makes a file in a folder; "" is the system's for such.
func newTemporary(dir string) (*temporary, error) {
	f, err := os.CreateTemp(dir, ".nabij-learn.*.tmp")
	if err != nil {
		return nil, aside(dir, err)
	}
	return &temporary{File: f, dir: dir, gone: os.Remove(f.Name()) == nil}, nil
}

func aside(dir string, err error) error {
	if dir == "" {
		dir = os.TempDir()
	}
	return fmt.Errorf("learn: what does not fit in memory is put aside in %s: %w", dir, err)
}

func (t *temporary) Write(p []byte) (int, error) {
	n, err := t.File.Write(p)
	t.size += int64(n)
	if err != nil {
		err = aside(t.dir, err)
	}
	return n, err
}

// blocks returns a reader of what was written.
func (t *temporary) blocks() *blockReader {
	return &blockReader{r: io.NewSectionReader(t.File, int64(fileHeadBytes), t.size-int64(fileHeadBytes)), at: int64(fileHeadBytes), size: t.size}
}

func (t *temporary) close() {
	t.Close()
	if !t.gone {
		os.Remove(t.Name())
	}
}
