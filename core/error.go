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

// Error is a refused call. Errors of this package are constants: refusing allocates nothing, and == compares them. Methods
// return it as what it is, nil when all is well, not as an error, whose interface would cost the module its size.
type Error struct {
	Status Status
	// Text says what was wrong and what is accepted, after the field and a colon where it was one field, as in
	// "signal.item: not an item of the pack".
	Text string
}

// Error returns status and text.
func (e *Error) Error() string { return e.Status.String() + ": " + e.Text }

// Field names what was wrong, as in "signal.item"; it is empty when it is the whole.
func (e *Error) Field() string {
	for i := range e.Text {
		if e.Text[i] == ':' {
			return e.Text[:i]
		}
	}
	return ""
}
