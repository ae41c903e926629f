// Package eval tells how good a pack is: it plays sessions that the pack was not learnt from to the engine, and looks where what came
// next stands in the engine's lists.
//
//	result, err := eval.Pack(ctx, packBytes, visits, eval.Options{})
//	fmt.Println(result.At[3].HitRate)
//
// Compare does the same with a method of the literature, Pair says which of two packs is better, Curve what bytes and threshold cost, and
// Tune finds parameters. A Summary holds all of it, of which package report makes a page.
//
// The protocol is that of the literature on sessions (Ludewig, Jannach, "Evaluation of Session-based Recommendation Algorithms", UMUAI
// 2018): every prefix of every session predicts its next item, ranked among all items of the pack. An item that the pack lacks is a miss.
//
// Of each prediction one byte is kept, and no list. A list shorter than the one that was asked for is taken to be its beginning. At layers
// 1 and 3 it is; at layer 2 faces are chosen for a length, so Options.Size should be the slot's.
package eval

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/learn"
)

// Options say how a pack is evaluated. The zero value is usable.
type Options struct {
	// Slot is the slot that is asked; empty is the first that welcomes repeats, and without one the first.
	//
	// One that welcomes repeats is asked on a page about nothing, opened after each prefix, and every next item counts. Any other is
	// asked on the page of the prefix's last item, which it cannot suggest: only next items that are new to the session count.
	// Either is asked in the context in which the session began, as far as the log tells it.
	Slot string
	// Layer is the highest layer that is asked for, 1 to 3; 0 is 3. Slot and policy may lower it.
	Layer uint8
	// Size is how many items lists are asked for, 1 to the longest of Cutoffs; 0 is that. At layer 2 lists are chosen for a length: the
	// slot's own shows what visitors get.
	Size int
	// Wasm runs the module. Without it the same code runs natively.
	Wasm bool
	// Train, if set, has the sessions that the pack was learnt from: by them predictions are told apart by age and support, and lists have
	// a novelty.
	Train *learn.Visits
	// Workers is how many goroutines work; 0 is one for each processor. Results do not depend on it.
	Workers int
	// Progress, if set, is called now and then with how many sessions are done; never twice at once.
	Progress func(done, total int)
}

// Pack evaluates a pack on sessions. The result depends on these and the options alone, but for Wasm, Workers and Progress, on which it
// does not.
func Pack(ctx context.Context, packBytes []byte, v *learn.Visits, opt Options) (*Result, error) {
	engine, err := open(ctx, packBytes, opt)
	if err != nil {
		return nil, err
	}
	defer engine.Close(context.WithoutCancel(ctx))
	a, err := newAsking(engine, v, opt)
	if err != nil {
		return nil, err
	}
	p := engine.Pack()
	e := newEvaluation(v, a.items, newShelf(p, opt.Train), a.repeats, a.size)
	err = e.each(ctx, opt, func(l *lister) func(k int) error {
		player := newPlayer(a)
		return func(k int) error {
			return player.play(ctx, k, l.view, func(n int, next uint32, list []uint32) { e.count(l, k, n, next, list) })
		}
	})
	if err != nil {
		return nil, err
	}
	r := e.result(opt.Train)
	if opt.Train == nil {
		r.ByPopularity = e.parts(byPopularity(a.items, int(p.Items())))
	}
	r.Slot, r.Layer = string(p.SlotName(a.slot)), a.layer
	return r, nil
}

// open opens a pack as the options say.
func open(ctx context.Context, packBytes []byte, opt Options) (*host.Engine, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	how := []host.Option{host.Instances(opt.workers())}
	if !opt.Wasm {
		how = append(how, host.Native())
	}
	return host.Open(ctx, packBytes, how...)
}

// workers returns how many goroutines work.
func (o *Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// check returns an error that names what is out of its range.
func (o *Options) check() error {
	if o.Layer > 3 {
		return fmt.Errorf("eval: layer: got %d, want 1 to 3", o.Layer)
	}
	if o.Size < 0 || o.Size > longest {
		return fmt.Errorf("eval: size: got %d, want 1 to %d", o.Size, longest)
	}
	return nil
}

// size returns how many items lists are asked for.
func (o *Options) size() int { return cmp.Or(o.Size, longest) }

// evaluation is an evaluation at work: of a pack, or of another method.
type evaluation struct {
	visits   *learn.Visits
	starts   []int    // where in outcomes each session begins, and where the last one ends
	items    []uint32 // of the visits' items, those of the shelf, or pack.NoItem
	shelf    *shelf
	repeats  bool
	size     int       // of lists, at most
	outcomes []outcome // of each event
	mu       sync.Mutex
	listers  []*lister // of each worker
}

func newEvaluation(v *learn.Visits, items []uint32, s *shelf, repeats bool, size int) *evaluation {
	e := &evaluation{
		visits: v, starts: make([]int, v.Sessions()+1), items: items, shelf: s, repeats: repeats, size: size, outcomes: make([]outcome, v.Events()),
	}
	for k := range v.Sessions() {
		events, _ := v.Session(k)
		e.starts[k+1] = e.starts[k] + len(events)
	}
	return e
}

// each calls for each session one of the functions that begin makes, one for each worker, until one fails.
func (e *evaluation) each(ctx context.Context, opt Options, begin func(l *lister) func(k int) error) (err error) {
	var next atomic.Int64
	var group sync.WaitGroup
	done := 0
	for range opt.workers() {
		group.Go(func() {
			l := newLister(e.shelf)
			do := begin(l)
			e.mu.Lock()
			e.listers = append(e.listers, l)
			e.mu.Unlock()
			for {
				k := int(next.Add(1)) - 1
				e.mu.Lock()
				stop := err != nil || k >= e.visits.Sessions()
				e.mu.Unlock()
				if stop {
					return
				}
				l.begin()
				failed := ctx.Err()
				if failed == nil {
					failed = do(k)
				}
				e.mu.Lock()
				err = cmp.Or(err, failed)
				if done++; opt.Progress != nil {
					opt.Progress(done, e.visits.Sessions())
				}
				e.mu.Unlock()
			}
		})
	}
	group.Wait()
	return err
}

// count counts what session k's event n, of an item, or pack.NoItem for one that is not known, is in a list.
func (e *evaluation) count(l *lister, k, n int, next uint32, list []uint32) {
	events, _ := e.visits.Session(k)
	o := asked
	if !slices.Contains(events[:n], events[n]) {
		o |= novel
	}
	if next != pack.NoItem {
		o |= outcome(slices.Index(list, next) + 1)
	}
	e.outcomes[e.starts[k]+n] = o
	l.list(list)
}
