package build

import (
	"fmt"
	"io"

	"github.com/nabij/nabij/core/pack"
)

// Report says what a build made, and what it had to leave out or change.
type Report struct {
	// Items counts the items packed, Kinds those of each kind, Sensitive those that are intimate, Dropped those left out.
	Items     int
	Kinds     [pack.KindCount]int
	Sensitive int
	Dropped   int
	// Sensitivity says by what items and topics are sensitive, Marks which, and why.
	Sensitivity Sensitivity
	Marks       Marks
	// Topics counts the topics packed, FoldedTopics those that were folded into their parents for want of room.
	Topics       int
	FoldedTopics int
	// WithoutTopic counts the items without a topic, WithoutRow those that are not sensitive and have no neighbour.
	WithoutTopic int
	WithoutRow   int
	// Learnt counts the items whose rows were learnt of visits, Filled those of them that content had to fill up, and Unknown the
	// learnt items that the catalogue lacks.
	Learnt, Filled, Unknown int
	// LearntPriors counts those of the priors that were learnt of visits, UnknownPriors those that were learnt of topics which the pack
	// lacks.
	LearntPriors, UnknownPriors int
	// Neighbours is the number of all neighbours of items, TopicNeighbours that of topics.
	Neighbours      int
	TopicNeighbours int
	Terms           int
	Priors          int
	Slots           int
	// Facets counts the facets of each of FacetGroups.
	Facets      []int
	FacetGroups []string
	Languages   []string
	Currencies  []string
	// Warnings stand in the order in which they were found, at most MaxWarnings; Unlisted counts the others.
	Warnings []Warning
	Unlisted int
}

// MaxWarnings is how many warnings a report holds.
const MaxWarnings = 1000

// Warning is something that was left out or changed. What, Where and Why are plain text for a person.
type Warning struct {
	// What was done: "left out the item".
	What string
	// Where it came from: a place in a source, or a field of the configuration.
	Where string
	// Why: "its id \"a1\" is taken by an earlier item".
	Why string
}

// String returns the warning in one line.
func (w Warning) String() string {
	if w.Where == "" {
		return w.What + ": " + w.Why
	}
	return w.Where + ": " + w.What + ": " + w.Why
}

func (r *Report) warn(what, where, why string, args ...any) {
	if len(r.Warnings) == MaxWarnings {
		r.Unlisted++
		return
	}
	r.Warnings = append(r.Warnings, Warning{what, where, fmt.Sprintf(why, args...)})
}

// WriteTo writes the report's counts as lines for a person, without the warnings.
func (r *Report) WriteTo(w io.Writer) (int64, error) {
	n, err := fmt.Fprintf(w, "items %d", r.Items)
	total := int64(n)
	line := func(format string, args ...any) {
		if err == nil {
			n, err = fmt.Fprintf(w, format, args...)
			total += int64(n)
		}
	}
	for k, n := range r.Kinds {
		if n > 0 {
			line(" · %s %d", pack.Kind(k), n)
		}
	}
	line("\nsensitive %d · dropped %d · without topic %d · without row %d\n", r.Sensitive, r.Dropped, r.WithoutTopic, r.WithoutRow)
	line("topics %d (%d folded) · terms %d · priors %d · slots %d\n", r.Topics, r.FoldedTopics, r.Terms, r.Priors, r.Slots)
	line("neighbours %d of items, %d of topics\n", r.Neighbours, r.TopicNeighbours)
	return total, err
}
