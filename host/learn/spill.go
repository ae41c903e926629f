package learn

import (
	"cmp"
	"context"
	"encoding/binary"
	"math"
	"slices"
)

// spill are sessions that were put aside on disk, as they took more memory than there was to be. It takes a few bytes for an event, so
// that they can be read as often as is needed.
type spill struct {
	file   *temporary
	blocks *blockWriter
	lastS  int64 // of the session before, in the block at hand
	memory int64 // how much what is read of it may take
	extent
	// quick are those of sessions that are quicker than a person: they count where sessions are baskets, which only the whole log tells.
	quick   extent
	baskets bool
}

// extent is how much sessions are.
type extent struct {
	sessions, events int
	latest           int64
}

func (e *extent) add(o extent) {
	e.sessions += o.sessions
	e.events += o.events
	e.latest = max(e.latest, o.latest)
}

// blockSessions is the kind of a block of sessions. There are none in a state.
const blockSessions = 255

func newSpill(dir string, memory int64, block int) (*spill, error) {
	f, err := newTemporary(dir)
	if err != nil {
		return nil, err
	}
	s := &spill{file: f, memory: memory}
	if s.blocks, err = newBlockWriterOf(f, block); err != nil {
		f.close()
		return nil, err
	}
	return s, nil
}

// spilled is a session that is put aside.
type spilled struct {
	items []uint32
	lastS int64
	in    Context
	quick bool
}

// compare orders sessions by when they ended. Those that it does not tell apart are the same.
func (g *spilled) compare(o *spilled) int {
	quick := func(g *spilled) int {
		if g.quick {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(g.lastS, o.lastS), slices.Compare(g.items, o.items), g.in.compare(o.in), cmp.Compare(quick(g), quick(o)))
}

// add adds a session.
func (s *spill) add(g *spilled) error {
	n := uint64(len(g.items)) << 1
	of := &s.extent
	if g.quick {
		n, of = n|1, &s.quick
	}
	of.add(extent{1, len(g.items), g.lastS})
	b := binary.AppendUvarint(s.blocks.payload, n)
	for _, item := range g.items {
		b = binary.AppendUvarint(b, uint64(item))
	}
	b = binary.AppendVarint(b, g.lastS-s.lastS)
	b = g.in.append(b)
	s.blocks.payload, s.lastS = b, g.lastS
	if len(b) >= s.blocks.full {
		return s.flush()
	}
	return nil
}

func (s *spill) flush() error {
	if len(s.blocks.payload) == 0 {
		return nil
	}
	s.lastS = 0
	return s.blocks.flush(blockSessions)
}

// settle says, once all are there, whether sessions are baskets.
func (s *spill) settle(baskets bool) {
	if s.baskets = baskets; baskets {
		s.extent.add(s.quick)
	}
}

// spillReader reads sessions that were put aside, in the order in which they were added.
type spillReader struct {
	*spill
	blocks  *blockReader
	fields  fields
	spilled // the one that was read last; its items are the reader's until the next
}

func (s *spill) reader() (*spillReader, error) {
	if err := s.flush(); err != nil {
		return nil, err
	}
	return &spillReader{spill: s, blocks: s.file.blocks()}, nil
}

// next reads a session, and says whether there was one.
func (r *spillReader) next() (bool, error) {
	if len(r.fields.rest) == 0 {
		if r.blocks.at >= r.blocks.size {
			return false, nil
		}
		kind, err := r.blocks.next()
		if err == nil && kind != blockSessions {
			err = r.blocks.wrong("it is of kind %d, want sessions", kind)
		}
		if err != nil {
			return false, aside(r.file.dir, err)
		}
		r.fields, r.spilled.lastS = fields{rest: r.blocks.payload}, 0
	}
	f, g := &r.fields, &r.spilled
	n := f.uvarint(math.MaxUint32)
	g.quick = n&1 != 0
	g.items = g.items[:0]
	for range n >> 1 {
		g.items = append(g.items, uint32(f.uvarint(math.MaxUint32)))
	}
	g.lastS += f.varint()
	g.in = readContext(f)
	if f.bad {
		return false, aside(r.file.dir, r.blocks.wrong("its sessions make no sense"))
	}
	return true, nil
}

// each calls do for each session that counts, in the order in which they were added. The items are do's until it returns.
func (s *spill) each(ctx context.Context, do func(items []uint32, lastS int64, in Context) error) error {
	r, err := s.reader()
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		more, err := r.next()
		if !more || err != nil {
			return err
		}
		if g := &r.spilled; s.baskets || !g.quick {
			if err := do(g.items, g.lastS, g.in); err != nil {
				return err
			}
		}
	}
}

// merge calls do with the sessions of several, each of which has them in order, in order.
func merge(ctx context.Context, all []*spill, do func(g *spilled) error) error {
	var readers []*spillReader
	for _, s := range all {
		r, err := s.reader()
		if err != nil {
			return err
		}
		readers = append(readers, r)
	}
	advance := func(r *spillReader) error {
		more, err := r.next()
		if !more {
			readers = slices.DeleteFunc(readers, func(o *spillReader) bool { return o == r })
		}
		return err
	}
	for _, r := range slices.Clone(readers) {
		if err := advance(r); err != nil {
			return err
		}
	}
	for n := 0; len(readers) > 0; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		first := slices.MinFunc(readers, func(a, b *spillReader) int { return a.spilled.compare(&b.spilled) })
		if err := do(&first.spilled); err != nil {
			return err
		}
		if err := advance(first); err != nil {
			return err
		}
	}
	return nil
}

// parts calls do with the sessions, as many at a time as there is memory for.
func (s *spill) parts(ctx context.Context, ids []string, do func(part *Visits) error) error {
	part := &Visits{ids: ids}
	err := s.each(ctx, func(items []uint32, lastS int64, in Context) error {
		part.add(items, lastS, in)
		if int64(part.Sessions())*gatheredSession+int64(part.Events())*gatheredEvent < s.memory {
			return nil
		}
		err := do(part)
		part = &Visits{ids: ids}
		return err
	})
	if err != nil || part.Sessions() == 0 {
		return err
	}
	return do(part)
}

// about returns about how often all items are passed to add the sessions up, a part at a time, and to merge the parts.
func (s *spill) about() int {
	passes, parts := 0, 1+int((int64(s.sessions)*gatheredSession+int64(s.events)*gatheredEvent)/s.memory)
	for ; parts > 0; parts /= mostParts {
		passes += parts
	}
	return passes
}

// About how many bytes a session and an event take while they are gathered.
const (
	gatheredSession = 40
	gatheredEvent   = 16
)
