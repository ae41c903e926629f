package learn

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
)

// learnRows learns rows alone, of parameters that are checked.
func learnRows(ctx context.Context, v *Visits, p Params, opt Options) ([]pack.Row, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	rows, _, _, err := learn(ctx, v, &p, opt)
	return rows, err
}

// visitsOf makes visits of items that are named by letters, a day apart.
func visitsOf(sessions ...string) *Visits {
	v := &Visits{}
	for k, s := range sessions {
		var items []string
		for _, c := range s {
			items = append(items, string(c))
		}
		v.Add(items, int64(k)*86_400)
	}
	return v
}

// drawVisits returns visits to n items, of which some are met far more often.
func drawVisits(r *rand.Rand, sessions, n int) *Visits {
	v := &Visits{}
	for k := range sessions {
		items := make([]string, 1+r.IntN(8))
		at := r.IntN(n)
		for e := range items {
			if at = (at + r.IntN(4)) % n; r.IntN(4) == 0 {
				at = r.IntN(1 + r.IntN(n))
			}
			items[e] = strconv.Itoa(at)
		}
		v.Add(items, int64(k))
	}
	return v
}

// sessionsWith counts the sessions of visits that have both items, or one of them twice, in their last most events.
func sessionsWith(v *Visits, i, j uint32, most int) (n int) {
	for k := range v.Sessions() {
		items, _ := v.Session(k)
		items = items[max(0, len(items)-most):]
		count := func(item uint32) (n int) {
			for _, x := range items {
				if x == item {
					n++
				}
			}
			return n
		}
		if i != j && count(i) > 0 && count(j) > 0 || i == j && count(i) > 1 {
			n++
		}
	}
	return n
}

func TestOnlyCrowds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		v := drawVisits(r, rapid.IntRange(0, 120).Draw(t, "sessions"), rapid.IntRange(1, 25).Draw(t, "items"))
		p := DefaultParams()
		p.MinSessions = rapid.IntRange(1, 8).Draw(t, "least")
		p.MaxLength = rapid.IntRange(2, 9).Draw(t, "length")
		p.Neighbours = pack.MaxNeighbours
		p.LinearShare = rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "share")
		rows, err := learnRows(context.Background(), v, p, Options{})
		require.NoError(t, err)
		for i, row := range rows {
			for _, n := range row.Neighbours {
				require.GreaterOrEqual(t, sessionsWith(v, uint32(i), n.Item, p.MaxLength), p.MinSessions, "%d, %d", i, n.Item)
			}
			if p.LinearShare == 0 {
				for j := range rows {
					if sessionsWith(v, uint32(i), uint32(j), p.MaxLength) >= p.MinSessions {
						require.True(t, slices.ContainsFunc(row.Neighbours, func(n pack.Neighbour) bool { return n.Item == uint32(j) }), "%d lacks %d", i, j)
					}
				}
			}
		}
		l, err := Learn(context.Background(), v, p, Options{})
		require.NoError(t, err)
		for _, it := range l.Items {
			require.GreaterOrEqual(t, it.Sessions, p.MinSessions)
			for _, n := range it.Row {
				require.Less(t, int(n.Item), len(l.Items))
			}
		}
	})
}

// TestBound shows that one session cannot add more than the events that count of it, however long it is.
func TestBound(t *testing.T) {
	v := visitsOf("ab", "ab", "cdefghijab")
	p := DefaultParams()
	p.MinSessions, p.MaxLength = 1, 2
	l, err := Learn(context.Background(), v, p, Options{})
	require.NoError(t, err)
	require.Len(t, l.Items, 2)
	assert.Equal(t, 3, l.Items[0].Sessions)
}

