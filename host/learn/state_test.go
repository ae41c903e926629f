package learn

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
)

// saved learns, and returns the state too.
func saved(t require.TestingT, v *Visits, p Params) (*Learned, []byte) { return savedOf(t, v, p, nil) }

// savedOf learns, with topics where there are any, and returns the state too.
func savedOf(t require.TestingT, v *Visits, p Params, topics *Topics) (*Learned, []byte) {
	var state bytes.Buffer
	l, err := Learn(context.Background(), v, p, Options{Save: &state, Topics: topics})
	require.NoError(t, err)
	return l, state.Bytes()
}

// dayByDay learns from the first of days, and adds the others to its state.
func dayByDay(t require.TestingT, days []*Visits, p Params, topics *Topics) (got *Learned, state []byte) {
	for k, day := range days {
		if k > 0 {
			day = after(stateOf(t, state), day)
		}
		got, state = savedOf(t, day, p, topics)
	}
	return got, state
}

func stateOf(t require.TestingT, data []byte) *State {
	s, err := ReadState(bytes.NewReader(data), int64(len(data)), "s")
	require.NoError(t, err)
	require.NoError(t, s.Check())
	return s
}

// drawDays returns visits that are spread over days, and the same day by day.
func drawDays(t *rapid.T) (all *Visits, days []*Visits) {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	all = drawVisits(r, rapid.IntRange(1, 200).Draw(t, "sessions"), rapid.IntRange(1, 25).Draw(t, "items"))
	at := int64(1_700_000_000)
	days = []*Visits{{}}
	for k := range all.lastS {
		if at += int64(r.IntN(40_000)); k > 0 && r.IntN(20) == 0 {
			at++
			days = append(days, &Visits{})
		}
		all.lastS[k] = at
		days[len(days)-1].AddFrom(all, k)
	}
	return all, days
}

// after returns the sessions of o as those that come after a state.
func after(s *State, o *Visits) *Visits {
	v := s.Visits()
	for k := range o.Sessions() {
		v.AddFrom(o, k)
	}
	return v
}

func drawParams(t *rapid.T, halfLives ...float64) Params {
	p := DefaultParams()
	p.MinSessions = rapid.IntRange(1, 6).Draw(t, "least")
	p.MaxLength = rapid.IntRange(2, 9).Draw(t, "length")
	p.HalfLifeDays = rapid.SampledFrom(halfLives).Draw(t, "half-life")
	p.LinearShare = rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "share")
	return p
}

// TestUpdate shows that what is learnt day by day is what is learnt at once, to the last bit, and so is the state.
func TestUpdate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all, days := drawDays(t)
		p := drawParams(t, 0, 30, 365)
		p.MaxLength = 8 // so that every event counts, and items have the same numbers
		want, wantState := saved(t, all, p)
		got, state := dayByDay(t, days, p, nil)
		require.Equal(t, want, got)
		require.Equal(t, wantState, state)

		again, err := Learn(context.Background(), stateOf(t, state).Visits(), p, Options{})
		require.NoError(t, err)
		require.Equal(t, want, again, "released again")

		var alone bytes.Buffer
		l, err := Save(context.Background(), all, p, Options{Save: &alone})
		require.NoError(t, err)
		require.Equal(t, wantState, alone.Bytes())
		require.Equal(t, &Learned{Sessions: want.Sessions, Events: want.Events, Last: want.Last, Params: p}, l)
	})
}

// TestUpdateOfShort shows that it is the same, but for rounding, where items are named that do not count yet.
func TestUpdateOfShort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all, days := drawDays(t)
		p := drawParams(t, 0, 30, 365)
		p.Neighbours = pack.MaxNeighbours
		want, err := Learn(context.Background(), all, p, Options{})
		require.NoError(t, err)
		got, _ := dayByDay(t, days, p, nil)
		requireAlike(t, want, got)
	})
}

// requireAlike compares what was learnt, but for the order of what is equal, and rounding.
func requireAlike(t require.TestingT, want, got *Learned) {
	require.Equal(t, want.Sessions, got.Sessions)
	require.Equal(t, want.Events, got.Events)
	require.Equal(t, want.Last, got.Last)
	require.Len(t, got.Items, len(want.Items))
	w, g := weightsOf(want), weightsOf(got)
	require.Len(t, g, len(w))
	for pair, weight := range w {
		require.InEpsilon(t, weight, g[pair], 1e-9, pair)
	}
}

// weightsOf returns what each row says of each of its neighbours, and, for itself, how many sessions have met each item.
func weightsOf(l *Learned) map[string]float64 {
	w := map[string]float64{}
	for _, it := range l.Items {
		w[it.ID] = float64(it.Sessions)
		for _, n := range it.Row {
			w[it.ID+" "+l.Items[n.Item].ID] = n.Weight
		}
	}
	return w
}

