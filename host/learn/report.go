package learn

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Report says what was found in logs.
type Report struct {
	// Formats are the names of those that the logs were recognised as.
	Formats []string
	// Events are those of all sessions, Sessions those with more than one of them: the others tell of no pair.
	Events, Sessions, Single int
	// Machines are sessions that were left out because they have too many events, or had most of them within a second of the one before;
	// and MachineEvents these.
	Machines, MachineEvents int
	// Bots are events that were left out because the browser says that it is a machine.
	Bots int
	// Aside are lines that tell of no view of a page: requests for parts of one, or that failed.
	Aside int
	// Nameless are events that do not say whose they are, as of visitors who did not consent.
	Nameless int
	// Cancelled are lines of orders that were cancelled, or never paid, and left out.
	Cancelled int
	// Repeats are events that were left out because the session had just met the item, or did something with one that it had met.
	Repeats int
	// Other are events that are about no item: pages of other kinds, say. They tell when a session began, and in which context.
	Other Words
	// Unknown are events that are about an item that the catalogue lacks. Without ReadOptions.KeepUnknown they are as Other.
	Unknown Words
	// UnknownItems is how many items these are of, at most 1<<20.
	UnknownItems int
	// Parted are sessions that went on after they were put aside, and so count as two: see ReadOptions.Memory.
	Parted int
	// Forgotten is of how many that were put aside there was no memory to know whether they went on.
	Forgotten int
	// Visitors says that a log names visitors, whose sessions were parted by Gap.
	Visitors bool
	// Baskets says that the logs are of baskets or orders: most sessions have all their events at one time.
	Baskets bool
	// First and Last are the times of the first and the last event, in ReadOptions.Zone or UTC.
	First, Last time.Time
}

// leftOut says for a person what was left out, where nothing is left.
func (r *Report) leftOut() string {
	var parts []string
	add := func(n int, what string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, what))
		}
	}
	add(r.MachineEvents+r.Bots, "of machines")
	add(r.Cancelled, "of orders that were cancelled")
	add(r.Nameless, "that do not say whose they are")
	add(r.Aside, "that are no view of a page")
	if r.Other.Events > 0 {
		add(r.Other.Events, "about no item")
		if len(r.Other.Examples) > 0 {
			parts[len(parts)-1] += ", such as " + strings.Join(r.Other.Examples, ", ") + ", which a catalogue may know"
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " that tells of an item; there are " + strings.Join(parts, "; ")
}

// mostExamples is how many examples Words have at most.
const mostExamples = 3

// Words count events by what they call their items.
type Words struct {
	Events int
	// Examples are the first words, three at most.
	Examples []string
}

func (w *Words) add(word string) {
	w.Events++
	if word != "" && len(w.Examples) < mostExamples && !slices.Contains(w.Examples, word) {
		w.Examples = append(w.Examples, strings.Clone(word))
	}
}

// mostUnknown is how many words that a catalogue lacks are told from each other.
const mostUnknown = 1 << 20
