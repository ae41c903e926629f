package learn

import (
	"encoding/binary"
	"math"
	"slices"
)

// Flags of a pair in a file: which of its numbers follow. They are part of the format.
const (
	hasSessions = 1 << iota // or it is one session
	hasAfter
	hasBefore
	hasWhole // or it is the number of sessions
	hasPast
	hasNext
	hasPrevious
	knownFlags = 1<<iota - 1
)

// pairWriter writes pairs item by item.
type pairWriter struct {
	*blockWriter
	numbers numbers
	item    uint32 // the next
	pairs   uint64
}

func newPairWriter(b *blockWriter) *pairWriter { return &pairWriter{blockWriter: b} }

// write writes the pairs of the next item, in order, but for those whose sessions are so old that they weigh nothing.
func (w *pairWriter) write(found []pair) error {
	if len(w.payload) == 0 {
		w.numbers.reset()
		w.payload = binary.AppendUvarint(w.payload, uint64(w.item))
	}
	found = slices.DeleteFunc(found, func(p pair) bool { return p.whole == 0 })
	b := binary.AppendUvarint(w.payload, uint64(len(found)))
	last := w.item
	for k := range found {
		p := &found[k]
		b = binary.AppendUvarint(b, uint64(p.item-last))
		last = p.item
		at := len(b)
		b = append(b, 0)
		if p.sessions != 1 {
			b[at] |= hasSessions
			b = binary.AppendUvarint(b, uint64(p.sessions))
		}
		number := func(flag byte, v float64) {
			if v != 0 {
				b[at] |= flag
				b = w.numbers.append(b, v)
			}
		}
		number(hasAfter, p.after)
		number(hasBefore, p.before)
		if p.whole != float64(p.sessions) {
			number(hasWhole, p.whole)
		}
		number(hasPast, p.past)
		number(hasNext, p.next)
		number(hasPrevious, p.previous)
	}
	w.payload = b
	w.item++
	w.pairs += uint64(len(found))
	if len(b) >= w.full {
		return w.flush(blockPairs)
	}
	return nil
}

// end ends the file.
func (w *pairWriter) end() error {
	if len(w.payload) > 0 {
		if err := w.flush(blockPairs); err != nil {
			return err
		}
	}
	w.payload = binary.AppendUvarint(w.payload, w.pairs)
	return w.flush(blockEnd)
}

// pairReader reads what a pairWriter wrote, of so many items.
type pairReader struct {
	*blockReader
	numbers     numbers
	fields      fields
	item, items uint32 // the next, and how many there are
	pairs       uint64
}

func newPairReader(b *blockReader, items int) *pairReader {
	return &pairReader{blockReader: b, items: uint32(items)}
}

// next appends the pairs of the next item.
func (r *pairReader) next(found []pair) ([]pair, error) {
	if len(r.fields.rest) == 0 {
		switch kind, err := r.blockReader.next(); {
		case err != nil:
			return nil, err
		case kind != blockPairs:
			return nil, r.wrong("it is of kind %d, want pairs of item %d", kind, r.item)
		}
		r.fields = fields{rest: r.payload}
		r.numbers.reset()
		if first := r.fields.uvarint(math.MaxUint32); r.fields.bad || first != uint64(r.item) {
			return nil, r.wrong("it begins with item %d, want %d", first, r.item)
		}
	}
	f := &r.fields
	n := f.uvarint(uint64(len(f.rest)) / 2) // a pair takes two bytes at least
	last := r.item
	for k := range n {
		most := uint64(r.items - 1 - last)
		d := f.uvarint(most)
		p := pair{item: last + uint32(d), sessions: 1}
		flags := f.byte()
		if flags&hasSessions != 0 {
			p.sessions = int32(f.uvarint(math.MaxInt32))
		}
		for _, number := range [...]struct {
			flag byte
			into *float64
		}{
			{hasAfter, &p.after}, {hasBefore, &p.before}, {hasWhole, &p.whole}, {hasPast, &p.past}, {hasNext, &p.next}, {hasPrevious, &p.previous},
		} {
			if flags&number.flag != 0 {
				*number.into = r.numbers.read(f)
			}
		}
		if flags&hasWhole == 0 {
			p.whole = float64(p.sessions)
		}
		if f.bad || k > 0 && d == 0 || flags&^byte(knownFlags) != 0 {
			return nil, r.wrong("pair %d of item %d makes no sense", k, r.item)
		}
		last = p.item
		found = append(found, p)
	}
	if f.bad {
		return nil, r.wrong("the pairs of item %d make no sense", r.item)
	}
	r.item++
	r.pairs += n
	return found, nil
}

// end checks that nothing is left after the last item.
func (r *pairReader) end() error {
	if len(r.fields.rest) > 0 {
		return r.wrong("it has more than the pairs of %d items", r.items)
	}
	kind, err := r.blockReader.next()
	if err != nil {
		return err
	}
	f := fields{rest: r.payload}
	if pairs := f.uvarint(math.MaxUint64); kind != blockEnd || f.bad || len(f.rest) > 0 || pairs != r.pairs {
		return r.wrong("it is no end after %d pairs", r.pairs)
	}
	if r.at != r.size {
		return r.wrong("it is the end, and something follows it")
	}
	return nil
}
