package eval

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/nabij/nabij/host/learn"
)

// Times are how long suggestions take on this machine, natively and in the module under wazero. They are of one goroutine, through package
// host: with the request written, the list read and the visit's state saved. Lists are of Options.Size.
type Times struct {
	Native Took `json:"native"`
	Wasm   Took `json:"wasm"`
}

// Took is how long suggestions took, in microseconds.
type Took struct {
	Suggestions int     `json:"suggestions"`
	MedianUs    float64 `json:"median_us"`
	P95Us       float64 `json:"p95_us"`
}

const (
	// timedSessions is how many sessions are timed at most, evenly spread.
	timedSessions = 1_000
	// warmUp is how many suggestions go before those that count.
	warmUp = 100
)

// Time times suggestions while sessions are played, which takes seconds. Of the options, Slot, Layer, Size and Progress count.
func Time(ctx context.Context, packBytes []byte, v *learn.Visits, opt Options) (Times, error) {
	v = thinned(v, timedSessions)
	var t Times
	for k, run := range []struct {
		wasm bool
		took *Took
	}{{false, &t.Native}, {true, &t.Wasm}} {
		opt := opt
		opt.Wasm, opt.Workers = run.wasm, 1
		if progress := opt.Progress; progress != nil {
			opt.Progress = func(done, total int) { progress(done+k*total, 2*total) }
		}
		var err error
		if *run.took, err = timePlay(ctx, packBytes, v, opt); err != nil {
			return Times{}, err
		}
	}
	return t, nil
}

func timePlay(ctx context.Context, packBytes []byte, v *learn.Visits, opt Options) (Took, error) {
	engine, err := open(ctx, packBytes, opt)
	if err != nil {
		return Took{}, err
	}
	defer engine.Close(context.WithoutCancel(ctx))
	a, err := newAsking(engine, v, opt)
	if err != nil {
		return Took{}, err
	}
	var took []time.Duration
	p := newPlayer(a)
	p.took = func(d time.Duration) { took = append(took, d) }
	for k := range v.Sessions() {
		if err := p.play(ctx, k, func(uint32) {}, func(int, uint32, []uint32) {}); err != nil {
			return Took{}, err
		}
		if opt.Progress != nil {
			opt.Progress(k+1, v.Sessions())
		}
	}
	if len(took) == 0 {
		return Took{}, errors.New("eval: there is no suggestion to time: no session has a next item")
	}
	took = took[min(warmUp, len(took)/2):]
	slices.Sort(took)
	us := func(k int) float64 { return float64(took[k].Nanoseconds()) / 1000 }
	return Took{len(took), us(len(took) / 2), us(len(took) * 95 / 100)}, nil
}
