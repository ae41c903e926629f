package learn

import (
	"context"
	"encoding/binary"
	"math"
)

// spill are sessions that were put aside on disk, as they took more memory than there was to be. It takes a few bytes for an event, so
// that they can be read as often as is needed.
type spill struct {
	file             *temporary
	blocks           *blockWriter
	lastS            int64 // of the session before, in the block at hand
	memory           int64 // how much what is read of it may take
	sessions, events int
	latest           int64
}

// blockSessions is the kind of a block of sessions. There are none in a state.
const blockSessions = 255

func newSpill(dir string, memory int64) (*spill, error) {
	f, err := newTemporary(dir)
	if err != nil {
		return nil, err
	}
	s := &spill{file: f, memory: memory}
	if s.blocks, err = newBlockWriter(f); err != nil {
		f.close()
		return nil, err
	}
	return s, nil
}

// add adds a session.
func (s *spill) add(items []uint32, lastS int64, in Context) error {
	b := binary.AppendUvarint(s.blocks.payload, uint64(len(items)))
	for _, item := range items {
		b = binary.AppendUvarint(b, uint64(item))
	}
	b = binary.AppendVarint(b, lastS-s.lastS)
	b = in.append(b)
	s.blocks.payload, s.lastS = b, lastS
	s.sessions++
	s.events += len(items)
	s.latest = max(s.latest, lastS)
	if len(b) >= fullBlock {
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

// each calls do for each session, in the order in which they were added. The items are do's until it returns.
func (s *spill) each(ctx context.Context, do func(items []uint32, lastS int64, in Context) error) error {
	if err := s.flush(); err != nil {
		return err
	}
	var items []uint32
	for b := s.file.blocks(); b.at < b.size; {
		if err := ctx.Err(); err != nil {
			return err
		}
		kind, err := b.next()
		if err == nil && kind != blockSessions {
			err = b.wrong("it is of kind %d, want sessions", kind)
		}
		if err != nil {
			return aside(s.file.dir, err)
		}
		lastS := int64(0)
		for f := (fields{rest: b.payload}); len(f.rest) > 0; {
			items = items[:0]
			for range f.uvarint(math.MaxUint32) {
				items = append(items, uint32(f.uvarint(math.MaxUint32)))
			}
			lastS += f.varint()
			in := readContext(&f)
			if f.bad {
				return aside(s.file.dir, b.wrong("its sessions make no sense"))
			}
			if err := do(items, lastS, in); err != nil {
				return err
			}
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

// about returns into about how many parts that is.
func (s *spill) about() int {
	return 1 + int((int64(s.sessions)*gatheredSession+int64(s.events)*gatheredEvent)/s.memory)
}

// About how many bytes a session and an event take while they are gathered.
const (
	gatheredSession = 40
	gatheredEvent   = 16
)
