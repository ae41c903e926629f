// Package eval tells how good a pack is: it plays sessions that the pack was not learnt from to the engine, and looks where what came
// next stands in the engine's lists.
//
//	result, err := eval.Pack(ctx, packBytes, visits, eval.Options{})
//	fmt.Println(result.At[3].HitRate)
//
// The protocol is that of the literature on sessions (Ludewig, Jannach, "Evaluation of Session-based Recommendation Algorithms", UMUAI
// 2018): every prefix of every session predicts its next item, ranked among all items of the pack. An item that the pack lacks is a miss.
package eval

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/nabij/nabij/core"
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
	// Layer is the highest layer that is asked for, 1 to 3; 0 is 3.
	Layer uint8
	// Wasm runs the module. Without it the same code runs natively.
	Wasm bool
	// Workers is how many goroutines work; 0 is one for each processor. Results do not depend on it.
	Workers int
	// Progress, if set, is called now and then with how many sessions are done; never twice at once.
	Progress func(done, total int)
}

// Cutoffs are the lengths of the lists that are looked at.
var Cutoffs = [...]int{5, 6, 10, 20}

// Result is how good a pack is.
type Result struct {
	Slot    string `json:"slot"`
	Layer   uint8  `json:"layer"`
	Repeats bool   `json:"repeats"`
	// Sessions have more than one event. Predictions are made for them, of which Unknown are of items that the pack lacks.
	Sessions    int `json:"sessions"`
	Predictions int `json:"predictions"`
	Unknown     int `json:"unknown"`
	// At has the figures for each of Cutoffs.
	At [len(Cutoffs)]At `json:"at"`
	// Coverage is the share of the pack's items that stand in a list of the longest cutoff.
	Coverage float64 `json:"coverage"`
	// ByLength has the figures at the longest cutoff by how long the prefix is.
	ByLength []Length `json:"by_length"`

	sessions []tally // by session, for intervals
}

// At are figures of lists of a length. The intervals hold 95 % of what other sessions of the kind would give, by a bootstrap over
// sessions.
type At struct {
	Cutoff int `json:"cutoff"`
	// HitRate is the share of predictions whose list has the next item.
	HitRate         float64    `json:"hit_rate"`
	HitRateInterval [2]float64 `json:"hit_rate_interval"`
	// MRR is the mean of one over the item's place, 0 for none.
	MRR         float64    `json:"mrr"`
	MRRInterval [2]float64 `json:"mrr_interval"`
	// NDCG is the mean of 1/log2(1 + place): with one relevant item, the ideal list has 1 (Järvelin, Kekäläinen, "Cumulated Gain-based
	// Evaluation of IR Techniques", TOIS 2002).
	NDCG float64 `json:"ndcg"`
}

// Length are figures of prefixes from Least to Most events; Most is 0 where there is no end.
type Length struct {
	Least       int     `json:"least"`
	Most        int     `json:"most,omitempty"`
	Predictions int     `json:"predictions"`
	HitRate     float64 `json:"hit_rate"`
	MRR         float64 `json:"mrr"`
}

// lengths are where the prefixes of ByLength begin.
var lengths = [...]int{1, 2, 3, 5, 10}

// tally is what the predictions of a session come to.
type tally struct {
	predictions, unknown int
	hits                 [len(Cutoffs)]int
	reciprocal, gain     [len(Cutoffs)]float64
	length               [len(lengths)]struct {
		predictions, hits int
		reciprocal        float64
	}
}

// Pack evaluates a pack on sessions. The result depends on these and the options alone, but for Wasm, Workers and Progress, on which it
// does not.
func Pack(ctx context.Context, packBytes []byte, v *learn.Visits, opt Options) (*Result, error) {
	if opt.Layer > 3 {
		return nil, fmt.Errorf("eval: layer: got %d, want 1 to 3", opt.Layer)
	}
	how := []host.Option{host.Instances(opt.workers())}
	if !opt.Wasm {
		how = append(how, host.Native())
	}
	engine, err := host.Open(ctx, packBytes, how...)
	if err != nil {
		return nil, err
	}
	defer engine.Close(context.WithoutCancel(ctx))
	e, err := newEvaluation(engine, v, opt)
	if err != nil {
		return nil, err
	}
	if err := e.each(ctx, opt, func() func(k int) error { return func(k int) error { return e.play(ctx, k) } }); err != nil {
		return nil, err
	}
	r := e.result()
	r.Slot, r.Layer = string(engine.Pack().SlotName(e.slot)), e.layer
	return r, nil
}

