package eval

import (
	"cmp"
	"context"
	"slices"

	"github.com/nabij/nabij/host/learn"
)

// Curves show what the size of a pack and its threshold cost, by packs that are learnt anew: of rows of the log alone, without a catalogue
// to fill them up from, in a slot that welcomes repeats, at layer 3.
type Curves struct {
	Params learn.Params `json:"params"`
	// Sessions are how many were played of each: some, evenly spread.
	Sessions int `json:"sessions"`
	// ByNeighbours has packs of rows of several lengths, the shortest first.
	ByNeighbours []Point `json:"by_neighbours"`
	// ByThreshold has packs of several least numbers of sessions, the least first.
	ByThreshold []Point `json:"by_threshold"`
}

// Point is a pack that was learnt.
type Point struct {
	MinSessions int `json:"min_sessions"`
	Neighbours  int `json:"neighbours"`
	// Bytes are those of the pack without what is for display and without ids.
	Bytes int `json:"bytes"`
	// At are its figures at the longest of Cutoffs.
	At At `json:"at"`
}

// The values that curves go through, beside those of the parameters.
var (
	curveNeighbours = []int{3, 5, 10, 20, 30, 50, 80}
	curveThresholds = []int{1, 2, 3, 5, 10, 20, 50}
)

// curveSessions is how many sessions are played of each pack at most.
const curveSessions = 3_000

// Curve learns packs from train at several lengths of rows and thresholds, with the other parameters as given, and plays some of test to
// each. Of the options, Workers and Progress count.
func Curve(ctx context.Context, train, test *learn.Visits, p learn.Params, opt Options) (*Curves, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	test = thinned(test, curveSessions)
	c := &Curves{Params: p, Sessions: test.Sessions()}
	lengths, thresholds := with(curveNeighbours, p.Neighbours), with(curveThresholds, p.MinSessions)
	done := 0
	add := func(points *[]Point, l *learn.Learned) error {
		point, err := curvePoint(ctx, train, test, l, opt.Workers)
		if err != nil {
			return err
		}
		*points = append(*points, point)
		if done++; opt.Progress != nil {
			opt.Progress(done, len(lengths)+len(thresholds))
		}
		return nil
	}
	long := p
	long.Neighbours = lengths[len(lengths)-1]
	l, err := learn.Learn(ctx, train, long, learn.Options{Workers: opt.Workers})
	if err != nil {
		return nil, err
	}
	for _, n := range lengths {
		if err := add(&c.ByNeighbours, shortened(l, n)); err != nil {
			return nil, err
		}
	}
	for _, least := range thresholds {
		at := p
		at.MinSessions = least
		l, err := learn.Learn(ctx, train, at, learn.Options{Workers: opt.Workers})
		if err != nil {
			return nil, err
		}
		if err := add(&c.ByThreshold, l); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// with returns the values with one more, in rising order.
func with[V cmp.Ordered](values []V, more V) []V {
	values = append(slices.Clone(values), more)
	slices.Sort(values)
	return slices.Compact(values)
}

// shortened returns what learning with at most n neighbours would have given: rows have the best first.
func shortened(l *learn.Learned, n int) *learn.Learned {
	short := *l
	short.Params.Neighbours = n
	short.Items = slices.Clone(l.Items)
	for k := range short.Items {
		row := short.Items[k].Row
		short.Items[k].Row = row[:min(n, len(row))]
	}
	return &short
}

func curvePoint(ctx context.Context, train, test *learn.Visits, l *learn.Learned, workers int) (Point, error) {
	data, err := packLearned(ctx, train, l)
	if err != nil {
		return Point{}, err
	}
	r, err := Pack(ctx, data, test, Options{Workers: workers})
	if err != nil {
		return Point{}, err
	}
	parts, err := partsOf(data)
	if err != nil {
		return Point{}, err
	}
	return Point{l.Params.MinSessions, l.Params.Neighbours, len(parts.ranking), r.At[len(Cutoffs)-1]}, nil
}
