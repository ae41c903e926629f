package learn

import (
	"fmt"
	"math"
	"strconv"

	"github.com/google/differential-privacy/go/v3/noise"
	"gonum.org/v1/gonum/stat/distuv"
)

// Privacy asks for differential privacy of what is learnt; the zero value asks for none.
//
// The unit is one session, as it was read: whether any one session is in the log or not, the odds of any outcome differ by a factor of at
// most e^Epsilon, but for a probability of Delta (Dwork, Roth, "The Algorithmic Foundations of Differential Privacy", 2014, definition 2.4).
// Who has k sessions is protected k·Epsilon by group privacy. It holds for one file: files of the same sessions add their Epsilon and Delta
// up.
//
// What is learnt is then sums over sessions with noise, and nothing else of the log: of each item how many met it, of each pair how many met
// both, and in which order; and of topics, in which contexts they were met and which followed which. A session counts for its last distinct items, and for the pairs of these that are at most reach apart; for each
// of n it counts 1/√max(n, evenest), so all that it adds to a sum over items, or over pairs, has a Euclidean norm of at most 1 (as in
// Gopi, Gulhane, Kulkarni, Shen, Shokouhi, Yekhanin, "Differentially Private Set Union", ICML 2020). The sums, each scaled by the root of
// its share, are one vector to which noise is added once.
type Privacy struct {
	// Epsilon is the whole budget, over 0 to 100; 0 adds no noise.
	Epsilon float64 `json:"epsilon"`
	// Delta is the probability that may fail, 1e-15 to 0.01; it should be far below one over the number of sessions.
	Delta float64 `json:"delta"`
	// Items is how many distinct items of a session count, the last ones, 2 to 1000.
	Items int `json:"items"`
	// Topics is the share of the budget that is for what is learnt of topics, 0 to 0.9; 0 learns nothing of them. See Options.Topics.
	Topics float64 `json:"topics,omitzero"`
}

// What Privacy is where only Epsilon is given.
const (
	DefaultDelta        = 1e-7
	defaultPrivateItems = 20
)

// DefaultPrivateTopics is a share for topics that suits who has a catalogue.
const DefaultPrivateTopics = 0.2

// WithDefaults returns p with what is 0 beside Epsilon set to the default.
func (p Privacy) WithDefaults() Privacy {
	if p.Epsilon != 0 && p.Delta == 0 {
		p.Delta = DefaultDelta
	}
	if p.Epsilon != 0 && p.Items == 0 {
		p.Items = defaultPrivateItems
	}
	return p
}

// fields returns the parameters with their ranges.
func (p *Privacy) fields() []bounds {
	return []bounds{
		{"privacy.epsilon", p.Epsilon, 0.001, 100},
		{"privacy.delta", p.Delta, 1e-15, 0.01},
		{"privacy.items", float64(p.Items), 2, 1000},
		{"privacy.topics", p.Topics, 0, 0.9},
	}
}

// Promise says what was done to keep what Privacy asks for, so that it can be checked by who has the file.
type Promise struct {
	Epsilon float64 `json:"epsilon"`
	Delta   float64 `json:"delta"`
	// Unit is what one more or less of is hidden: "session".
	Unit string `json:"unit"`
	// Items is how many distinct items of a session count, Reach how far apart two are at most to count as a pair.
	Items int `json:"items"`
	Reach int `json:"reach"`
	// Sums are what noise was added to.
	Sums []NoisedSum `json:"sums"`
}

// NoisedSum is a kind of sum over sessions to which Gaussian noise was added.
type NoisedSum struct {
	Of string `json:"of"`
	// Share is its share of the budget: of 1/Sigma², which adds up over what one session is part of. All shares make 1.
	Share float64 `json:"share"`
	// Sensitivity is the most that a session changes all sums of the kind by, as a Euclidean norm.
	Sensitivity float64 `json:"sensitivity"`
	// Sigma is the standard deviation of the noise.
	Sigma float64 `json:"sigma"`
	// Threshold is what a sum must exceed, with its noise, to be told at all; 0 where that is another sum's to decide.
	Threshold float64 `json:"threshold,omitempty"`
}

// unit is Promise's.
const unit = "session"

// kind is a kind of sum over sessions.
type kind struct {
	of string
	// share is its share of what is for items, or for topics.
	share   float64
	topical bool
	// most is how many sums of the kind a session adds to at most; 0 where whether they are told is another kind's to decide.
	most func(p *Privacy) int
}

// The kinds, and the shares that do well on clicks: who met both decides which rows there are; the order needs little, as rows hardly
// depend on it, and popularity is of large numbers.
var (
	ofItems    = &kind{of: "items", share: 0.10, most: func(p *Privacy) int { return p.Items }}
	ofPairs    = &kind{of: "pairs", share: 0.86, most: func(p *Privacy) int { return pairsOf(p.Items) }}
	ofOrder    = &kind{of: "order", share: 0.04}
	ofContexts = &kind{of: "contexts", share: 0.5, topical: true, most: func(*Privacy) int { return privateTopics * len(dimensions) }}
	ofSteps    = &kind{of: "steps", share: 0.5, topical: true, most: func(*Privacy) int { return privateSteps }}
)

// kinds returns what there is noise on.
func (p *Privacy) kinds() []*kind {
	if p.Topics == 0 {
		return []*kind{ofItems, ofPairs, ofOrder}
	}
	return []*kind{ofItems, ofPairs, ofOrder, ofContexts, ofSteps}
}

