package learn

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// sessioniser makes sessions of events.
type sessioniser struct {
	opt    ReadOptions
	latest int64 // no event can be later
	open   map[string]*session
	order  []*session // in the order of their first events
	visits *Visits
	report Report

	clock   clock
	agents  agents
	regions regions
}

// session is a session that may go on.
type session struct {
	items         []uint32
	firstS, lastS int64
	in            Context
}

func newSessioniser(opt ReadOptions) *sessioniser {
	return &sessioniser{
		opt: opt, latest: opt.Now.Add(24 * time.Hour).Unix(), open: map[string]*session{}, visits: opt.Before.Visits(),
		clock: clock{opt.Zone}, agents: agents{}, regions: newRegions(opt.Regions),
	}
}

func (s *sessioniser) add(e *event) error {
	if e.who == "" {
		return errors.New("no session or visitor")
	}
	if e.item == "" {
		return errors.New("no item")
	}
	when, err := s.clock.parse(e.time, e.utc)
	if err != nil {
		return err
	}
	at := when.unix
	if at > s.latest {
		return fmt.Errorf("time %q, which is %s, has not come yet", e.time, time.Unix(at, 0).UTC().Format(time.DateTime))
	}
	if err := s.opt.Before.follows(at); err != nil {
		return err
	}
	s.report.Visitors = s.report.Visitors || e.visitor
	o := s.open[e.who]
	if o != nil && at < o.lastS {
		return fmt.Errorf("time %q of %q is before that of the event before it; sort the log by time, or by session and time", e.time, e.who)
	}
	if o == nil || e.visitor && at-o.lastS > int64(s.opt.Gap/time.Second) {
		o = &session{firstS: at, in: s.context(e, when)}
		s.open[strings.Clone(e.who)] = o
		s.order = append(s.order, o)
	}
	o.items = append(o.items, s.visits.intern(e.item))
	o.lastS = at
	return nil
}

// end returns the sessions, in the order in which they ended, and those that ended together as they began.
func (s *sessioniser) end() (*Visits, Report) {
	slices.SortStableFunc(s.order, func(a, b *session) int { return cmp.Compare(a.lastS, b.lastS) })
	v, r := s.visits, &s.report
	first, atOnce := s.latest, 0
	for _, o := range s.order {
		if len(o.items) > s.opt.MostEvents {
			r.Machines++
			r.MachineEvents += len(o.items)
			continue
		}
		v.add(o.items, o.lastS, o.in)
		r.Events += len(o.items)
		first = min(first, o.firstS)
		if len(o.items) == 1 {
			r.Single++
			continue
		}
		r.Sessions++
		if o.firstS == o.lastS {
			atOnce++
		}
	}
	r.Baskets = r.Sessions > 0 && 2*atOnce > r.Sessions
	r.First, r.Last = time.Unix(first, 0).UTC(), time.Unix(v.Latest(), 0).UTC()
	return v, *r
}
