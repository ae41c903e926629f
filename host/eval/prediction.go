package eval

// prediction is that of an event from what the session met before.
type prediction struct {
	session int
	length  int    // of the prefix, from 1
	item    uint32 // the event's, by its number in the visits
	outcome outcome
}

// predictions calls each with every prediction that was made, in the order of the visits.
func (e *evaluation) predictions(each func(p prediction)) {
	for k := range e.visits.Sessions() {
		events, _ := e.visits.Session(k)
		for n, item := range events {
			if o := e.outcomes[e.starts[k]+n]; o != 0 {
				each(prediction{k, n, item, o})
			}
		}
	}
}

// predicted returns the sessions of which there are predictions.
func (e *evaluation) predicted() (sessions []int32) {
	for k := range e.visits.Sessions() {
		var t tally
		t.add(e.outcomes[e.starts[k]:e.starts[k+1]])
		if t.predictions() > 0 {
			sessions = append(sessions, int32(k))
		}
	}
	return sessions
}
