package learn

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
)

// shopTopics are topics of items 0 to 24, but for some that have none.
func shopTopics() *Topics {
	paths := []string{"A", "A>B", "A>B>C", "D", "D>E", "F"}
	var items []string
	for k := range 25 {
		if k%7 != 6 {
			items = append(items, fmt.Sprint(k, "=", paths[k%len(paths)]))
		}
	}
	return topicsOf(items...)
}

// TestUpdateTopics shows that what is learnt of topics day by day is what is learnt at once, and so is the state.
func TestUpdateTopics(t *testing.T) {
	topics := shopTopics()
	check := func(t require.TestingT, all *Visits, days []*Visits, p Params) *Learned {
		want, wantState := savedOf(t, all, p, topics)
		got, state := dayByDay(t, days, p, topics)
		require.Equal(t, want, got)
		require.Equal(t, wantState, state)

		// A release that has no catalogue tells nothing of topics, and keeps them.
		l, again := saved(t, stateOf(t, state).Visits(), p)
		require.Empty(t, l.Priors)
		require.Empty(t, l.Topics)
		require.Equal(t, state, again)
		return got
	}
	rapid.Check(t, func(t *rapid.T) {
		all, days := drawDays(t)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "contexts"), 0))
		n := 0
		for _, day := range days {
			for k := range day.in {
				items, _ := day.Session(k) // in which contexts others go on differently
				day.in[k] = Context{Daypart: pack.Night + pack.Class(items[0]%4), Device: pack.Class(r.IntN(2)) * pack.Phone}
				all.in[n] = day.in[k]
				n++
			}
		}
		p := drawParams(t, 0, 30)
		p.MaxLength = 8
		check(t, all, days, p)
	})

	habit := &Visits{} // of going from one topic to the next in the morning, and back in the evening
	for k := range 400 {
		items, in := []string{"0", "3"}, Context{Daypart: pack.Morning}
		if k%2 == 1 {
			items, in = []string{"5", "0"}, Context{Daypart: pack.Evening}
		}
		habit.AddIn(items, 1_700_000_000+int64(1_000*k), in)
	}
	first, second := habit.Split(0.5)
	got := check(t, habit, []*Visits{first, second}, DefaultParams())
	assert.NotEmpty(t, got.Priors)
	assert.NotEmpty(t, got.Topics)
}

// TestTopicsThatGo shows that of topics that the catalogue has no more nothing is told, and that they are told again once it has.
func TestTopicsThatGo(t *testing.T) {
	p := DefaultParams()
	p.MinSessions = 1
	with, without := topicsOf("a=A", "b=B", "c=C"), topicsOf("a=A", "c=C")
	want, state := savedOf(t, visitsOf("ab", "ba", "ac"), p, with)
	require.Equal(t, []string{"A", "B"}, []string{want.Topics[0].Path[0], want.Topics[1].Path[0]})
	l, state := savedOf(t, stateOf(t, state).Visits(), p, without)
	require.Len(t, l.Topics, 1)
	assert.Equal(t, []NextTopic{{[]string{"C"}, 1}}, l.Topics[0].Next)
	assert.Equal(t, 3, stateOf(t, state).Topics())
	l, _ = savedOf(t, stateOf(t, state).Visits(), p, with)
	assert.Equal(t, want.Topics, l.Topics)
}

// TestPriorsWithoutTopicsThatGo shows that topics that the catalogue has no more say nothing of the others: priors are as if they had never
// been met, however many sessions met them at all hours alike.
func TestPriorsWithoutTopicsThatGo(t *testing.T) {
	p := DefaultParams()
	v, left := &Visits{}, &Visits{} // all, and those that met what is there still
	add := func(in Context, items ...string) {
		at := 1_700_000_000 + int64(1_000*v.Sessions())
		v.AddIn(items, at, in)
		if items[0] < "g" {
			left.AddIn(items, at, in)
		}
	}
	morning, evening := Context{Daypart: pack.Morning}, Context{Daypart: pack.Evening}
	for k := range 30 {
		add(morning, "a", "b")
		add(evening, "c", "d")
		if k%3 == 0 { // some the other way round
			add(evening, "a", "b")
			add(morning, "c", "d")
		}
	}
	for k := range 300 {
		gone := string(rune('g' + k%10))
		add(morning, gone, gone+"2")
		add(evening, gone, gone+"2")
		add(evening, gone) // mostly in the evening
	}
	now := []string{"a=A", "b=A>B", "c=C", "d=C>D"}
	once := slices.Clone(now)
	for gone := 'g'; gone < 'g'+10; gone++ {
		once = append(once, fmt.Sprintf("%c=%c", gone, gone-'a'+'A'), fmt.Sprintf("%c2=%c>Old", gone, gone-'a'+'A'))
	}
	_, state := savedOf(t, v, p, topicsOf(once...))
	got, _ := savedOf(t, stateOf(t, state).Visits(), p, topicsOf(now...))
	want, err := Learn(context.Background(), left, p, Options{Topics: topicsOf(now...)})
	require.NoError(t, err)
	require.NotEmpty(t, want.Priors)
	assert.Equal(t, want.Priors, got.Priors)
}
