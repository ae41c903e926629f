package eval

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

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

// score is what is made as large as possible. A hit counts a little more than its place, which moves more easily.
func (t *Trial) score() float64 { return t.HitRate + 0.75*t.MRR }

const (
	// heldOut is the share of the sessions, the last ones, on which parameters are tried after learning from the others.
	heldOut = 0.1
	// mostHeldOut is how many of them are played at most, evenly spread: more tell no more than the search can use.
	mostHeldOut = 10_000
)

// knob is a parameter to turn, and the values to try.
type knob struct {
	name   string
	at     func(p *learn.Params) *float64
	values []float64
	// linear says that it makes a difference only with a share of the linear model.
	linear bool
}

// passes is how often the knobs are turned at most: what was best of one may no longer be once the others have been.
const passes = 4

// knobs are turned one after another, what decides most first. Their values are in order.
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
	{"together.length_exponent", func(p *learn.Params) *float64 { return &p.Together.LengthExponent }, []float64{-0.5, -0.25, 0, 0.25, 0.5, 1}, false},
	{"half_life_days", func(p *learn.Params) *float64 { return &p.HalfLifeDays }, nil, false}, // see halfLives
	{"linear_share", func(p *learn.Params) *float64 { return &p.LinearShare }, []float64{0, 0.2, 0.35, 0.5, 0.65, 0.8, 1}, false},
	{"row_exponent", func(p *learn.Params) *float64 { return &p.RowExponent }, []float64{0, 0.3, 0.5, 0.7, 1}, false},
	{"linear.alpha", func(p *learn.Params) *float64 { return &p.Linear.Alpha }, []float64{0.1, 0.25, 0.4, 0.6, 0.8}, true},
	{"linear.ridge", func(p *learn.Params) *float64 { return &p.Linear.Ridge }, []float64{3, 10, 30, 100}, true},
	{"linear.decay", func(p *learn.Params) *float64 { return &p.Linear.Decay }, []float64{0.5, 1, 2, 4}, true},
}

// Tune searches for the parameters that suit a log, from those given: it learns from the earlier sessions, plays the last tenth, and turns
// each parameter up, or else down, as long as there are more hits and better places; then all of them again, until nothing is better.
// MinSessions, Neighbours and MaxLength stay as they are. What it returns depends on visits and parameters alone; the trials come with it.
func Tune(ctx context.Context, v *learn.Visits, start learn.Params, opt TuneOptions) (learn.Params, []Trial, error) {
	if err := start.Check(); err != nil {
		return start, nil, err
	}
	earlier, later := v.Split(heldOut)
	later = thinned(later, mostHeldOut)
	s := &search{ctx: ctx, train: earlier, test: later, opt: opt, total: 1}
	turns := slices.Clone(knobs)
	for i := range turns {
		if turns[i].values == nil {
			turns[i].values = halfLives(earlier)
		}
	}
	for _, k := range turns {
		s.total += passes * len(k.values)
	}
	best, err := s.try(start, "as it was")
	if err != nil {
		return start, nil, err
	}
	s.tell(best)
	if best.HitRate == 0 {
		return start, s.trials, errors.New("eval: nothing of the last tenth of the log is found by what the rest says: too few sessions to tune on")
	}
	for range passes {
		before := best.score()
		for _, k := range turns {
			if best, err = s.turn(k, best); err != nil {
				return start, s.trials, err
			}
		}
		if best.score() == before {
			break
		}
	}
	return best.Params, s.trials, nil
}

// halfLives returns the half-lives to try for a log, in days: parts of the time that it spans, the whole, and none.
func halfLives(v *learn.Visits) []float64 {
	first := v.Latest()
	for k := range v.Sessions() {
		_, lastS := v.Session(k)
		first = min(first, lastS)
	}
	days := float64(v.Latest()-first) / 86_400
	var values []float64
	for _, part := range []float64{8, 4, 2, 1} {
		if days >= part { // a day at least: within one, age says little
			values = append(values, math.Round(10*days/part)/10)
		}
	}
	return append(values, 0)
}

// around returns the knob's values above and below one, which need not be among them.
func (k *knob) around(from float64) (above, below []float64) {
	if at := slices.Index(k.values, from); at >= 0 {
		return k.values[at+1:], k.values[:at]
	}
	at := slices.IndexFunc(k.values, func(v float64) bool { return v > from })
	if at < 0 {
		at = len(k.values)
		if k.values[at-1] == 0 { // no half-life is longer than any
			at--
		}
	}
	return k.values[at:], k.values[:at]
}

// turn turns a knob up as long as that is better, or else down, and returns the best there is then.
func (s *search) turn(k knob, best Trial) (Trial, error) {
	tried := 0
	defer func() { s.total -= len(k.values) - tried }()
	if k.linear && best.Params.LinearShare == 0 {
		return best, nil
	}
	step := func(value float64) (better bool, err error) {
		p := best.Params
		*k.at(&p) = value
		t, err := s.try(p, fmt.Sprintf("%s %v", k.name, value))
		if err != nil {
			return false, err
		}
		if t.Better = t.score() > best.score(); t.Better {
			best = t
		}
		tried++
		s.tell(t)
		return t.Better, nil
	}
	above, below := k.around(*k.at(&best.Params))
	up := false
	for _, value := range above {
		better, err := step(value)
		if err != nil {
			return best, err
		}
		if !better {
			break
		}
		up = true
	}
	if up {
		return best, nil
	}
	for _, value := range slices.Backward(below) {
		better, err := step(value)
		if err != nil {
			return best, err
		}
		if !better {
			break
		}
	}
	return best, nil
}

// search is a search at work.
type search struct {
	ctx         context.Context
	train, test *learn.Visits
	opt         TuneOptions
	trials      []Trial
	done, total int

	// kept is what was learnt last, and what was taken before that: of the last trial and of the best, mostly.
	kept [2]*learn.Learned
	memo learn.Memo
}

func (s *search) tell(t Trial) {
	s.trials = append(s.trials, t)
	s.done++
	if s.opt.Progress != nil {
		s.opt.Progress(t, s.done, s.total)
	}
}

// learn learns with parameters. What was learnt is used again where only Visit differs.
func (s *search) learn(p learn.Params) (*learn.Learned, error) {
	for k, l := range s.kept {
		if l == nil {
			continue
		}
		was := l.Params
		was.Visit = p.Visit
		if was == p {
			s.kept[0], s.kept[k] = l, s.kept[0]
			l.Params = p
			return l, nil
		}
	}
	l, err := learn.Learn(s.ctx, s.train, p, learn.Options{Workers: s.opt.Workers, Memo: &s.memo})
	if err == nil {
		s.kept[0], s.kept[1] = l, s.kept[0]
	}
	return l, err
}

// try evaluates parameters.
func (s *search) try(p learn.Params, changed string) (Trial, error) {
	learned, err := s.learn(p)
	if err != nil {
		return Trial{}, err
	}
	data, err := packLearned(s.ctx, s.train, learned)
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
		items[k] = catalogue.Item{ID: id, Title: "–"} // no word: ids may be alike, and content would say so
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
