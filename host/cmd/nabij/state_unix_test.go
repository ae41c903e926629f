//go:build unix

package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// asNabij is the variable that makes the test binary nabij, so that there is a process to kill.
const asNabij = "NABIJ_TEST_AS_NABIJ"

func TestMain(m *testing.M) {
	if os.Getenv(asNabij) != "" {
		main()
	}
	os.Exit(m.Run())
}

// nabijProcess returns a process of nabij that has not begun, behind what else is to run it.
func nabijProcess(t *testing.T, before []string, args ...string) *exec.Cmd {
	self, err := os.Executable()
	require.NoError(t, err)
	line := append(append(before, self), args...)
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Env = append(os.Environ(), asNabij+"=yes")
	return cmd
}

// days writes two logs into the folder and learns from the first.
func days(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for day, name := range []string{"monday.csv", "tuesday.csv"} {
		var log bytes.Buffer
		fmt.Fprintln(&log, "session_id,item_id,unix_time_s")
		for session := range 800 {
			for event := range 2 + r.IntN(6) {
				fmt.Fprintf(&log, "%d-%d,%d,%d\n", day, session, r.IntN(400), 1_700_000_000+86_400*day+10*session+event)
			}
		}
		require.NoError(t, os.WriteFile(name, log.Bytes(), 0o666))
	}
	out, err := nabijProcess(t, nil, "learn", "monday.csv", "--save", "shop.state", "--out", "learned.jsonl").CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// TestKilledUpdate kills updates of a state at any moment: the state and what was learnt are what they were, or what they were to be.
func TestKilledUpdate(t *testing.T) {
	t.Chdir(t.TempDir())
	days(t)
	files := []string{"shop.state", "learned.jsonl"}
	read := func() (content [2]string) {
		for k, name := range files {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			content[k] = string(text)
		}
		return content
	}
	update := func() *exec.Cmd {
		return nabijProcess(t, nil, "learn", "--update", "shop.state", "tuesday.csv", "--out", "learned.jsonl")
	}
	old := read()
	start := time.Now()
	out, err := update().CombinedOutput()
	require.NoError(t, err, "%s", out)
	took := time.Since(start)
	updated := read()
	require.NotEqual(t, old[0], updated[0])

	r := rand.New(rand.NewPCG(3, 4))
	killed := 0
	for range 20 {
		for k, name := range files {
			require.NoError(t, os.WriteFile(name, []byte(old[k]), 0o666))
		}
		cmd := update()
		require.NoError(t, cmd.Start())
		time.Sleep(time.Duration(r.Int64N(int64(took))))
		require.NoError(t, cmd.Process.Kill())
		if cmd.Wait() != nil {
			killed++
		}
		// The state goes first, so that what was learnt is never of more than is in it.
		assert.Contains(t, [][2]string{old, {updated[0], old[1]}, updated}, read())
	}
	assert.NotZero(t, killed)

	for k, name := range files {
		require.NoError(t, os.WriteFile(name, []byte(old[k]), 0o666))
	}
	left, err := filepath.Glob(".learned.jsonl.*")
	require.NoError(t, err)
	left = append(left, ".learned.jsonl.77.tmp")
	yesterday := time.Now().Add(-25 * time.Hour)
	for _, name := range left {
		require.NoError(t, os.WriteFile(name, nil, 0o666))
		require.NoError(t, os.Chtimes(name, yesterday, yesterday))
	}
	const others = ".learned.jsonl.78.tmp" // as of who writes it now
	require.NoError(t, os.WriteFile(others, nil, 0o666))
	out, err = update().CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Equal(t, updated, read())
	left, err = filepath.Glob(".shop.state.*")
	require.NoError(t, err)
	assert.Empty(t, left, "what killed updates have left")
	left, err = filepath.Glob(".learned.jsonl.*")
	require.NoError(t, err)
	assert.Equal(t, []string{others}, left, "and of what was learnt, but for what may be written still")
}

// TestFullDisk updates a state where files cannot be so large.
func TestFullDisk(t *testing.T) {
	t.Chdir(t.TempDir())
	days(t)
	old, err := os.ReadFile("shop.state")
	require.NoError(t, err)
	learned, err := os.ReadFile("learned.jsonl")
	require.NoError(t, err)
	for _, blocks := range []int{0, 1, 40} {
		limited := []string{"sh", "-c", fmt.Sprintf(`ulimit -f %d && exec "$@"`, blocks), "sh"}
		out, err := nabijProcess(t, limited, "learn", "--update", "shop.state", "tuesday.csv", "--out", "learned.jsonl").CombinedOutput()
		require.Error(t, err)
		assert.Contains(t, string(out), "file too large")
		now, err := os.ReadFile("shop.state")
		require.NoError(t, err)
		require.True(t, bytes.Equal(old, now))
		now, err = os.ReadFile("learned.jsonl")
		require.NoError(t, err)
		require.True(t, bytes.Equal(learned, now))
	}
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, e := range entries {
		assert.False(t, strings.HasSuffix(e.Name(), ".tmp"), e.Name())
	}
}

// TestTwoUpdates shows that a state is changed by one at a time, and by its owner alone.
func TestTwoUpdates(t *testing.T) {
	t.Chdir(t.TempDir())
	days(t)
	info, err := os.Stat("shop.state")
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	held, err := (&stateFlags{update: "shop.state"}).open(true)
	require.NoError(t, err)
	_, err = (&stateFlags{update: "shop.state"}).open(true)
	assert.ErrorContains(t, err, "shop.state is being updated by another nabij")
	reading, err := (&stateFlags{update: "shop.state"}).open(false)
	require.NoError(t, err)
	reading.close()
	held.close()
	again, err := (&stateFlags{update: "shop.state"}).open(true)
	require.NoError(t, err)
	again.close()
}
