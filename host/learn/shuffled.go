package learn

import (
	"cmp"
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

// shuffle keeps an event until all are there.
func (s *sessioniser) shuffle(e *event, when moment, st step) {
	h := s.shuffled[e.who]
	if h == nil {
		h = &shuffled{visitor: e.visitor, firstS: st.at}
		s.shuffled[strings.Clone(e.who)] = h
		s.shuffles = append(s.shuffles, h)
	} else if !e.visitor && st.item == pack.NoItem && st.at >= h.firstS {
		return // of a session's events without an item the first alone tells something
	}
	st.in = s.context(e, when)
	h.firstS = min(h.firstS, st.at)
	h.steps = append(h.steps, st)
}

// sort makes sessions of what was shuffled.
func (s *sessioniser) sort() {
	for _, h := range s.shuffles {
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
	s.shuffles = nil
}
