package learn

import (
	"context"
	"slices"
	"sync"
)

// aggregate is what sessions say, item by item: tallies, which are held, and pairs, which are made when they are asked for, of earlier
// aggregates and of the sessions after these.
type aggregate struct {
	params  *Params
	age     ageing
	latest  int64
	earlier []earlier
	pairs   *pairs
	tallies []tally
	parts   []part // behind what else is in earlier
}

// part is a file of what some of the sessions say that were put aside. Each is merged of mostParts of the level below, so that few are open
// at once, however many there were.
type part struct {
	file  *temporary
	level int
}

// mostParts is how many parts are merged.
const mostParts = 16

// earlier are pairs that were added up before. Its items are the first of the aggregate's.
type earlier struct {
	open   func() *pairReader
	wrong  func(error) error // says whose an error is
	factor float64           // turns its weights into the aggregate's
}

// newAggregate counts what visits say. What they have put aside it adds up in files of its own, which are gone when it is closed.
func newAggregate(w *worker, v *Visits, p *Params) (*aggregate, error) {
	a := &aggregate{params: p, latest: v.Latest(), tallies: make([]tally, len(v.Items()))}
	a.age = newAgeing(p.HalfLifeDays, a.latest)
	if s := v.before; s != nil {
		old := newAgeing(p.HalfLifeDays, s.Last().Unix())
		factor := a.age.shift(&old)
		for i := range s.tallies {
			a.tallies[i].add(&s.tallies[i], factor)
		}
		a.earlier = append(a.earlier, earlier{open: s.pairs, wrong: s.wrong, factor: factor})
	}
	if v.spill != nil {
		err := v.spill.parts(w.ctx, v.ids, func(part *Visits) error { return a.addUp(w, part, v.spill.file.dir) })
		if err != nil {
			a.close()
			return nil, err
		}
	}
	a.gatherFrom(v)
	return a, nil
}

// gatherFrom makes visits those whose pairs are gathered.
func (a *aggregate) gatherFrom(v *Visits) {
	a.pairs = newPairs(v, a.params, &a.age)
	a.pairs.countItems(a.tallies)
}

// addUp adds visits up into a file of the folder, a part, and merges parts where there are enough of them.
func (a *aggregate) addUp(by *worker, v *Visits, dir string) error {
	sum := &aggregate{params: a.params, age: a.age, tallies: a.tallies}
	sum.gatherFrom(v)
	if err := a.write(by, sum, dir, 0); err != nil {
		return err
	}
	for {
		n, level := len(a.parts), a.parts[len(a.parts)-1].level
		if n < mostParts || a.parts[n-mostParts].level != level {
			return nil
		}
		of := len(a.earlier) - mostParts
		all := &aggregate{params: a.params, age: a.age, tallies: a.tallies, earlier: slices.Clone(a.earlier[of:])}
		all.pairs = newPairs(&Visits{ids: v.ids}, a.params, &a.age)
		merged := slices.Clone(a.parts[n-mostParts:])
		if err := a.write(by, all, dir, level+1); err != nil {
			return err
		}
		a.earlier = slices.Delete(a.earlier, of, of+mostParts)
		a.parts = slices.Delete(a.parts, n-mostParts, n)
		for _, p := range merged {
			p.file.close()
		}
	}
}

// write writes what an aggregate of the same items says into a file, which is another part.
func (a *aggregate) write(by *worker, of *aggregate, dir string, level int) error {
	f, err := newTemporary(dir)
	if err != nil {
		return err
	}
	a.parts = append(a.parts, part{f, level})
	b, err := newBlockWriterOf(f, smallBlock)
	if err != nil {
		return err
	}
	w := newPairWriter(b)
	if err := of.each(by, func(_ uint32, found []pair) error { return w.write(found) }); err != nil {
		return err
	}
	if err := w.end(); err != nil {
		return err
	}
	a.earlier = append(a.earlier, earlier{
		open:   func() *pairReader { return newPairReader(f.blocks(), len(a.tallies)) },
		wrong:  func(err error) error { return aside(dir, err) },
		factor: 1,
	})
	return nil
}

func (a *aggregate) close() {
	for _, p := range a.parts {
		p.file.close()
	}
}

// fresh returns what a session of the latest time weighs.
func (a *aggregate) fresh() float64 { return a.age.weight(a.latest) }

// each calls do with the pairs of each item with itself and with items of larger numbers, item by item and the pairs in order. They are do's
// until it returns. Workers gather ahead of it.
func (a *aggregate) each(w *worker, do func(i uint32, found []pair) error) error {
	ctx, cancel := context.WithCancel(w.ctx)
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	todo, ordered := make(chan *chunk), make(chan *chunk, w.workers)
	free := make(chan *chunk, 2*w.workers+2)
	group.Go(func() {
		defer close(todo)
		defer close(ordered)
		r := newChunker(a)
		for more := true; more; {
			var c *chunk
			select {
			case c = <-free:
			default:
				c = &chunk{}
			}
			more = r.next(c)
			for _, to := range []chan *chunk{ordered, todo} {
				select {
				case to <- c:
				case <-ctx.Done():
					return
				}
			}
		}
	})
	for range w.workers {
		group.Go(func() {
			g := newGatherer(a.pairs)
			for c := range todo {
				c.gather(g, a.earlier)
				close(c.done)
			}
		})
	}
	for c := range ordered {
		select {
		case <-c.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := c.each(do); err != nil {
			return err
		}
		w.did(c.items)
		select {
		case free <- c:
		default:
		}
	}
	return ctx.Err()
}
