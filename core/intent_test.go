package core_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core"
)

func TestIntent(t *testing.T) {
	next := core.NewSignal(core.View, 50_000) // so that what came before has settled
	type topics = []core.TopicConfidence
	e := openShop(t, nil)
	for _, c := range []struct {
		name       string
		signals    []core.Signal
		mode       core.Mode
		confidence uint8
		topics     topics
	}{
		{"nothing", nil, core.Exploring, 0, nil},
		{"one click, not settled", []core.Signal{of(core.View, 0, blueJacket)}, core.Exploring, 0, nil},
		{"one click", []core.Signal{of(core.View, 0, blueJacket), next}, core.Exploring, 33, topics{{jackets, 33}}},
		{"the home page alone", []core.Signal{core.NewSignal(core.View, 0), next}, core.Exploring, 33, nil},
		{"a look at three topics", []core.Signal{of(core.View, 0, cityBike), of(core.View, 0, pannier), of(core.View, 0, blueJacket), next},
			core.Exploring, 100, topics{{jackets, 33}, {bikes, 33}, {bags, 33}}},
		{"three rain jackets", []core.Signal{of(core.View, 0, blueJacket), of(core.View, 0, redJacket), of(core.View, 0, greenJacket), next},
			core.Comparing, 75, topics{{jackets, 100}}},
		{"a comparison", []core.Signal{of(core.View, 0, jacketsCompared), of(core.View, 0, blueJacket), of(core.View, 0, redJacket), next},
			core.Comparing, 77, topics{{jackets, 100}}},
		{"a review, then the basket", []core.Signal{of(core.View, 0, blueJacket), of(core.View, 0, jacketReview), of(core.BasketAdd, 0, blueJacket), next},
			core.Deciding, 80, topics{{jackets, 100}}},
		{"back to it, and read to the end", []core.Signal{of(core.View, 0, blueJacket), of(core.View, 0, pannier), of(core.View, 0, blueJacket), much(core.Engaged, 0, 40_000), much(core.Scroll, 0, 80), next},
			core.Deciding, 60, topics{{jackets, 71}, {bags, 28}}},
		{"help pages", []core.Signal{of(core.View, 0, delivery), of(core.View, 0, returns), next}, core.NeedingHelp, 55, topics{{service, 66}}},
		{"a bike bought, then bags", []core.Signal{of(core.View, 0, cityBike), of(core.View, 0, fastBike), of(core.Purchase, 0, cityBike), of(core.View, 0, pannier), next},
			core.Exploring, 100, topics{{bags, 100}}},
		{"narrowed down", []core.Signal{about(core.Filter, 0, bags), about(core.Filter, 0, bags), about(core.Filter, 0, bags), next}, core.Comparing, 60, topics{{bags, 100}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := e.Intent(visit(t, e, c.signals...), 60_000)
			require.Nil(t, err)
			assert.Equal(t, c.mode, got.Mode, "%v", got)
			assert.Equal(t, c.confidence, got.Confidence, "%v", got)
			assert.Equal(t, c.topics, topics(append(topics(nil), got.Topics[:got.TopicCount]...)))
		})
	}
}

// TestIntentWhenTheClockRunsBack: the intent is of the latest time seen, as suggestions are.
func TestIntentWhenTheClockRunsBack(t *testing.T) {
	e := openShop(t, nil)
	s := visit(t, e, of(core.View, 0, blueJacket), of(core.View, 20_000, redJacket), core.NewSignal(core.View, 50_000))
	want, err := e.Intent(s, 50_000)
	require.Nil(t, err)
	got, err := e.Intent(s, 0)
	require.Nil(t, err)
	assert.Equal(t, want, got)
}

func TestIntentBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := openDrawn(t, drawShop(t))
		s := drawVisit(t, e)
		before := save(e, s)
		in, err := e.Intent(s, rapid.Uint64Range(0, core.MaxTimeMs).Draw(t, "now"))
		require.Nil(t, err)
		require.Equal(t, before, save(e, s))
		sum := 0
		for mode, evidence := range in.Evidence {
			sum += int(evidence)
			require.LessOrEqual(t, evidence, in.Evidence[in.Mode], "%v", core.Mode(mode))
		}
		require.True(t, sum == 0 && in.Confidence == 0 || sum > 96 && sum <= 100)
		require.LessOrEqual(t, in.Confidence, in.Evidence[in.Mode])
		total, least := 0, uint8(100)
		for _, topic := range in.Topics[:in.TopicCount] {
			require.Less(t, topic.Topic, e.Pack().Topics())
			require.False(t, e.Pack().TopicSensitive(topic.Topic))
			require.LessOrEqual(t, topic.Confidence, least)
			least = topic.Confidence
			total += int(topic.Confidence)
		}
		require.LessOrEqual(t, total, 100)
	})
}

func TestNamesOfModes(t *testing.T) {
	assert.Equal(t, "exploring comparing deciding needing-help", core.Exploring.String()+" "+core.Comparing.String()+" "+core.Deciding.String()+" "+core.NeedingHelp.String())
}
