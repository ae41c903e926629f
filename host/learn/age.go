package learn

import "math"

// ageing weighs sessions by when they ended: one at time t weighs 2^(t / half-life), but for a power of two that all have in common.
//
// So weights grow with time, and none ever shrinks (forward decay: Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay: A Practical Time
// Decay Model for Streaming Systems", ICDE 2009): a sum of weights stays right while later sessions are added to it. What a sum is worth
// at some time is asked once, when rows are made of it.
type ageing struct {
	halfLifeS float64 // 0 is for ever
	origin    float64 // the power of two, in half-lives since 1970; whole
}

// newAgeing returns the ageing by which a session that ends at the latest time weighs 1 to 2.
func newAgeing(halfLifeDays float64, latest int64) ageing {
	a := ageing{halfLifeS: 86_400 * halfLifeDays}
	if a.halfLifeS > 0 {
		a.origin = math.Floor(float64(latest) / a.halfLifeS)
	}
	return a
}

// weight returns what a session weighs that ended at a time.
func (a *ageing) weight(lastS int64) float64 {
	if a.halfLifeS == 0 {
		return 1
	}
	lives := float64(lastS) / a.halfLifeS
	whole := math.Floor(lives)
	return math.Ldexp(math.Exp2(lives-whole), int(max(whole-a.origin, -2_000))) // 2^−2000 is 0 already
}

// shift returns the factor that turns sums of another origin into those of a. As a power of two it rounds nothing.
func (a *ageing) shift(from *ageing) float64 {
	return math.Ldexp(1, int(max(from.origin-a.origin, -2_000)))
}
