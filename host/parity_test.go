package host

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/wasm/abi/abitest"
)

// recorded is what visits to a pack did, and what the native module answered.
type recorded struct {
	calls   []abitest.Call
	answers []byte
}

// record makes up visits to a pack. Messages are copied: the visitor may reuse them.
func record(packBytes []byte, visits int) recorded {
	var r recorded
	visitor := abitest.NewVisitor(packBytes, func(c abitest.Call, a abitest.Answer) {
		c.Message = bytes.Clone(c.Message)
		r.calls = append(r.calls, c)
		r.answers = abitest.AppendAnswer(r.answers, a)
	})
	for seed := range visits {
		visitor.Play(uint64(seed))
	}
	return r
}

// The same calls give the same bytes wherever the module runs.
func TestParity(t *testing.T) {
	visits := 700 // a pack, of three packs
	if testing.Short() {
		visits = 70
		t.Logf("-short: %d visits to each pack instead of 700", visits)
	}
	dir := t.TempDir()
	program := buildReplay386(t, dir)
	node := findNode(t)
	module := moduleFile(t)
	for _, name := range abitest.Packs {
		r := record(abitest.Pack(name), visits)
		file := filepath.Join(dir, name+".calls")
		require.NoError(t, os.WriteFile(file, abitest.AppendCalls(nil, r.calls), 0o644))
		t.Logf("%s: %d visits, %d calls, %d bytes of answers", name, visits, len(r.calls), len(r.answers))
		t.Run(name+"/wazero", func(t *testing.T) { compareAnswers(t, r, replayWazero(t, r.calls)) })
		if program != "" {
			t.Run(name+"/386", func(t *testing.T) {
				compareAnswers(t, r, runReplay(t, file, program))
			})
		}
		if node != "" {
			t.Run(name+"/node", func(t *testing.T) {
				compareAnswers(t, r, runReplay(t, file, node, "testdata/replay.mjs", module))
			})
		}
	}
}

// compareAnswers names the first call that was answered differently.
func compareAnswers(t *testing.T, r recorded, got []byte) {
	t.Helper()
	if bytes.Equal(r.answers, got) {
		return
	}
	want := r.answers
	for i, c := range r.calls {
		var w, g abitest.Answer
		var err error
		w, want, err = abitest.ReadAnswer(want)
		require.NoError(t, err)
		g, got, err = abitest.ReadAnswer(got)
		require.NoError(t, err)
		require.Equal(t, w, g, "call %d: %s of %x", i, abitest.Names[c.Export], c.Message[:min(len(c.Message), 100)])
	}
	t.Fatal("answers after the last call")
}

func replayWazero(t *testing.T, calls []abitest.Call) []byte {
	m, err := newMachine(ctx, Module(), t.TempDir(), false)
	require.NoError(t, err)
	defer m.close(ctx)
	started, err := m.instance(ctx)
	require.NoError(t, err)
	in := started.(*wasmInstance)
	var answers []byte
	for _, c := range calls {
		answers = abitest.AppendAnswer(answers, doWasm(t, in, c))
	}
	return answers
}

// doWasm makes a call as it stands, right or wrong, which instance.call would not.
func doWasm(t *testing.T, in *wasmInstance, c abitest.Call) abitest.Answer {
	invoke := func(e export, arg uint32) int32 {
		result, err := in.invoke(ctx, e, arg)
		require.NoError(t, err, "%s(%d)", exportNames[e], arg)
		return result
	}
	if c.Write {
		at := invoke(exportReserve, uint32(len(c.Message)))
		if at == 0 {
			return abitest.Answer{Result: -1 << 31}
		}
		require.True(t, in.ram.Write(uint32(at), c.Message))
	}
	result := invoke(exportByName(abitest.Names[c.Export]), c.Arg)
	switch {
	case c.Export == abitest.Reserve && result != 0:
		return abitest.Answer{Result: 1}
	case c.Export == abitest.Reserve, c.Export == abitest.Version, result < 0:
		return abitest.Answer{Result: result}
	}
	reply, ok := in.ram.Read(uint32(invoke(exportReply, 0)), uint32(result))
	require.True(t, ok)
	return abitest.Answer{Result: result, Reply: reply}
}

func exportByName(name string) export {
	for e, n := range exportNames {
		if n == name {
			return export(e)
		}
	}
	panic("no export " + name)
}

// runReplay runs a program with the given arguments, the file of calls, and one for its answers.
func runReplay(t *testing.T, calls string, program string, args ...string) []byte {
	answers := filepath.Join(t.TempDir(), "answers")
	cmd := exec.Command(program, append(args, calls, answers)...)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	b, err := os.ReadFile(answers)
	require.NoError(t, err)
	return b
}

// buildReplay386 builds testdata/replay for 32 bits, or returns nothing where such programs don't run.
func buildReplay386(t *testing.T, dir string) string {
	if runtime.GOARCH != "amd64" {
		missing(t, fmt.Sprintf("GOARCH=386 programs on %s", runtime.GOARCH))
		return ""
	}
	program := filepath.Join(dir, "replay386")
	cmd := exec.Command("go", "build", "-o", program, "./testdata/replay")
	cmd.Env = append(os.Environ(), "GOARCH=386", "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return program
}

// findNode returns where Node is, or nothing.
func findNode(t testing.TB) string {
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "node, for V8")
	}
	return node
}

// moduleFile writes the module to a file: what runs elsewhere is what is embedded here, even when nabij.wasm on disk has
// been built anew since.
func moduleFile(t testing.TB) string {
	file := filepath.Join(t.TempDir(), "nabij.wasm")
	require.NoError(t, os.WriteFile(file, Module(), 0o644))
	return file
}

// missing says that a part of a test is left out here, and fails where nothing may be.
func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("CI is set, and this is missing: %s", what)
	}
	t.Logf("LEFT OUT: %s", what)
}
