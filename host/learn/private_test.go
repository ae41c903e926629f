package learn

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/differential-privacy/go/v3/noise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

// shift is noise that is always the same.
type shift struct {
	noise.Noise
	by float64
}

func (s shift) AddNoiseFloat64(x float64, _ int64, _, _, _ float64) (float64, error) {
	return x + s.by, nil
}

// privateParams returns parameters with a budget.
func privateParams(least int, epsilon, delta float64) Params {
	p := DefaultParams()
	p.MinSessions, p.Privacy = least, Privacy{Epsilon: epsilon, Delta: delta}.WithDefaults()
	return p
}

// everything is a privacy that has noise on all kinds.
var everything = &Privacy{Topics: 0.2}

// statistics returns all that noise is added to, by name, of what counts of visits.
func statistics(v *Visits, t *Topics, most int) map[*kind]map[string]float64 {
	b := bound(v, most)
	all := map[*kind]map[string]float64{}
	for _, k := range everything.kinds() {
		all[k] = map[string]float64{}
	}
	topical, err := sumTopics(context.Background(), v, t, DefaultParams())
	if err != nil {
		panic(err) // nothing ends the context
	}
	for topic, classes := range topical.contexts {
		for class, at := range classes {
			if at.sessions > 0 {
				all[ofContexts][fmt.Sprint(topic, class)] = at.sum
			}
		}
	}
	for step, of := range topical.steps {
		all[ofSteps][fmt.Sprint(step)] = of.sum
	}
	c := newCounter(b)
	for i, id := range b.ids {
		all[ofItems][id] = b.met(uint32(i))
		for _, f := range c.count(uint32(i)) {
			all[ofPairs][id+" "+b.ids[f.item]] = f.met
			all[ofOrder][id+" "+b.ids[f.item]] = f.order
		}
	}
	return all
}

// inContexts returns the same sessions in contexts.
func inContexts(r *rand.Rand, v *Visits) *Visits {
	out := &Visits{}
	for k := range v.Sessions() {
		out.AddFrom(v, k)
		at := func(d int) pack.Class {
			return dimensions[d].first + pack.Class(r.IntN(int(dimensions[d].last-dimensions[d].first)+1))
		}
		out.in[k] = Context{Daypart: at(0), Day: at(1), Device: at(2), Region: at(3), Referrer: at(4)}
	}
	return out
}

// drawTopics returns topics of items 0 to n, up to three deep.
func drawTopics(r *rand.Rand, n int) *Topics {
	var items []catalogue.Item
	for k := range n {
		path := []string{string(rune('A' + r.IntN(4))), string(rune('A' + r.IntN(4))), string(rune('A' + r.IntN(9)))}
		items = append(items, catalogue.Item{ID: strconv.Itoa(k), Topics: [][]string{path[:1+r.IntN(3)]}})
	}
	return NewTopics(items)
}

// TestSensitivity shows that one session more changes the sums of each kind by no more than a norm of 1, which is what the noise is for,
// and that some change them by as much.
func TestSensitivity(t *testing.T) {
	largest := map[*kind]float64{}
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		n := rapid.IntRange(1, 60).Draw(t, "items")
		v := drawVisits(r, rapid.IntRange(1, 60).Draw(t, "sessions"), n)
		for range rapid.IntRange(0, 3).Draw(t, "long") {
			long := make([]string, 1+r.IntN(150))
			for k := range long {
				long[k] = strconv.Itoa(r.IntN(n))
			}
			v.Add(long, 0)
		}
		v = inContexts(r, v)
		topics := drawTopics(r, n)
		most := rapid.IntRange(2, 40).Draw(t, "most")
		out := r.IntN(v.Sessions())
		without := &Visits{}
		for _, k := range r.Perm(v.Sessions()) {
			if k != out {
				without.AddFrom(v, k)
			}
		}
		with, less := statistics(v, topics, most), statistics(without, topics, most)
		for kind, sums := range with {
			squares := 0.0
			for key, x := range sums {
				squares += (x - less[kind][key]) * (x - less[kind][key])
			}
			for key := range less[kind] {
				require.Contains(t, sums, key)
			}
			require.LessOrEqual(t, squares, 1.0, kind.of)
			largest[kind] = max(largest[kind], squares)
		}
	})
	for _, kind := range everything.kinds() {
		assert.Greater(t, largest[kind], 0.999, kind.of)
	}
}

