package money

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDecimals(t *testing.T) {
	for code, want := range map[string]int{"EUR": 2, "JPY": 0, "HUF": 0, "KWD": 3, "": 2, "XYZ": 2, "AFN ALL": 2, "FN ": 2, "jpy": 2} {
		assert.Equal(t, want, Decimals(code), "%q", code)
	}
}
