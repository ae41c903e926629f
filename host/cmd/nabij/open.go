package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/nabij/nabij/host"
)

// readPack reads a pack, or that of a built folder.
func readPack(path string) ([]byte, error) {
	data, err := host.ReadPack(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w; want a pack, or a folder made by nabij build", err)
	}
	return data, err
}

// openPack opens a pack, or that of a built folder, in the module.
func openPack(ctx context.Context, path string) (*host.Engine, error) {
	data, err := readPack(path)
	if err != nil {
		return nil, err
	}
	e, err := host.Open(ctx, data, host.Instances(1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return e, nil
}
