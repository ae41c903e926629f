package pack

// What Open can find wrong with a pack. Each is the cause of an *Error that says where and what. Write's is ErrTooLarge
// when the pack would have more than MaxBytes.
const (
	ErrNotPack   Cause = 1 // the first bytes are something else's
	ErrVersion   Cause = 2 // made for a newer reader: use one, or build the pack again
	ErrTruncated Cause = 3 // bytes are missing, or too many
	ErrTooLarge  Cause = 4 // beyond MaxBytes or another limit
	ErrDamaged   Cause = 5 // some byte has changed since it was written
	ErrLayout    Cause = 6 // sections overlap, leave gaps, repeat, or lie outside
	ErrContent   Cause = 7 // a section holds something it must not
)

// ErrSource is what Write can find wrong with a source.
const ErrSource Cause = 8

// Cause is what kind of thing is wrong.
type Cause uint8

var causes = [...]string{"", "not a pack", "version not supported", "length does not match", "too large", "checksum does not match",
	"bad layout", "bad content", "bad source"}

// String returns the cause in words.
func (c Cause) String() string { return causes[int(c)%len(causes)] }

// Error returns the cause in words.
func (c Cause) Error() string { return "pack: " + c.String() }

// Error says where a pack is wrong and what is wrong there.
type Error struct {
	// Cause is one of the constants above; errors.Is finds it.
	Cause Cause
	// Section is the section's name, or "header"; with ErrSource the field of the source.
	Section string
	// At is the offset of a byte in the pack; with ErrSource the index into the field, or NoItem where it has none.
	At uint32
	// Text says what is wrong, and so what was wanted. The module leaves it out: there Cause, Section, At and Got say it.
	Text string
	// Got is what was found there.
	Got uint64
}

// Error returns all that is known, on one line: where, what, what was found, and what to do.
func (e *Error) Error() string {
	at := " at byte " + decimal(uint64(e.At))
	if e.Cause == ErrSource {
		at = ""
		if e.At != NoItem {
			at = "[" + decimal(uint64(e.At)) + "]"
		}
	}
	return e.Cause.Error() + ": " + e.Section + at + ": " + e.Text + " (got " + decimal(e.Got) + ")" + e.advice()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

func (e *Error) advice() string {
	switch e.Cause {
	case ErrNotPack:
		return "; want a file that `nabij build` wrote"
	case ErrVersion:
		return "; use a newer nabij, or build the pack again with this one"
	case ErrTruncated, ErrDamaged:
		return "; fetch or build the pack again"
	case ErrTooLarge:
		return "; build it from fewer items or shorter rows"
	case ErrLayout, ErrContent:
		return "; what wrote the pack has a fault: build it with `nabij build`"
	}
	return ""
}

// sectionName spells a section's name, of which the first letter is the lowest byte. 0 stands for the header.
func sectionName(name uint32) string {
	if name == 0 {
		return "header"
	}
	return string([]byte{byte(name), byte(name >> 8), byte(name >> 16), byte(name >> 24)})
}

// decimal spells v, where strconv is too large.
func decimal(v uint64) string {
	var b [20]byte
	i := len(b)
	for {
		i--
		b[i] = byte('0' + v%10)
		v /= 10
		if v == 0 {
			return string(b[i:])
		}
	}
}
