package abitest

// Rand is a small generator of random numbers (splitmix64: Steele, Lea and Flood, "Fast splittable pseudorandom number
// generators", OOPSLA 2014). Its zero value is a seed like any other.
type Rand uint64

// Uint64 returns the next 64 bits.
func (r *Rand) Uint64() uint64 {
	*r += 0x9E3779B97F4A7C15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// N returns a number from 0 to n-1; n is positive.
func (r *Rand) N(n int) int { return int(r.Uint64() >> 1 % uint64(n)) }

// Chance reports true with the given chance in percent.
func (r *Rand) Chance(percent int) bool { return r.N(100) < percent }

// Skewed returns a number from 0 to n-1, small ones more often than large ones.
func (r *Rand) Skewed(n int) int { return r.N(r.N(n) + 1) }
