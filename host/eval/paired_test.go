package eval

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/learn"
)

func TestPair(t *testing.T) {
	const first, third, miss = asked | 1, asked | 3, asked
	a, b := evaluationOf(first, first, third, miss, 0), evaluationOf(third, first, first, first, 0)
	b.visits = a.visits
	p, err := Pair(a.result(nil), b.result(nil))
	require.NoError(t, err)
	assert.Equal(t, []int{4, 1, 2, 1}, []int{p.Predictions, p.Wins, p.Losses, p.Ties})
	assert.Equal(t, -0.25, p.At[0].HitRate.Difference)
	assert.InDelta(t, (2+1.0/3)/4-(3+1.0/3)/4, p.At[0].MRR.Difference, 1e-12)
	assert.False(t, p.At[0].HitRate.Clear, "one of four decides nothing")

	// What is better in every session is better in every sample.
	all, none := make([]outcome, 50), make([]outcome, 50)
	for k := range all {
		all[k], none[k] = first, miss
	}
	a, b = evaluationOf(all...), evaluationOf(none...)
	b.visits = a.visits
	p, err = Pair(a.result(nil), b.result(nil))
	require.NoError(t, err)
	assert.Equal(t, Change{1, [2]float64{1, 1}, true}, p.At[0].HitRate)
}

// TestPairing: what makes sessions easy or hard for both does not blur the difference. Of 400 sessions the first finds half, the other a
// tenth of all fewer: the standard error of a share of a tenth is 0.015, that of the difference of two samples would be 0.035.
func TestPairing(t *testing.T) {
	one, two := make([]outcome, 400), make([]outcome, 400)
	for k := range one {
		one[k], two[k] = asked, asked
		if k%2 == 0 {
			one[k] |= 1
		}
		if k%2 == 0 && k%10 != 0 {
			two[k] |= 1
		}
	}
	a, b := evaluationOf(one...), evaluationOf(two...)
	b.visits = a.visits
	p, err := Pair(a.result(nil), b.result(nil))
	require.NoError(t, err)
	change := p.At[0].HitRate
	assert.InDelta(t, 0.1, change.Difference, 1e-12)
	assert.InDelta(t, 0.1-1.96*0.015, change.Interval[0], 0.008)
	assert.InDelta(t, 0.1+1.96*0.015, change.Interval[1], 0.008)
	assert.True(t, change.Clear)
}

// TestPairOfPacks: a pack is as good as itself, and what one gains the other loses.
func TestPairOfPacks(t *testing.T) {
	train, test := drawn(600).Split(0.2)
	data := shopping(t, train)
	of := func(layer uint8) *Result {
		r, err := Pack(context.Background(), data, test, Options{Layer: layer})
		require.NoError(t, err)
		r.Layer = 3 // as if it were another pack
		return r
	}
	a, b := of(3), of(1)
	same, err := Pair(a, of(3))
	require.NoError(t, err)
	assert.Equal(t, same.Predictions, same.Ties)
	for _, at := range same.At {
		assert.Equal(t, Change{}, at.MRR)
	}
	gain, err := Pair(a, b)
	require.NoError(t, err)
	loss, err := Pair(b, a)
	require.NoError(t, err)
	assert.Equal(t, []int{gain.Wins, gain.Losses, gain.Ties}, []int{loss.Losses, loss.Wins, loss.Ties})
	assert.Equal(t, gain.Predictions, gain.Wins+gain.Losses+gain.Ties)
	for k := range Cutoffs {
		d, e := gain.At[k].MRR, loss.At[k].MRR
		assert.Equal(t, -d.Difference, e.Difference)
		assert.True(t, d.Clear && d.Difference > 0 && d.Difference > d.Interval[0] && d.Difference < d.Interval[1], d)
	}
}

func TestPairRefuses(t *testing.T) {
	v, of := visitsOf("ab", "bc"), func(v *learn.Visits, opt Options) *Result {
		r, err := Pack(context.Background(), chain(t), v, opt)
		require.NoError(t, err)
		return r
	}
	r := of(v, Options{})
	once := *r
	once.Repeats = false
	nothing := of(visitsOf("a"), Options{})
	for _, test := range []struct {
		name     string
		r, other *Result
		want     string
	}{
		{"visits", r, of(visitsOf("ab", "bc"), Options{}), "eval: the two were evaluated on other visits"},
		{"slot", r, of(v, Options{Slot: "related"}), `eval: slot "continue" of one cannot be compared with slot "related" of the other`},
		{"repeats", r, &once, `eval: slot "continue" welcomes repeats in the first pack and not in the other, so they are asked about other items`},
		{"repeats of the other", &once, r, `eval: slot "continue" welcomes repeats in the other pack and not in the first, so they are asked about other items`},
		{"layer", r, of(v, Options{Layer: 2}), "eval: layer 3 of one cannot be compared with layer 2 of the other; ask both for layer 2"},
		{"size", r, of(v, Options{Size: 6}), "eval: lists of 20 items of one cannot be compared with lists of 6 of the other"},
		{"nothing", nothing, nothing, "eval: there is nothing to compare: no prediction was made"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Pair(test.r, test.other)
			assert.EqualError(t, err, test.want)
		})
	}
}

// TestLowerLayer: what a slot or policy does not allow is not what worked.
func TestLowerLayer(t *testing.T) {
	src := pack.Source{Policy: pack.DefaultPolicy(), Slots: []pack.Slot{{Name: "mild", Kinds: pack.AllKinds, Size: 6, Layer: 2}},
		Items: []pack.Item{{ID: "a"}, {ID: "b"}}}
	data, err := pack.Write(src)
	require.NoError(t, err)
	r, err := Pack(context.Background(), data, visitsOf("ab"), Options{})
	require.NoError(t, err)
	assert.Equal(t, uint8(2), r.Layer)
}
