package eval

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn"
)

// TuneOptions say how parameters are searched for. The zero value is usable.
type TuneOptions struct {
	// Workers is how many goroutines work; 0 is one for each processor.
	Workers int
	// Progress, if set, is called after each trial.
	Progress func(t Trial, done, total int)
}

// Trial is a try of parameters.
type Trial struct {
	// Changed says which parameter was tried at which value.
	Changed string
	Params  learn.Params
	// HitRate and MRR are at 20, on the held-out sessions.
	HitRate, MRR float64
	// Better says that the parameters are the best up to then.
	Better bool
}

// score is what is made as large as possible: both count alike.
func (t *Trial) score() float64 { return t.HitRate + t.MRR }

const (
	// heldOut is the share of the sessions, the last ones, on which parameters are tried after learning from the others.
	heldOut = 0.1
	// mostHeldOut is how many of them are played at most, evenly spread: more tell no more than the search can use.
	mostHeldOut = 4_000
)

// knob is a parameter to turn, and the values to try.
type knob struct {
	name   string
	at     func(p *learn.Params) *float64
	values []float64
	// linear says that it makes a difference only with a share of the linear model.
	linear bool
}

// knobs are turned one after another, what decides most first.
var knobs = []knob{
	{"together.reach", func(p *learn.Params) *float64 { return &p.Together.Reach }, []float64{1, 2, 4, 10, 20}, false},
	{"together.backward", func(p *learn.Params) *float64 { return &p.Together.Backward }, []float64{0.1, 0.25, 0.5, 0.75, 1}, false},
	{"visit.recency", func(p *learn.Params) *float64 { return &p.Visit.Recency }, []float64{0.5, 0.7, 0.85, 1, 1.25, 1.5, 2, 3}, false},
	{"visit.repeats", func(p *learn.Params) *float64 { return &p.Visit.Repeats }, []float64{0, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.4}, false},
	{"together.own", func(p *learn.Params) *float64 { return &p.Together.Own }, []float64{0, 0.3, 1}, false},
	{"visit.hop", func(p *learn.Params) *float64 { return &p.Visit.Hop }, []float64{0, 0.25, 0.5, 0.75, 1, 1.5}, false},
	{"visit.repeat_recency", func(p *learn.Params) *float64 { return &p.Visit.RepeatRecency }, []float64{1, 2, 3, 6, 12}, false},
	{"together.source_exponent", func(p *learn.Params) *float64 { return &p.Together.SourceExponent }, []float64{0.25, 0.5, 0.75, 1}, false},
	{"together.target_exponent", func(p *learn.Params) *float64 { return &p.Together.TargetExponent }, []float64{0, 0.2, 0.4}, false},
	{"together.length_exponent", func(p *learn.Params) *float64 { return &p.Together.LengthExponent }, []float64{0, 0.25, 0.5, 1}, false},
	{"half_life_days", func(p *learn.Params) *float64 { return &p.HalfLifeDays }, []float64{0, 7, 30, 90}, false},
	{"linear_share", func(p *learn.Params) *float64 { return &p.LinearShare }, []float64{0, 0.2, 0.5, 0.8}, false},
	{"linear.alpha", func(p *learn.Params) *float64 { return &p.Linear.Alpha }, []float64{0.1, 0.4, 0.8}, true},
}

// Tune searches for the parameters that suit a log, from those given: it learns from the earlier sessions, plays the last tenth, and keeps of
// each parameter in turn the value with the most hits and the best places. MinSessions, Neighbours and MaxLength stay as they are. What it
// returns depends on visits and parameters alone; the trials come with it.
func Tune(ctx context.Context, v *learn.Visits, start learn.Params, opt TuneOptions) (learn.Params, []Trial, error) {
	if err := start.Check(); err != nil {
		return start, nil, err
	}
	earlier, later := v.Split(heldOut)
	later = thinned(later, mostHeldOut)
	turns := slices.Clone(knobs)
	for _, k := range knobs { // again, now that the rows are what they are: it takes no learning
		if strings.HasPrefix(k.name, "visit.") {
			turns = append(turns, k)
		}
	}
	s := &search{ctx: ctx, train: earlier, test: later, opt: opt, total: 1}
	for _, k := range turns {
		s.total += len(k.values)
	}
	best, err := s.try(start, "as it was")
	if err != nil {
		return start, nil, err
	}
	s.tell(best)
	if best.HitRate == 0 {
		return start, s.trials, errors.New("eval: nothing of the last tenth of the log is found by what the rest says: too few sessions to tune on")
	}
	for _, k := range turns {
		for _, value := range k.values {
			p := best.Params
			if *k.at(&p) == value || k.linear && p.LinearShare == 0 {
				s.skip()
				continue
			}
			*k.at(&p) = value
			t, err := s.try(p, fmt.Sprintf("%s %v", k.name, value))
			if err != nil {
				return start, s.trials, err
			}
			if t.score() > best.score() {
				t.Better = true
				best = t
			}
			s.tell(t)
		}
	}
	return best.Params, s.trials, nil
}

// search is a search at work.
type search struct {
	ctx         context.Context
	train, test *learn.Visits
	opt         TuneOptions
	trials      []Trial
	done, total int

	learnt  learn.Params // of learned, but for Visit
	learned *learn.Learned
}

func (s *search) skip() { s.total-- }

func (s *search) tell(t Trial) {
	s.trials = append(s.trials, t)
	s.done++
	if s.opt.Progress != nil {
		s.opt.Progress(t, s.done, s.total)
	}
}

// try evaluates parameters. What was learnt is used again where only Visit differs.
func (s *search) try(p learn.Params, changed string) (Trial, error) {
	rows := p
	rows.Visit = learn.Visit{}
	if s.learned == nil || s.learnt != rows {
		var err error
		if s.learned, err = learn.Learn(s.ctx, s.train, p, learn.Options{Workers: s.opt.Workers}); err != nil {
			return Trial{}, err
		}
		s.learnt = rows
	}
	s.learned.Params = p
	data, err := packLearned(s.ctx, s.train, s.learned)
	if err != nil {
		return Trial{}, err
	}
	result, err := Pack(s.ctx, data, s.test, Options{Workers: s.opt.Workers})
	if err != nil {
		return Trial{}, err
	}
	at := result.At[len(Cutoffs)-1]
	return Trial{Changed: changed, Params: p, HitRate: at.HitRate, MRR: at.MRR}, nil
}

// packLearned returns a pack of what was learnt of visits alone: its items, which are all that were met, have nothing but ids, and its slot
// welcomes repeats.
func packLearned(ctx context.Context, v *learn.Visits, l *learn.Learned) ([]byte, error) {
	items := make([]catalogue.Item, len(v.Items()))
	for k, id := range v.Items() {
		items[k] = catalogue.Item{ID: id, Title: id}
	}
	cfg := build.Config{Slots: []pack.Slot{{Name: "continue", Kinds: pack.AllKinds, Size: 6, Layer: 3, Repeats: true}}}
	opt := build.Options{Learned: l}
	opt.Content.Neighbours = l.Params.Neighbours
	src, _, err := build.Source(ctx, items, cfg, opt)
	if err != nil {
		return nil, err
	}
	return pack.Write(src)
}

// thinned returns at most n of the sessions, evenly spread.
func thinned(v *learn.Visits, n int) *learn.Visits {
	if v.Sessions() <= n {
		return v
	}
	out := &learn.Visits{}
	for k := range n {
		out.AddFrom(v, k*v.Sessions()/n)
	}
	return out
}
