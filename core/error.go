package core

// Status classes what can be wrong with a call. 0 is never an error.
//
// These constants are part of the ABI and should not be changed.
type Status uint8

const (
	BadPack    Status = 1 // the pack was refused; package pack says why
	NoPack     Status = 2 // a call that needs a pack came before one was opened
	BadRequest Status = 3 // a request or signal has a wrong field
	BadMessage Status = 4 // bytes that are no message of the ABI: too short, too long, unknown version
	BadState   Status = 5 // saved bytes that are damaged or of another version
	OtherPack  Status = 6 // saved bytes of another pack
	TooLarge   Status = 7 // more bytes than the module accepts
)

var statusNames = [8]string{"ok", "bad pack", "no pack", "bad request", "bad message", "bad state", "other pack", "too large"}

// String returns the status in words.
func (s Status) String() string { return statusNames[s&7] }

// Error is a refused call. Errors of this package are constants: refusing allocates nothing, and == compares them.
type Error struct {
	Status Status
	// Field names what was wrong, as in "signal.item"; empty when it is the whole.
	Field string
	// Text says what was wrong with it and what is accepted.
	Text string
}

// Error returns field and text.
func (e *Error) Error() string {
	if e.Field == "" {
		return e.Status.String() + ": " + e.Text
	}
	return e.Status.String() + ": " + e.Field + ": " + e.Text
}
