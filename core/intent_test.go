package core_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
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
		{"a bike bought, and nothing more", []core.Signal{of(core.View, 0, cityBike), of(core.Purchase, 0, cityBike), next}, core.Leaving, 50, nil},
		{"left at once, again and again", []core.Signal{of(core.View, 0, cityBike), much(core.Engaged, 0, 900), of(core.View, 0, pannier), much(core.Engaged, 0, 1_200),
			of(core.View, 0, blueJacket), much(core.Engaged, 0, 2_999), next}, core.Exploring, 50, topics{{jackets, 33}, {bikes, 33}, {bags, 33}}},
		{"left at once, three of one topic", []core.Signal{of(core.View, 0, redJacket), much(core.Engaged, 0, 900), of(core.View, 0, greenJacket), much(core.Engaged, 0, 1_200), next},
			core.Leaving, 29, topics{{jackets, 66}}},
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
		require.True(t, sum == 0 && in.Confidence == 0 || sum > 100-core.ModeCount && sum <= 100)
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
	names := ""
	for m := range core.Mode(core.ModeCount + 1) {
		names += m.String() + " "
	}
	assert.Equal(t, "exploring comparing deciding needing-help leaving unknown ", names)
}

// TestTopicsFadeByView: with a recency of half, a topic weighs half for each view since, whatever the clock says.
func TestTopicsFadeByView(t *testing.T) {
	e := openShop(t, func(src *pack.Source) { src.Policy.Intent.TopicRecency = 127 })
	in, err := e.Intent(visit(t, e, of(core.View, 0, pannier), of(core.View, 0, blueJacket), of(core.View, 0, redJacket), core.NewSignal(core.View, 0)), 60_000)
	require.Nil(t, err)
	assert.Equal(t, []core.TopicConfidence{{Topic: jackets, Confidence: 85}, {Topic: bags, Confidence: 14}}, in.Topics[:in.TopicCount])
}

// indifferent lets no mode want a kind more than others.
func indifferent(src *pack.Source) {
	for m := range src.Policy.Intent.KindMix {
		for k := range src.Policy.Intent.KindMix[m] {
			src.Policy.Intent.KindMix[m][k] = 16
		}
	}
}

// TestExplanationComesFirst: a product was viewed, so what explains its topic gains, until it was viewed too. A topic of which no product
// was viewed gains nothing.
func TestExplanationComesFirst(t *testing.T) {
	e := openShop(t, indifferent)
	lift := func(s *core.Session, item uint32) float64 {
		req := wide(pack.NoItem, 60_000)
		req.Explain = true
		for _, x := range suggest(t, e, s, req).Suggestions {
			if x.Item == item {
				return float64(x.Lift)
			}
		}
		return 0
	}
	next := core.NewSignal(core.View, 1)
	product := visit(t, e, of(core.View, 0, blueJacket), of(core.View, 0, redJacket), next)
	explained := visit(t, e, of(core.View, 0, blueJacket), of(core.View, 0, redJacket), of(core.View, 0, jacketGuide), next)
	story := visit(t, e, about(core.Filter, 0, jackets), about(core.Filter, 0, jackets), about(core.Filter, 0, jackets), next)
	without := func(s *core.Session) float64 { return lift(s, jacketReview) / lift(s, greenJacket) }
	assert.InDelta(t, 1+2/3.0/2, without(product)/without(explained), 0.25, "two of three signals are sure by two thirds")
	assert.Less(t, without(story), without(product))
}

// TestPurchaseEndsATopic: what was done in the topic of a purchase says nothing any more, neither of the intent nor of what is suggested;
// what is done in it afterwards does.
func TestPurchaseEndsATopic(t *testing.T) {
	e := openShop(t, indifferent)
	bought := visit(t, e, of(core.View, 0, redJacket), of(core.View, 0, blueJacket), of(core.Purchase, 0, redJacket), core.NewSignal(core.View, 0))
	alone := visit(t, e, core.NewSignal(core.View, 0), of(core.Purchase, 0, redJacket), core.NewSignal(core.View, 0))
	related := wide(pack.NoItem, 60_000)
	assert.Equal(t, list(t, e, alone, related), list(t, e, bought, related))
	assert.NotContains(t, list(t, e, bought, related), redJacket)
	in, err := e.Intent(bought, 60_000)
	require.Nil(t, err)
	assert.Zero(t, in.TopicCount)
	observe(t, e, bought, of(core.View, 60_000, greenJacket), core.NewSignal(core.View, 60_000))
	assert.True(t, reacts(t, e, bought, 120_000))
}
