//go:build !unix

package workerd

import (
	"errors"
	"io"
	"os"
)

type process struct{}

func startProcess(string, string, []string, io.Writer, *os.File) (*process, error) {
	return nil, errors.ErrUnsupported
}

func (*process) pid() int { return 0 }
func (*process) wait()    {}
func (*process) kill()    {}
func (*process) release() {}
