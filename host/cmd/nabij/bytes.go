package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// byteSize is a flag of a number of bytes, in decimal units as size writes them.
type byteSize int64

var byteUnits = []struct {
	name  string
	bytes float64
}{{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"B", 1}}

func (b *byteSize) Set(text string) error {
	for _, unit := range byteUnits {
		number, ok := strings.CutSuffix(strings.ToLower(text), strings.ToLower(unit.name))
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if n *= unit.bytes; err != nil || !(n >= 0 && n < math.MaxInt64) {
			break
		}
		*b = byteSize(n)
		return nil
	}
	if text == "0" {
		*b = 0
		return nil
	}
	return fmt.Errorf("want a number with a unit, such as 512MB or 2GB, or 0")
}

func (b *byteSize) String() string {
	for _, unit := range byteUnits {
		if n := float64(*b) / unit.bytes; n >= 1 {
			return strconv.FormatFloat(n, 'f', -1, 64) + unit.name
		}
	}
	return "0"
}

func (b *byteSize) Type() string { return "size" }