// TestForgetting shows that a state holds nothing that weighs too little to count, and that nobody is learnt of who was not there.
func TestForgetting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all, days := drawDays(t)
		p := drawParams(t, 0.5, 2)
		p.Neighbours, p.LinearShare = pack.MaxNeighbours, 0
		want, err := Learn(context.Background(), all, p, Options{})
		require.NoError(t, err)
		got, state := dayByDay(t, days, p, nil)
		w := weightsOf(want)
		for pair := range weightsOf(got) {
			require.Contains(t, w, pair)
		}
		s := stateOf(t, state)
		by := newWorker(context.Background(), s.Visits(), Options{}, 1)
		a, err := newAggregate(by, s.Visits(), &p)
		require.NoError(t, err)
		require.NoError(t, a.each(by, func(i uint32, found []pair) error {
			require.GreaterOrEqual(t, a.tallies[i].weight, forgotten*a.fresh())
			for k := range found {
				require.GreaterOrEqual(t, found[k].whole, forgotten*a.fresh())
			}
			return nil
		}))
	})
}

func TestForgottenItems(t *testing.T) {
	p := DefaultParams()
	p.MinSessions, p.HalfLifeDays = 1, 1
	_, state := saved(t, visitsOf("ab", "ab", "bc"), p)
	later := &Visits{}
	later.Add([]string{"c", "d"}, 12*86_400) // ten and eleven half-lives later
	l, state := saved(t, after(stateOf(t, state), later), p)
	require.Len(t, l.Items, 4, "what is learnt of is not forgotten yet")
	s := stateOf(t, state)
	assert.Equal(t, []string{"b", "c", "d"}, s.ids)
	assert.Equal(t, 4, s.Sessions())
	_, again := saved(t, s.Visits(), p)
	assert.Equal(t, state, again)
}

func TestStateRefuses(t *testing.T) {
	p := DefaultParams()
	_, state := saved(t, visitsOf("ab", "abc", "ca"), p)
	change := func(at int, b byte) []byte {
		changed := bytes.Clone(state)
		changed[at] = b
		return changed
	}
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"nothing", nil, "state s: this is no state of nabij learn"},
		{"another file", []byte("session_id,item_id,unix_time_s\n"), "state s: this is no state of nabij learn"},
		{"the mark alone", state[:8], "state s: the file is not whole"},
		{"another version", change(8, 2), "state s: version 2, and this nabij reads version 1; take the nabij that wrote it, or learn again from the logs"},
		{"no head", state[:10], "state s: the file is not whole"},
		{"half of it", state[:len(state)/2], "state s: the file is not whole"},
		{"a byte too few", state[:len(state)-1], "state s: the file is not whole"},
		{"a byte too many", append(bytes.Clone(state), 0), "state s: block at byte 576: it is the end, and something follows it"},
		{"a flipped bit", change(100, state[100]^1), "state s: block at byte 10: it is damaged: its checksum is another"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, err := ReadState(bytes.NewReader(test.data), int64(len(test.data)), "s")
			if err == nil {
				err = s.Check()
			}
			require.EqualError(t, err, test.want)
			require.ErrorIs(t, err, errState)
		})
	}
	for at := range state { // a bit anywhere, and an end anywhere
		for _, data := range [][]byte{change(at, state[at]^0x10), state[:at]} {
			s, err := ReadState(bytes.NewReader(data), int64(len(data)), "s")
			if err == nil {
				_, err = Learn(context.Background(), s.Visits(), p, Options{})
			}
			require.ErrorIs(t, err, errState, "%d", at)
		}
	}
}

func TestStateParams(t *testing.T) {
	p := DefaultParams()
	_, state := saved(t, visitsOf("ab", "abc", "ca"), p)
	for name, change := range map[string]func(p *Params){
		"max_length":               func(p *Params) { p.MaxLength = 20 },
		"half_life_days":           func(p *Params) { p.HalfLifeDays = 30 },
		"together.reach":           func(p *Params) { p.Together.Reach = 3 },
		"together.length_exponent": func(p *Params) { p.Together.LengthExponent = 0 },
		"linear.decay":             func(p *Params) { p.Linear.Decay = 2 },
	} {
		other := p
		change(&other)
		_, err := Learn(context.Background(), stateOf(t, state).Visits(), other, Options{})
		assert.ErrorIs(t, err, errState)
		assert.ErrorContains(t, err, "state s: "+name+": its sums were made with ")
	}
	// All others are free: what comes of it is what the sessions give.
	free := Params{
		MinSessions: 1, Neighbours: 2, MaxLength: p.MaxLength, LinearShare: 0.3, Visit: p.Visit,
		Together: Together{Reach: p.Together.Reach, Backward: 0.1, Own: 0.2, LengthExponent: p.Together.LengthExponent, SourceExponent: 1, TargetExponent: 0.1},
		Linear:   Linear{Alpha: 0.3, Ridge: 1, Decay: p.Linear.Decay},
	}
	want, err := Learn(context.Background(), visitsOf("ab", "abc", "ca"), free, Options{})
	require.NoError(t, err)
	got, err := Learn(context.Background(), stateOf(t, state).Visits(), free, Options{})
	require.NoError(t, err)
	assert.Equal(t, want, got)
}