// TestTogether compares co-occurrence with its definition, summed event by event.
func TestTogether(t *testing.T) {
	v := visitsOf("abca", "cb", "bab", "d")
	p := DefaultParams()
	p.MinSessions, p.LinearShare, p.RowExponent, p.HalfLifeDays = 1, 0, 0, 2
	p.Together.Reach, p.Together.Backward, p.Together.Own = 10, 0.75, 0.3
	rows, err := learnRows(context.Background(), v, p, Options{})
	require.NoError(t, err)

	n := len(v.Items())
	want := mat.NewDense(n, n, nil)
	views := make([]float64, n)
	for k := range v.Sessions() {
		items, lastS := v.Session(k)
		age := math.Exp2(-float64(v.Latest()-lastS) / 86_400 / p.HalfLifeDays)
		for a, i := range items {
			views[i]++
			for b, j := range items {
				w := age * math.Pow(float64(len(items)), -0.25) * math.Exp(-(math.Abs(float64(b-a))-1)/10)
				switch {
				case b > a && i == j:
					want.Set(int(i), int(j), want.At(int(i), int(j))+0.3*w)
				case b > a:
					want.Set(int(i), int(j), want.At(int(i), int(j))+w)
				case b < a && i != j:
					want.Set(int(i), int(j), want.At(int(i), int(j))+0.75*w)
				}
			}
		}
	}
	largest := make([]float64, 0, n)
	for i := range n {
		most := 0.0
		for j := range n {
			want.Set(i, j, want.At(i, j)*math.Pow(views[i], -0.5)*math.Pow(views[j], -0.2))
			most = max(most, want.At(i, j))
		}
		if most > 0 {
			largest = append(largest, most)
		}
	}
	mean := 0.0
	for _, most := range largest {
		mean += most / float64(len(largest))
	}
	for i := range n {
		got := make([]float64, n)
		for _, neighbour := range rows[i].Neighbours {
			got[neighbour.Item] = neighbour.Weight
		}
		for j := range n {
			assert.InDelta(t, want.At(i, j)/mean, got[j], 1e-12, "%d, %d", i, j)
		}
	}
}

// linearOf returns the linear model before it is solved.
func linearOf(t *testing.T, v *Visits, p Params) *linear {
	a, err := newAggregate(newWorker(context.Background(), v, Options{}, 1), v, &p)
	require.NoError(t, err)
	r := newRelease(len(v.Items()), &p, 1)
	require.NoError(t, a.each(newWorker(context.Background(), v, Options{Workers: 2}, 1), func(i uint32, found []pair) error { r.add(i, found); return nil }))
	_, l := r.rows(a.tallies)
	return l
}

// TestLinear compares the linear model with its definition: the matrices of SLIST, written out and inverted.
func TestLinear(t *testing.T) {
	v := visitsOf("abcd", "cbe", "bae", "dac", "ebcda", "ac")
	p := DefaultParams()
	p.MinSessions, p.LinearShare, p.RowExponent, p.Linear = 1, 1, 0, Linear{Alpha: 0.3, Ridge: 2, Decay: 1.5}
	n := len(v.Items())
	system, target := mat.NewDense(n, n, nil), mat.NewDense(n, n, nil)
	add := func(m *mat.Dense, share float64, x, y []float64) {
		var xy mat.Dense
		xy.Outer(share, mat.NewVecDense(n, x), mat.NewVecDense(n, y))
		m.Add(m, &xy)
	}
	for k := range v.Sessions() {
		items, _ := v.Session(k)
		whole := make([]float64, n)
		for _, i := range items {
			whole[i] = 1
		}
		add(system, 0.3, whole, whole)
		add(target, 0.3, whole, whole)
		for end := 0; end < len(items)-1; end++ { // the last event of the past
			past, future := make([]float64, n), make([]float64, n)
			for a, i := range items {
				if a <= end {
					past[i] = math.Exp(-float64(end-a) / 1.5)
				} else {
					future[i] = math.Exp(-float64(a-end-1) / 1.5)
				}
			}
			add(system, 0.7, past, past)
			add(target, 0.7, past, future)
		}
	}
	for i := range n {
		system.Set(i, i, system.At(i, i)+2)
	}
	var want mat.Dense
	require.NoError(t, want.Solve(system, target))

	l := linearOf(t, v, p)
	solvers, err := l.solvers(context.Background(), 2)
	require.NoError(t, err)
	for name, s := range map[string]solver{"dense": solvers(), "pushed": newPusher(l)} {
		t.Run(name, func(t *testing.T) {
			for i := range n {
				got := make([]float64, n)
				s.solve(uint32(i), func(item uint32, value float64) { got[item] += value })
				for j := range n {
					within := 1e-9
					if name == "pushed" {
						within = 0.05
					}
					assert.InDelta(t, want.At(i, j), got[j], within, "%d, %d", i, j)
				}
			}
		})
	}
}

