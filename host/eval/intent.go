package eval

import (
	"context"
	"slices"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/learn"
)

// Intents tell how well the engine knows what visits are about: before each next item that has a topic, it is asked for the visit's
// intent, on a page about nothing, so that what was viewed last has settled.
type Intents struct {
	Sessions    int `json:"sessions"`
	Predictions int `json:"predictions"`
	// Top and Top3 are the shares of next items whose topic is the intent's first, and among its first three.
	Top  Share `json:"top"`
	Top3 Share `json:"top_3"`
	// Last and Last3 are the same of the topic of the item viewed last, and of the last three topics that differ: what is known without an intent.
	Last  Share `json:"last"`
	Last3 Share `json:"last_3"`
	// TopGain is Top less Last, and Gain Top3 less Last.
	TopGain Change `json:"top_gain"`
	Gain    Change `json:"gain"`
	// Modes are the shares of predictions of which the intent's mode is which, by name.
	Modes map[string]float64 `json:"modes"`
}

// Share is a share with what 95 % of other sessions of the kind would give.
type Share struct {
	Share    float64    `json:"share"`
	Interval [2]float64 `json:"interval"`
}

// intentTopics is how many topics of an intent count.
const intentTopics = 3

// guess is what was known of a next item's topic.
type guess struct {
	session int32
	// place is where the topic stands among those of the intent, and last among those of the items viewed last, from 1; 0 is nowhere.
	place, last uint8
	mode        core.Mode
	confidence  uint8
	kind        pack.Kind
}

// Intent plays sessions to the engine and tells how well it knows what they are about; nil where there is no topic to know. Of the
// options, Wasm and Progress count.
func Intent(ctx context.Context, packBytes []byte, v *learn.Visits, opt Options) (*Intents, error) {
	var guesses []guess
	err := playIntents(ctx, packBytes, v, opt, func(g guess) { guesses = append(guesses, g) })
	if err != nil || len(guesses) == 0 {
		return nil, err
	}
	return intentsOf(guesses), nil
}

// playIntents calls each with what is known before each next item that has a topic, in the order of the sessions.
func playIntents(ctx context.Context, packBytes []byte, v *learn.Visits, opt Options, each func(guess)) error {
	opt.Workers = 1
	engine, err := open(ctx, packBytes, opt)
	if err != nil {
		return err
	}
	defer engine.Close(context.WithoutCancel(ctx))
	a, err := newAsking(engine, v, opt)
	if err != nil || engine.Pack().Topics() == 0 {
		return err
	}
	p := newPlayer(a)
	for k := range v.Sessions() {
		if opt.Progress != nil {
			opt.Progress(k, v.Sessions())
		}
		if err := p.playIntent(ctx, k, each); err != nil {
			return err
		}
	}
	return nil
}

// playIntent calls each before each next item of session k that has a topic.
func (p *player) playIntent(ctx context.Context, k int, each func(guess)) error {
	events, _ := p.visits.Session(k)
	p.visit.Reset()
	now := uint64(0)
	var last []uint16 // topics, the newest first
	for n := 1; n < len(events); n++ {
		item := p.items[events[n-1]]
		now += p.stepMs
		if err := p.see(ctx, now, item); err != nil {
			return err
		}
		if topic := topicOf(p.engine, item); topic != pack.NoTopic {
			last = slices.Insert(slices.DeleteFunc(last, func(t uint16) bool { return t == topic }), 0, topic)
		}
		next := p.items[events[n]]
		topic := topicOf(p.engine, next)
		if topic == pack.NoTopic {
			continue
		}
		in, err := p.intent(ctx, now)
		if err != nil {
			return err
		}
		g := guess{session: int32(k), mode: in.Mode, confidence: in.Confidence, kind: p.engine.Pack().Kind(next)}
		g.last = uint8(1 + slices.Index(last[:min(len(last), intentTopics)], topic))
		for i, t := range in.Topics[:in.TopicCount] {
			if t.Topic == topic {
				g.place = uint8(1 + i)
			}
		}
		each(g)
	}
	return nil
}

// intent returns the visit's intent on a page about nothing, opened after it.
func (p *player) intent(ctx context.Context, now uint64) (core.Intent, error) {
	saved, err := p.visit.Save(ctx)
	if err != nil {
		return core.Intent{}, err
	}
	if err := p.page.Restore(ctx, saved); err != nil {
		return core.Intent{}, err
	}
	now += p.stepMs
	if _, err := p.page.Observe(ctx, core.NewSignal(core.View, now)); err != nil {
		return core.Intent{}, err
	}
	return p.page.Intent(ctx, now)
}

// topicOf returns an item's most telling topic.
func topicOf(engine *host.Engine, item uint32) uint16 {
	if item == pack.NoItem {
		return pack.NoTopic
	}
	return engine.Pack().ItemTopic(item, 0)
}

// guessed adds guesses up.
type guessed struct{ n, top, top3, last, last3 float64 }

func (t *guessed) add(g guess) {
	t.n++
	count := func(sum *float64, place, most uint8) {
		if place > 0 && place <= most {
			*sum++
		}
	}
	count(&t.top, g.place, 1)
	count(&t.top3, g.place, intentTopics)
	count(&t.last, g.last, 1)
	count(&t.last3, g.last, intentTopics)
}

// shares returns the four shares, and the two gains.
func (t *guessed) shares() [6]float64 {
	return [6]float64{t.top / t.n, t.top3 / t.n, t.last / t.n, t.last3 / t.n, (t.top - t.last) / t.n, (t.top3 - t.last) / t.n}
}

// intentsOf adds guesses up, which stand session by session.
func intentsOf(guesses []guess) *Intents {
	in := &Intents{Predictions: len(guesses), Modes: map[string]float64{}}
	var all guessed
	var sessions []guessed
	for k, g := range guesses {
		if k == 0 || g.session != guesses[k-1].session {
			sessions = append(sessions, guessed{})
		}
		sessions[len(sessions)-1].add(g)
		all.add(g)
		in.Modes[g.mode.String()] += 1 / float64(len(guesses))
	}
	in.Sessions = len(sessions)
	var drawn [6][]float64
	Resample(len(sessions), uint64(len(guesses)), func(sample []int32) {
		var t guessed
		for _, k := range sample {
			s := &sessions[k]
			t = guessed{t.n + s.n, t.top + s.top, t.top3 + s.top3, t.last + s.last, t.last3 + s.last3}
		}
		for k, share := range t.shares() {
			drawn[k] = append(drawn[k], share)
		}
	})
	shares := all.shares()
	for k, to := range []*Share{&in.Top, &in.Top3, &in.Last, &in.Last3} {
		*to = Share{shares[k], Interval(drawn[k])}
	}
	for k, to := range []*Change{&in.TopGain, &in.Gain} {
		*to = change(shares[4+k], drawn[4+k])
	}
	return in
}
