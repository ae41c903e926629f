package eval

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/learn"
)

func TestSizeOf(t *testing.T) {
	data := shopping(t, drawn(300))
	s, err := SizeOf(data)
	require.NoError(t, err)
	assert.Equal(t, len(data), s.Whole.Raw)
	padding := len(data) - s.Ranking.Raw - s.IDs.Raw - s.Display.Raw
	assert.True(t, padding >= 0 && padding < 3*30, "%d bytes belong to nothing", padding)
	assert.InDelta(t, withoutDisplay(data), s.Ranking.Raw, 3*30)
	assert.Equal(t, 11, s.Effort)
	for _, b := range []Bytes{s.Whole, s.Ranking, s.IDs, s.Display} {
		assert.Positive(t, b.Brotli)
	}
	assert.Less(t, s.Whole.Brotli, s.Whole.Raw)
	_, err = SizeOf([]byte("no pack"))
	assert.Error(t, err)
}

func TestTime(t *testing.T) {
	v := drawn(150)
	took, err := Time(context.Background(), shopping(t, v), v, Options{Layer: 3})
	require.NoError(t, err)
	assert.Equal(t, v.Events()-v.Sessions()-warmUp, took.Native.Suggestions)
	assert.Equal(t, took.Native.Suggestions, took.Wasm.Suggestions)
	for _, of := range []Took{took.Native, took.Wasm} {
		assert.Positive(t, of.MedianUs)
		assert.LessOrEqual(t, of.MedianUs, of.P95Us)
	}
	_, err = Time(context.Background(), chain(t), visitsOf("a"), Options{})
	assert.EqualError(t, err, "eval: there is no suggestion to time: no session has a next item")
}

func TestCurve(t *testing.T) {
	train, test := drawn(600).Split(0.2)
	p := learn.DefaultParams()
	p.MinSessions, p.Neighbours = 4, 7
	told := 0
	c, err := Curve(context.Background(), train, test, p, Options{Progress: func(done, total int) {
		told++
		assert.Equal(t, told, done)
		assert.Equal(t, len(curveNeighbours)+len(curveThresholds)+2, total)
	}})
	require.NoError(t, err)
	assert.Equal(t, test.Sessions(), c.Sessions)
	var lengths, thresholds []int
	for k, at := range c.ByNeighbours {
		lengths = append(lengths, at.Neighbours)
		assert.Equal(t, 4, at.MinSessions)
		assert.NotZero(t, at.At.HitRate)
		if k > 0 {
			assert.GreaterOrEqual(t, at.Bytes, c.ByNeighbours[k-1].Bytes)
		}
	}
	for k, at := range c.ByThreshold {
		thresholds = append(thresholds, at.MinSessions)
		assert.Equal(t, 7, at.Neighbours)
		if k > 0 {
			assert.LessOrEqual(t, at.Bytes, c.ByThreshold[k-1].Bytes)
		}
	}
	assert.Equal(t, []int{3, 5, 7, 10, 20, 30, 50, 80}, lengths)
	assert.Equal(t, []int{1, 2, 3, 4, 5, 10, 20, 50}, thresholds)
	assert.Equal(t, c.ByNeighbours[2], c.ByThreshold[3], "the parameters as they were, learnt in either way")

	p.Neighbours = 0
	_, err = Curve(context.Background(), train, test, p, Options{})
	assert.ErrorContains(t, err, "neighbours: got 0")
}
