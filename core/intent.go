package core

// Mode is what someone is probably doing.
//
// These constants are part of the ABI and should not be changed.
type Mode uint8

const (
	Exploring   Mode = 0 // looking around
	Comparing   Mode = 1 // several things of one topic
	Deciding    Mode = 2 // one thing, closely
	NeedingHelp Mode = 3 // something does not work out, or a question

	// ModeCount is the number of modes.
	ModeCount = 4
)

var modeNames = [ModeCount]string{"exploring", "comparing", "deciding", "needing-help"}

// String returns the mode's name.
func (m Mode) String() string { return modeNames[m&3] }

// MaxIntentTopics is how many topics an intent names at most.
const MaxIntentTopics = 4

// Intent is what the visit is probably about. It is inferred from settled signals alone.
type Intent struct {
	Mode Mode
	// Confidence is how sure the mode is, in percent of certainty: with nothing to go on it is 0.
	Confidence uint8
	// Evidence is what speaks for each mode, in percent of all.
	Evidence [ModeCount]uint8
	// TopicCount is how many of Topics count, the likeliest first.
	TopicCount uint8
	Topics     [MaxIntentTopics]TopicConfidence
}

// TopicConfidence is a topic and how much of the visit is about it, in percent.
type TopicConfidence struct {
	Topic      uint16
	Confidence uint8
}
