package learn

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/nabij/nabij/core/pack"
)

// Params say how rows are learnt.
type Params struct {
	// MinSessions is how many distinct sessions must have met both items of a pair for it to be kept: rows tell of crowds, never of
	// one visit. 1 keeps all.
	MinSessions int `json:"min_sessions"`
	// Neighbours is the most neighbours of a row, 1 to pack.MaxNeighbours.
	Neighbours int `json:"neighbours"`
	// MaxLength is how many events of a session count, the last ones: the bound on what one session contributes.
	MaxLength int `json:"max_length"`
	// HalfLifeDays is the age at which a session counts half, back from the latest; 0 lets none age.
	HalfLifeDays float64 `json:"half_life_days"`
	// LinearShare is the share, 0 to 1, of the linear model in a weight. The rest is co-occurrence's.
	LinearShare float64 `json:"linear_share"`
	// RowExponent evens rows out, 0 to 1: each is divided by that power of its sum. At 0 an item that much is known of speaks louder in a
	// visit than one that little is known of, at 1 as loud.
	RowExponent float64 `json:"row_exponent"`

	Together Together `json:"together"`
	Linear   Linear   `json:"linear"`
	Visit    Visit    `json:"visit"`

	// Intent is what was tuned of the visits' intent. Learn does nothing with it but to write it down.
	Intent Intent `json:"intent,omitzero"`

	// Privacy asks for noise. Rows are then of co-occurrence alone: of the above count MinSessions, Neighbours, RowExponent, Visit, and of Together what
	// counts for backward pairs and for popularity.
	Privacy Privacy `json:"privacy,omitzero"`
}

// Visit says how the engine ranks by rows, as a policy of package pack has it in steps.
type Visit struct {
	// Recency is after how many further views an item of the visit counts e times less, over 0.
	Recency float64 `json:"recency"`
	// Hop is the gain of the second hop, 0 to 4: of what the neighbours' rows say against what their own say.
	Hop float64 `json:"hop"`
	// Repeats is how much of the rows' mass an item that was just viewed has beside what its row says of it, where repeats are welcome, 0
	// to 4; RepeatRecency is after how many further views that is e times less, over 0.
	Repeats       float64 `json:"repeats"`
	RepeatRecency float64 `json:"repeat_recency"`
}

// Apply sets what of a policy it says.
func (v *Visit) Apply(p *pack.Policy) {
	p.HopPermille, p.RepeatPermille = uint16(math.Round(1000*v.Hop)), uint16(math.Round(1000*v.Repeats))
	for k := range p.Recency {
		p.Recency[k] = uint8(math.Round(255 * math.Exp(-float64(k)/v.Recency)))
		p.RepeatRecency[k] = uint8(math.Round(255 * math.Exp(-float64(k)/v.RepeatRecency)))
	}
}

// Together says how co-occurrence is counted. A pair i, j of a session of length n, d events apart, adds
// n^−LengthExponent · e^(−(d−1)/Reach), times Backward where j came before i, and times Own where j is i again; the sum is
// multiplied by views_i^−SourceExponent · views_j^−TargetExponent. Below 0, LengthExponent makes long sessions tell more than short ones:
// who orders much may keep to an order of their own.
//
// The decay by distance is that of sequential rules (Kamehkhosh, Jannach, Ludewig, "A Comparison of Frequent Pattern Techniques
// and a Deep Learning Method for Session-Based Recommendation", RecTemp 2017), the exponents are those of the cosine's
// generalisation (Aiolli, "Efficient Top-N Recommendation for Very Large Scale Binary Rated Datasets", RecSys 2013).
type Together struct {
	Reach          float64 `json:"reach"`
	Backward       float64 `json:"backward"`
	Own            float64 `json:"own"`
	LengthExponent float64 `json:"length_exponent"`
	SourceExponent float64 `json:"source_exponent"`
	TargetExponent float64 `json:"target_exponent"`
}

