package learn

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/nabij/nabij/core/pack"
)

// shuffled are the events of one session or visitor of a log that is in no order: exports of databases have none, a web server writes a line
// when a request has ended, and its older logs come behind the newer ones by name.
type shuffled struct {
	visitor bool
	firstS  int64
	steps   []step
}

// wants reports whether an event tells something: of a session's events without an item the first alone does.
func (h *shuffled) wants(st *step) bool {
	return len(h.steps) == 0 || h.visitor || st.item != pack.NoItem || st.at < h.firstS
}

func (h *shuffled) add(st step) {
	h.firstS = min(h.firstS, st.at)
	h.steps = append(h.steps, st)
}

// shuffle keeps an event until all are there.
func (s *sessioniser) shuffle(e *event, when moment, st step) error {
	h := s.shuffled[e.who]
	if h == nil {
		h = &shuffled{visitor: e.visitor, firstS: st.at}
		who := strings.Clone(e.who)
		s.shuffled[who] = h
		s.shuffles = append(s.shuffles, shuffledOf{s.format, who, h})
		s.room.shuffled += readShuffled
	}
	if !h.wants(&st) {
		return nil
	}
	st.in = s.context(e, when)
	h.add(st)
	s.room.shuffled += readStep
	return s.makeRoom()
}

// shuffledOf are events with whose they are, of which format.
type shuffledOf struct {
	format int
	who    string
	*shuffled
}

// sort makes sessions of what was shuffled.
func (s *sessioniser) sort(ctx context.Context) error {
	if s.scattered != nil {
		return s.gatherScattered(ctx)
	}
	for _, h := range s.shuffles {
		s.sessionsOf(h.shuffled)
	}
	s.shuffles = nil
	return nil
}

// sessionsOf makes sessions of someone's events, and forgets these.
func (s *sessioniser) sessionsOf(h *shuffled) {
	slices.SortStableFunc(h.steps, func(a, b step) int { return cmp.Compare(a.at, b.at) })
	var o *session
	for k := range h.steps {
		st := &h.steps[k]
		if o == nil || h.visitor && s.parts(o, st.at) {
			o = s.start(st)
		}
		s.step(o, st)
	}
	h.steps = nil
}
