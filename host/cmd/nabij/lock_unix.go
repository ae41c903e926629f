//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// lock keeps others from locking a file until it is closed, or the process ends.
func lock(f *os.File) error {
	for {
		switch err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); {
		case errors.Is(err, syscall.EINTR):
		case errors.Is(err, syscall.EWOULDBLOCK):
			return fmt.Errorf("%s is being updated by another nabij", f.Name())
		default:
			return err
		}
	}
}

// letGo does what must be done before a file that is open can be replaced: nothing. It stays locked.
func letGo(*os.File) {}
