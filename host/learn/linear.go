package learn

import (
	"context"
	"math"
)

// entry is a number of a sparse row.
type entry struct {
	item  uint32
	value float64
}

// linear is SLIST before it is solved: the row of item i is row i of (S + R)⁻¹ T, where S is the diagonal with what is in before,
// R the ridge, and T what comes next.
type linear struct {
	diagonal []float64 // the ridge included
	system   [][]entry // without the diagonal
	target   [][]entry
}

func newLinear(items int) *linear {
	return &linear{make([]float64, items), make([][]entry, items), make([][]entry, items)}
}

// set sets what a pair has in row i of the system and of the target.
func (l *linear) set(i, j uint32, system, target float64) {
	if i == j {
		l.diagonal[i] += system
	} else if system != 0 {
		l.system[i] = append(l.system[i], entry{j, system})
	}
	if target != 0 {
		l.target[i] = append(l.target[i], entry{j, target})
	}
}

// solver solves a row at a time.
type solver interface {
	// solve calls each with the values of row i, of which there may be several for an item: they add up.
	solve(i uint32, each func(item uint32, value float64))
}

// solvers returns a function that makes solvers, which may work side by side.
func (l *linear) solvers(ctx context.Context, workers int) (func() solver, error) {
	if n := len(l.diagonal); n == 0 || n > mostDense {
		return func() solver { return newPusher(l) }, nil
	}
	solved, err := l.solveDense(ctx, workers)
	return func() solver { return solved }, err
}

// pusher solves by pushing residuals: what is left of the right-hand side moves on from item to item, the oldest first, until
// what is left anywhere is too little to matter (Andersen, Chung, Lang, "Local Graph Partitioning using PageRank Vectors", FOCS
// 2006, whose local solver of a diagonally dominant system this is; Gauss-Southwell in numerical terms).
type pusher struct {
	*linear
	solution, residual []float64
	queued             []bool
	queue, touched     []uint32
	row                []entry
}

const (
	// tolerance is the residual, relative to the first, that moves on no more.
	tolerance = 0.003
	// mostPushes is after how many moves a row is taken as it is.
	mostPushes = 3_000
)

func newPusher(l *linear) *pusher {
	n := len(l.diagonal)
	return &pusher{linear: l, solution: make([]float64, n), residual: make([]float64, n), queued: make([]bool, n)}
}

func (p *pusher) solve(i uint32, each func(item uint32, value float64)) {
	for _, u := range p.invert(i) {
		for _, e := range p.target[u.item] {
			each(e.item, u.value*e.value)
		}
	}
}

// invert returns what counts of row i of (S + R)⁻¹. It is the pusher's until its next call.
func (p *pusher) invert(i uint32) []entry {
	p.queue, p.touched, p.row = append(p.queue[:0], i), append(p.touched[:0], i), p.row[:0]
	p.residual[i], p.queued[i] = 1, true
	for h := 0; h < len(p.queue) && h < mostPushes; h++ {
		u := p.queue[h]
		p.queued[u] = false
		step := p.residual[u] / p.diagonal[u]
		p.residual[u] = 0
		if p.solution[u] == 0 {
			p.row = append(p.row, entry{item: u})
		}
		p.solution[u] += step
		for _, e := range p.system[u] {
			if p.residual[e.item] == 0 {
				p.touched = append(p.touched, e.item)
			}
			p.residual[e.item] -= e.value * step
			if !p.queued[e.item] && math.Abs(p.residual[e.item]) > tolerance*math.Sqrt(p.diagonal[e.item]/p.diagonal[i]) {
				p.queued[e.item] = true
				p.queue = append(p.queue, e.item)
			}
		}
	}
	for _, u := range p.queue {
		p.queued[u] = false
	}
	for _, u := range p.touched {
		p.residual[u] = 0
	}
	for k := range p.row {
		u := p.row[k].item
		p.row[k].value, p.solution[u] = p.solution[u], 0
	}
	return p.row
}
