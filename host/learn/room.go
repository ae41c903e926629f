package learn

import (
	"hash/maphash"
	"maps"
	"slices"
)

// room keeps what sessions take in memory within bounds: those that were added to least lately are put aside.
type room struct {
	bytes  int64 // about how many are taken
	events int64 // how many were read
	seed   maphash.Seed
}

// About how many bytes a session and an event take while they are read.
const (
	readSession = 200
	readEvent   = 8
)

// takes notes that an event was read, and added to a session, and puts sessions aside where there are too many.
func (s *sessioniser) takes(o *session) error {
	s.room.events++
	s.room.bytes += readEvent
	if o.touched == 0 {
		s.room.bytes += readSession
	}
	o.touched = s.room.events
	if s.opt.Memory <= 0 || s.room.bytes < s.opt.Memory {
		return nil
	}
	return s.putAside()
}

// kept is the share of the sessions that stay in memory when others are put aside: those that were added to last, which may go on.
const kept = 0.25

// putAside puts sessions aside.
func (s *sessioniser) putAside() error {
	if s.visits.spill == nil {
		spill, err := newSpill(s.opt.Folder, s.opt.Memory)
		if err != nil {
			return err
		}
		s.visits.spill = spill
		s.room.seed = maphash.MakeSeed()
	}
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
				open.aside[maphash.String(s.room.seed, who)] = o.lastS()
			}
			return o.aside
		})
	}
	for _, o := range s.ended(gone) {
		if err := s.visits.spill.add(o.items, o.lastS(), o.in); err != nil {
			return err
		}
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
	lastS, ok := s.aside[maphash.String(s.room.seed, e.who)]
	if ok && (!e.visitor || at-lastS <= int64(s.opt.Gap.Seconds())) {
		s.report.Parted++
	}
}
