package learn

import "slices"

// chunk is some items, one after another, on their way from earlier aggregates through a worker to whom they are for.
type chunk struct {
	start uint32
	items int
	err   error // of reading what follows these items
	done  chan struct{}

	read     []pair // earlier pairs, one item after another, and of each those of one aggregate after another's
	readEnds []int  // where in read each of these end

	pairs []pair // of all items, one item after another
	ends  []int  // where in pairs each item's end
	order []uint64
}

// Bounds of a chunk, so that none holds the others up for long.
const (
	mostItems    = 64
	mostMeetings = 1 << 12
	mostRead     = 1 << 16
)

// chunker makes chunks.
type chunker struct {
	*aggregate
	readers []*pairReader
	item    uint32 // the next
}

func newChunker(a *aggregate) *chunker {
	c := &chunker{aggregate: a}
	for _, e := range a.earlier {
		c.readers = append(c.readers, e.open())
	}
	return c
}

// next fills a chunk with the next items, and says whether there are more.
func (r *chunker) next(c *chunk) bool {
	*c = chunk{
		start: r.item, done: make(chan struct{}),
		read: c.read[:0], readEnds: c.readEnds[:0], pairs: c.pairs[:0], ends: c.ends[:0], order: c.order,
	}
	total := uint32(len(r.tallies))
	for meetings := 0; r.item < total && c.items < mostItems && meetings < mostMeetings && len(c.read) < mostRead; r.item++ {
		for k, reader := range r.readers {
			if r.item < reader.items {
				if c.read, c.err = reader.next(c.read); c.err != nil {
					c.err = r.earlier[k].wrong(c.err)
					return false
				}
			}
			c.readEnds = append(c.readEnds, len(c.read))
		}
		meetings += r.pairs.events(r.item)
		c.items++
	}
	if r.item < total {
		return true
	}
	for k, reader := range r.readers {
		if c.err = reader.end(); c.err != nil {
			c.err = r.earlier[k].wrong(c.err)
			break
		}
	}
	return false
}

// gather makes the pairs of all items, each item's in order.
func (c *chunk) gather(g *gatherer, earlier []earlier) {
	from := 0
	for k := range c.items {
		for n := range earlier {
			end := c.readEnds[k*len(earlier)+n]
			g.add(c.read[from:end], earlier[n].factor)
			from = end
		}
		c.add(g.gather(c.start + uint32(k)))
	}
}

// add adds the pairs of the next item, in order. Of those found, the first so many are in order already.
func (c *chunk) add(found []pair, sorted int) {
	c.order = c.order[:0]
	for at := sorted; at < len(found); at++ {
		c.order = append(c.order, uint64(found[at].item)<<32|uint64(at))
	}
	slices.Sort(c.order)
	c.pairs = slices.Grow(c.pairs, len(found))
	at := 0
	for _, next := range c.order {
		item := uint32(next >> 32)
		for at < sorted && found[at].item < item {
			c.pairs = append(c.pairs, found[at])
			at++
		}
		c.pairs = append(c.pairs, found[uint32(next)])
	}
	c.pairs = append(c.pairs, found[at:sorted]...)
	c.ends = append(c.ends, len(c.pairs))
}

// each calls do for each item.
func (c *chunk) each(do func(i uint32, found []pair) error) error {
	from := 0
	for k, end := range c.ends {
		if err := do(c.start+uint32(k), c.pairs[from:end]); err != nil {
			return err
		}
		from = end
	}
	return c.err
}