// TestPrivateCrowds shows that no noise, however large, tells of a pair or an item of fewer sessions than the least.
func TestPrivateCrowds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		v := drawVisits(r, rapid.IntRange(0, 120).Draw(t, "sessions"), rapid.IntRange(1, 25).Draw(t, "items"))
		p := privateParams(rapid.IntRange(1, 8).Draw(t, "least"), rapid.Float64Range(0.1, 10).Draw(t, "epsilon"), 1e-6)
		by := rapid.SampledFrom([]float64{-1e6, 0, 3, 1e6}).Draw(t, "noise")
		l, err := Learn(context.Background(), v, p, Options{noise: shift{by: by}})
		require.NoError(t, err)
		for k, it := range l.Items {
			i, _ := v.Find(it.ID)
			met := 0
			for s := range v.Sessions() {
				if items, _ := v.Session(s); slices.Contains(items, i) {
					met++
				}
			}
			require.GreaterOrEqual(t, met, p.MinSessions)
			require.GreaterOrEqual(t, it.Sessions, p.MinSessions)
			for _, n := range it.Row {
				j, _ := v.Find(l.Items[n.Item].ID)
				require.NotEqual(t, k, int(n.Item))
				require.GreaterOrEqual(t, sessionsWith(v, i, j, 1000), p.MinSessions)
			}
		}
		if by < 0 {
			require.Empty(t, l.Items)
		}
	})
}

// TestPrivateOrder shows that nothing follows from the order in which sessions stand in the log, or from their times.
func TestPrivateOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	v := drawVisits(r, 400, 20)
	want := ""
	for range 5 {
		mixed := &Visits{}
		for _, k := range r.Perm(v.Sessions()) {
			items, _ := v.Session(k)
			ids := make([]string, len(items))
			for n, item := range items {
				ids[n] = v.Items()[item]
			}
			mixed.Add(ids, r.Int64N(1e9))
		}
		l, err := Learn(context.Background(), mixed, privateParams(2, 8, 1e-6), Options{noise: shift{by: 1}})
		require.NoError(t, err)
		var file strings.Builder
		require.NoError(t, l.Write(&file))
		if want == "" {
			want = file.String()
		}
		require.Equal(t, want, file.String())
		require.Greater(t, len(l.Items), 5)
	}
}

// TestPrivateRows follows a small log to its rows, without what noise adds.
func TestPrivateRows(t *testing.T) {
	v := visitsOf()
	for range 40 {
		v.Add([]string{"a", "b"}, 0)
		v.Add([]string{"c", "a", "a", "b", "c"}, 0) // counts as a, b, c
	}
	p := privateParams(1, 8, 1e-6)
	p.RowExponent, p.Together.SourceExponent, p.Together.TargetExponent, p.Together.Backward = 0, 0, 0, 0.5
	l, err := Learn(context.Background(), v, p, Options{noise: shift{}})
	require.NoError(t, err)
	require.Len(t, l.Items, 3)
	ids := []string{l.Items[0].ID, l.Items[1].ID, l.Items[2].ID}
	assert.Equal(t, []string{"a", "b", "c"}, ids)
	assert.Equal(t, []int{46, 46, 23}, []int{l.Items[0].Sessions, l.Items[1].Sessions, l.Items[2].Sessions}) // 80 and 40 over √3
	row := func(k int) map[string]float64 {
		out := map[string]float64{}
		for _, n := range l.Items[k].Row {
			out[ids[n.Item]] = n.Weight
		}
		return out
	}
	// Row maxima are 80, 40 (b to a backward, and to c) and 20, over √3: of a mean of 140/3.
	by := 3.0 / 140
	assert.InDeltaMapValues(t, map[string]float64{"b": 80 * by, "c": 40 * by}, row(0), 1e-9)
	assert.InDeltaMapValues(t, map[string]float64{"a": 40 * by, "c": 40 * by}, row(1), 1e-9)
	assert.InDeltaMapValues(t, map[string]float64{"a": 20 * by, "b": 20 * by}, row(2), 1e-9)
}

// distance returns the largest difference between the distribution of draws and the normal one: Kolmogorov-Smirnov's.
func distance(draws []float64, sigma float64) (most float64) {
	slices.Sort(draws)
	normal, n := distuv.Normal{Sigma: sigma}, float64(len(draws))
	for k, x := range draws {
		p := normal.CDF(x)
		most = max(most, p-float64(k)/n, float64(k+1)/n-p)
	}
	return most
}

