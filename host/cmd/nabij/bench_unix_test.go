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
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/catalogue/feedgen"
	"github.com/nabij/nabij/host/internal/realdata"
)

// BenchmarkBuildCommand times `nabij build` of a Google Merchant feed as a process of its own, and the most memory that it
// held (peak-MB, where the system tells). The larger one is left out unless NABIJ_LARGE is set.
func BenchmarkBuildCommand(b *testing.B) {
	dir := b.TempDir()
	command := builtCommand(b, dir)
	for _, items := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(items), func(b *testing.B) {
			if items > 10_000 && os.Getenv("NABIJ_LARGE") == "" {
				b.Skip("left out, as NABIJ_LARGE is not set: it takes half a minute")
			}
			feed := filepath.Join(dir, fmt.Sprint(items, ".xml"))
			f, err := os.Create(feed)
			require.NoError(b, err)
			require.NoError(b, feedgen.Write(f, items, 1))
			require.NoError(b, f.Close())
			timeCommand(b, nil, command, "build", feed, "--out", filepath.Join(dir, "dist"))
		})
	}
}

// BenchmarkLearnCommand does the same for `nabij learn` of a real log, and of made-up ones of a hundred events an item, with a bound of memory
// too, and of a day that is added to what they add up to. Those of more than a million are left out unless NABIJ_LARGE is set.
func BenchmarkLearnCommand(b *testing.B) {
	dir := b.TempDir()
	command := builtCommand(b, dir)
	out := filepath.Join(dir, "learned.jsonl")
	b.Run("clicks", func(b *testing.B) {
		timeLearn(b, command, realdata.Path(b, "yoochoose1_64/train.csv"), out)
	})
	for _, millions := range []int{1, 5, 20} {
		b.Run(fmt.Sprint(millions, "M"), func(b *testing.B) {
			if millions > 1 && os.Getenv("NABIJ_LARGE") == "" {
				b.Skip("left out, as NABIJ_LARGE is not set: it takes a minute or more")
			}
			log, day := filepath.Join(dir, "log.csv"), filepath.Join(dir, "day.csv")
			items := millions * 10_000
			last := writeLog(b, log, items, millions*1_000_000, 1_700_000_000)
			writeLog(b, day, items, 115_000, last+1) // such a log has about as many a day
			timeLearn(b, command, log, out)
			b.Run("512MB", func(b *testing.B) {
				timeCommand(b, nil, command, "learn", log, "--out", out, "--no-back-test", "--memory", "512MB")
			})
			before, state := filepath.Join(dir, "before.state"), filepath.Join(dir, "shop.state")
			b.Run("save", func(b *testing.B) {
				timeCommand(b, func() { os.Remove(before) }, command, "learn", log, "--save", before, "--memory", "0")
				info, err := os.Stat(before)
				require.NoError(b, err)
				b.ReportMetric(float64(info.Size())/1e6, "state-MB")
			})
			b.Run("update", func(b *testing.B) {
				copyState := func() {
					out, err := exec.Command("cp", before, state).CombinedOutput()
					require.NoError(b, err, "%s", out)
				}
				timeCommand(b, copyState, command, "learn", "--update", state, day, "--out", out, "--memory", "0")
			})
		})
	}
}

// timeLearn learns from a log without trying other thresholds, and with.
func timeLearn(b *testing.B, command, log, out string) {
	b.Run("alone", func(b *testing.B) {
		timeCommand(b, nil, command, "learn", log, "--out", out, "--no-back-test", "--memory", "0")
	})
	b.Run("back-test", func(b *testing.B) { timeCommand(b, nil, command, "learn", log, "--out", out, "--memory", "0") })
}

// builtCommand builds nabij into dir and returns where it is.
func builtCommand(b *testing.B, dir string) string {
	command := filepath.Join(dir, "nabij")
	out, err := exec.Command("go", "build", "-o", command, ".").CombinedOutput()
	require.NoError(b, err, "%s", out)
	return command
}

// timeCommand runs a command again and again, each time after what prepares it, which is not timed; nil is nothing. It tells how long a run
// took, and how long processors worked for it: on a machine that others use too, the latter compares.
func timeCommand(b *testing.B, prepare func(), command string, args ...string) {
	peak, worked := int64(0), time.Duration(0)
	for b.Loop() {
		if prepare != nil {
			b.StopTimer()
			prepare()
			b.StartTimer()
		}
		run := exec.Command(command, args...)
		out, err := run.CombinedOutput()
		require.NoError(b, err, "%s", out)
		worked += run.ProcessState.UserTime() + run.ProcessState.SystemTime()
		if usage, ok := run.ProcessState.SysUsage().(*syscall.Rusage); ok && runtime.GOOS == "linux" {
			peak = max(peak, usage.Maxrss*1024)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/1000, "s/run")
	b.ReportMetric(worked.Seconds()/float64(b.N), "cpu-s/run")
	if peak > 0 {
		b.ReportMetric(float64(peak)/1e6, "peak-MB")
	}
}

// writeLog writes a log of sessions of 1 to 200 events, most of them short, on items of which few are popular. A
// session mostly stays near where it is. It begins at a time, and returns that of the last event.
func writeLog(b *testing.B, path string, items, events, start int) (last int) {
	f, err := os.Create(path)
	require.NoError(b, err)
	w := bufio.NewWriterSize(f, 1<<20)
	r := rand.New(rand.NewPCG(1, uint64(events)))
	popular := func() int { return int(float64(items) * math.Pow(r.Float64(), 4)) }
	fmt.Fprintln(w, "session_id,item_id,unix_time_s")
	for session, written := 0, 0; written < events; session++ {
		length := min(int(1.5/math.Pow(1-r.Float64(), 0.7)), 200)
		at, item := start+session*3, popular()
		for range length {
			fmt.Fprintf(w, "%d,%d,%d\n", session, item, at)
			last = max(last, at)
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
	return last
}
