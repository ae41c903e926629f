package core

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
)

func TestScale(t *testing.T) {
	for _, c := range []struct{ total, target, v, want uint64 }{
		{1, one, 1, one}, {1, one, 0, 0}, {1, 0, 1, 0}, {3, one, 3, one - 1}, {one, one, one, one}, {one, one, 1, 1},
		{1<<32 - 1, one, 1<<32 - 1, one - 1}, {1 << 32, one, 1 << 32, one}, {1 << 32, one, 1<<32 - 1, one - 1}, {1<<32 + 1, one, 1, 0},
		{1 << 52, one, 1 << 52, one}, {1 << 52, one, 1 << 51, one / 2}, {1 << 52, one, 1 << 22, 1}, {1 << 52, one, 1<<20 - 1, 0},
		{math.MaxUint64, 1 << 31, math.MaxUint64, 1<<31 - 1}, {1 << 63, 1 << 31, 1 << 63, 1 << 31},
	} {
		got := newScale(c.total, c.target).of(c.v)
		assert.LessOrEqual(t, c.want-got, uint64(1), "%+v: %d", c, got)
		assert.LessOrEqual(t, got, c.target)
	}
}

// TestScaleIsAlmostExact: never above the exact value, and hardly below; it keeps order.
func TestScaleIsAlmostExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.Uint64Min(1).Draw(t, "total") >> rapid.IntRange(0, 63).Draw(t, "shift")
		total = max(total, 1)
		target := rapid.Uint64Range(0, 1<<31).Draw(t, "target")
		v := rapid.Uint64Range(0, total).Draw(t, "v")
		w := rapid.Uint64Range(v, total).Draw(t, "w")
		s := newScale(total, target)
		got := s.of(v)
		require.LessOrEqual(t, got, target)
		require.LessOrEqual(t, got, s.of(w))
		exact := new(big.Int).Mul(new(big.Int).SetUint64(v), new(big.Int).SetUint64(target))
		want := exact.Div(exact, new(big.Int).SetUint64(total)).Uint64()
		// The total is rounded down to 32 bits, which raises by 2^-31 at most; the value is too, which lowers.
		require.InDelta(t, want, got, 3)
	})
}

// TestMass holds a mass to a map.
func TestMass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 40).Draw(t, "size")
		m := newMass(size)
		for range 2 { // the second time it is used anew
			m.clear()
			want := map[uint32]uint64{}
			var order []uint32
			for range rapid.IntRange(0, 100).Draw(t, "touches") {
				item := rapid.OneOf(rapid.Uint32Range(0, 60), rapid.Uint32Range(0, pack.MaxItems-1)).Draw(t, "item")
				if _, ok := want[item]; !ok {
					if len(want) == size {
						continue
					}
					order = append(order, item)
				}
				want[item]++
				m.place(item).near++
			}
			require.Len(t, m.all(), len(order))
			for k, p := range m.all() {
				require.Equal(t, order[k], p.item)
				require.Equal(t, want[p.item], p.near)
				require.Equal(t, k, m.at(p.item))
			}
			for range 10 {
				item := rapid.Uint32Range(0, 60).Draw(t, "other")
				if _, ok := want[item]; !ok {
					require.Equal(t, -1, m.at(item))
				}
			}
		}
	})
}

func TestFullMass(t *testing.T) {
	m := newMass(2)
	m.place(7).near = 1
	m.place(8).near = 2
	assert.Same(t, &m.parts[1], m.place(9), "the last stands in")
	assert.Equal(t, -1, m.at(9))
	assert.Equal(t, 0, m.at(7))
	huge := newMass(maxTouched + 1)
	assert.Len(t, huge.parts, maxTouched)
	for i := range uint32(maxTouched) {
		huge.place(i * 511)
	}
	assert.Equal(t, maxTouched, huge.n)
	assert.Equal(t, maxTouched-1, huge.at((maxTouched-1)*511))
}

// TestGatherIsADistribution: whatever the sources, all of it is at most one, and hardly less.
func TestGatherIsADistribution(t *testing.T) {
	data, err := pack.Write(bigSource(400, 12))
	require.NoError(t, err)
	p, err := pack.Open(data)
	require.NoError(t, err)
	e := NewEngine(p)
	rapid.Check(t, func(t *rapid.T) {
		var sources []source
		for range rapid.IntRange(1, maxSources).Draw(t, "sources") {
			sources = append(sources, source{rapid.Uint32Range(0, 399).Draw(t, "item"), rapid.Uint32Range(1, 255*weightBasket).Draw(t, "weight")})
		}
		e.gather(&e.posterior, sources)
		sum := uint64(0)
		for _, part := range e.posterior.all() {
			sum += part.near
		}
		require.LessOrEqual(t, sum, uint64(one))
		require.Greater(t, sum, uint64(one-one/100_000))
	})
}