// TestNoise compares what is added to each kind of sum with what is said to be. By chance it fails once in 10⁹ runs.
func TestNoise(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: left out, as fewer draws would tell nothing")
	}
	const n = 10_000
	critical := math.Sqrt(math.Log(2e9) / 2 / n)
	for _, epsilon := range []float64{0.5, 4} {
		p := privateParams(5, epsilon, 1e-6)
		p.Privacy.Topics = 0.2
		m := newMechanism(&p, nil)
		b := &bounded{ids: []string{"a", "b"}, of: make([][]meeting, 2), sessions: [][]uint32{{0, 1}}}
		b.of[0], b.of[1] = make([]meeting, 3000), make([]meeting, 3000)
		draws := map[string][]float64{}
		for range n {
			pairs := m.release([]unordered{{item: 1, sessions: 1000, met: 1000, order: 100}}, m.threshold(ofPairs))
			require.Len(t, pairs, 1)
			sessions := m.popularity(b, [][]told{pairs, nil})
			draws["pairs"] = append(draws["pairs"], pairs[0].met-1000)
			draws["order"] = append(draws["order"], pairs[0].order-100)
			draws["items"] = append(draws["items"], sessions[0]-b.met(0))
			for _, k := range []*kind{ofContexts, ofSteps} {
				x, told := m.told(k, &summed{1000, 1000}, m.threshold(k))
				require.True(t, told)
				draws[k.of] = append(draws[k.of], x-1000)
			}
		}
		for _, s := range m.promise().Sums {
			assert.Less(t, distance(draws[s.Of], s.Sigma), critical, "%s, %v", s.Of, epsilon)
			assert.Greater(t, distance(draws[s.Of], s.Sigma/2), critical, "%s at half the scale would pass", s.Of)
			assert.Greater(t, distance(draws[s.Of], s.Sigma*1.25), critical, "%s at a quarter more would pass", s.Of)
		}
	}
}

// TestBudget adds up what the noises of one session's sums give away together, and what the thresholds do: they make what was asked for,
// and no more.
func TestBudget(t *testing.T) {
	for _, epsilon := range []float64{0.1, 1, 2, 4, 8, 20} {
		for _, delta := range []float64{1e-12, 1e-6, 1e-3} {
			for _, topics := range []float64{0, 0.2} {
				p := privateParams(5, epsilon, delta)
				p.Privacy.Topics = topics
				m := newMechanism(&p, nil)
				shares, squares, thresholds := 0.0, 0.0, 0.0
				for _, k := range m.kinds() {
					shares += m.shareOf(k)
					squares += 1 / m.sigma(k) / m.sigma(k)
					if k.most == nil {
						continue
					}
					most := 0.0
					for n := 1; n <= k.most(&p.Privacy); n++ {
						over := (m.threshold(k) - 4*weight(1) - weight(n)) / m.sigma(k)
						most = max(most, float64(n)*distuv.UnitNormal.CDF(-over))
					}
					thresholds += most
				}
				assert.InDelta(t, 1, shares, 1e-12)
				assert.InEpsilon(t, delta/2, thresholds, 1e-3)
				// Balle and Wang's theorem 8, of noise of 1 and a sensitivity of s.
				s := math.Sqrt(squares)
				got := distuv.UnitNormal.CDF(s/2-epsilon/s) - math.Exp(epsilon)*distuv.UnitNormal.CDF(-s/2-epsilon/s)
				assert.LessOrEqual(t, got, delta/2)
				assert.InEpsilon(t, delta/2, got, 0.05, "the budget is not used")
			}
		}
	}
}

// TestMost shows that no session adds to more sums of a kind than its threshold is for.
func TestMost(t *testing.T) {
	largest := map[*kind]int{}
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		n := rapid.IntRange(1, 60).Draw(t, "items")
		long := make([]string, 1+r.IntN(150))
		for k := range long {
			long[k] = strconv.Itoa(r.IntN(n))
		}
		v := &Visits{}
		v.Add(long, 0)
		p := &Privacy{Items: rapid.IntRange(2, 40).Draw(t, "most"), Topics: 0.2}
		for kind, sums := range statistics(inContexts(r, v), drawTopics(r, n), p.Items) {
			some := 0
			for _, x := range sums {
				if x != 0 {
					some++
				}
			}
			if kind.most != nil {
				require.LessOrEqual(t, some, kind.most(p), kind.of)
			}
			largest[kind] = max(largest[kind], some)
		}
	})
	assert.Equal(t, 100, largest[ofContexts])
	assert.Equal(t, 40, largest[ofSteps])
}

// TestThreshold draws how often a session shows by which pairs are told: it brings a pair that only others of the fewest items have to the
// least number of sessions.
func TestThreshold(t *testing.T) {
	const delta, n = 0.01, 40_000
	p := privateParams(3, 1, delta)
	v := visitsOf("ab", "ab", "ab")
	c := newCounter(bound(v, p.Privacy.Items))
	pairs := slices.Clone(c.count(0))
	require.Equal(t, 3, pairs[0].sessions)
	m := newMechanism(&p, nil)
	threshold, told := m.threshold(ofPairs), 0
	for range n {
		told += len(m.release(pairs, threshold))
	}
	assert.Less(t, float64(told)/n, delta/4*1.5) // six standard deviations above the most
	pairs[0].sessions = 2
	assert.Empty(t, m.release(pairs, -1e9))
}

