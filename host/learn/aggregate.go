package learn

import (
	"context"
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
	files   []*temporary
}

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

// addUp adds visits up into a file of the folder.
func (a *aggregate) addUp(by *worker, v *Visits, dir string) error {
	f, err := newTemporary(dir)
	if err != nil {
		return err
	}
	a.files = append(a.files, f)
	b, err := newBlockWriter(f)
	if err != nil {
		return err
	}
	w := newPairWriter(b)
	part := &aggregate{params: a.params, age: a.age, tallies: a.tallies}
	part.gatherFrom(v)
	if err := part.each(by, func(_ uint32, found []pair) error { return w.write(found) }); err != nil {
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
	for _, f := range a.files {
		f.close()
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
