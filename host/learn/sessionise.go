package learn

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/nabij/nabij/core/pack"
)

// sessioniser makes sessions of events.
type sessioniser struct {
	opt    ReadOptions
	latest int64        // no event can be later
	order  []*session   // in the order of their first events
	key    maphash.Seed // of hashes of whose events are, drawn anew each time
	visits *Visits
	report Report
	// several is how many sessions with more than one event have ended, atOnce of how many of these all were at one time.
	several, atOnce int
	// those and quick are what has ended and may count, of which quick is quicker than a person. Baskets may be, and whether sessions are
	// baskets only the whole log tells.
	those, quick found
	room         room

	clock   clock
	agents  agents
	regions regions

	known   bool            // the catalogue has had something
	unknown map[string]bool // what it has not had

	// formats are what is open of logs of each format: who is of another format is someone else, whatever they are called.
	formats map[string]*open
	*open
	shuffles  []shuffledOf
	scattered *scattered // of those that are not among shuffles; nil where there are none
	unsorted  bool       // the log at hand is in no order
}

// open are the sessions, or the events, of a format by whose they are.
type open struct {
	format   int // its number among Report.Formats
	sessions map[string]*session
	shuffled map[string]*shuffled
	aside    map[uint64]int64 // of whom a session was put aside, by hash, when it ended
	// last is the session of the last event, and who that was: in many logs the next is of the same.
	who  string
	last *session
}

// of returns someone's session, nil where there is none.
func (o *open) of(who string) *session {
	if o.last == nil || o.last.aside || o.who != who {
		o.who, o.last = who, o.sessions[who]
	}
	return o.last
}

// session is a session that may go on.
type session struct {
	items  []uint32
	firstS int64
	// last is when the last event was, and item when the last item was met, in seconds from firstS.
	last, item int32
	// quick is how many items were met in the same second as the one before, at most 65535.
	quick uint16
	in    Context
	// over is how many items came after more than ReadOptions.MostEvents: they are not kept.
	over int32
	// touched is the number of its last event among all that were read.
	touched int64
	aside   bool // it was put aside
	machine bool // it has ended, and was quicker than a person
}

// spilled returns what is told of a session that has ended.
func (o *session) spilled() *spilled { return &spilled{o.items, o.lastS(), o.in, o.machine} }

// found is what was found of some sessions.
type found struct {
	sessions, single, events int
	first                    int64 // when the first event was; noFirst where there is none
}

const noFirst = math.MaxInt64

func (f *found) add(o found) {
	f.first = min(f.first, o.first)
	f.sessions += o.sessions
	f.single += o.single
	f.events += o.events
}

// lastS is when the last event was.
func (o *session) lastS() int64 { return o.firstS + int64(o.last) }

// after returns how long after the first event a time is.
func (o *session) after(at int64) int32 { return int32(min(at-o.firstS, math.MaxInt32)) }

// step is an event of a session.
type step struct {
	at    int64
	item  uint32 // or pack.NoItem
	in    Context
	again again
	more  bool
}

func newSessioniser(opt ReadOptions) *sessioniser {
	return &sessioniser{
		key: maphash.MakeSeed(), opt: opt, latest: opt.Now.Add(24 * time.Hour).Unix(), visits: opt.Before.Visits(),
		those: found{first: noFirst}, quick: found{first: noFirst},
		clock: clock{opt.Zone}, agents: agents{}, regions: newRegions(opt.Regions), formats: map[string]*open{}, unknown: map[string]bool{},
	}
}

// begin says that the events of another log come.
func (s *sessioniser) begin(f *format) error {
	if f.pages && s.opt.Catalogue == nil {
		return fmt.Errorf("%s names pages, not items; give a catalogue that tells them (--catalogue FEED)", f.what)
	}
	s.unsorted = f.unsorted
	if s.open = s.formats[f.name]; s.open == nil {
		s.open = &open{format: len(s.report.Formats), sessions: map[string]*session{}, shuffled: map[string]*shuffled{}, aside: map[uint64]int64{}}
		s.formats[f.name] = s.open
		s.report.Formats = append(s.report.Formats, f.name)
	}
	return nil
}

func (s *sessioniser) add(e *event) error {
	switch {
	case e.aside:
		s.report.Aside++
		return nil
	case e.agent != "" && s.agents.of(e.agent).bot:
		s.report.Bots++
		return nil
	case e.void:
		s.report.Cancelled++
		return nil
	case e.nameless:
		s.report.Nameless++
		return nil
	case e.who == "":
		return errors.New("no session, visitor or order")
	}
	when, err := s.clock.parse(e.time, e.utc)
	if err != nil {
		return err
	}
	if when.unix > s.latest {
		return fmt.Errorf("time %q, which is %s, has not come yet", e.time, time.Unix(when.unix, 0).UTC().Format(time.DateTime))
	}
	if err := s.opt.Before.follows(when.unix); err != nil {
		return err
	}
	if word := e.word(); !utf8.ValidString(word) {
		return fmt.Errorf("item %q is no UTF-8; save the log in that encoding", word)
	}
	s.report.Visitors = s.report.Visitors || e.visitor
	st := step{at: when.unix, item: s.identify(e), again: e.again, more: e.more}
	if s.unsorted {
		return s.shuffle(e, when, st)
	}
	o := s.of(e.who)
	if o != nil && st.at < o.lastS() {
		return fmt.Errorf("time %q of %q is before that of the event before it; sort the log by time, or by session and time", e.time, e.who)
	}
	if o == nil || e.visitor && s.parts(o, st.at) {
		if o == nil {
			s.returns(e, st.at)
		}
		st.in = s.context(e, when)
		o = s.start(&st)
		s.sessions[strings.Clone(e.who)], s.last = o, o
	}
	s.step(o, &st)
	return s.takes(o)
}

