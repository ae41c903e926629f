package core

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
)

// engineOf returns an engine of a pack with nothing in it but a policy.
func engineOf(t require.TestingT, policy pack.Policy) *Engine {
	data, err := pack.Write(pack.Source{Slots: []pack.Slot{{Name: "s", Kinds: pack.AllKinds, Size: 1, Layer: 1}}, Policy: policy})
	require.NoError(t, err)
	e := new(Engine)
	require.Nil(t, e.Open(data))
	return e
}

func TestDecay(t *testing.T) {
	e := engineOf(t, pack.DefaultPolicy())
	half := uint64(e.policy().HalfLifeMs)
	for _, c := range []struct {
		ageMs uint64
		want  uint32
	}{{0, 256}, {half / 2, 181}, {half - 1, 130}, {half, 128}, {2 * half, 64}, {8 * half, 1}, {9*half - 1, 0}, {9 * half, 0}, {MaxTimeMs, 0}} {
		assert.Equal(t, c.want, e.decay(&event{}, c.ageMs), "%d ms", c.ageMs)
	}
	assert.Equal(t, uint32(256), e.decay(&event{atMs: 5}, 4), "what is yet to come has not aged")
	policy := pack.DefaultPolicy()
	policy.HalfLifeMs = 0
	assert.Equal(t, uint32(256), engineOf(t, policy).decay(&event{}, MaxTimeMs), "nothing ages")
}

// TestDecayIsExponential holds the table to its formula, within what rounding down to steps takes.
func TestDecayIsExponential(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := pack.DefaultPolicy()
		policy.HalfLifeMs = rapid.Uint32Min(1).Draw(t, "half-life")
		at := rapid.Uint64Range(0, 1<<40).Draw(t, "at")
		age := rapid.Uint64Range(0, 12*uint64(policy.HalfLifeMs)).Draw(t, "age")
		got := engineOf(t, policy).decay(&event{atMs: at}, at+age)
		exact := 256 * math.Exp2(-float64(age)/float64(policy.HalfLifeMs))
		assert.InDelta(t, exact*1.011, float64(got), 0.012*exact+1)
	})
}

func TestBitsOf(t *testing.T) {
	for n := 1; n <= maxFaces; n++ {
		assert.Equal(t, uint16(math.Ceil(256*math.Log2(float64(n)))), bitsOf[n], "%d lists", n)
	}
}
