//go:build !unix

package driver

import (
	"errors"
	"os"
)

type group struct{ dir string }

func newGroup() (*group, error) { return nil, errors.ErrUnsupported }

func (g *group) start(string, []string, []string, ...*os.File) (*process, error) {
	return nil, errors.ErrUnsupported
}

func (g *group) stop() error { return nil }
