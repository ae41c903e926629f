package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/nabij/nabij/core/pack"
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

// checkedPack reads a pack that is one, and has the slot, unless that is empty: what is wrong with either is told before a log is read.
func checkedPack(path, slot string) ([]byte, *pack.Pack, error) {
	data, err := readPack(path)
	if err != nil {
		return nil, nil, err
	}
	p, err := opened(data, path, slot)
	return data, p, err
}

// opened opens a pack of a name that has the slot, unless that is empty.
func opened(data []byte, name, slot string) (*pack.Pack, error) {
	p, err := pack.Open(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if _, ok := p.FindSlot([]byte(slot)); slot != "" && !ok {
		return nil, noSlot(p, name, slot)
	}
	return p, nil
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