func TestReadAfterState(t *testing.T) {
	_, state := saved(t, visitsOf("ab", "bc"), DefaultParams()) // until second 86,400
	name := logOf(t, "log", "session_id,item_id,unix_time_s\n1,b,86401\n1,d,86402\n")
	v, _, err := Read(context.Background(), []string{name}, ReadOptions{Now: now, Before: stateOf(t, state)})
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b", "c", "d"}, v.Items())
	assert.Equal(t, []string{"b d"}, sessionsOf(v))
	l, _ := saved(t, v, DefaultParams())
	assert.Equal(t, 3, l.Sessions)
	assert.Equal(t, 6, l.Events)

	name = logOf(t, "log", "session_id,item_id,unix_time_s\n1,b,86401\n2,b,86400\n")
	_, _, err = Read(context.Background(), []string{name}, ReadOptions{Now: now, Before: stateOf(t, state)})
	assert.EqualError(t, err, "log "+name+":3: the event of 1970-01-02 00:00:00 is not later than the latest session of s, 1970-01-02 00:00:00: "+
		"this log was added already, or some of it; want events after that alone")
}

// failing fails once so many bytes were written, as a full disk does.
type failing struct{ left int }

var errFull = errors.New("no space left on device")

func (f *failing) Write(p []byte) (int, error) {
	if len(p) > f.left {
		n := f.left
		f.left = 0
		return n, errFull
	}
	f.left -= len(p)
	return len(p), nil
}

// TestSaveFails shows that a state that cannot be written is an error, wherever it ends.
func TestSaveFails(t *testing.T) {
	v := visitsOf("ab", "abc", "ca")
	_, state := saved(t, v, DefaultParams())
	for room := range state {
		_, err := Learn(context.Background(), v, DefaultParams(), Options{Save: &failing{room}})
		require.ErrorIs(t, err, errFull, "%d", room)
	}
	_, err := Learn(context.Background(), v, DefaultParams(), Options{Save: &failing{len(state)}})
	require.NoError(t, err)
}

// TestStateReadFails shows that an error of the file itself is told as such.
func TestStateReadFails(t *testing.T) {
	_, state := saved(t, visitsOf("ab", "abc", "ca"), DefaultParams())
	for at := range state {
		s, err := ReadState(ending{bytes.NewReader(state), int64(at)}, int64(len(state)), "s")
		if err == nil {
			err = s.Check()
		}
		require.ErrorIs(t, err, errUnreadable, "%d", at)
		require.ErrorIs(t, err, errState)
	}
}

// ending cannot be read from a place on.
type ending struct {
	io.ReaderAt
	at int64
}

var errUnreadable = errors.New("input/output error")

func (e ending) ReadAt(p []byte, at int64) (int, error) {
	n, err := e.ReaderAt.ReadAt(p[:max(min(int64(len(p)), e.at-at), 0)], at)
	if n < len(p) && err == nil {
		err = errUnreadable
	}
	return n, err
}

// TestStateOfManyBlocks reads and updates a state whose items and pairs fill more than one block.
func TestStateOfManyBlocks(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	v, first, second := &Visits{}, &Visits{}, &Visits{}
	for k := range 12_000 {
		items := make([]string, 2+r.IntN(12))
		for e := range items {
			items[e] = strings.Repeat("long", 30) + string(rune('a'+r.IntN(20))) + string(rune(0x4e00+r.IntN(400)))
		}
		v.Add(items, int64(k)*10)
		if k < 9_000 {
			first.Add(items, int64(k)*10)
		} else {
			second.Add(items, int64(k)*10)
		}
	}
	p := DefaultParams()
	want, wantState := saved(t, v, p)
	require.Greater(t, len(wantState), 3*fullBlock)
	_, state := saved(t, first, p)
	got, state := saved(t, after(stateOf(t, state), second), p)
	require.True(t, bytes.Equal(wantState, state))
	require.Equal(t, want, got)
}
