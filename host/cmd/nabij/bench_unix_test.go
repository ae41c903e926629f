//go:build unix

package main

import (
	"bufio"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/catalogue/feedgen"
	"github.com/nabij/nabij/host/internal/realdata"
)

// BenchmarkBuildCommand times `nabij build` of a Google Merchant feed as a process of its own, and the most memory that it
// held (peak-MB, where the system tells).
func BenchmarkBuildCommand(b *testing.B) {
	dir := b.TempDir()
	command := builtCommand(b, dir)
	for _, items := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(items), func(b *testing.B) {
			feed := filepath.Join(dir, fmt.Sprint(items, ".xml"))
			f, err := os.Create(feed)
			require.NoError(b, err)
			require.NoError(b, feedgen.Write(f, items, 1))
			require.NoError(b, f.Close())
			timeCommand(b, command, "build", feed, "--out", filepath.Join(dir, "dist"))
		})
	}
}

// BenchmarkLearnCommand does the same for `nabij learn` of a real log, and of made-up ones of a hundred events an item. That of 20 million is
// left out unless NABIJ_LARGE is set.
func BenchmarkLearnCommand(b *testing.B) {
	dir := b.TempDir()
	command := builtCommand(b, dir)
	out := filepath.Join(dir, "learned.jsonl")
	b.Run("clicks", func(b *testing.B) {
		timeLearn(b, command, realdata.Path(b, "yoochoose1_64/train.csv"), out)
	})
	for _, millions := range []int{1, 5, 20} {
		b.Run(fmt.Sprint(millions, "M"), func(b *testing.B) {
			if millions > 5 && os.Getenv("NABIJ_LARGE") == "" {
				b.Skip("left out, as NABIJ_LARGE is not set: it takes minutes")
			}
			log := filepath.Join(dir, "log.csv")
			writeLog(b, log, millions*1_000_000)
			timeLearn(b, command, log, out)
		})
	}
}

// timeLearn learns from a log without trying other thresholds, and with.
func timeLearn(b *testing.B, command, log, out string) {
	b.Run("alone", func(b *testing.B) { timeCommand(b, command, "learn", log, "--out", out, "--no-back-test") })
	b.Run("back-test", func(b *testing.B) { timeCommand(b, command, "learn", log, "--out", out) })
}

// builtCommand builds nabij into dir and returns where it is.
func builtCommand(b *testing.B, dir string) string {
	command := filepath.Join(dir, "nabij")
	out, err := exec.Command("go", "build", "-o", command, ".").CombinedOutput()
	require.NoError(b, err, "%s", out)
	return command
}

// timeCommand runs a command again and again.
func timeCommand(b *testing.B, command string, args ...string) {
	peak := int64(0)
	for b.Loop() {
		run := exec.Command(command, args...)
		out, err := run.CombinedOutput()
		require.NoError(b, err, "%s", out)
		if usage, ok := run.ProcessState.SysUsage().(*syscall.Rusage); ok && runtime.GOOS == "linux" {
			peak = max(peak, usage.Maxrss*1024)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/1000, "s/run")
	if peak > 0 {
		b.ReportMetric(float64(peak)/1e6, "peak-MB")
	}
}

// writeLog writes a log of sessions of 1 to 200 events, most of them short, on an item for every hundred events, of which few are popular. A
// session mostly stays near where it is.
func writeLog(b *testing.B, path string, events int) {
	f, err := os.Create(path)
	require.NoError(b, err)
	w := bufio.NewWriterSize(f, 1<<20)
	r := rand.New(rand.NewPCG(1, uint64(events)))
	items := events / 100
	popular := func() int { return int(float64(items) * math.Pow(r.Float64(), 4)) }
	fmt.Fprintln(w, "session_id,item_id,unix_time_s")
	for session, written := 0, 0; written < events; session++ {
		length := min(int(1.5/math.Pow(1-r.Float64(), 0.7)), 200)
		at, item := 1_700_000_000+session*3, popular()
		for range length {
			fmt.Fprintf(w, "%d,%d,%d\n", session, item, at)
			at += 1 + r.IntN(60)
			if r.IntN(4) == 0 {
				item = popular()
			} else {
				item = min(item/20*20+r.IntN(20), items-1)
			}
		}
		written += length
	}
	require.NoError(b, w.Flush())
	require.NoError(b, f.Close())
}
