package recognition

import (
	"context"
	"fmt"
	"slices"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
)

// shown is what a setting showed on views: of each a list, pack.NoItem in place of what it lacks, and which face it is.
type shown struct {
	setting Setting
	size    int
	items   []uint32
	face    []uint8
	layer   []uint8 // that worked; 0 where nothing was asked
	bits    []uint16
}

// list returns what was shown on a view.
func (s *shown) list(k int) []uint32 {
	list := s.items[k*s.size : (k+1)*s.size]
	for n, item := range list {
		if item == pack.NoItem {
			return list[:n]
		}
	}
	return list
}

// stage plays views to the engine.
type stage struct {
	*views
	walks *walks
	pack  *pack.Pack
	data  []byte // of the pack as it is
	slot  uint8
	size  int
	opt   *Options
	// hitsOfPage are those of layer 1, once it was measured, by session.
	hitsOfPage []sums
}

// host opens the pack with a setting in an engine for one goroutine.
func (s *stage) host(ctx context.Context, data []byte) (*host.Engine, error) {
	how := []host.Option{host.Instances(1)}
	if !s.opt.Wasm {
		how = append(how, host.Native())
	}
	return host.Open(ctx, data, how...)
}

// play shows what a setting shows: on the counted views alone, or, where visits are played as they go, on every view.
func (s *stage) play(ctx context.Context, setting Setting) (*shown, error) {
	data, err := setting.pack(s.data, s.slot)
	if err != nil {
		return nil, err
	}
	n := len(s.all)
	out := &shown{setting, s.size, make([]uint32, n*s.size), make([]uint8, n), make([]uint8, n), make([]uint16, n)}
	for k := range out.items {
		out.items[k] = pack.NoItem
	}
	players, err := s.players(ctx, data, out)
	if err != nil {
		return nil, err
	}
	defer players.close()
	if setting.Visit {
		return out, s.playVisits(ctx, players)
	}
	order := s.byPage(func(at *view) bool { return at.counted })
	return out, s.each(ctx, setting.String(), len(order), func(worker int) (func(k int) error, error) {
		return func(k int) error { return players[worker].alone(ctx, order[k]) }, nil
	})
}

// playVisits plays visits as they go, all of them side by side, view by view: so those of a page stand together.
func (s *stage) playVisits(ctx context.Context, players players) error {
	saved := make([][]byte, len(s.starts)-1)
	done := 0
	for n := int32(0); done < len(s.all); n++ {
		order := s.byPage(func(at *view) bool { return at.n == n })
		what := fmt.Sprintf("%s, view %d", players[0].out.setting, n+1)
		if err := s.each(ctx, what, len(order), func(worker int) (func(k int) error, error) {
			return func(k int) error { return players[worker].goOn(ctx, order[k], saved) }, nil
		}); err != nil {
			return err
		}
		done += len(order)
	}
	return nil
}

// players are one for each worker.
type players []*player

func (s *stage) players(ctx context.Context, data []byte, out *shown) (all players, err error) {
	for range s.opt.workers() {
		p, err := s.player(ctx, data, out)
		if err != nil {
			all.close()
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

func (p players) close() {
	for _, player := range p {
		_ = player.engine.Close(context.Background())
	}
}

// player asks one engine. It is for one goroutine.
type player struct {
	*stage
	out     *shown
	engine  *host.Engine
	session *host.Session
	signals []core.Signal
	stepMs  uint64 // between views: each has settled when the next comes
}

func (s *stage) player(ctx context.Context, data []byte, out *shown) (*player, error) {
	engine, err := s.host(ctx, data)
	if err != nil {
		return nil, err
	}
	return &player{stage: s, out: out, engine: engine, session: engine.NewSession(), stepMs: stepOf(engine.Pack())}, nil
}

// stepOf returns how long a page is viewed, in milliseconds: until what was done on the one before has settled.
func stepOf(p *pack.Pack) uint64 { return uint64(p.Policy().SettleMs) + 1000 }

// alone asks on view k, of a visit that was shown nothing before.
func (p *player) alone(ctx context.Context, k int) error {
	p.session.Reset()
	p.signals = p.signals[:0]
	for _, at := range p.all[k-int(p.all[k].n) : k+1] {
		p.signals = append(p.signals, p.viewing(&at))
	}
	if _, err := p.session.Observe(ctx, p.signals...); err != nil {
		return err
	}
	return p.ask(ctx, k)
}

// goOn plays view k of a visit, whose state before and after is among those that are saved, by the visit's number.
func (p *player) goOn(ctx context.Context, k int, saved [][]byte) (err error) {
	visit, _ := slices.BinarySearch(p.starts, k-int(p.all[k].n))
	p.session.Reset()
	if state := saved[visit]; state != nil {
		if err := p.session.Restore(ctx, state); err != nil {
			return err
		}
	}
	if _, err := p.session.Observe(ctx, p.viewing(&p.all[k])); err != nil {
		return err
	}
	if err := p.ask(ctx, k); err != nil {
		return err
	}
	saved[visit], err = p.session.Save(ctx)
	return err
}

// viewing is the signal of a view. All are as far apart.
func (p *player) viewing(at *view) core.Signal {
	signal := core.NewSignal(core.View, p.now(at))
	signal.Item = at.page
	return signal
}

func (p *player) now(at *view) uint64 { return uint64(at.n+1) * p.stepMs }

func (p *player) ask(ctx context.Context, k int) error {
	at := &p.all[k]
	reply, err := p.session.Suggest(ctx, core.Request{
		NowMs: p.now(at), Slot: p.slot, Size: uint8(p.size), Layer: p.out.setting.Layer, Item: at.page, Topic: pack.NoTopic, Context: p.context(at),
	})
	if err != nil {
		return err
	}
	for n, s := range reply.Suggestions {
		p.out.items[k*p.size+n] = s.Item
	}
	p.out.face[k], p.out.layer[k], p.out.bits[k] = reply.Face, reply.Layer, reply.BitsSpent
	return nil
}
