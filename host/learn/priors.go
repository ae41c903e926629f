package learn

import (
	"math"
	"slices"

	"github.com/nabij/nabij/core/pack"
)

// Prior says how much likelier visitors are to meet a topic in contexts of a class than whatever the class: P(topic | class) / P(topic).
// The engine multiplies the popularity of the topic's items by it, and the multipliers of a context's classes with one another, as
// if classes were independent given the topic.
type Prior struct {
	Class pack.Class
	// Topic is a path from the root.
	Topic []string
	// Sessions is how many distinct sessions of the class have met the topic or one below it.
	Sessions   int
	Multiplier float64
}

const (
	// MaxMultiplier is the most that a prior raises a topic by; one in so many is the most that it lowers it. So much fits in a pack.
	MaxMultiplier = 15
	// priorStep is the least ratio of a prior to what the topic has from above that is kept, 2^(1/8).
	priorStep = 1.0905077326652577
)

// contextCounts is what sessions say of topics in contexts. A session adds to one class of each dimension, and there to
// sessionTopics topics and those above them.
type contextCounts struct {
	topics *Topics
	// sessions is, by topic and class, how many distinct sessions have met the topic or one below it. visits counts a session once
	// for each of these topics, so that those of a topic are its own and those below it, added up.
	sessions, visits [][pack.ClassCount]float64
	// present is how many topics there are, the first: the others are of a state alone, and nothing is told of them or by them. What was
	// met of those is in the topics above them.
	present int
	// told says of each whether it may be; nil of all.
	told [][pack.ClassCount]bool
	// variance is that of the noise of each, with which visits may be negative.
	variance float64

	added int   // how many sessions were
	last  []int // by topic, the last of these that has met it or one below it, counted from 1
}

func newContextCounts(t *Topics) *contextCounts {
	n := t.Count()
	return &contextCounts{topics: t, present: n, sessions: make([][pack.ClassCount]float64, n), visits: make([][pack.ClassCount]float64, n), last: make([]int, n)}
}

// add adds a session that began in a context and met topics.
func (c *contextCounts) add(in Context, topics []int) {
	c.added++
	classes := in.classes()
	for _, topic := range distinct(topics) {
		c.topics.up(topic, func(topic int) {
			fresh := c.last[topic] != c.added
			c.last[topic] = c.added
			for _, class := range classes {
				c.visits[topic][class]++
				if fresh {
					c.sessions[topic][class]++
				}
			}
		})
	}
}

// priors returns the multipliers of topics that at least the given number of sessions of a class have met, where they differ from what the
// topic has from above.
//
// Of a topic, the share of each class is estimated, and divided by the class's share of all: P(class | topic) / P(class), which is
// P(topic | class) / P(topic). A share is that of the topic's visits, smoothed towards its parent's, which is smoothed likewise; a root's
// is smoothed towards that of all. The weight of the parent's share is that of so many sessions as makes the counts of a dimension
// likeliest: see strength.
//
// Smoothing by a prior of Dirichlet's whose mean is the distribution above: MacKay, Peto, "A Hierarchical Dirichlet Language Model",
// Natural Language Engineering 1 (1995).
func (c *contextCounts) priors(least int) []Prior {
	var out []Prior
	t := c.topics
	for _, d := range dimensions {
		s := newShares(c, d.first, d.last)
		if s == nil {
			continue
		}
		s.smooth(s.strength())
		for class := d.first; class <= d.last; class++ {
			inherited := make([]float64, c.present) // what the topic has, of its own or from above
			for topic := range c.present {
				inherited[topic] = 1
				if above := t.parent[topic]; above >= 0 {
					inherited[topic] = inherited[above]
				}
				sessions := int(math.Round(c.sessions[topic][class]))
				if sessions < least || s.all[class-d.first] == 0 || c.told != nil && !c.told[topic][class] {
					continue
				}
				m := min(max(s.of[topic][class-d.first]/s.all[class-d.first], 1.0/MaxMultiplier), MaxMultiplier)
				step := max(priorStep, 1+2*math.Sqrt(c.variance)/c.sessions[topic][class]) // what noise makes of none is none
				if r := m / inherited[topic]; r < step && r > 1/step {
					continue
				}
				inherited[topic] = m
				out = append(out, Prior{class, t.paths[topic], sessions, m})
			}
		}
	}
	return out
}

