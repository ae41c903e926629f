// Package figures writes numbers for people, the same wherever they stand.
package figures

import (
	"fmt"
	"strconv"
)

// Grouped returns n with a space, such as " ", between thousands.
func Grouped(n int, space string) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + space + s[i:]
	}
	return s
}

// Counted returns "1 item", "2 items", with thousands grouped by a space.
func Counted(n int, noun, space string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Grouped(n, space) + " " + noun + "s"
}

// Bytes returns a number of bytes in decimal units, with three or four digits.
func Bytes(n int) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 99_950: // what is rounded to 100 kB has no decimal
		return fmt.Sprintf("%.1f kB", float64(n)/1000)
	case n < 999_500:
		return fmt.Sprintf("%.0f kB", float64(n)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1_000_000)
}
