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
	aside    int64 // about how many it takes to know whose sessions were put aside
	events   int64 // how many were added to sessions
}

// About how many bytes a session and an event take while they are read, and those of logs in no order.
const (
	readSession  = 200
	readEvent    = 8
	readShuffled = 200
	readStep     = 40
	readAside    = 40
)

// asideShare is the share of the memory in which is remembered whose sessions were put aside.
const asideShare = 0.25

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
	case s.opt.Memory <= 0 || s.room.bytes+s.room.shuffled+s.room.aside < s.opt.Memory:
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

// gatherScattered makes sessions of the events that were put aside, a part at a time, and puts these aside in order. Which events are in which
// part may depend on a key that is drawn anew each time, and sums on the order of sessions.
func (s *sessioniser) gatherScattered(ctx context.Context) error {
	if err := s.scatter(); err != nil {
		return err
	}
	read := s.order
	var parts []*spill
	defer func() {
		for _, part := range parts {
			part.file.close()
		}
	}()
	for k := range s.scattered {
		all, err := s.scattered.read(ctx, k)
		if err != nil {
			return err
		}
		s.order = nil
		for _, h := range all {
			s.sessionsOf(h)
		}
		part, err := newSpill(s.opt.Folder, s.opt.Memory, smallBlock)
		if err != nil {
			return err
		}
		parts = append(parts, part)
		ended := s.ended(s.order)
		slices.SortFunc(ended, func(a, b *session) int { return a.spilled().compare(b.spilled()) })
		for _, o := range ended {
			if err := part.add(o.spilled()); err != nil {
				return err
			}
		}
	}
	s.order = read
	if err := s.beginSpill(); err != nil {
		return err
	}
	return merge(ctx, parts, s.visits.spill.add)
}

// spill puts sessions that have ended aside.
func (s *sessioniser) spill(ended []*session) error {
	if err := s.beginSpill(); err != nil {
		return err
	}
	for _, o := range s.ended(ended) {
		if err := s.visits.spill.add(o.spilled()); err != nil {
			return err
		}
	}
	return nil
}

func (s *sessioniser) beginSpill() (err error) {
	if s.visits.spill == nil {
		s.visits.spill, err = newSpill(s.opt.Folder, s.opt.Memory, fullBlock)
	}
	return err
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
	s.forget()
	s.room.bytes = 0
	for _, o := range s.order {
		s.room.bytes += readSession + readEvent*int64(len(o.items))
	}
	return nil
}

// forget forgets whose the sessions were that ended longest ago, half of them, where there is no room to remember all.
func (s *sessioniser) forget() {
	var ends []int64
	for _, open := range s.formats {
		ends = slices.AppendSeq(ends, maps.Values(open.aside))
	}
	if s.room.aside = readAside * int64(len(ends)); float64(s.room.aside) <= asideShare*float64(s.opt.Memory) {
		return
	}
	slices.Sort(ends)
	last := ends[len(ends)/2]
	for _, open := range s.formats {
		before := len(open.aside)
		maps.DeleteFunc(open.aside, func(_ uint64, lastS int64) bool { return lastS <= last })
		s.report.Forgotten += before - len(open.aside)
		s.room.aside -= readAside * int64(before-len(open.aside))
	}
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
