package recognition

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// choices are situations in each of which one of several things is the case, told apart by features: what a conditional logit is fitted to
// (McFadden, "Conditional Logit Analysis of Qualitative Choice Behavior", 1974).
type choices struct {
	width  int
	starts []int     // where in rows each situation begins, and where the last one ends
	rows   []float32 // width features of each thing
	truth  []float32 // of each thing, how much of the truth it is: of a situation they sum up to 1
}

func newChoices(width int) *choices { return &choices{width: width, starts: []int{0}} }

func (c *choices) len() int { return len(c.starts) - 1 }

// add adds a thing to the situation at hand.
func (c *choices) add(features []float32, truth float32) {
	c.rows = append(c.rows, features...)
	c.truth = append(c.truth, truth)
}

// end ends the situation at hand.
func (c *choices) end() { c.starts = append(c.starts, len(c.truth)) }

const (
	// ridge is what the square of a weight costs, in nats, so that what tells little is left alone.
	ridge = 1.0
	// mostSteps bounds Newton's method, which converges quadratically; enough is what a step must promise to be worth taking, in nats.
	mostSteps = 30
	enough    = 1e-3
	// negligible are probabilities that the curvature can do without.
	negligible = 1e-4
)

// probabilities fills p with what the weights say of a situation's things.
func (c *choices) probabilities(situation int, weights, p []float64) []float64 {
	p = p[:0]
	most := math.Inf(-1)
	for k := c.starts[situation]; k < c.starts[situation+1]; k++ {
		sum := 0.0
		for n, x := range c.rows[k*c.width : (k+1)*c.width] {
			sum += float64(float64(x) * weights[n])
		}
		p = append(p, sum)
		most = math.Max(most, sum)
	}
	total := 0.0
	for k := range p {
		p[k] = math.Exp(p[k] - most)
		total += p[k]
	}
	for k := range p {
		p[k] /= total
	}
	return p
}

// loss returns what the truth of the situations costs under the weights, in nats, with the ridge.
func (c *choices) loss(of []int, weights []float64) float64 {
	sum := 0.0
	for _, w := range weights {
		sum += ridge / 2 * w * w
	}
	var p []float64
	for _, s := range of {
		p = c.probabilities(s, weights, p)
		for k, x := range p {
			if t := c.truth[c.starts[s]+k]; t > 0 {
				sum -= float64(t) * math.Log(math.Max(x, 1e-300))
			}
		}
	}
	return sum
}

// fit returns the weights under which the truth of the situations is likeliest, by Newton's method from the given ones. The loss is convex: where
// it starts decides nothing but how long it takes.
func (c *choices) fit(of []int, from []float64) []float64 {
	n := c.width
	weights := append([]float64(nil), from...)
	gradient, curvature := make([]float64, n), mat.NewSymDense(n, nil)
	var p []float64
	mean := make([]float64, n)
	loss := c.loss(of, weights)
	for range mostSteps {
		for i := range n {
			gradient[i] = ridge * weights[i]
			for j := i; j < n; j++ {
				curvature.SetSym(i, j, 0)
			}
			curvature.SetSym(i, i, ridge)
		}
		raw := curvature.RawSymmetric().Data
		for _, s := range of {
			p = c.probabilities(s, weights, p)
			clear(mean)
			told := 0.0 // what the mean is of
			for k, x := range p {
				at := c.starts[s] + k
				row := c.rows[at*n : (at+1)*n]
				over := x - float64(c.truth[at])
				for i, f := range row {
					gradient[i] += over * float64(f)
				}
				if x < negligible {
					continue
				}
				told += x
				for i, f := range row {
					if f == 0 {
						continue
					}
					mean[i] += x * float64(f)
					xf := x * float64(f)
					to := raw[i*n : (i+1)*n]
					for j := i; j < n; j++ {
						to[j] += xf * float64(row[j])
					}
				}
			}
			for i, m := range mean {
				to := raw[i*n : (i+1)*n]
				for j := i; j < n; j++ {
					to[j] -= m * mean[j] / told
				}
			}
		}
		var factor mat.Cholesky
		if !factor.Factorize(curvature) {
			panic("recognition: the curvature of a convex loss is not positive")
		}
		var step mat.VecDense
		if err := factor.SolveVecTo(&step, mat.NewVecDense(n, gradient)); err != nil && step.IsEmpty() {
			panic("recognition: " + err.Error())
		}
		promised := mat.Dot(&step, mat.NewVecDense(n, gradient))
		if promised < enough {
			return weights
		}
		next := make([]float64, n)
		better := false
		for size := 1.0; size > 1e-3 && !better; size /= 2 {
			for i := range next {
				next[i] = weights[i] - size*step.AtVec(i)
			}
			if l := c.loss(of, next); l < loss {
				weights, loss, better = append(weights[:0], next...), l, true
			}
		}
		if !better {
			return weights
		}
	}
	return weights
}
