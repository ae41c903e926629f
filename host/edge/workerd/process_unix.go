//go:build unix

package workerd

import (
	"io"
	"os"
	"os/exec"
	"syscall"
)

// process is workerd and whatever it starts, in a group of its own that does not survive this process, however that ends.
type process struct {
	watchdog *exec.Cmd
	alive    io.Closer // the watchdog reads the other end of this pipe, which also closes when our process dies
	cmd      *exec.Cmd
}

// The watchdog leads the group, and what it kills includes itself.
const watchdog = `read _; rm -rf "$1"; kill -KILL 0`

func startProcess(dir, program string, args []string, output io.Writer, control *os.File) (*process, error) {
	p := &process{watchdog: exec.Command("/bin/sh", "-c", watchdog, "sh", dir), cmd: exec.Command(program, args...)}
	p.watchdog.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	alive, err := p.watchdog.StdinPipe()
	if err != nil {
		return nil, err
	}
	p.alive = alive
	if err := p.watchdog.Start(); err != nil {
		return nil, err
	}
	// The environment is empty but for what the machine needs: a person's proxies and settings have no say.
	p.cmd.Env, p.cmd.Dir = []string{"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "HOME=" + dir, "TMPDIR=" + dir}, dir
	p.cmd.Stdout, p.cmd.Stderr, p.cmd.ExtraFiles = output, output, []*os.File{control}
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pgid: p.watchdog.Process.Pid}
	if err := p.cmd.Start(); err != nil {
		p.kill()
		p.release()
		return nil, err
	}
	return p, nil
}

func (p *process) pid() int { return p.cmd.Process.Pid }

func (p *process) wait() { p.cmd.Wait() }

// kill may be called more than once, until release.
func (p *process) kill() { syscall.Kill(-p.watchdog.Process.Pid, syscall.SIGKILL) }

func (p *process) release() {
	p.watchdog.Wait()
	p.alive.Close()
}
