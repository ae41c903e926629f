package learn

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"math"
	"time"
)

// Save writes to Options.Save, which must be set, the state that Learn writes there, and learns nothing: that takes a good part of the time.
// What it returns has no items.
func Save(ctx context.Context, v *Visits, p Params, opt Options) (*Learned, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if p.Privacy.Epsilon != 0 {
		return nil, errPrivateState
	}
	w := newWorker(ctx, v, opt, 1)
	c, err := w.count(v, &p, opt.Topics)
	if err != nil {
		return nil, err
	}
	defer c.close()
	return v.learned(&p), c.each(w, opt.Save, func(uint32, []pair) {})
}

// learned returns what is learnt of visits, but for what.
func (v *Visits) learned(p *Params) *Learned {
	h := v.head(p)
	return &Learned{Sessions: h.Sessions, Events: h.Events, Last: h.Last, Params: *p}
}

// forgotten is how much of a session of the latest time a pair or an item must weigh to be saved. Without a half-life all weigh more.
const forgotten = 0.001

// saver writes a state, item by item. An item that was named, and of which no event counted, is not in it.
type saver struct {
	*pairWriter
	number []uint32 // of each item, the one that it gets; or gone
	least  float64  // weight
	kept   []pair
}

// gone is the number of an item that is not saved.
const gone = math.MaxUint32

// newSaver writes what of a state comes before the pairs. topics may be nil.
func newSaver(w io.Writer, v *Visits, a *aggregate, topics *topical) (*saver, error) {
	s := &saver{number: make([]uint32, len(a.tallies))}
	if a.params.HalfLifeDays > 0 {
		s.least = forgotten * a.fresh()
	}
	items := uint32(0)
	for i := range a.tallies {
		s.number[i] = gone
		if t := &a.tallies[i]; t.sessions > 0 && t.weight >= s.least {
			s.number[i] = items
			items++
		}
	}
	b, err := newBlockWriter(w)
	if err != nil {
		return nil, err
	}
	head := v.head(a.params)
	head.Items = int(items)
	if topics != nil {
		head.Topics = topics.topics.Count()
	}
	if b.payload, err = json.Marshal(head); err != nil {
		return nil, err
	}
	if err := b.flush(blockHead); err != nil {
		return nil, err
	}
	for i, id := range v.ids {
		if s.number[i] == gone {
			continue
		}
		t := &a.tallies[i]
		b.payload = append(binary.AppendUvarint(b.payload, uint64(len(id))), id...)
		b.payload = binary.AppendUvarint(b.payload, uint64(t.sessions))
		b.payload = binary.AppendUvarint(b.payload, uint64(t.views))
		if a.params.HalfLifeDays > 0 {
			b.payload = binary.LittleEndian.AppendUint64(b.payload, math.Float64bits(t.weight))
		}
		if len(b.payload) >= fullBlock {
			if err := b.flush(blockItems); err != nil {
				return nil, err
			}
		}
	}
	if len(b.payload) > 0 {
		if err := b.flush(blockItems); err != nil {
			return nil, err
		}
	}
	if topics != nil {
		if err := topics.save(b); err != nil {
			return nil, err
		}
	}
	s.pairWriter = newPairWriter(b)
	return s, nil
}

// save writes the pairs of item i.
func (s *saver) save(i uint32, found []pair) error {
	if s.number[i] == gone {
		return nil
	}
	s.kept = s.kept[:0]
	for k := range found {
		if p := &found[k]; p.whole >= s.least && s.number[p.item] != gone {
			s.kept = append(s.kept, *p)
			s.kept[len(s.kept)-1].item = s.number[p.item]
		}
	}
	return s.write(s.kept)
}

// head returns what a state says of itself when what was learnt of visits is saved.
func (v *Visits) head(p *Params) stateHead {
	h := stateHead{Params: *p, Sessions: v.Sessions(), Events: v.Events(), Last: time.Unix(v.Latest(), 0).UTC()}
	if v.spill != nil {
		h.Sessions += v.spill.sessions
		h.Events += v.spill.events
	}
	if v.before != nil {
		h.Sessions += v.before.head.Sessions
		h.Events += v.before.head.Events
	}
	return h
}
