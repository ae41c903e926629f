//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/catalogue/feedgen"
)

// BenchmarkBuildCommand times `nabij build` of a Google Merchant feed as a process of its own, and the most memory that it
// held (peak-MB, where the system tells).
func BenchmarkBuildCommand(b *testing.B) {
	dir := b.TempDir()
	command := filepath.Join(dir, "nabij")
	out, err := exec.Command("go", "build", "-o", command, ".").CombinedOutput()
	require.NoError(b, err, "%s", out)
	for _, items := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(items), func(b *testing.B) {
			feed := filepath.Join(dir, fmt.Sprint(items, ".xml"))
			f, err := os.Create(feed)
			require.NoError(b, err)
			require.NoError(b, feedgen.Write(f, items, 1))
			require.NoError(b, f.Close())
			peak := int64(0)
			for b.Loop() {
				build := exec.Command(command, "build", feed, "--out", filepath.Join(dir, "dist"))
				out, err := build.CombinedOutput()
				require.NoError(b, err, "%s", out)
				if usage, ok := build.ProcessState.SysUsage().(*syscall.Rusage); ok && runtime.GOOS == "linux" {
					peak = max(peak, usage.Maxrss*1024)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/1000, "s/build")
			if peak > 0 {
				b.ReportMetric(float64(peak)/1e6, "peak-MB")
			}
		})
	}
}
