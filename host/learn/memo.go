package learn

// Memo keeps of one call of Learn what took longest, for the next ones on the same Visits: the rows of the linear model, on which
// few parameters have a say. What is learnt does not depend on it. The zero value has nothing; it is not for two calls at a time.
type Memo struct {
	visits *Visits
	of     solving
	solved [][]entry
}

// solving is what of the parameters the linear model's rows hang on.
type solving struct {
	minSessions, maxLength int
	halfLifeDays           float64
	linear                 Linear
}

func (p *Params) solving() solving {
	return solving{p.MinSessions, p.MaxLength, p.HalfLifeDays, p.Linear}
}

// find returns the linear model's rows, nil where they are not known.
func (m *Memo) find(v *Visits, p *Params) [][]entry {
	if m == nil || m.visits != v || m.of != p.solving() {
		return nil
	}
	return m.solved
}

func (m *Memo) keep(v *Visits, p *Params, solved [][]entry) {
	if m != nil {
		*m = Memo{v, p.solving(), solved}
	}
}
