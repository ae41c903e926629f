// Package compressed says how many bytes something has once it is compressed.
package compressed

import "github.com/andybalholm/brotli"

// fast is the effort that servers take for what they compress while they send it.
const fast = 5

// best is the most bytes that are compressed with all effort, which takes a second for each million.
const best = 1 << 20

// Effort returns the effort of brotli for so many bytes: 11, its best, up to 1 MiB, and 5 for more.
func Effort(bytes int) int {
	if bytes > best {
		return fast
	}
	return brotli.BestCompression
}

// Brotli returns how many bytes data has with brotli at an effort.
func Brotli(data []byte, effort int) int {
	var n counter
	w := brotli.NewWriterLevel(&n, effort)
	_, _ = w.Write(data) // a counter refuses nothing
	_ = w.Close()
	return int(n)
}

// counter counts what is written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
