package learn

import (
	"cmp"
	"context"
	"io"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/google/differential-privacy/go/v3/noise"

	"github.com/nabij/nabij/core/pack"
)

// Options say how the work is done; what comes of it does not depend on them, but for Topics.
type Options struct {
	// Workers is how many goroutines work; 0 is one for each processor.
	Workers int
	// Progress, if set, is called now and then with how much of the work is done; never twice at once.
	Progress func(done, total int)
	// Topics, if set, are of the items: then priors of topics in contexts are learnt, and which topics follow which; with Privacy, if
	// Privacy.Topics is over 0. A state keeps what was counted; what it has of topics that are not among these is kept and not told.
	Topics *Topics
	// Leave, if set, has the ids of items that are told of nowhere: in no row, and as no item. (A state keeps what was counted of them.)
	Leave map[string]bool
	// Save, if set, is written the state that later sessions can be added to: see State. It is private.
	Save io.Writer
	// Memo, if set, spares calls with other parameters a part of the work.
	Memo *Memo

	noise noise.Noise // instead of noise.Gaussian, for tests
}

func (o *Options) workers() int {
	if o.Workers <= 0 {
		return runtime.GOMAXPROCS(0)
	}
	return o.Workers
}

// learn returns a row of neighbours for each item of the visits, by the number that these give it, what the sessions say of each item alone,
// and of topics, nil where that is nothing. A row may name its own item: that it is gone back to. Weights are comparable across rows.
//
// It counts what was met together, solves SLIST for what survives the threshold, scales each of the two to a mean row maximum of 1,
// adds them by their shares, and evens rows out. The rows depend on visits and parameters alone, and have no noise.
func learn(ctx context.Context, v *Visits, p *Params, opt Options) ([]pack.Row, []tally, *topical, error) {
	passes := 2
	if p.LinearShare > 0 {
		passes++
	}
	w := newWorker(ctx, v, opt, passes)
	c, err := w.count(v, p, opt.Topics)
	if err != nil {
		return nil, nil, nil, err
	}
	defer c.close()
	r := newRelease(w.items, p, 1/c.fresh())
	if err := c.each(w, opt.Save, r.add); err != nil {
		return nil, nil, nil, err
	}
	rows, err := w.rows(r, c, opt.Memo)
	return rows, c.tallies, c.topics, err
}

// counted is what visits add up to.
type counted struct {
	*aggregate
	visits *Visits
	topics *topical // nil where there are none
}

// count adds visits up; of pairs, when they are asked for. What it returns must be closed.
func (w *worker) count(v *Visits, p *Params, t *Topics) (*counted, error) {
	if v.before != nil {
		if err := v.before.fixed(p); err != nil {
			return nil, err
		}
	}
	topics, err := countTopical(w.ctx, v, t, p)
	if err != nil {
		return nil, err
	}
	a, err := newAggregate(w, v, p)
	if err != nil {
		return nil, err
	}
	return &counted{a, v, topics}, nil
}

// each calls do with the pairs of each item, as aggregate.each does, and writes a state if it is given what to.
func (c *counted) each(w *worker, state io.Writer, do func(i uint32, found []pair)) error {
	save, end := func(uint32, []pair) error { return nil }, func() error { return nil }
	if state != nil {
		s, err := newSaver(state, c.visits, c.aggregate, c.topics)
		if err != nil {
			return err
		}
		save, end = s.save, s.end
	}
	err := c.aggregate.each(w, func(i uint32, found []pair) error {
		do(i, found)
		return save(i, found)
	})
	if err != nil {
		return err
	}
	return end()
}

// rows makes the rows of what is released.
func (w *worker) rows(r *release, c *counted, memo *Memo) ([]pack.Row, error) {
	p := r.params
	together, linear := r.rows(c.tallies)
	solved := make([][]entry, w.items)
	if p.LinearShare > 0 {
		if known := memo.find(c.visits, p); known != nil {
			solved = known
		} else if err := w.solve(linear, solved); err != nil {
			return nil, err
		}
		memo.keep(c.visits, p, solved)
	}
	byTogether, bySolved := (1-p.LinearShare)/meanMaximum(together), p.LinearShare/meanMaximum(solved)
	rows := make([]pack.Row, w.items)
	err := w.each(func() func(uint32) {
		return func(i uint32) {
			rows[i].Neighbours = p.best(sum(together[i], byTogether, solved[i], bySolved))
		}
	})
	return rows, err
}

// solve solves the linear model for the row of each item.
func (w *worker) solve(l *linear, rows [][]entry) error {
	solvers, err := l.solvers(w.ctx, w.workers)
	if err != nil {
		return err
	}
	return w.each(func() func(uint32) {
		c := newCollector(l, solvers())
		return func(i uint32) { rows[i] = c.row(i) }
	})
}