// TestRowExponent shows that rows are divided by a power of their sums, and what is in them else stays.
func TestRowExponent(t *testing.T) {
	v := drawVisits(rand.New(rand.NewPCG(3, 4)), 300, 30)
	p := DefaultParams()
	p.MinSessions, p.Neighbours, p.RowExponent = 1, pack.MaxNeighbours, 0
	plain, err := learnRows(context.Background(), v, p, Options{})
	require.NoError(t, err)
	for _, exponent := range []float64{0.4, 1} {
		p.RowExponent = exponent
		rows, err := learnRows(context.Background(), v, p, Options{})
		require.NoError(t, err)
		for i := range rows {
			total := 0.0
			for _, n := range plain[i].Neighbours {
				total += n.Weight
			}
			require.Len(t, rows[i].Neighbours, len(plain[i].Neighbours))
			for k, n := range rows[i].Neighbours {
				require.InDelta(t, plain[i].Neighbours[k].Weight/math.Pow(total, exponent), n.Weight, 1e-12)
			}
		}
	}
}

// TestPusher shows that what is solved row by row is about what is solved at once.
func TestPusher(t *testing.T) {
	v := drawVisits(rand.New(rand.NewPCG(1, 2)), 4_000, 300)
	for _, least := range []int{1, 5} {
		p := DefaultParams()
		p.MinSessions = least
		l := linearOf(t, v, p)
		solvers, err := l.solvers(context.Background(), 2)
		require.NoError(t, err)
		exact, pushed := newCollector(l, solvers()), newCollector(l, newPusher(l))
		same, all := 0, 0
		for i := range v.Items() {
			want, got := best(sum(nil, 0, exact.row(uint32(i)), 1), 10), best(sum(nil, 0, pushed.row(uint32(i)), 1), 10)
			all += len(want)
			for _, w := range want {
				if slices.ContainsFunc(got, func(n pack.Neighbour) bool { return n.Item == w.Item }) {
					same++
				}
			}
		}
		require.NotZero(t, all)
		assert.Greater(t, float64(same)/float64(all), 0.85, "least %d", least)
	}
}

func TestRowsOfAnyWorkers(t *testing.T) {
	v := drawVisits(rand.New(rand.NewPCG(3, 4)), 2_000, 200)
	want, err := learnRows(context.Background(), v, DefaultParams(), Options{Workers: 1})
	require.NoError(t, err)
	for _, workers := range []int{2, 7} {
		got, err := learnRows(context.Background(), v, DefaultParams(), Options{Workers: workers})
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func TestRowsOfNothing(t *testing.T) {
	rows, err := learnRows(context.Background(), &Visits{}, DefaultParams(), Options{})
	require.NoError(t, err)
	assert.Empty(t, rows)
	rows, err = learnRows(context.Background(), visitsOf("a", "b"), DefaultParams(), Options{})
	require.NoError(t, err)
	assert.Equal(t, []pack.Row{{}, {}}, rows)
}

func TestRowsEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := learnRows(ctx, visitsOf("ab", "ba"), DefaultParams(), Options{})
	assert.ErrorIs(t, err, context.Canceled)
}

func TestParams(t *testing.T) {
	p := DefaultParams()
	require.NoError(t, p.Check())
	p = BasketParams()
	require.NoError(t, p.Check())
	p.Linear.Ridge = math.NaN()
	assert.EqualError(t, p.Check(), "learn: linear.ridge: got NaN, want 0.000001 to 1000000000000")
	p = DefaultParams()
	p.MinSessions = 0
	_, err := learnRows(context.Background(), visitsOf("ab"), p, Options{})
	assert.ErrorContains(t, err, "min_sessions: got 0")
}

func TestSplit(t *testing.T) {
	v := visitsOf("ab", "bc", "cd", "de", "ea", "ab", "ce", "ae", "be", "ac")
	earlier, later := v.Split(0.2)
	assert.Equal(t, 8, earlier.Sessions())
	assert.Equal(t, 2, later.Sessions())
	items, lastS := later.Session(1)
	assert.Equal(t, []string{"a", "c"}, []string{later.Items()[items[0]], later.Items()[items[1]]})
	assert.Equal(t, int64(9*86_400), lastS)
	earlier, later = (&Visits{}).Split(0.5)
	assert.Zero(t, earlier.Sessions()+later.Sessions())
}
