package host

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/nabij/nabij/core/pack"
)

// PackExtension ends the name of a pack's file.
const PackExtension = ".pack"

// ReadPack reads a pack: the file at path, or the one pack in the folder at path. A file of more than pack.MaxBytes is
// refused before it is read.
func ReadPack(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		packs, err := filepath.Glob(filepath.Join(path, "*"+PackExtension))
		if err != nil {
			return nil, err
		}
		if len(packs) != 1 {
			return nil, fmt.Errorf("host: %s holds %d files *%s, want one", path, len(packs), PackExtension)
		}
		path = packs[0]
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, pack.MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(b) > pack.MaxBytes {
		return nil, fmt.Errorf("host: %s is larger than a pack may be, %d bytes", path, pack.MaxBytes)
	}
	return b, nil
}
