package pack

// What Open can find wrong with a pack. Each is wrapped in an *Error that says where and what.
const (
	ErrNotPack   = sentinel("not a pack")              // the first bytes are something else's
	ErrVersion   = sentinel("version not supported")   // made for a newer reader: use one, or build the pack again
	ErrTruncated = sentinel("length does not match")   // bytes are missing, or too many
	ErrTooLarge  = sentinel("too large")               // beyond MaxBytes or another limit
	ErrDamaged   = sentinel("checksum does not match") // some byte has changed since it was written
	ErrLayout    = sentinel("bad layout")              // sections overlap, leave gaps, repeat, or lie outside
	ErrContent   = sentinel("bad content")             // a section holds something it must not
)

// What Write can find wrong with a source.
const ErrSource = sentinel("bad source")

type sentinel string

func (s sentinel) Error() string { return "pack: " + string(s) }

// Error says where a pack is wrong and what is wrong there.
type Error struct {
	// Cause is one of the sentinels above; errors.Is finds it.
	Cause error
	// Section is the section's name, or "header"; for Write the field of the source.
	Section string
	// At is a byte's offset in the pack, or the index of a record or entry of the section.
	At uint32
	// Text says what is wrong.
	Text string
	// Got is what was found there.
	Got uint64
}

// Error returns all that is known, on one line.
func (e *Error) Error() string {
	return e.Cause.Error() + ": " + e.Section + " at " + decimal(uint64(e.At)) + ": " + e.Text + " (got " + decimal(e.Got) + ")"
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

func fail(cause sentinel, section string, at uint32, text string, got uint64) *Error {
	return &Error{cause, section, at, text, got}
}

// decimal spells v. The module links it, and strconv would double its size.
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
