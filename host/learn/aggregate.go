package learn

import (
	"context"
	"slices"
	"sync"
)

// aggregate is what the sessions of a log say, item by item: tallies, which are held, and pairs, which are gathered when they are asked for.
type aggregate struct {
	params  *Params
	age     ageing
	pairs   *pairs
	tallies []tally
}

func newAggregate(v *Visits, p *Params) *aggregate {
	a := &aggregate{params: p, age: newAgeing(p.HalfLifeDays, v.Latest()), tallies: make([]tally, len(v.Items()))}
	a.pairs = newPairs(v, p, &a.age)
	a.pairs.countItems(a.tallies)
	return a
}

// chunk is some items, one after another, on their way from a worker to whom they are for.
type chunk struct {
	start uint32
	pairs []pair // of all of them, one item after another
	ends  []int  // where in pairs each item's end
	done  chan struct{}
}

const (
	// mostItems and mostMeetings bound a chunk, so that none holds the others up for long.
	mostItems    = 64
	mostMeetings = 1 << 12
)

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
		for start := 0; start < len(a.tallies); {
			c := a.nextChunk(start, free)
			start += len(c.ends)
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
			var order []uint64
			for c := range todo {
				for k := range c.ends {
					order = c.add(g.gather(c.start+uint32(k)), k, order)
				}
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
		from := 0
		for k, end := range c.ends {
			if err := do(c.start+uint32(k), c.pairs[from:end]); err != nil {
				return err
			}
			from = end
		}
		select {
		case free <- c:
		default:
		}
	}
	return ctx.Err()
}

// nextChunk returns a chunk of the items from start on, of memory that is free where there is some.
func (a *aggregate) nextChunk(start int, free chan *chunk) *chunk {
	c := &chunk{}
	select {
	case c = <-free:
	default:
	}
	items, meetings := 0, 0
	for start+items < len(a.tallies) && items < mostItems && meetings < mostMeetings {
		meetings += a.pairs.events(uint32(start + items))
		items++
	}
	c.start, c.pairs, c.ends = uint32(start), c.pairs[:0], slices.Grow(c.ends[:0], items)[:items]
	c.done = make(chan struct{})
	return c
}

// add adds the pairs of the chunk's item k, in order. The room for the order is given, and given back.
func (c *chunk) add(found []pair, k int, order []uint64) []uint64 {
	order = order[:0]
	for at := range found {
		order = append(order, uint64(found[at].item)<<32|uint64(at))
	}
	slices.Sort(order)
	for _, at := range order {
		c.pairs = append(c.pairs, found[uint32(at)])
	}
	c.ends[k] = len(c.pairs)
	return order
}
