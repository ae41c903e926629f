package abitest

import (
	"bytes"
	"strconv"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/wasm/abi"
)

// Visitor makes up visits and plays them on a module that runs natively; the calls it made and their answers are what
// other places are compared with.
type Visitor struct {
	// Visit gets each call and its answer, whose reply is valid during the call of Visit.
	Visit func(Call, Answer)

	module *abi.Module
	pack   *pack.Pack

	r     Rand
	nowMs uint64
	page  core.Request // the page and context that requests are made of
	saved []byte
}

// NewVisitor opens a pack. The first call is open's.
func NewVisitor(packBytes []byte, visit func(Call, Answer)) *Visitor {
	p, err := pack.Open(packBytes)
	if err != nil {
		panic(err)
	}
	v := &Visitor{Visit: visit, module: new(abi.Module), pack: p}
	v.do(Writing(Open, packBytes))
	return v
}

// do makes a call, and asks why when it was refused.
func (v *Visitor) do(c Call) Answer {
	a := c.Do(v.module)
	v.Visit(c, a)
	if a.Result < 0 {
		why := Plain(LastError, 0)
		v.Visit(why, why.Do(v.module))
	}
	return a
}

// Play makes up the visit of a seed and plays it.
func (v *Visitor) Play(seed uint64) {
	v.r = Rand(seed)
	v.nowMs = v.r.Uint64() >> 24
	v.saved = v.saved[:0]
	v.do(Plain(Reset, 0))
	v.newContext()
	for range 3 + v.r.N(18) {
		v.step()
	}
	v.do(Plain(Save, 0))
}

func (v *Visitor) step() {
	v.wait()
	if v.r.Chance(4) {
		v.misbehave()
		return
	}
	count := 1
	if v.r.Chance(20) {
		count = 2 + v.r.N(4)
	}
	var signals []core.Signal
	for range count {
		signals = append(signals, v.signal())
	}
	v.do(Writing(Observe, abi.AppendSignals(nil, signals)))
	if v.r.Chance(45) {
		v.do(Writing(Suggest, abi.AppendRequest(nil, v.request())))
	}
	switch v.r.N(22) {
	case 0, 1, 2:
		v.do(Writing(Intent, abi.AppendMoment(nil, v.nowMs)))
	case 3, 4:
		v.saved = bytes.Clone(v.do(Plain(Save, 0)).Reply)
	case 5:
		if len(v.saved) > 0 {
			v.do(Writing(Restore, v.saved))
		}
	}
}

// wait lets time pass: an instant, a glance, a read, a break; now and then the clock runs back.
func (v *Visitor) wait() {
	switch v.r.N(12) {
	case 0:
		v.nowMs -= min(v.nowMs, uint64(v.r.N(10_000)))
	case 1, 2:
		v.nowMs += uint64(v.r.N(100))
	case 3, 4, 5:
		v.nowMs += uint64(v.r.N(8_000))
	case 6:
		v.nowMs += uint64(v.r.N(3 * 3_600_000))
	default:
		v.nowMs += uint64(v.r.N(90_000))
	}
}

func (v *Visitor) newContext() {
	r := &v.r
	maybe := func(first, last pack.Class) pack.Class {
		if r.Chance(25) {
			return 0
		}
		return first + pack.Class(r.N(int(last-first)+1))
	}
	v.page = core.Request{Item: pack.NoItem, Topic: pack.NoTopic, Context: core.Context{
		Daypart: maybe(pack.Night, pack.Evening), Day: maybe(pack.Weekday, pack.Weekend),
		Device: maybe(pack.Phone, pack.Desktop), Region: maybe(pack.Region1, pack.Region8),
		Referrer: maybe(pack.ReferrerNone, pack.ReferrerOther), Language: uint8(r.N(int(v.pack.Languages()) + 1)),
	}}
}

// next returns an item to go to: a neighbour of the page's, or a more or less popular one.
func (v *Visitor) next() uint32 {
	if v.page.Item != pack.NoItem && v.r.Chance(60) {
		row := v.pack.Row(v.page.Item)
		for range v.r.N(12) {
			row.Next()
		}
		if row.Next() {
			return row.Item
		}
	}
	return uint32(v.r.Skewed(int(v.pack.Items())))
}

func (v *Visitor) topic() uint16 {
	if v.pack.Topics() == 0 {
		return pack.NoTopic
	}
	return uint16(v.r.Skewed(int(v.pack.Topics())))
}

func (v *Visitor) signal() core.Signal {
	r := &v.r
	s := core.NewSignal(core.View, v.nowMs)
	switch k := r.N(40); {
	case k < 16:
		s.Item = v.next()
		v.page.Item, v.page.Topic = s.Item, pack.NoTopic
	case k < 18:
		s.Topic = v.topic()
		v.page.Item, v.page.Topic = pack.NoItem, s.Topic
	case k < 19:
		v.page.Item, v.page.Topic = pack.NoItem, pack.NoTopic
	case k < 22:
		s.Kind, s.Value = core.Engaged, uint32(r.N(60_000))
	case k < 25:
		s.Kind, s.Value = core.Scroll, uint32(r.N(101))
	case k < 27:
		s.Kind, s.Text = core.Search, []byte("some Word"+strconv.Itoa(r.N(40))+" or wörd"+strconv.Itoa(r.N(40)))
	case k < 28:
		s.Kind, s.Topic = core.Filter, v.topic()
	case k < 38:
		s.Kind, s.Item = core.BasketAdd+core.SignalKind(r.N(6)), v.next()
		if s.Kind == core.Dismissed && r.Chance(30) {
			s.Item, s.Topic = pack.NoItem, v.topic()
		}
	default:
		s.Kind, s.Topic, s.Value = core.Preference, v.topic(), uint32(r.N(101))
	}
	return s
}

func (v *Visitor) request() core.Request {
	q := v.page
	q.NowMs = v.nowMs
	q.Slot = uint8(v.r.N(int(v.pack.Slots())))
	q.Layer = uint8(1 + v.r.N(3))
	q.Explain, q.Public = v.r.Chance(30), v.r.Chance(20)
	if v.r.Chance(30) {
		q.Size = uint8(v.r.N(pack.MaxSlotSize + 1))
	}
	return q
}

// misbehave makes a call that is wrong, or that is only right by chance.
func (v *Visitor) misbehave() {
	r := &v.r
	message := abi.AppendRequest(nil, v.request())
	export := Suggest
	switch r.N(4) {
	case 0:
		message, export = abi.AppendSignals(nil, []core.Signal{v.signal(), v.signal(), v.signal()}), Observe
	case 1:
		message, export = bytes.Clone(v.saved), Restore
	case 2:
		message, export = abi.AppendMoment(nil, v.nowMs), Intent
	}
	c := Writing(export, message)
	switch r.N(6) {
	case 0:
		c.Arg += uint32(1 + r.N(100))
	case 1:
		c.Arg = uint32(r.N(len(message) + 1))
	case 2:
		c.Arg = uint32(r.Uint64()) | 1<<31
	case 3:
		c = Plain(Reserve, uint32(1<<16+r.N(1<<30)))
	case 4:
		c = Plain(Open, 0)
	default:
		if len(message) > 0 {
			message[r.N(len(message))] ^= byte(1 << r.N(8))
		}
	}
	v.do(c)
}
