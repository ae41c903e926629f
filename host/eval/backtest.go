package eval

import (
	"cmp"
	"context"
	"slices"

	"github.com/nabij/nabij/host/learn"
)

// BackTested says what thresholds and noise cost: what packs find of a log's last sessions that are learnt from the others, of rows of the
// log alone, in a slot that welcomes repeats, at layer 3.
type BackTested struct {
	// Learnt is how many events were learnt from; Newest says that these are the newest of the earlier sessions, of which there were too many.
	Learnt int
	Newest bool
	// Sessions and Predictions are how many were played; see Enough.
	Sessions, Predictions int
	// Trials are without noise, the least threshold first, and then, where noise is asked for, with noise at the threshold that was
	// chosen, the largest epsilon first.
	Trials []BackTrial
}

// BackTrial is a threshold, or an amount of noise, that was tried.
type BackTrial struct {
	Point
	// Epsilon is 0 without noise.
	Epsilon float64
	// Chosen says that the threshold and Epsilon are those of the parameters.
	Chosen bool
	// Items have a row, of Edges neighbours in all.
	Items, Edges int
}

// What is tried, beside what the parameters say. A threshold of 1 is none, and takes longer to learn at than all of these.
var (
	backThresholds = []int{2, 3, 5, 8, 13}
	backEpsilons   = []float64{1, 2, 4, 8}
)

const (
	// backPredictions is how many next items are asked of each pack at most, about.
	backPredictions = 8_000
	// FewestBackTested is how many sessions must be played for figures to mean something.
	FewestBackTested = 100
	// backEvents is how many events are learnt from at most, such that it takes no longer than a large log takes to learn from.
	backEvents = 500_000
)

// Enough says whether there were sessions enough to play; otherwise there are no trials.
func (b *BackTested) Enough() bool { return b.Sessions >= FewestBackTested }

// BackTest tries thresholds, and where Params.Privacy is set also noise. Of the options, Workers and Progress count. What it returns is
// told of the log without noise: it is for who has the log, and Privacy does not cover it.
func BackTest(ctx context.Context, v *learn.Visits, p learn.Params, opt Options) (*BackTested, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	earlier, later := v.Split(heldOut)
	train, later := newest(earlier, backEvents), played(later, backPredictions)
	b := &BackTested{Learnt: train.Events(), Newest: train != earlier, Sessions: later.Sessions(), Predictions: later.Events() - later.Sessions()}
	if !b.Enough() {
		return b, nil
	}
	settings := backSettings(p)
	for k, s := range settings {
		trial, err := backTrial(ctx, train, later, s, opt.Workers)
		if err != nil {
			return nil, err
		}
		trial.Chosen = s.MinSessions == p.MinSessions && s.Privacy.Epsilon == p.Privacy.Epsilon
		b.Trials = append(b.Trials, trial)
		if opt.Progress != nil {
			opt.Progress(k+1, len(settings))
		}
	}
	return b, nil
}

// backSettings returns the parameters to try.
func backSettings(p learn.Params) (settings []learn.Params) {
	for _, least := range with(backThresholds, p.MinSessions) {
		s := p
		s.MinSessions, s.Privacy = least, learn.Privacy{}
		settings = append(settings, s)
	}
	if p.Privacy.Epsilon == 0 {
		return settings
	}
	for _, epsilon := range slices.Backward(with(backEpsilons, p.Privacy.Epsilon)) {
		s := p
		s.Privacy.Epsilon = epsilon
		settings = append(settings, s)
	}
	return settings
}

func backTrial(ctx context.Context, train, test *learn.Visits, p learn.Params, workers int) (BackTrial, error) {
	l, err := learn.Learn(ctx, train, p, learn.Options{Workers: workers})
	if err != nil {
		return BackTrial{}, err
	}
	t := BackTrial{Epsilon: p.Privacy.Epsilon}
	for k := range l.Items {
		if n := len(l.Items[k].Row); n > 0 {
			t.Items++
			t.Edges += n
		}
	}
	t.Point, err = curvePoint(ctx, train, test, l, workers)
	return t, err
}

// played returns some of the sessions that have a next item, evenly spread, which have about so many next items together at most.
func played(v *learn.Visits, predictions int) *learn.Visits {
	out := &learn.Visits{}
	for k := range v.Sessions() {
		if items, _ := v.Session(k); len(items) > 1 {
			out.AddFrom(v, k)
		}
	}
	if n := out.Events() - out.Sessions(); n > predictions {
		return thinned(out, out.Sessions()*predictions/n)
	}
	return out
}

// newest returns the sessions that ended last, of at most so many events in all.
func newest(v *learn.Visits, events int) *learn.Visits {
	if v.Events() <= events {
		return v
	}
	order := make([]int, v.Sessions())
	for k := range order {
		order[k] = k
	}
	end := func(k int) int64 { _, lastS := v.Session(k); return lastS }
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(end(b), end(a)), cmp.Compare(a, b)) })
	n := 0
	for ; n < len(order); n++ {
		items, _ := v.Session(order[n])
		if events -= len(items); events < 0 {
			break
		}
	}
	kept := order[:n]
	slices.Sort(kept)
	out := &learn.Visits{}
	for _, k := range kept {
		out.AddFrom(v, k)
	}
	return out
}
