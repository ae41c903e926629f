package learn

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/fnv"
	"math"
	"strings"

	"github.com/nabij/nabij/core/pack"
)

// scattered are events of logs in no order that were put aside on disk. All of someone are in one of the files, in the order in which they
// were read, so that each can be sorted without the others.
type scattered [scatterFiles]struct {
	file   *temporary
	blocks *blockWriter
}

const (
	// scatterFiles is into how many parts events are put aside: each must fit in memory later.
	scatterFiles = 64
	// blockSteps is the kind of a block of events. There are none in a state.
	blockSteps = 254
)

func newScattered(dir string) (*scattered, error) {
	s := &scattered{}
	for k := range s {
		var err error
		if s[k].file, err = newTemporary(dir); err == nil {
			s[k].blocks, err = newBlockWriterOf(s[k].file, smallBlock)
		}
		if err != nil {
			s.close()
			return nil, err
		}
	}
	return s, nil
}

func (s *scattered) close() {
	for k := range s {
		if s[k].file != nil {
			s[k].file.close()
		}
	}
}

// Flags of an event that was put aside, over its again.
const (
	stepVisitor = 0x80
	stepMore    = 0x40
)

// add puts the events of someone of a format aside.
func (s *scattered) add(format int, who string, h *shuffled) error {
	hash := fnv.New32a()
	hash.Write([]byte(who))
	part := s[hash.Sum32()%scatterFiles].blocks
	for k := range h.steps {
		st := &h.steps[k]
		b := binary.AppendUvarint(part.payload, uint64(format))
		b = append(binary.AppendUvarint(b, uint64(len(who))), who...)
		flags := byte(st.again)
		if h.visitor {
			flags |= stepVisitor
		}
		if st.more {
			flags |= stepMore
		}
		b = append(b, flags)
		b = binary.AppendVarint(b, st.at)
		b = binary.AppendUvarint(b, uint64(st.item))
		part.payload = st.in.append(b)
		if len(part.payload) >= part.full {
			if err := part.flush(blockSteps); err != nil {
				return err
			}
		}
	}
	return nil
}

// read returns all that is in part k, whoever was first there first.
func (s *scattered) read(ctx context.Context, k int) ([]*shuffled, error) {
	type owner struct {
		format uint64
		who    string
	}
	file, blocks := s[k].file, s[k].blocks
	if len(blocks.payload) > 0 {
		if err := blocks.flush(blockSteps); err != nil {
			return nil, err
		}
	}
	of := map[owner]*shuffled{}
	var all []*shuffled
	for b := file.blocks(); b.at < b.size; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		kind, err := b.next()
		if err == nil && kind != blockSteps {
			err = b.wrong("it is of kind %d, want events", kind)
		}
		if err != nil {
			return nil, aside(file.dir, err)
		}
		for f := (fields{rest: b.payload}); len(f.rest) > 0; {
			format := f.uvarint(math.MaxUint32)
			who := f.bytes(f.uvarint(math.MaxUint32))
			flags := f.byte()
			st := step{again: again(flags &^ (stepVisitor | stepMore)), more: flags&stepMore != 0, at: f.varint(), item: uint32(f.uvarint(math.MaxUint32))}
			st.in = readContext(&f)
			if f.bad {
				return nil, aside(file.dir, b.wrong("its events make no sense"))
			}
			h := of[owner{format, string(who)}]
			if h == nil {
				h = &shuffled{visitor: flags&stepVisitor != 0, firstS: st.at}
				of[owner{format, strings.Clone(string(who))}] = h
				all = append(all, h)
			}
			if h.wants(&st) {
				h.add(st)
			}
		}
	}
	return all, nil
}

// append appends the context as bytes, contextBytes of them.
func (c Context) append(b []byte) []byte {
	return append(b, byte(c.Daypart), byte(c.Day), byte(c.Device), byte(c.Region), byte(c.Referrer))
}

const contextBytes = 5

// compare orders contexts as their bytes are.
func (c Context) compare(o Context) int { return bytes.Compare(c.append(nil), o.append(nil)) }

// readContext reads what append wrote.
func readContext(f *fields) Context {
	b := f.bytes(contextBytes)
	if b == nil {
		return Context{}
	}
	return Context{pack.Class(b[0]), pack.Class(b[1]), pack.Class(b[2]), pack.Class(b[3]), pack.Class(b[4])}
}