// shareOf returns a kind's share of the budget.
func (p *Privacy) shareOf(k *kind) float64 {
	if k.topical {
		return k.share * p.Topics
	}
	return k.share * (1 - p.Topics)
}

const (
	// reach is how far apart two of a session's distinct items are at most to count as a pair.
	reach = 3
	// evenest is how many items, or pairs, a session has at least before it counts less for each. Without it, one that has a single pair
	// would count most for that, and the threshold of a pair, which must hold for MinSessions − 1 of such, would be as much higher.
	evenest = 3
	// grid is what the weights of sessions are multiples of: sums of them are exact in any order, so rounding adds nothing to a sensitivity
	// (Casacuberta, Shoemate, Vadhan, Wagaman, "Widespread Underestimation of Sensitivity in Differentially Private Libraries", CCS 2022).
	grid = 1.0 / (1 << 20)
)

// weight returns what a session that has n items, or pairs, counts for each.
func weight(n int) float64 { return math.Floor(1/(grid*math.Sqrt(float64(max(n, evenest))))) * grid }

// pairsOf returns how many pairs a session of n distinct items has.
func pairsOf(n int) (pairs int) {
	for apart := 1; apart <= min(reach, n-1); apart++ {
		pairs += n - apart
	}
	return pairs
}

// mechanism adds the noise. Half of Delta is the noise's; the other half is shared out evenly to the kinds that have a threshold.
type mechanism struct {
	Privacy
	least  int // MinSessions
	source noise.Noise
}

func newMechanism(p *Params, source noise.Noise) *mechanism {
	if source == nil {
		source = noise.Gaussian()
	}
	return &mechanism{p.Privacy, p.MinSessions, source}
}

// sensitivity returns that of a kind, scaled such that all kinds need the same noise, and that all together have a sensitivity of 1.
func (m *mechanism) sensitivity(k *kind) float64 { return 1 / math.Sqrt(m.shareOf(k)) }

// sigma returns the standard deviation of the noise on sums of a kind (Balle, Wang, "Improving the Gaussian Mechanism for Differential
// Privacy", ICML 2018, theorem 8).
func (m *mechanism) sigma(k *kind) float64 {
	return noise.SigmaForGaussian(1, m.sensitivity(k), m.Epsilon, m.Delta/2)
}

// noised returns x, a sum of a kind, with noise.
func (m *mechanism) noised(k *kind, x float64) float64 {
	x, err := m.source.AddNoiseFloat64(x, 1, m.sensitivity(k), m.Epsilon, m.Delta/2)
	if err != nil {
		panic(err) // parameters were checked
	}
	return x
}

// thresholdDelta returns what of Delta each kind with a threshold has.
func (m *mechanism) thresholdDelta() float64 {
	n := 0.0
	for _, k := range m.kinds() {
		if k.most != nil {
			n++
		}
	}
	return m.Delta / 2 / n
}

// threshold returns what a sum of a kind must exceed to be told; 0 for a kind that has none.
//
// What fewer than MinSessions have is never told, and that a session makes it MinSessions must not show. So with one session more, what is of
// MinSessions may exceed the threshold with a probability of thresholdDelta at most: there are up to n such sums, to each of which a session
// of n adds its weight, and MinSessions − 1 others theirs (Korolova, Kenthapadi, Mishra, Ntoulas, "Releasing Search Queries and Clicks
// Privately", WWW 2009; pre-thresholding is that of google/differential-privacy).
func (m *mechanism) threshold(k *kind) float64 {
	if k.most == nil {
		return 0
	}
	sigma, delta, highest := m.sigma(k), m.thresholdDelta(), 0.0
	for n := 1; n <= k.most(&m.Privacy); n++ {
		highest = max(highest, weight(n)-sigma*distuv.UnitNormal.Quantile(delta/float64(n)))
	}
	return float64(m.least-1)*weight(1) + highest
}

// promise says what the mechanism does, in four digits.
func (m *mechanism) promise() *Promise {
	digits := func(x float64) float64 {
		x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', 4, 64), 64) // what was formatted can be parsed
		return x
	}
	p := &Promise{Epsilon: m.Epsilon, Delta: m.Delta, Unit: unit, Items: m.Items, Reach: reach}
	for _, k := range m.kinds() {
		p.Sums = append(p.Sums, NoisedSum{
			Of: k.of, Share: digits(m.shareOf(k)), Sensitivity: 1, Sigma: digits(m.sigma(k)), Threshold: digits(m.threshold(k)),
		})
	}
	return p
}

// check returns what of a promise is not that of parameters.
func (p *Promise) check(of *Privacy) error {
	switch {
	case p == nil && of.Epsilon == 0:
		return nil
	case p == nil:
		return fmt.Errorf("privacy is missing, and params ask for an epsilon of %v", of.Epsilon)
	case of.Epsilon == 0:
		return fmt.Errorf("privacy promises an epsilon of %v, and params ask for none", p.Epsilon)
	case p.Unit != unit || p.Epsilon != of.Epsilon || p.Delta != of.Delta || p.Items != of.Items:
		return fmt.Errorf("privacy promises %v, %v of a %q with %d items, and params ask for %v, %v of a %q with %d",
			p.Epsilon, p.Delta, p.Unit, p.Items, of.Epsilon, of.Delta, unit, of.Items)
	}
	share := 0.0
	for _, s := range p.Sums {
		share += s.Share
	}
	if math.Abs(share-1) > 1e-3 { // they have four digits
		return fmt.Errorf("privacy has shares that make %.4g of the budget, want 1", share)
	}
	return nil
}
