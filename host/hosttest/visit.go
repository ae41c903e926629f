package hosttest

import (
	"fmt"
	"strings"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// Visit is a visit that was made up and played, and what was suggested on the way.
type Visit struct {
	Shop    *Shop
	Context core.Context
	// Signals are what the visitor did; Outcomes what became of each.
	Signals  []core.Signal
	Outcomes []core.Outcome
	// Answers are in the order in which they were asked for: on each page view for each slot, and once more at the end.
	Answers []Answer
}

// Answer is what one slot showed at one moment.
type Answer struct {
	// After is how many of the visit's signals had been given.
	After int
	// Slot is the name of Request.Slot.
	Slot string
	// Request asks for Explain: scores and lifts tell of the visit at every layer.
	Request core.Request
	Reply   core.Reply
}

// AnswersOf returns the answers of one slot, or of all where the name is empty.
func (v *Visit) AnswersOf(slot string) []Answer {
	var answers []Answer
	for _, a := range v.Answers {
		if slot == "" || a.Slot == slot {
			answers = append(answers, a)
		}
	}
	return answers
}

// Before returns the signals that had been given when the answer was asked for.
func (v *Visit) Before(a Answer) []core.Signal { return v.Signals[:a.After] }

// String returns the visit as the lines that nabij suggest --visit reads.
func (v *Visit) String() string {
	var b strings.Builder
	for _, s := range v.Signals {
		b.WriteString(v.Shop.Event(s).String())
		b.WriteByte('\n')
	}
	return b.String()
}

// describe says in a line what was asked and what was shown.
func (v *Visit) describe(a Answer) string {
	page := "a page about nothing"
	if a.Request.Item != pack.NoItem {
		page = "the page of " + v.Shop.Item(a.Request.Item).ID
	} else if a.Request.Topic != pack.NoTopic {
		page = "the page of topic " + v.Shop.TopicPath(a.Request.Topic)
	}
	ids := make([]string, len(a.Reply.Suggestions))
	for i, s := range a.Reply.Suggestions {
		ids[i] = v.Shop.Item(s.Item).ID
	}
	return fmt.Sprintf("slot %q on %s at %d ms, layer %d asked for and %d at work, context %+v: %s",
		a.Slot, page, a.Request.NowMs, a.Request.Layer, a.Reply.Layer, a.Request.Context, strings.Join(ids, ", "))
}