// identify returns the number of an event's item, or pack.NoItem where it is about none.
func (s *sessioniser) identify(e *event) uint32 {
	if s.opt.Catalogue == nil && e.id != "" && !e.page {
		return s.visits.intern(e.id)
	}
	word, id := e.word(), ""
	switch {
	case word == "": // it tells of the visit alone
	case s.opt.Catalogue == nil && e.page: // who knows
	case s.opt.Catalogue == nil:
		id = cmp.Or(e.sku, e.title)
	default:
		if id = s.opt.Catalogue.find(&e.named); id != "" {
			s.known = true
		} else if !e.page {
			s.lacks(word)
			if s.opt.KeepUnknown {
				return s.visits.intern(word)
			}
			return pack.NoItem
		}
	}
	if id == "" {
		page, _, _ := strings.Cut(word, "?") // what follows is the visitor's affair
		s.report.Other.add(page)
		return pack.NoItem
	}
	return s.visits.intern(id)
}

// lacks counts what the catalogue lacks.
func (s *sessioniser) lacks(word string) {
	s.report.Unknown.add(word)
	if !s.unknown[word] && len(s.unknown) < mostUnknown {
		s.unknown[strings.Clone(word)] = true
		s.report.UnknownItems++
	}
}

// strange says that the catalogue and what was read have nothing in common.
func (s *sessioniser) strange() error {
	words := s.report.Unknown
	if words.Events == 0 {
		words = s.report.Other
	}
	what := "it names none"
	if len(words.Examples) > 0 {
		what = "it names " + quoteAll(words.Examples)
	}
	return fmt.Errorf("it is about no item of the catalogue: %s; the catalogue has %s", what, s.opt.Catalogue.describe())
}

// parts reports whether a visitor has been away for so long that a time is in another session.
func (s *sessioniser) parts(o *session, at int64) bool {
	return at-o.lastS() > int64(s.opt.Gap/time.Second)
}

// start begins a session with an event, which is yet to be added.
func (s *sessioniser) start(st *step) *session {
	o := &session{firstS: st.at, in: st.in}
	s.order = append(s.order, o)
	return o
}

// step adds an event to a session.
func (s *sessioniser) step(o *session, st *step) {
	at := o.after(st.at)
	o.last = at
	if st.item == pack.NoItem {
		return
	}
	if !st.again.countsAfter(o.items, st.item) {
		s.report.Repeats++
		return
	}
	if len(o.items) > s.opt.MostEvents {
		o.over++
		return
	}
	if len(o.items) > 0 && at == o.item && !st.more && o.quick < math.MaxUint16 {
		o.quick++
	}
	o.item = at
	o.items = append(o.items, st.item)
}

// end returns the sessions, in the order in which they ended, and those that ended together as they began.
func (s *sessioniser) end(ctx context.Context) (*Visits, Report, error) {
	if err := s.sort(ctx); err != nil {
		return nil, Report{}, err
	}
	v, r := s.visits, &s.report
	ended := s.ended(s.order)
	r.Baskets = 2*s.atOnce > s.several
	for _, o := range ended {
		if r.Baskets || !o.machine {
			v.add(o.items, o.lastS(), o.in)
		}
	}
	if v.spill != nil {
		v.spill.settle(r.Baskets)
	}
	if r.Baskets {
		s.those.add(s.quick)
	} else {
		r.Machines += s.quick.sessions + s.quick.single
		r.MachineEvents += s.quick.events
	}
	r.Events, r.Sessions, r.Single = s.those.events, s.those.sessions, s.those.single
	zone := cmp.Or(s.opt.Zone, time.UTC)
	r.First, r.Last = time.Unix(min(s.those.first, s.latest), 0).In(zone), time.Unix(v.Latest(), 0).In(zone)
	return v, *r, nil
}

// ended notes sessions that have ended, and returns those that may count, in the order in which they ended.
func (s *sessioniser) ended(sessions []*session) []*session {
	slices.SortStableFunc(sessions, func(a, b *session) int { return cmp.Compare(a.lastS(), b.lastS()) })
	return slices.DeleteFunc(sessions, func(o *session) bool {
		if len(o.items) > 1 {
			s.several++
			if o.last == 0 {
				s.atOnce++
			}
		}
		switch {
		case len(o.items) == 0:
			return true
		case len(o.items) > s.opt.MostEvents:
			s.report.Machines++
			s.report.MachineEvents += len(o.items) + int(o.over)
			return true
		}
		of, f := &s.those, found{sessions: 1, events: len(o.items), first: o.firstS}
		if o.machine = o.quicker(); o.machine {
			of = &s.quick
		}
		if len(o.items) == 1 {
			f.sessions, f.single = 0, 1
		}
		of.add(f)
		return false
	})
}

// quickItems is how many distinct items someone who is quicker than a person has met.
const quickItems = 20

// quicker reports whether a session is quicker than a person: most of its events came within the second of the one before, and they are of
// many items.
func (o *session) quicker() bool {
	if len(o.items) < quickItems || 2*int(o.quick) <= len(o.items)-1 {
		return false
	}
	items := slices.Sorted(slices.Values(o.items))
	return len(slices.Compact(items)) >= quickItems
}
