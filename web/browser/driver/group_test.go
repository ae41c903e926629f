//go:build unix

package driver

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// gone waits until a process and a directory are gone.
func gone(t *testing.T, pid int, dir string) {
	t.Helper()
	for range 500 {
		_, err := os.Stat(dir)
		if os.IsNotExist(err) && !running(pid) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("process %d or directory %s is still there", pid, dir)
}

// running says of a zombie that it is not: who must wait for it may be slow.
func running(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || !strings.Contains(string(stat), ") Z ")
}

// stubborn starts a process in the group that starts another one. It prints the latter's id; both ignore TERM.
func stubborn(t *testing.T) (g *group, pid int) {
	t.Helper()
	g, err := newGroup()
	if err != nil {
		t.Fatal(err)
	}
	p, err := g.start("/bin/sh", []string{"-c", "trap '' TERM; sleep 1000 & echo $!; wait"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.await(func() bool {
		text, _ := os.ReadFile(p.output)
		n, _ := fmt.Sscanf(string(text), "%d\n", &pid)
		return n == 1
	}); err != nil {
		t.Fatal(err)
	}
	return g, pid
}

func TestGroupStops(t *testing.T) {
	g, pid := stubborn(t)
	if err := g.stop(); err != nil {
		t.Error(err)
	}
	gone(t, pid, g.dir)
}

// A test that is killed cleans nothing up, as one that ran out of time does not either.
func TestGroupEndsWithTheTest(t *testing.T) {
	const child = "NABIJ_BROWSER_TEST_CHILD"
	if os.Getenv(child) != "" {
		g, pid := stubborn(t)
		fmt.Println(pid, g.dir)
		time.Sleep(time.Minute)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestGroupEndsWithTheTest$")
	cmd.Env = append(os.Environ(), child+"=yes")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	line, err := bufio.NewReader(out).ReadString('\n')
	var pid int
	var dir string
	if _, scan := fmt.Sscan(line, &pid, &dir); err != nil || scan != nil {
		t.Fatalf("the child said %q: %v", line, err)
	}
	if !running(pid) {
		t.Fatal("the child has no process")
	}
	cmd.Process.Kill()
	gone(t, pid, dir)
}
