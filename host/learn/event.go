package learn

// event is an event as a log tells it. Its texts may be parts of a line that is read over.
type event struct {
	who     string // its session, or its visitor
	visitor bool
	item    string
	time    string
	utc     bool // a time that names no zone is in UTC
	signs
}
