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
}

// earlier are pairs that were added up before. Its items are the first of the aggregate's.
type earlier struct {
	open   func() *pairReader
	wrong  func(error) error // says whose an error is
	factor float64           // turns its weights into the aggregate's
}

func newAggregate(v *Visits, p *Params) *aggregate {
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
	a.pairs = newPairs(v, p, &a.age)
	a.pairs.countItems(a.tallies)
	return a
}

// fresh returns what a session of the latest time weighs.
func (a *aggregate) fresh() float64 { return a.age.weight(a.latest) }

// each calls do with the pairs of each item with itself and with items of larger numbers, item by item and the pairs in order. They are do's
// until it returns. Workers gather ahead of it.
func (a *aggregate) each(ctx context.Context, workers int, do func(i uint32, found []pair) error) error {
	ctx, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	todo, ordered := make(chan *chunk), make(chan *chunk, workers)
	free := make(chan *chunk, 2*workers+2)
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
	for range workers {
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
		select {
		case free <- c:
		default:
		}
	}
	return ctx.Err()
}
