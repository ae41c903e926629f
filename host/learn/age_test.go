package learn

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestAgeing(t *testing.T) {
	forever := newAgeing(0, 1_700_000_000)
	assert.Equal(t, 1.0, forever.weight(5))
	assert.Equal(t, 1.0, forever.shift(&forever))
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.Float64Range(0.5, 400).Draw(t, "days")
		at := rapid.Int64Range(0, 2_000_000_000).Draw(t, "at")
		first, later := newAgeing(days, rapid.Int64Range(at, 2_000_000_000).Draw(t, "first")), ageing{}
		latest := rapid.Int64Range(at, 2_000_000_000).Draw(t, "latest")
		later = newAgeing(days, latest)
		require.InDelta(t, math.Exp2(float64(at-latest)/86_400/days), later.weight(at)/later.weight(latest), 1e-10)
		if later.weight(at) > 1e-300 && first.weight(at) > 1e-300 {
			require.Equal(t, later.weight(at), first.weight(at)*later.shift(&first), "a shift rounds")
		}
	})
}
