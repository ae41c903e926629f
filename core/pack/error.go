package pack

// What Open can find wrong with a pack. Each is the cause of an *Error that says where and what. Write's is ErrTooLarge
// when the pack would have more than MaxBytes.
const (
	ErrNotPack   = Cause("not a pack")              // the first bytes are something else's
	ErrVersion   = Cause("version not supported")   // made for a newer reader: use one, or build the pack again
	ErrTruncated = Cause("length does not match")   // bytes are missing, or too many
	ErrTooLarge  = Cause("too large")               // beyond MaxBytes or another limit
	ErrDamaged   = Cause("checksum does not match") // some byte has changed since it was written
	ErrLayout    = Cause("bad layout")              // sections overlap, leave gaps, repeat, or lie outside
	ErrContent   = Cause("bad content")             // a section holds something it must not
)

// What Write can find wrong with a source.
const ErrSource = Cause("bad source")

// Cause is what kind of thing is wrong. It is a string and no interface: comparing interfaces would link reflection into
// the module, a fifth of its size.
type Cause string

// Error returns the cause in words.
func (c Cause) Error() string { return "pack: " + string(c) }

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