// workers returns how many goroutines work.
func (o *Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// each calls for each session one of the functions that begin makes, one for each worker, until one fails.
func (e *evaluation) each(ctx context.Context, opt Options, begin func() func(k int) error) (err error) {
	var next atomic.Int64
	var mu sync.Mutex
	var group sync.WaitGroup
	done := 0
	for range opt.workers() {
		group.Go(func() {
			do := begin()
			for {
				k := int(next.Add(1)) - 1
				mu.Lock()
				stop := err != nil || k >= e.visits.Sessions()
				mu.Unlock()
				if stop {
					return
				}
				failed := ctx.Err()
				if failed == nil {
					failed = do(k)
				}
				mu.Lock()
				err = cmp.Or(err, failed)
				if done++; opt.Progress != nil {
					opt.Progress(done, e.visits.Sessions())
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	return err
}

// evaluation is an evaluation at work.
type evaluation struct {
	engine  *host.Engine
	visits  *learn.Visits
	items   []uint32 // of the visits' items, those of the pack, or pack.NoItem
	slot    uint8
	repeats bool
	layer   uint8
	stepMs  uint64 // between events: each has settled when the next comes
	tallies []tally
	mu      sync.Mutex
	covered []bool
}

func newEvaluation(engine *host.Engine, v *learn.Visits, opt Options) (*evaluation, error) {
	p := engine.Pack()
	e := &evaluation{
		engine: engine, visits: v, items: make([]uint32, len(v.Items())), layer: opt.Layer, stepMs: uint64(p.Policy().SettleMs) + 1000,
		tallies: make([]tally, v.Sessions()), covered: make([]bool, p.Items()),
	}
	if e.layer == 0 {
		e.layer = 3
	}
	if opt.Slot != "" {
		slot, ok := engine.FindSlot(opt.Slot)
		if !ok {
			return nil, fmt.Errorf("eval: the pack has no slot %q", opt.Slot)
		}
		e.slot = slot
	} else {
		for s := range p.Slots() {
			if p.Slot(s).Repeats {
				e.slot = s
				break
			}
		}
	}
	e.repeats = p.Slot(e.slot).Repeats
	known := 0
	for n, id := range v.Items() {
		e.items[n] = pack.NoItem
		if item, ok := p.FindID([]byte(id)); ok {
			e.items[n] = item
			known++
		}
	}
	if known == 0 && len(e.items) > 0 {
		return nil, fmt.Errorf("eval: the pack has none of the log's %d items; are their ids those of the feed?", len(e.items))
	}
	return e, nil
}

// play plays a session.
func (e *evaluation) play(ctx context.Context, k int) error {
	events, _ := e.visits.Session(k)
	visit, asked := e.engine.NewSession(), e.engine.NewSession()
	var list []uint32
	now := uint64(0)
	for n := range len(events) - 1 {
		item, next := e.items[events[n]], e.items[events[n+1]]
		seen := slices.Contains(events[:n+1], events[n+1])
		now += e.stepMs
		view := core.NewSignal(core.View, now)
		view.Item = item
		if _, err := visit.Observe(ctx, view); err != nil {
			return err
		}
		if seen && !e.repeats {
			continue
		}
		request := core.Request{
			NowMs: now, Slot: e.slot, Size: pack.MaxSlotSize, Layer: e.layer, Item: item, Topic: pack.NoTopic, Context: contextOf(e.visits.Context(k)),
		}
		in := visit
		if e.repeats {
			saved, err := visit.Save(ctx)
			if err != nil {
				return err
			}
			if err := asked.Restore(ctx, saved); err != nil {
				return err
			}
			request.NowMs, request.Item = now+e.stepMs, pack.NoItem
			if _, err := asked.Observe(ctx, core.NewSignal(core.View, request.NowMs)); err != nil {
				return err
			}
			in = asked
		}
		reply, err := in.Suggest(ctx, request)
		if err != nil {
			return err
		}
		list = list[:0]
		for _, s := range reply.Suggestions {
			list = append(list, s.Item)
		}
		e.count(&e.tallies[k], n+1, next, list)
	}
	return nil
}

// contextOf returns the context of a request of a session that began in one.
func contextOf(in learn.Context) core.Context {
	return core.Context{Daypart: in.Daypart, Day: in.Day, Device: in.Device, Region: in.Region, Referrer: in.Referrer}
}

// count counts a prediction made after a prefix of a length.
func (e *evaluation) count(t *tally, length int, next uint32, list []uint32) {
	t.predictions++
	if next == pack.NoItem {
		t.unknown++
	}
	at := -1
	if next != pack.NoItem {
		at = slices.Index(list, next)
	}
	l := &t.length[0]
	for k, least := range lengths {
		if length >= least {
			l = &t.length[k]
		}
	}
	l.predictions++
	if at >= 0 {
		l.hits++
		l.reciprocal += 1 / float64(at+1)
		for k, cutoff := range Cutoffs {
			if at < cutoff {
				t.hits[k]++
				t.reciprocal[k] += 1 / float64(at+1)
				t.gain[k] += 1 / math.Log2(float64(at+2))
			}
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, item := range list {
		e.covered[item] = true
	}
}

func (t *tally) add(o *tally) {
	t.predictions += o.predictions
	t.unknown += o.unknown
	for k := range Cutoffs {
		t.hits[k] += o.hits[k]
		t.reciprocal[k] += o.reciprocal[k]
		t.gain[k] += o.gain[k]
	}
	for k := range lengths {
		t.length[k].predictions += o.length[k].predictions
		t.length[k].hits += o.length[k].hits
		t.length[k].reciprocal += o.length[k].reciprocal
	}
}

func (e *evaluation) result() *Result {
	var all tally
	r := &Result{Repeats: e.repeats}
	for k := range e.tallies {
		if t := &e.tallies[k]; t.predictions > 0 {
			r.Sessions++
			all.add(t)
			r.sessions = append(r.sessions, *t)
		}
	}
	r.Predictions, r.Unknown = all.predictions, all.unknown
	n := math.Max(1, float64(all.predictions))
	for k, cutoff := range Cutoffs {
		r.At[k] = At{Cutoff: cutoff, HitRate: float64(all.hits[k]) / n, MRR: all.reciprocal[k] / n, NDCG: all.gain[k] / n}
	}
	r.bootstrap()
	for k, least := range lengths {
		l := all.length[k]
		if l.predictions == 0 {
			continue
		}
		most := 0
		if k+1 < len(lengths) {
			most = lengths[k+1] - 1
		}
		r.ByLength = append(r.ByLength, Length{least, most, l.predictions, float64(l.hits) / float64(l.predictions), l.reciprocal / float64(l.predictions)})
	}
	covered := 0
	for _, c := range e.covered {
		if c {
			covered++
		}
	}
	r.Coverage = float64(covered) / math.Max(1, float64(len(e.covered)))
	return r
}
