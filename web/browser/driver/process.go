package driver

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// process is one started program; browsers start more of their own.
type process struct {
	cmd    *exec.Cmd
	output string        // the file that holds its stdout and stderr
	exited chan struct{} // closed when it has
}

// said returns the end of what each process printed, for an error.
func (g *group) said() string {
	files, _ := filepath.Glob(filepath.Join(g.dir, "output-*"))
	var all strings.Builder
	for _, file := range files {
		text, _ := os.ReadFile(file)
		if text = bytes.TrimSpace(text); len(text) > 0 {
			fmt.Fprintf(&all, "%s:\n%s\n", filepath.Base(file), text[max(0, len(text)-2000):])
		}
	}
	return all.String()
}

// await polls until ready returns true, the process exits, or startLimit is over.
func (p *process) await(ready func() bool) error {
	name := filepath.Base(p.cmd.Path)
	for end := time.Now().Add(startLimit); ; {
		if ready() {
			return nil
		}
		select {
		case <-p.exited:
			return fmt.Errorf("%s exited: %v", name, p.cmd.ProcessState)
		case <-time.After(10 * time.Millisecond):
		}
		if time.Now().After(end) {
			return fmt.Errorf("%s was not ready after %v", name, startLimit)
		}
	}
}

// announced waits until a file that the process writes matches the pattern, and returns the pattern's first group.
func (p *process) announced(file string, pattern *regexp.Regexp) (string, error) {
	var found string
	err := p.await(func() bool {
		text, _ := os.ReadFile(file)
		if match := pattern.FindSubmatch(text); match != nil {
			found = string(match[1])
		}
		return found != ""
	})
	return found, err
}
