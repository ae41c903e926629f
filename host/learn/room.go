package learn

import (
	"context"
	"hash/maphash"
	"maps"
	"slices"
)

// room keeps what sessions take in memory within bounds: those that were added to least lately are put aside. Of logs in no order, events are.
type room struct {
	bytes    int64 // about how many sessions take
	shuffled int64 // about how many the events of logs in no order take
	events   int64 // how many were added to sessions
}

// About how many bytes a session and an event take while they are read, and those of logs in no order.
const (
	readSession  = 200
	readEvent    = 8
	readShuffled = 200
	readStep     = 40
)

// takes notes that an event was read, and added to a session.
func (s *sessioniser) takes(o *session) error {
	s.room.events++
	s.room.bytes += readEvent
	if o.touched == 0 {
		s.room.bytes += readSession
	}
	o.touched = s.room.events
	return s.makeRoom()
}

// makeRoom puts aside what there is no room for.
func (s *sessioniser) makeRoom() error {
	switch {
	case s.opt.Memory <= 0 || s.room.bytes+s.room.shuffled < s.opt.Memory:
		return nil
	case s.room.shuffled > s.room.bytes:
		return s.scatter()
	}
	return s.putAside()
}

// scatter puts the events of logs in no order aside.
func (s *sessioniser) scatter() (err error) {
	if s.scattered == nil {
		if s.scattered, err = newScattered(s.opt.Folder); err != nil {
			return err
		}
	}
	for _, h := range s.shuffles {
		if err := s.scattered.add(h.format, h.who, h.shuffled); err != nil {
			return err
		}
	}
	for _, open := range s.formats {
		clear(open.shuffled)
	}
	s.shuffles, s.room.shuffled = nil, 0
	return nil
}

// gatherScattered makes sessions of the events that were put aside, a part at a time, and puts these aside.
func (s *sessioniser) gatherScattered(ctx context.Context) error {
	if err := s.scatter(); err != nil {
		return err
	}
	read := s.order
	for k := range s.scattered {
		all, err := s.scattered.read(ctx, k)
		if err != nil {
			return err
		}
		s.order = nil
		for _, h := range all {
			s.sessionsOf(h)
		}
		if err := s.spill(s.order); err != nil {
			return err
		}
	}
	s.order = read
	return nil
}

// spill puts sessions that have ended aside.
func (s *sessioniser) spill(gone []*session) (err error) {
	if s.visits.spill == nil {
		if s.visits.spill, err = newSpill(s.opt.Folder, s.opt.Memory); err != nil {
			return err
		}
	}
	for _, o := range s.ended(gone) {
		if err := s.visits.spill.add(o.items, o.lastS(), o.in); err != nil {
			return err
		}
	}
	return nil
}

// close forgets the events that were put aside.
func (s *sessioniser) close() {
	if s.scattered != nil {
		s.scattered.close()
	}
}

// kept is the share of the sessions that stay in memory when others are put aside: those that were added to last, which may go on.
const kept = 0.25

// putAside puts sessions aside.
func (s *sessioniser) putAside() error {
	var touched []int64
	for _, o := range s.order {
		touched = append(touched, o.touched)
	}
	slices.Sort(touched)
	stays := max(1, int(kept*float64(len(touched))))
	if stays == len(touched) {
		return nil
	}
	last := touched[len(touched)-1-stays]
	var gone, stay []*session // both in the order of their first events
	for _, o := range s.order {
		if o.touched <= last {
			gone = append(gone, o)
		} else {
			stay = append(stay, o)
		}
	}
	s.order = stay
	for _, o := range gone {
		o.aside = true
	}
	for _, open := range s.formats {
		maps.DeleteFunc(open.sessions, func(who string, o *session) bool {
			if o.aside {
				open.aside[maphash.String(s.key, who)] = o.lastS()
			}
			return o.aside
		})
	}
	if err := s.spill(gone); err != nil {
		return err
	}
	s.room.bytes = 0
	for _, o := range s.order {
		s.room.bytes += readSession + readEvent*int64(len(o.items))
	}
	return nil
}

// returns notes whether someone goes on with a session that was put aside: then it counts as two.
func (s *sessioniser) returns(e *event, at int64) {
	if len(s.aside) == 0 {
		return
	}
	lastS, ok := s.aside[maphash.String(s.key, e.who)]
	if ok && (!e.visitor || at-lastS <= int64(s.opt.Gap.Seconds())) {
		s.report.Parted++
	}
}