func TestPromise(t *testing.T) {
	v := visitsOf()
	for range 100 {
		v.Add([]string{"tent", "mat"}, 1_700_000_000)
	}
	l, err := Learn(context.Background(), v, privateParams(5, 2, 1e-7), Options{})
	require.NoError(t, err)
	var file bytes.Buffer
	require.NoError(t, l.Write(&file))
	head, _, _ := strings.Cut(file.String(), "\n")
	assert.Equal(t, `{"nabij":"learned","version":1,"items":2,"privacy":{"epsilon":2,"delta":1e-7,"unit":"session","items":20,"reach":3,"sums":[`+
		`{"of":"items","share":0.1,"sensitivity":1,"sigma":7.949,"threshold":49.92},`+
		`{"of":"pairs","share":0.86,"sensitivity":1,"sigma":2.711,"threshold":19.04},`+
		`{"of":"order","share":0.04,"sensitivity":1,"sigma":12.57}]},`+
		`"params":{"min_sessions":5,"neighbours":30,"max_length":200,"half_life_days":0,"linear_share":0,"row_exponent":0.7,`+
		`"together":{"reach":4,"backward":0.5,"own":1,"length_exponent":0.25,"source_exponent":0.5,"target_exponent":0.2},`+
		`"linear":{"alpha":0.5,"ridge":10,"decay":1},"visit":{"recency":1,"hop":0.5,"repeats":0.05,"repeat_recency":6},`+
		`"privacy":{"epsilon":2,"delta":1e-7,"items":20}}}`, head)
	read, err := ReadLearned(&file, "x")
	require.NoError(t, err)
	assert.Equal(t, l.Privacy, read.Privacy)
	assert.Equal(t, l.Params, read.Params)

	for _, c := range []struct{ name, from, to, want string }{
		{"other budget", `"privacy":{"epsilon":2,"delta":1e-7,"unit"`, `"privacy":{"epsilon":1,"delta":1e-7,"unit"`,
			`x:1: privacy promises 1, 1e-07 of a "session" with 20 items, and params ask for 2, 1e-07 of a "session" with 20`},
		{"no promise", head[strings.Index(head, `"privacy"`):strings.Index(head, `"params"`)], "", "x:1: privacy is missing, and params ask for an epsilon of 2"},
		{"not asked for", `,"privacy":{"epsilon":2,"delta":1e-7,"items":20}`, "", "x:1: privacy promises an epsilon of 2, and params ask for none"},
		{"shares", `"share":0.86`, `"share":0.96`, "x:1: privacy has shares that make 1.1 of the budget, want 1"},
		{"unknown field", `"reach":3,"sums"`, `"range":3,"sums"`, "x:1: this is no file of nabij learn"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Contains(t, head, c.from)
			_, err := ReadLearned(strings.NewReader(strings.Replace(head, c.from, c.to, 1)), "x")
			assert.EqualError(t, err, c.want)
		})
	}
}

func TestPrivateParams(t *testing.T) {
	for _, c := range []struct {
		name string
		set  func(p *Params)
		want string
	}{
		{"epsilon", func(p *Params) { p.Privacy.Epsilon = -1 }, "learn: privacy.epsilon: got -1, want 0.001 to 100"},
		{"no number", func(p *Params) { p.Privacy.Epsilon = math.NaN() }, "learn: privacy.epsilon: got NaN, want 0.001 to 100"},
		{"delta alone", func(p *Params) { p.Privacy = Privacy{Delta: 1e-6} }, "learn: privacy.epsilon: got 0, want 0.001 to 100"},
		{"delta", func(p *Params) { p.Privacy.Delta = 0.5 }, "learn: privacy.delta: got 0.5, want 0.000000000000001 to 0.01"},
		{"items", func(p *Params) { p.Privacy.Items = 1 }, "learn: privacy.items: got 1, want 2 to 1000"},
		{"ageing", func(p *Params) { p.HalfLifeDays = 7 },
			"learn: half_life_days: want 0 with an epsilon: sessions age from the latest, so that one more would change them all"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := privateParams(5, 1, 1e-6)
			require.NoError(t, p.Check())
			c.set(&p)
			_, err := Learn(context.Background(), visitsOf("ab"), p, Options{})
			assert.EqualError(t, err, c.want)
		})
	}
	l, err := Learn(context.Background(), &Visits{}, privateParams(5, 1, 1e-6), Options{})
	require.NoError(t, err)
	assert.Empty(t, l.Items)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = Learn(ctx, visitsOf("ab", "ba"), privateParams(5, 1, 1e-6), Options{})
	assert.ErrorIs(t, err, context.Canceled)
}