// Linear are the parameters of SLIST, the session-aware linear model (Choi, Kim, Lee, Shim, Lee, "Session-aware Linear Item-Item
// Models for Session-based Recommendation", WWW 2021).
type Linear struct {
	// Alpha is the share of the consistency of whole sessions (SLIS) against the order of their events (SLIT), 0 to 1.
	Alpha float64 `json:"alpha"`
	// Ridge is the weight of the regularisation, over 0.
	Ridge float64 `json:"ridge"`
	// Decay is after how many events the order of two says e times less.
	Decay float64 `json:"decay"`
}

// DefaultParams returns what does well on public logs of clicks, large and small.
func DefaultParams() Params {
	return Params{
		MinSessions: 5, Neighbours: 30, MaxLength: 200, LinearShare: 0.5, RowExponent: 0.7,
		Together: Together{Reach: 4, Backward: 0.5, Own: 1, LengthExponent: 0.25, SourceExponent: 0.5, TargetExponent: 0.2},
		Linear:   Linear{Alpha: 0.5, Ridge: 10, Decay: 1},
		Visit:    Visit{Recency: 1, Hop: 0.5, Repeats: 0.05, RepeatRecency: 6},
	}
}

// BasketParams returns what suits orders. Their lines have one time, yet stand in the order in which they were put in, and what stands
// next to each other tells most: so it is co-occurrence alone, of a short reach. The longest tell much of that order.
func BasketParams() Params {
	p := DefaultParams()
	p.MaxLength = 1_000
	p.LinearShare, p.Together.Reach, p.Together.Backward, p.Together.LengthExponent, p.Linear.Alpha = 0, 1, 0.25, 0, 0.1
	p.Visit = Visit{Recency: 1, Hop: 0.5, Repeats: 0, RepeatRecency: 3}
	return p
}

// bounds is a parameter with its range.
type bounds struct {
	name             string
	got, least, most float64
}

// Check returns an error that names the first parameter out of its range.
func (p *Params) Check() error {
	fields := []bounds{
		{"min_sessions", float64(p.MinSessions), 1, math.MaxInt32},
		{"neighbours", float64(p.Neighbours), 1, pack.MaxNeighbours},
		{"max_length", float64(p.MaxLength), 2, 10_000},
		{"half_life_days", p.HalfLifeDays, 0, 36_500},
		{"linear_share", p.LinearShare, 0, 1},
		{"row_exponent", p.RowExponent, 0, 1},
		{"together.reach", p.Together.Reach, 0.01, 1e6},
		{"together.backward", p.Together.Backward, 0, 10},
		{"together.own", p.Together.Own, 0, 10},
		{"together.length_exponent", p.Together.LengthExponent, -3, 3},
		{"together.source_exponent", p.Together.SourceExponent, 0, 3},
		{"together.target_exponent", p.Together.TargetExponent, 0, 3},
		{"linear.alpha", p.Linear.Alpha, 0, 1},
		{"linear.ridge", p.Linear.Ridge, 1e-6, 1e12},
		{"linear.decay", p.Linear.Decay, 0.01, 1e6},
		{"visit.recency", p.Visit.Recency, 0.01, 1e6},
		{"visit.hop", p.Visit.Hop, 0, 4},
		{"visit.repeats", p.Visit.Repeats, 0, 4},
		{"visit.repeat_recency", p.Visit.RepeatRecency, 0.01, 1e6},
	}
	if p.Privacy != (Privacy{}) {
		fields = append(fields, p.Privacy.fields()...)
		if p.HalfLifeDays != 0 {
			return errors.New("learn: half_life_days: want 0 with an epsilon: sessions age from the latest, so that one more would change them all")
		}
	}
	for _, field := range fields {
		if !(field.got >= field.least && field.got <= field.most) {
			digits := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
			return fmt.Errorf("learn: %s: got %s, want %s to %s", field.name, digits(field.got), digits(field.least), digits(field.most))
		}
	}
	return p.Intent.check()
}
