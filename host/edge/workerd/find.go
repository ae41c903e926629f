package workerd

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Version is the release that scripts/tools.sh pins.
const Version = "1.20260426.1"

// ErrMissing is returned by Find and Start where there is no workerd.
var ErrMissing = errors.New("workerd: not found")

// Find returns the path of workerd: what NABIJ_WORKERD names, or what scripts/install has fetched, or one on PATH.
func Find() (string, error) {
	if file := os.Getenv("NABIJ_WORKERD"); file != "" {
		return file, nil
	}
	tools := os.Getenv("NABIJ_TOOLS")
	if cache := os.Getenv("XDG_CACHE_HOME"); tools == "" && cache != "" {
		tools = filepath.Join(cache, "nabij", "tools")
	} else if home, err := os.UserHomeDir(); tools == "" && err == nil {
		tools = filepath.Join(home, ".cache", "nabij", "tools")
	}
	file := filepath.Join(tools, "workerd-"+Version, "bin", "workerd")
	if _, err := os.Stat(file); err == nil {
		return file, nil
	}
	if file, err := exec.LookPath("workerd"); err == nil {
		return file, nil
	}
	return "", fmt.Errorf("%w: neither %s, which scripts/install fetches, nor on PATH", ErrMissing, file)
}