// worker shares the work on items out.
type worker struct {
	ctx         context.Context
	workers     int
	items       int
	mu          sync.Mutex
	progress    func(done, total int)
	done, total int
}

// newWorker returns one that is to pass the items of visits so often, besides what is needed to add up sessions that were put aside.
func newWorker(ctx context.Context, v *Visits, opt Options, passes int) *worker {
	w := &worker{ctx: ctx, workers: opt.workers(), progress: opt.Progress, items: len(v.Items())}
	if v.spill != nil {
		passes += v.spill.about()
	}
	w.total = passes * w.items
	return w
}

// batch is how many items a worker takes at once.
const batch = 64

// each calls for each item one of the functions that begin makes, one for each worker.
func (w *worker) each(begin func() func(item uint32)) error {
	return spread(w.ctx, w.workers, w.items, batch, func() func(start, end int) {
		do := begin()
		return func(start, end int) {
			for i := start; i < end; i++ {
				do(uint32(i))
			}
			w.did(end - start)
		}
	})
}

// spread shares 0 to n out, in pieces of a size, to functions that begin makes, one for each worker.
func spread(ctx context.Context, workers, n, size int, begin func() func(start, end int)) error {
	var next atomic.Int64
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			do := begin()
			for ctx.Err() == nil {
				end := int(next.Add(int64(size)))
				start := end - size
				if start >= n {
					return
				}
				do(start, min(end, n))
			}
		})
	}
	group.Wait()
	return ctx.Err()
}

func (w *worker) did(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done += n
	if w.progress != nil {
		w.progress(w.done, w.total)
	}
}

// collector turns what a solver finds into rows.
type collector struct {
	*linear
	solver solver
	value  []float64
	found  []uint32
}

func newCollector(l *linear, s solver) *collector {
	return &collector{linear: l, solver: s, value: make([]float64, len(l.diagonal))}
}

// row returns the row of item i: of those that survived the threshold, what has a positive weight.
func (c *collector) row(i uint32) (row []entry) {
	c.found = c.found[:0]
	c.solver.solve(i, func(item uint32, value float64) {
		if c.value[item] == 0 {
			c.found = append(c.found, item)
		}
		c.value[item] += value
	})
	for _, e := range c.target[i] {
		if v := c.value[e.item]; v > 0 && e.item != i {
			row = append(row, entry{e.item, v})
		}
	}
	for _, j := range c.found {
		c.value[j] = 0
	}
	return row
}

// meanMaximum returns the mean of the rows' largest values, of rows that have one; 1 where there is none.
func meanMaximum(rows [][]entry) float64 {
	total, n := 0.0, 0
	for _, row := range rows {
		if len(row) > 0 {
			most := 0.0
			for _, e := range row {
				most = max(most, e.value)
			}
			total += most
			n++
		}
	}
	if n == 0 {
		return 1
	}
	return total / float64(n)
}

// sum adds two rows, each in order of item, times their factors.
func sum(a []entry, byA float64, b []entry, byB float64) []pack.Neighbour {
	if len(a)+len(b) == 0 {
		return nil
	}
	out := make([]pack.Neighbour, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].item < b[0].item:
			out = append(out, pack.Neighbour{Item: a[0].item, Weight: byA * a[0].value})
			a = a[1:]
		case len(a) == 0 || b[0].item < a[0].item:
			out = append(out, pack.Neighbour{Item: b[0].item, Weight: byB * b[0].value})
			b = b[1:]
		default:
			out = append(out, pack.Neighbour{Item: a[0].item, Weight: byA*a[0].value + byB*b[0].value})
			a, b = a[1:], b[1:]
		}
	}
	return out
}

// best evens a row out by RowExponent, and returns its best neighbours.
func (p *Params) best(row []pack.Neighbour) []pack.Neighbour {
	total := 0.0
	for _, n := range row {
		total += max(n.Weight, 0)
	}
	if p.RowExponent > 0 && total > 0 {
		by := math.Pow(total, -p.RowExponent)
		for k := range row {
			row[k].Weight *= by
		}
	}
	return best(row, p.Neighbours)
}

// best returns the n neighbours with the largest weights, in that order, ties to the smaller number.
func best(row []pack.Neighbour, n int) []pack.Neighbour {
	row = slices.DeleteFunc(row, func(n pack.Neighbour) bool { return !(n.Weight > 0) })
	slices.SortFunc(row, func(a, b pack.Neighbour) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Item, b.Item))
	})
	return slices.Clone(row[:min(n, len(row))])
}
