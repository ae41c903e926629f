package learn

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/mat"
)

// TestDense compares what is solved block by block with what is solved at once, of sizes around whole blocks.
func TestDense(t *testing.T) {
	for _, n := range []int{1, solveBlock - 1, solveBlock, solveBlock + 1, 3*solveBlock + 7} {
		r := rand.New(rand.NewPCG(uint64(n), 1))
		l := newLinear(n)
		system, target := mat.NewSymDense(n, nil), mat.NewDense(n, n, nil)
		for i := range n {
			l.diagonal[i] = 3
			system.SetSym(i, i, 3)
			for j := range n {
				if j < i && r.IntN(5) == 0 {
					value := r.Float64() / float64(n)
					l.set(uint32(i), uint32(j), value, 0)
					l.set(uint32(j), uint32(i), value, 0)
					system.SetSym(i, j, value)
				}
				value := r.Float64()
				l.set(uint32(i), uint32(j), 0, value)
				target.Set(i, j, value)
			}
		}
		var want mat.Dense
		require.NoError(t, want.Solve(system, target))
		got, err := l.solveDense(context.Background(), 2)
		require.NoError(t, err)
		assert.True(t, mat.EqualApprox(&want, got.rows, 1e-12), "%d", n)

		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_, err = l.solveDense(ctx, 2)
		require.ErrorIs(t, err, context.Canceled)
	}
}

func TestDenseRefuses(t *testing.T) {
	l := newLinear(2)
	l.diagonal[0], l.diagonal[1] = 1, 1
	l.set(0, 1, 2, 0)
	l.set(1, 0, 2, 0)
	_, err := l.solveDense(context.Background(), 1)
	assert.EqualError(t, err, "learn: the linear model has no solution; raise linear.ridge")
	l.diagonal[0], l.diagonal[1] = 1, 1e-18
	l.system[0], l.system[1] = nil, nil
	_, err = l.solveDense(context.Background(), 1)
	assert.ErrorContains(t, err, "learn: the linear model has no good solution; raise linear.ridge: ")
}