// shares are, of one dimension, the classes' shares of topics.
type shares struct {
	topics *Topics
	// counts are a topic's visits by class, weighted such that they are as many as the sessions that made them: one that met several
	// topics below is one witness.
	counts [][]float64
	all    []float64   // of all visits; they add up to 1
	of     [][]float64 // by topic, smoothed
}

// newShares returns the shares of the classes from first to last, or nil where visits have fewer than two of these: then none is special.
func newShares(c *contextCounts, first, last pack.Class) *shares {
	t := c.topics
	n := int(last-first) + 1
	s := &shares{topics: t, all: make([]float64, n)}
	total, classes := 0.0, 0
	for k := range s.all {
		for topic := range c.present {
			if t.parent[topic] < 0 {
				s.all[k] += c.visits[topic][int(first)+k]
			}
		}
		if s.all[k] = max(s.all[k], 0); s.all[k] > 0 {
			classes++
			total += s.all[k]
		}
	}
	if classes < 2 {
		return nil
	}
	for k := range s.all {
		s.all[k] /= total
	}
	for topic := range c.present {
		row := slices.Clone(c.visits[topic][first : last+1])
		if c.told != nil {
			s.hide(row, c.told[topic][first:last+1])
		}
		sessions := sumOf(c.sessions[topic][first : last+1])
		if visits := sumOf(row); visits > 0 {
			scale := sessions / visits * c.trust(sessions, n)
			for k := range row {
				row[k] *= scale
			}
		}
		s.counts = append(s.counts, row)
		s.of = append(s.of, make([]float64, n))
	}
	return s
}

// hide shares what may not be told of a topic out among its classes as all visits are: what each has is noise, together they say something.
func (s *shares) hide(row []float64, told []bool) {
	hidden, all := 0.0, 0.0
	for k := range row {
		if !told[k] {
			hidden += row[k]
			all += s.all[k]
		}
	}
	for k := range row {
		if !told[k] {
			row[k] = 0
			if all > 0 {
				row[k] = max(hidden, 0) * s.all[k] / all
			}
		}
	}
}

// trust returns what part of so many sessions, parted into n classes, would say as much without noise: their shares have the variance of
// sampling, and that of noise.
func (c *contextCounts) trust(sessions float64, n int) float64 {
	if c.variance == 0 || sessions == 0 {
		return 1
	}
	even := float64(n-1) / float64(n*n) // the variance of one of n even shares
	return 1 / (1 + c.variance/(sessions*even))
}

// smooth sets the topics' shares, the parent's counting as many sessions as strength.
func (s *shares) smooth(strength float64) {
	for topic, counts := range s.counts {
		above, total := s.above(topic), sumOf(counts)
		for k := range counts {
			s.of[topic][k] = (counts[k] + strength*above[k]) / (total + strength)
		}
	}
}

// above returns the shares that those of a topic are smoothed towards.
func (s *shares) above(topic int) []float64 {
	if parent := s.topics.parent[topic]; parent >= 0 {
		return s.of[parent]
	}
	return s.all
}

// The strengths that are tried: powers of two from 1 to 2^mostStrength.
const mostStrength = 20

// strength returns the strength that makes the counts likeliest: large where topics differ no more than chance lets them, small where they
// do. So nothing need be chosen for a log, and without a signal all multipliers are about 1.
//
// The likelihood of counts under a prior of Dirichlet's is Pólya's distribution, maximised as by Minka, "Estimating a Dirichlet
// distribution" (2000), here over the prior's strength alone, its mean being the parent's smoothed share.
func (s *shares) strength() float64 {
	best, most := 0.0, math.Inf(-1)
	for power := mostStrength; power >= 0; power-- {
		strength := math.Exp2(float64(power))
		s.smooth(strength)
		likelihood := 0.0
		for topic, counts := range s.counts {
			likelihood += polya(counts, s.above(topic), strength)
		}
		if likelihood > most {
			best, most = strength, likelihood
		}
	}
	return best
}

// polya returns the logarithm of how likely counts are where their shares come of a prior of that mean and strength, but for a term that
// depends on the counts alone.
func polya(counts, mean []float64, strength float64) float64 {
	out := logGamma(strength) - logGamma(strength+sumOf(counts))
	for k, n := range counts {
		if n > 0 {
			out += logGamma(strength*mean[k]+n) - logGamma(strength*mean[k])
		}
	}
	return out
}

func logGamma(x float64) float64 {
	y, _ := math.Lgamma(x)
	return y
}

func sumOf(values []float64) (sum float64) {
	for _, v := range values {
		sum += v
	}
	return sum
}
