package recognition

import (
	"context"
	"slices"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// Tempo says how fast what was viewed shows in lists, and for how long. It is found by playing visits twice, as they were and with one thing left
// out, and looking where lists differ. What never came about is nil.
type Tempo struct {
	// Signals are how many views of items were left out, each from a visit that went on.
	Signals int `json:"signals"`
	// Shows is the share of them that changed a list within the next pages, tempoPages at most.
	Shows float64 `json:"shows"`
	// AfterS is how many seconds after such a view the next page must be opened for its list to be another than if another item had been viewed, as a
	// median; SoonestS is the least. It is 0 where the list has the item itself, or would have it: as soon as it is viewed that is neither pushed nor
	// hidden, before the view has settled.
	AfterS   *int `json:"after_s,omitempty"`
	SoonestS *int `json:"soonest_s,omitempty"`
	// FirstPage is after how many pages, as a mean, the first list shows it, where one does: 1 is the next. LastPage is after how many the last one.
	FirstPage *float64 `json:"first_page,omitempty"`
	LastPage  *float64 `json:"last_page,omitempty"`
	// Topics were viewed, three items of each, and then nothing of them any more.
	Topics int `json:"topics"`
	// Pursued is after how many pages, as a mean, the last list had more of the topic than without; 0 is none.
	Pursued *float64 `json:"pursued,omitempty"`
	// Tired is the share of these topics of which lists had less once they had been shown and not chosen, and TiredAfter on how many pages, as a
	// mean, they were shown in vain before.
	Tired      float64  `json:"tired"`
	TiredAfter *float64 `json:"tired_after,omitempty"`
}

const (
	tempoPages   = 10  // that are looked at after what was left out
	tempoSignals = 150 // that are left out at most, evenly spread
	tempoTopics  = 12
	tempoLatestS = 30 // that is tried
	interest     = 3  // items of a topic that are viewed
)

// stop is a page of a visit that is played.
type stop struct {
	atMs uint64
	item uint32 // or pack.NoItem
	// seen says that suggestions of the topic are seen, unless that is pack.NoTopic.
	seen uint16
}

// visit plays a visit, asking on each page, and returns the lists.
func (o *oracle) visit(in core.Context, stops []stop) (lists [][]uint32) {
	o.engine.Reset(&o.session)
	for _, s := range stops {
		observe := func(kind core.SignalKind, item uint32) {
			signal := core.NewSignal(kind, s.atMs)
			signal.Item = item
			_, _ = o.engine.Observe(&o.session, &signal) // items are the pack's own
		}
		observe(core.View, s.item)
		reply, err := o.engine.Suggest(&o.session, &core.Request{
			NowMs: s.atMs, Slot: o.slot, Size: o.size, Layer: o.layer, Item: s.item, Topic: pack.NoTopic, Context: in,
		})
		if err != nil {
			return nil
		}
		list := itemsOf(reply.Suggestions)
		lists = append(lists, list)
		for _, item := range list {
			if s.seen != pack.NoTopic && o.engine.Pack().ItemTopic(item, 0) == s.seen {
				observe(core.Shown, item)
			}
		}
	}
	return lists
}

// tempo finds the tempo of a setting.
func (s *stage) tempo(ctx context.Context, setting Setting) (*Tempo, error) {
	data, err := setting.pack(s.data, s.slot)
	if err != nil {
		return nil, err
	}
	o, err := newOracle(data, s.slot, s.size, setting.Layer)
	if err != nil {
		return nil, err
	}
	t := new(Tempo)
	var first, last, soonest []int
	signals := s.signals()
	for n, k := range signals {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		t.Signals++
		if from, to, ok := s.leaveOut(o, k); ok {
			first, last = append(first, from), append(last, to)
			if seconds, ok := s.soonest(o, k); ok {
				soonest = append(soonest, seconds)
			}
		}
		if s.opt.Progress != nil {
			s.opt.Progress("how fast a view shows, "+setting.String(), n+1, len(signals))
		}
	}
	t.Shows = float64(len(first)) / float64(max(1, t.Signals))
	t.FirstPage, t.LastPage = meanOf(first), meanOf(last)
	if len(soonest) > 0 {
		slices.Sort(soonest)
		t.SoonestS, t.AfterS = &soonest[0], &soonest[len(soonest)/2]
	}
	s.topicTempo(o, t)
	return t, ctx.Err()
}

// signals are views that others follow, after which layer 2 works.
func (s *stage) signals() (some []int) {
	var all []int
	for k := range s.all {
		at := &s.all[k]
		if at.n+1 >= int32(s.pack.Policy().FirstPages) && k+1 < len(s.all) && s.all[k+1].session == at.session && s.all[k+1].page != at.page {
			all = append(all, k)
		}
	}
	for _, k := range evenly(len(all), tempoSignals) {
		some = append(some, all[k])
	}
	return some
}

// stops are the pages of a visit up to view k, and of those after it tempoPages at most, each viewed until it has settled.
func (s *stage) stops(o *oracle, k int) (stops []stop) {
	start := k - int(s.all[k].n)
	for n := start; n < len(s.all) && s.all[n].session == s.all[k].session && n <= k+tempoPages; n++ {
		stops = append(stops, stop{uint64(len(stops)+1) * o.stepMs, s.all[n].page, pack.NoTopic})
	}
	return stops
}

// leaveOut returns after how many pages the view of an item shows first and last, and whether it does.
func (s *stage) leaveOut(o *oracle, k int) (first, last int, ok bool) {
	stops, at := s.stops(o, k), int(s.all[k].n)
	with := o.visit(s.context(&s.all[k]), stops)
	stops[at].item = pack.NoItem
	without := o.visit(s.context(&s.all[k]), stops)
	for n := at + 1; n < len(stops); n++ {
		if !slices.Equal(with[n], without[n]) {
			if !ok {
				first, ok = n-at, true
			}
			last = n - at
		}
	}
	return first, last, ok
}

// soonest returns how many seconds after the view of an item the next page must be opened to show that it was this one, and no other.
func (s *stage) soonest(o *oracle, k int) (seconds int, ok bool) {
	stops, at := s.stops(o, k), int(s.all[k].n)
	stops = stops[:at+2]
	another := uint32(0)
	for slices.ContainsFunc(stops, func(p stop) bool { return p.item == another }) || s.pack.Sensitive(another) {
		if another++; another == s.pack.Items() {
			return 0, false
		}
	}
	for seconds := range tempoLatestS + 1 {
		stops[at+1].atMs = stops[at].atMs + uint64(seconds)*1000
		stops[at].item = s.all[k].page
		with := o.visit(s.context(&s.all[k]), stops)
		stops[at].item = another
		if without := o.visit(s.context(&s.all[k]), stops); !slices.Equal(with[at+1], without[at+1]) {
			return seconds, true
		}
	}
	return 0, false
}

// topicTempo finds how long topics are pursued, and when they tire.
func (s *stage) topicTempo(o *oracle, t *Tempo) {
	var pursued, tired []int
	for topic := range s.pack.Topics() {
		items := bestOfNeighbours(s.pack.TopicRow(topic), interest)
		items = slices.DeleteFunc(items, func(item uint32) bool { return s.pack.ItemTopic(item, 0) != topic })
		others := s.othersThan(topic)
		if len(items) < interest || len(others) < tempoPages || t.Topics == tempoTopics {
			continue
		}
		t.Topics++
		play := func(interested, seen bool) []int {
			var stops []stop
			for n, item := range slices.Concat(items, others) {
				at := stop{uint64(n+1) * o.stepMs, item, pack.NoTopic}
				if seen && n >= interest {
					at.seen = topic
				}
				if n < interest && !interested {
					at.item = pack.NoItem
				}
				stops = append(stops, at)
			}
			return s.countTopic(o.visit(core.Context{}, stops)[interest:], topic)
		}
		with, without, shown := play(true, false), play(false, false), play(true, true)
		to, vain := 0, -1
		for n := range with {
			if with[n] > without[n] {
				to = n + 1
			}
			if shown[n] < with[n] && vain < 0 {
				vain = n
			}
		}
		pursued = append(pursued, to)
		if vain >= 0 {
			tired = append(tired, vain)
		}
	}
	t.Pursued, t.TiredAfter = meanOf(pursued), meanOf(tired)
	t.Tired = float64(len(tired)) / float64(max(1, t.Topics))
}

// othersThan returns popular items of other topics, tempoPages of them if there are as many.
func (s *stage) othersThan(topic uint16) (items []uint32) {
	for item := uint32(0); item < s.pack.Items() && len(items) < tempoPages; item++ {
		if !s.pack.Sensitive(item) && s.pack.ItemTopic(item, 0) != topic {
			items = append(items, item)
		}
	}
	return items
}

// countTopic returns how many items of a topic each list has.
func (s *stage) countTopic(lists [][]uint32, topic uint16) []int {
	counts := make([]int, len(lists))
	for n, list := range lists {
		for _, item := range list {
			if s.pack.ItemTopic(item, 0) == topic {
				counts[n]++
			}
		}
	}
	return counts
}

// meanOf returns the mean of numbers, nil where there are none.
func meanOf(numbers []int) *float64 {
	if len(numbers) == 0 {
		return nil
	}
	mean := 0.0
	for _, n := range numbers {
		mean += float64(n) / float64(len(numbers))
	}
	return &mean
}
