package learn

import (
	"context"
	"errors"
	"fmt"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
)

// mostDense is up to how many items the system is solved as a dense one, which takes 24 bytes times their square.
const mostDense = 4_000

// solveBlock is how many rows, or columns, are worked on before a look at whether to go on.
const solveBlock = 64

// dense has all rows.
type dense struct{ rows *mat.Dense }

func (d dense) solve(i uint32, each func(item uint32, value float64)) {
	for j, value := range d.rows.RawRowView(int(i)) {
		each(uint32(j), value)
	}
}

// solveDense solves for all rows at once.
func (l *linear) solveDense(ctx context.Context, workers int) (dense, error) {
	n := len(l.diagonal)
	system, target := mat.NewTriDense(n, mat.Upper, nil), mat.NewDense(n, n, nil)
	for i := range n {
		system.SetTri(i, i, l.diagonal[i])
		for _, e := range l.system[i] {
			if int(e.item) > i {
				system.SetTri(i, int(e.item), e.value)
			}
		}
		for _, e := range l.target[i] {
			target.Set(i, int(e.item), e.value)
		}
	}
	if err := factorise(ctx, system); err != nil {
		return dense{}, err
	}
	var c mat.Cholesky
	c.SetFromU(system)
	if cond := c.Cond(); cond > mat.ConditionTolerance {
		return dense{}, fmt.Errorf("learn: the linear model has no good solution; raise linear.ridge: %w", mat.Condition(cond))
	}
	err := spread(ctx, workers, n, solveBlock, func() func(start, end int) {
		return func(start, end int) {
			columns := target.Slice(0, n, start, end).(*mat.Dense)
			_ = c.SolveTo(columns, columns) // its only error is the condition, which was looked at
		}
	})
	return dense{target}, err
}

// factorise turns the upper half of a symmetric matrix A into U with UᵀU = A, as LAPACK's dpotrf does, block by block.
func factorise(ctx context.Context, a *mat.TriDense) error {
	raw := a.RawTriangular()
	block := func(row, column, rows, columns int) blas64.General {
		return blas64.General{Rows: rows, Cols: columns, Stride: raw.Stride, Data: raw.Data[row*raw.Stride+column:]}
	}
	for k := 0; k < raw.N; k += solveBlock {
		if err := ctx.Err(); err != nil {
			return err
		}
		size := min(solveBlock, raw.N-k)
		rest := raw.N - k - size
		diagonal := blas64.Symmetric{N: size, Stride: raw.Stride, Data: raw.Data[k*raw.Stride+k:], Uplo: blas.Upper}
		if k > 0 {
			blas64.Syrk(blas.Trans, -1, block(0, k, k, size), 1, diagonal)
		}
		u, ok := lapack64.Potrf(diagonal)
		if !ok {
			return errors.New("learn: the linear model has no solution; raise linear.ridge")
		}
		if rest == 0 {
			return nil
		}
		right := block(k, k+size, size, rest)
		if k > 0 {
			blas64.Gemm(blas.Trans, blas.NoTrans, -1, block(0, k, k, size), block(0, k+size, k, rest), 1, right)
		}
		blas64.Trsm(blas.Left, blas.Trans, 1, u, right)
	}
	return nil
}
