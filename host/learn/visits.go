package learn

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
)

// Visits are the sessions of a log: of each, the items in the order in which they were met. The zero value has none.
type Visits struct {
	ids    []string
	number map[string]uint32
	flat   []uint32 // the items of all sessions, one session after another
	ends   []int    // where in flat each session ends
	lastS  []int64
	in     []Context
	before *State // what earlier sessions were added up to; nil where there is none
	spill  *spill // sessions that were put aside; nil where there are none
}

// Add adds a session, whose last event was at the given Unix time in seconds, and of whose context nothing is known. It does not keep the
// slice.
func (v *Visits) Add(items []string, lastS int64) { v.AddIn(items, lastS, Context{}) }

// AddIn adds a session, with the context in which it began.
func (v *Visits) AddIn(items []string, lastS int64, in Context) {
	numbers := make([]uint32, len(items))
	for k, id := range items {
		numbers[k] = v.intern(id)
	}
	v.add(numbers, lastS, in)
}

// AddFrom adds session k of other visits.
func (v *Visits) AddFrom(o *Visits, k int) {
	items, lastS := o.Session(k)
	numbers := make([]uint32, len(items))
	for i, n := range items {
		numbers[i] = v.intern(o.ids[n])
	}
	v.add(numbers, lastS, o.in[k])
}

// intern returns the number of an item, a new one if it has none.
func (v *Visits) intern(id string) uint32 {
	n, ok := v.number[id]
	if !ok {
		if v.number == nil {
			v.number = map[string]uint32{}
		}
		id = strings.Clone(id) // it may be part of a line
		n = uint32(len(v.ids))
		v.number[id] = n
		v.ids = append(v.ids, id)
	}
	return n
}

func (v *Visits) add(items []uint32, lastS int64, in Context) {
	v.flat = append(v.flat, items...)
	v.ends = append(v.ends, len(v.flat))
	v.lastS = append(v.lastS, lastS)
	v.in = append(v.in, in)
}

// Sessions returns how many there are, but for those that Spilled counts.
func (v *Visits) Sessions() int { return len(v.ends) }

// Events returns how many items all sessions have met, repeats counted.
func (v *Visits) Events() int { return len(v.flat) }

// Spilled returns how many sessions were put aside, to keep to ReadOptions.Memory. What is learnt is learnt of them too; everything else
// that visits tell is of the others; Newest returns some of both.
func (v *Visits) Spilled() int {
	if v.spill == nil {
		return 0
	}
	return v.spill.sessions
}

// Newest returns the sessions that ended last, of those put aside too, as many as fit in the memory that there was to read them. Without any
// put aside these are v itself.
func (v *Visits) Newest(ctx context.Context) (*Visits, error) {
	if v.spill == nil {
		return v, nil
	}
	type end struct {
		lastS int64
		bytes int64
	}
	ends := make([]end, 0, v.Sessions()+v.spill.sessions)
	note := func(items []uint32, lastS int64, _ Context) error {
		ends = append(ends, end{lastS, gatheredSession + gatheredEvent*int64(len(items))})
		return nil
	}
	all := func(do func(items []uint32, lastS int64, in Context) error) error {
		if err := v.spill.each(ctx, do); err != nil {
			return err
		}
		for k := range v.Sessions() {
			items, lastS := v.Session(k)
			if err := do(items, lastS, v.Context(k)); err != nil {
				return err
			}
		}
		return nil
	}
	if err := all(note); err != nil {
		return nil, err
	}
	slices.SortFunc(ends, func(a, b end) int { return cmp.Compare(b.lastS, a.lastS) })
	from := int64(math.MinInt64)
	bytes := int64(0)
	for _, e := range ends {
		if bytes += e.bytes; bytes > v.spill.memory {
			from = min(e.lastS+1, ends[0].lastS)
			break
		}
	}
	newest := &Visits{ids: v.ids, number: v.number}
	err := all(func(items []uint32, lastS int64, in Context) error {
		if lastS >= from {
			newest.add(items, lastS, in)
		}
		return nil
	})
	return newest, err
}

// Close forgets what was put aside. Visits that were read with ReadOptions.Memory must be closed.
func (v *Visits) Close() {
	if v.spill != nil {
		v.spill.file.close()
		v.spill = nil
	}
}

// Items returns the ids of all items, by the numbers that Session gives them. The slice is v's own.
func (v *Visits) Items() []string { return v.ids }

// Find returns the number of an item, and whether a session has met it.
func (v *Visits) Find(id string) (uint32, bool) {
	n, ok := v.number[id]
	return n, ok
}

// Session returns the items of a session, by number, and the Unix time of its last event in seconds. The slice is v's own.
func (v *Visits) Session(k int) (items []uint32, lastS int64) {
	start := 0
	if k > 0 {
		start = v.ends[k-1]
	}
	return v.flat[start:v.ends[k]], v.lastS[k]
}

// Context returns the context in which a session began.
func (v *Visits) Context(k int) Context { return v.in[k] }

// Latest returns when the latest session ended, or that of the state which they come after, in seconds of Unix time; 0 when there is none.
func (v *Visits) Latest() (latest int64) {
	if v.before != nil {
		latest = v.before.Last().Unix()
	}
	if v.spill != nil {
		latest = max(latest, v.spill.latest)
	}
	for _, lastS := range v.lastS {
		latest = max(latest, lastS)
	}
	return latest
}

// Split returns the sessions that ended up to a time and those that ended after it, such that the latter are a share of all, as nearly as
// times allow: what is chosen on later sessions than it was learnt from holds for the next ones.
func (v *Visits) Split(share float64) (earlier, later *Visits) {
	earlier, later = &Visits{}, &Visits{}
	if len(v.ends) == 0 {
		return earlier, later
	}
	times := slices.Sorted(slices.Values(v.lastS))
	cut := times[min(max(int(float64(len(times))*(1-share)), 1), len(times))-1]
	for k, lastS := range v.lastS {
		if lastS <= cut {
			earlier.AddFrom(v, k)
		} else {
			later.AddFrom(v, k)
		}
	}
	return earlier, later
}
