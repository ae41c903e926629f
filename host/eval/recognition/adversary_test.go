package recognition

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
)

// planted is an engine that shows a list by the page and the item viewed before it.
type planted func(page, before uint32) []uint32

func (p planted) list(page uint32, _ core.Context, before ...uint32) []uint32 {
	if len(before) == 0 {
		return p(page, page)
	}
	return p(page, before[len(before)-1])
}

func (planted) lists(uint32, core.Context) [][]uint32 { return nil }

// shows plays the views to an engine, which may also know the view.
func (s *stage) shows(engine func(k int, page, before uint32) []uint32) *shown {
	lists := &shown{setting: Setting{Layer: 3}, size: s.size, items: make([]uint32, len(s.all)*s.size)}
	for k, at := range s.all {
		copy(lists.items[k*s.size:], engine(k, at.page, at.before))
	}
	return lists
}

const planters = 30

func plantedStage(t *testing.T) *stage {
	s, err := newStage(shop(t, planters), walkers(3000, planters), &Options{Slot: "related", Size: 2})
	require.NoError(t, err)
	return s
}

// An engine that says what was viewed gives all of it away, and the adversary finds it all.
func TestAdversaryFindsAllThatIsThere(t *testing.T) {
	s := plantedStage(t)
	tells := planted(func(page, before uint32) []uint32 {
		return []uint32{(before*7 + 11) % planters, (page + 1) % planters}
	})
	lists := s.shows(func(_ int, page, before uint32) []uint32 { return tells(page, before) })
	l, err := s.adversary().attack(context.Background(), lists, func() (simulator, error) { return tells, nil })
	require.NoError(t, err)
	t.Logf("%+v", *l.Before)
	assert.Greater(t, l.Before.Unknown, 2.0)
	assert.InDelta(t, l.Before.Unknown, l.Before.Net.Value, 0.03*l.Before.Unknown)
	assert.Greater(t, l.Before.Certain, 0.97)
	assert.Less(t, l.Before.CertainWithout, 0.5)
	assert.Greater(t, l.Earlier.Net.Value, 0.3)
	assert.Nil(t, l.Topic)
}

// One that says whether its number is even gives away a bit.
func TestAdversaryFindsABit(t *testing.T) {
	s := plantedStage(t)
	tells := planted(func(page, before uint32) []uint32 {
		return []uint32{(page + 1 + before%2) % planters, (page + 2 - before%2) % planters}
	})
	lists := s.shows(func(_ int, page, before uint32) []uint32 { return tells(page, before) })
	l, err := s.adversary().attack(context.Background(), lists, func() (simulator, error) { return tells, nil })
	require.NoError(t, err)
	t.Logf("%+v", *l.Before)
	assert.InDelta(t, 0.95, l.Before.Net.Value, 0.1)
}

// Lists that are drawn by lot tell nothing, whatever the adversary thinks that they tell.
func TestAdversaryFindsNothingWhereNothingIs(t *testing.T) {
	s := plantedStage(t)
	lots := func(k int, page uint32) []uint32 {
		random := rand.New(rand.NewPCG(uint64(k), uint64(page)))
		return []uint32{(page + 1 + random.Uint32N(14)) % planters, (page + 15 + random.Uint32N(14)) % planters}
	}
	lists := s.shows(func(k int, page, _ uint32) []uint32 { return lots(k, page) })
	thinks := planted(func(page, before uint32) []uint32 { return lots(int(before), page) })
	l, err := s.adversary().attack(context.Background(), lists, func() (simulator, error) { return thinks, nil })
	require.NoError(t, err)
	t.Logf("%+v", *l.Before)
	assert.InDelta(t, 0, l.Before.Net.Value, 0.03)
	assert.InDelta(t, l.Before.CertainWithout, l.Before.Certain, 0.01)
}

func TestAudit(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: seconds of training")
	}
	ctx, data, v := context.Background(), shop(t, 40), walkers(500, 40)
	r, err := Audit(ctx, data, v, Options{Slot: "related", Size: 4})
	require.NoError(t, err)
	assert.Equal(t, 250, r.Sessions)
	assert.Equal(t, 250, r.Studied, "the other half")

	one := r.Of(Setting{Layer: 2, Faces: 1})
	assert.InDelta(t, 0, one.Leaks.Before.Net.Value, 1e-6, "one list for everybody")
	assert.InDelta(t, 0, one.Leaks.Earlier.Net.Value, 1e-6)
	assert.InDelta(t, 0, r.Of(Setting{Layer: 2, Faces: 1, Visit: true}).Visits.Net.Value, 1e-6)
	eight, three := r.Of(r.Alone()), r.Of(Setting{Layer: 3, Repeats: true})
	for _, l := range []*Leak{eight.Leaks.Before, three.Leaks.Before, three.Visits} {
		assert.LessOrEqual(t, l.Net.Interval[0], l.Net.Value)
		assert.GreaterOrEqual(t, l.Net.Interval[1], l.Net.Value)
	}
	assert.Less(t, eight.Leaks.Before.Net.Value, 3.0, "the bound")
	assert.Greater(t, three.Leaks.Before.Net.Value, 2*eight.Leaks.Before.Net.Value)
	assert.Greater(t, three.Leaks.Before.Certain, 0.5, "what was viewed stands in the list")
	assert.Greater(t, three.Lists.Echo.Value, 0.3)
	assert.Nil(t, r.Of(Setting{Layer: 1}).Leaks)
	assert.Nil(t, r.Of(Setting{Layer: 5}))
}

// Whatever the number of workers, the adversary comes to the same.
func TestAdversaryIsDeterministic(t *testing.T) {
	ctx := context.Background()
	var all []*Leaks
	var visits []*Leak
	for _, workers := range []int{1, 3} {
		s, err := newStage(shop(t, 20), walkers(200, 20), &Options{Slot: "related", Workers: workers})
		require.NoError(t, err)
		a := s.adversary()
		m, err := s.measure(ctx, Setting{Layer: 3}, a)
		require.NoError(t, err)
		all, visits = append(all, m.Leaks), append(visits, m.Visits)
	}
	assert.Equal(t, all[0], all[1])
	assert.Equal(t, visits[0], visits[1])
}

func TestKept(t *testing.T) {
	gains := func(s Setting, gain, from float64) Measured {
		return Measured{Setting: s, Relevance: Relevance{Gain: Figure{gain, [2]float64{from, 1}}}}
	}
	two := Setting{Layer: 2, Faces: 8}
	r := &Report{Settings: []Measured{gains(two, 0.125, -1), gains(Setting{Layer: 3}, 0.25, 0.01)}}
	kept, ok := r.Kept(two)
	assert.True(t, ok)
	assert.Equal(t, 0.5, kept)
	r.Settings[1] = gains(Setting{Layer: 3}, 0.25, -0.01)
	_, ok = r.Kept(two)
	assert.False(t, ok, "what the visit adds may be chance")
	_, ok = new(Report).Kept(two)
	assert.False(t, ok)
}
