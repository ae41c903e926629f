package pack

// Pack is an opened pack. Its methods read in place, never fail, and may be used by any number of goroutines: ids must
// be in range, which is the caller's duty. Strings and slices returned are views of the pack's bytes: valid as long as
// those are, not to be written to.
type Pack struct {
	data []byte
}

// Open checks every byte of data once and returns a pack that reads it in place. It keeps data, which must not change
// afterwards. The error is an *Error.
func Open(data []byte) (*Pack, error) { panic("pack: not written") }
