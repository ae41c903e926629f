package figures

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBytes(t *testing.T) {
	for n, want := range map[int]string{
		0: "0 B", 999: "999 B", 1000: "1.0 kB", 99_949: "99.9 kB", 99_950: "100 kB", 219_280: "219 kB", 999_499: "999 kB", 999_500: "1.0 MB", 1_540_000: "1.5 MB",
	} {
		assert.Equal(t, want, Bytes(n))
	}
}

func TestCounted(t *testing.T) {
	assert.Equal(t, "1 item", Counted(1, "item", " "))
	assert.Equal(t, "0 items", Counted(0, "item", " "))
	assert.Equal(t, "12\u00a0345 items", Counted(12_345, "item", "\u00a0"))
	for n, want := range map[int]string{999: "999", 1000: "1 000", -100: "-100", -1_234_567: "-1 234 567"} {
		assert.Equal(t, want, Grouped(n, " "))
	}
}
