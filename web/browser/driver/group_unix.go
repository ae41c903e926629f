//go:build unix

package driver

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// group is the processes of one Browser and the directory with everything they write. Nothing of either survives the
// Browser, nor the test's own process, however that ends.
type group struct {
	dir      string
	watchdog *exec.Cmd
	alive    io.Closer // the watchdog reads the other end of this pipe, which also closes when our process dies
	started  []*process
}

// The watchdog leads the group, and what it kills includes itself. TERM lets Xvfb remove its lock and socket.
const watchdog = `trap '' TERM; read _; kill -TERM 0; sleep 1; rm -rf "$1"; kill -KILL 0`

func newGroup() (*group, error) {
	// Not t.TempDir: sockets are made in it, whose paths may have about 100 bytes.
	dir, err := os.MkdirTemp("", "nabij-browser-")
	if err != nil {
		return nil, err
	}
	g := &group{dir: dir, watchdog: exec.Command("/bin/sh", "-c", watchdog, "sh", dir)}
	g.watchdog.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if g.alive, err = g.watchdog.StdinPipe(); err == nil {
		err = g.watchdog.Start()
	}
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	return g, nil
}

// start runs a program. Its environment is PATH, places in the group's directory, and env: neither a person's settings
// nor proxies have a say. inherited are its file descriptors from 3.
func (g *group) start(program string, args, env []string, inherited ...*os.File) (*process, error) {
	p := &process{cmd: exec.Command(program, args...), exited: make(chan struct{})}
	p.output = filepath.Join(g.dir, fmt.Sprintf("output-%s", filepath.Base(program)))
	// A file and not a pipe: nobody needs to read it, and it holds what was written even if the writer is stuck.
	out, err := os.OpenFile(p.output, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	p.cmd.Stdout, p.cmd.Stderr, p.cmd.ExtraFiles, p.cmd.Dir = out, out, inherited, g.dir
	p.cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "HOME=" + g.dir, "TMPDIR=" + g.dir,
		"XDG_CONFIG_HOME=" + g.dir, "XDG_CACHE_HOME=" + g.dir, "XDG_DATA_HOME=" + g.dir, "XDG_RUNTIME_DIR=" + g.dir,
	}, env...)
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pgid: g.watchdog.Process.Pid}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	g.started = append(g.started, p)
	go func() {
		p.cmd.Wait()
		close(p.exited)
	}()
	return p, nil
}

// stop ends every process and removes the directory.
func (g *group) stop() error {
	all := -g.watchdog.Process.Pid
	syscall.Kill(all, syscall.SIGTERM)
	patience := time.After(time.Second)
	for _, p := range g.started {
		select {
		case <-p.exited:
		case <-patience:
			patience = time.After(0)
		}
	}
	syscall.Kill(all, syscall.SIGKILL)
	g.watchdog.Wait()
	g.alive.Close()
	for _, p := range g.started {
		<-p.exited
	}
	// Grandchildren are not ours to wait for, and until they are gone they may write.
	var err error
	for range 200 {
		gone := groupEnded(g.watchdog.Process.Pid)
		if err = os.RemoveAll(g.dir); err == nil && gone {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	return err
}

// groupEnded reports whether no process of a group runs. Zombies do not, and stay members for as long as who must wait for them is slow; only
// Linux tells them apart.
func groupEnded(id int) bool {
	if syscall.Kill(-id, 0) != nil {
		return true
	}
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range files {
		text, _ := os.ReadFile(file)
		// The process's name, which may hold anything, stands in parentheses; behind it its state, parent and group.
		var state string
		var parent, of int
		fmt.Sscan(string(text[bytes.LastIndexByte(text, ')')+1:]), &state, &parent, &of)
		if of == id && state != "Z" && state != "X" {
			return false
		}
	}
	return len(files) > 0
}
